"""Markdown with YAML front matter, `.md`: `title`, `date`, `author`, `source`, and other names for the same."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import yaml

from pipelines.language.dates import find_dates
from pipelines.language.house import ANY, House
from pipelines.language.patterns import pattern
from pipelines.reading import metadata, structure
from pipelines.reading.article import Article, Block, BlockKind, Publication, Stated, UnreadableArticleError

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"(?<=[\r\n])---[ \t]*(?=[\r\n]|\Z)")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_CLOSING_MARKS = pattern(r"[ \t]+#+$")
_ATTRIBUTES = re.compile(r"\{:[^{}]*\}")
_JOINTS = re.compile(r"[-_ ]")
# A block that shows no words of its own: tags alone, a list of attributes (kramdown), a rule.
_SILENT = pattern(r"(?:<[^<>]+>\s*)+|\{:[^{}]*\}|(?:[-*_=]\s*){3,}")
_CAPTION = re.compile(r"cutline|caption")
# A quotation pulled out of the text, which repeats it by design.
_PULLED = re.compile(r"pull-?quote")

# What the front matter of static site generators calls them (Jekyll, Hugo, Pelican, Eleventy).
# A key counts without its dashes, underscores and spaces: `date_published`, `Date Published`.
TITLE = ("title", "headline", "heading", "hed", "head")
DATE = (
    *("date", "published", "publishdate", "pubdate", "publishedat", "publishedon", "publicationdate", "datepublished"),
    *(
        "firstpublished",
        "publishedtime",
        "datetime",
        "posted",
        "issued",
        "timestamp",
        "created",
        "createdat",
        "datecreated",
    ),
    *("lastmod", "modified", "updated", "updatedat", "lastupdated", "datemodified"),
)
AUTHOR = (
    *("author", "authors", "byline", "by", "writer", "writers", "words", "text", "reporter", "reporters", "reporting"),
    *(
        "correspondent",
        "contributor",
        "contributors",
        "columnist",
        "creator",
        "writtenby",
        "authorname",
        "staff",
        "desk",
    ),
)
SOURCE = (
    *("source", "sources", "publisher", "publication", "outlet", "agency", "newspaper", "magazine", "wire", "credit"),
    *("sitename", "site", "provider", "organisation", "organization", "sourcename", "via"),
)


def read(text: str, *, id: str, path: str, sha256: str, house: House = ANY) -> Article:  # noqa: A002
    """The article that the file's text is.

    Raises UnreadableArticleError for front matter that is not closed, or no YAML mapping.
    """
    stated, matter = front_matter(text)
    title = first(stated, TITLE)
    blocks = _blocks(text, matter[0].end if matter else 0, house, titled=title is not None)
    published = publication(first(stated, DATE))
    return Article(
        id=id,
        path=path,
        sha256=sha256,
        format="markdown",
        text=text,
        blocks=(*matter, *blocks),
        headline=title or metadata.headline(text, blocks),
        published=published or metadata.publication(text, blocks),
        byline=first(stated, AUTHOR) or metadata.byline(text, blocks),
        source=first(stated, SOURCE) or metadata.source(text, blocks),
    )


def front_matter(text: str) -> tuple[dict[str, Stated], tuple[Block, ...]]:
    """What the front matter states, by key without joints, and its block; nothing where the text has none.

    Raises UnreadableArticleError for front matter that is not closed, or no YAML mapping.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return {}, ()
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        raise UnreadableArticleError("line 1: the front matter is never closed; end it with a line '---'")
    stated = _stated(text[opening.end() : closing.start()], opening.end())
    return stated, (Block("matter", text.index("-"), closing.start() + 3),)


def first(stated: Mapping[str, Stated], keys: Iterable[str]) -> Stated | None:
    """What the first of the keys that is there says."""
    return next((stated[key] for key in keys if key in stated), None)


def _stated(header: str, offset: int) -> dict[str, Stated]:
    """The entries of the front matter that are words or lists of words, each as written and where."""
    try:
        node = yaml.compose(header, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        problem = getattr(error, "problem", None) or "not YAML"
        raise UnreadableArticleError(f"line {line}: the front matter is not YAML: {problem}") from None
    except RecursionError:
        raise UnreadableArticleError("line 2: the front matter is nested too deep") from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableArticleError("line 2: the front matter is no list of 'key: value' lines")
    found = {}
    for key, value in node.value:
        words = ", ".join(_scalars(value))
        if words and isinstance(key, yaml.ScalarNode):
            start, end = offset + value.start_mark.index, offset + value.end_mark.index
            found[_JOINTS.sub("", key.value).casefold()] = Stated(words, "front matter", start, end)
    return found


def _scalars(node: yaml.Node) -> list[str]:
    """The words of a scalar, of a mapping's `name`, or of a list of either; an empty one and a null have none."""
    if isinstance(node, yaml.SequenceNode):
        return [words for item in node.value if not isinstance(item, yaml.SequenceNode) for words in _scalars(item)]
    if isinstance(node, yaml.MappingNode):
        return [words for key, item in node.value if key.value == "name" for words in _scalars(item)]
    if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
        return []
    return [node.value.strip()] if node.value.strip() else []


def publication(stated: Stated | None) -> Publication | None:
    """The date of the front matter; None where it says none."""
    if stated is None:
        return None
    day = stated.value[:10]  # a time of day may follow: `2025-03-20T08:00:00Z`
    mention = next((m for m in find_dates(day) or find_dates(stated.value) if m.precision in {"day", "month"}), None)
    if mention is None:
        return None
    return Publication(stated, mention.readings[0].isoformat() if len(mention.readings) == 1 else None)


def _blocks(text: str, start: int, house: House, *, titled: bool) -> list[Block]:
    """As in plain text, but headings say that they are: the first one of level 1 is the headline. Where there is none,
    and no title, the headline is what it would be in plain text."""
    plain = structure.blocks(text, start, house)
    markers = [_HEADING.match(text, block.start, block.end) for block in plain]
    top = next((marker for marker in markers if marker and len(marker[1]) == 1), None)
    blocks: list[Block] = []
    attributes = ""
    for block, marker in zip(plain, markers, strict=True):
        if marker:
            blocks += _heading(text, marker.end(), block.end, "headline" if marker is top else "heading")
        else:
            guessed = block.kind == "headline" and not (titled or top)
            blocks.append(block if guessed else replace(block, kind=_kind(text, block, attributes)))
        attributes = text[block.start : block.end] if _ATTRIBUTES.fullmatch(text, block.start, block.end) else ""
    return blocks


def _heading(text: str, start: int, end: int, kind: BlockKind) -> list[Block]:
    """The heading without its closing marks; none where it is empty."""
    closing = _CLOSING_MARKS.search(text, start, end)
    end = closing.start() if closing else end
    return [Block(kind, start, end)] if start < end else []


def _kind(text: str, block: Block, attributes: str) -> BlockKind:
    """The kind of a block that is no heading; `attributes` is the list of them on the line above, if there is one."""
    if _SILENT.fullmatch(text, block.start, block.end) or _PULLED.search(attributes):
        return "matter"
    if _CAPTION.search(attributes):
        return "caption"
    return "paragraph" if block.kind in {"headline", "heading"} else block.kind
