"""Events that the text gives a day: what happened, to what, and which date of the table `dates` it is given.

The word of the event is the nearest before the date (`signed on 4 May`, `the signing, on 4 May`), right behind it (`the
4 May signing`), or the first after it where the date opens the sentence. Where another verb stands between, or it is
open which of two events is dated (`investigated the crash on 4 May`), there is no row.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.content import negated, stem
from pipelines.language.dates import WEEKDAYS, DateMention
from pipelines.language.lexicons import members, table, words
from pipelines.language.names import PARTICLES, name_spans
from pipelines.language.phrases import CALENDAR, Phrase, phrase_at, phrase_before, singular, verb_like
from pipelines.language.tokens import HYPHENS, Token, tokenise

REACH = 24  # tokens between an event and its date
AROUND = 8  # tokens beside event and date that can set it apart
MODIFIERS = 3  # words between a determiner and the noun of an event
FRAGMENT = 3  # words beside the date of an entry in a chronology: `4 May, Monday.`
_AUXILIARIES = frozenset({"was", "were", "is", "are", "been", "being", "be", "has", "have", "had", "will", "to"})
_PASSIVE = frozenset({"was", "were", "is", "are", "been", "being", "be"})
_PLANNED = frozenset(
    {"will", "would", "shall", "due", "scheduled", "planned", "expected", "set", "to", "should", "plans"}
)
_LIGHT = frozenset(
    {
        "held",
        "happened",
        "occurred",
        "took",
        "place",
        "came",
        "fell",
        "staged",
        "struck",
        "hit",
        "hold",
        "take",
        "happen",
        "played",
        "given",
        "presented",
        "handed",
        "read",
        "delivered",
    }
)
# Verbs that put an event on a day, without being one.
_ARRANGED = frozenset(
    {"scheduled", "set", "due", "slated", "planned", "fixed", "listed", "expected", "pencilled", "billed"}
)
# Verbs whose object is the event of the day: `held the hearing on 4 May`.
_STAGED = _LIGHT | frozenset(
    {"holds", "holding", "host", "hosts", "hosted", "stages", "attend", "attends", "attended", "attending", "chaired"}
    | {"won", "lost", "contested", "convened", "failed", "passed", "underwent", "survived"}
)
_RELATIVE = frozenset({"which", "that", "who"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her", "whose"})
# What tells one event of a kind from another, or a day from the day that it was moved from.
APART = frozenset(
    {
        "first",
        "last",
        "next",
        "second",
        "third",
        "fourth",
        "another",
        "again",
        "earlier",
        "previous",
        "previously",
        "new",
    }
    | {
        "later",
        "original",
        "originally",
        "postponed",
        "rescheduled",
        "moved",
        "delayed",
        "attempt",
        "attempted",
        "failed",
    }
    | {"anniversary", "rehearsal", "preliminary", "preparatory", "extraordinary", "annual", "instead", "cancelled"}
    | {"separate"}
    | {"similar", "follow-up", "return", "returned", "final", "initial", "draft", "repeat", "trial-run", "nor", "or"}
)
# The same, where they stand right before the event.
_AMONG = frozenset({"other", "each", "every", "several", "many", "some"})
_SETTINGS = frozenset({"ceremony"})  # events at which another is done: `signed at a ceremony`
_STOPS = frozenset({";", ":", "—", "–"})
_BREAKS = frozenset({"and", "but", "while", "because", "although", "though", "if", "unless", "whether"})


_DAYS = frozenset({"day", "date", "morning", "evening", "night"})
_SPANS = frozenset({"afternoon", "today", "yesterday", "tomorrow", "week", "weekend", "month", "year", "season"})
# Before a date that is not the day of what the sentence tells.
_STORY_ENDS = frozenset({"until", "till", "since", "and", "or"})
# Before what somebody is held, praised or asked for, on a day of its own: `was jailed for theft on 4 May`.
_REASONS = frozenset({"for", "over", "about", "against"})
# Before the subject of a clause.
_CLAUSE_OPENERS = frozenset({"when", "after", "as", "that", "where", "and", "but", "because", "while", "since", "how"})


class _Word(NamedTuple):
    written: str
    event: str
    part: str
    alone: bool
    kind: str


class Event(NamedTuple):
    """An event word at `first:after` of the tokens of a sentence; `acts` where the day is that of what it did."""

    first: int
    after: int
    word: _Word
    noun: bool
    acts: bool = False


def extract(document: Document) -> list[Row]:
    """Rows of the table `events`, in order of place; quoted words are the speaker's."""
    rows = []
    for place, sentence in enumerate(document.prose):
        for mention in document.days_in(sentence):
            following = document.prose[place + 1] if place + 1 < len(document.prose) else None
            row = _row(document, sentence, mention, following)
            if row:
                rows.append(row)
    return rows


def _row(document: Document, sentence: Sentence, mention: DateMention, following: Sentence | None) -> Row | None:
    tokens = sentence.tokens
    before, after = sentence.place(mention.start), sentence.place(mention.end)
    if following and following.block == sentence.block and before + len(tokens) - after <= FRAGMENT:
        tokens = following.tokens
        found, before, after = _first_event(tokens, 0), 0, 0
    else:
        found = (
            _behind(tokens, before, after)
            or _event_before(tokens, before)
            or _opened(tokens, before, after)
            or _whereupon(tokens, after)
            or _apposed(tokens, after)
        )
    if found is None:
        return None
    found = _outbreak(tokens, found) or found
    nouns, names = parties(tokens, found)
    nouns = _antecedent(tokens, found, nouns) or nouns
    if not (found.word.alone or nouns):
        return None
    clause, phase = _clause(tokens, found, before, after), phase_of(tokens, found)
    return document.row(
        mention.start,
        mention.end,
        event=found.word.event,
        nouns=";".join(nouns) or None,
        names=";".join(names) or None,
        place=_place(tokens, found.after, after),
        definite=found.noun
        and (
            definite(tokens, found.first)
            or (found.first >= after and (_owned_by_day(tokens, found, after) or definite(tokens, before)))
        ),
        phase=phase,
        apart=not clause.isdisjoint(APART)
        or _denied(tokens, found)
        or _several(tokens, found)
        or _among(tokens, found)
        or _once_planned(tokens[min(found.first, before) : after]),
        alone=found.word.alone,
        kind=found.word.kind,
        acts=found.acts,
        month_day=f"--{mention.month:02}-{mention.day:02}" if mention.month and mention.day else None,
        counted=_counted(document, mention, phase or ("done" if found.word.kind == "befalls" else None)),
        weekday=WEEKDAYS[mention.weekday] if mention.weekday is not None and found.word.kind != "other" else None,
    )


def _counted(document: Document, mention: DateMention, phase: str | None) -> str | None:
    """The day of a weekday that is past, or to come, counted from the article's own date, which itself it cannot be."""
    published = document.article.published
    if mention.precision != "weekday" or mention.weekday is None or published is None or published.day is None:
        return None
    anchor = date.fromisoformat(published.day)
    back = (anchor.weekday() - mention.weekday) % 7
    if phase is None or not back:
        return None
    return (anchor - timedelta(days=back if phase == "done" else back - 7)).isoformat()


def _among(tokens: Sequence[Token], found: Event) -> bool:
    return any(token.norm in _AMONG for token in tokens[max(0, found.first - 3) : found.first])


def _once_planned(tokens: Sequence[Token]) -> bool:
    """`The launch had been set for 4 May`, which is not to say that it was then."""
    norms = [token.norm for token in tokens]
    return any(norm in _ARRANGED and not {"had", "was", "were"}.isdisjoint(norms[:at]) for at, norm in enumerate(norms))


def _clause(tokens: Sequence[Token], found: Event, before: int, after: int) -> set[str]:
    """The words around event and date, up to the marks that close the clause."""
    first, last = min(found.first, before), max(found.after, after)
    lead = takewhile(lambda token: token.text not in _STOPS, reversed(tokens[max(0, first - AROUND) : first]))
    tail = takewhile(lambda token: token.text not in _STOPS | {","}, tokens[last : last + AROUND])
    failed = any(token.norm == "failed" and _determines(tokens[at + 1]) for at, token in enumerate(tokens[:-1]))
    said = {token.norm for token in (*lead, *tokens[first:last], *tail)}
    return said - {"failed"} if failed else said  # `failed an inspection`, but `a failed attempt`


def definite(tokens: Sequence[Token], at: int) -> bool:
    """Whether the noun at a place is told as known: `the hearing`, `that same first hearing`, `the Monday hearing`."""
    first = at
    while first > max(0, at - MODIFIERS) and tokens[first - 1].norm in APART | CALENDAR | {"same"}:
        first -= 1
        if tokens[first].possessive:
            return True  # `Monday’s hearing`
    return first > 0 and tokens[first - 1].norm in _DEFINITE


def _denied(tokens: Sequence[Token], found: Event) -> bool:
    return negated(token.norm for token in tokens[max(0, found.first - 3) : found.first]) > 0


def _several(tokens: Sequence[Token], found: Event) -> bool:
    """`deaths on 4 May`: more events than one."""
    word = tokens[found.after - 1].norm
    if found.after - found.first > 1:
        return found.noun and word.endswith("s") and not found.word.written.endswith("s")
    return found.noun and word not in event_nouns()


def phase_of(tokens: Sequence[Token], found: Event) -> str | None:
    """Whether the event is told as done or as to come; None for a noun and the present tense, which do not say."""
    if found.noun:
        return None
    lead = {token.norm for token in tokens[max(0, found.first - 4) : found.first]}
    if not lead.isdisjoint(_PLANNED):
        return "planned"
    return "done" if _past(tokens[found.first]) or not lead.isdisjoint(_AUXILIARIES) else None


def _behind(tokens: Sequence[Token], before: int, after: int) -> Event | None:
    """`the 4 May signing`, `the 4 May museum robbery`."""
    owned = 0 < after <= len(tokens) and tokens[after - 1].possessive
    reach = MODIFIERS if owned or definite(tokens, before) else 0
    for at in range(after, min(len(tokens), after + reach + 1)):
        found = event_at(tokens, at)
        if found and found.word.part != "verb" and (found.after > at + 1 or tokens[at].norm in event_nouns()):
            return found._replace(noun=True)
        if not _modifies(tokens[at]):
            return None
    return None


def _modifies(token: Token) -> bool:
    """Whether a word can stand between a determiner and the noun of an event."""
    return token.kind == "word" and token.norm not in words("closed_class") and not _past(token)


def _event_before(tokens: Sequence[Token], before: int) -> Event | None:
    """The nearest event word before the date, in its clause; none where another verb or date stands between.

    Of a verb that tells what a disaster does it is the subject: `The fire killed nine people on 4 May`.
    """
    for at in range(before - 1, max(-1, before - REACH), -1):
        token = tokens[at]
        if token.text in _STOPS or token.norm in CALENDAR:
            return None
        if _past(token) and stem(token.norm) in _effects() and _puts_on(tokens, at, before):
            acting = _acting(tokens, at)
            if acting:
                return acting
        found = event_at(tokens, at)
        if found and found.word.event in _SETTINGS:
            start = _opening_of(tokens, at)
            if start and tokens[start - 1].norm in {"at", "during", "in"}:
                continue
            named = event_at(tokens, at - 1) if at else None
            found = named if named and named.word.alone and tokens[at - 1].norm in event_nouns() else found
        if found:
            noun = is_noun(tokens, found)
            if not noun or _stands_free(tokens, found.first):
                return found._replace(noun=noun)
            governing = event_at(tokens, _opening_of(tokens, found.first) - 1)
            return governing if governing and governing.word.part == "verb" else None
        if _past(token) and token.norm not in _LIGHT | _ARRANGED:
            return None
    return None


def _puts_on(tokens: Sequence[Token], verb: int, before: int) -> bool:
    """Whether a date is the day of an active verb: `killed nine people on 4 May`, not `was hit by snow until 4 May`."""
    word = tokens[before - 1].norm
    on = word == "on" or not (word in words("prepositions") or word in _STORY_ENDS)
    return on and not (verb and tokens[verb - 1].norm in _PASSIVE)


def _acting(tokens: Sequence[Token], verb: int) -> Event | None:
    """What befalls, as the subject of a verb: `A fire that began here and was driven by the wind killed …`."""
    for at in range(verb - 1, max(-1, verb - REACH), -1):
        token = tokens[at]
        if token.text in _STOPS or token.norm in CALENDAR:
            return None
        found = event_at(tokens, at)
        if found and (found.word.alone or is_noun(tokens, found)):
            return found._replace(noun=True, acts=True) if _acts(tokens, found) else None
        relative = at > 0 and tokens[at - 1].norm in _RELATIVE
        aside = relative or stem(token.norm) in _effects() or token.norm in _LIGHT or _inner(tokens, at)
        if _past(token) and not found and not aside:
            return None
    return None


def _acts(tokens: Sequence[Token], found: Event) -> bool:
    """Whether the word is the noun of what befalls and the subject of its clause: `A fire that began here killed …`."""
    if found.word.kind != "befalls" or not is_noun(tokens, found):
        return False
    following = tokens[found.after] if found.after < len(tokens) else None
    if following and _modifies(following) and not verb_like(following):
        return False  # `the fire chief`
    start = _opening_of(tokens, found.first)
    if start and tokens[start - 1].kind == "number":
        start = _opening_of(tokens, start - 1)  # `A magnitude 6.1 earthquake`
    return start == 0 or tokens[start - 1].kind == "mark" or tokens[start - 1].norm in _CLAUSE_OPENERS


def _whereupon(tokens: Sequence[Token], after: int) -> Event | None:
    """`until 4 May, when the jury will award the prize`."""
    opens = [token.norm for token in tokens[after : after + 2]] == [",", "when"]
    return _first_event(tokens, after + 2) if opens else None


def _apposed(tokens: Sequence[Token], after: int) -> Event | None:
    """`on 4 May, the day of the vote`."""
    norms = [token.norm for token in tokens[after : after + 5]]
    if len(norms) < 5 or norms[:2] != [",", "the"] or norms[2] not in _DAYS or norms[3:] != ["of", "the"]:
        return None
    for at in range(after + 5, min(len(tokens), after + 5 + MODIFIERS)):
        found = event_at(tokens, at)
        if found and tokens[at].norm in event_nouns():
            return found._replace(noun=True)
    return None


def _outbreak(tokens: Sequence[Token], found: Event) -> Event | None:
    """What befalls as a noun that another word opens: `the fire that started on 4 May`."""
    at = _begun(tokens, found) if found.word.event == "opening" and not found.noun else None
    begun = event_at(tokens, at) if at and _determines(tokens[_opening_of(tokens, at)]) else None
    return begun._replace(noun=True) if begun and begun.word.kind == "befalls" else None


def _antecedent(tokens: Sequence[Token], found: Event, nouns: Sequence[str]) -> list[str]:
    """The event that a general noun stands for: `ordered a recount and told clerks to begin the work on 4 May`."""
    general = members("phrase_words", "doing")
    if found.word.alone or general.isdisjoint(nouns):
        return []
    for at in range(found.first - 1, max(-1, found.first - 2 * REACH), -1):
        earlier = event_at(tokens, at)
        if earlier and earlier.word.alone and is_noun(tokens, earlier):
            return sorted({*nouns, singular(tokens[at].norm)} - general)
    return []


def _owned_by_day(tokens: Sequence[Token], found: Event, after: int) -> bool:
    """`Monday night’s fire`."""
    return 0 < after <= found.first and tokens[after - 1].possessive


def _opened(tokens: Sequence[Token], before: int, after: int) -> Event | None:
    """`On 4 May, the bridge collapsed`: the first event word after a date that opens the sentence."""
    return _first_event(tokens, after) if before <= 1 else None


def _first_event(tokens: Sequence[Token], start: int) -> Event | None:
    for at in range(start, min(len(tokens), start + REACH)):
        token = tokens[at]
        if token.text in _STOPS or token.norm in CALENDAR or token.norm in _BREAKS:
            return None
        found = event_at(tokens, at)
        if found and not is_noun(tokens, found):
            return found
        if _past(token) and not found and not _inner(tokens, at):
            return None
    return None


def _inner(tokens: Sequence[Token], at: int) -> bool:
    """Whether a past form is no verb of the clause: `a jury chaired by a retired judge will award`."""
    attributive = at > 0 and _determines(tokens[at - 1])
    return attributive or (at + 1 < len(tokens) and tokens[at + 1].norm == "by" and tokens[at - 1].norm != "had")


def event_at(tokens: Sequence[Token], at: int) -> Event | None:
    if at >= len(tokens) or tokens[at].kind != "word" or _within_event(tokens, at):
        return None
    fitting = [
        Event(at, at + len(phrase), word, noun=False)
        for phrase, word in _entries().get(stem(tokens[at].norm), ())
        if tuple(stem(token.norm) for token in tokens[at : at + len(phrase)]) == phrase
        and (word.part != "noun" or len(phrase) > 1 or word.written in {tokens[at].norm, singular(tokens[at].norm)})
    ]
    as_written = (found for found in fitting if found.word.part == "noun")
    return next(as_written, fitting[0] if fitting else None)


def _within_event(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is the rest of an event that a hyphen joins: `by-election`."""
    if at < 2 or tokens[at - 1].text not in HYPHENS:
        return False
    return any(
        len(phrase) > 2 and tuple(stem(token.norm) for token in tokens[at - 2 : at - 2 + len(phrase)]) == phrase
        for phrase, _ in _entries().get(stem(tokens[at - 2].norm), ())
    )


def is_noun(tokens: Sequence[Token], found: Event) -> bool:
    """Whether the word is a noun where it stands: by its form, or by the determiner before it."""
    token = tokens[found.first]
    if found.word.part != "both":
        return found.word.part == "noun"
    before = tokens[found.first - 1].norm if found.first else ""
    return token.norm in event_nouns() and not _past(token) and before not in _AUXILIARIES | _PLANNED


def _stands_free(tokens: Sequence[Token], at: int) -> bool:
    """Whether no verb governs the noun but one that stages it: it is a subject, or stands behind a preposition."""
    place = _opening_of(tokens, at) - 1
    if place < 0 or tokens[place].text in {",", "("}:
        return True
    if tokens[place].norm in _REASONS:
        return _determines(tokens[place + 1])
    return tokens[place].norm in words("prepositions") | _STAGED | _CLAUSE_OPENERS


def _opening_of(tokens: Sequence[Token], at: int) -> int:
    """Where the phrase of a noun starts: `the long board meeting`; a common noun before it needs a determiner."""
    place = at - 1
    while place >= 0 and (tokens[place].capitalised or _determines(tokens[place]) or _adjective(tokens[place])):
        place -= 1
        if _determines(tokens[place + 1]):
            return place + 1
    further = next((p for p in range(place, max(-1, place - MODIFIERS), -1) if not _modifies(tokens[p])), -1)
    return further if 0 <= further < place and _determines(tokens[further]) else place + 1


def _determines(token: Token) -> bool:
    return token.norm in _DEFINITE or token.norm in {"a", "an"}


def _adjective(token: Token) -> bool:
    return token.kind == "word" and token.norm in words("plain_adjectives")


def _past(token: Token) -> bool:
    word = token.norm
    return not token.capitalised and (word in words("irregular_pasts") or (len(word) > 4 and word.endswith("ed")))


def parties(tokens: Sequence[Token], found: Event) -> tuple[list[str], list[str]]:
    """The common nouns and the names of what the event happened to, or who took part."""
    phrases = [*_subjects(tokens, found), *_objects(tokens, found)]
    nouns = [phrase.kind or phrase.head for phrase in phrases if phrase.head]
    if not nouns and found.first == 1 and not found.noun and tokens[0].norm not in words("closed_class"):
        return [singular(tokens[0].norm)], []  # `Trial opens`
    if not nouns and not found.noun and (begun := _begun(tokens, found)) is not None:
        nouns = [tokens[begun].norm]
    names = [phrase.name for phrase in phrases if phrase.name] + [phrase.owner for phrase in phrases if phrase.owner]
    if found.noun and found.first and tokens[found.first - 1].possessive and not _is_time(tokens[found.first - 1]):
        owner = tokens[found.first - 1]  # `the pope’s visit`
        (names if owner.capitalised else nouns).append(owner.norm)
    return sorted({noun for noun in nouns if noun}), sorted(set(names))


def _is_time(token: Token) -> bool:
    """`Monday’s`, `last night’s`."""
    return token.norm in CALENDAR | _DAYS | _SPANS


def _begun(tokens: Sequence[Token], found: Event) -> int | None:
    """Where the noun stands of an event that another word opens or ends: `the strike began`, `began the strike`."""
    before = found.first - 1
    while before > 0 and (tokens[before].norm in _AUXILIARIES | _PLANNED or tokens[before].norm.endswith("ly")):
        before -= 1
    behind = next(
        (at for at in range(found.after, min(len(tokens), found.after + 3)) if not _determines(tokens[at])), -1
    )
    for at in (before, behind):
        if 0 <= at < len(tokens) and tokens[at].norm in event_nouns():
            return at
    return None


def _subjects(tokens: Sequence[Token], found: Event) -> Iterator[Phrase]:
    end = found.first
    while end > 0 and (tokens[end - 1].norm in _AUXILIARIES or tokens[end - 1].norm.endswith("ly")):
        end -= 1
    if found.noun:
        return
    phrase = None
    if end and tokens[end - 1].norm not in _RELATIVE:
        phrase = phrase_before(tokens, end)
        if phrase:
            yield phrase
            end = phrase.first
            if end > 1 and tokens[end - 1].norm == "of" and (whole := phrase_before(tokens, end - 1)):
                yield whole  # `the trial of` somebody
                end = whole.first
    if end and tokens[end - 1].norm in _RELATIVE:
        end -= 1
        end -= end > 0 and tokens[end - 1].text == ","
        antecedent = phrase_before(tokens, end)
        if antecedent:
            yield antecedent


def _objects(tokens: Sequence[Token], found: Event) -> Iterator[Phrase]:
    at = found.after
    if found.noun and at < len(tokens) and tokens[at].norm in {"of", "on"}:
        at += 1
    elif found.noun:
        return
    phrase = phrase_at(tokens, at)
    if phrase and not (set(phrase.name.split()) & CALENDAR if phrase.name else False):
        yield phrase


def _place(tokens: Sequence[Token], start: int, after: int) -> str | None:
    """The name that stands behind `in`, `at` or `near` beside the event or its date."""
    for at in range(start, min(len(tokens) - 1, max(start, after) + 4)):
        if tokens[at].norm in {"in", "at", "near", "outside"} and tokens[at + 1].capitalised:
            first, last = next(name_spans(tokens[at + 1 : at + 9], PARTICLES | {"of"}), (1, 1))
            name = " ".join(token.norm for token in tokens[at + 1 + first : at + 1 + last])
            if not first and name not in CALENDAR:
                return name
    return None


@cache
def _entries() -> dict[str, tuple[tuple[tuple[str, ...], _Word], ...]]:
    """The event words by their first stem, longest first."""
    entries: dict[str, list[tuple[tuple[str, ...], _Word]]] = {}
    for row in table("event_words"):
        phrase = tuple(stem(token.norm) for token in tokenise(row["word"]))
        word = _Word(row["word"], row["event"], row["part"], row["alone"] == "yes", row["kind"])
        entries.setdefault(phrase[0], []).append((phrase, word))
    return {first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in entries.items()}


@cache
def _effects() -> frozenset[str]:
    return frozenset(stem(verb) for verb in words("effect_verbs"))


@cache
def event_nouns() -> frozenset[str]:
    """The nouns of events, as the lexicon has them: `talks`, but no plural that tells of several."""
    return frozenset(row["word"] for row in table("event_words") if row["part"] != "verb")
