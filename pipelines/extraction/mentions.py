"""Mentions: every name that can be a person's, and what the words beside it say of that person."""

from calendar import month_name
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.people import as_written, in_title_case, key_of
from pipelines.extraction.posts import Place
from pipelines.language.content import stem
from pipelines.language.countries import find_countries
from pipelines.language.datelines import after_dateline
from pipelines.language.dates import WEEKDAYS
from pipelines.language.lexicons import words
from pipelines.language.names import name_spans
from pipelines.language.outlets import named
from pipelines.language.persons import Name, Persons, is_full
from pipelines.language.romanisation import sounds
from pipelines.language.titles import COURTESY, Post
from pipelines.language.tokens import Token, tokenise

# Tokens of an apposition that are read for what it says of a person.
APPOSITION = 10
AGE_DIGITS = 2
# Tokens after a name in which `its` tells that it is a body’s.
CLAUSE = 30
_PERSONAL = frozenset({"he", "she", "his", "her"})
_WHO = frozenset({"who", "whose", "whom"})
_OPENS = words("determiners") | _WHO | {"aged", "also", "both", "formerly", "from", "himself", "herself", "of", "then"}
_TOLD = frozenset({"told", "tells", "believes", "thinks", "testified", "recalled", "wept", "smiled"})
_BEFORE_VERB = frozenset({"also", "had", "has", "have", "later", "then"})
# What only a person does.
_PERSONAL_VERBS = frozenset(
    {
        "shrugged",
        "smiled",
        "wept",
        "laughed",
        "nodded",
        "grinned",
        "sighed",
        "recalled",
        "testified",
        "winced",
        "blushed",
    }
    | {"frowned", "cried", "chuckled", "paused", "retired", "resigned", "apologised", "apologized", "stepped", "limped"}
    | {"beamed", "joked", "knelt", "mused", "muttered", "quipped", "strode", "whispered"}
)
# What only a person has: `Reis’s widow`. Towns have sisters, and stars have twins.
_CLOSE_KIN = frozenset({"wife", "husband", "widow", "widower", "nephew", "niece", "aunt", "uncle", "grandmother"})
# To whom a person speaks: `Reis told reporters`; firms speak to investors and courts.
_HEARERS = frozenset({"reporters", "journalists", "newsmen", "listeners", "me", "us"})
# Whom one speaks for in court, at a meeting: `Reis, for the defence, asked`.
_PARTIES = words("generic_bodies") | {
    "defence",
    "defense",
    "prosecution",
    "crown",
    "plaintiff",
    "plaintiffs",
    "appellant",
}
_PARTIES |= {"respondent", "claimants", "family", "families", "victims", "opposition", "county", "state"}
_CALENDAR = frozenset(name.casefold() for name in (*month_name, *WEEKDAYS))
_AGENTS = ("eer", "ian", "ist", "man", "woman")  # endings of nouns for people
_COLLECTIVES = words("populations") | words("people_words")
_PLURALS = ("ers", "ors", "ists", "ians", "men", "women", "ees", "ants", "ents")  # … and for several
_CONTINENTS = frozenset(
    {"africa", "african", "america", "american", "arab", "asia", "asian", "atlantic", "europe", "european", "pacific"}
)
_CORPORATE = (
    words("institution_words") | words("generic_bodies") | {"co", "corp", "holdings", "industries", "llc", "plc"}
)


class Sign(NamedTuple):
    """What the words beside a name say: whether it is a person's, whether a form of address stands before it, who that
    is, in stems (none where they do not say), and whether it is said to speak."""

    person: bool
    courtesy: bool
    description: tuple[str, ...]
    speaks: bool


def extract(document: Document) -> list[Row]:
    """Rows of the table `mentions`, in order of place."""
    return list(_Mentions(document).rows())


class _Mentions:
    """The names of one article, read once to know whose they are and then told as rows."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def rows(self) -> Iterator[Row]:
        told: set[Name] = set()
        families: set[str] = set()
        for sentence, place, key, sign in self.found:
            who = self.persons.person(key)
            known = who in self.known or (key in self.alone and self._is_name(sentence, place))
            families.update(key if len(key) > 1 else ())
            paragraph = sentence.kind == "paragraph"
            if not (len(key) > 1 or known or sign.person or sign.speaks or self._misspells(sentence, place, key)):
                told.update([key] if paragraph else [])
                continue
            first, last = sentence.tokens[place[0]], sentence.tokens[place[1] - 1]
            end = last.end - 2 * last.possessive
            yield self.document.row(
                first.start,
                end,
                name=as_written(self.document, sentence.tokens, place),
                name_key=" ".join(key),
                person_key=None if who is None else " ".join(who),
                full=is_full(key),
                person=known or sign.person,
                courtesy=sign.courtesy,
                description=" ".join(sign.description),
                introduced=(
                    not paragraph
                    or (who or key) in told
                    or is_full(key)
                    or bool(sign.description)
                    or key[-1] in families
                    or key[-1] in words("known_by_surname")
                    or _is_attribute(sentence.tokens, place)
                ),
                quoted=self.document.quoted(first.start, end),
            )
            if paragraph:
                told.update((who or key, key))

    def _misspells(self, sentence: Sentence, place: Place, key: Name) -> bool:
        """Whether it is no name of the article's, does what a person may, and begins as somebody's family name does."""
        after = sentence.tokens[place[1]] if place[1] < len(sentence.tokens) else None
        acts = after is not None and (after.norm in words("irregular_pasts") or after.norm.endswith("ed"))
        return acts and sounds(key[0])[:2] in self._openings and self._is_name(sentence, place)

    @cached_property
    def _openings(self) -> frozenset[str]:
        """How the family names of known persons begin."""
        return frozenset(sounds(who[-1])[:2] for who in self.known)

    @cached_property
    def alone(self) -> frozenset[Name]:
        """Those of one name whom the words beside it somewhere show to be persons."""
        return frozenset(key for _, _, key, sign in self.found if len(key) == 1 and sign.person)

    @cached_property
    def found(self) -> list[tuple[Sentence, Place, Name, Sign]]:
        """Every name with what is said beside it, in order of place; headlines in capitals tell no names."""
        found = []
        sentences = self.document.prose
        for at, (sentence, reading) in enumerate(zip(sentences, self.document.readings, strict=True)):
            if not reading.names or in_title_case(sentence):
                continue
            following = sentences[at + 1] if at + 1 < len(sentences) else None
            goes_on = following and following.block == sentence.block and following.tokens[0].norm in _PERSONAL
            titles = {reading.after_title(post): post for post in reading.posts}
            held = {holding.name: holding.post for holding in reading.holdings()}
            lead = after_dateline(sentence.tokens)
            names = [name for name in reading.names if name[0] >= lead]
            for place in names:
                first, last = sentence.tokens[place[0]], sentence.tokens[place[1] - 1]
                if not _is_no_person(self.document.text[first.start : last.end]):
                    posts = [post for post in (titles.get(place[0]), held.get(place)) if post]
                    sign = _sign(sentence.tokens, place, posts)
                    key = key_of(sentence.tokens, place)
                    personal = sign.person or (
                        bool(goes_on) and place == names[0] and self._is_subject(sentence, place)
                    )
                    doubtful = len(key) == 1 and not posts and not self._is_name(sentence, place)
                    found.append((sentence, place, key, sign._replace(person=personal and not doubtful)))
        return found

    def _is_subject(self, sentence: Sentence, place: Place) -> bool:
        """Whether `He …` can go on from it: a full name, no place; or the sentence’s only name, a verb after it."""
        if place[1] - place[0] > 1:
            return self._is_name(sentence, place)
        tokens = sentence.tokens
        first = tokens[place[0]]
        alone = place[0] == self.document.begins(sentence) and sum(1 for _ in name_spans(tokens)) == 1
        verb = place[1] < len(tokens) and tokens[place[1]].norm in words("auxiliaries") | words("speech_verbs")
        return alone and verb and first.norm in self._inside and self._is_name(sentence, place)

    @cached_property
    def _inside(self) -> frozenset[str]:
        """The words in capitals inside a sentence: names, whatever stands first in another."""
        return frozenset(
            token.norm for sentence in self.document.prose for token in sentence.tokens[1:] if token.capitalised
        )

    def _is_name(self, sentence: Sentence, place: Place) -> bool:
        """Whether it is neither a place (`in Turin, who …`) nor a word that the article writes in lower case."""
        first = sentence.tokens[place[0]]
        after = place[0] > 0 and sentence.tokens[place[0] - 1].norm in words("prepositions") - {"as"}
        many = first.norm.endswith(_PLURALS) or not _COLLECTIVES.isdisjoint({first.norm, first.norm.removesuffix("s")})
        people = place[1] - place[0] == 1 and many and first.norm not in self._inside
        return not after and not people and first.norm not in self._common

    @cached_property
    def _common(self) -> frozenset[str]:
        """The words that the article writes in lower case."""
        return frozenset([token.text for sentence in self.document.prose for token in sentence.tokens])

    @cached_property
    def persons(self) -> Persons:
        return Persons(key for _, _, key, _ in self.found if len(key) > 1)

    @cached_property
    def known(self) -> frozenset[Name]:
        """Those of whom the article tells that they are persons."""
        fullest = (self.persons.person(key) for _, _, key, sign in self.found if sign.person)
        return frozenset(who for who in fullest if who and len(who) > 1)


def _sign(tokens: Sequence[Token], place: Place, posts: Sequence[Post]) -> Sign:
    """What stands beside a name; `posts` are the titles that the sentence gives it, forms of address among them."""
    titles = [post for post in posts if post.track != COURTESY]
    noun = _noun_before(tokens, place[0])
    apposed = noun is not None and tokens[place[0] - 1].text == ","
    apposition = () if apposed else _apposition(tokens, place[1])
    kin = not words("kinship").isdisjoint(token.norm for token in tokens[max(0, place[0] - 2) : place[0]])
    pleads = _pleads(tokens, place[1])
    aside = pleads or (bool(apposition) and (apposition[0].norm in _WHO or apposition[0].kind == "number"))
    told = () if aside else apposition  # `, who wept,` and `, 34,` tell nobody's post
    described = [word for post in titles for word in post.key.split()] + [token.norm for token in told]
    described += [noun.norm] if noun else ["kin"] * kin
    body = not _CORPORATE.isdisjoint(token.norm for token in apposition[:4])
    agent = noun is not None and (noun.norm.endswith(_AGENTS) or noun.norm in words("occupations"))
    several = place[1] - place[0] == 1 and len(apposition) > 1 and apposition[0].norm in _WHO
    past = several and (apposition[1].norm in words("irregular_pasts") or apposition[1].norm.endswith(("s", "d")))
    several = several and not past  # `Women, who weed …`
    acts = _does_as_persons(tokens, place)
    personal = agent or (aside and not several) or acts
    speaks = not body and _speaks(tokens, place, noun)
    return Sign(
        person=bool(posts) or kin or personal or (speaks and place[1] - place[0] > 1),
        courtesy=len(posts) > len(titles),
        description=tuple(dict.fromkeys(stem(word) for word in described if word not in words("closed_class"))),
        speaks=speaks,
    )


def _apposition(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The words of a description after a name: `, a nurse from Turin,`, `, 34,`, `(34)`, `, who …`."""
    opened = tokens[at : at + 2]
    if len(opened) < 2 or opened[0].text not in {",", "(", "–", "—"}:
        return ()
    first = opened[1]
    noun = first.kind == "word" and first.text.islower() and first.norm not in _NOT_NOUNS
    if not (noun or first.norm in _OPENS or _is_age(tokens, at + 1)):
        return ()
    ends = (end for end in range(at + 2, min(at + 1 + APPOSITION, len(tokens))) if tokens[end].text in ",;:)–—.")
    return tokens[at + 1 : next(ends, min(at + 1 + APPOSITION, len(tokens)))]


def _does_as_persons(tokens: Sequence[Token], place: Place) -> bool:
    """`Reis wept`, `Reis told reporters`, `Reis’s widow`, `Reis’s answer (she gave it …`."""
    after = tokens[place[1] : place[1] + 3]
    if not after:
        return False
    if tokens[place[1] - 1].possessive:
        aside = [token.norm for token in after[1:]]
        return after[0].norm in _CLOSE_KIN or (len(aside) == 2 and aside[0] == "(" and aside[1] in {"he", "she"})
    told = len(after) > 1 and after[0].norm in {"told", "tells"} and after[1].norm in _HEARERS
    ours = all(token.norm != "its" for token in tokens[place[1] : place[1] + CLAUSE])
    return after[0].norm in _PERSONAL_VERBS or (told and ours)


def _pleads(tokens: Sequence[Token], at: int) -> bool:
    """`Reis, for the defence, asked`; `Reis, for one, asked`."""
    ahead = tokens[at : at + 5]
    if [token.norm for token in ahead[:4]] == [",", "for", "one", ","]:
        return True
    return (
        [token.norm for token in ahead[:3]] == [",", "for", "the"]
        and len(ahead) == 5
        and ahead[3].norm in _PARTIES
        and ahead[4].text == ","
    )


def _is_attribute(tokens: Sequence[Token], place: Place) -> bool:
    """Whether it stands before a noun: `the Reis family`, `a Reis victory`."""
    before = place[0] > 0 and tokens[place[0] - 1].norm in words("determiners")
    return before and place[1] < len(tokens) and tokens[place[1]].kind == "word"


def _is_age(tokens: Sequence[Token], at: int) -> bool:
    closed = at + 1 < len(tokens) and tokens[at + 1].text in ",)–—."
    return closed and tokens[at].kind == "number" and len(tokens[at].text) <= AGE_DIGITS


_NOT_NOUNS = (words("closed_class") - _OPENS) | words("speech_verbs") | words("auxiliaries")


def _noun_before(tokens: Sequence[Token], at: int) -> Token | None:
    """What a name is given as right before it: `the striker Reis`, `teacher Ana Reis`, `the victim, Reis,`."""
    before = at - 2 if at > 1 and tokens[at - 1].text == "," else at - 1
    if before < 0 or tokens[before].kind != "word":
        return None
    norm = tokens[before].norm
    if not tokens[before].text.islower() and norm not in words("occupations"):
        return None
    plain = norm not in _NOT_NOUNS and norm not in words("verbs") and not norm.endswith(("ed", "ing", "ly"))
    if before and tokens[before - 1].norm in words("prepositions"):
        return None  # `In court Reis …`
    definite = any(token.norm in words("determiners") for token in tokens[max(0, before - 4) : before])
    return tokens[before] if plain and (before == at - 1 or definite) else None


def _speaks(tokens: Sequence[Token], place: Place, noun: Token | None) -> bool:
    """Whether it is the subject of a verb of speech: `Ana Reis had said`, `said farmer Ana Reis`; none of a body."""
    after = place[1]
    while after < len(tokens) and tokens[after].norm in _BEFORE_VERB:
        after += 1
    before = place[0] - 1 - (noun is not None and place[0] > 0 and tokens[place[0] - 1] is noun)
    near = [*tokens[after : after + 1], *tokens[max(0, before) : before + 1]]
    said = any(token.norm in words("speech_verbs") or token.norm in _TOLD for token in near)
    return said and all(token.norm != "its" for token in tokens[after : after + CLAUSE])


@lru_cache(maxsize=65536)
def _is_no_person(written: str) -> bool:
    """What ends as a country, a place in one, or a continent; an outlet, or a body by the words of its name."""
    name = tokenise(written)
    if len(name) == 1 and name[0].norm in _CALENDAR:
        return True
    countries = find_countries(name)
    if (countries and countries[-1].last == len(name)) or name[-1].norm in _CONTINENTS:
        return True
    return any(token.norm in _CORPORATE for token in name) or any(found.outlet for found in named(name))
