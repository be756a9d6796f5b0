"""From elements, of HTML or of trafilatura's own XML, to the parts of the kept extraction."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import ErrorTypes, LxmlError, iterwalk

from pipelines.reading import kept
from pipelines.reading.article import UnreadableArticleError

# What shows no words of the article.
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "title", "svg", "math", "iframe", "object"})
_HEADING = re.compile(r"h([1-6])")
_ITEMS = frozenset({"li", "item", "dd", "dt"})
_CELLS = frozenset({"td", "th", "cell"})
_BREAKS = frozenset({"br", "lb"})
_BLOCKS = _ITEMS | frozenset(
    {"html", "body", "main", "article", "section", "div", "p", "blockquote", "quote", "pre", "figure", "figcaption"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "list", "table", "tbody", "thead", "tr", "row", "hr"}
    | {"header", "footer", "aside", "address", "details", "summary", "caption", "code", "head"}
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r" *\n *")


def tree_of(source: str) -> Any:
    """The document that a page or a piece of HTML is; None where it has no element.

    Raises UnreadableArticleError where elements are nested so deep, or are so large, that words would be lost.
    """
    # whatever encoding a page declares, it has come as text
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser)
    except LxmlError:
        return None
    if any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableArticleError("its elements are nested too deep, or too large; save the text alone")
    return tree


def parts_of_html(source: str) -> list[str]:
    """The parts of a piece of HTML that is an article's text and nothing else; none where there are no words.

    Raises UnreadableArticleError as `tree_of` does.
    """
    tree = tree_of(source)
    return [] if tree is None else list(parts(tree))


def parts(root: Any) -> Iterator[str]:
    """The parts of what stands below the element, in order."""
    words: list[str] = []
    stack: list[Any] = []

    def cut() -> Iterator[str]:
        told = _AROUND_BREAK.sub("\n", "".join(words)).strip(" \n|")
        words.clear()
        if told:
            yield _part(stack, told)

    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        silent = _is_silent(element)
        if event == "start":
            if silent:
                walk.skip_subtree()
            elif tag in _BLOCKS:
                yield from cut()
                stack.append(element)
            elif tag in _BREAKS:
                words.append("\n")
            elif tag in _CELLS and words:
                words.append(" | ")
            if not silent:
                words.append(_spaced(element.text))
        else:
            if tag in _BLOCKS and not silent:
                yield from cut()
                stack.pop()
            if element is not root:
                words.append(_spaced(element.tail))
    yield from cut()


def _is_silent(element: Any) -> bool:
    """In HTML `head` is the page's, in trafilatura's XML a heading, which says its level."""
    return element.tag in _SILENT and element.get("rend") is None


def _part(stack: list[Any], words: str) -> str:
    tags = [element.tag for element in stack[-2:]]
    tag = tags[-1] if tags else ""
    if level := _HEADING.fullmatch((stack[-1].get("rend") or "") if tag == "head" else tag):
        # level 1 is the headline's
        return kept.heading(max(2, int(level[1])), words)
    return kept.item(words) if not _ITEMS.isdisjoint(tags) else kept.paragraph(words)


def _spaced(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")
