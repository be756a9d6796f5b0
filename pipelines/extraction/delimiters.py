"""Brackets and quotation marks without their partner.

Every block is read once, with a stack for brackets and a place for the open quotation. A pair may run over blocks that
follow each other: a quotation that each paragraph opens again and only the last one closes, an aside of two paragraphs.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.extraction.damage import broken
from pipelines.extraction.document import Document
from pipelines.extraction.mark import Mark
from pipelines.language.patterns import pattern
from pipelines.reading.article import PROSE

_CLOSERS = {")": "(", "]": "[", "}": "{"}
_NAMES = {
    "(": "parenthesis",
    "[": "bracket",
    "{": "brace",
    "“": "quotation mark",
    "«": "quotation mark",
    '"': "quotation mark",
}
_DELIMITER = re.compile('[()\\[\\]{}“”«»"„]')
# `a)`, `12)`, `iv.)` before an entry of a list, and faces.
_ENTRY = pattern(r"(?:^|[\s(,;:])(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\.?\)$")
_FACE = re.compile(r"(?<!\S)[:;=8][-‑–']?[()\[\]]")
_CODE = re.compile(r"`[^`\n]{1,200}`|(?:https?://|www\.)[^\s()\[\]]+(?:\([^\s()\[\]]*\)?[^\s()\[\]]*)*")
_OPENERS = {**_CLOSERS, "”": "“", "»": "«", '"': '"'}
# A quotation mark after a figure may be inches or seconds.
_FIGURE = frozenset("0123456789′½¼¾")
# How many characters of what stands behind, or before, an editor is shown.
SHOWN = 60
LONGEST_ADDRESS = 300


class Lone(NamedTuple):
    """A delimiter without its partner in its block: its place and that of the block among the blocks of prose."""

    at: int
    block: int
    character: str
    opens: bool


def find(document: Document) -> Iterator[Mark]:
    """A mark for each delimiter that nothing opens or closes, with the words beside it."""
    blocks = [block for _, block in document.blocks(*PROSE)]
    if not _DELIMITER.search(document.text):
        return
    gaps = [(one.start, one.end) for one in broken(document)]
    lone = [
        one for place, block in enumerate(blocks) for one in _alone(document.text, place, block.start, block.end, gaps)
    ]
    starts = [document.text[block.start] for block in blocks]
    for one in _unpaired(lone, starts):
        block = blocks[one.block]
        start, end = _shown(document.text, one, block.start, block.end)
        name = _NAMES[_OPENERS.get(one.character, one.character)]
        fault = f"this {name} is never closed" if one.opens else f"this {name} was never opened"
        yield Mark(start, end, "delimiter", fault)


def _alone(text: str, place: int, start: int, end: int, gaps: Sequence[tuple[int, int]]) -> Iterator[Lone]:
    """The delimiters of one block without a partner in it."""
    passed = _passed(text, start, end, gaps)
    found = [match for match in _DELIMITER.finditer(text, start, end) if match.start() not in passed]
    for at, character, opens in (*_brackets(text, found, start), *_quotes(text, found, start)):
        yield Lone(at, place, character, opens)


def _brackets(text: str, found: Sequence[re.Match[str]], start: int) -> Iterator[tuple[int, str, bool]]:
    stack: list[tuple[int, str]] = []
    for match in found:
        at, character = match.start(), match[0]
        if character in "([{":
            stack.append((at, character))
        elif character in _CLOSERS:
            if stack and stack[-1][1] == _CLOSERS[character]:
                stack.pop()
            elif _ENTRY.search(text, max(start, at - 12), at + 1) or _ends_address(text, start, at):
                continue
            elif stack:  # one closed by another: the opener stands for both
                yield *stack.pop(), True
            else:
                yield at, character, False
    for at, character in stack:
        yield at, character, True


def _ends_address(text: str, start: int, at: int) -> bool:
    before = text[max(start, at - LONGEST_ADDRESS) : at].split()
    return bool(before) and "://" in before[-1]


def _quotes(text: str, found: Sequence[re.Match[str]], start: int) -> Iterator[tuple[int, str, bool]]:
    opened: tuple[int, str] | None = None
    straight = 0  # straight marks inside a curly quotation: an odd one closes it, if nothing else does
    for match in found:
        at, character = match.start(), match[0]
        if character == '"' and opened is None and text[max(start, at - 1) : at] in _FIGURE:
            continue
        if character == '"' and opened and opened[1] != '"':
            straight += 1
        elif character in "“«„" or (character == '"' and opened is None):
            if opened is not None and opened[1] == character != "„" and straight % 2 == 0:
                yield *opened, True
            opened, straight = (at, character), 0
        elif character in '”»"':
            if opened is None:
                yield at, character, False
            opened = None
    if opened is not None and opened[1] != "„" and straight % 2 == 0:
        yield *opened, True


def _passed(text: str, start: int, end: int, gaps: Sequence[tuple[int, int]]) -> set[int]:
    """Places that are no delimiters: faces, code, addresses, damaged characters."""
    passed = {at for first, last in gaps if start <= first < end for at in range(first, last)}
    for form in (_FACE, _CODE):
        for match in form.finditer(text, start, end):
            passed.update(range(match.start(), match.end()))
    return passed


def _unpaired(lone: Sequence[Lone], starts: Sequence[str]) -> Iterator[Lone]:
    """Those that no neighbouring block closes, opens or takes up again."""
    paired: set[int] = set()
    for left, right in pairwise(sorted(lone)):
        partner = _OPENERS.get(right.character)
        beside = left.block < right.block <= left.block + 2
        if beside and left.opens and left.character == partner and left.at not in paired:
            paired |= {left.at, right.at}
    for one in sorted(lone):
        following = starts[one.block + 1] if one.block + 1 < len(starts) else ""
        taken_up = one.opens and one.character in '“«"' and following == one.character
        if one.at not in paired and not taken_up:
            yield one


def _shown(text: str, one: Lone, start: int, end: int) -> tuple[int, int]:
    """The delimiter with the words that it opens, or closes, cut at a space."""
    if one.opens:
        stop = min(end, one.at + SHOWN)
        cut = text.rfind(" ", one.at + 1, stop) if stop < end else -1
        return one.at, cut if cut > one.at else stop
    first = max(start, one.at - SHOWN)
    cut = text.find(" ", first, one.at) + 1 if first > start else first
    return cut if first < cut < one.at else first, one.at + 1
