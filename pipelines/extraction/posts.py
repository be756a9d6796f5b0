"""Who holds which post: a title beside a name, in the forms that news copy gives it.

Before the name (`Energy Minister Ana Reis`, `Mayor of London Ana Reis`), in apposition on either side (`Ana Reis, the
energy minister,`; `the energy minister, Ana Reis,`), by a copula (`Its chief executive is Ana Reis`; `Ana Reis was
named chair`), and by a verb (`Ana Reis, who chairs the board`; `Ana Reis signed it as energy minister`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.language.countries import find_countries
from pipelines.language.dates import WEEKDAYS
from pipelines.language.lexicons import mapping, words
from pipelines.language.names import PARTICLES, name_spans
from pipelines.language.persons import GENERATIONS
from pipelines.language.titles import BODY, COURTESY, OF_BODIES, PRESIDENTS, Post, find_posts
from pipelines.language.tokens import DASHES, HYPHENS, Token, Tokens

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
_THEN = _ENDED | {"ago", "earlier", "in", "last", "previous", "then", "when"}
_COPULAS = frozenset({"is", "are", "was", "were", "has", "had", "will", "be", "remains", "became", "becomes"})
_OPENS_NOTHING = frozenset({"as", "both", "from", "in", "oath", "office", "once", "to", "who"})
_VERBS = (_HOLDS | _HELD | _BECOMES | _BESIDE) - _OPENS_NOTHING
_PASSABLE = _DETERMINERS | _ADJECTIVES | _HOLDS | _HELD | _BECOMES | _BESIDE
_CLOSERS = frozenset(',.;:()!?”"') | DASHES
_OPENERS = frozenset("“‘\"':")
_GOES_ON = frozenset({"who", "since"})
_NO_NAME = frozenset(day.casefold() for day in WEEKDAYS)
_BODIES = words("generic_bodies") | words("separate_bodies")
_OF_STATES = frozenset({"assembly", "congress", "court", "government", "parliament", "republic", "senate", "state"})
_PRESIDES = _BODIES | (words("institution_words") - _OF_STATES)
_OFFICERS = PRESIDENTS | {"secretary": frozenset({"secretary", "general-secretary"})}
_NATIONAL = frozenset({"name", "adjective"})
_CITY_POSTS = frozenset({"mayor", "governor", "church"})
_SIGNS = frozenset({"sign", "signed", "signs"})
_JOINED = 3
# What joins the words of a body’s name in other languages: `Kagawaran ng Edukasyon`, `Banco de Crédito e Inversiones`.
_FOREIGN = PARTICLES | {"do", "das", "des", "e", "et", "na", "ng", "och", "og", "und", "wa", "y", "ya"}

Place = tuple[int, int]


class Holding(NamedTuple):
    """A name, and what the sentence says that the person is. Places are of tokens, first and one past the last.

    `whole` holds title and name as written, `organisation` is the place of the words for what the post is of, `country`
    the one (ISO 3166) that the words give. A `joint` post has the rungs of all that the words join.
    """

    name: Place
    whole: Place
    post: Post | None
    role: str
    organisation: Place | None = None
    country: str | None = None


class Reading:
    """The posts and the capitalised names of one sentence."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.posts = find_posts(self.tokens)
        self.names = list(_names(self.tokens, self.posts))
        self._post_starts = [post.first for post in self.posts]
        self._starts: Mapping[int, Place] = {name[0]: name for name in self.names}
        self._ends: Mapping[int, Place] = {name[1]: name for name in self.names}
        self._starts_after: Mapping[int, tuple[Place, Place]] = dict(self._named_after_places())

    def holdings(self) -> Iterator[Holding]:
        """Every title that the sentence gives to a name, in order of the titles."""
        for holding in (*self._titles(), *self._chairs()):
            yield holding._replace(country=self._country(holding))

    def _named_after_places(self) -> Iterator[tuple[int, tuple[Place, Place]]]:
        """Where a post ends after which a place and a name stand (`Mayor of London Ana Reis`): place and name."""
        for post in self.posts:
            first = post.last + 1
            if first < len(self.tokens) and self.tokens[post.last].norm == "of" and first not in self._starts:
                for at in range(first + 1, min(first + NAME_WORDS, len(self.tokens))):
                    if not self.tokens[at - 1].capitalised:
                        break
                    if name := self._starts.get(at):
                        yield post.last, ((first, at), name)
                        break

    def _titles(self) -> Iterator[Holding]:
        for number, post in enumerate(self.posts):
            if self.tokens[post.last - 1].possessive:
                continue
            if name := self._name_from(self._after_titles(number)):
                if _is_title(self.tokens[post.first], post):
                    yield self._before_name(number, post, name)
            elif place := self._starts_after.get(post.last):
                of = place[0] if post.tracks & OF_BODIES else None
                yield Holding(place[1], (post.first, place[1][1]), post, self._role_before(post.first), of)
            elif post.track != COURTESY:
                yield from self._beside_name(number, post)

    def _before_name(self, number: int, post: Post, name: Place) -> Holding:
        first, role = post.first, self._role_before(post.first)
        of = self._possessor(post)
        if of and _PRESIDES & {token.norm for token in self.tokens[slice(*of)]}:
            post = self._of_what(post, of)
        if number and self.tokens[first - 1].norm in {"and", "&"}:
            other = self.posts[number - 1]
            if other.last == first - 1 and (both := _both(post, other)):
                post, first, role = both, other.first, "joint"
                of = self._possessor(other)
        return Holding(name, (first, name[1]), post, role, of if post.tracks & OF_BODIES else None)

    def _beside_name(self, number: int, post: Post) -> Iterator[Holding]:
        """A post in apposition to a name, or said of it."""
        of = self._of(post)
        organisation = of or self._possessor(post)
        end = of[1] if of else post.last
        joined = self._joined(number, end)
        post = joined or self._of_what(post, organisation)
        if not post.tracks & OF_BODIES:
            organisation = None
        before = self._subject(post)
        if (
            before
            and self.tokens[before[1]].text == ","
            and not self._closes(end)
            and not self._relative(before[1], post)
        ):
            before = None
        after = self._named(post, end)
        if before and after and self.tokens[before[1]].text == ",":
            if before[1] - before[0] > 1:
                return  # `Ana Reis, the minister, Ivo Lund,`: it may be either's
            before = None  # `In Lusaka, the minister, Ivo Lund,`
        if before:
            role, whole = self._said_role(before[1], post, end), (before[0], end)
        elif after:
            was = self.tokens[after[0] - 1].norm == "was"
            role, whole = "former" if was else self._role_before(post.first), (post.first, after[1])
        elif before := self._signer(post):
            role, whole = "holds", (before[0], end)
        else:
            return
        if joined and role == "holds":
            role = "joint"
        yield Holding(before or after or whole, whole, post, role, organisation)

    def _chairs(self) -> Iterator[Holding]:
        """`Ana Reis, who chairs the board`."""
        if "chairs" not in self.tokens.norms:
            return
        for at, token in enumerate(self.tokens):
            if token.norm != "chairs" or at < 1:
                continue
            name = self._ends.get(at)
            if not name and at > 2 and self.tokens[at - 1].norm == "who" and self.tokens[at - 2].text == ",":
                name = self._ends.get(at - 2)
            of = self._body_from(at + 1)
            if name and of and _PRESIDES & {token.norm for token in self.tokens[slice(*of)]}:
                post = Post(at, at + 1, "chair", BODY, frozenset({"chair"}))
                yield Holding(name, (name[0], of[1]), post, "holds", of)

    def _signer(self, post: Post) -> Place | None:
        """The name before `signed … as minister`; what one had signed, one signed in an earlier post."""
        at = post.first - 1
        while at > 0 and self.tokens[at].norm in _DETERMINERS:
            at -= 1
        if at < 1 or self.tokens[at].norm != "as":
            return None
        for verb in range(at - 1, max(0, at - REACH), -1):
            if self.tokens[verb].norm in _SIGNS:
                return self._ends.get(verb)
            if self.tokens[verb].text in _CLOSERS:
                break
        return None

    def _country(self, holding: Holding) -> str | None:
        """The country that the words right before the post, or after it or the name, say it is of."""
        if holding.post is None:
            return None
        ends = (holding.post.last, holding.whole[1])
        return self._country_before(holding.post.first) or next(filter(None, map(self._country_after, ends)), None)

    def _country_before(self, end: int) -> str | None:
        first = end
        while first > max(0, end - 5) and (
            self._passes(self.tokens[first - 1]) or self.tokens[first - 1].text in HYPHENS
        ):
            first -= 1
        named = [m for m in find_countries(self.tokens[first:end]) if m.form in _NATIONAL]
        return named[-1].code if named else None

    def _country_after(self, at: int) -> str | None:
        if at >= len(self.tokens) or self.tokens[at].norm not in {"of", "for"}:
            return None
        first = at + 2 if at + 1 < len(self.tokens) and self.tokens[at + 1].norm == "the" else at + 1
        named = find_countries(self.tokens[first : first + 5])
        return named[0].code if named and named[0].first == 0 and named[0].form in _NATIONAL else None

    def _of_what(self, post: Post, organisation: Place | None) -> Post:
        """A president apart from a name is a state's, a firm's or a union's, a secretary a body's or nobody's:
        only what it is of can tell."""
        if post.track == BODY or not (post.key in _OFFICERS or post.key.endswith(" president")):
            return post
        said = {token.norm for token in self.tokens[slice(*organisation)]} if organisation else set()
        at_hand = post.first > 0 and self.tokens[post.first - 1].norm == "its"
        if post.key in _OFFICERS and (said & _PRESIDES or at_hand) and not post.fields:
            return post._replace(track=BODY, rungs=_OFFICERS[post.key])
        if post.key == "secretary":
            return post
        return post if self._country_before(post.first) or self._country_after(post.last) else post._replace(track=None)

    def _after_titles(self, number: int) -> int:
        """Where a name can start after a title and a form of address: `General Sir John Reis`."""
        at = self.after_title(self.posts[number])
        following = self.posts[number + 1] if number + 1 < len(self.posts) else None
        return (
            self.after_title(following) if following and following.first == at and following.track == COURTESY else at
        )

    def after_title(self, post: Post) -> int:
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

    def _relative(self, at: int, post: Post) -> bool:
        """Whether a clause that opens at the comma says what somebody is: `, who is president of the club and …`."""
        opens = self.tokens[at + 1].norm == "who" and self.tokens[at + 2].norm in _COPULAS
        return opens and _BECOMES.isdisjoint(token.norm for token in self.tokens[at + 3 : post.first])

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
        if "from" in between[-2:]:  # `promoted from the post of …`
            return "former"
        if set(between) & (_BECOMES - {"in", "to", "from", "be"}):
            return "becomes"
        if set(between) & _HELD and not self._of_the_occasion(post, end):
            return "former"
        if end < len(self.tokens) and self.tokens[end].norm in _ENDED:
            return "former"
        return "beside" if set(between) & _BESIDE else "holds"

    def _of_the_occasion(self, post: Post, end: int) -> bool:
        """Whether the post is in a body that is called together for what the story tells, in the story's own tense."""
        of = {token.norm for token in self.tokens[post.last : end]}
        then = {token.norm for token in self.tokens[end : end + _JOINED]}
        return bool(of & words("occasional_bodies")) and not then & _THEN

    def _named(self, post: Post, end: int) -> Place | None:
        """The name that follows a definite post: `the minister, Ana Reis, said`; `its chair is Ana Reis`."""
        if end + 1 >= len(self.tokens) or not self._definite(post):
            return None
        link, start = self.tokens[end], end + 1
        if link.norm == "is" and self.tokens[start].norm in {"a", "an"}:
            link, start = self._past_description(start)
        near = bisect_right(self._post_starts, start) - 1
        polite = self.posts[near] if near >= 0 and self.posts[near].first == start else None
        polite = polite if polite and polite.track == COURTESY else None
        name = self._name_from(self.after_title(polite) if polite else start)
        if name is None or (name[1] - name[0] < 2 and (polite is None or self._in_a_list(name[1]))):
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

    def _in_a_list(self, at: int) -> bool:
        """Whether more people follow: `the minister, Mr Reis, and the bishop`."""
        return {"and", "&"} & {token.norm for token in self.tokens[at : at + 2]} != set()

    def _past_description(self, start: int) -> tuple[Token, int]:
        """The comma that ends `a former banker`, which starts at `start`, and what follows it."""
        at = start
        while at < min(start + REACH, len(self.tokens) - 1) and self.tokens[at].text.islower():
            at += 1
        return self.tokens[at], at + 1

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

    def _joined(self, number: int, end: int) -> Post | None:
        """This post and those joined to it as one: `chair and chief executive`, `chair as well as treasurer`."""
        post, found = self.posts[number], False
        for step in (-1, 1):
            first, last = self.posts[number].first, end
            for place in range(number + step, number + _JOINED * step, step):
                if not 0 <= place < len(self.posts):
                    break
                other = self.posts[place]
                gap = self.tokens[last : other.first] if step > 0 else self.tokens[other.last : first]
                joins = not _JOINTS.isdisjoint(token.norm for token in gap)
                apart = any(token.capitalised and not token.possessive for token in gap)  # another's name between
                both = _both(post, other)
                if both is None or apart or len(gap) > REACH or not (joins or [token.text for token in gap] == [","]):
                    break
                post, found = both, found or joins
                first, last = other.first, other.last
        return post if found else None

    def _of(self, post: Post) -> Place | None:
        """What a post is of, by the words after it: `chair of the dockers’ union`."""
        at = post.last
        if at + 1 >= len(self.tokens) or self.tokens[at].norm not in {"of", "at", "for"}:
            return None
        return self._body_from(at + 1)

    def _body_from(self, first: int) -> Place | None:
        """The words for a body that start at `first`, without their article."""
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
        if token.norm in {"of", "for", "and", "the"} | _FOREIGN and token.text.islower():
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
        while at < post.first and self._is_no_name(at):
            at += 1
        if at < post.first:
            return at, post.first
        if at and self.tokens[at - 1].possessive:
            return at - 1, post.first
        return None

    def _is_no_name(self, at: int) -> bool:
        norm = self.tokens[at].norm
        return norm in words("closed_class") or norm in mapping("post_roles") or norm in _NO_NAME


def _is_title(token: Token, post: Post) -> bool:
    """A rank in lower case before a capital is no title: `in general Europe …`."""
    return token.capitalised or "forces" not in post.tracks or " " in post.key


def _both(post: Post, other: Post) -> Post | None:
    """Two posts joined as one, where they are on one ladder; a president joined to an officer of a body is one too."""
    one, two = (
        p._replace(track=BODY, rungs=PRESIDENTS["president"]) if p.key == "president" and BODY in q.tracks else p
        for p, q in ((post, other), (other, post))
    )
    if one.track is None or one.track != two.track or COURTESY in one.tracks:
        return None
    return one._replace(rungs=one.rungs | two.rungs, fields=one.fields | two.fields)


def _after_place(tokens: Sequence[Token], post: Post, first: int, last: int) -> int:
    """Where the name starts in capitalised words after a post and `of`: `Mayor of London Ana Reis`."""
    named = find_countries(tokens[first:last])
    if named and named[0].first == 0:
        return first + named[0].last
    return last - 2 if last - first > 2 and post.tracks & _CITY_POSTS else first


def _names(tokens: Sequence[Token], posts: Sequence[Post]) -> Iterator[Place]:
    """Runs of capitalised words that can be a person's name, cut where a title, a weekday or a post's place stands."""
    taken = {at for post in posts for at in range(post.first, post.last)}
    titles = {post.last: post for post in posts if tokens[post.first].capitalised}
    for first, last in name_spans(tokens):
        start = first
        if (post := titles.get(first - 1)) and tokens[first - 1].norm == "of" and first not in taken:
            start = _after_place(tokens, post, first, last)
        elif last - first > 2 and _opens(tokens, first) and tokens[first].norm in words("occupations"):
            start = first + 1  # `Farmer Ana Reis` where the sentence begins
        for at in range(start, last + 1):
            if at == last or at in taken or tokens[at].norm in _NO_NAME:
                if at > start and _can_be_person(tokens[start:at]):
                    yield start, at
                start = at + 1


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence, or what is said in it, begins there."""
    return at == 0 or tokens[at - 1].text in DASHES | _OPENERS


def _can_be_person(tokens: Sequence[Token]) -> bool:
    written = [token for token in tokens if token.kind == "word"]
    return (
        0 < len(written) <= NAME_WORDS
        and tokens[0].kind == "word"
        and not any(len(token.text) > 1 and token.text.isupper() for token in written if token.norm not in GENERATIONS)
        and not any(token.norm in words("institution_words") for token in written)
    )
