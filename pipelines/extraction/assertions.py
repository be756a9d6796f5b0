"""Assertions: what somebody must answer for, and whether the words around it tell who does.

Three kinds: what experts or studies are said to know, a figure for how a population lives, and a quotation that stands
by itself.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.mentions import extract as mentions
from pipelines.language.lexicons import entries, mapping, words
from pipelines.language.names import name_spans
from pipelines.language.patterns import Pattern, pattern
from pipelines.language.quotes import Quote
from pipelines.language.tokens import Token

# Words that may stand before `experts`: `But some independent security experts say`.
LEAD = 4
# Tokens between the noun for an expert and the name that makes it a known one: `researchers at the University of X`.
BESIDE = 8
# Words that make a quotation by itself more than a motto.
SPOKEN = 6
# The opening of a story, and what stands before a quotation, in paragraphs, that may name its source.
OPENING, AROUND = 3, 2

_WIDE = frozenset({"some", "many", "most", "several", "other", "few", "various", "numerous", "all", "both"})
_TURNS = frozenset({"and", "but", "yet", "still", "now", "also", "however", "meanwhile", "today", "nevertheless", "so"})
_ADVERBS = frozenset(
    {"also", "already", "broadly", "commonly", "consistently", "generally", "have", "long", "largely", "mostly", "now"}
    | {"often", "repeatedly", "still", "usually", "widely", "has", "had", "routinely", "increasingly", "clearly"}
)
# Whose experts they are, where the words before say so: no unnamed ones.
_OWNED = frozenset(
    {"army", "bank", "census", "company", "council", "court", "city", "defence", "defense", "election", "federal"}
    | {"foundation", "government", "hospital", "ministry", "national", "official", "police", "state", "union"}
    | {"university", "county", "provincial", "regional", "internal", "previous", "early", "initial"}
)
# What tells that a figure was counted, and by whom it can be asked.
_COUNTED = frozenset(
    {"according", "said", "says", "say", "reported", "reports", "found", "finds", "shows", "showed", "show", "suggests"}
    | {"poll", "polls", "polling", "survey", "surveys", "surveyed", "polled", "census", "study", "studies", "report"}
    | {"data", "estimate", "estimates", "estimated", "statistics", "statistical", "calculated", "records"}
    | {"research", "index", "analysis", "institute", "university", "ministry", "told", "warned", "published", "counted"}
    | {"argued", "argues", "claims", "claimed", "adds", "added"}
    | {"respondents", "questionnaire", "sample", "pollster", "pollsters", "figures", "recorded"}
)
# What one does with words and answers for nothing that experts know.
_ANSWERS_FOR_NOTHING = frozenset(
    {
        "apologised",
        "apologized",
        "asked",
        "declined",
        "demanded",
        "ordered",
        "pledged",
        "promised",
        "refused",
        "thanked",
    }
    | {"urged", "vowed"}
)
_WORKS = frozenset({"poll", "survey", "census", "study", "report", "questionnaire", "polling"})
_SAYS = frozenset(
    {"said", "says", "say", "told", "tells", "added", "adds", "asked", "asks", "spoke", "speaks", "wrote", "writes"}
    | {
        "recalled",
        "recalls",
        "replied",
        "explained",
        "insisted",
        "warned",
        "argued",
        "shouted",
        "called",
        "put",
        "reads",
    }
    | {
        "read",
        "posted",
        "tweeted",
        "statement",
        "sings",
        "sang",
        "chanted",
        "goes",
        "went",
        "words",
        "message",
        "letter",
    }
    | {
        "he",
        "she",
        "i",
        "who",
        "him",
        "her",
        "speaker",
        "answer",
        "question",
        "verdict",
        "motto",
        "slogan",
        "interview",
    }
)
_PAST = frozenset(
    {"was", "were", "had", "did", "must", "should", "will", "would", "can", "could", "may", "might", "shall"}
)
_OWN = frozenset({"its", "their", "his", "her", "our", "my", "your", "these", "those"})
_ANNOUNCES, _QUOTES = frozenset(":–—-"), frozenset('“”"')
_ENDS = frozenset(".,;:!?")

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|a hundred|a thousand)(?: (?:hundred|thousand|million|billion|lakh|crore))?"
)
_HEDGE = (
    r"(?:(?:about|around|roughly|nearly|almost|some|only|just|more than|over|at least|up to|fewer than|less than|"
    r"as many as|an estimated|every|well over|on average,?) ){0,2}"
)
_LEADS = r"(?:(?:and|but|yet|still|today|now|globally|worldwide|nationally|nationwide|(?:in|across) [^,;:.]{3,40}),? )?"
_SHARE = (
    rf"(?:{_NUMBER} (?:in|out of)(?: every)? {_NUMBER}(?: of)?|{_NUMBER} ?(?:%|per ?cent) of|"
    r"(?:half|(?:a|one) (?:third|quarter|fifth|tenth)|(?:two|three|four|nine)[ -](?:thirds|quarters|fifths|tenths)) of)"
)

# What a share of accidents, crimes or loans is said to be as a rule, in the passive.
_CAUSED = (
    r"(?:(?:now|still|usually|thought to be) )?(?:attributed|blamed|born|caused|committed|due|down|linked|made|never|"
    r"owed|owned|paid|preventable|rarely|seldom|started|traced)"
)
# How a number of people is said to fare, as a rule.
_FARES = (
    r"(?:(?:still|now|already) )?(?:suffer from|depend on|struggle to|go (?:hungry|without)|"
    r"live (?:with|without|on less|below|in (?:\pL+ )?(?:poverty|slums|fear))|"
    r"lack (?:access|clean|safe|a|any)|have no (?:access|clean|safe))"
)
# Who says so, but not by name.
_PRIVATELY = (
    r"(?:[\pL-]+ ){0,2}\pL+s (?:(?:admit|acknowledge|concede|confess|estimate|reckon|say) (?:privately|quietly)|"
    r"(?:privately|quietly) (?:admit|acknowledge|concede|confess|estimate|reckon|say)),? (?:that )?"
)


def extract(document: Document) -> list[Row]:
    """Rows of the table `assertions`, in order of place."""
    return sorted(_Assertions(document).rows(), key=lambda row: (row["start"], row["end"]))


class _Assertions:
    """The assertions of one article, and who in it could answer for them."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def rows(self) -> Iterator[Row]:
        for at, sentence in enumerate(self.document.sentences):
            if sentence.kind != "paragraph":
                continue
            authority = self._authority(sentence)
            if authority is not None:
                noun = sentence.tokens[authority]
                sourced = self._vouched(at, noun)
                yield self._row(sentence, "authority", sourced=sourced, authority=noun.text)
            elif self._is_statistic(sentence):
                yield self._row(sentence, "statistic", sourced=self._counted(sentence))
        for place, quote in self._alone:
            yield self.document.row(
                quote.inner_start,
                quote.inner_end,
                kind="quotation",
                authority=None,
                sourced=self._spoken_for(place),
            )

    def _row(self, sentence: Sentence, kind: str, *, sourced: bool, authority: str | None = None) -> Row:
        start = sentence.tokens[min(self.document.begins(sentence), len(sentence.tokens) - 1)].start
        return self.document.row(start, sentence.end, kind=kind, authority=authority, sourced=sourced)

    def _authority(self, sentence: Sentence) -> int | None:
        """Where the noun stands for those who are said to know: `Most analysts believe …`, `…, experts say.`"""
        tokens = sentence.tokens
        if mapping("authorities").keys().isdisjoint(tokens.norms):
            return None
        begin = self.document.begins(sentence)
        for at in range(begin, len(tokens)):
            if tokens[at].norm in mapping("authorities") and not self.document.quoted(tokens[at].start, tokens[at].end):
                if self._opens_clause(tokens, begin, at) and _asserts(tokens, at):
                    return None if self._opens_story(sentence) and _reported(tokens, at) else at
                if _closes_clause(tokens, at):
                    return at
        return None

    def _opens_story(self, sentence: Sentence) -> bool:
        return sentence.block == self._order[0]

    def _opens_clause(self, tokens: Sequence[Token], begin: int, at: int) -> bool:
        """Whether the noun begins its clause, but for adjectives and turns that leave open whose experts they are."""
        first = max(begin, at - LEAD)
        if at and tokens[at - 1].norm in {"and", "or", "&"}:
            return at - 1 == begin  # the last of a list
        before = [token for token in tokens[first:at] if token.text != ","]
        if first > begin and tokens[first - 1].text not in _ENDS:
            comma = next((place for place in range(at - 1, first - 1, -1) if tokens[place].text == ","), None)
            if comma is None:
                return False
            before = list(tokens[comma + 1 : at])
        return all(_plain(token, initial=token.start == tokens[begin].start) for token in before)

    def _vouched(self, at: int, noun: Token) -> bool:
        """Whether the sentence or one beside it names who they are, or the article has told so before."""
        sentences = self.document.sentences
        before = [other for other in sentences[max(0, at - 1) : at] if other.block == sentences[at].block]
        near = [*before, *sentences[at + 1 : at + 2]]
        return (
            noun.norm in self._known
            or _names_a_voice(sentences[at].tokens, cues=2)  # one is that of the experts
            or any(_names_a_voice(other.tokens) for other in near)
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        """The nouns for experts and studies that stand beside a name somewhere: `researchers at Turin`."""
        known: set[str] = set()
        for sentence in self.document.sentences:
            tokens = sentence.tokens
            places = [at for at, token in enumerate(tokens) if _plural(token.norm) in mapping("authorities")]
            if not places:
                continue
            ends = [edge for first, last in name_spans(tokens) for edge in (first, last - 1) if first or last > 1]
            for at in places:
                near = bisect_left(ends, at - BESIDE)
                if any(abs(edge - at) <= BESIDE for edge in ends[near : near + 1]) and not _asserts(tokens, at):
                    known.add(_plural(tokens[at].norm))
        return frozenset(known)

    def _is_statistic(self, sentence: Sentence) -> bool:
        """Whether it tells as a standing truth what share or number of a population does something."""
        if "number" not in sentence.tokens.kinds and sentence.tokens.norms.isdisjoint(words("numerals") | {"half"}):
            return False
        start = sentence.tokens[min(self.document.begins(sentence), len(sentence.tokens) - 1)].start
        for form in _forms():
            match = form.match(self.document.text, start, sentence.end)
            if match is not None and not self.document.quoted(start, match.end()):
                told = f"{match['group']} {match['between']}".split()
                return not any(_is_past(word) for word in told)
        return False

    def _counted(self, sentence: Sentence) -> bool:
        """Whether its paragraph, the sentence beside it, or the story itself tells who counted."""
        return (
            self._reports
            or sentence.block in self._counting_blocks
            or any(token.norm in _WORKS for other in self._beside(sentence) for token in other.tokens)
        )

    def _beside(self, sentence: Sentence) -> list[Sentence]:
        blocks = self._blocks
        place = bisect_left(self._order, sentence.block)
        before = self._order[place - 1 : place] if place else []
        return [
            *(blocks[block][-1] for block in before),
            *(blocks[block][0] for block in self._order[place + 1 : place + 2]),
        ]

    @cached_property
    def _blocks(self) -> dict[int, list[Sentence]]:
        blocks: dict[int, list[Sentence]] = {}
        for sentence in self.document.sentences:
            if sentence.kind == "paragraph":
                blocks.setdefault(sentence.block, []).append(sentence)
        return blocks

    @cached_property
    def _order(self) -> list[int]:
        return list(self._blocks)

    @cached_property
    def _counting_blocks(self) -> frozenset[int]:
        return frozenset(
            block
            for block, sentences in self._blocks.items()
            if any(token.norm in _COUNTED for sentence in sentences for token in sentence.tokens)
        )

    @cached_property
    def _reports(self) -> bool:
        """Whether the story is that of one study: its headline or opening speaks of it."""
        opening = {sentence.start for block in self._order[:OPENING] for sentence in self._blocks[block]}
        return any(
            token.norm in _WORKS
            for sentence in self.document.sentences
            if sentence.start in opening or sentence.kind in {"headline", "heading"}
            for token in sentence.tokens
        )

    @cached_property
    def _alone(self) -> list[tuple[int, Quote]]:
        """The quotations that are all of a paragraph, each with its place among the paragraphs."""
        by_start = {quote.start: quote for quote in self.document.quotes if quote.closed}
        found = []
        for place, block in enumerate(self._order):
            sentences = self._blocks[block]
            quote = by_start.get(sentences[0].start)
            if quote is not None and self.document.text[quote.end : sentences[-1].end].strip(" .,") == "":
                inside = [token for sentence in sentences for token in sentence.tokens if token.kind == "word"]
                if len(inside) >= SPOKEN and self.document.text[quote.inner_end - 1] in ".!?…":
                    found.append((place, quote))
        return found

    def _spoken_for(self, place: int) -> bool:
        """Whether the paragraphs around tell who speaks: a person stands in one, or words of speaking do beside it."""
        before = self._blocks[self._order[place - 1]][-1]
        after = self._blocks[self._order[place + 1]][0] if place + 1 < len(self._order) else None
        around = self._order[max(0, place - AROUND) : place]
        if not place or any(block in self._with_persons for block in around) or self._names_person(after):
            return True
        headed = self._order[place] - self._order[place - 1] > 1
        return headed or any(self._tells(sentence) for sentence in (before, after) if sentence is not None)

    def _names_person(self, sentence: Sentence | None) -> bool:
        """Whether the sentence names one; a paragraph that begins with others speaks of others."""
        starts = self._persons
        at = bisect_left(starts, sentence.start) if sentence is not None else len(starts)
        return sentence is not None and at < len(starts) and starts[at] < sentence.end

    def _tells(self, sentence: Sentence) -> bool:
        """Whether somebody speaks in it, or it holds a quotation, or announces one."""
        tokens = sentence.tokens[self.document.begins(sentence) :] or sentence.tokens
        return (
            bool({tokens[0].text, tokens[-1].text} & _ANNOUNCES)
            or any(token.norm in _SAYS or token.text in _QUOTES for token in tokens)
            or any(_is_agent(left, right) for left, right in pairwise(tokens))
        )

    @cached_property
    def _with_persons(self) -> frozenset[int]:
        """The paragraphs that name a person."""
        starts = [block.start for block in self.document.article.blocks]
        return frozenset(bisect_left(starts, start + 1) - 1 for start in self._persons)

    @cached_property
    def _persons(self) -> list[int]:
        """Where each person is named."""
        return [row["start"] for row in mentions(self.document) if row["person"]]


def _plain(token: Token, *, initial: bool) -> bool:
    """Whether a word before `experts` leaves open whose they are."""
    if token.norm in _WIDE | _TURNS:
        return True
    lower = token.kind == "word" and (initial or token.text.islower()) and not token.possessive
    return lower and token.norm not in _OWNED | words("closed_class") and not token.norm.endswith(("ed", "ing", "ly"))


def _asserts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying or judging follows: `experts have long warned`."""
    place = at + 1
    while place < len(tokens) and tokens[place].norm in _ADVERBS:
        place += 1
    return place < len(tokens) and tokens[place].norm in words("speech_verbs") | words("opinion_verbs") - {"asked"}


def _reported(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb is of a report that the story goes on to tell: `…, researchers said on Monday`."""
    return tokens[at + 1].norm.endswith(("ed", "said", "found"))


def _closes_clause(tokens: Sequence[Token], at: int) -> bool:
    """`…, according to experts.`"""
    ended = at + 1 == len(tokens) or tokens[at + 1].text in ".,;"
    begin = at
    while begin and at - begin < LEAD and _plain(tokens[begin - 1], initial=False):
        begin -= 1
    return ended and begin > 1 and tokens[begin - 1].norm == "to" and tokens[begin - 2].norm == "according"


def _names_a_voice(tokens: Sequence[Token], cues: int = 1) -> bool:
    """Whether a name stands in it with so many words that make it a source."""
    cue = (words("speech_verbs") | _COUNTED) - _ANSWERS_FOR_NOTHING
    said = sum(token.norm in cue for token in tokens)
    return said >= cues and any(first or last > 1 for first, last in name_spans(tokens))


def _plural(norm: str) -> str:
    irregular = {"study": "studies", "professor": "experts", "economics": "economists"}
    return irregular.get(norm, norm if norm in mapping("authorities") else norm + "s")


def _is_past(word: str) -> bool:
    norm = word.casefold()
    return norm in _PAST or norm in words("irregular_pasts") or norm.endswith("ed") or norm in _OWN


def _is_agent(left: Token, right: Token) -> bool:
    """`a farmer`, `the singer`, `one resident`."""
    return (
        left.norm in words("determiners")
        and right.text.islower()
        and not right.norm.endswith(("ment", "ments"))
        and right.norm.endswith(
            ("er", "or", "ist", "ian", "man", "woman", "ent", "ers", "ors", "ists", "ians", "men", "women", "ents")
        )
    )


@cache
def _forms() -> tuple[Pattern, ...]:
    """How statistics are put, from the first word of a sentence on; `between` runs from the population to its verb."""
    people = rf"(?:{'|'.join(entries('populations'))}|\p{{Lu}}\pL+(?:ans|ians|ese|ish|is|ers|os))"
    habit = rf"(?:{'|'.join(entries('habit_verbs'))})"
    group = rf"(?P<group>(?:all |the (?:country|nation|world)['’]s )?(?:[\pL-]+ ){{0,3}}?{people})\b"
    between = r"(?P<between>[^.,;:]{0,60}?)"
    every = r"(?:every|each|a|per) (?:year|month|week|day|hour|minute|second|decade)|annually"
    return (
        pattern(rf"(?i:{_LEADS}{_HEDGE}{_SHARE}) {group}{between} (?i:{habit}(?:e?s)?)\b"),
        pattern(rf"(?i:{_LEADS}{_HEDGE}{_SHARE}) {group}{between} (?i:are|is) (?i:{_CAUSED})\b"),
        pattern(rf"(?i:{_PRIVATELY}{_HEDGE}{_SHARE}) (?P<group>[\pL-]+)(?P<between>)\b"),
        pattern(rf"(?i:{_LEADS}{_HEDGE}{_NUMBER}) {group}{between} (?i:{_FARES})\b"),
        pattern(rf"(?i:one) (?P<group>\pL+) in (?i:{_NUMBER}){between} (?:{habit}|\pL+s)\b"),
        pattern(rf"(?i:{_LEADS}{_HEDGE}{_NUMBER}) {group}{between} (?i:{habit})\b[^.;:]{{0,60}} (?:{every})\b"),
        pattern(
            rf"(?i:{_LEADS}(?:most |many )?){group}{between} (?i:{habit})\b"
            rf"[^.;:]{{0,60}} \pL+ (?:in|out of) every (?i:{_NUMBER})"
        ),
        pattern(
            rf"(?i:{_LEADS}(?:every|each) (?:year|month|week|day),? {_HEDGE}{_NUMBER}) {group}{between} (?i:{habit})\b"
        ),
    )
