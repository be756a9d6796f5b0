"""Web pages, `.html` and `.htm`: the article's text without the site's own furniture, and what the page's metadata say.

The text is found by trafilatura; headline, byline, date and publisher by schema.org's JSON-LD, then by trafilatura
(OpenGraph and other `<meta>`, `<time>`). No word of a page is obeyed, and nothing is fetched.
"""

import codecs
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from html import unescape
from typing import Any

import trafilatura
from charset_normalizer import from_bytes
from charset_normalizer.utils import any_specified_encoding
from htmldate import find_date
from lxml import html
from lxml.etree import iterwalk
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from pipelines.reading import kept, schema_org
from pipelines.reading.article import UnreadableArticleError
from pipelines.reading.markup import parts, tree_of
from pipelines.reading.wire import parts_of

# They tell of every page that they doubt.
for _name in ("trafilatura", "htmldate", "charset_normalizer", "justext", "courlan"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# Elements, each times its depth: what reading a page costs, some seconds for so many.
HEAVIEST = 400_000
# Fewer are labels of the site.
FEWEST_WORDS = 12

_APART = "\ufffc"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Browsers read both as Windows's superset of them: https://encoding.spec.whatwg.org/#names-and-labels
_WINDOWS = frozenset({"latin_1", "ascii"})
# Only a date that the page's head or a <time> gives, and none that depends on the day on which the page is read.
_DATES: dict[str, Any] = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2199-12-31",
}


def extract(data: bytes) -> str:
    """The kept extraction of the article in the page.

    Raises UnreadableArticleError where there is none, or the encoding is unknown.
    """
    source = decode(data)
    try:
        stated, words = _read(source)
    except UnreadableArticleError:
        raise
    except Exception as error:  # a parser of whatever the web holds gives up in many ways
        raise UnreadableArticleError(f"no page that can be read ({type(error).__name__}); save it anew") from None
    if not any(words):
        raise UnreadableArticleError("no article in the page; is its text loaded by a script?")
    return kept.headed(stated, words)


def decode(data: bytes) -> str:
    """The page as text: by its byte order mark, as UTF-8 where it is that, whatever it declares, or else by the
    encoding that it declares, or that its bytes suggest.

    Raises UnreadableArticleError where none fits.
    """
    if not data.strip():
        raise UnreadableArticleError("the file is empty")
    if b"\0" in data[:8192] and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        raise UnreadableArticleError("a binary file, not a page")
    for encoding in _encodings(data):
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(encoding)
    raise UnreadableArticleError("its encoding is unknown; save the page as UTF-8")


def _encodings(data: bytes) -> Iterator[str]:
    yield from (encoding for mark, encoding in _MARKS if data.startswith(mark))
    yield "utf-8"
    declared = any_specified_encoding(data)
    if declared:
        yield "cp1252" if declared in _WINDOWS else declared
    likely = from_bytes(data).best()
    if likely:
        yield likely.encoding


def _read(source: str) -> tuple[dict[str, str], list[str]]:
    """What the page states of its article, and the parts of the article's text; nothing where it is no page."""
    tree = tree_of(source)
    if tree is None:
        return {}, []
    if _weight(tree) > HEAVIEST:
        raise UnreadableArticleError("so many elements, nested so deep, as no article's page has; save the text alone")
    linked = _linked(tree)
    stated = _told(tree) | {key: unescape(words) for key, words in schema_org.stated(linked).items() if words}
    _set_apart(tree)
    found = trafilatura.bare_extraction(tree, include_comments=False)
    words = [part.replace(_APART, "") for part in parts(found.body)] if isinstance(found, Document) else []
    return stated, words if _are_article(words) else parts_of(schema_org.body(linked))


def _weight(tree: Any) -> int:
    depth = weight = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        weight += depth if event == "start" else 0
    return weight


def _told(tree: Any) -> dict[str, str]:
    """What trafilatura reads in the page's metadata, by the keys of front matter."""
    told = extract_metadata(tree, None, dict(_DATES))
    for link in tree.xpath('//link[@rel="canonical"]'):
        link.drop_tree()  # the day in an address counts where no other is given
    day = find_date(tree, **_DATES)
    return {
        "title": told.title or "",
        "author": (told.author or "").replace("; ", ", "),
        "date": day or told.date or "",
        "source": told.sitename or "",
        "language": tree.get("lang") or "",
    }


def _set_apart(tree: Any) -> None:
    """Make of paragraphs that say the same, one after the other, different ones: trafilatura would drop all but the
    first, and an audit looks for such."""
    before, apart = "", False
    for paragraph in tree.iter("p"):
        words = paragraph.text_content()
        apart = words == before != "" and not apart
        before = words
        if apart:
            mark = html.Element("span")
            mark.text = _APART
            paragraph.append(mark)


def _are_article(words: Sequence[str]) -> bool:
    return sum(len(part.split()) for part in words) >= FEWEST_WORDS


def _linked(tree: Any) -> Mapping[str, Any]:
    """The article that the page's JSON-LD describes."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            found = schema_org.article(json.loads(script.text_content(), strict=False))
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return {}
