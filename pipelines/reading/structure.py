"""What the lines of a plain-text article are: headline, datelines, headings, paragraphs, captions, credits, furniture."""

import re
from typing import NamedTuple

from pipelines.language.dates import find_dates
from pipelines.language.lexicons import entries
from pipelines.language.patterns import Pattern, pattern
from pipelines.language.tokens import tokenise
from pipelines.reading.article import Block, BlockKind

_LINE = re.compile(r"[^\r\n]+")
_TERMINAL = re.compile(r"[.!?…:;][”’\"')\]]*$")
HEADLINE_WORDS = 30
HEADING_WORDS = 12
# A paragraph is a line of this many words, or a shorter one that ends as a sentence does.
PARAGRAPH_WORDS = 20

CREDIT = pattern(
    r"^[(\[]?(?:By|Words by|Text by|Written by|Story by|Analysis by|Compiled by|Reporting by|Edited by|Additional reporting by"
    r"|Source|Sources|Credit|Credits|Courtesy|Based on|With inputs from|With reporting from|Published in|Published by"
    r"|Staff report|From our)\b[^.!?]{0,160}[.)\]]?$",
    ignore_case=True,
)


class Line(NamedTuple):
    """A line that holds more than white space: `text[start:end]` without the white space around it."""

    start: int
    end: int
    words: str


def blocks(text: str, start: int = 0) -> list[Block]:
    """The blocks of `text[start:]`, a line each, in order."""
    lines = list(_lines(text, start))
    opening = next((at for at, line in enumerate(lines) if _is_paragraph(line.words)), len(lines))
    kinds: list[BlockKind] = [_kind(lines, at, opening) for at in range(len(lines))]
    headline = next(
        (at for at in range(opening) if kinds[at] == "heading" and _word_count(lines[at].words) <= HEADLINE_WORDS), None
    )
    if headline is not None:
        kinds[headline] = "headline"
    return [Block(kind, line.start, line.end) for kind, line in zip(kinds, lines, strict=True)]


def _lines(text: str, start: int) -> "list[Line]":
    lines = []
    for match in _LINE.finditer(text, start):
        words = match[0].strip()
        if words:
            first = match.start() + match[0].index(words[0])
            lines.append(Line(first, first + len(words), words))
    return lines


def _kind(lines: list[Line], at: int, opening: int) -> BlockKind:
    words = lines[at].words
    if any(form.search(words) for form in _furniture()):
        return "furniture"
    if CREDIT.match(words):
        return "credit"
    if _is_dateline(words):
        return "dateline"
    if at > opening and _is_paragraph(words):
        return "paragraph"
    if at == opening:
        return "paragraph"
    if _is_heading(words, last=at == len(lines) - 1):
        return "heading"
    return "paragraph"


def _is_paragraph(words: str) -> bool:
    count = _word_count(words)
    return count >= PARAGRAPH_WORDS or (count > HEADING_WORDS and bool(_TERMINAL.search(words)))


def _is_heading(words: str, *, last: bool) -> bool:
    return not last and _word_count(words) <= HEADLINE_WORDS and (not _TERMINAL.search(words) or words[-1] in "?!")


def _is_dateline(words: str) -> bool:
    """A line that is little more than a date, with a place, a time or an outlet."""
    mentions = [mention for mention in find_dates(words) if mention.precision == "day"]
    if not mentions:
        return False
    rest = _word_count(words) - sum(_word_count(words[m.start : m.end]) for m in mentions)
    return rest <= 8 and not _TERMINAL.search(words)


def _word_count(words: str) -> int:
    return sum(token.kind != "mark" for token in tokenise(words))


def _furniture() -> tuple[Pattern, ...]:
    return tuple(pattern(entry, ignore_case=True) for entry in entries("furniture"))
