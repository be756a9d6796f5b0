"""Acronyms: where they are defined beside their expansion, and where they are used."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple
from unicodedata import category

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.acronyms import (
    CONNECTIVES,
    Definition,
    acronym_places,
    bare,
    expansion_key,
    find_definitions,
    is_acronym,
    opening_of,
)
from pipelines.language.countries import find_countries
from pipelines.language.lexicons import entries, table, words
from pipelines.language.names import name_spans
from pipelines.language.tokens import HYPHENS, Token, touches

_ROMAN = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_ADDRESS = frozenset("/@#_&=+:~\\")  # a mark that, touching a word, makes it part of an address, a tag or a formula
_SLOTS = frozenset("[]{}<>")
SHOUTED_RUN = 3  # acronyms in a row: a line or phrase in capitals
APPOSITION = 10  # tokens of a description before the acronym that it is of
_ARTICLES = frozenset({"a", "an", "the"})
_DETERMINERS = _ARTICLES | {"its", "their", "his", "her", "our", "this", "that", "another"}
_STOPS = frozenset(",;:()")
_ENDS_APPOSITION = frozenset(",;.)")


class _Line(NamedTuple):
    """A sentence that holds acronyms, at `places` of its tokens; `lead`: where its words begin after a dateline."""

    sentence: Sentence
    places: list[int]
    lead: int


def extract(document: Document) -> list[Row]:
    """Rows of the table `acronyms`, in order of place."""
    lines = _lines(document)
    definitions = {d.acronym.start: d for line in lines for d in find_definitions(line.sentence.tokens)}
    expansions = {bare(d.acronym.text): _phrase(document, d.expansion) for d in reversed(definitions.values())}
    uses = list(_uses(document, lines, definitions))
    everyday = _everyday().union(document.house.acronyms) if document.house.acronyms else _everyday()
    unknown = {bare(token.text) for token in uses} - expansions.keys() - everyday
    running = {d for line in lines if line.sentence.kind == "paragraph" for d in _starts(line)}
    explained = (unknown and _explained(document, lines, unknown)) | expansions.keys()
    rows: list[Row] = []
    seen: set[str] = set()
    defined: set[str] = set()
    places = _places(lines)
    for token in uses:
        acronym, definition = bare(token.text), definitions.get(token.start)
        quoted = document.quoted(token.start, token.end)
        kind = _kind(definition, everyday=acronym in everyday, quoted=quoted, seen=acronym in seen)
        order = None
        if definition and not quoted and token.start in running:
            order = "again" if acronym in defined else "late" if acronym in seen else "first"
            defined.add(acronym)
        if kind in {"definition", "first use"} or (kind == "everyday" and not quoted):
            seen.add(acronym)
        expansion = _phrase(document, definition.expansion) if definition else expansions.get(acronym)
        rows.append(
            document.row(
                token.start,
                token.end,
                acronym=acronym,
                kind=kind,
                explained=acronym in explained,
                order=order,
                later_uses=len(places[acronym]) - bisect_right(places[acronym], token.start),
                expansion=expansion,
                expansion_key=expansion_key(expansion) if expansion else None,
                definition_start=definition.start if definition else None,
                definition_end=definition.end if definition else None,
            )
        )
    return rows


def _lines(document: Document) -> list[_Line]:
    lines: list[_Line] = []
    for sentence in document.prose:
        places = acronym_places(sentence.tokens)
        if places and sentence.kind != "headline" and not _shouted(sentence):
            lines.append(_Line(sentence, places, document.begins(sentence)))
    return lines


def _places(lines: Sequence[_Line]) -> dict[str, list[int]]:
    """Where every acronym stands, whatever it is part of."""
    places: dict[str, list[int]] = defaultdict(list)
    for sentence, at_places, _ in lines:
        for at in at_places:
            places[bare(sentence.tokens[at].text)].append(sentence.tokens[at].start)
    return places


def _starts(line: _Line) -> Iterator[int]:
    return (line.sentence.tokens[at].start for at in line.places if at >= line.lead)


def _kind(definition: Definition | None, *, everyday: bool, quoted: bool, seen: bool) -> str:
    if definition:
        return "definition"
    if everyday:
        return "everyday"
    if quoted:
        return "quoted"
    return "later use" if seen else "first use"


@cache
def _everyday() -> frozenset[str]:
    """What needs no expansion: the everyday list, and outlets under the initials that they are known by."""
    return frozenset(entries("everyday_acronyms")) | {row["alias"] for row in table("outlets")}


def _uses(document: Document, lines: Sequence[_Line], definitions: Mapping[int, Definition]) -> Iterator[Token]:
    """Every acronym that is defined, or that stands by itself in running text, in order."""
    if not lines:
        return
    ordinary = {t.norm for s in document.sentences for t in s.tokens if t.kind == "word" and not is_acronym(t)}
    for sentence, places, lead in lines:
        shouted = _shouted_places(places)
        for at in places:
            token = sentence.tokens[at]
            stands = (
                sentence.kind == "paragraph"
                and at >= lead
                and at not in shouted
                and bare(token.text).casefold() not in ordinary
                and not find_countries([token])
                and _stands_alone(sentence.tokens, at)
            )
            if stands or token.start in definitions:
                yield token


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether the acronym is a word of the sentence: no number’s unit, model, code, tag, address, or part of a name."""
    token, acronym = tokens[at], bare(tokens[at].text)
    if acronym.casefold() in words("closed_class") or _ROMAN.fullmatch(acronym):
        return False
    left, right = tokens[max(0, at - 2) : at][::-1], tokens[at + 1 : at + 3]
    return not (
        _attached(token, left) or _attached(token, right) or _follows(left, acronym, right) or _heads(token, right)
    )


def _attached(token: Token, beside: Sequence[Token]) -> bool:
    """Whether it is one with what touches it: `JF-17`, `ZANU-PF`, `NZ$40`, `#ABC`, `ABC.com`, but not `pro-EU`."""
    if not beside or not _touching(token, beside[0]):
        return False
    near, far = beside[0], beside[1] if len(beside) > 1 and _touching(*beside) else None
    if near.kind == "number" or near.text in _ADDRESS or near.text in _SLOTS or category(near.text[0]) == "Sc":
        return True
    if near.text in HYPHENS:
        return far is not None and (far.kind == "number" or far.capitalised)
    return near.text == "." and far is not None and far.kind != "mark"


def _follows(left: Sequence[Token], acronym: str, right: Sequence[Token]) -> bool:
    """Whether what stands before makes it a unit (`40 MT`), a state (`Akron, OH`), a ticker, or the end of a name."""
    if not left:
        return False
    near, far = left[0], left[1] if len(left) > 1 else None
    if near.kind == "number":
        return not _YEAR.fullmatch(near.text)
    if near.text == ",":
        return len(acronym) == 2 and far is not None and _proper(far)
    if near.text == ":":
        return bool(right) and right[0].text == ")"
    return _proper(near) and not near.possessive and far is not None


def _heads(token: Token, right: Sequence[Token]) -> bool:
    """Whether a name or number goes on from it: `DP World`, `ATR 72`."""
    return bool(right) and (right[0].kind == "number" or (_proper(right[0]) and not token.possessive))


def _proper(token: Token) -> bool:
    return token.capitalised and token.norm not in words("closed_class")


def _touching(one: Token, other: Token) -> bool:
    return touches(one, other) or touches(other, one)


def _shouted_places(places: Sequence[int]) -> set[int]:
    """Acronyms that stand three or more in a row: words in capitals."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return {at for run in runs if len(run) >= SHOUTED_RUN for at in run}


def _explained(document: Document, lines: Sequence[_Line], unknown: set[str]) -> set[str]:
    """Which of the acronyms the article explains without a definition that can be read.

    It stands alone in parentheses, or beside a description; or its letters are the initials of a name.
    """
    found = {
        bare(tokens[at].text)
        for line in lines
        for tokens in [line.sentence.tokens]
        for at in line.places
        if opening_of(tokens, at) is not None or _glossed(tokens, at)
    } & unknown
    if unknown - found:
        for sentence in document.prose:
            for first, last in name_spans(sentence.tokens, CONNECTIVES):
                found |= unknown & _initials(sentence.tokens[first:last])
    return found


def _glossed(tokens: Sequence[Token], at: int) -> bool:
    """Whether an apposition says what it is: `ABC, a state broadcaster`, `the power company, ABC,`."""
    after = tokens[at + 1 : at + 3]
    if len(after) == 2 and after[0].text == "," and after[1].norm in _ARTICLES:
        return True
    if not at or tokens[at - 1].text != "," or (after and after[0].text not in _ENDS_APPOSITION):
        return False
    before = takewhile(lambda token: token.text not in _STOPS, reversed(tokens[max(0, at - 1 - APPOSITION) : at - 1]))
    return any(token.norm in _DETERMINERS for token in before)


def _initials(name: Sequence[Token]) -> set[str]:
    """The initials of every run of words in the name, connectives passed over, or counted."""
    found: set[str] = set()
    for connectives in (False, True):
        letters = "".join(
            t.text[0].upper() for t in name if t.kind == "word" and (connectives or t.norm not in CONNECTIVES)
        )
        found |= {
            letters[at : at + size] for at in range(len(letters)) for size in range(2, 9) if at + size <= len(letters)
        }
    return found


def _phrase(document: Document, tokens: Sequence[Token]) -> str:
    return " ".join(document.text[tokens[0].start : tokens[-1].end].split())


def _shouted(sentence: Sentence) -> bool:
    """A heading or line all in capitals, where every word would look like an acronym."""
    long_words = [token for token in sentence.tokens if token.kind == "word" and len(token.text) > 1]
    return len(long_words) > 1 and all(token.text.isupper() for token in long_words)
