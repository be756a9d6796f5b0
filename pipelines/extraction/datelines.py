"""Datelines: the place that an article, or a caption, is put in, beside the place where its text puts the scene.

`Oslo, 4 May (Agency) – …` and `Oslo: …`. The scene is read where words of a meeting place stand with a name (`in a
hotel on the Bergen quay`), in the opening sentences and without a speaker who could be elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.countries import find_countries, name_of
from pipelines.language.dates import MONTH
from pipelines.language.lexicons import words
from pipelines.language.names import PARTICLES, name_spans
from pipelines.language.patterns import Pattern, pattern
from pipelines.language.phrases import CALENDAR
from pipelines.language.tokens import Token, tokenise

OPENING = 4  # sentences that set the scene
EARLY = 6  # tokens of the first sentence in which a region of the same country counts
REACH = 4  # tokens from the words of a scene to the name of its place
_VISITS = frozenset({"visit", "trip", "tour"})
LONGEST = 90  # code points of a dateline
DOMINANT = 3  # mentions that make a country the article's own
_SCENES = frozenset(
    {"hall", "court", "courtroom", "hotel", "square", "stadium", "airport", "palace", "church", "cathedral", "mosque"}
    | {"temple", "university", "school", "theatre", "theater", "museum", "library", "hospital", "factory", "plant"}
    | {"shipyard", "barracks", "embassy", "villa", "house", "room", "site", "ceremony", "summit", "conference", "rally"}
    | {"meeting", "talks", "function", "congress", "forum"}
)
_WAYS = frozenset({"in", "at", "on", "of", "outside", "near"})
# Words by which the text may look from one place at another.
_ELSEWHERE = words("speech_verbs") | frozenset(
    {"said", "according", "reported", "announced", "told", "will", "would", "next", "planned", "video", "remotely"}
    | {
        "virtually",
        "from",
        "former",
        "had",
        "earlier",
        "previous",
        "year",
        "ago",
        "month",
        "may",
        "could",
        "ordered",
        "sent",
    }
)


class _Place(NamedTuple):
    """Where a dateline puts the text: `start:end`, its words, and the countries that it names or lies in."""

    start: int
    end: int
    names: frozenset[str]
    countries: frozenset[str]
    after: int
    caption: bool
    country: bool  # whether a country stands for the place


def extract(document: Document) -> list[Row]:
    """Rows of the table `datelines`, in order of place: the first paragraph's and those of captions."""
    rows = []
    for place in _places(document):
        scene = _scene(document, place) or _visited(document, place) or _foreign(document, place)
        rows.append(
            document.row(
                place.start,
                place.end,
                scene=scene,
                fits=scene is None,
                caption=place.caption,
            )
        )
    return rows


@cache
def _form() -> Pattern:
    return pattern(
        r"\s*(?P<place>\p{Lu}[\pL’' .-]{1,28}?)(?:,\s+(?P<region>\p{Lu}[\pL .]{1,28}?))?"
        rf"(?:,\s+(?:\d{{1,2}}\s+{MONTH}\.?|{MONTH}\.?\s+\d{{1,2}})(?:,?\s+\d{{4}})?)?"
        r"(?:\s+\([^()]{2,40}\))?(?P<mark>:|\s+[–—]|\s+--?)\s"
    )


def _places(document: Document) -> Iterator[_Place]:
    first = next((place for place, _ in document.blocks("paragraph")), None)
    for number, block in document.blocks("paragraph", "caption"):
        if number != first and block.kind != "caption":
            continue
        match = _form().match(document.text, block.start, min(block.end, block.start + LONGEST))
        if match is None:
            continue
        end = match.end("region") if match["region"] else match.end("place")
        start = match.start("place")
        tokens = tokenise(document.text, start, end)
        found = find_countries(tokens)
        if not found or (block.kind == "caption" and match["mark"] != ":"):
            continue
        countries = frozenset(mention.code for mention in found)
        names = frozenset(token.norm for token in tokens if token.kind == "word")
        whole = found[0].form == "name" and found[0].first == 0
        yield _Place(start, end, names, countries, match.end(), block.kind == "caption", whole)


def _scene(document: Document, place: _Place) -> str | None:
    """The place where the opening sentences put the scene, where that is not the dateline's."""
    at = document.sentence_place(place.after)
    if at is None:
        return None
    for number, sentence in enumerate(document.sentences[at : at + OPENING]):
        tokens = [token for token in sentence.tokens if token.start >= place.after]
        if not _ELSEWHERE.isdisjoint(token.norm for token in tokens) or document.quoted.overlaps(*_span(sentence)):
            continue
        for scene, name in _named_scenes(tokens):
            if any(token.norm in place.names for token in name):
                return None
            found = find_countries(name)
            abroad = found and place.countries.isdisjoint(mention.code for mention in found)
            region = number == 0 and scene < EARLY and found and found[0].form == "place" and not place.country
            if abroad or region:
                return _words(document, name)
    return None


def _named_scenes(tokens: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
    """The words of a scene, by their place, each with the name beside them: `in a hotel on the Bergen quay`, `at
    Norway’s launch site`."""
    for at, token in enumerate(tokens):
        if token.norm not in _SCENES or token.capitalised:
            continue
        owner = next((place for place in range(at - 1, max(-1, at - 4), -1) if tokens[place].possessive), None)
        if owner and tokens[owner].capitalised and tokens[owner - 1].norm in _WAYS | {"the"}:
            yield at, tokens[owner : owner + 1]
        if at + 2 < len(tokens) and tokens[at + 1].norm in _WAYS:
            start = at + 3 if tokens[at + 2].norm == "the" else at + 2
            span = next(name_spans(tokens[start : start + REACH], PARTICLES), None)
            if span and span[0] == 0 and tokens[start].norm not in CALENDAR:
                yield at, tokens[start : start + span[1]]


def _visited(document: Document, place: _Place) -> str | None:
    """Where somebody whom the caption names was on a visit, if nowhere to the caption's country."""
    if not place.caption:
        return None
    at = document.sentence_place(place.after)
    caption = {t.norm for t in document.sentences[at].tokens if t.start >= place.after} if at is not None else set()
    visits: list[tuple[frozenset[str], str]] = []
    for sentence in document.prose:
        tokens = sentence.tokens
        for number, token in enumerate(tokens):
            if token.norm not in _VISITS or number + 2 >= len(tokens) or tokens[number + 1].norm != "to":
                continue
            found = find_countries(tokens[number + 2 : number + 6])
            names = {t.norm for t in tokens if t.capitalised} - _country_words(tokens)
            if found and found[0].first == 0 and names & caption:
                first, last = (tokens[number + 2 + at] for at in (0, found[0].last - 1))
                visits.append((frozenset(m.code for m in found[:1]), document.text[first.start : last.end]))
    if not visits or any(not codes.isdisjoint(place.countries) for codes, _ in visits):
        return None
    return visits[0][1]


def _country_words(tokens: Sequence[Token]) -> set[str]:
    return {token.norm for mention in find_countries(tokens) for token in tokens[mention.first : mention.last]}


def _foreign(document: Document, place: _Place) -> str | None:
    """The country that the article is about, where a caption is put in another that it mentions nowhere else."""
    if not place.caption:
        return None
    counts: Counter[str] = Counter()
    for sentence in document.prose:
        tokens = [token for token in sentence.tokens if not place.start <= token.start < place.end]
        counts.update(mention.code for mention in find_countries(tokens))
    if not counts or any(counts[code] for code in place.countries):
        return None
    code, times = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return name_of(code) if times >= DOMINANT else None


def _span(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, sentence.end


def _words(document: Document, name: Sequence[Token]) -> str:
    stated = document.text[name[0].start : name[-1].end]
    return stated[:-2] if name[-1].possessive else stated
