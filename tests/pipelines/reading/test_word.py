"""Word documents: what of them is text, what their properties say, and which are refused in which words."""

import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits import word
from pipelines.reading import read_bytes, reread
from pipelines.reading.article import Article, UnreadableArticleError
from tests.pipelines.reading.documents import add, saved, story, with_footnote, with_parts
from tests.pipelines.reading.test_structure import PARAGRAPH


def read(data: bytes) -> Article:
    return read_bytes(data, "ferry.docx")


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_headings_paragraphs_and_properties() -> None:
    document = story(PARAGRAPH)
    document.add_heading("What next", 1)
    document.add_paragraph(PARAGRAPH)
    article = read(saved(document))
    assert article.format == "docx"
    assert blocks(article) == [
        ("matter", "---\nauthor: Ana Reis\ndate: '2025-03-04'\n---"),
        ("headline", "Ferry service resumes in the strait"),
        ("paragraph", PARAGRAPH),
        ("heading", "What next"),
        ("paragraph", PARAGRAPH),
    ]
    assert article.headline is not None
    assert article.headline.value == "Ferry service resumes in the strait"
    assert article.byline is not None
    assert article.byline.value == "Ana Reis"
    assert article.published is not None
    assert article.published.day == "2025-03-04"


def test_what_is_kept_is_read_again_as_the_same_article() -> None:
    article = read(saved(story()))
    again = reread(article.text, article.id, article.path)
    assert again.blocks == article.blocks
    assert (again.headline, again.published, again.byline) == (article.headline, article.published, article.byline)


def test_the_text_goes_before_the_properties() -> None:
    document = story("By Bo Lind", "5 March 2025", PARAGRAPH)
    document.core_properties.title = "Draft 3"
    article = read(saved(document))
    assert [kind for kind, _ in blocks(article)] == ["headline", "credit", "dateline", "paragraph"]
    assert article.published is not None
    assert article.published.day == "2025-03-05"
    assert article.byline is not None
    assert article.byline.value == "Bo Lind"


def test_the_last_day_of_the_properties_counts() -> None:
    document = story()
    document.core_properties.modified = datetime(2025, 3, 6, 9, tzinfo=UTC)
    published = read(saved(document)).published
    assert published is not None
    assert published.day == "2025-03-06"


def test_what_programs_write_into_properties_says_nothing() -> None:
    document = docx.Document()  # the library's template, with its own author and date
    document.add_paragraph(PARAGRAPH)
    article = read(saved(document))
    assert article.published is None
    assert article.byline is None


def test_without_styles_the_structure_is_that_of_plain_text() -> None:
    document = docx.Document()
    for line in ("Ferry service resumes in the strait", "By Ana Reis", PARAGRAPH, "What next", PARAGRAPH):
        document.add_paragraph(line)
    assert [kind for kind, _ in blocks(read(saved(document)))] == [
        "headline",
        "credit",
        "paragraph",
        "heading",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ('<w:del w:id="1" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>', ""),
        ('<w:moveFrom w:id="1" w:author="x"><w:r><w:t>gone</w:t></w:r></w:moveFrom>', ""),
        ('<w:ins w:id="1" w:author="x"><w:r><w:t xml:space="preserve"> new</w:t></w:r></w:ins>', " new"),
        ('<w:moveTo w:id="1" w:author="x"><w:r><w:t xml:space="preserve"> new</w:t></w:r></w:moveTo>', " new"),
        ("<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>", "linked"),
        ("<w:sdt><w:sdtContent><w:r><w:t>held</w:t></w:r></w:sdtContent></w:sdt>", "held"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>today</w:t></w:r></w:fldSimple>', "today"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", ""),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", ""),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>', "shown"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>", "a\tb\u2011c"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
    ],
)
def test_what_is_text(xml: str, words: str) -> None:
    document = story(PARAGRAPH)
    add(document.paragraphs[-1], xml)
    assert read(saved(document)).text.endswith(f"\n\n{PARAGRAPH}{words}\n")


def test_comments_headers_and_footers_are_no_text() -> None:
    document = story(PARAGRAPH)
    document.add_comment(document.paragraphs[-1].runs, "Check with the board", "Ed")
    document.sections[0].header.paragraphs[0].text = "Page head"
    document.sections[0].footer.paragraphs[0].text = "Page foot"
    text = read(saved(document)).text
    assert not any(words in text for words in ("Check", "Page head", "Page foot"))


def test_tables_lists_and_footnotes() -> None:
    document = story(PARAGRAPH)
    table = document.add_table(2, 2)
    for at, cell in enumerate(("Year", "Boats", "2024", "1,200")):
        table.cell(at // 2, at % 2).text = cell
    layout = document.add_table(1, 2)
    layout.cell(0, 0).text = PARAGRAPH
    layout.cell(0, 0).add_paragraph("A second paragraph of the cell.")
    layout.cell(0, 1).text = "Beside it."
    document.add_paragraph("One of a list", style="List Bullet")
    document.add_paragraph("The last.")
    assert read(with_footnote(document, "As the board counts them.")).text.split("\n\n")[3:] == [
        "Year | Boats",
        "2024 | 1,200",
        PARAGRAPH,
        "A second paragraph of the cell.",
        "Beside it.",
        "- One of a list",
        "The last.",
        "As the board counts them.\n",
    ]


def test_a_line_that_looks_like_a_heading_is_none() -> None:
    article = read(saved(story("## Pasted", PARAGRAPH)))
    assert ("paragraph", "\\## Pasted") in blocks(article)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=60)


@settings(max_examples=25)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_any_words_are_read_or_refused(lines: list[str]) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    try:
        article = read(saved(document))
    except UnreadableArticleError:
        assert not any(line.strip() for line in lines)
        return
    assert all(line.strip() in article.text for line in lines)
    assert reread(article.text, article.id, article.path).blocks == article.blocks


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"word/{number}.xml", b" " * 2**25)
    return stream.getvalue()


def lying() -> bytes:
    """An archive whose part is larger than it says."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 2**27)
    return stream.getvalue().replace((2**27).to_bytes(4, "little"), (100).to_bytes(4, "little"))


def encrypted() -> bytes:
    return word._OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def nested(depth: int) -> str:
    return (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + "<w:tbl><w:tr><w:tc>" * depth
        + "</w:tc></w:tr></w:tbl>" * depth
        + "</w:body></w:document>"
    )


WHOLE = saved(story())
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is damaged, or no Word document at all"),
        (b"Just words", "the file is damaged, or no Word document at all"),
        (WHOLE[: len(WHOLE) // 2], "the file is damaged, or no Word document at all"),
        (WHOLE.replace(b"word/document.xml", b"word/document.xxx"), "no readable Word document"),
        (with_parts(WHOLE, {"word/document.xml": "<w:document"}), "no readable Word document"),
        (with_parts(WHOLE, {"word/document.xml": nested(2_000)}), "no readable Word document"),
        (with_parts(WHOLE, {"word/document.xml": nested(20)}), "no words in it"),
        (with_parts(WHOLE, {"word/document.xml": LAUGHS}), "no "),
        (with_parts(WHOLE, {"word/styles.xml": "<"}), "no readable Word document"),
        (with_parts(with_footnote(story(), "x"), {"word/footnotes.xml": "<"}), "the footnotes are damaged"),
        (bomb(), "unpacked it is above 128 MB"),
        (lying(), "no readable Word document|damaged"),
        (encrypted(), "encrypted; save it without a password"),
        (word._OLE + b"WordDocument", r"an old Word document \(\.doc\) by another name"),
        (b"{\\rtf1 words}", r"rich text \(\.rtf\) by another name"),
        (saved(docx.Document()), "no words in it"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticleError, match=reason):
        read(data)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_damaged_byte_is_read_over_or_refused(at: int, byte: int) -> None:
    data = bytearray(WHOLE)
    data[at] = byte
    with suppress(UnreadableArticleError):
        assert read(bytes(data)).format == "docx"
