"""Venues: the towns in which the text puts what is held on purpose (a meeting, a signing, an announcement).

`met in Ghent`, `the signing in Ghent`, `the meeting, held in Ghent`, `at the meeting in Ghent town hall`. What befalls
a place (a fire, a crash) is left out: it is told now by the town, now by the quarter. A county, a park, a country hold
towns and are none.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.events import APART, Event, definite, event_at, event_nouns, is_noun, parties, phase_of
from pipelines.language.countries import find_countries
from pipelines.language.datelines import after_dateline
from pipelines.language.names import PARTICLES, name_spans
from pipelines.language.phrases import CALENDAR
from pipelines.language.tokens import Token, Tokens

HELD = frozenset(
    {"meeting", "signing", "announcement", "hearing", "ceremony", "summit", "debate", "press conference", "wedding"}
    | {"burial", "sentencing", "auction", "unveiling", "premiere", "inauguration", "launch", "vote", "recount", "match"}
    | {"concert", "rally", "coronation", "screening", "award", "parade"}
)
REACH = 6  # tokens between an event and its place: `, which was held in`
_BETWEEN = frozenset(
    {
        ",",
        "which",
        "was",
        "were",
        "is",
        "be",
        "will",
        "to",
        "being",
        "held",
        "staged",
        "taking",
        "took",
        "take",
        "place",
    }
    | {"convened", "hosted", "here", "yesterday", "today"}
)
# Words that tell which of several events it is; two statements with the same ones can be of one event.
_ORDINALS = frozenset({"first", "second", "third", "fourth", "last", "final"})
_ADJUNCTS = frozenset({"before", "after", "during", "on", "for"})
_TIMES = frozenset({"week", "month", "year", "night", "time", "spring", "summer", "autumn", "fall", "winter"})
ADJUNCT = 5  # words between an event and the comma before its place: `held before the war, in`
HALL = 6  # words of a building between an event and its town: `at a school for girls in`
MOST_JOINTS = 4  # tokens between two names of which one is a part of the other
_JOINTS = frozenset(
    {",", "in", "near", "outside", "of", "the", "district", "suburb", "part", "area", "quarter", "town"}
)
_HALLS = frozenset({"hall", "cathedral", "courthouse", "guildhall"})
_TOWNS = frozenset({"city", "town", "village", "port", "capital", "mayor", "suburb"})
# Names that are of more, or of less, than a town.
_NO_TOWN = frozenset(
    {
        "county",
        "district",
        "province",
        "state",
        "region",
        "valley",
        "park",
        "street",
        "road",
        "square",
        "avenue",
        "island",
    }
    | {"university", "college", "school", "hotel", "church", "court", "house", "palace", "hospital", "stadium", "arena"}
    | {"islands", "coast", "bay", "hills", "mountains", "north", "south", "east", "west", "hall", "centre", "center"}
    | {"parliament", "congress", "senate", "downtown", "committee", "council", "group", "airport", "theatre", "museum"}
)
# Words of a sentence that looks back, or forward to another.
_ANOTHER = APART - {"new"} | {
    "last",
    "next",
    "year",
    "years",
    "ago",
    "month",
    "months",
    "series",
    "round",
    "also",
    "both",
}


def extract(document: Document) -> list[Row]:
    """Rows of the table `venues`, in order of place; quoted words are the speaker's."""
    found = [
        (event, sentence, first, last)
        for sentence in document.prose
        if sentence.kind == "paragraph"
        for event, first, last in _held(sentence.tokens)
    ]
    settled, beside = (_settled(document), _beside(document)) if found else (frozenset(), {})
    ordinals: dict[int, str | None] = {}
    rows = []
    for event, sentence, first, last in found:
        if sentence.start not in ordinals:
            ordinals[sentence.start] = _ordinals(sentence)
        tokens = sentence.tokens
        name = _name(tokens[first:last])
        start, end = tokens[event.first].start, tokens[last - 1].end
        if document.quoted(start, end):
            continue
        nouns, names = parties(tokens, event)
        if not (event.word.alone or nouns):
            continue
        rows.append(
            document.row(
                start,
                end,
                event=event.word.event,
                nouns=";".join(nouns) or None,
                names=";".join(names) or None,
                place=name,
                settled=name in settled or _is_hall(tokens, last) or name.endswith(" city"),
                metropolis=_metropolis(tokens[first:last]),
                within=";".join(sorted(beside.get(name, ()))) or None,
                definite=event.noun and definite(tokens, event.first),
                phase=phase_of(tokens, event) or _phase(tokens[event.after : first]),
                by_place=event.noun and tokens[event.after].norm == "in",
                ordinals=ordinals[sentence.start],
                day=_days(document, sentence),
            )
        )
    return rows


def _held(tokens: Tokens) -> Iterator[tuple[Event, int, int]]:
    """The events of a sentence that are held in a town, each with the place of its name."""
    if "in" not in tokens.norms or _elsewhere(tokens):
        return
    for at in range(len(tokens)):
        found = event_at(tokens, at)
        if found is None or found.word.event not in HELD or _several(tokens[found.after - 1]):
            continue
        if at and tokens[at - 1].norm == "new":
            continue
        place = _place_of(tokens, found)
        if place is None:
            continue
        name = next(name_spans(tokens[place : place + 6], PARTICLES), None)
        if name is None or name[0]:
            continue
        first, last = place, place + name[1]
        norms = {token.norm for token in tokens[first:last]}
        countries = find_countries(tokens[first:last])
        if norms & (_NO_TOWN | CALENDAR) or any(c.form in {"name", "adjective"} for c in countries):
            continue
        if tokens[last - 1].possessive:
            continue
        yield found._replace(noun=is_noun(tokens, found)), first, last


def _ordinals(sentence: Sentence) -> str | None:
    return ";".join(sorted({token.norm for token in sentence.tokens} & _ORDINALS)) or None


def _several(token: Token) -> bool:
    """`meetings`, but not `talks`; nor `meets`, which is told of what returns."""
    return token.norm.endswith("s") and token.norm not in event_nouns()


def _elsewhere(tokens: Sequence[Token]) -> bool:
    """Whether a sentence looks back, or forward to another event: `next year`, `also`, `last month`."""
    return any(
        (token.norm in _ANOTHER and token.norm not in _ORDINALS)
        or (token.norm == "last" and place + 1 < len(tokens) and tokens[place + 1].norm in _TIMES | CALENDAR)
        for place, token in enumerate(tokens)
    )


def _place_of(tokens: Sequence[Token], found: Event) -> int | None:
    """Where the name of the place behind an event starts.

    `in Ghent`, `was last held before the war, in the town of Ghent`, `at a school in Ghent`, `of the directors in`.
    """
    at = found.after
    if at < len(tokens) and tokens[at].norm in {"of", "between"}:
        at = _skipped(tokens, at + 1, {"in"} | _BETWEEN, HALL)
    at = _between(tokens, at)
    if (
        at < len(tokens)
        and tokens[at].norm in _ADJUNCTS
        and any(token.norm == "held" for token in tokens[found.first : at])
    ):
        at = _between(tokens, _skipped(tokens, at + 1, {","}, ADJUNCT))
    hall = [token.norm for token in tokens[at : at + 2]]
    if hall and (hall[0] in {"at", "inside"} or hall in (["in", "a"], ["in", "an"])):
        at = _skipped(tokens, at + 1, {"in"}, HALL)
    if at + 1 >= len(tokens) or tokens[at].norm != "in":
        return None
    at += 1
    if tokens[at].norm == "the":
        named = _skipped(tokens, at + 1, {"of"}, 3)
        if named < len(tokens) and tokens[named].norm == "of" and tokens[named - 1].norm in _TOWNS:
            at = named + 1
    return at if at < len(tokens) else None


def _between(tokens: Sequence[Token], start: int) -> int:
    """The first place, in reach, of a token that cannot stand between an event and its place."""
    at = start
    while at < min(len(tokens), start + REACH) and (tokens[at].norm in _BETWEEN | _ORDINALS or _dates(tokens, at)):
        at += 1
    return at


def _dates(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token belongs to a date: `on 4 May`, `on Friday`."""
    at += tokens[at].norm == "on"
    return at < len(tokens) and (tokens[at].norm in CALENDAR or tokens[at].kind == "number")


def _skipped(tokens: Sequence[Token], start: int, ends: Set[str], most: int) -> int:
    """The place of the first of `ends` behind a few words of a phrase; the end of the tokens where none comes."""
    for at in range(start, min(len(tokens), start + most + 1)):
        if tokens[at].norm in ends:
            return at
        if tokens[at].kind != "word" or tokens[at].norm in {"who", "which", "that", "when", "where"}:
            break
    return len(tokens)


def _days(document: Document, sentence: Sentence) -> str | None:
    """The days that a sentence names, but for that of its dateline."""
    words = sentence.tokens[document.begins(sentence)].start
    return ";".join(document.text[d.start : d.end] for d in document.days_in(sentence) if d.start >= words) or None


def _phase(tokens: Sequence[Token]) -> str | None:
    """How a noun's event is told: `the meeting will be held in`."""
    norms = {token.norm for token in tokens}
    if norms & {"will", "to"}:
        return "planned"
    return "done" if norms & {"was", "were"} else None


def _name(tokens: Sequence[Token]) -> str:
    return " ".join(token.norm for token in tokens if token.kind == "word")


def _is_hall(tokens: Sequence[Token], after: int) -> bool:
    """`Ghent town hall`, `Ghent cathedral`."""
    return any(token.norm in _HALLS for token in tokens[after : after + 2])


def _metropolis(tokens: Sequence[Token]) -> bool:
    return any(mention.form in {"capital", "place"} for mention in find_countries(tokens))


def _settled(document: Document) -> frozenset[str]:
    """The names that the article shows to be those of towns: in a dateline, `the town of Ghent`, `mayor of Ghent`."""
    found: set[str] = set()
    for sentence in document.sentences:
        tokens = sentence.tokens
        lead = after_dateline(tokens) or 0
        spans = name_spans(tokens[:lead], PARTICLES)
        found.update(_name(tokens[first:last]) for first, last in spans)
        for at, token in enumerate(tokens):
            if token.norm in _TOWNS and at + 2 < len(tokens) and tokens[at + 1].norm == "of":
                span = next(name_spans(tokens[at + 2 : at + 6], PARTICLES), None)
                if span and span[0] == 0:
                    found.add(_name(tokens[at + 2 : at + 2 + span[1]]))
    return frozenset(found)


def _beside(document: Document) -> dict[str, set[str]]:
    """The names that stand beside another as a part of it, or its whole: `Ledeberg, Ghent`, `Ledeberg in Ghent`."""
    found: dict[str, set[str]] = defaultdict(set)
    for sentence in document.sentences:
        tokens = sentence.tokens
        for (first, after), (start, last) in pairwise(name_spans(tokens, PARTICLES)):
            joined = {token.norm for token in tokens[after:start]}
            if start - after <= MOST_JOINTS and joined <= _JOINTS:
                one, other = _name(tokens[first:after]), _name(tokens[start:last])
                found[one].add(other)
                found[other].add(one)
    return found
