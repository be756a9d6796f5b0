"""Findings as comments in Word documents, read back: each stands at its words, and nothing else has changed."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.files import MARKER
from audits.findings import AuditedArticle, Finding, Findings, Span
from audits.folders import ReportFolderError
from audits.reports import docx as comments
from pipelines.reading import read_bytes
from tests.pipelines.reading.documents import add, saved, story, with_footnote
from tests.pipelines.reading.test_structure import PARAGRAPH

_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "\u2011"}


def covered(document: Document) -> dict[int, str]:
    """The words that each comment covers, by its id: those between its marks."""
    words: dict[int, str] = {}
    over: set[int] = set()
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            over.add(int(element.get(qn("w:id"))))
            words[int(element.get(qn("w:id")))] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            over.remove(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:t") or element.tag in _SIGNS:
            for identifier in over:
                words[identifier] += _SIGNS.get(element.tag, element.text or "")
    assert not over
    return words


def finding(text: str, start: int, end: int, number: int = 1, **changes: object) -> Finding:
    span = Span("a", "a.txt", start, end, text[start:end], 1, 1, "anchor")
    made = Finding(
        id=f"{number:016}",
        rule="weekday-mismatch",
        severity="error",
        scope="within",
        field=None,
        fact=None,
        status="open",
        message=f"Finding {number}",
        suggestion="Mend it.",
        fixable=False,
        waiver=None,
        spans=(span,),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def commented(
    path: str, data: bytes, words: Sequence[tuple[int, int]] | Sequence[str], **changes: object
) -> tuple[str, Document]:
    """The text of the article in `data`, and the document with a comment for each of its spans, or of its words."""
    article = read_bytes(data, path)
    text = article.text
    places = [(text.index(span), text.index(span) + len(span)) if isinstance(span, str) else span for span in words]
    found = tuple(finding(text, *place, number, **changes) for number, place in enumerate(places))
    listed = (AuditedArticle("a", path, article.sha256, "A headline", None, 9),)
    blocks = {"a": [(block.kind, block.start, block.end) for block in article.blocks]}
    original = data if path.endswith(".docx") else None
    [(name, made)] = comments.render(Findings("1", listed, (), found), {"a": text}, blocks, lambda _: original)
    assert name == "a.docx"
    return text, docx.Document(BytesIO(made))


def by_finding(document: Document) -> list[str]:
    """What is covered, in order of the findings' numbers."""
    words = covered(document)
    numbered = {int(comment.paragraphs[1].text.split()[-1]): words[comment.comment_id] for comment in document.comments}
    return [numbered[number] for number in sorted(numbered)]


def test_a_comment_says_what_the_finding_does() -> None:
    text = f"Ferries\n\n{PARAGRAPH}\n"
    witness = Span("a", "a.txt", 0, 7, "Ferries\x1b", 1, 1, "witness")
    other = replace(witness, article="b", path="news/b.txt", line=4, text="<b>Boats</b>")
    at = text.index("dawn")
    anchor = finding(text, at, at + 4).spans[0]
    _, document = commented("a.txt", text.encode(), ["dawn"], spans=(anchor, witness, other), message="What\x00 1")
    [comment] = document.comments
    assert comment.text.split("\n") == [
        "Error · weekday-mismatch",
        "What\\x00 1",
        "Mend it.",
        "A headline (a.txt:1): “Ferries\\x1b”",
        "news/b.txt:4: “<b>Boats</b>”",
    ]
    assert (comment.author, comment.initials, comment.timestamp) == ("Corrigenda", "C", None)
    assert covered(document) == {0: "dawn"}


def test_a_word_document_keeps_its_formatting() -> None:
    source = story("The first ")
    paragraph = source.paragraphs[-1]
    paragraph.add_run("boat left").bold = True
    paragraph.add_run(" at dawn.").italic = True
    data = saved(source)
    _, document = commented("a.docx", data, ["t boat", "boat left at", "left at dawn"])
    assert by_finding(document) == ["t boat", "boat left at", "left at dawn"]
    runs = [(run.text, run.bold, run.italic) for run in document.paragraphs[-1].runs if run.text]
    assert runs == [
        ("The firs", None, None),
        ("t ", None, None),
        ("boat", True, None),
        (" ", True, None),
        ("left", True, None),
        (" at", None, True),
        (" dawn", None, True),
        (".", None, True),
    ]
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(BytesIO(saved(document))) as after:
        assert before.read("word/styles.xml") == after.read("word/styles.xml")
        assert before.read("docProps/core.xml") == after.read("docProps/core.xml")


def test_tracked_changes_links_tables_and_comments_stay() -> None:
    source = story("It was said.")
    paragraph = source.paragraphs[-1]
    add(paragraph, '<w:del w:id="1" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>')
    add(paragraph, '<w:ins w:id="2" w:author="x"><w:r><w:t xml:space="preserve"> New words.</w:t></w:r></w:ins>')
    add(paragraph, "<w:hyperlink><w:r><w:t>A link of words</w:t></w:r></w:hyperlink>")
    source.add_comment(paragraph.runs, "Mine", "Ed")
    source.add_table(1, 2).cell(0, 1).text = "1,200 boats"
    text, document = commented("a.docx", saved(source), ["said. New", "link", "boats", "author", "It"])
    assert "gone" not in text
    words = covered(document)
    assert [words[number] for number in range(1, 6)] == [
        "Ferry service resumes in the strait",  # what the properties say has no words of its own
        "It",
        "said. New",
        "link",
        "boats",
    ]
    assert next(iter(document.comments)).text == "Mine"
    assert document.element.body.xpath("count(.//w:del) + count(.//w:ins) + count(.//w:hyperlink)") == 3


def test_a_footnote_is_commented_at_its_mark() -> None:
    data = with_footnote(story("It was said."), "As the board counts them.")
    _, document = commented("a.docx", data, ["board", "was"])
    [start] = document.element.body.xpath('.//w:commentRangeStart[@w:id="1"]')
    assert start.getnext().xpath("boolean(./w:footnoteReference)")


def test_of_other_articles_a_document_is_made() -> None:
    odd = "Tab\there \x0b\ufffe and \x1b[31m there."
    source = f"Ferries\n\nBy Ana Reis\n\n{PARAGRAPH}\n\nWhat next\r\n\r\n{odd}\n\n{PARAGRAPH}\n"
    words = ["here \x0b\ufffe and", f"{PARAGRAPH}\n\nWhat", "\x1b", "Ferries"]
    _, document = commented("a.txt", source.encode(), words)
    assert [(p.style.name, p.text[:9]) for p in document.paragraphs if p.style] == [
        ("Title", "Ferries"),
        ("Normal", "By Ana Re"),
        ("Normal", "The first"),
        ("Heading 1", "What next"),
        ("Normal", "Tab\there "),
        ("Normal", "The first"),
    ]
    assert by_finding(document) == ["here \ufffd\ufffd and", f"{PARAGRAPH}What", "\ufffd", "Ferries"]


RUNS = st.lists(st.text(st.sampled_from("ab é\t\n😀-#.| \u2028"), max_size=12), min_size=1, max_size=4)


@settings(max_examples=30)
@given(st.lists(RUNS, min_size=1, max_size=4), st.lists(st.tuples(st.integers(0, 99), st.integers(1, 30)), max_size=6))
def test_a_comment_covers_exactly_the_words(paragraphs: list[list[str]], places: list[tuple[int, int]]) -> None:
    source = story("First.")
    for runs in paragraphs:
        paragraph = source.add_paragraph()
        for number, run in enumerate(runs):
            paragraph.add_run(run).bold = bool(number % 2)
    data = saved(source)
    text = read_bytes(data, "a.docx").text
    first = text.index("First.")
    spans = [(start, min(start + length, len(text))) for at, length in places if (start := first + at) < len(text)]
    spans = [(start, end) for start, end in spans if text[start:end].strip(" \t\n#-|\\\u2028")]
    if spans:
        _, document = commented("a.docx", data, spans)
        # between paragraphs the text has line breaks and marks of its own, and none of the white space at their ends
        plain = re.compile(r"[\s#|\\-]")
        assert [plain.sub("", words) for words in by_finding(document)] == [plain.sub("", text[a:b]) for a, b in spans]
        assert [p.text for p in document.paragraphs] == [p.text for p in docx.Document(BytesIO(data)).paragraphs]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 150), st.integers(1, 60)), min_size=1, max_size=8))
def test_inside_a_paragraph_not_a_character_is_amiss(places: list[tuple[int, int]]) -> None:
    text = f"Ferries\n\n{PARAGRAPH} \x0bAnd\tso on: “#1”!\n"
    first, last = text.index("The first"), len(text) - 1
    spans = [(first + at, min(first + at + length, last)) for at, length in places]
    _, document = commented("a.txt", text.encode(), spans)
    assert by_finding(document) == [text[a:b].replace("\x0b", "\ufffd") for a, b in spans]


def test_the_same_findings_are_the_same_bytes() -> None:
    data, text = saved(story()), f"Ferries\n\n{PARAGRAPH}\n"
    article = AuditedArticle("a", "a.docx", "0" * 64, None, None, 9)
    for original in (data, None):
        body = read_bytes(data, "a.docx").text if original else text
        found = Findings("1", (article,), (), (finding(body, body.index("dawn"), body.index("dawn") + 4),))
        one, two = (list(comments.render(found, {"a": body}, {"a": []}, lambda _, o=original: o)) for _ in range(2))
        assert one == two
        with zipfile.ZipFile(BytesIO(one[0][1])) as archive:
            assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_articles_without_open_findings_get_none(tmp_path: Path) -> None:
    text = f"Ferries\n\n{PARAGRAPH}\n"
    articles = tuple(AuditedArticle(name, f"{name}.txt", "0" * 64, None, None, 9) for name in ("a", "b"))
    found = Findings("1", articles, (), (finding(text, 0, 7), finding(text, 0, 7, 2, status="waived")))
    folder = tmp_path / "out"
    for _ in range(2):  # the second takes the place of the first
        comments.write(found, {"a": text, "b": text}, {}, lambda _: None, folder)
        assert sorted(path.name for path in folder.iterdir()) == [MARKER, "a.docx"]
    assert len(docx.Document(str(folder / "a.docx")).comments) == 1


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"an original")
    with pytest.raises(ReportFolderError):
        comments.write(Findings("1", (), (), ()), {}, {}, lambda _: None, tmp_path)
    assert (tmp_path / "a.docx").read_bytes() == b"an original"
