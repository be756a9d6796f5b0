"""Timings: what the text says of time that its own dates, or the article's, can check.

Spans (`since 1998, so for 19 years`), ages beside a year of birth, days to come that are past at publication, days past
that are to come, reports dated before what they report. All is measured at the article's own date; without one, only
what two dates of a sentence say is read.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.events import definite, event_at
from pipelines.extraction.events import extract as events
from pipelines.language.content import stem
from pipelines.language.dates import MONTH, MONTHS, YEAR, DateMention
from pipelines.language.lexicons import mapping, table, words
from pipelines.language.numbers import read_number
from pipelines.language.patterns import Match, Pattern, any_of, pattern
from pipelines.language.phrases import CALENDAR, is_determiner
from pipelines.language.tokens import HYPHENS, Token, tokenise

LONG_PAST = timedelta(days=60)
A_WEEK = timedelta(days=7)
A_YEAR = timedelta(days=366)
LOOSE = 0.15  # share by which `about 20 years` may be off
LOOSE_YEARS = 2
DECADE = 10
LONG_SENTENCE = 60  # tokens on either side of a statement that belong to it
CLAUSE = 16  # tokens before a day in which what is to come on it is told
LEAD = 7  # tokens before a day in which what happened on it is told
STORY = timedelta(days=62)  # between an event and the report on it, at most

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNT = rf"(?:\d{{1,3}}|an?|{any_of((*_UNITS, *_TEENS))}|{any_of(_TENS)}(?:-{any_of(_UNITS)})?)"
# A number that is no usual term: beside `will`, `after five years` may be one that is still running.
_ODD = r"\d{0,2}[1-46-9]"
_WHEN = rf"(?:the\s+)?(?:(?:early|late|mid|spring|summer|autumn|winter|{MONTH})\.?[\s-]+(?:of\s+)?)?(?P<year>{YEAR})\b"
_DATED = r"(?:in|of|from|to|since|for|by)"
_THAT_IS = (
    r"(?:that\s+is|or|i\.e\.|in\s+other\s+words|thus|meaning|now|which\s+(?:is|makes)(?:\s+it)?|making\s+it"
    r"|a\s+total\s+of)"
)
_LASTING = (
    r"(?:absence|association|battle|campaign|career|drought|effort|exile|feud|fight|friendship|job|journey|labou?r|marriage"
    r"|partnership|quest|reign|run|search|span|spell|stay|stint|streak|stretch|struggle|task|tenure|toil|vigil|wait)"
)
# `since 1990, a lonely wait of 20 years`
_APPOSED = rf"an?\s+(?:[\pL-]+\s+)?{_LASTING}\s+(?:of|lasting|spanning)\s+"
_OWN = r"(?:(?:all|most)\s+of\s+)?(?:(?:the\s+(?:past|last)|the|his|her|its|their)\s+)?"
_SEASON = rf"(?:spring|summer|autumn|fall|winter|month|year|{MONTH})"
_BORN = rf"[Bb]orn\s+(?:in|on|at)\s+(?:[\pL\d,]+\s+){{0,6}}?(?P<year>{YEAR})\b"
_AGE = r"(?P<count>\d{1,3})\b(?:\s+years?\s+old\b)?"
# A sentence that measures from another day than the article's.
_THEN = frozenset(
    {"until", "when", "died", "had", "then", "would", "between", "after", "before", "by", "dead", "killed"}
)
# After a `by` that says until when.
_TIMES = frozenset({"the", "then", "that", "when", "which", *MONTHS})
# Before a span that ends with `ago`, which is told of another day all the same.
_BACK = frozenset({"had", "then", "would"})
_NOW = frozenset({"is", "are", "has", "have", "say", "says", "remains", "remain", "am", "still"})
_PERFECT = frozenset({"have", "has"})
_AHEAD = _NOW | {"will"}
# What is said to come without being put on that day.
_ABOUT = frozenset(
    {"mark", "remember", "recall", "commemorate", "review", "investigate", "examine", "date", "look", "hear", "study"}
    | {"probe", "compare", "reflect", "focus", "celebrate", "honour", "honor", "go", "return", "refer", "continue"}
)
# A sentence that tells of a plan as it once was.
_ONCE = frozenset({"had", "then", "originally", "once", "promised", "pledged", "plan", "plans", "planned", "forecast"})
_ARRANGED = frozenset(
    {
        "set",
        "due",
        "scheduled",
        "planned",
        "called",
        "expected",
        "postponed",
        "moved",
        "fixed",
        "timed",
        "booked",
        "put",
    }
    | {"delayed", "extended", "slated", "billed", "adjourned", "needed", "required", "proposed", "pencilled", "based"}
    | {"announced", "agreed", "allowed", "named", "relied", "focused", "pinned", "rescheduled", "bid", "bet"}
)
_COMING = frozenset(
    {"to", "will", "would", "shall", "should", "could", "may", "might", "must", "is", "are", "if", "be"}
)
_FUTURE = frozenset({"will", "shall", "'ll", "to"})
_BOUND = frozenset(
    {"due", "set", "scheduled", "expected", "planned", "slated", "going", "is", "are", "billed", "bound", "likely"}
)
_PRESENT_BE = frozenset({"is", "are"})
_ONTO = frozenset({"on", "from", "by", "until", "till"})
_LEADS = frozenset(
    {"in", "at", "to", "into", "before", "again", "here", "there", "as", "up", "under", "online", "live"}
)
_WHERE = _LEADS - {"before"} | {"the", "near", "off", "outside", "inside", "aground", "down", "over", "fire"}
_SKIPPED = frozenset({"who", "that", "which", "when", "after", "since", "because", "of", "for", "over", "about"}) | {
    "with",
    "from",
    "against",
    "by",
    "than",
    "following",
    "during",
    "not",
    "never",
    "have",
    "those",
    "if",
    "and",
}
# Verbs whose object is staged on the day, rather than being of it.
_STAGING = frozenset(
    {"hold", "host", "open", "begin", "start", "launch", "sign", "publish", "unveil", "complete", "finish", "release"}
    | {"issue", "announce", "deliver", "introduce", "attend", "face", "play", "take", "stage", "present", "receive"}
)
# Verbs in the present tense that put what is to come on a day, and the words that some of them need.
_OPENS: Mapping[str, frozenset[str]] = {
    "takes": frozenset({"office", "effect", "place", "over", "charge"}),
    "take": frozenset({"office", "effect"}),
    "comes": frozenset({"into"}),
    "goes": frozenset({"on", "to", "into", "live"}),
    "opens": frozenset(),
    "begins": frozenset(),
    "starts": frozenset(),
    "closes": frozenset(),
    "expires": frozenset(),
    "resumes": frozenset(),
    "reopens": frozenset(),
}
# Beside what is shown or retold in the present tense, or a year of accounts.
_WITNESSED = frozenset({"as", "when", "how", "where", "if", "shows", "show", "year", "season", "period", "term"})
_RETOLD = frozenset(
    {"story", "film", "book", "novel", "diary", "footage", "video", "photo", "photograph", "picture", "series", "log"}
    | {"record", "records", "data", "timeline", "chronology", "tale", "account", "archive", "document", "documents"}
    | {"episode", "chapter", "play", "when", "had", "was", "were", "financial", "tax", "fiscal"}
)
_REPORTS = frozenset({"reported", "said", "wrote", "published", "announced", "told", "noted", "confirmed", "disclosed"})
# What is dated when it is issued.
_ISSUED = frozenset({"statement", "letter", "message", "notice", "release", "note", "telegram", "report", "communique"})


class _Timing(NamedTuple):
    """A statement at `start:end`; `told` is the clause that says what the dates give."""

    kind: str
    start: int
    end: int
    told: str
    fits: bool


def extract(document: Document) -> list[Row]:
    """Rows of the table `timings`, in order of place."""
    today = _today(document)
    found: dict[tuple[int, int], _Timing] = {}
    for sentence in document.prose:
        if sentence.kind == "paragraph":
            for timing in _of_sentence(document, sentence, today):
                found.setdefault((timing.start, timing.end), timing)
    for timing in _foreseen(document, today):
        found.setdefault((timing.start, timing.end), timing)
    return [
        document.row(
            timing.start,
            timing.end,
            kind=timing.kind,
            told=timing.told,
            fits=timing.fits,
            quoted=document.quoted(timing.start, timing.end),
        )
        for _, timing in sorted(found.items())
    ]


def _today(document: Document) -> date | None:
    """The article's own date; that of a dateline with no year (`OSLO, 4 May –`) where its paragraph tells the year."""
    published = document.article.published
    if published and published.day:
        return date.fromisoformat(published.day)
    opening = next((sentence for sentence in document.prose if sentence.start == document.lead), None)
    if opening is None:
        return None
    days = [mention for mention in document.days_in(opening) if len(mention.readings) == 1 or not mention.year]
    begins = document.begins(opening)
    words = opening.tokens[begins].start if begins < len(opening.tokens) else 0
    issued = {(mention.month, mention.day) for mention in days if mention.start < words and mention.day}
    told = (day for mention in days if mention.start >= words and mention.year for day in mention.readings)
    return next((day for day in told if (day.month, day.day) in issued), None)


def _of_sentence(document: Document, sentence: Sentence, today: date | None) -> Iterator[_Timing]:
    said = sentence.tokens.norms
    if "number" not in sentence.tokens.kinds:
        return
    if today:
        if not said.isdisjoint({"year", "years", "decade", "decades"}):
            yield from _spans(document.text, sentence, today)
        if "born" in said:
            yield from _ages(document.text, sentence, today)
        if not said.isdisjoint({"will", "shall", "is", "are"}):
            yield from _promises(document.text, sentence, today)
    days = document.days_in(sentence)
    if today:
        yield from _overdue(sentence, days, today)
        yield from _ahead(sentence, days, today)
    yield from _reports(document, sentence, days, today)


@cache
def _span_forms() -> tuple[tuple[Pattern, frozenset[str] | None], ...]:
    """Forms in which a span stands beside its first year, and the verbs that they need behind them, if any."""
    hedge = any_of(mapping("hedges"))
    span = rf"(?:(?P<hedge>{hedge})\s+)?(?P<count>{_COUNT})(?:\s+|-)(?P<unit>year|decade)s?\b"
    odd = span.replace(_COUNT, _ODD)
    return (
        (pattern(rf"\bsince\s+{_WHEN}[,–—(\s-]+(?:{_THAT_IS}[,\s]+)+(?:for\s+)?{_OWN}{span}", ignore_case=True), None),
        (pattern(rf"\bsince\s+{_WHEN}[,–—(\s-]+for\s+{_OWN}{span}", ignore_case=True), None),
        (pattern(rf"\bsince\s+{_WHEN}\s*[,–—(-]\s*{_APPOSED}{span}", ignore_case=True), None),
        (pattern(rf"\bsince\s+{_WHEN}\s*[,–—(-]\s*{span}(?:\s+in\s+all)?\s*[.,;)–—]", ignore_case=True), None),
        (
            pattern(rf"\bsince\s+{_WHEN},?\s+(?:and|but),?\s+(?:now,?\s+)?after\s+{_OWN}{odd}", ignore_case=True),
            _AHEAD,
        ),
        (pattern(rf"\b(?:in|since)\s+{_WHEN},?\s+(?:and|but),?\s+after\s+{span}", ignore_case=True), _NOW),
        (
            pattern(
                rf"\b(?:for|in|over|during)\s+{_OWN}{span}(?:\s+(?:in|of|at|as|with|on)\s+\pL+)?[,\s(–—]+since\s+{_WHEN}",
                ignore_case=True,
            ),
            None,
        ),
        (
            pattern(rf"\b(?:{_DATED}\s+)?{_WHEN}[,(\s–—]+(?:{_THAT_IS}[,\s]+)*{span}\s+ago\b", ignore_case=True),
            _BACK,
        ),
        (pattern(rf"\b{span}\s+ago[,(\s–—]+in\s+{_WHEN}", ignore_case=True), _BACK),
        (pattern(rf"\b{span}\s+after\s+(?:[\pL’'-]+\s+){{1,6}}?in\s+{_WHEN},", ignore_case=True), _NOW),
    )


def _spans(text: str, sentence: Sentence, today: date) -> Iterator[_Timing]:
    for form, verbs in _span_forms():
        for match in form.finditer(text, sentence.start, sentence.end):
            behind, inside = _around(sentence, match)
            if not _measures_to_now(sentence, match, behind, verbs):
                continue
            if behind and behind[0].norm in {"before", "after", "later", "earlier", "old", "older", "younger"}:
                continue
            if _names_a_year(inside):
                continue
            passed = today.year - int(match["year"])
            count = _number(text, match)
            if count is not None and passed >= 0:
                told = f"from {match['year']} to {today.year} is {passed} years"
                end = match.start() + len(text[match.start() : match.end()].rstrip(" .,;)–—"))
                yield _Timing("span", match.start(), end, told, _fits(match, count, passed))


def _measures_to_now(sentence: Sentence, match: Match, behind: Sequence[Token], verbs: frozenset[str] | None) -> bool:
    """Whether a span runs to the article's own day; what ends with `ago` does, unless what stands before looks back."""
    if verbs is _BACK:
        first = sentence.place(match.start())
        before = {token.norm for token in sentence.tokens[max(0, first - CLAUSE) : first]}
        return before.isdisjoint(_BACK)
    return _first_verb(behind, verbs) if verbs else not _of_another_time(_measured(sentence, match))


def _measured(sentence: Sentence, match: Match) -> Sequence[Token]:
    """The tokens that can say from when a span is measured: `has worked here since 2009, for 12 years` is of today.

    What follows the mark behind such a span goes on with the story: `…, she said, and then laughed`.
    """
    first = sentence.place(match.start())
    before = _clause_before(sentence.tokens[max(0, first - CLAUSE) : first])
    norms = [token.norm for token in before]
    perfect = not _PERFECT.isdisjoint(norms) and "had" not in norms
    behind, inside = _around(sentence, match)
    if not perfect:
        return inside
    marks = (place for place, token in enumerate(behind) if token.kind == "mark" and token.text not in HYPHENS)
    return (*sentence.tokens[max(0, first - LONG_SENTENCE) : first], *behind[: next(marks, len(behind))])


def _of_another_time(tokens: Sequence[Token]) -> bool:
    """Whether a word measures to another day than the article's; `by` does beside a time, not in `side by side`."""
    return (
        any(
            token.norm in _THEN and (token.norm != "by" or following.kind == "number" or following.norm in _TIMES)
            for token, following in pairwise((*tokens, tokens[-1]))
        )
        if tokens
        else False
    )


def _first_verb(tokens: Sequence[Token], verbs: frozenset[str]) -> bool:
    """Whether the first verb of a clause is one of `verbs`, before any in the past tense."""
    for token in tokens:
        if token.norm in verbs:
            return True
        if token.norm in words("irregular_pasts") or (token.norm.endswith("ed") and not token.capitalised):
            return False
    return False


def _around(sentence: Sentence, match: Match) -> tuple[Sequence[Token], Sequence[Token]]:
    """The tokens behind the match, and those on both sides of it, no further than a sentence is long."""
    first, after = sentence.place(match.start()), sentence.place(match.end())
    behind = sentence.tokens[after : after + LONG_SENTENCE]
    return behind, (*sentence.tokens[max(0, first - LONG_SENTENCE) : first], *behind)


def _names_a_year(tokens: Sequence[Token]) -> bool:
    return any(
        len(token.text) == 4 and token.text.isdecimal() and token.text[:2] in {"18", "19", "20"} for token in tokens
    )


def _number(text: str, match: Match) -> int | None:
    if match["count"].casefold() in {"a", "an"}:
        return 1
    number = read_number(tokenise(text, match.start("count"), match.end("count")), 0)
    return int(number.low) if number else None


def _fits(match: Match, count: int, passed: int) -> bool:
    hedge = mapping("hedges").get(match["hedge"].casefold())
    decades = match["unit"].casefold() == "decade"
    years = count * DECADE if decades else count
    if hedge in {"over", "at least"}:
        return passed >= years - 1
    loose = decades or hedge is not None
    off = max(LOOSE_YEARS, years * LOOSE) if loose else 1
    if decades:
        off = max(off, DECADE / 2)
    return abs(years - passed) <= off


@cache
def _age_forms() -> tuple[Pattern, ...]:
    return (
        pattern(rf"\b{_BORN}[,)]?\s+(?:and\s+|who\s+)?(?:(?:s?he|they)\s+)?(?:is|is\s+now|now)\s+(?:aged\s+)?{_AGE}"),
        pattern(
            rf"\b{_BORN}[,)]?\s+(?:and\s+|who\s+)?(?:will\s+be|will\s+turn|turns)\s+{_AGE}\s+(?:in|next|this)\s+{_SEASON}"
        ),
        pattern(rf"(?:,|\baged)\s+{_AGE},?\s+(?:and\s+|who\s+)?(?:was\s+|is\s+)?{_BORN}"),
        pattern(rf"\b(?P<count>\d{{2,3}})-year-old(?:\s+\pL+){{0,3}}?,?\s+(?:who\s+)?(?:was\s+|is\s+)?{_BORN}"),
        pattern(rf"\b(?:is|now)\s+{_AGE},?\s+(?:and|having\s+been|having)\s+(?:was\s+)?{_BORN}"),
    )


def _ages(text: str, sentence: Sentence, today: date) -> Iterator[_Timing]:
    if not sentence.tokens.norms.isdisjoint({"died", "dead", "killed", "would", "ago", "percent"}):
        return
    for place, form in enumerate(_age_forms()):
        for match in form.finditer(text, sentence.start, sentence.end):
            age = today.year - int(match["year"])
            ages = {age, age + 1} if place == 1 else {age - 1, age}
            if age < 0 or text[match.end() : match.end() + 1] in {"%", "-"}:
                continue
            told = (
                f"born in {match['year']} is {min(ages)} or {max(ages)} {'then' if place == 1 else f'in {today.year}'}"
            )
            yield _Timing("age", match.start(), match.end(), told, int(match["count"]) in ages)


@cache
def _promise() -> Pattern:
    verbs = any_of(
        ("hold", "host", "open", "begin", "start", "launch", "sign", "publish", "unveil", "complete", "finish")
    )
    return pattern(
        r"\b(?:will|shall|(?:is|are)\s+(?:due|set|scheduled|expected|planned)\s+to|(?:is|are)\s+to)\s+"
        r"(?:(?:also|then|formally|officially|finally)\s+)?"
        rf"(?:{verbs}\s+(?:(?:the|its|their|a|an|his|her)\s+)?(?:[\pL-]+\s+){{1,3}}?|(?:be\s+)?(?P<verb>\pL+)\s+)"
        r"(?:on|in|by)\s+(?:(?:the\s+end\s+of|early|late|mid)[\s-]+)?(?P<when>"
        rf"(?:(?P<month>{MONTH})\b\.?\s+)?(?P<year>{YEAR}))\b"
    )


@cache
def _about() -> frozenset[str]:
    return frozenset(stem(verb) for verb in _ABOUT)


def _promises(text: str, sentence: Sentence, today: date) -> Iterator[_Timing]:
    """`The line will open in May 2019`, in an article of 2025."""
    for match in _promise().finditer(text, sentence.start, sentence.end):
        year = int(match["year"])
        month = MONTHS[match["month"].casefold()] if match["month"] else 12
        last = date(year + month // 12, month % 12 + 1, 1)
        around = _around(sentence, match)[1]
        if stem(match["verb"]) in _about() or _names_a_year(around) or not _ONCE.isdisjoint(t.norm for t in around):
            continue
        told = f"{match['when']} was past when the article was published, on {today.isoformat()}"
        yield _Timing("promise", match.start(), match.end(), told, last >= today - LONG_PAST)


def _overdue(sentence: Sentence, days: list[DateMention], today: date) -> Iterator[_Timing]:
    """`The report will be published on 4 May 2025`, `She takes office on 4 May 2025`, in an article of June 2025."""
    for mention in days:
        if not mention.year or len(mention.readings) != 1:
            continue
        day, place = mention.readings[0], sentence.place(mention.start)
        lead = _clause_before(sentence.tokens[max(0, place - CLAUSE) : place])
        before = sentence.tokens[max(0, place - LONG_SENTENCE) : place]
        after = sentence.place(mention.end)
        behind = sentence.tokens[after : after + LONG_SENTENCE]
        said = {token.norm for token in before}
        if _names_a_year((*before, *behind)) or not said.isdisjoint(_ONCE):
            continue
        retold = not (said | {token.norm for token in behind}).isdisjoint(_RETOLD)
        if _promised(lead) or (_present(lead) and today - day < A_YEAR and not retold):
            late = f"{day.isoformat()} was past when the article was published, on {today.isoformat()}"
            yield _Timing("promise", mention.start, mention.end, late, day >= today - A_WEEK)


def _clause_before(tokens: Sequence[Token]) -> Sequence[Token]:
    marks = [place for place, token in enumerate(tokens) if token.kind == "mark" and token.text not in HYPHENS]
    return tokens[marks[-1] + 1 :] if marks else tokens


def _promised(tokens: Sequence[Token]) -> bool:
    """Whether a clause before a day puts what is to come on it: `will be held in Ghent on`, `is due to open from`."""
    norms = [token.norm for token in tokens]
    if not norms or norms[-1] not in _ONTO:
        return False
    at = next((place for place in range(len(norms) - 2, -1, -1) if norms[place] in _FUTURE), None)
    if at is None or at == len(norms) - 2:
        return False
    if norms[at] == "to" and not (
        at and norms[at - 1] in _BOUND and not _PRESENT_BE.isdisjoint(norms[max(0, at - 3) : at])
    ):
        return False
    first = next((n for n in range(at + 1, len(norms) - 1) if norms[n] != "be" and not norms[n].endswith("ly")), None)
    if first is None or norms[first] in _SKIPPED or stem(norms[first]) in _about():
        return False
    rest = tokens[first + 1 : -1]
    return _leads_on(rest) or (stem(norms[first]) in _staging() and _free(rest))


def _present(tokens: Sequence[Token]) -> bool:
    """Whether a clause before a day puts what is to come on it in the present tense: `takes office on`."""
    norms = [token.norm for token in tokens]
    if len(norms) < 3 or norms[-1] not in _ONTO or not _WITNESSED.isdisjoint(norms):
        return False
    for at in range(len(norms) - 2, 0, -1):
        completion = _OPENS.get(norms[at])
        if completion is None:
            continue
        rest = tokens[at + 1 : -1]
        if not completion:
            return _leads_on(rest)
        return bool(rest and rest[0].norm in completion) and _free(rest[1:])
    return False


def _leads_on(tokens: Sequence[Token]) -> bool:
    """Whether nothing but words of place and manner stands between a verb and its day."""
    return _free(tokens) and (not tokens or tokens[0].norm in _LEADS or tokens[0].norm.endswith("ly"))


def _free(tokens: Sequence[Token]) -> bool:
    """Whether the day can belong to none of these words: neither a verb, nor an event, nor a clause."""
    return not any(t.norm in _SKIPPED or _past(t) or stem(t.norm) in _happenings() for t in tokens)


@cache
def _happenings() -> frozenset[str]:
    return frozenset(stem(row["word"]) for row in table("event_words") if row["part"] != "verb")


@cache
def _staging() -> frozenset[str]:
    return frozenset(stem(verb) for verb in _STAGING)


def _ahead(sentence: Sentence, days: list[DateMention], today: date) -> Iterator[_Timing]:
    """`It was signed on 4 May 2027`, or a report of that day, in an article of 2025."""
    for mention in days:
        if not mention.year or len(mention.readings) != 1:
            continue
        place = sentence.place(mention.start)
        before = sentence.tokens[max(0, place - LEAD) : place]
        verb = _happened(before)
        if verb is None or verb.norm in _ARRANGED or not {token.norm for token in before}.isdisjoint(_COMING):
            continue
        told = f"{mention.readings[0].isoformat()} had not come when the article was published, on {today.isoformat()}"
        yield _Timing("ahead", mention.start, mention.end, told, mention.readings[0] <= today + timedelta(days=1))


def _happened(tokens: Sequence[Token]) -> Token | None:
    """The verb that puts what is past on the day behind it: `sank on`, `ran aground on`, `was opened in Ghent on`."""
    if tokens and _past(tokens[-1]):
        return tokens[-1] if _is_event(tokens, len(tokens) - 1) else None  # `sank Jan. 9`
    if len(tokens) < 2 or tokens[-1].norm != "on":
        return None
    if _past(tokens[-2]):
        return tokens[-2]
    at = next((place for place in range(len(tokens) - 2, -1, -1) if _past(tokens[place])), None)
    if at is not None and _is_event(tokens, at):
        rest = tokens[at + 1 : -1]
        staged = is_determiner(rest[0]) and stem(tokens[at].norm) in _staging() and _free(rest)
        return tokens[at] if staged or all(_places(token) for token in rest) else None
    return _reporting(tokens[:-1])


def _is_event(tokens: Sequence[Token], at: int) -> bool:
    return event_at(tokens, at) is not None


def _places(token: Token) -> bool:
    """Whether a word between a verb of an event and its day says where, or is a part of the verb."""
    return (token.capitalised and token.norm not in CALENDAR) or token.text == "," or token.norm in _WHERE


def _reporting(tokens: Sequence[Token]) -> Token | None:
    """The verb of `reported by the Harbour Gazette`."""
    place = next((place for place, token in enumerate(tokens) if token.norm in _REPORTS), None)
    if place is None:
        return None
    verb, rest = tokens[place], tokens[place + 1 :]
    return (
        verb
        if rest and rest[0].norm in {"by", "in"} and all(t.capitalised or t.norm == "the" for t in rest[1:])
        else None
    )


def _past(token: Token) -> bool:
    word = token.norm
    return not token.capitalised and (word in words("irregular_pasts") or (len(word) > 4 and word.endswith("ed")))


def _reports(document: Document, sentence: Sentence, days: list[DateMention], today: date | None) -> Iterator[_Timing]:
    """`The ferry sank on 5 May, the Gazette reported on 3 May`: a report older than what it reports."""
    for event, report in pairwise(days):
        place = sentence.place(event.start)
        before = sentence.tokens[max(0, place - 2) : place]
        between = sentence.tokens[sentence.place(event.end) : sentence.place(report.start)]
        told_on = _day(report, event.year, today)
        happened = _day(event, report.year, today)
        if not (told_on and happened and len(before) == 2 and before[1].norm == "on" and _past(before[0])):
            continue
        if before[0].norm in _ARRANGED | _REPORTS or not between or between[-1].norm != "on":
            continue
        reported = between[-2].norm in _REPORTS if len(between) > 1 else False
        if (reported or _reporting(between[:-1])) and abs(told_on - happened) <= STORY:
            told = f"the report is dated before {document.text[event.date_start : event.date_end]}, the day it reports"
            yield _Timing("report", report.start, report.end, told, told_on >= happened)


def _foreseen(document: Document, today: date | None) -> Iterator[_Timing]:
    """`said in a statement dated 5 May that it regretted the collapse`, where the collapse was on 7 May."""
    answers = [
        (mention, issued, event)
        for sentence in document.prose
        if sentence.kind == "paragraph" and not _ISSUED.isdisjoint(sentence.tokens.norms)
        for mention in document.days_in(sentence)
        if (issued := _issued(sentence, mention, today)) and (event := _answered(sentence, mention))
    ]
    happened = _days_of_events(document, today) if answers else {}
    for mention, issued, event in answers:
        days = happened.get(event, [])
        if days and min(days) > issued and max(days) - issued <= STORY:
            told = f"it is dated before {min(days).isoformat()}, the day of the {event}"
            yield _Timing("report", mention.start, mention.end, told, fits=False)


def _issued(sentence: Sentence, mention: DateMention, today: date | None) -> date | None:
    """The day of `a statement dated 5 May`."""
    place = sentence.place(mention.start)
    lead = [token.norm for token in sentence.tokens[max(0, place - 3) : place]]
    dated = lead and lead[-1] in {"dated", "of"} and not _ISSUED.isdisjoint(lead)
    return _day(mention, None, today) if dated else None


def _answered(sentence: Sentence, mention: DateMention) -> str | None:
    """What befell that the words behind a day answer: `regretted the collapse`."""
    place = sentence.place(mention.end)
    tokens = sentence.tokens[place : place + CLAUSE]
    if not any(stem(token.norm) in _reactions() for token in tokens):
        return None
    found = (event_at(tokens, at) for at in range(len(tokens)) if definite(tokens, at))
    return next((event.word.event for event in found if event and event.word.kind == "befalls"), None)


def _days_of_events(document: Document, today: date | None) -> dict[str, list[date]]:
    """The days that the article gives each kind of event; those told apart, as the second of two, are left out."""
    mentions = {mention.start: mention for mention in document.dates}
    days: dict[str, list[date]] = defaultdict(list)
    for row in events(document):
        stated = _day(mentions[row["start"]], None, today)
        day = date.fromisoformat(row["counted"]) if row["counted"] else stated
        if day and not row["apart"]:
            days[row["event"]].append(day)
    return days


@cache
def _reactions() -> frozenset[str]:
    return frozenset(stem(verb) for verb in words("reaction_verbs"))


def _day(mention: DateMention, other_year: int | None, today: date | None) -> date | None:
    """The mention's day; two of a sentence that name no year are of one, any leap year where none is known."""
    year = mention.year or other_year or (today.year if today else 2000)
    if mention.month is None or mention.day is None:
        return None
    try:
        return date(year, mention.month, mention.day)
    except ValueError:
        return None
