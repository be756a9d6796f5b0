"""Claims: which place is said to be the capital of which, and what something is said to be called officially."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.extraction.document import Document, Row
from pipelines.language.countries import find_countries, key_of
from pipelines.language.dates import MONTHS, WEEKDAYS
from pipelines.language.names import PARTICLES, name_spans
from pipelines.language.tokens import Token

# What may stand before `capital` and leave it what it is; `commercial`, `former`, `cultural` make it another thing.
_NATIONAL = frozenset({"national", "federal", "political", "administrative"})
# … of a part of a country, whatever country is named beside it.
_LOCAL = frozenset({"provincial", "regional", "state"})
_IS = frozenset({"is", "remains"})
_CALLED = frozenset({"called", "known", "named", "styled", "titled"})
_DAYS = MONTHS.keys() | {day.casefold() for day in WEEKDAYS}
_CLOSES = frozenset(",.;:)")
# What joins the words of an official name.
_JOINED = PARTICLES | {"of", "and", "the", "for"}
_LONGEST = 10  # tokens of a name


class _Name(NamedTuple):
    """A name at `tokens[first:last]`."""

    first: int
    last: int


def extract(document: Document) -> list[Row]:
    """Rows of the table `claims`, in order of place."""
    rows = []
    for sentence in document.prose:
        tokens = sentence.tokens
        if sentence.kind != "paragraph":
            continue
        for property_, subject, value in _claims(tokens):
            start, end = tokens[value.first].start, tokens[value.last - 1].end
            if tokens[value.last - 1].possessive:
                end -= 2
            named = document.text[tokens[subject.first].start : tokens[subject.last - 1].end]
            quoted = document.quoted(start, end)
            rows.append(
                document.row(start, end, property=property_, subject=named, subject_key=key_of(named), quoted=quoted)
            )
    return sorted(rows, key=lambda row: row["start"])


def _claims(tokens: Sequence[Token]) -> Iterator[tuple[str, _Name, _Name]]:
    """What a sentence claims: the property, of what, and what it is said to be."""
    for at, token in enumerate(tokens):
        if token.text == "capital":
            found = _capital(tokens, at)
            if found:
                yield "capital", *found
        elif token.norm in {"officially", "official"}:
            found = _official_name(tokens, at)
            if found:
                yield "name", *found


def _capital(tokens: Sequence[Token], at: int) -> tuple[_Name, _Name] | None:
    """The subject and its capital, where the word `capital` at a place ties one to the other."""
    after = at + 2 if _norm(tokens, at + 1) == "city" else at + 1
    before = at
    while before > 0 and tokens[before - 1].norm in _NATIONAL | _LOCAL:
        before -= 1
    found = _of_subject(tokens, before, after) or _adjective_before(tokens, before, after)
    local = any(token.norm in _LOCAL for token in tokens[before:at])
    return None if found and local and _country_at(tokens, found[0].first) else found


def _of_subject(tokens: Sequence[Token], before: int, after: int) -> tuple[_Name, _Name] | None:
    """`Lima, the capital of Peru`, `Lima is the capital of Peru`, `the capital of Peru is Lima`."""
    subject = _subject_at(tokens, after + 1) if _norm(tokens, after) == "of" else None
    if subject is None:
        return None
    article = _norm(tokens, before - 1) == "the"
    value = (
        _value_before(tokens, before - 1 if article else before)
        or (_value_told(tokens, subject.last) if article else None)
        or (_known_place_beside(tokens, subject.last) if article else None)
    )
    return (subject, value) if value else None


def _adjective_before(tokens: Sequence[Token], before: int, after: int) -> tuple[_Name, _Name] | None:
    """`Peru’s capital Lima`, `the Peruvian capital of Lima`, `Peru’s capital is Lima`, `Lima, Peru’s capital,`."""
    subject = _subject_before(tokens, before)
    if subject is None:
        return None
    beside = after + 1 if _norm(tokens, after) == "of" else after
    value = _name_at(tokens, beside) or _value_told(tokens, after) or _known_place_beside(tokens, after)
    if value is None and (after >= len(tokens) or tokens[after].text in _CLOSES):
        first = subject.first - 1 if _norm(tokens, subject.first - 1) == "the" else subject.first
        value = _value_before(tokens, first)
    return (subject, value) if value else None


def _subject_at(tokens: Sequence[Token], at: int) -> _Name | None:
    """The name that follows `of`, or what it owns: `of Peru`, `of Peru’s Junín region`."""
    name = _named_at(tokens, at)
    if name and tokens[name.last - 1].possessive:
        name = _named_at(tokens, name.last)
    return None if name is None or tokens[name.last - 1].possessive else name


def _named_at(tokens: Sequence[Token], at: int) -> _Name | None:
    at = at + 1 if _norm(tokens, at) == "the" else at
    ahead = tokens[at : at + _LONGEST]
    if country := _country_at(tokens, at):
        return country
    span = next(name_spans(ahead, _JOINED), None)
    return _Name(at, at + span[1]) if span and span[0] == 0 else None


def _country_at(tokens: Sequence[Token], at: int) -> _Name | None:
    """The country that is named, or whose adjective stands, at a place."""
    found = next(iter(find_countries(tokens[at : at + _LONGEST])), None)
    return _Name(at, at + found.last) if found and found.first == 0 and found.form in {"name", "adjective"} else None


def _known_place_beside(tokens: Sequence[Token], at: int) -> _Name | None:
    """`, Lima,`: between marks, only what is known to be a city; a person or a firm may stand there too."""
    name = _name_at(tokens, at + 1) if at < len(tokens) and tokens[at].text == "," else None
    if name is None or (name.last < len(tokens) and tokens[name.last].text not in _CLOSES):
        return None
    known = next(iter(find_countries(tokens[name.first : name.last])), None)
    return name if known and known.last == name.last - name.first else None


def _subject_before(tokens: Sequence[Token], end: int) -> _Name | None:
    """The owner, or the adjective of a country, that stands right before a place."""
    start = max(0, end - _LONGEST)
    behind = tokens[start:end]
    country = next((c for c in reversed(find_countries(behind)) if c.last == len(behind)), None)
    if country and (country.form == "adjective" or (country.form == "name" and tokens[end - 1].possessive)):
        return _Name(start + country.first, end)
    if end > 0 and tokens[end - 1].possessive:
        span = next((s for s in name_spans(behind) if s[1] == len(behind)), None)
        if span:
            return _Name(start + span[0], end)
    return None


def _value_told(tokens: Sequence[Token], at: int) -> _Name | None:
    """`is Lima`."""
    return _name_at(tokens, at + 1) if _norm(tokens, at) in _IS else None


def _value_before(tokens: Sequence[Token], end: int) -> _Name | None:
    """`Lima, ` or `Lima is `, right before a place."""
    if end < 2 or (tokens[end - 1].text not in {",", "–", "—", "("} and tokens[end - 1].norm not in _IS):
        return None
    start = max(0, end - 1 - _LONGEST)
    span = next((s for s in name_spans(tokens[start : end - 1]) if s[1] == end - 1 - start), None)
    return _place(tokens, _Name(start + span[0], start + span[1])) if span else None


def _name_at(tokens: Sequence[Token], at: int) -> _Name | None:
    """The name of a place that starts at a place."""
    span = next(name_spans(tokens[at : at + _LONGEST]), None)
    return _place(tokens, _Name(at, at + span[1])) if span and span[0] == 0 else None


def _place(tokens: Sequence[Token], name: _Name) -> _Name | None:
    """The name, unless it is a day's or a country's, or owns what follows."""
    inside = tokens[name.first : name.last]
    country = next(iter(find_countries(inside)), None)
    if inside[-1].possessive or (country and country.form in {"name", "adjective"}):
        return None
    return None if any(token.norm in _DAYS for token in inside) else name


def _official_name(tokens: Sequence[Token], at: int) -> tuple[_Name, _Name] | None:
    """`Laos, officially the Lao People’s Democratic Republic`, `the official name of Laos is …`, `Laos’s official name
    is …`."""
    if tokens[at].norm == "officially":
        return _officially(tokens, at)
    if _norm(tokens, at + 1) != "name":
        return None
    if _norm(tokens, at + 2) == "of":
        subject = _subject_at(tokens, at + 3)
        told = subject.last if subject else at
    else:
        subject, told = _subject_before(tokens, at), at + 2
    value = _official_at(tokens, told + 1) if _norm(tokens, told) in _IS else None
    return (subject, value) if subject and value else None


def _officially(tokens: Sequence[Token], at: int) -> tuple[_Name, _Name] | None:
    called = _norm(tokens, at + 1) in _CALLED
    lead = tokens[at - 1].text if at else ""
    if lead not in {",", "("} and not (called and lead in _IS):
        return None
    value_at = at + 1
    if called:
        value_at = at + 3 if _norm(tokens, at + 2) == "as" else at + 2
    start = max(0, at - 1 - _LONGEST)
    span = next((s for s in name_spans(tokens[start : at - 1], _JOINED) if s[1] == at - 1 - start), None)
    value = _official_at(tokens, value_at)
    return (_Name(start + span[0], start + span[1]), value) if span and value else None


def _official_at(tokens: Sequence[Token], at: int) -> _Name | None:
    """The official name that starts at a place: of two words or more, owners and all."""
    first = at + 1 if _norm(tokens, at) == "the" else at
    end = first
    while end < len(tokens) and end - first < _LONGEST:
        span = next(name_spans(tokens[end : end + _LONGEST], _JOINED), None)
        if span is None or span[0] != 0:
            break
        end += span[1]
        if not tokens[end - 1].possessive:
            break
    return _Name(first, end) if end - first > 1 else None


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""
