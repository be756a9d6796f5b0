"""Where the text quotes: spans between quotation marks, within one block."""

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from pipelines.language.lexicons import words
from pipelines.language.patterns import Pattern, any_of, pattern

_PAIRS = {"“": "”", "„": "“", "«": "»"}
_MARK = re.compile('[“”„«»"‘’]')
_DAMAGE = "â€"  # before a mark that is the last byte of a dash or quotation mark read as Windows-1252


class Quote(NamedTuple):
    """A quotation with its marks: `start` and `end` hold the marks, `inner_*` the words; `closed` = it has an end."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


def quote_spans(text: str, start: int = 0, end: int | None = None) -> list[Quote]:
    """The quotations of one block, outermost only. One that is never closed runs to the block's end (as quotations over
    several paragraphs do); a straight mark opens after white space or an opening bracket and closes elsewhere."""
    end = len(text) if end is None else end
    found: list[Quote] = []
    opened, closer = -1, ""
    last_single = text.rfind("’", start, end)
    for match in _MARK.finditer(text, start, end):
        at, character = match.start(), match[0]
        if text.endswith(_DAMAGE, start, at):
            continue
        if opened < 0:
            if character in _PAIRS:
                opened, closer = at, _PAIRS[character]
            elif character == '"' and _opens(text, at, start):
                opened, closer = at, '"'
            elif character == "‘" and at < last_single and not text[at + 1].isspace() and not text[at + 1].isdigit():
                opened, closer = at, "’"
        elif character == closer and not (closer == "’" and _inside_word(text, at, end)):
            found.append(Quote(opened, at + 1, opened + 1, at, closed=True))
            opened = -1
        elif character == "“" and closer == "”":
            found.append(Quote(opened, at, opened + 1, at, closed=False))
            opened = at
    if opened >= 0 and closer != "’":
        ends = _attributed(text, opened, end)
        found.append(Quote(opened, ends, opened + 1, ends, closed=False))
    return [quote for quote in found if text[quote.inner_start : quote.inner_end].strip()]


class Quoted:
    """Whether a place stands inside quotation marks; spans in order and disjoint."""

    def __init__(self, quotes: list[Quote]) -> None:
        self._starts = [quote.start for quote in quotes]
        self._quotes = quotes

    def __call__(self, start: int, end: int) -> bool:
        """Whether `start:end` stands inside one quotation, marks included."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._quotes[at].end

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any of it does."""
        at = bisect_right(self._starts, max(start, end - 1)) - 1
        return at >= 0 and start < self._quotes[at].end


def _attributed(text: str, opened: int, end: int) -> int:
    """Where the words of a quotation end that was never closed: before its speaker is named, or at the end.

    One that is opened again below it goes on over the paragraphs.
    """
    goes_on = text[end : end + 8].lstrip()[:1] in {"“", '"', "„", "«"}
    match = None if goes_on else _attribution().search(text, opened, end)
    return match.start() + 1 if match else end


@cache
def _attribution() -> Pattern:
    verb = any_of(words("speech_verbs"))
    speaker = r"(?:\p{Lu}|(?:the|a|an|his|her|their|one)\s)"
    return pattern(rf"[,.?!]\s+(?:{verb}\s+{speaker}|(?:he|she|they)\s+{verb}\b)")


def _opens(text: str, at: int, start: int) -> bool:
    return at == start or text[at - 1].isspace() or text[at - 1] in "([{—–-"


def _inside_word(text: str, at: int, end: int) -> bool:
    """An apostrophe between letters."""
    return at + 1 < end and text[at + 1].isalpha() and text[at - 1].isalpha()
