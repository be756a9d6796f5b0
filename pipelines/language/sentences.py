"""Sentence boundaries inside one block of text, by closed rules: terminal marks, abbreviations, what follows.

The cases that decide are those of the Golden Rules for sentence boundary detection (Kevin Dias, pragmatic_segmenter)
as far as news copy holds them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipelines.language.lexicons import words

# The look-behind and the possessive runs keep a long row of marks linear.
_TERMINAL = re.compile(r"(?:\.(?: \.){2,}|(?<![.!?…])[.!?…]++)[”’\"')\]]*+(?=\s|$)|[.!?…][”\"](?=[A-Z“])")
_OPENER = re.compile(r"\s*+[“‘\"'(\[—–-]*+\s*+([^\W\d_]+|\S)")
_LAST_WORD = re.compile(r"([^\s“”\"'()\[\]]*?)\.+[”’\"')\]]*$")
_NUMBERED = frozenset({"no", "nos", "n°", "p", "pp", "fig", "vol"})
_EITHER = frozenset(
    {"a.m", "p.m", "u.s", "u.k", "u.n", "e.u", "d.c", "co", "corp", "inc", "ltd", "bros", "jr", "sr", "etc"}
)
# The number or letter of an entry in a list, where a sentence would begin: `1.`, `2.)`, `a.`
_ENTRY = re.compile(r"\s*[•⁃*-]?\s*(?:\d{1,3}|[a-z])\.\)?")
_LABEL = re.compile(r"(?P<bullet>[•⁃*-])?(?P<gap> ?)(?P<label>\d{1,3}|[a-y])(?P<close>\.\)|[.)]) ")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]`, without the white space around them, in order."""
    end = len(text) if end is None else end
    places = [start, *_entries_of_a_list(text, start, end), end]
    return [span for begin, after in pairwise(places) for span in _spans(text, begin, after)]


def _entries_of_a_list(text: str, start: int, end: int) -> Iterator[int]:
    """Where the second and further entries begin of a list that runs on in one block: `1. … 2. … 3. …`, `a) … b) …`."""
    first = _LABEL.match(text, start, end)
    if first is None:
        return
    label, at = first["label"], first.end()
    while True:
        label = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
        marker = f"{first['bullet'] or ''}{first['gap']}{label}{first['close']} "
        at = text.find(f" {marker}", at, end)
        if at < 0:
            return
        at += 1
        yield at


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _TERMINAL.finditer(text, start, end):
        if match.end() < end and not _ends_sentence(text, begin, match, end):
            continue
        _keep(spans, text, begin, match.end())
        begin = match.end()
    _keep(spans, text, begin, end)
    return spans


def _keep(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    stripped = piece.strip()
    if not stripped:
        return
    first = begin + len(piece) - len(piece.lstrip())
    if spans and not any(character.isalnum() for character in stripped):
        spans[-1] = (spans[-1][0], first + len(stripped))  # spaced points belong to what stands before them
    else:
        spans.append((first, first + len(stripped)))


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    follows = _OPENER.match(text, match.end(), end)
    if follows is None:
        return True
    if follows[1][0].islower() or _ENTRY.fullmatch(text, begin, match.end()):
        return False
    marks = match[0].rstrip("”’\"')]")
    if text[match.start() - 1 : match.start()] == "[":  # words left out: `[...]`
        return text[match.end() : follows.start(1)].isspace()
    if marks == ". . .":  # a pause; with a fourth point it is an end
        return False
    if marks != ".":
        return True
    before = _LAST_WORD.search(text, max(begin, match.start() - 40), match.end())
    word = before[1] if before else ""
    closers = match[0][len(marks) :]
    if closers and "”" in closers:
        return True
    return not _abbreviation(word, follows[1], text[match.end() : follows.start(1)])


def _abbreviation(word: str, following: str, gap: str) -> bool:
    """Whether `word.` is an abbreviation that does not end the sentence before `following`."""
    folded = word.casefold()
    if folded in _NUMBERED and word != "P":
        return following[0].isdigit()
    if folded in _EITHER:  # these end a sentence where a function word in capitals follows: `at 5 p.m. The …`
        return following.casefold() not in words("closed_class")
    if len(word) == 1 and word.isalpha():
        return word.isupper() and gap == " " and (word != "I" or following.casefold() not in words("closed_class"))
    if _INITIALS.fullmatch(word) and "." in word:
        return True
    return folded in words("abbreviations")
