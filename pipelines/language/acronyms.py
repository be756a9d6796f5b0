"""Acronyms, and the phrases that say what they stand for.

Definitions are read after Schwartz and Hearst (A Simple Algorithm for Identifying Abbreviation Definitions in
Biomedical Text, PSB 2003): `long form (SHORT)` and `SHORT (long form)`, the initials of the long form read backwards
from the short one; a name in capitals before the parenthesis counts even where its letters are another language’s.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.language.lexicons import words
from pipelines.language.names import CONNECTIVES as NAME_CONNECTIVES
from pipelines.language.tokens import DASHES, HYPHENS, Token

# Besides English ones: of Spanish, French, Portuguese, German, Filipino, Indonesian, Swahili names.
CONNECTIVES = NAME_CONNECTIVES | {"to", "y", "et", "do", "des", "e", "und", "ng", "dan", "ya", "wa"}
LONGEST = 24  # tokens: no organisation has a longer name
_MARKS_OF_QUOTATION = frozenset("“”\"‘’'")
_LEADS = frozenset({"or", "the", "hereafter", "hereinafter", "simply", "as", "also", "known"})  # `(hereafter the ABC)`
_CUES = frozenset({"known", "called", "abbreviated", "acronym", "initials"})
_CUE_REACH = 6  # tokens from `known` to the acronym in `known by its Portuguese initials as`
_CLOSES = frozenset({")", ",", ";"})


class Definition(NamedTuple):
    """An acronym and its expansion: tokens of one sentence. `start:end` in the text holds both, with the brackets."""

    acronym: Token
    expansion: tuple[Token, ...]
    start: int
    end: int


def is_acronym(token: Token) -> bool:
    """Two to eight letters, capitals but for a plural or possessive ending: `BLA`, `NGOs`, `CPEC’s`."""
    if not token.text[1:2].isupper() or token.kind != "word":
        return False
    stem = bare(token.text)
    return 2 <= len(stem) <= 8 and stem.isupper() and stem.isalpha()


def acronym_places(tokens: Sequence[Token]) -> list[int]:
    """Where the acronyms stand in `tokens`, in order."""
    return [at for at, token in enumerate(tokens) if is_acronym(token)]


def bare(text: str) -> str:
    """An acronym without its possessive or plural ending."""
    stem = text.replace("’", "'").removesuffix("'s").removesuffix("'")
    return stem[:-1] if stem.endswith("s") and stem[:-1].isupper() and len(stem) > 2 else stem


_JOINTS = str.maketrans(dict.fromkeys(HYPHENS | DASHES, " "))


def expansion_key(expansion: str) -> str:
    """The expansion as it is compared: without a leading article, plural endings, case, hyphens and dashes, or `&`."""
    parts = expansion.casefold().replace("’", "'").translate(_JOINTS).replace("&", "and").split()
    parts = parts[1:] if parts and parts[0] in {"the", "a", "an"} else parts
    return " ".join(part.removesuffix("'s").removesuffix("s") if len(part) > 3 else part for part in parts)


def find_definitions(tokens: Sequence[Token]) -> Iterator[Definition]:
    """The definitions in one sentence, in order of the acronym; an acronym at one place is defined once."""
    for at in acronym_places(tokens):
        found = _bracketed(tokens, at) or _expanded_in_brackets(tokens, at) or _told(tokens, at)
        if found:
            yield found


def opening_of(tokens: Sequence[Token], at: int) -> int | None:
    """Where the parenthesis opens that `tokens[at]` stands in, alone or first: `(ABC)`, `(or “ABC”)`, `(ABC, …)`."""
    before, after = at - 1, at + 1
    while before >= 0 and at - before <= len(_LEADS) and _passed(tokens[before]):
        before -= 1
    if after < len(tokens) and tokens[after].text in _MARKS_OF_QUOTATION:
        after += 1
    closed = after < len(tokens) and tokens[after].text in _CLOSES
    return before if closed and before >= 0 and tokens[before].text == "(" else None


def _passed(token: Token) -> bool:
    return token.text in _MARKS_OF_QUOTATION or token.norm in _LEADS


def _bracketed(tokens: Sequence[Token], at: int) -> Definition | None:
    """`Long Name (ABC)`."""
    opening = opening_of(tokens, at)
    if opening is None:
        return None
    expansion = _expansion_before(tokens, opening, bare(tokens[at].text))
    closing = next((token for token in tokens[at + 1 : at + 3] if token.text == ")"), tokens[at])
    return Definition(tokens[at], expansion, expansion[0].start, closing.end) if expansion else None


def _expanded_in_brackets(tokens: Sequence[Token], at: int) -> Definition | None:
    """`ABC (Long Name)`: the whole parenthesis, by its initials."""
    if at + 2 >= len(tokens) or tokens[at + 1].text != "(":
        return None
    inside = tokens[at + 2 : at + 2 + LONGEST]
    closing = next((place for place, token in enumerate(inside) if token.text == ")"), None)
    if closing is None:
        return None
    start = 1 if inside[0].norm == "the" else 0
    expansion = tuple(inside[start:closing])
    if not expansion or _by_initials(expansion, bare(tokens[at].text)) != expansion:
        return None
    return Definition(tokens[at], expansion, tokens[at].start, inside[closing].end)


def _told(tokens: Sequence[Token], at: int) -> Definition | None:
    """`Long Name, or ABC`, `Long Name, ABC,`, `Long Name, known by its initials as ABC`."""
    reach = range(max(0, at - _CUE_REACH), at)
    cue = next((place for place in reach if tokens[place].norm in _CUES), None)
    acronym = bare(tokens[at].text)
    if cue is not None:
        end = cue - 1 if cue and tokens[cue - 1].norm in {"also", "better", "commonly", "widely"} else cue
        expansion = _expansion_before(tokens, _without_comma(tokens, end), acronym)
    else:
        end = at - 1 if at and tokens[at - 1].norm == "or" else at
        comma = _without_comma(tokens, end)
        expansion = _by_initials(tokens[max(0, comma - LONGEST) : comma], acronym) if comma < at else ()
    return Definition(tokens[at], expansion, expansion[0].start, tokens[at].end) if expansion else None


def _without_comma(tokens: Sequence[Token], end: int) -> int:
    return end - 1 if end > 0 and (tokens[end - 1].text == "," or tokens[end - 1].text in DASHES) else end


def _expansion_before(tokens: Sequence[Token], end: int, acronym: str) -> tuple[Token, ...]:
    """The long form that ends at `end`: by initials, or else the name in capitals that stands there."""
    before = tokens[max(0, end - LONGEST) : end]
    return _by_initials(before, acronym) or _by_letters(_name_at_end(before), acronym)


def _by_initials(before: Sequence[Token], acronym: str) -> tuple[Token, ...]:
    """The shortest run of words at the end with these initials: connectives passed over, or else counted."""
    return _initials(before, acronym, counted=False) or _initials(before, acronym, counted=True)


def _initials(before: Sequence[Token], acronym: str, *, counted: bool) -> tuple[Token, ...]:
    letters, at = len(acronym), len(before)
    while at > 0 and letters:
        at -= 1
        token = before[at]
        if token.kind != "word":
            if token.text in HYPHENS or token.text in DASHES or token.text in "&,":
                continue
            return ()
        connective = token.norm in CONNECTIVES
        if token.norm[0] == acronym[letters - 1].casefold() and (counted or not connective):
            letters -= 1
        elif not connective:
            return ()
    return tuple(before[at:]) if not letters and len(before) - at > 1 else ()


def _name_at_end(before: Sequence[Token]) -> Sequence[Token]:
    """The longest run at the end that reads as one name: what owns it, or stands beside it, is not part of it."""
    at = len(before)
    while at > 0:
        token = before[at - 1]
        inside = at < len(before)
        owns = inside and token.possessive
        beside = inside and token.norm in {"and", "or"} and before[at].norm in {"the", "a", "an"}
        if owns or beside or not (token.capitalised or token.norm in CONNECTIVES or token.text in HYPHENS):
            break
        at -= 1
    while at < len(before) and not _heads(before[at]):
        at += 1
    return before[at:]


def _heads(token: Token) -> bool:
    return token.capitalised and token.norm not in words("closed_class")


def _by_letters(name: Sequence[Token], acronym: str) -> tuple[Token, ...]:
    """The name from the first word on that begins as the acronym does; all of it where none does."""
    start = next((at for at, token in enumerate(name) if _heads(token) and token.text[0] == acronym[0]), 0)
    start = start if len(name) - start > 1 else 0
    return tuple(name[start:]) if len(name) > 1 else ()
