"""People: every mention by name of a person to whom the article gives a title, with the title as it is compared."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.posts import Holding, Place
from pipelines.language.lexicons import words
from pipelines.language.persons import Name, Persons, generation, name_key
from pipelines.language.titles import Post
from pipelines.language.tokens import Token

_CHANGES = frozenset(
    {
        "appointed", "appoints", "became", "demoted", "demotion", "elevated", "elevation", "inaugurated", "oath",
        "promoted", "promotion", "reappointed", "replaced", "replaces", "reshuffle", "reshuffled", "resigned",
        "resigns", "succeeded", "succeeds", "sworn",
    }
)  # fmt: skip
_CHANGE_PAIRS = frozenset(
    {("took", "office"), ("takes", "office"), ("took", "over"), ("takes", "over"), ("stepped", "down")}
)
_SERVED = frozenset({"was", "served"})
_HAD_SERVED = frozenset({("had", done) for done in ("been", "chaired", "commanded", "headed", "held", "led", "run")})
_BEFORE = frozenset({"before", "previously", "formerly", "earlier", "until"})
_SINCE = frozenset({"since", "from", "until", "till", "by"})
_PRONOUNS = frozenset({"he", "she", "they", "his", "her", "their"})
_LADIES = frozenset({"mrs", "ms", "miss"})
_NAMESAKES = frozenset({"namesake", "namesakes"})
_NAMESAKE_PAIRS = frozenset(
    {("no", "relation"), ("no", "relative"), ("no", "kin"), ("that", "name"), ("confused", "with"), ("mistaken", "for")}
)
_SHARED = frozenset({"same", "share", "shares", "shared", "sharing", "bears", "bearing"})
_TWO = frozenset({"they", "two", "both", "neither", "pair"})
_TITLE_CASE = 0.7
_FRAGMENT = 8


def extract(document: Document) -> list[Row]:
    """Rows of the table `people`, in order of place."""
    return list(_People(document).rows())


class _Namesake(NamedTuple):
    """One who shares a person's name: the sentence that tells it (None where it does not tell which of its mentions is
    whose), and the posts of that one."""

    sentence: int | None
    posts: tuple[Post, ...]


class _People:
    """The names and titles of one article, read once to know its persons and then told as rows."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sentences = document.prose
        self.readings = document.readings
        self.holdings = [tuple(reading.holdings()) for reading in self.readings]

    def rows(self) -> Iterator[Row]:
        """Titled mentions first where both start at one place; a plain mention only of a person who has a title."""
        for at, sentence in enumerate(self.sentences):
            told: list[tuple[Place, Row]] = []
            for holding in self.holdings[at]:
                name = self._known_part(at, holding.name)
                if name and self._is_person(sentence, holding, name):
                    told.append((name, self._row(at, holding, name)))
            taken = {name[0] for name, _ in told}
            for place in self.readings[at].names:
                name = self._known_part(at, place)
                if name and name[0] not in taken and self.persons.knows(key_of(sentence.tokens, name)):
                    told.append((name, self._row(at, Holding(name, name, None, "holds"), name)))
            yield from sorted((row for _, row in told), key=lambda row: (row["start"], row["end"]))

    def _is_person(self, sentence: Sentence, holding: Holding, name: Place) -> bool:
        """A single word beside a post, rather than after it, is a person only where the article names one so."""
        single = name[1] - name[0] == 1 and holding.post is not None and holding.whole[0] != holding.post.first
        return not single or self.persons.knows(key_of(sentence.tokens, name))

    @cached_property
    def persons(self) -> Persons:
        """The persons who have a title somewhere, by their full names wherever the article gives them."""
        titled = {
            key_of(sentence.tokens, holding.name)
            for at, sentence in enumerate(self.sentences)
            for holding in self.holdings[at]
            if not self._shouts[at]
        }
        families = {name[0] for name in titled if len(name) == 1}
        full = [name for name in titled if len(name) > 1]
        for at, sentence in enumerate(self.sentences):
            if not self._shouts[at]:
                for place in self.readings[at].names:
                    name = key_of(sentence.tokens, place)
                    if len(name) > 1 and (name[-1] in families or name[0] in families):
                        full.append(name)
        return Persons(sorted(full))

    @cached_property
    def _shouts(self) -> list[bool]:
        """For every sentence, whether it is a heading whose capitals do not tell names from other words."""
        return [in_title_case(sentence) for sentence in self.sentences]

    def _known_part(self, at: int, name: Place) -> Place | None:
        """The name itself; in a heading in capitals, as much of it as names a known person."""
        if not self._shouts[at]:
            return name
        for last in range(name[1], name[0], -1):
            if self.persons.knows(key_of(self.sentences[at].tokens, (name[0], last))):
                return name[0], last
        return None

    def _row(self, at: int, holding: Holding, name: Place) -> Row:
        sentence, post = self.sentences[at], holding.post
        tokens = sentence.tokens
        written = as_written(self.document, tokens, name)
        key = name_key(written)
        person = self.persons.person(key)
        first, last = holding.whole if holding.whole[1] != holding.name[1] else (holding.whole[0], name[1])
        start, end = tokens[first].start, _end(tokens[last - 1])
        changed = self.changes[at]
        organisation = holding.organisation
        known = person or key
        born = generation(written) or self._generation(known)
        settled = person is not None and born is not None and not self._another(at, name, known, post)
        return self.document.row(
            start,
            end,
            name=written,
            person=self._spelled.get(known, written),
            person_key=" ".join((*known, born) if born else known),
            title=as_written(self.document, tokens, (post.first, post.last)) if post else None,
            title_key=post.key if post else None,
            track=post.track if post else None,
            rungs="|".join(sorted(post.rungs)) or None if post else None,
            fields=("|".join(sorted(post.fields | _body(tokens, organisation))) or None) if post else None,
            role=self._role(at, holding) if settled and post else None,
            changed=changed is not None,
            changed_at=changed or None,
            organisation=as_written(self.document, tokens, organisation) if organisation else None,
            country=holding.country,
            quoted=self.document.quoted(start, end),
        )

    @cached_property
    def _spelled(self) -> dict[Name, str]:
        """Every name in full as the article first writes it."""
        spelled: dict[Name, str] = {}
        for sentence, reading in zip(self.sentences, self.readings, strict=True):
            for place in reading.names:
                written = as_written(self.document, sentence.tokens, place)
                spelled.setdefault(name_key(written), written)
        return spelled

    def _generation(self, person: Name) -> str | None:
        """The generation of a person whom a mention gives none: the article's only one; None where there are two."""
        known = self._generations.get(person, ())
        return None if len(known) > 1 else "".join(known)

    @cached_property
    def _generations(self) -> dict[Name, set[str]]:
        found: dict[Name, set[str]] = {}
        for sentence, reading in zip(self.sentences, self.readings, strict=True):
            for place in reading.names:
                if born := generation(as_written(self.document, sentence.tokens, place)):
                    found.setdefault(self._person(sentence, place), set()).add(born)
        return found

    def _person(self, sentence: Sentence, place: Place) -> Name:
        key = key_of(sentence.tokens, place)
        return self.persons.person(key) or key

    def _another(self, at: int, name: Place, person: Name, post: Post | None) -> bool:
        """Whether the words set the one named apart from the person of that name: `his brother, General Reis`."""
        tokens = self.sentences[at].tokens
        before = {token.norm for token in tokens[max(0, name[0] - 5) : name[0]]}
        if before & words("kinship") or _is_kin(tokens, name[1]):
            return True
        namesake = self.namesakes.get(person)
        if namesake is None:
            return False
        return namesake.sentence in {at, None} or any(post.fits(other) for other in namesake.posts if post)

    @cached_property
    def namesakes(self) -> dict[Name, _Namesake]:
        """The persons whose name the article says another bears, with what it says of the other."""
        found: dict[Name, _Namesake] = {}
        for at, sentence in enumerate(self.sentences):
            if not _tells_of_namesakes(sentence.tokens):
                continue
            here = self._named_in(at)
            named = here or (self._named_in(at - 1) if at and _is_of_two(sentence.tokens) else {})
            families = Counter(person[-1] for person in named)
            for person, places in named.items():
                if families[person[-1]] > 1:
                    continue  # their full names tell them apart
                settled = here and len(places) == 1 and person not in found
                found[person] = _Namesake(at, tuple(self._posts_of(at, places[0]))) if settled else _Namesake(None, ())
        return found

    def _named_in(self, at: int) -> dict[Name, list[Place]]:
        named: dict[Name, list[Place]] = {}
        for place in self.readings[at].names:
            named.setdefault(self._person(self.sentences[at], place), []).append(place)
        return named

    def _posts_of(self, at: int, name: Place) -> Iterator[Post]:
        """The posts that a sentence on namesakes gives the one whom it names; all of its posts where it tells nothing
        else of that one: `Reis is not the general of that name`."""
        own = [holding.post for holding in self.holdings[at] if holding.name == name and holding.post]
        if own or not _is_described(self.sentences[at].tokens, name):
            yield from own or self.readings[at].posts

    def _role(self, at: int, holding: Holding) -> str:
        """`former` too where the sentence speaks of a past year."""
        past = self._past[at]
        started = past is not None and past < self.sentences[at].tokens[holding.whole[0]].start
        return "former" if holding.role == "holds" and started else holding.role

    @cached_property
    def _past(self) -> list[int | None]:
        """From where each sentence speaks of a past year: a year in it, a fragment before it (`June 2019.`), or the
        caption of an archive picture."""
        named = [self._past_year(sentence) for sentence in self.sentences]
        past = []
        for at, sentence in enumerate(self.sentences):
            before = self.sentences[at - 1] if at else None
            dated = (
                before
                and before.block == sentence.block
                and len(before.tokens) <= _FRAGMENT
                and named[at - 1] is not None
            )
            past.append(sentence.start - 1 if dated or sentence.tokens[0].text == "FILE" else named[at])
        return past

    def _past_year(self, sentence: Sentence) -> int | None:
        """Where the sentence names a year before the article's own, not as the start of what still lasts."""
        before: Token | None = None
        for token in sentence.tokens if "number" in sentence.tokens.kinds else ():
            if _is_year(token) and (before is None or before.norm not in _SINCE) and token.text < self._year:
                return token.start
            before = token
        return None

    @cached_property
    def _year(self) -> str:
        """The article's year; where it has none, the latest year that it names."""
        published = self.document.article.published
        if published and published.day:
            return published.day[:4]
        return max((t.text for s in self.sentences for t in s.tokens if _is_year(t)), default="")

    @cached_property
    def changes(self) -> list[str | None]:
        """The change of post that each sentence (or the next, going on with a pronoun) tells of: its day, month or
        year, empty where that is not said; None where no change is told."""
        told = [self._change(sentence) for sentence in self.sentences]
        for at in range(len(told) - 1):
            here, following = self.sentences[at], self.sentences[at + 1]
            goes_on = following.tokens and following.tokens[0].norm in _PRONOUNS and here.block == following.block
            goes_on = goes_on and not _is_of_another(here.tokens, following.tokens[0].norm)
            if told[at] is None and goes_on:
                told[at] = told[at + 1] if told[at + 1] is not None else self._once(following)
        return told

    def _change(self, sentence: Sentence) -> str | None:
        said = [token.norm for token in sentence.tokens]
        if _CHANGES.isdisjoint(said) and _CHANGE_PAIRS.isdisjoint(pairwise(said)):
            return None
        first = bisect_left(self._date_starts, sentence.start)
        for mention in self.document.dates[first:]:
            if mention.start >= sentence.end:
                break
            if mention.year and mention.month:
                day = f"-{mention.day:02}" if mention.day else ""
                return f"{mention.year:04}-{mention.month:02}{day}"
        return next((token.text for token in sentence.tokens if _is_year(token)), "")

    @cached_property
    def _date_starts(self) -> list[int]:
        return [mention.start for mention in self.document.dates]

    def _once(self, sentence: Sentence) -> str | None:
        """`He had been harbour master until then.`"""
        said = [token.norm for token in sentence.tokens]
        held = not _SERVED.isdisjoint(said) or not _HAD_SERVED.isdisjoint(pairwise(said))
        return "" if held and not _BEFORE.isdisjoint(said) else None


def _tells_of_namesakes(tokens: Sequence[Token]) -> bool:
    """Whether a sentence says that two people share a name, or are no kin."""
    said = [token.norm for token in tokens]
    if not _NAMESAKES.isdisjoint(said) or ("name" in said and not _SHARED.isdisjoint(said)):
        return True
    pairs = list(pairwise(said))
    if not _NAMESAKE_PAIRS.isdisjoint(pairs):
        return True
    denied = not {"not", "neither", "nor"}.isdisjoint(said)
    return any(
        (word == "unrelated" or (word == "related" and denied)) and (after == "to" or not after[0].isalpha())
        for word, after in pairs
    )


def _is_of_another(tokens: Sequence[Token], pronoun: str) -> bool:
    """Whether the forms of address in a sentence are not those of whom the next one’s pronoun stands for."""
    addressed = {token.norm for token in tokens if token.capitalised}
    men, women = "mr" in addressed, not _LADIES.isdisjoint(addressed)
    return (men and not women and pronoun in {"she", "her"}) or (women and not men and pronoun in {"he", "his"})


def _is_of_two(tokens: Sequence[Token]) -> bool:
    return any(token.norm in _TWO for token in tokens)


def _is_kin(tokens: Sequence[Token], at: int) -> bool:
    """Whether kin is what stands after a name: `, his father,`."""
    if at + 2 >= len(tokens) or tokens[at].text != ",":
        return False
    return (tokens[at + 1].norm in _PRONOUNS or tokens[at + 1].possessive) and tokens[at + 2].norm in words("kinship")


def _is_described(tokens: Sequence[Token], name: Place) -> bool:
    """Whether words beside a name say who that is: `Ana Reis, a nurse`; `the painter Ana Reis`; `Ana Reis of Turin`."""
    before, after = tokens[name[0] - 1 : name[0]], tokens[name[1] : name[1] + 2]
    if before and before[0].kind == "word" and before[0].norm not in words("closed_class"):
        return True
    if not after:
        return False
    return after[0].norm in {"of", "from"} or (after[0].text == "," and after[-1].norm in {"a", "an", "the", "who"})


def key_of(tokens: Sequence[Token], place: Place) -> Name:
    return name_key(" ".join(token.norm for token in tokens[slice(*place)] if token.kind == "word"))


def as_written(document: Document, tokens: Sequence[Token], place: Place) -> str:
    return " ".join(document.text[tokens[place[0]].start : _end(tokens[place[1] - 1])].split())


def _end(token: Token) -> int:
    """Where a word ends, without its possessive ending."""
    return token.end - 2 if token.possessive else token.end


def _body(tokens: Sequence[Token], organisation: Place | None) -> frozenset[str]:
    """The words that tell one body from another, and their initials; none for the body at hand (`the company’s`)."""
    if organisation is None:
        return frozenset()
    named = [token for token in tokens[slice(*organisation)] if token.kind == "word"]
    telling = [t.norm for t in named if t.norm not in words("closed_class") and t.norm not in words("generic_bodies")]
    initials = "".join(token.norm[0] for token in named if token.capitalised)
    return frozenset(telling) | (frozenset({initials}) if len(initials) > 1 and telling else frozenset())


def _is_year(token: Token) -> bool:
    return token.kind == "number" and len(token.text) == 4 and token.text[:2] in {"19", "20"}


def in_title_case(sentence: Sentence) -> bool:
    """A headline or heading with capitals on most of its words."""
    if sentence.kind not in {"headline", "heading"}:
        return False
    written = [token for token in sentence.tokens if token.kind == "word"]
    return sum(token.capitalised for token in written) >= _TITLE_CASE * len(written)
