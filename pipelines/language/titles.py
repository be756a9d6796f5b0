"""Titles of people: military and police ranks, offices, posts and forms of address, found by look-up in a lexicon.

A title is compared as a `Post`: the ladder it stands on (`track`), the rungs of it that the title can mean, and the
fields that narrow it (what a ministry is of). A vague title has many rungs, an exact one has one: `General` can be a
lieutenant general, `Lieutenant General` cannot be a colonel.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipelines.language.lexicons import mapping, table
from pipelines.language.tokens import HYPHENS, Token

COURTESY = "courtesy"
MINISTER = "minister"
BODY = "body"
# Ladders of posts that are of a body or a place: one person can have posts in two.
OF_BODIES = frozenset(
    {BODY, "chief", "coach", "commission", "director", "economist", "editor", "governor"}
) | frozenset({"leader", "mayor", "nurse", "team"})
# The officers of a body that are called as those of a state are.
PRESIDENTS = {
    "president": frozenset({"president", "chair", "chief-executive"}),
    "vice president": frozenset({"deputy president", "deputy chair"}),
    "first vice president": frozenset({"deputy president", "deputy chair"}),
    "deputy president": frozenset({"deputy president", "deputy chair"}),
}
_HEADS = frozenset({"minister", "secretary"})
_DEPUTIES = {
    "deputy": "deputy",
    "vice": "deputy",
    "assistant": "assistant",
    "associate": "associate",
    "additional": "additional",
}
_AND = frozenset({"and", "&"})
_LONGEST = 6


class Post(NamedTuple):
    """A title as found: places of its first token and one past its last, normalised words, and what it is compared by.

    `track` is None where the title contradicts no other. Where one word is a rung of several ladders (a sergeant is a
    soldier or a police officer) it holds them all, joined by `|`, the usual one first.
    """

    first: int
    last: int
    key: str
    track: str | None
    rungs: frozenset[str]
    fields: frozenset[str] = frozenset()

    @property
    def tracks(self) -> frozenset[str]:
        """The ladders that the title may be on."""
        return frozenset(self.track.split("|")) if self.track else frozenset()

    def fits(self, other: "Post") -> bool:
        """Whether the two can be one post."""
        fields = not self.fields or not other.fields or self.fields & other.fields
        return bool(self.tracks & other.tracks and self.rungs & other.rungs and fields)


def find_posts(tokens: Sequence[Token]) -> list[Post]:
    """The titles among the tokens of one sentence, in order, none inside another (the longest wins)."""
    found: list[Post] = []
    after = 0
    openings = _openings()
    for at in [at for at, token in enumerate(tokens) if token.norm in openings and token.kind == "word"]:
        if at < after:
            continue
        before = found[-1] if found else None
        floor = before.last if before else 0
        if before and before.last == at and all(_is_field(token) for token in tokens[before.first : at]):
            floor = before.first  # `Justice` in `Justice Minister` is a field, not a title
        post = _post_at(tokens, at, floor)
        if post:
            if before and post.first < before.last:
                found.pop()
            found.append(post)
        after = post.last if post else 0
    return found


@cache
def _lexicon() -> dict[tuple[str, ...], tuple[str, frozenset[str]]]:
    """Track and rungs by the title's words."""
    return {
        tuple(row["title"].replace("’", "'").split()): (row["track"], frozenset(row["rungs"].split()) - {"-"})
        for row in table("titles")
    }


@cache
def _openings() -> frozenset[str]:
    """Every word that a title begins with, abbreviations among them."""
    abbreviated = mapping("title_abbreviations")
    first = {words[0] for words in _lexicon()}
    return frozenset(word for word in first | abbreviated.keys() if abbreviated.get(word, word) in first)


def _post_at(tokens: Sequence[Token], at: int, floor: int) -> Post | None:
    """The longest title that starts at `at`, with the portfolio and the deputy's word that stand around it."""
    titles = _lexicon()
    words: list[str] = []
    longest: tuple[int, tuple[str, ...]] | None = None
    place = at
    while place < len(tokens) and len(words) < _LONGEST:
        token = tokens[place]
        if token.kind == "word":
            words.append(_word(token))
            if tuple(words) in titles:
                longest = place + 1, tuple(words)
            if token.possessive:
                break
        elif not (
            token.text in HYPHENS or (token.text == "." and tokens[place - 1].norm in mapping("title_abbreviations"))
        ):
            break
        place += 1
    if longest is None:
        return None
    end, key = longest
    track, rungs = titles[key]
    post = Post(at, end, " ".join(key), None if track == "-" else track, rungs)
    if post.track == MINISTER:
        post = _with_portfolio(tokens, post, floor)
    return _deputy(tokens, post, floor)


def _is_field(token: Token) -> bool:
    return token.norm in mapping("portfolios")


def _word(token: Token) -> str:
    return mapping("title_abbreviations").get(token.norm, token.norm) if token.kind == "word" else ""


def _with_portfolio(tokens: Sequence[Token], post: Post, floor: int) -> Post:
    """`Energy and Mines Minister`, `secretary of state for health`; a secretary of nothing is no minister."""
    first, last = post.first, post.last
    if post.key.split()[-1] in _HEADS:
        first = _portfolio_before(tokens, first, floor)
    if last < len(tokens) and tokens[last].norm in {"of", "for"} and not tokens[last - 1].possessive:
        last = _portfolio_after(tokens, last)
    portfolios = mapping("portfolios")
    words = [tokens[at].norm for at in (*range(first, post.first), *range(post.last, last))]
    fields = frozenset(field for word in words for field in portfolios.get(word, "").split()) - {"-"}
    if not fields:
        return post._replace(track=None) if post.key == "secretary" else post
    key = " ".join(tokens[at].norm for at in range(first, last) if tokens[at].kind == "word")
    exact = frozenset({MINISTER}) if post.key == MINISTER else post.rungs
    return post._replace(first=first, last=last, key=key, rungs=exact, fields=fields)


def _portfolio_before(tokens: Sequence[Token], first: int, floor: int) -> int:
    portfolios, at = mapping("portfolios"), first
    while at > floor:
        before = tokens[at - 1]
        if before.norm in portfolios and not before.possessive:
            at -= 1
        elif before.norm in _AND and at < first and at - 2 >= floor and tokens[at - 2].norm in portfolios:
            at -= 2
        else:
            break
    return at


def _portfolio_after(tokens: Sequence[Token], last: int) -> int:
    """One past the portfolio that follows `of` or `for` at `last`; `last` where none does."""
    portfolios, end, at = mapping("portfolios"), last, last + 1
    while at < len(tokens) and at - end <= 2:
        if tokens[at].norm in portfolios:
            end = at + 1
            if tokens[at].possessive:
                break
        elif tokens[at].text != "," and tokens[at].norm not in {"and", "&", "the", "of"}:
            break
        at += 1
    return end


def _deputy(tokens: Sequence[Token], post: Post, floor: int) -> Post:
    """The deputy of a post: a rung of its own beside the post itself; a deputy is no assistant.

    Ministries alone are translated with either word.
    """
    at = post.first - 1
    for _ in range(2):  # `Deputy Assistant Commissioner`
        if at >= floor and tokens[at].text in HYPHENS:
            at -= 1
        if at < floor or tokens[at].norm not in _DEPUTIES:
            break
        under = _DEPUTIES[tokens[at].norm]
        rungs = {"deputy"} if post.track == MINISTER else {f"{under} {rung}" for rung in post.rungs}
        post = post._replace(first=at, key=f"{tokens[at].norm} {post.key}", rungs=frozenset(rungs))
        at -= 1
    return post
