"""From files to articles: one reader a format, offsets always into the article's own text."""

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from audits.files import MARKER
from pipelines.language.house import ANY, House
from pipelines.reading import kept, markdown, plain
from pipelines.reading.article import Article, NoArticleError, UnreadableArticleError

# An article is some thousand words; a text above this is a dump of something else (in bytes). Where the text stands
# among pictures and scripts, the file may be larger.
LARGEST = 4 * 2**20
LARGEST_FILE = 64 * 2**20


class Parser(Protocol):
    """Reads an article's text. Raises UnreadableArticleError with the reason."""

    def __call__(self, text: str, *, id: str, path: str, sha256: str, house: House) -> Article: ...  # noqa: A002


@dataclass(frozen=True)
class Reader:
    """How files of one format are read: `extract` gives the text that offsets go into, `parse` the article in it.

    `largest` is in bytes. `extract` raises UnreadableArticleError with the reason, and NoArticleError for a file of
    the format that is no article at all.
    """

    extract: Callable[[bytes], str]
    parse: Parser = kept.read
    largest: int = LARGEST_FILE


def _word(data: bytes) -> str:
    from pipelines.reading import word

    return word.extract(data)


def _page(data: bytes) -> str:
    from pipelines.reading import page

    return page.extract(data)


def _wire(data: bytes) -> str:
    from pipelines.reading import wire

    return wire.extract(data)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that is no readable article: its path as in `Article.path`, and why, with what to do."""

    path: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """What was read: articles in order of path, what was rejected, and the house whose articles they are."""

    articles: tuple[Article, ...]
    rejected: tuple[Rejected, ...]
    house: House = ANY


def read_corpus(paths: Iterable[Path], root: Path, house: House = ANY) -> Corpus:
    """Every article in or under `paths` (files, or folders searched for the endings of READERS), each file once.

    A file named by itself whose ending no reader knows, or that is not there, or that is no article, is rejected; so is
    a folder that cannot be listed. In a folder, a file of data (JSON) that is no article is passed over.
    """
    paths = tuple(paths)
    files, rejected = listed(paths, root)
    corpus = read_files(files, root, house, named={_absolute(path) for path in paths})
    return replace(corpus, rejected=tuple(sorted((*rejected, *corpus.rejected), key=lambda r: r.path)))


def read_files(files: Iterable[Path], root: Path, house: House = ANY, named: Collection[Path] = ()) -> Corpus:
    """The articles in these files, in their order; a file of data that is no article is passed over, unless `named`."""
    articles, rejected = [], []
    for file in files:
        shown = display_path(file, root)
        try:
            articles.append(read_bytes(content(file), shown, house))
        except UnreadableArticleError as error:
            if isinstance(error, NoArticleError) and file not in named:
                continue
            rejected.append(Rejected(shown, str(error)))
    return Corpus(with_ids(articles), tuple(rejected), house)


def listed(paths: Iterable[Path], root: Path) -> tuple[list[Path], list[Rejected]]:
    """The files that `read_corpus` would read, in order, and the folders that cannot be listed."""
    rejected: list[Rejected] = []
    files = {_absolute(file) for path in paths for file in _files(path, root, rejected)}
    return sorted(files), rejected


def read_bytes(data: bytes, path: str, house: House = ANY) -> Article:
    """The article in `data`, by the reader for the ending of `path`; its id is the file's stem.

    Raises UnreadableArticleError with the reason, and what to do.
    """
    name = PurePosixPath(path)
    reader = READERS.get(name.suffix.lower())
    if reader is None:
        raise UnreadableArticleError(
            f"no reader for '{name.suffix}' files; the formats are {', '.join(sorted(READERS))}"
        )
    text = reader.extract(data)
    _check_size(len(text), LARGEST)
    return reader.parse(text, id=name.stem, path=path, sha256=hashlib.sha256(data).hexdigest(), house=house)


def reread(text: str, id: str, path: str, house: House = ANY) -> Article:  # noqa: A002
    """The article of a text that was read before and kept, under the id it was given then."""
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return READERS[PurePosixPath(path).suffix.lower()].parse(text, id=id, path=path, sha256=sha256, house=house)


def decode(data: bytes) -> str:
    """The text of an article's file: UTF-8, newlines as they are, a byte order mark counted as one character.

    Raises UnreadableArticleError for an empty, oversized or binary file, or another encoding.
    """
    _check_size(len(data), LARGEST)
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


# What a name in a folder begins with that is hidden, or Word's note of who has a document open.
_PASSED_OVER = (".", "~$")
# Libraries that only some formats need are imported with the first file of that format.
READERS: Mapping[str, Reader] = {
    ".txt": Reader(decode, plain.read, LARGEST),
    ".md": Reader(decode, markdown.read, LARGEST),
    ".docx": Reader(_word),
    ".html": Reader(_page),
    ".htm": Reader(_page),
    ".json": Reader(_wire),
}


def with_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles with their ids."""
    articles = tuple(articles)
    ids = ids_of(article.path for article in articles)
    return tuple(replace(article, id=ids[article.path]) for article in articles)


def ids_of(paths: Iterable[str]) -> dict[str, str]:
    """The ids of the articles at these paths: the file's stem, or the path where that names another article too."""
    stems = {path: PurePosixPath(path).stem for path in paths}
    names = Counter(name for path, stem in stems.items() for name in {path, stem})
    return {path: path if names[stem] > 1 else stem for path, stem in stems.items()}


def display_path(file: Path, root: Path) -> str:
    """POSIX path relative to the corpus's root; bytes of a name that are not UTF-8 are shown as `\\xff`."""
    shown = Path(os.path.relpath(file, root)).as_posix()
    return os.fsencode(shown).decode("utf-8", "backslashreplace")


def _files(path: Path, root: Path, rejected: list[Rejected]) -> list[Path]:
    """`path` itself, or the files below it that a reader knows: none that is hidden, Word's own note, part of a report
    of ours, or a link out of the folder."""
    if not path.is_dir():
        return [path]

    def unreadable(error: OSError) -> None:
        folder = Path(os.fsdecode(error.filename)) if error.filename else path
        rejected.append(Rejected(display_path(folder, root), f"the folder cannot be read: {error.strerror}"))

    top = path.resolve()
    files: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=unreadable):
        if MARKER in names:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        known = (name for name in names if Path(name).suffix.lower() in READERS and not name.startswith(_PASSED_OVER))
        files += (file for name in known if _stays_below(top, file := Path(folder, name)))
    return files


def _stays_below(top: Path, file: Path) -> bool:
    return not file.is_symlink() or file.resolve().is_relative_to(top)


def content(file: Path) -> bytes:
    """The bytes of an article's file. Raises UnreadableArticleError where it is none, too large, or cannot be read."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableArticleError("no regular file")
        reader = READERS.get(file.suffix.lower())
        _check_size(status.st_size, reader.largest if reader else LARGEST_FILE)
        return file.read_bytes()
    except OSError as error:
        raise UnreadableArticleError(f"the file cannot be read: {error.strerror}") from None


def _check_size(size: int, largest: int) -> None:
    if size > largest:
        of = "of text, so split the file" if largest == LARGEST else "in such a file"
        raise UnreadableArticleError(f"{size / 2**20:.1f} MB; an article is at most {largest // 2**20} MB {of}")


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))
