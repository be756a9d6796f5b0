"""Damage to characters: text decoded by the wrong table, characters that were lost, and characters that nobody sees.

Text that was written as UTF-8 and read as another encoding shows it: encoded again by that table, it is UTF-8. As any
two characters may do so by chance (`É»` ends many a quotation), what comes out must be a character that English copy
holds. The idea is that of ftfy (Speer, 2019), which mends; here nothing is mended, so that offsets stay.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pipelines.extraction.document import Document
from pipelines.extraction.mark import Mark
from pipelines.language.patterns import Pattern, pattern
from pipelines.reading.article import PROSE

# What copy has been misread as, by mail programs, web pages, spreadsheets and old Macs.
TABLES = ("cp1252", "cp1250", "cp1251", "mac_roman", "cp437")
_LEADS = {2: range(0xC2, 0xC6), 3: (0xE2, 0xEF), 4: (0xF0,)}
_LENGTHS = ((4, _LEADS[4]), (3, _LEADS[3]), (2, _LEADS[2]))
# What English copy holds: Latin letters, punctuation, currencies, arrows and symbols, a byte order mark, emoji.
_EXPECTED = (
    *((0xA0, 0x17F), (0x2010, 0x203A), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x21FF), (0x2200, 0x22FF)),
    *((0x2500, 0x27BF), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD), (0x200B, 0x200F), (0x1F300, 0x1FAFF)),
)
# Marks that may well follow a capital with an accent; a letter then decides.
_CLOSING = frozenset("”’“‘»«–—…\xa0.,;:)]°·")
_LOST = pattern(r"[\x{80}-\x{9F}\x{FFFD}\x01-\x08\x0B\x0C\x0E-\x1F\x7F]+")
# What is left of a no-break space, and of a quotation mark, whose last byte went another way.
_REST = pattern(r"[\p{Ll}\d.,%)](?P<space>Â)(?:\s|$)|(?P<mark>â€)")
_QUERY = pattern(r"\b\pL+\?(?:s|t|re|ve|ll|d|m)\b", ignore_case=True)
_INVISIBLE = re.compile(
    "[\xa0\u202f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\U000e0020-\U000e007f]"
)
_HARD_SPACE = "\xa0\u202f"
_JOINERS = "\u200c\u200d"
_RIGHT_TO_LEFT = pattern(r"[\p{Hebrew}\p{Arabic}\p{Devanagari}\p{Bengali}\p{Tamil}\p{Sinhala}\p{Malayalam}]")


class Broken(NamedTuple):
    """`text[start:end]` of the article is damaged, in the block of this place; `why`, in words for the editor."""

    start: int
    end: int
    block: int
    why: str


def find(document: Document) -> Iterator[Mark]:
    """A mark a paragraph, at its first damaged word, and one an article for the characters that nobody sees."""
    text = document.text
    for place, of_block in groupby(broken(document), key=lambda found: found.block):
        first, *others = of_block
        more = f", and so is more in this paragraph ({len(others)})" if others else ""
        block = document.article.blocks[place]
        start, end = _word(text, first.start, first.end, block.start, block.end)
        yield Mark(start, end, "damage", f"{first.why}{more}")
    yield from _unseen(document)


def broken(document: Document) -> Sequence[Broken]:
    """Every run of damaged characters, in order."""
    text = document.text
    if text.isascii() and "?" not in text and not _LOST.search(text):
        return ()
    found = (
        Broken(start, end, place, why)
        for place, block in document.blocks(*PROSE, "credit")
        for start, end, why in _breaks(text, block.start, block.end)
    )
    kept: list[Broken] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for first, last, meant in _misread(text, start, end):
        yield first, last, f"it was “{meant}” before an encoding was mistaken"
    for match in _LOST.finditer(text, start, end):
        yield match.start(), match.end(), _lost(match[0])
    for match in _REST.finditer(text, start, end):
        group = "space" if match["space"] else "mark"
        yield match.start(group), match.end(group), f"a {'no-break space' if match['space'] else 'mark'} was misread"
    for match in _QUERY.finditer(text, start, end):
        if _is_prose(text, match.start(), match.end()):
            yield match.start(), match.end(), "a question mark stands where an apostrophe was"


def _lost(characters: str) -> str:
    return "a character was lost" if "\ufffd" in characters else "a control character stands in the text"


def _is_prose(text: str, start: int, end: int) -> bool:
    """Not the query of an address."""
    return not set(text[max(0, start - 1) : start] + text[end : end + 1]) & set("/=&.-_@:%")


def _misread(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Runs that were UTF-8 and are not, each with what they were."""
    at = start
    for match in _leads().finditer(text, start, end):
        if match.start() < at:
            continue
        first, meant = match.start(), ""
        at = first
        while at < end and (one := _decoded(text, at, end)):
            meant += one[1]
            at += one[0]
        if meant:
            yield first, at, meant
        at = max(at, first + 1)


@cache
def _leads() -> Pattern:
    characters = sorted({char for table in TABLES for char, byte in _bytes(table).items() if _length(byte)})
    return pattern("[" + "".join(f"\\x{{{ord(char):X}}}" for char in characters) + "]")


def _length(lead: int) -> int:
    return next((length for length, leads in _LENGTHS if lead in leads), 0)


@cache
def _bytes(table: str) -> Mapping[str, int]:
    """From character to byte, above 127; a byte that the table lacks is the control character of its number."""
    return {bytes([byte]).decode(table, "ignore") or chr(byte): byte for byte in range(128, 256)}


def _decoded(text: str, at: int, end: int) -> tuple[int, str] | None:
    """How many characters from `at` on are one misread character, and which."""
    for table in TABLES:
        to_byte = _bytes(table)
        length = _length(to_byte.get(text[at], 0))
        piece = text[at : min(end, at + length)]
        if not length or len(piece) < length or any(char not in to_byte for char in piece):
            continue
        try:
            meant = bytes(to_byte[char] for char in piece).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if any(low <= ord(meant) <= high for low, high in _EXPECTED) and not _by_chance(text, at, piece, end):
            return length, meant
    return None


def _by_chance(text: str, at: int, piece: str, end: int) -> bool:
    """An accented capital and the mark that closes its quotation or sentence: no letter goes on after it."""
    if len(piece) != 2 or piece[1] not in _CLOSING:
        return False
    return not (text[at + 2 : min(end, at + 3)].isalpha() or text[at - 1 : at].islower())


def _word(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The damaged characters with the letters that touch them."""
    while start > first and text[start - 1].isalnum():
        start -= 1
    while end < last and text[end].isalnum():
        end += 1
    return start, end


def _unseen(document: Document) -> Iterator[Mark]:
    """The first character that nobody sees, and how many there are."""
    text = document.text
    if text.isascii():
        return
    other_scripts = _RIGHT_TO_LEFT.search(text) is not None
    places = [
        (match.start(), block.start, block.end)
        for _, block in document.blocks(*PROSE)
        for match in _INVISIBLE.finditer(text, block.start, block.end)
        if not _has_a_use(text, match.start(), other_scripts)
    ]
    if places:
        at, first, last = places[0]
        start, end = _around(text, at, first, last)
        hard = sum(text[place] in _HARD_SPACE for place, _, _ in places)
        what = [f"{hard} no-break space{'s' * (hard > 1)}"] * (hard > 0)
        unseen = len(places) - hard
        what += [f"{unseen} invisible character{'s' * (unseen > 1)}"] * (unseen > 0)
        yield Mark(start, end, "invisible", f"the article holds {' and '.join(what)}, the first one here")


def _has_a_use(text: str, at: int, other_scripts: bool) -> bool:
    """Joiners hold emoji together, and writing that runs to the left needs its marks."""
    character = text[at]
    if character in _HARD_SPACE:
        return False
    return other_scripts or (character in _JOINERS and ord(text[at - 1 : at] or " ") > 0x2000)


def _around(text: str, at: int, first: int, last: int) -> tuple[int, int]:
    """The word, or the two words, that it stands in."""
    start, end = at, at + 1
    while start > first and not text[start - 1].isspace() and at - start < 30:
        start -= 1
    while end < last and not text[end].isspace() and end - at < 30:
        end += 1
    return start, end
