"""Damage to characters: text decoded by the wrong table, characters that were lost, and characters that nobody sees.

What was misread is for ftfy to tell (Speer, 2019): a word that it would decode otherwise is damaged. Nothing is mended,
so that offsets stay.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import ftfy
from rapidfuzz.distance import Postfix, Prefix

from pipelines.extraction.document import Document
from pipelines.extraction.mark import Mark
from pipelines.language.patterns import pattern
from pipelines.reading.article import PROSE

# Between spaces, but for the no-break space: it can be the second half of a letter.
_BEYOND_ASCII = pattern(r"[^ \t\r\n]*[^\x00-\x7F][^ \t\r\n]*")
LONGEST_WORD = 200  # characters: what is longer is no word
_LOST = pattern(r"[\x{80}-\x{9F}\x{FFFD}\x01-\x08\x0B\x0C\x0E-\x1F\x7F]+")
# What is left of a no-break space, and of a quotation mark, whose last byte went another way.
_REST = pattern(r"[\p{Ll}\d.,%)](?P<space>Â)(?:\s|$)|(?P<mark>â€)")
_QUERY = pattern(r"\b\pL+\?(?:s|t|re|ve|ll|d|m)\b", ignore_case=True)
_INVISIBLE = re.compile(
    "[\xa0\u202f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\U000e0020-\U000e007f]"
)
_HARD_SPACE = "\xa0\u202f"
_JOINERS = "\u200c\u200d"
_FLAG = "\U0001f3f4"  # of Scotland, Wales, England: a black one, with the region in tags
_FIRST_TAG = "\U000e0020"
LONGEST_FLAG = 8  # characters
_FLAGGED = re.compile(f"{_FLAG}[{_FIRST_TAG}-\U000e007f]*\\Z")
_RIGHT_TO_LEFT = pattern(r"[\p{Hebrew}\p{Arabic}\p{Devanagari}\p{Bengali}\p{Tamil}\p{Sinhala}\p{Malayalam}]")


class Broken(NamedTuple):
    """`text[start:end]` of the article is damaged, in the block of this place; `why`, in words for the editor."""

    start: int
    end: int
    block: int
    why: str
    meant: str | None = None  # what stood there before an encoding was mistaken


def find(document: Document) -> Iterator[Mark]:
    """A mark a paragraph, at its first damaged word, and one an article for the characters that nobody sees."""
    for mark, _ in by_paragraph(document):
        yield mark
    if found := unseen(document):
        yield found[0]


def by_paragraph(document: Document) -> Iterator[tuple[Mark, Sequence[Broken]]]:
    """The mark of each paragraph that is damaged, with all that is damaged in it."""
    text = document.text
    for place, of_block in groupby(broken(document), key=lambda found: found.block):
        damaged = list(of_block)
        first, *others = damaged
        more = f", and so is more in this paragraph ({len(others)})" if others else ""
        block = document.article.blocks[place]
        start, end = _word(text, first.start, first.end, block.start, block.end)
        yield Mark(start, end, "damage", f"{first.why}{more}"), damaged


def broken(document: Document) -> Sequence[Broken]:
    """Every run of damaged characters, in order."""
    text = document.text
    if text.isascii() and "?" not in text and not _LOST.search(text):
        return ()
    found = (
        Broken(start, end, place, why, meant)
        for place, block in document.blocks(*PROSE, "credit")
        for start, end, why, meant in _breaks(text, block.start, block.end)
    )
    kept: list[Broken] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str | None]]:
    beyond_ascii = not text[start:end].isascii()
    for first, last, meant in _misread(text, start, end) if beyond_ascii else ():
        yield first, last, f"it was “{meant}” before an encoding was mistaken", meant
    for match in _LOST.finditer(text, start, end):
        yield match.start(), match.end(), _lost(match[0]), None
    for match in _REST.finditer(text, start, end) if beyond_ascii else ():
        group = "space" if match["space"] else "mark"
        why = f"a {'no-break space' if match['space'] else 'mark'} was misread"
        yield match.start(group), match.end(group), why, None
    for match in _QUERY.finditer(text, start, end) if "?" in text[start:end] else ():
        if _is_prose(text, match.start(), match.end()):
            yield match.start(), match.end(), "a question mark stands where an apostrophe was", None


def _lost(characters: str) -> str:
    return "a character was lost" if "\ufffd" in characters else "a control character stands in the text"


def _is_prose(text: str, start: int, end: int) -> bool:
    """Not the query of an address."""
    return not set(text[max(0, start - 1) : start] + text[end : end + 1]) & set("/=&.-_@:%")


def _misread(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Words that were UTF-8 and were read as something else, each cut to what was misread, with what that was."""
    for match in _BEYOND_ASCII.finditer(text, start, end):
        word = match[0][:LONGEST_WORD]
        meant = ftfy.fix_encoding(word)
        if meant == word:
            continue
        before = Prefix.similarity(word, meant)
        after = Postfix.similarity(word[before:], meant[before:])
        yield match.start() + before, match.start() + len(word) - after, meant[before : len(meant) - after]


def _word(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The damaged characters with the letters that touch them."""
    while start > first and text[start - 1].isalnum():
        start -= 1
    while end < last and text[end].isalnum():
        end += 1
    return start, end


def is_unseen(character: str) -> bool:
    """Whether the character takes no room, or is a space that does not break."""
    return _INVISIBLE.fullmatch(character) is not None


def unseen(document: Document) -> tuple[Mark, Sequence[int]] | None:
    """The mark of the article at the first character that nobody sees, and where all of them are."""
    text = document.text
    if text.isascii():
        return None
    other_scripts = _RIGHT_TO_LEFT.search(text) is not None
    places = [
        (match.start(), block.start, block.end)
        for _, block in document.blocks(*PROSE)
        for match in _INVISIBLE.finditer(text, block.start, block.end)
        if not _has_a_use(text, match.start(), other_scripts)
    ]
    if not places:
        return None
    at, first, last = places[0]
    start, end = _around(text, at, first, last)
    hard = sum(text[place] in _HARD_SPACE for place, _, _ in places)
    what = [f"{hard} no-break space{'s' * (hard > 1)}"] * (hard > 0)
    others = len(places) - hard
    what += [f"{others} invisible character{'s' * (others > 1)}"] * (others > 0)
    mark = Mark(start, end, "invisible", f"the article holds {' and '.join(what)}, the first one here")
    return mark, [place for place, _, _ in places]


def _has_a_use(text: str, at: int, other_scripts: bool) -> bool:
    """Joiners and tags make one emoji of several characters, and writing that runs to the left needs its marks."""
    character = text[at]
    if character in _HARD_SPACE:
        return False
    if character >= _FIRST_TAG:
        return _FLAGGED.search(text, max(0, at - LONGEST_FLAG), at) is not None
    return other_scripts or (character in _JOINERS and ord(text[at - 1 : at] or " ") > 0x2000)


def _around(text: str, at: int, first: int, last: int) -> tuple[int, int]:
    """The word, or the two words, that it stands in."""
    start, end = at, at + 1
    while start > first and not text[start - 1].isspace() and at - start < 30:
        start -= 1
    while end < last and not text[end].isspace() and end - at < 30:
        end += 1
    return start, end
