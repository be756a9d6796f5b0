"""Entities: countries in every form, and whatever else the article calls by a name, with the pairs they stand in.

Parties of a bond, `the trust between A and B`, are pairs as well, and one of them may be a common noun: `the club`.
"""

import re
from calendar import day_name, month_name
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.extraction.document import Document, Row
from pipelines.language.content import stem
from pipelines.language.countries import Form, find_countries, name_of
from pipelines.language.lexicons import words
from pipelines.language.names import CONNECTIVES, name_spans
from pipelines.language.tokens import DASHES, HYPHENS, Token, Tokens, tokenise

OPENERS = frozenset({"as", "both", "for", "if", "once", "that", "until", "when", "whether", "while", "with"})
_BEFORE_OPENERS = frozenset({"and", "but", "so", "yet", "now"})
_IN_FRAMES = frozenset({"of", "in", "from"})
PREAMBLE = 5  # tokens of a phrase before the opener: `In the end, for A and B …`
# What makes a sentence an aside: it compares, or gives an example.
_COMPARES = frozenset(
    {"like", "unlike", "such", "similar", "similarly", "elsewhere", "example", "instance", "compared", "contrast"}
)
_AS_THEY_DID = frozenset({"did", "do", "does", "had", "have", "has", "were", "was", "before", "once", "already"})
# Before a pair that is the subject of the clause that closes its sentence: `will show whether A and B can …`.
_CLAUSES = frozenset({"whether", "if", "how", "what", "where", "when", "until", "unless", "once", "why"})
# Before a pair that closes its sentence: `rests with A and B`, `will be decided by A and B`, `the lawyers for A and B`.
_RESTS = frozenset(
    {"belong", "belongs", "decided", "depend", "depends", "determined", "down", "fall", "falls", "hinge", "hinges"}
    | {"left", "lie", "lies", "remain", "remains", "rest", "rests", "settled", "sit", "sits", "spoken", "up", "written"}
)
_LINKS = frozenset({"with", "by", "on", "upon", "to"})
_FRAMED = frozenset({"of", "for"})
# Behind a pair, what does not go on with the sentence: `… for A and B and for those who pay`, `… for A and B alike`.
_GOES_WITH = frozenset({"alike", "together", "themselves"})
_AND_FOR = frozenset({"for", "those", "everybody", "everyone", "all", "their"})
_COPULAS = frozenset({"is", "are", "remains", "remain", "becomes", "become", "be", "stays", "marks", "means"})
# `declined to comment`, `did not return calls`, `could not be reached`.
_REFUSES = frozenset({"declined", "refused", "did", "could", "would", "had", "have", "has", "responded", "replied"})
_COMMENTS = frozenset({"comment", "comments", "commented", "respond", "responded", "reply", "replied", "reached"})
REFUSAL = 6  # words in which that is told
# What sums up and looks ahead, as last sentences do, and what tells of something else instead.
_SUMS_UP = _RESTS | {"ahead", "choice", "decide", "decides", "fate", "final", "future", "hands", "last", "next", "now"}
_TELLS_MORE = frozenset(
    {"also", "another", "did", "had", "has", "have", "other", "others", "too", "was", "were", "which", "who", "whose"}
)
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_CALENDAR = frozenset(name.casefold() for name in (*day_name, *month_name))
LONGEST_SENTENCE = 200  # tokens; a longer one is no sentence that anybody wrote
LONGEST_OPENING = PREAMBLE + 8  # tokens before a pair that opens its sentence
CLOSING = 2 / 3  # of the article’s sentences: what follows closes it
BOND_REACH = 4  # tokens from the bond to `between`: `cooperation on fisheries between`
PARTY = 7  # tokens: `the northern city’s police and fire services`


class _Mention(NamedTuple):
    """`tokens[first:last]` of a sentence. `whole`: no longer name holds it."""

    first: int
    last: int
    key: str
    kind: str
    form: Form
    whole: bool


class _Pair(NamedTuple):
    """Two mentions that are joined, and the word before them where they open the sentence, or close one that sums up.

    Of the words, None stands for neither.
    """

    left: _Mention
    right: _Mention
    opener: str | None
    closer: str | None = None


def extract(document: Document) -> list[Row]:
    """Rows of the table `entities`, in order of place."""
    counts = _counts(document)
    first_paragraph = next((s.block for s in document.prose if s.kind == "paragraph"), 0)
    closing = CLOSING * len(document.prose)
    last_paragraph = max((s.block for s in document.prose if s.kind == "paragraph"), default=0)
    rows: list[Row] = []
    pairs = 0
    for place, sentence in enumerate(document.prose):
        mentions = _mentions(sentence.tokens, counts)
        paired: dict[_Mention, tuple[int, str | None, str | None]] = {}
        last = sentence.block == last_paragraph
        bonds = list(_bonds(sentence.tokens, mentions, last=last))
        mentions = _with_parties(mentions, bonds)
        for pair in (*bonds, *_pairs(sentence.tokens, mentions, last=last)):
            if pair.left in paired or pair.right in paired:
                continue
            paired[pair.left] = paired[pair.right] = pairs, pair.opener, pair.closer
            pairs += 1
        part = "opening" if sentence.block <= first_paragraph else "closing" if place >= closing else "middle"
        for mention in mentions:
            start, end = sentence.tokens[mention.first].start, _end(sentence.tokens[mention.last - 1])
            pair_number, opener, closer = paired.get(mention, (None, None, None))
            rows.append(
                document.row(
                    start,
                    end,
                    name=name_of(mention.key) if mention.kind == "country" else document.text[start:end],
                    key=mention.key,
                    kind=mention.kind,
                    form=mention.form,
                    mentions=_times(sentence.tokens, mention, counts),
                    sentence=place,
                    part=part,
                    pair=pair_number,
                    opener=opener,
                    closer=closer,
                    quoted=document.quoted(start, end),
                )
            )
    return rows


class _Counts(NamedTuple):
    """How often the article mentions countries, by code, words, and words in capitals; `inner` open no sentence."""

    countries: Counter[str]
    words: Counter[str]
    capitalised: Counter[str]
    inner: frozenset[str]


def _counts(document: Document) -> _Counts:
    """Counts over all of the article, its furniture and front matter included."""
    runs = [sentence.tokens for sentence in document.sentences]
    runs += [Tokens(tokenise(document.text, b.start, b.end)) for _, b in document.blocks("furniture", "matter")]
    return _Counts(
        Counter(mention.code for tokens in runs for mention in find_countries(tokens)),
        Counter([token.norm for tokens in runs for token in tokens]),
        Counter([token.norm for tokens in runs for token in tokens if token.capitalised]),
        frozenset(token.norm for tokens in runs for token in tokens[1:] if token.capitalised),
    )


def _times(tokens: Sequence[Token], mention: _Mention, counts: _Counts) -> int:
    if mention.kind == "country":
        return counts.countries[mention.key]
    if mention.kind == "common":
        return counts.words[mention.key]
    named = [token.norm for token in tokens[mention.first : mention.last] if token.capitalised]
    # `Society` is no name of one society, nor is `Board` where the article speaks of a board.
    own = [word for word in named if word not in words("institution_words")]
    return max(counts.capitalised[word] for word in own or named)


def _mentions(tokens: Sequence[Token], counts: _Counts) -> list[_Mention]:
    """The countries of a sentence, and the other names, in order."""
    spans = list(name_spans(tokens))
    name_at = {at: span for span in spans for at in range(*span)}
    found: list[_Mention] = []
    taken: set[int] = set()
    for first, last, code, form in find_countries(tokens):
        whole = name_at.get(first, (first,))[0] == first and name_at.get(last - 1, (last,))[-1] == last
        if not whole and form in {"capital", "place"}:
            continue  # `Victoria Hospital`, `Paris Saint-Germain`: named after it, if at all
        taken.update(range(first, last))
        found.append(_Mention(first, last, code, "country", form, whole))
    for first, last in spans:
        if taken.isdisjoint(range(first, last)) and _is_name(tokens, first, last, counts):
            key = " ".join(token.norm for token in tokens[first:last])
            found.append(_Mention(first, last, key, "name", "name", whole=True))
    return sorted(found)


def _is_name(tokens: Sequence[Token], first: int, last: int, counts: _Counts) -> bool:
    """Not a day or month, nor a word that is in capitals only because it opens its sentence."""
    if last - first > 1:
        return True
    norm = tokens[first].norm
    return norm not in _CALENDAR and (first > 0 or norm in counts.inner)


def _pairs(tokens: Sequence[Token], mentions: Sequence[_Mention], *, last: bool) -> Iterator[_Pair]:
    """Neighbours of one kind that `and` or a hyphen joins, no longer list among them, each in one pair."""
    starts = {mention.first for mention in mentions}
    ends = {mention.last for mention in mentions}
    used = -1
    for left, right in pairwise(mentions):
        if left.first < used or not (left.whole and right.whole) or _class(left) != _class(right):
            continue
        joint, frame = tokens[left.last : right.first], _frame(tokens, left.first)
        hyphen = len(joint) == 1 and (joint[0].text in HYPHENS or joint[0].text in DASHES)
        if not hyphen and not _and_joins(joint, frame):
            continue
        begin = left.first - len(frame) if len(joint) > 1 else left.first
        if (begin - 1 in ends and tokens[begin - 1].text == ",") or _goes_on(tokens, right.last, starts):
            continue
        used = right.last
        opener = None if hyphen else _opener(tokens, begin, right.last)
        closer = _closer(tokens, begin, right.last, last=last) if not hyphen and opener is None else None
        if last and not hyphen and _no_comment(tokens, right.last):
            opener, closer = None, "comment"
        yield _Pair(left, right, opener, closer)


def _bonds(tokens: Sequence[Token], mentions: Sequence[_Mention], *, last: bool) -> Iterator[_Pair]:
    """The two parties of each bond that the sentence sees grow: `would deepen the trust between the club and Peru`.

    The last paragraph speaks of `the friendship of A and B` as known, whatever becomes of it.
    """
    if len(tokens) > LONGEST_SENTENCE:
        return
    for at, token in enumerate(tokens):
        if (
            token.norm not in {"between", "of"}
            or not (bond := _bond_before(tokens, at, last=last))
            or _is_aside(tokens)
        ):
            continue
        joint = next((n for n in range(at + 2, min(at + PARTY + 2, len(tokens))) if tokens[n].norm == "and"), None)
        if joint is None:
            continue
        left = _party(tokens, at + 1, joint, mentions)
        right = _party(tokens, joint + 1, _phrase_end(tokens, joint + 1), mentions)
        if not left or not right or _goes_on(tokens, right.last, {mention.first for mention in mentions}):
            continue
        parties = {left.kind, right.kind}
        # A new partner may be brought in by a bond that is new as well: `cooperation between the zoo and Brekke`.
        known = any(token.norm == "the" for token in tokens[max(0, bond - 2) : bond])
        if "country" in parties or ("name" in parties and known):
            yield _Pair(left, right, "between")


def _bond_before(tokens: Sequence[Token], between: int, *, last: bool) -> int | None:
    """Where the bond stands that `between` tells the parties of, if what comes before says that it grows.

    In the last paragraph it is enough that the bond is known: `the friendship of`.
    """
    if tokens[between].norm == "of":
        known = between > 1 and tokens[between - 1].norm in words("bonds") and tokens[between - 2].norm == "the"
        return between - 1 if last and known else None
    for at in range(between - 1, max(0, between - BOND_REACH) - 1, -1):
        if tokens[at].kind == "mark" and tokens[at].text not in HYPHENS:
            return None
        hyphened = at > 1 and tokens[at].norm == "operation" and tokens[at - 1].text in HYPHENS  # `co-operation`
        if tokens[at].norm in words("bonds") or hyphened:
            start = at - 2 if hyphened else at
            known = last and at == between - 1 and start > 0 and tokens[start - 1].norm == "the"
            return start if known or any(stem(token.norm) in _fostering() for token in tokens[:start]) else None
    return None


@cache
def _fostering() -> frozenset[str]:
    return frozenset(stem(verb) for verb in words("fostering_verbs"))


def _phrase_end(tokens: Sequence[Token], first: int) -> int:
    """Where the noun phrase ends that begins at `first`: before a mark, or a word of grammar that is no determiner."""
    end = first + 1
    while end < min(first + PARTY, len(tokens)) and tokens[end].kind == "word":
        if tokens[end].norm in words("closed_class"):
            break
        end += 1
    return end


def _party(tokens: Sequence[Token], first: int, last: int, mentions: Sequence[_Mention]) -> _Mention | None:
    """The party that the noun phrase `tokens[first:last]` names, with its article: one name, or a common noun."""
    head = first + 1 if tokens[first].norm in words("determiners") else first
    if head >= last or (last < len(tokens) and tokens[last].norm in CONNECTIVES - {"and", "in", "on", "for"}):
        return None
    inside = [mention for mention in mentions if mention.last > first and mention.first < last]
    common = inside[0].last if inside else head
    if not all(token.kind == "word" and token.text.islower() for token in tokens[common:last]):
        return None
    if not inside:
        return _Mention(first, last, tokens[last - 1].norm, "common", "name", whole=True)
    [party, *others] = inside
    named = common == last or party.kind == "country" or tokens[common - 1].possessive
    return party._replace(first=first, last=last) if party.first == head and not others and named else None


def _with_parties(mentions: Sequence[_Mention], bonds: Sequence[_Pair]) -> list[_Mention]:
    """The mentions in order, those that are parties of a bond as wide as the party."""
    parties = [party for bond in bonds for party in (bond.left, bond.right)]
    return sorted(
        [*parties, *(m for m in mentions if not any(p.first <= m.first and m.last <= p.last for p in parties))]
    )


def _class(mention: _Mention) -> str:
    """What can stand in whose place: country and country, town and town, name and name."""
    return "town" if mention.form in {"capital", "place"} else f"{mention.kind} {mention.form}"


def _frame(tokens: Sequence[Token], first: int) -> Sequence[Token]:
    """The `the farmers of` before a name; empty where nothing of the kind stands there."""
    before = tokens[max(0, first - 3) : first]
    framed = len(before) == 3 and before[0].norm == "the" and before[1].text.islower() and before[2].norm in _IN_FRAMES
    return before if framed else ()


def _and_joins(joint: Sequence[Token], frame: Sequence[Token]) -> bool:
    """`A and B`, `neither A nor B`, `the farmers of A and the millers of B`."""
    if not joint or joint[0].norm not in {"and", "nor"}:
        return False
    return len(joint) == 1 or (
        bool(frame) and len(joint) == 4 and joint[3].norm == frame[2].norm and joint[1].norm == "the"
    )


def _goes_on(tokens: Sequence[Token], after: int, starts: set[int]) -> bool:
    """Whether the list goes on after the pair."""
    return after < len(tokens) and tokens[after].norm in {",", "and", "or"} and after + 1 in starts


def _opener(tokens: Sequence[Token], begin: int, after: int) -> str | None:
    """The word that opens the sentence before the pair; empty where the pair opens it, None where neither does."""
    if begin > LONGEST_OPENING or _is_aside(tokens):
        return None
    comma = next((at + 1 for at in range(min(begin, PREAMBLE + 1)) if tokens[at].text == ","), 0)
    before = [token.norm for token in tokens[comma:begin]]
    while before and before[0] in _BEFORE_OPENERS:
        before.pop(0)
    if not before:
        return ""
    compared = before == ["as"] and after < len(tokens) and tokens[after].norm in _AS_THEY_DID
    return before[0] if len(before) == 1 and before[0] in OPENERS and not compared else None


def _closer(tokens: Sequence[Token], begin: int, after: int, *, last: bool) -> str | None:
    """The word before a pair that closes a sentence which sums up, or is the subject of its last clause.

    In the last paragraph also that of a pair to whom something matters: `is a question for A and B`.
    """
    if begin == 0 or len(tokens) > LONGEST_SENTENCE:
        return None
    if _is_aside(tokens) or any(token.kind == "number" for token in tokens):
        return None
    norms = [token.norm for token in tokens]
    begin -= norms[begin - 1] == "both" and begin > 1
    told, following = norms[begin - 1], norms[after] if after < len(norms) else ""
    if told in _CLAUSES and following in words("auxiliaries"):
        return told
    if told == "without" and following.endswith("ing"):
        return told
    if not _closes(tokens, after):
        return None
    rests = begin > 1 and told in _LINKS and norms[begin - 2] in _RESTS
    framed = begin > 2 and told in _FRAMED and norms[begin - 3] == "the"
    sums_up = not _SUMS_UP.isdisjoint(norms) and _TELLS_MORE.isdisjoint(norms)
    matters = last and told == "for" and norms[begin - 2] in words("stakes") and not _COPULAS.isdisjoint(norms[:begin])
    return told if matters or (sums_up and (rests or framed)) else None


def _no_comment(tokens: Sequence[Token], after: int) -> bool:
    """Whether those before a place are said to keep silent, as only parties to the story are asked to break it."""
    norms = [token.norm for token in tokens[after : after + REFUSAL]]
    return bool(norms) and norms[0] in _REFUSES and not _COMMENTS.isdisjoint(norms)


def _closes(tokens: Sequence[Token], after: int) -> bool:
    """Whether nothing follows a pair that is told of it: nothing at all, `alike`, `and for those who …`."""
    following = [token.norm for token in tokens[after : after + 2]]
    if following and (following[0] in _GOES_WITH or (following[0] == "and" and following[-1] in _AND_FOR)):
        return True
    return not any(token.kind == "word" for token in tokens[after:])


def _is_aside(tokens: Sequence[Token]) -> bool:
    """Whether the sentence compares, gives an example, or tells by a year what went before."""
    return any(token.norm in _COMPARES or _YEAR.fullmatch(token.text) for token in tokens)


def _end(token: Token) -> int:
    """Where the word ends, without a possessive ending."""
    return token.end - 2 if token.possessive else token.end
