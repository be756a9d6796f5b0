"""Noun phrases of running text, read without a parser: determiner, modifiers and names, the noun that heads them.

A phrase ends at a function word, a mark or a verb. Its head is the last noun that the lexicon `things` knows, or,
beside an article, the last word before the end; what cannot be told is left out. Every look goes no further than
`REACH` tokens.
"""

from calendar import day_name, month_name
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipelines.language.lexicons import mapping, members, table, words
from pipelines.language.tokens import DASHES, HYPHENS, Token, touches

REACH = 40
# Kinds of nouns that can be said of anything in certain classes: `the project` of a port, `the deal` of a takeover.
GENERIC = {"project": ("work", "plan"), "agreement": ("agreement",), "transaction": ("agreement",)}
_STAKE = "% stake"
_LONGEST = 12
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her", "our", "whose"})
_INDEFINITE = frozenset({"a", "an", "another", "one"})
# Another thing of a kind than the one that the text is about.
_OTHER = members("phrase_words", "other")
_PLACING = frozenset({"at", "in", "near", "on", "off", "across"})
# Prepositions whose name is not what a clause after it describes: `a road from Aston to Barley, which cost …`.
_WAYS = frozenset({"from", "to", "between", "through", "into", "with", "by", "via", "and"})
CALENDAR = frozenset(name.casefold() for name in (*month_name, *day_name) if name)
_FINITE = members("phrase_words", "finite")
_TIMES = frozenset({"yesterday", "today", "tomorrow", "last", "next", "early", "late", "ago"})
_RELATIVE = frozenset({"who", "that", "which", "whose", "whom", "where", "when", "to", "of", "i", "we", "he", "she"})
_RELATIVE |= {"they", "it", "than"}
_BEEN = frozenset({"had", "did", "were", "was"})
_NO_VERBS = frozenset({"bus", "gas", "glass", "news", "process", "business", "access", "cross", "express", "series"})


class Thing(NamedTuple):
    """An entry of the lexicon `things`: nouns of one kind are other words for one thing."""

    kind: str
    group: str


class Phrase(NamedTuple):
    """A noun phrase at the places `first` to `after`.

    `head` is its common noun, singular (`kind` where synonyms are made one), None for a bare name; `name` the proper
    name in it, `owner` the possessor, both case folded. `reference`: `definite`, `indefinite` or `bare` (no
    determiner).
    """

    first: int
    after: int
    head: str | None
    name: str | None
    owner: str | None
    modifiers: tuple[str, ...]
    reference: str
    plural: bool
    other: bool

    @property
    def thing(self) -> Thing | None:
        return things().get(self.head) if self.head else None

    @property
    def kind(self) -> str | None:
        """The kind of `head`; of `the restoration project` that of what is undertaken."""
        if self.thing and self.thing.group == "plan" and self.modifiers:
            qualified = things().get(self.modifiers[-1])
            if qualified and qualified.group == "plan":
                return qualified.kind
        return self.thing.kind if self.thing else self.head


@cache
def things() -> dict[str, Thing]:
    """The lexicon `things` by noun."""
    return {row["noun"]: Thing(row["kind"], row["class"]) for row in table("things")}


def group_of(kind: str | None) -> str | None:
    """The class of a kind of things, as the lexicon `things` has it; `stake` for a share of a size."""
    if kind and kind.endswith(_STAKE):
        return "stake"
    thing = things().get(kind or "")
    return thing.group if thing else None


def stake_in(percent: float) -> str:
    """The head of a phrase such as `a 70 per cent stake`: stakes of two sizes are two kinds."""
    return f"{percent:g}{_STAKE}"


def alike(kind: str | None, other: str | None) -> bool:
    """Whether two common nouns can be said of one thing: equal, or one ends as the other (`line`, `pipeline`)."""
    if not kind or not other:
        return False
    longer, shorter = sorted((kind, other), key=len, reverse=True)
    return longer == shorter or (len(shorter) > 3 and longer.endswith(shorter))


def phrase_at(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The phrase that starts at place `at`, with its determiner or possessor."""
    reference, owner, start, possessed = "bare", None, at, False
    if at < len(tokens) and tokens[at].norm in _DEFINITE | _INDEFINITE:
        reference = "definite" if tokens[at].norm in _DEFINITE else "indefinite"
        start = at + 1
    places = _run(tokens, start)
    if places and _possessive_end(tokens, places[-1]):
        reference, owner, possessed = "definite", _name(tokens, places), True
        start = _after_possessive(tokens, places[-1])
        places = _run(tokens, start)
    found = _read(tokens, places, reference, owner)
    if found is None:
        return None
    other = tokens[at].norm in _OTHER or any(tokens[p].norm in _OTHER for p in places)
    named = found if found.name or possessed else placed(tokens, found)
    return named._replace(first=at, other=other)


def phrase_around(tokens: Sequence[Token], first: int, after: int) -> Phrase | None:
    """The phrase that something at `first:after` modifies (`the $3 billion plant`): what follows it, determined by what
    stands before."""
    start = after + 1 if after < len(tokens) and tokens[after].text in HYPHENS else after
    reference, owner = _determined(tokens, first)
    places = _run(tokens, start)
    if not places or tokens[places[0]].norm in _TIMES or (reference == "bare" and verb_like(tokens[places[0]])):
        return None
    found = _read(tokens, places, reference, owner)
    if found is None:
        return None
    before = range(max(0, first - 3), first)
    other = any(tokens[p].norm in _OTHER for p in before)
    return (found if found.name else placed(tokens, found))._replace(other=found.other or other)


def phrase_before(tokens: Sequence[Token], end: int) -> Phrase | None:
    """The phrase that ends right before place `end`: `the port at Sandy Bay`, `the Coastal Rescue Agency (CRA)`."""
    end = _before_parenthesis(tokens, end)
    places = _run_back(tokens, end)
    if not places:
        return None
    places = _from_name(tokens, _past_verb(tokens, places))
    reference, owner = _determined(tokens, places[0])
    found = _read(tokens, places, reference, owner)
    if found is None or found.after != places[-1] + 1:
        return None
    before = places[0] - 1
    if found.name and not found.head and before > 0 and tokens[before].norm in _PLACING | {"of"}:
        holder = phrase_before(tokens, before) if singular(tokens[before - 1].norm) in things() else None
        if holder and holder.head:
            return holder._replace(after=found.after, name=holder.name or found.name)
    acronym = tokens[places[0]].text.isupper()
    stray = found.name and not found.head and not acronym and before >= 0 and tokens[before].norm in _PLACING | _WAYS
    return None if stray else found


def singular(word: str) -> str:
    """A noun's singular, where the plural is regular; else the word."""
    if word in things() or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return (
        word[:-2] if word.endswith(("ses", "xes", "zes", "ches", "shes")) and word[:-1] not in things() else word[:-1]
    )


def is_determiner(token: Token) -> bool:
    return token.norm in _DEFINITE | _INDEFINITE


def verb_like(token: Token) -> bool:
    """Whether a word after a noun is rather a verb than one more noun."""
    if token.capitalised:
        return False
    word = token.norm
    if word.endswith(("ing", "ed")):
        return len(word) > (4 if word.endswith("ed") else 5) and not word.endswith("eed")
    return word.endswith("ly") or (word.endswith("s") and word not in _NO_VERBS) or word in words("verbs")


def described(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows a noun says which ones are meant: `the 13 pieces on show`, `the 13 men held at Aston`."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.text in HYPHENS or token.capitalised or token.kind == "number":
        return True
    past = token.norm.endswith(("ed", "ing")) or token.norm in words("irregular_pasts")
    return token.norm in words("prepositions") | _RELATIVE or (past and token.norm not in _BEEN)


def _run(tokens: Sequence[Token], at: int) -> list[int]:
    """The places of the words that may belong to one phrase from `at` on; it ends with a possessive."""
    places: list[int] = []
    place = at
    while place < min(len(tokens), at + _LONGEST * 2) and len(places) < _LONGEST:
        token = tokens[place]
        if token.kind == "word" and (token.norm not in words("closed_class") or _inside_name(tokens, place, at)):
            places.append(place)
            if _possessive_end(tokens, place):
                break
        elif not _binds(tokens, place, at):
            break
        place += 1
    return places


def _run_back(tokens: Sequence[Token], end: int) -> list[int]:
    places: list[int] = []
    place = end - 1
    while place >= max(0, end - _LONGEST * 2) and len(places) < _LONGEST:
        token = tokens[place]
        if token.kind == "word" and (token.norm not in words("closed_class") or _inside_name(tokens, place, 0)):
            if _possessive_end(tokens, place) and places:
                break
            places.append(place)
        elif not _binds(tokens, place, 0):
            break
        place -= 1
    return places[::-1]


def _inside_name(tokens: Sequence[Token], place: int, begin: int) -> bool:
    """`of`, `and`, `for` between capitalised words; initials such as `US` that look like function words."""
    token = tokens[place]
    if len(token.text) > 1 and token.text.isupper():
        return True
    return (
        token.norm in {"of", "and", "for"}
        and begin < place < len(tokens) - 1
        and tokens[place - 1].capitalised
        and not tokens[place - 1].possessive
        and tokens[place + 1].capitalised
    )


def _binds(tokens: Sequence[Token], place: int, begin: int) -> bool:
    """A hyphen, an ampersand, or a numeral that touches a word, inside a phrase: `5G`, `gas-fired`, `JF-17`; a dash
    between two names: `the Aston–Barley line`."""
    token = tokens[place]
    if token.text in DASHES and begin < place < len(tokens) - 1:
        return touches(tokens[place - 1], token) and touches(token, tokens[place + 1]) and tokens[place + 1].capitalised
    if token.text in HYPHENS or token.text == "&":
        return place > begin and place + 1 < len(tokens)
    return token.kind == "number" and place + 1 < len(tokens) and touches(token, tokens[place + 1])


def _from_name(tokens: Sequence[Token], places: list[int]) -> list[int]:
    """The run from its first capitalised word on, where it has one after a word in lower case (`approved Sandy
    Dam`)."""
    capitals = [n for n, p in enumerate(places) if tokens[p].capitalised]
    return places[capitals[0] :] if capitals and not is_determiner(tokens[places[0]]) else places


def _past_verb(tokens: Sequence[Token], places: list[int]) -> list[int]:
    """The run without a subject and its verb in front: `Police seized cocaine`, but `the long abandoned mill`."""
    for n in range(len(places) - 2, 0, -1):
        verb, subject = tokens[places[n]], tokens[places[n - 1]]
        adverb = subject.norm.endswith("ly") or _plain(subject.norm)
        if places[n] == places[n - 1] + 1 and _past(verb) and not adverb:
            return places[n + 1 :]
    return places


def _past(token: Token) -> bool:
    word = token.norm
    noun = word in things() or word in mapping("measures")
    return not (token.capitalised or noun) and (word.endswith("ed") or word in words("irregular_pasts"))


def _read(tokens: Sequence[Token], places: list[int], reference: str, owner: str | None) -> Phrase | None:
    if not places:
        return None
    head = _head(tokens, places, reference)
    inside = places if head is None else places[: head + 1]
    if head is None and not all(tokens[p].capitalised or tokens[p].norm in {"of", "and", "for"} for p in inside):
        inside = _leading_name(tokens, inside)
        if not inside:
            return None
    capitals = [p for p in inside if _named_by(tokens, p)]
    name = _name(tokens, list(range(capitals[0], capitals[-1] + 1))) if capitals else None
    if head is not None and name and all(singular(word) in things() for word in name.split()):
        name = None  # a common noun in capitals
    noun = tokens[places[head]].norm if head is not None else None
    single = singular(noun) if noun else None
    return Phrase(
        first=inside[0],
        after=inside[-1] + 1,
        head=single,
        name=name,
        owner=owner,
        modifiers=tuple(tokens[p].norm for p in inside[:-1] if not tokens[p].capitalised and not _plain(tokens[p].norm))
        if head is not None
        else (),
        reference=reference,
        plural=noun != single,
        other=any(tokens[p].norm in _OTHER for p in inside),
    )


def _head(tokens: Sequence[Token], places: list[int], reference: str) -> int | None:
    """Which of `places` is the common noun that heads them."""
    for at, place in enumerate(places):
        following = tokens[places[at + 1]] if at + 1 < len(places) else None
        if singular(tokens[place].norm) not in things():
            continue
        if following is None or not (
            singular(following.norm) in things() or (following.capitalised and tokens[place].capitalised)
        ):
            return _extended(tokens, places, at)
    if reference == "bare":
        return None
    for at, place in enumerate(places):
        following = tokens[places[at + 1]] if at + 1 < len(places) else None
        if following is None or verb_like(following) or _past(following):
            noun = not (tokens[place].capitalised or _past(tokens[place]) or tokens[place].norm.endswith(("ing", "ly")))
            return at if noun and not _plain(tokens[place].norm) else None
    return None


def _extended(tokens: Sequence[Token], places: list[int], at: int) -> int:
    """The head where a noun of the lexicon only qualifies others: `loan rollover`, `stadium roof repairs`."""
    while at + 1 < len(places) and places[at + 1] == places[at] + 1:
        following = tokens[places[at + 1]]
        plural = following.norm.endswith("s") and _finite(tokens, places[at + 1] + 1)
        if following.capitalised or following.norm in _TIMES or (verb_like(following) and not plural):
            break
        at += 1
    return at


def _finite(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb that can only be finite stands at a place: the word before it is then no verb."""
    return at < len(tokens) and tokens[at].norm in _FINITE


def _leading_name(tokens: Sequence[Token], places: list[int]) -> list[int]:
    """The capitalised words that the run starts with, before what may be a verb."""
    named = []
    for place in places:
        if not (tokens[place].capitalised or tokens[place].norm in {"of", "and", "for"}):
            break
        named.append(place)
    return named


def placed(tokens: Sequence[Token], found: Phrase) -> Phrase:
    """The phrase with the name that a preposition after it adds: `the port at Sandy Bay`."""
    at = found.after
    ways = {"of", "to"} if group_of(found.head) in {"work", "plan"} else {"of"}
    if not found.head or at + 1 >= len(tokens) or tokens[at].norm not in _PLACING | ways:
        return found
    start = at + 2 if tokens[at + 1].norm == "the" and tokens[at].norm != "of" else at + 1
    places = _leading_name(tokens, _run(tokens, start))
    if not places or places[0] != start or tokens[start].norm in CALENDAR:
        return found
    return found._replace(after=places[-1] + 1, name=_name(tokens, places))


def _determined(tokens: Sequence[Token], at: int) -> tuple[str, str | None]:
    """What determines the phrase whose words start at `at`: `definite`, `indefinite` or `bare`, and its possessor."""
    place = at - 1
    while place >= max(0, at - 4):
        token = tokens[place]
        if token.norm in _DEFINITE:
            return "definite", None
        if token.norm in _INDEFINITE:
            return "indefinite", None
        if token.possessive or _plural_possessive(tokens, place):
            back = _run_back(tokens, place if token.kind != "word" else place + 1)
            return "definite", _name(tokens, _from_name(tokens, back)) if back else None
        if not (_adjective(token) or token.text in HYPHENS or token.text == ","):
            break
        place -= 1
    return "bare", None


def _adjective(token: Token) -> bool:
    """Whether a word may stand between a determiner and an amount: `the planned $3 billion plant`."""
    word = token.norm
    return token.kind == "word" and (
        word in words("plain_adjectives") or word in _OTHER or word.endswith(("ed", "ing"))
    )


def _possessive_end(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].possessive or (place + 1 < len(tokens) and _plural_possessive(tokens, place + 1))


def _plural_possessive(tokens: Sequence[Token], place: int) -> bool:
    """The apostrophe of `the workers’`."""
    return (
        tokens[place].text in {"’", "'"}
        and place > 0
        and touches(tokens[place - 1], tokens[place])
        and tokens[place - 1].norm.endswith("s")
        and place + 1 < len(tokens)
        and not touches(tokens[place], tokens[place + 1])
    )


def _after_possessive(tokens: Sequence[Token], place: int) -> int:
    return place + 1 if tokens[place].possessive else place + 2


def _before_parenthesis(tokens: Sequence[Token], end: int) -> int:
    """`end`, or where a short parenthesis that closes there opens: `the Agency (CRA)`."""
    if end >= 3 and tokens[end - 1].text == ")" and tokens[end - 3].text == "(":
        return end - 3
    return end


def _named_by(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word in capitals names: not one that only the sentence's start may write so, nor the letter of `5G`."""
    token = tokens[place]
    if not token.capitalised or (place == 0 and singular(token.norm) in things()):
        return False
    return not (len(token.text) == 1 and place > 0 and touches(tokens[place - 1], token))


def _name(tokens: Sequence[Token], places: Sequence[int]) -> str:
    return " ".join(tokens[p].norm for p in places if tokens[p].kind != "mark")


def _plain(word: str) -> bool:
    """An adjective that tells no thing from another: `new`, `planned`, `long-awaited`."""
    return word in words("plain_adjectives")
