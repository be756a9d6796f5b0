"""What reading gives: an article's text, its structure and its metadata, each with its place."""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["headline", "heading", "paragraph", "dateline", "credit", "caption", "furniture", "matter"]
Place = Literal["front matter", "header", "dateline", "footer"]

PROSE: tuple[BlockKind, ...] = ("headline", "heading", "paragraph", "caption")


class UnreadableArticleError(ValueError):
    """A file that cannot be read as an article; the message says why and what to do."""


class NoArticleError(UnreadableArticleError):
    """A file that is whole, and no article."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together: `article.text[start:end]`, without the white space around it."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stated:
    """Metadata as the article states it: `value` is what it says, `article.text[start:end]` where."""

    value: str
    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Publication:
    """The article's own date. `day` is ISO 8601, and None where the words can mean two days or none."""

    stated: Stated
    day: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `path` is POSIX, relative to the corpus's root; `sha256` is of the file's bytes."""

    id: str
    path: str
    sha256: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    headline: Stated | None = None
    published: Publication | None = None
    byline: Stated | None = None
    source: Stated | None = None
    language: str = "en"
