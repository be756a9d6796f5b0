"""Markdown with YAML front matter, `.md`: `title`, `date`, `author`, `source`."""

import re

import yaml

from pipelines.language.dates import find_dates
from pipelines.reading import metadata, structure
from pipelines.reading.article import Article, Block, Publication, Stated, UnreadableArticleError

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})[ \t]+")


def read(text: str, *, id: str, path: str, sha256: str) -> Article:  # noqa: A002
    """The article that the file's text is.

    Raises UnreadableArticleError for front matter that is not closed, or no YAML mapping.
    """
    matter = _FRONT_MATTER.match(text)
    if matter is None and re.match(r"\ufeff?---[ \t]*\r?\n", text):
        raise UnreadableArticleError("line 1: the front matter is never closed; end it with a line '---'")
    stated = _stated(matter["yaml"], matter.start("yaml")) if matter else {}
    start = matter.end() if matter else 0
    blocks = _blocks(text, start)
    if matter:
        blocks.insert(0, Block("matter", *_stripped(text, matter.start(), matter.end())))
    date = stated.get("date")
    return Article(
        id=id,
        path=path,
        sha256=sha256,
        format="markdown",
        text=text,
        blocks=tuple(blocks),
        headline=stated.get("title") or metadata.headline(text, blocks),
        published=_publication(date) if date else metadata.publication(text, blocks),
        byline=stated.get("author") or metadata.byline(text, blocks),
        source=stated.get("source") or metadata.source(text, blocks),
    )


def _stated(header: str, offset: int) -> dict[str, Stated]:
    """The scalar entries of the front matter, each as written and where."""
    try:
        node = yaml.compose(header, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        problem = getattr(error, "problem", None) or "not YAML"
        raise UnreadableArticleError(f"line {line}: the front matter is not YAML: {problem}") from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableArticleError("line 2: the front matter is no list of 'key: value' lines")
    found = {}
    for key, value in node.value:
        if isinstance(value, yaml.ScalarNode) and str(value.value).strip():
            start, end = offset + value.start_mark.index, offset + value.end_mark.index
            found[str(key.value).casefold()] = Stated(str(value.value).strip(), "front matter", start, end)
    return found


def _publication(stated: Stated) -> Publication:
    mention = next((m for m in find_dates(stated.value) if m.precision == "day"), None)
    day = mention.readings[0].isoformat() if mention and len(mention.readings) == 1 else None
    return Publication(stated, day)


def _blocks(text: str, start: int) -> list[Block]:
    """As in plain text, but headings say that they are: the first one of level 1 is the headline."""
    blocks = []
    headed = False
    for block in structure.blocks(text, start):
        marker = _HEADING.match(text, block.start, block.end)
        if marker is None:
            blocks.append(
                Block("paragraph", block.start, block.end) if block.kind in {"headline", "heading"} else block
            )
            continue
        kind = "headline" if len(marker[1]) == 1 and not headed else "heading"
        headed = headed or kind == "headline"
        if marker.end() < block.end:
            blocks.append(Block(kind, marker.end(), block.end))  # type: ignore[arg-type]
    return blocks


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(piece.strip())
