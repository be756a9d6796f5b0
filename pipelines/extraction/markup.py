"""Markup that shows: tags and entities of HTML, Markdown in plain text, codes of forums and content systems.

One mark a line and kind, from the first piece to its closing partner: whoever mends it mends the rest of the line.
"""

from collections.abc import Iterator, Sequence
from html import unescape

from pipelines.extraction.document import Document
from pipelines.extraction.mark import Mark
from pipelines.language.lexicons import words
from pipelines.language.patterns import Match, Pattern, pattern
from pipelines.reading.article import PROSE, Block

_TAG = pattern(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,11})(?:\s[^<>]{0,300})?\s*/?>|<!--[^<>]{0,300}-->|<!\[CDATA\["
    r"|<!DOCTYPE [^<>]{1,80}>"
)
_ESCAPED = pattern(r"&(?:amp;)?lt;/?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,11})(?:\s[^<>&;]{0,100})?\s*/?&(?:amp;)?gt;")
_ENTITY = pattern(r"&(?:amp;)*(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,24}\d{0,2});")
_EMPHASIS = pattern(
    r"\*\*\*?[^\s*][^*\r\n]{0,200}?\*\*\*?|\b__[^\s_][^_\r\n]{0,200}?[^\s_]__\b|~~[^\s~][^~\r\n]{0,200}?~~"
)
_HEADING = pattern(r"\\?(?P<marked>#{1,6}\s+[^\s#].*)")  # a kept extraction has a backslash before it
_LINK = pattern(r"!?\[[^\[\]\r\n]{0,200}\]\((?:https?://|/|www\.|mailto:|#)[^()\s]{0,500}\)|\[\[[^\[\]\r\n]{1,120}\]\]")
_FENCE = pattern(r"```+[\w-]{0,20}|\[/?(?:b|i|u|s|url|img|quote|code|list|size|color)(?:=[^\[\]]{1,200})?\]")
_SHORTCODE = pattern(
    r"\[/?(?:caption|embed|gallery|video|audio|youtube|pullquote|pull_quote|playlist|shortcode|vc_\w{1,30}|et_pb_\w{1,30})"
    r"(?:\s[^\[\]]{0,200})?\]|\{%[^{}\r\n]{1,120}%\}|\\(?:textbf|textit|emph|cite|footnote|href|section)\{[^{}\r\n]{0,120}\}"
    r"|\{:[.#][^{}\r\n]{1,80}\}"
)
_CODED = ("a character in the code of HTML", "a character coded twice")
_SHORTCUT = frozenset("&<[*_~#`{\\")


def find(document: Document) -> Iterator[Mark]:
    """The markup that a reader of the article would see, outside quotation marks where it is words of the story."""
    if _SHORTCUT.isdisjoint(document.text):
        return
    markdown = document.article.format == "markdown"
    for _, block in document.blocks(*PROSE, "credit"):
        piece = document.text[block.start : block.end]
        if _SHORTCUT.isdisjoint(piece):
            continue
        yield from _escaped(document, block)
        if not markdown:
            yield from _first(document, _TAG, block.start, block.end, "a tag of HTML")
            yield from _markdown(document, block.start, block.end)
        yield from _first(document, _SHORTCODE, block.start, block.end, "a code of the content system")


def coded(document: Document) -> Iterator[tuple[Mark, Sequence[tuple[int, int]]]]:
    """The mark of each block with characters in the code of HTML, and where all of these are."""
    if "&" not in document.text:
        return
    twice = document.article.format == "markdown"
    for _, block in document.blocks(*PROSE, "credit"):
        mark = next(_escaped(document, block), None)
        if mark and mark.fault in _CODED:
            matches = _ENTITY.finditer(document.text, block.start, block.end)
            found = (m for m in matches if _is_markup(m, _ENTITY, twice=twice) and not _is_word_of_story(document, m))
            yield mark, [(match.start(), match.end()) for match in found]


def _escaped(document: Document, block: Block) -> Iterator[Mark]:
    """The first escaped tag; where there is none, the first character in the code of HTML."""
    markdown = document.article.format == "markdown"
    tags = list(_first(document, _ESCAPED, block.start, block.end, "a tag of HTML"))
    yield from tags
    if not tags:
        yield from _first(document, _ENTITY, block.start, block.end, _CODED[markdown], twice=markdown)


def _markdown(document: Document, start: int, end: int) -> Iterator[Mark]:
    heading = _HEADING.match(document.text, start, end)
    if heading:
        marked = heading.start("marked")
        yield Mark(marked, marked + len(heading["marked"].splitlines()[0].rstrip()), "markup", "a heading of Markdown")
    yield from _first(document, _EMPHASIS, start, end, "emphasis of Markdown")
    yield from _first(document, _LINK, start, end, "a link of Markdown")
    yield from _first(document, _FENCE, start, end, "a code of the editor")


def _first(
    document: Document, form: Pattern, start: int, end: int, fault: str, *, twice: bool = False
) -> Iterator[Mark]:
    """The first piece of this form between, to the end of its closing tag where it has one."""
    text = document.text
    for match in form.finditer(text, start, end):
        if not _is_markup(match, form, twice=twice) or _is_word_of_story(document, match):
            continue
        stop = match.end()
        if form is _TAG and match["name"] and not match["close"]:
            closing = text.find(f"</{match['name']}>", stop, min(end, stop + MOST_HELD))
            stop = closing + len(match["name"]) + 3 if closing >= 0 else stop
        yield Mark(match.start(), stop, "markup", fault)
        return


# A closing tag farther on belongs to the passage, not to the words.
MOST_HELD = 160


def _is_markup(match: Match, form: Pattern, *, twice: bool) -> bool:
    if form is _TAG:
        return not match["name"] or match["name"].casefold() in words("html_elements") | _PLAIN_TAGS
    if form is _ESCAPED:
        return match["name"].casefold() in words("html_elements") | _PLAIN_TAGS
    if form is _ENTITY:
        known = unescape(match[0]) != match[0]
        return known and (not twice or (match[0].startswith("&amp;") and match[0] != "&amp;"))
    return True


# Elements that no template names a field by, beside those of the lexicon.
_PLAIN_TAGS = frozenset(
    {"p", "br", "hr", "div", "span", "img", "script", "style", "iframe", "figure", "font", "center"}
)


def _is_word_of_story(document: Document, match: Match) -> bool:
    """Whether the code itself is quoted, as in a story about web pages."""
    text, start, end = document.text, match.start(), match.end()
    return text[start - 1 : start] in _MARKS and text[end : end + 1] in _MARKS


_MARKS = frozenset("“”\"‘’'`")
