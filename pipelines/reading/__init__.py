"""From files to articles: one reader a format, offsets always into the article's own text."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from pipelines.reading import markdown, plain
from pipelines.reading.article import Article, UnreadableArticleError

# An article is some thousand words; a file above this is a dump of something else (in bytes).
LARGEST = 4 * 2**20


class Reader(Protocol):
    """Reads the text of one file of its format. Raises UnreadableArticleError with the reason."""

    def __call__(self, text: str, *, id: str, path: str, sha256: str) -> Article: ...  # noqa: A002


READERS: Mapping[str, Reader] = {".txt": plain.read, ".md": markdown.read}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that is no readable article: its path as in `Article.path`, and why, with what to do."""

    path: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """What was read: articles in order of path, and what was rejected."""

    articles: tuple[Article, ...]
    rejected: tuple[Rejected, ...]


def read_corpus(paths: Iterable[Path], root: Path) -> Corpus:
    """Every article in or under `paths` (files, or folders searched for the endings of READERS), each file once.

    A file named by itself whose ending no reader knows, or that is not there, is rejected; so is a folder that cannot
    be listed.
    """
    rejected: list[Rejected] = []
    files = {file.absolute(): None for path in paths for file in _files(path, root, rejected)}
    articles = []
    for file in sorted(files):
        shown = display_path(file, root)
        try:
            articles.append(read_bytes(_bytes(file), shown))
        except UnreadableArticleError as error:
            rejected.append(Rejected(shown, str(error)))
    return Corpus(with_ids(articles), tuple(sorted(rejected, key=lambda r: r.path)))


def read_bytes(data: bytes, path: str) -> Article:
    """The article in `data`, by the reader for the ending of `path`; its id is the file's stem.

    Raises UnreadableArticleError with the reason, and what to do.
    """
    name = PurePosixPath(path)
    reader = READERS.get(name.suffix.lower())
    if reader is None:
        raise UnreadableArticleError(
            f"no reader for '{name.suffix}' files; the formats are {', '.join(sorted(READERS))}"
        )
    return reader(decode(data), id=name.stem, path=path, sha256=hashlib.sha256(data).hexdigest())


def decode(data: bytes) -> str:
    """The text of an article's file: UTF-8, newlines as they are, a byte order mark counted as one character.

    Raises UnreadableArticleError for an empty, oversized or binary file, or another encoding.
    """
    if len(data) > LARGEST:
        raise UnreadableArticleError(
            f"{len(data) / 2**20:.1f} MB; an article is at most {LARGEST // 2**20} MB of text, so split the file"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data[:8192] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableArticleError("a binary file, not text") from None
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableArticleError(
            f"line {line}: byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        ) from None
    if "\0" in text:
        raise UnreadableArticleError("a binary file, not text")
    if not text.strip("\ufeff \t\r\n"):
        raise UnreadableArticleError("the file is empty")
    return text


def with_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles with their ids: the file's stem, or the path where two stems agree."""
    articles = tuple(articles)
    stems = Counter(PurePosixPath(article.path).stem for article in articles)
    return tuple(
        replace(article, id=article.path if stems[stem := PurePosixPath(article.path).stem] > 1 else stem)
        for article in articles
    )


def display_path(file: Path, root: Path) -> str:
    """POSIX path relative to the corpus's root; bytes of a name that are not UTF-8 are shown as U+FFFD."""
    shown = Path(os.path.relpath(file, root)).as_posix()
    return os.fsencode(shown).decode("utf-8", "replace")


def _files(path: Path, root: Path, rejected: list[Rejected]) -> Iterable[Path]:
    if not path.is_dir():
        return [path]

    def unreadable(error: OSError) -> None:
        folder = Path(os.fsdecode(error.filename)) if error.filename else path
        rejected.append(Rejected(display_path(folder, root), f"the folder cannot be read: {error.strerror}"))

    return [
        Path(folder) / name
        for folder, folders, names in os.walk(path, onerror=unreadable)
        if not folders.sort() and not (Path(folder) != path and Path(folder).name.startswith("."))
        for name in sorted(names)
        if Path(name).suffix.lower() in READERS and not name.startswith(".")
    ]


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            return file.open("rb").read(LARGEST + 1) if file.is_file() else b""
        return file.read_bytes()
    except OSError as error:
        raise UnreadableArticleError(f"the file cannot be read: {error.strerror}") from None
