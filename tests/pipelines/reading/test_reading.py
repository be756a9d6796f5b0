"""From files to articles: what is read, what is refused and in which words, and what an article is called."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading import LARGEST, decode, read_bytes, read_corpus
from pipelines.reading.article import UnreadableArticleError

TEXT = "Ferry service resumes\n\nThe first boat left at dawn.\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t", "the file is empty"),
        ("\ufeff\n".encode(), "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file"),
        (b"text\0text", "a binary file"),
        ("one\ntwo café".encode("latin-1"), "line 2: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (TEXT.encode("utf-16"), "not UTF-8; save the file as UTF-8"),
        (b"a" * (LARGEST + 1), "an article is at most 4 MB of text, so split the file"),
    ],
    ids=["empty", "blank", "only-a-mark", "binary", "zero-byte", "latin-1", "utf-16", "large"],
)
def test_refuses_with_the_reason_and_the_mend(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticleError, match=reason):
        decode(data)


def test_keeps_newlines_and_the_byte_order_mark() -> None:
    assert decode("\ufeffa\r\nb\rc\n".encode()) == "\ufeffa\r\nb\rc\n"


@given(st.binary(max_size=400), st.sampled_from([".txt", ".md"]))
def test_any_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    try:
        article = read_bytes(data, f"article{ending}")
    except UnreadableArticleError:
        return
    assert article.text.encode() == data


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400), st.sampled_from([".txt", ".md"]))
def test_any_text_is_read_or_refused(text: str, ending: str) -> None:
    try:
        article = read_bytes(("---\n" + text if ending == ".md" else text).encode(), f"article{ending}")
    except UnreadableArticleError:
        return
    assert all(article.text[block.start : block.end].strip() for block in article.blocks)


def test_reads_folders_and_files_once_in_order_of_path(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.md", "a/.hidden.txt", "a/~$one.docx", ".git/three.txt", "a/notes.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    corpus = read_corpus([tmp_path / "b" / "two.txt", tmp_path], tmp_path)
    assert [article.path for article in corpus.articles] == ["a/one.md", "b/two.txt"]
    assert corpus.rejected == ()


def test_a_link_is_read_where_it_stays_in_the_folder(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "a").mkdir(parents=True)
    for file in (tmp_path / "secret.txt", corpus / "a" / "one.txt"):
        file.write_text(TEXT, encoding="utf-8")
    (corpus / "out.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "in.txt").symlink_to(corpus / "a" / "one.txt")
    (corpus / "loop").symlink_to(corpus)
    assert [article.path for article in read_corpus([corpus], corpus).articles] == ["a/one.txt", "in.txt"]


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "sparse.txt").open("wb") as file:
        file.truncate(2**33)
    [rejected] = read_corpus([tmp_path], tmp_path).rejected
    assert rejected.reason.startswith("8192.0 MB")


def test_stems_that_agree_take_the_path(tmp_path: Path) -> None:
    for name in ("a/one.txt", "b/one.txt", "b/two.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [article.id for article in read_corpus([tmp_path], tmp_path).articles] == ["a/one.txt", "b/one.txt", "two"]


def test_what_is_named_and_cannot_be_read_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "large.txt").write_bytes(b"a" * 2 * LARGEST)
    named = [tmp_path / name for name in ("notes.pdf", "empty.txt", "large.txt", "absent.txt")]
    reasons = {rejected.path: rejected.reason for rejected in read_corpus(named, tmp_path).rejected}
    assert reasons["notes.pdf"] == "no reader for '.pdf' files; the formats are .docx, .htm, .html, .json, .md, .txt"
    assert reasons["empty.txt"] == "the file is empty"
    assert reasons["large.txt"].startswith("8.0 MB")
    assert reasons["absent.txt"].startswith("the file cannot be read")


def test_a_folder_that_cannot_be_listed_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    rejected = read_corpus([tmp_path], tmp_path).rejected
    assert [(r.path, r.reason) for r in rejected] == [("locked", "the folder cannot be read: Permission denied")]
