"""Venues: the towns in which the text puts what is held on purpose (a meeting, a signing, an announcement).

`met in Ghent`, `the signing in Ghent`, `the meeting, held in Ghent`, `at the meeting in Ghent town hall`. What befalls
a place (a fire, a crash) is left out: it is told now by the town, now by the quarter. A county, a park, a country hold
towns and are none.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.events import APART, Event, definite, event_at, is_noun, parties, phase_of
from pipelines.language.countries import find_countries
from pipelines.language.datelines import after_dateline
from pipelines.language.names import PARTICLES, name_spans
from pipelines.language.phrases import CALENDAR
from pipelines.language.tokens import Token

HELD = frozenset(
    {"meeting", "signing", "announcement", "hearing", "ceremony", "summit", "debate", "press conference", "wedding"}
    | {"burial", "sentencing", "auction", "unveiling", "premiere", "inauguration", "launch", "vote", "recount", "match"}
    | {"concert", "rally", "coronation"}
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
_ANOTHER = APART | {
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
    rows = []
    for event, sentence, first, last in found:
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
                day=_days(document, sentence),
            )
        )
    return rows


def _held(tokens: Sequence[Token]) -> Iterator[tuple[Event, int, int]]:
    """The events of a sentence that are held in a town, each with the place of its name."""
    if not any(token.norm == "in" for token in tokens) or not _ANOTHER.isdisjoint(token.norm for token in tokens):
        return
    for at in range(len(tokens)):
        found = event_at(tokens, at)
        if found is None or found.word.event not in HELD or tokens[at].norm.endswith("s"):
            continue
        place = next((p for p in range(found.after, len(tokens)) if tokens[p].norm not in _BETWEEN), len(tokens))
        if place - found.after > REACH or place + 1 >= len(tokens) or tokens[place].norm != "in":
            continue
        name = next(name_spans(tokens[place + 1 : place + 7], PARTICLES), None)
        if name is None or name[0]:
            continue
        first, last = place + 1, place + 1 + name[1]
        norms = {token.norm for token in tokens[first:last]}
        countries = find_countries(tokens[first:last])
        if norms & (_NO_TOWN | CALENDAR) or any(c.form in {"name", "adjective"} for c in countries):
            continue
        if tokens[last - 1].possessive:
            continue
        yield found._replace(noun=is_noun(tokens, found)), first, last


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
