"""Who holds which post: a title beside a name, in the forms that news copy gives it.

Before the name (`Energy Minister Ana Reis`), in apposition on either side (`Ana Reis, the energy minister,`;
`the energy minister, Ana Reis,`), and by a copula (`Its chief executive is Ana Reis`; `Ana Reis was named chair`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.extraction.document import Sentence
from pipelines.language.dates import WEEKDAYS
from pipelines.language.lexicons import mapping, words
from pipelines.language.names import PARTICLES, name_spans
from pipelines.language.titles import COURTESY, Post, find_posts
from pipelines.language.tokens import DASHES, HYPHENS, Token

NAME_WORDS = 6
REACH = 12

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "this"})
_ADJECTIVES = frozenset(
    {
        "chief", "country", "current", "federal", "first", "high", "local", "long", "longtime", "national",
        "powerful", "provincial", "regional", "senior", "serving", "standing", "state", "time", "top", "veteran",
    }
)  # fmt: skip
_HOLDS = frozenset(
    {"is", "are", "has", "been", "remains", "serves", "serving", "as", "currently", "now", "still", "who"}
)
_HELD = frozenset({"was", "were", "had", "served", "once", "previously", "formerly", "used"})
_BECOMES = frozenset(
    {
        "appointed", "became", "become", "becomes", "becoming", "be", "chosen", "confirmed", "elected", "elevated",
        "from", "in", "made", "named", "nominated", "oath", "office", "picked", "promoted", "reappointed", "sworn",
        "takes", "to", "took", "will",
    }
)  # fmt: skip
_BESIDE = frozenset({"also", "both", "concurrently", "doubles", "simultaneously"})
_SPEECH = frozenset({"said", "says", "told"})
_JOINTS = frozenset({"and", "&", "well", "also", "concurrently"})
_ENDED = frozenset({"until", "till", "between", "during", "under", "before"})
_COPULAS = frozenset({"is", "are", "was", "were", "has", "had", "will", "be", "remains", "became", "becomes"})
_OPENS_NOTHING = frozenset({"as", "both", "from", "in", "oath", "office", "once", "to", "who"})
_VERBS = (_HOLDS | _HELD | _BECOMES | _BESIDE) - _OPENS_NOTHING
_PASSABLE = _DETERMINERS | _ADJECTIVES | _HOLDS | _HELD | _BECOMES | _BESIDE
_CLOSERS = frozenset(',.;:)!?”"') | DASHES
_GOES_ON = frozenset({"who", "since"})
_NO_NAME = frozenset(day.casefold() for day in WEEKDAYS)
_BODIES = words("generic_bodies") | words("separate_bodies")

Place = tuple[int, int]


class Holding(NamedTuple):
    """A name, and what the sentence says that the person is. Places are of tokens, first and one past the last.

    `whole` holds title and name as written, `organisation` is the place of the words for what the post is of.
    """

    name: Place
    whole: Place
    post: Post | None
    role: str
    organisation: Place | None = None


class Reading:
    """The posts and the capitalised names of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.tokens: Sequence[Token] = sentence.tokens
        self.posts = find_posts(self.tokens)
        self.names = list(_names(self.tokens, self.posts))
        self._post_starts = [post.first for post in self.posts]
        self._starts: Mapping[int, Place] = {name[0]: name for name in self.names}
        self._ends: Mapping[int, Place] = {name[1]: name for name in self.names}

    def holdings(self) -> Iterator[Holding]:
        """Every title that the sentence gives to a name, in order of the titles."""
        for number, post in enumerate(self.posts):
            if self.tokens[post.last - 1].possessive:
                continue
            if name := self._name_from(self._after_titles(number)):
                if _is_title(self.tokens[post.first], post):
                    yield self._before_name(number, post, name)
            elif post.track != COURTESY:
                yield from self._beside_name(number, post)

    def _before_name(self, number: int, post: Post, name: Place) -> Holding:
        first, role = post.first, self._role_before(post.first)
        organisation = self._possessor(post) if post.track == "body" else None
        if number and self.tokens[post.first - 1].norm in {"and", "&"}:
            other = self.posts[number - 1]
            if other.last == post.first - 1 and other.track == post.track:
                first, role = other.first, "joint"
        return Holding(name, (first, name[1]), post, role, organisation)

    def _beside_name(self, number: int, post: Post) -> Iterator[Holding]:
        """A post in apposition to a name, or said of it."""
        of = self._of(post)
        organisation = of or self._possessor(post)
        post = self._of_what(post, organisation)
        if post.track != "body":
            organisation = None
        end = of[1] if of else post.last
        before = self._subject(post)
        if before and self.tokens[before[1]].text == "," and not self._closes(end):
            before = None
        after = self._named(post, end)
        if before and after and self.tokens[before[1]].text == ",":
            if before[1] - before[0] > 1:
                return  # `Ana Reis, the minister, Ivo Lund,`: it may be either's
            before = None  # `In Lusaka, the minister, Ivo Lund,`
        joint = self._joined(number, end)
        if before:
            role = self._said_role(before[1], post, end)
            yield Holding(before, (before[0], end), post, "joint" if joint and role == "holds" else role, organisation)
        elif after:
            role = self._role_before(post.first)
            if self.tokens[after[0] - 1].norm == "was":
                role = "former"
            yield Holding(
                after, (post.first, after[1]), post, "joint" if joint and role == "holds" else role, organisation
            )

    def _of_what(self, post: Post, organisation: Place | None) -> Post:
        """A president apart from a name is a state's, a firm's or a union's: only the words for the body can tell."""
        if post.key.removeprefix("deputy ").removeprefix("vice ") != "president":
            return post
        said = {token.norm for token in self.tokens[slice(*organisation)]} if organisation else set()
        if post.key == "president" and said & _BODIES:
            return post._replace(track="body", rungs=frozenset({"president", "chair", "chief-executive"}))
        return post._replace(track=None)

    def _after_titles(self, number: int) -> int:
        """Where a name can start after a title and a form of address: `General Sir John Reis`."""
        at = self._after_title(self.posts[number])
        following = self.posts[number + 1] if number + 1 < len(self.posts) else None
        return (
            self._after_title(following) if following and following.first == at and following.track == COURTESY else at
        )

    def _after_title(self, post: Post) -> int:
        """Where a name can start after a title: past the point of an abbreviation and `(retd)`."""
        at = post.last
        if (
            at < len(self.tokens)
            and self.tokens[at].text == "."
            and self.tokens[at - 1].norm in mapping("title_abbreviations")
        ):
            at += 1
        if (
            at + 1 < len(self.tokens)
            and self.tokens[at].text == "("
            and self.tokens[at + 1].norm in {"retd", "ret", "retired"}
        ):
            at += 2
            while at < len(self.tokens) and self.tokens[at].text in {".", ")"}:
                at += 1
        return at

    def _name_from(self, at: int) -> Place | None:
        """The name that starts at `at`, or after particles there: `President al-Hadi`."""
        start = at
        while (
            at < len(self.tokens)
            and at < start + 3
            and (self.tokens[at].norm in PARTICLES or self.tokens[at].text in HYPHENS)
        ):
            if at in self._starts:
                break
            at += 1
        name = self._starts.get(at)
        return (start, name[1]) if name else None

    def _role_before(self, first: int) -> str:
        """How a title is held, by the words right before it."""
        roles = mapping("post_roles")
        for at in range(first - 1, max(-1, first - 6), -1):
            token = self.tokens[at]
            if token.norm in roles and not (token.norm == "then" and at == 0 and first == 1):
                return roles[token.norm]
            if token.text in HYPHENS or token.capitalised or token.norm in _ADJECTIVES or token.possessive:
                continue
            break
        return "holds"

    def _subject(self, post: Post) -> Place | None:
        """The name before a post that the words between them tie to it: `Ana Reis, who has been chair`."""
        floor = max(0, post.first - REACH)
        for at in range(post.first - 1, floor - 1, -1):
            token = self.tokens[at]
            name = self._ends.get(at + 1)
            if name and not token.possessive and at + 1 < post.first and self._ties(at + 1, post.first):
                return name
            if not (self._passes(token) or token.text == "," or token.text in HYPHENS or token.kind == "number"):
                return None
        return None

    def _closes(self, end: int) -> bool:
        """Whether an apposition can end at `end`."""
        if end >= len(self.tokens) or self.tokens[end].text in _CLOSERS or self.tokens[end].norm in _GOES_ON | _ENDED:
            return True
        return self.tokens[end].norm in {"and", "as"} and self._post_near(end)

    def _post_near(self, at: int) -> bool:
        place = bisect_right(self._post_starts, at)
        return place < len(self.posts) and self.posts[place].first <= at + 4

    def _passes(self, token: Token) -> bool:
        return token.possessive or token.capitalised or token.norm in _PASSABLE or token.norm in mapping("post_roles")

    def _ties(self, start: int, end: int) -> bool:
        """Whether `start:end` opens as an apposition or a copula does, and holds no other comma than after an age."""
        if self.tokens[start].text != ",":
            commas = any(self.tokens[at].text == "," for at in range(start, end))
            return self.tokens[start].norm in _VERBS and not commas
        inner = range(start + 1, end)
        aside = all(self.tokens[at].text != "," or self.tokens[at - 1].kind == "number" for at in inner)
        return aside and self.tokens[start + 1].norm not in _COPULAS

    def _said_role(self, start: int, post: Post, end: int) -> str:
        """How a post is held, by the words between the name and it and those that follow."""
        between = [token.norm for token in self.tokens[start : post.first]]
        roles = [mapping("post_roles")[word] for word in between if word in mapping("post_roles")]
        if roles:
            return roles[0]
        if set(between) & (_BECOMES - {"in", "to", "from", "be"}):
            return "becomes"
        if set(between) & _HELD or (end < len(self.tokens) and self.tokens[end].norm in _ENDED):
            return "former"
        return "joint" if set(between) & _BESIDE else "holds"

    def _named(self, post: Post, end: int) -> Place | None:
        """The name that follows a definite post: `the minister, Ana Reis, said`; `its chair is Ana Reis`."""
        if end + 1 >= len(self.tokens) or not self._definite(post):
            return None
        link, name = self.tokens[end], self._name_from(end + 1)
        if name is None or name[1] - name[0] < 2:
            return None
        if link.norm in {"is", "remains", "was"}:
            return name
        if link.text != ",":
            return None
        if name[1] >= len(self.tokens):
            return name
        following = self.tokens[name[1]]
        ends = following.text in _CLOSERS or (
            following.kind == "word" and following.text.islower() and following.norm not in {"and", "or"}
        )
        return name if ends else None

    def _definite(self, post: Post) -> bool:
        """Whether a determiner or a possessor stands before the post, and no name and comma before that."""
        for at in range(post.first - 1, max(-1, post.first - 7), -1):
            token = self.tokens[at]
            if token.norm in _DETERMINERS or token.possessive:
                return True
            if not (
                token.capitalised
                or token.text in HYPHENS
                or token.norm in _ADJECTIVES
                or token.norm in mapping("post_roles")
            ):
                return False
        return self.tokens[post.first].capitalised

    def _joined(self, number: int, end: int) -> bool:
        """Whether another post is joined to this one: `chair and chief executive`, `chair as well as treasurer`."""
        post = self.posts[number]
        for other in self.posts[max(0, number - 1) : number + 2]:
            if other is post or other.track != post.track:
                continue
            gap = self.tokens[end : other.first] if other.first >= end else self.tokens[other.last : post.first]
            apart = any(token.capitalised and not token.possessive for token in gap)  # another's name between
            if len(gap) <= REACH and not apart and not _JOINTS.isdisjoint(token.norm for token in gap):
                return True
        return False

    def _of(self, post: Post) -> Place | None:
        """What a post is of, by the words after it: `chair of the dockers’ union`."""
        at = post.last
        if at + 1 >= len(self.tokens) or self.tokens[at].norm not in {"of", "at", "for"}:
            return None
        first = at + 1
        while first < len(self.tokens) and self.tokens[first].norm in _DETERMINERS:
            first += 1
        end = first
        while end < len(self.tokens) and end < first + REACH and self._in_body_name(end):
            end += 1
        while end > first and not (
            self.tokens[end - 1].kind == "word" and self.tokens[end - 1].norm not in words("closed_class")
        ):
            end -= 1
        return (first, end) if end > first else None

    def _in_body_name(self, at: int) -> bool:
        token = self.tokens[at]
        if token.kind == "mark":
            return token.text in HYPHENS or token.text in "&’'"
        if token.norm in {"of", "for", "and", "the"}:
            return at + 1 < len(self.tokens) and self.tokens[at + 1].capitalised
        if token.text.islower() and self.tokens[at - 1].capitalised and not self.tokens[at - 1].possessive:
            return False  # the name is over: `chief executive of Banco Sol resigned`
        return token.norm not in words("closed_class") and token.norm not in _SPEECH

    def _possessor(self, post: Post) -> Place | None:
        """What a post is of, by the words before it: `the union’s president`, `Acme chief executive`."""
        at = post.first
        while (
            at > 0 and post.first - at < 5 and (self.tokens[at - 1].capitalised or self.tokens[at - 1].text in HYPHENS)
        ):
            at -= 1
        while at < post.first and self.tokens[at].norm in words("closed_class"):
            at += 1
        if at < post.first:
            return at, post.first
        if at and self.tokens[at - 1].possessive:
            return at - 1, post.first
        return None


def _is_title(token: Token, post: Post) -> bool:
    """A rank in lower case before a capital is no title: `in general Europe …`."""
    return token.capitalised or post.track != "forces" or " " in post.key


def _names(tokens: Sequence[Token], posts: Sequence[Post]) -> Iterator[Place]:
    """Runs of capitalised words that can be a person's name, cut where a title or a weekday stands."""
    taken = {at for post in posts for at in range(post.first, post.last)}
    for first, last in name_spans(tokens):
        start = first
        for at in range(first, last + 1):
            if at == last or at in taken or tokens[at].norm in _NO_NAME:
                if at > start and _can_be_person(tokens[start:at]):
                    yield start, at
                start = at + 1


def _can_be_person(tokens: Sequence[Token]) -> bool:
    written = [token for token in tokens if token.kind == "word"]
    return (
        0 < len(written) <= NAME_WORDS
        and tokens[0].kind == "word"
        and not any(len(token.text) > 1 and token.text.isupper() for token in written)
        and not any(token.norm in words("institution_words") for token in written)
    )
