"""Which thing the words of an article mean: `the plant` beside `the Sandy Bay plant`, `the project` beside `the port`.

A common noun is taken for a thing only where one alone fits in the article; where two do, it is left open.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.extraction.document import Document
from pipelines.language.acronyms import bare, is_acronym
from pipelines.language.names import name_spans
from pipelines.language.nations import national_words
from pipelines.language.phrases import (
    CALENDAR,
    GENERIC,
    Phrase,
    alike,
    group_of,
    is_determiner,
    phrase_at,
    phrase_before,
    placed,
    singular,
    things,
)
from pipelines.language.tokens import Token

# What the article's own main thing can be, for a measure.
_MAIN = {"value": ("work", "plan"), "proceeds": ("sale",)}
_MOST_NAMES, _FEW_NAMES = 500, 8


class Claim(NamedTuple):
    """Words that a figure is of: a phrase, or (`main`) the article's own main thing for this measure."""

    tokens: Sequence[Token]
    phrase: Phrase | None
    measure: str | None
    main: bool
    headline: bool


class Subject(NamedTuple):
    """A thing of an article: as written, as compared (`key`), its `kind` (a common noun), its own `name`, case folded.

    `about`: for a thing without a name of its own, the pairs of words in the article's names, by which another article
    on the same matter can be recognised.
    """

    words: str
    key: str
    kind: str | None
    name: str | None
    about: str | None


class Names:
    """What an article calls its things of one kind: `own` their names, each with where it first stands; `places` the
    names of where they are."""

    def __init__(self) -> None:
        self.own: dict[str, int] = {}
        self.places: set[str] = set()


def resolve(document: Document, claims: Sequence[Claim]) -> list[Subject | None]:
    """The subject of each claim, where the article leaves no doubt which thing it is."""
    aliases = _aliases(document) if claims else {}
    known = _known(document) if any(_common(claim) for claim in claims) else {}
    subjects: list[Subject | None] = [_named(document, claim, aliases) for claim in claims]
    for kind, places in _by_kind(claims).items():
        if not _one_thing([claims[place] for place in places]):
            continue
        fitting = [names for other, names in known.items() if alike(kind, other)]
        until = _first_definite([claims[place] for place in places])
        named = {aliases.get(name, name) for n in fitting for name, at in n.own.items() if at < until}
        own = _longest(named | _valued_before(claims, subjects, kind, until))
        if len(own) > 1 or len({place for names in fitting for place in names.places}) > 1:
            continue
        name = own[0] if own else None
        if name and not all(_definite(claims[place]) for place in places):
            continue  # one is named, another introduced
        for place in places:
            subjects[place] = _subject(document, claims[place], _kind_of(name, kind), name)
    return _recognisable(document, _with_main(claims, subjects))


def _valued_before(claims: Sequence[Claim], subjects: Sequence[Subject | None], kind: str, until: int) -> set[str]:
    """The names of things of a kind to which the article has put a sum before a place: `a fine on Aston Bank`."""
    return {
        subject.name
        for claim, subject in zip(claims, subjects, strict=True)
        if subject and subject.name and claim.phrase and alike(kind, subject.kind)
        if claim.tokens[claim.phrase.first].start < until
    }


def _common(claim: Claim) -> bool:
    phrase = claim.phrase
    if phrase is None or phrase.head is None or phrase.plural or phrase.other:
        return False
    return not phrase.name or _national(phrase.name)


def _definite(claim: Claim) -> bool:
    return claim.headline or (claim.phrase is not None and claim.phrase.reference == "definite")


def _first_definite(claims: Sequence[Claim]) -> int:
    """Where a common noun first means a thing that the article has named before it; 0 where it never does."""
    return min((c.tokens[c.phrase.first].start for c in claims if c.phrase and _definite(c)), default=0)


def _named(document: Document, claim: Claim, aliases: dict[str, str]) -> Subject | None:
    phrase = claim.phrase
    if phrase is None or not phrase.name or phrase.plural or phrase.other or _common(claim):
        return None
    return _subject(document, claim, phrase.kind, aliases.get(phrase.name, phrase.name))


def _subject(document: Document, claim: Claim, kind: str | None, name: str | None) -> Subject:
    assert claim.phrase is not None  # noqa: S101  only claims with a phrase come here
    phrase = claim.phrase
    first = phrase.first + is_determiner(claim.tokens[phrase.first])
    start, last = claim.tokens[first].start, claim.tokens[phrase.after - 1]
    end = last.end - 2 if last.possessive else last.end
    alone = phrase.after == phrase.first + 1 and singular(claim.tokens[phrase.first].norm) != phrase.head
    implied = phrase.head if alone else None
    written = implied or " ".join(document.text[start:end].split())
    key = " ".join(part for part in (name, None if name and kind in name.split() else kind) if part)
    return Subject(written, key, kind, name, None)


def _by_kind(claims: Sequence[Claim]) -> dict[str, list[int]]:
    kinds: dict[str, list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        if _common(claim) and claim.phrase and claim.phrase.kind:
            kinds[claim.phrase.kind].append(place)
    return kinds


def _one_thing(claims: Sequence[Claim]) -> bool:
    """Whether common nouns of one kind can all mean one thing: introduced by the first of them if at all, no two
    owners, no modifiers that tell them apart."""
    phrases = [claim.phrase for claim in claims if claim.phrase]
    text = [claim for claim in claims if not claim.headline]
    introduced_again = any(not _definite(claim) for claim in text[1:])
    owners = {phrase.owner for phrase in phrases if phrase.owner}
    modifiers = [
        {*phrase.modifiers, *(phrase.name or "").split()} for phrase in phrases if phrase.modifiers or phrase.name
    ]
    told_apart = bool(modifiers) and not set.intersection(*modifiers)
    wholes = {whole for claim in claims if (whole := _whole(claim))}
    return not introduced_again and len(owners) < 2 and not told_apart and len(wholes) < 2


def _whole(claim: Claim) -> str | None:
    """The noun in `the refit of the ferry`, lower case."""
    after = claim.phrase.after if claim.phrase else len(claim.tokens)
    if after >= len(claim.tokens) or claim.tokens[after].norm != "of":
        return None
    whole = phrase_at(claim.tokens, after + 1)
    return (whole.head or whole.name) if whole else None


def _with_main(claims: Sequence[Claim], subjects: list[Subject | None]) -> list[Subject | None]:
    """The subjects, with `the project`, `the deal` and `the total cost` given to the one thing of the article that
    fits."""
    fitting: dict[tuple[str | None, str | None], dict[str, Subject]] = defaultdict(dict)
    for claim, subject in zip(claims, subjects, strict=True):
        if subject and subject.kind not in GENERIC:
            fitting[claim.measure, group_of(subject.kind)].setdefault(subject.key, subject)
    resolved = list(subjects)
    for place, claim in enumerate(claims):
        own = subjects[place]
        groups = _MAIN.get(claim.measure or "", ()) if claim.main else ()
        if own and own.kind and not own.name and _definite(claim):
            groups = GENERIC.get(own.kind, groups)
        candidates = [subject for group in groups for subject in fitting[claim.measure, group].values()]
        if len(candidates) == 1:
            resolved[place] = candidates[0]._replace(words=own.words if own else candidates[0].words)
    return resolved


def _recognisable(document: Document, subjects: list[Subject | None]) -> list[Subject | None]:
    """The subjects; those without a name with the names that the article speaks of."""
    if all(subject is None or subject.name for subject in subjects):
        return subjects
    about = "; ".join(_names(document))
    return [s._replace(about=about or None) if s and not s.name else s for s in subjects]


def _names(document: Document) -> list[str]:
    """The names in the article's running text, single words and pairs of neighbours, in alphabetical order."""
    names: set[str] = set()
    for sentence in document.prose:
        for first, after in name_spans(sentence.tokens):
            parts = [token.norm for token in sentence.tokens[first:after] if token.kind == "word"]
            parts = [part for part in parts if len(part) > 1]
            if len(parts) == 1 and (first or parts[0] in national_words()):
                names.add(parts[0])
            names.update(f"{left} {right}" for left, right in pairwise(parts))
    return sorted(names - CALENDAR)[:_MOST_NAMES]


def _aliases(document: Document) -> dict[str, str]:
    """Acronyms of the article and the names before them: `Coastal Rescue Agency (CRA)`."""
    found: dict[str, str] = {}
    for sentence in document.prose:
        tokens = sentence.tokens
        for at in range(1, len(tokens) - 2):
            if tokens[at].text == "(" and tokens[at + 2].text == ")" and is_acronym(tokens[at + 1]):
                phrase = phrase_before(tokens, at)
                if phrase and phrase.name:
                    found.setdefault(bare(tokens[at + 1].text).casefold(), phrase.name)
    return found


def _known(document: Document) -> dict[str, Names]:
    """By kind, what the article calls its things of that kind."""
    known: dict[str, Names] = defaultdict(Names)
    for sentence in document.prose:
        if sentence.kind == "headline":
            continue
        for at, token in enumerate(sentence.tokens):
            thing = things().get(token.norm)
            if thing is None or thing.group == "part" or _name_goes_on(sentence.tokens, at):
                continue
            phrase = phrase_before(sentence.tokens, at + 1)
            if phrase is None or phrase.thing is None:
                continue
            own = phrase.name or _apposed_name(sentence.tokens, phrase.first - 1)
            if own and not _national(own):
                known[thing.kind].own.setdefault(own, token.start)
            elif place := placed(sentence.tokens, phrase).name:
                known[thing.kind].places.add(place)
    return known


def _name_goes_on(tokens: Sequence[Token], at: int) -> bool:
    """`Harbour` of `Sandy Harbour Engineering` is no harbour."""
    return tokens[at].capitalised and at + 1 < len(tokens) and tokens[at + 1].capitalised


def _apposed_name(tokens: Sequence[Token], at: int) -> str | None:
    """The name before `, a gas pipeline` or `is a gas pipeline`, whose determiner stands at a place."""
    if at < 1 or tokens[at].norm not in {"a", "an", "the"}:
        return None
    if tokens[at - 1].text != "," and tokens[at - 1].norm not in {"is", "was", "be"}:
        return None
    before = phrase_before(tokens, at - 1)
    return before.name if before and before.name and (not before.head or before.head in before.name.split()) else None


def _kind_of(name: str | None, kind: str) -> str:
    """What a thing is by its name, or else by its noun; the name of a fine or a deal is only that of a party."""
    return kind if group_of(kind) in {"sum", "agreement"} else _kind_in(name) or kind


def _kind_in(name: str | None) -> str | None:
    """The common noun in a name: `the Bay Link` is a link."""
    return next((word for word in reversed((name or "").split()) if word in things()), None)


def _longest(names: set[str]) -> list[str]:
    """The names without those whose words another has too; many names are left as they are: they are not one thing."""
    if len(names) > _FEW_NAMES:
        return sorted(names)
    return sorted(name for name in names if not any(set(name.split()) < set(other.split()) for other in names))


def _national(name: str) -> bool:
    """Whether a name says only of which nation a thing is: `the Kenyan railway`."""
    return all(word in national_words() for word in name.split())
