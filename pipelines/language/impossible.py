"""Dates that no calendar has and times that no clock shows, each with what is wrong with it.

Where digits can be something else (a count: `In June 31 people moved`; a score, a share, a file number), a sign beside
them has to say that a day or a time is meant.
"""

import re
from bisect import bisect_left, bisect_right
from calendar import month_name, monthrange
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.language.dates import MONTH, MONTHS, WEEKDAY, YEAR
from pipelines.language.lexicons import words
from pipelines.language.patterns import Match, any_of, pattern

_LEAP_YEAR = 2000
_LONGEST_MONTH = 31
_MONTHS_IN_YEAR = 12
_MOST_HOURS = 29  # what a hand slips to; higher numbers are more likely of something else

_ORDINAL = r"(?:st|nd|rd|th)"
_LEAD = rf"(?:\b(?P<lead>[Oo]n|[Dd]ated|{WEEKDAY},?)\s+(?:the\s+)?)?"
_DAY_FIRST = pattern(
    rf"{_LEAD}\b(?P<day>\d\d)(?P<ordinal>{_ORDINAL})?(?:\s+of)?\s+(?P<month>{MONTH})\b\.?(?:,?\s+(?P<year>{YEAR})\b)?"
)
_MONTH_FIRST = pattern(
    rf"{_LEAD}\b(?P<month>{MONTH})\b\.?\s+(?:(?P<first>\d{{1,2}})\s*(?:-|–|to|and)\s*)?"
    rf"(?P<day>\d\d)(?P<ordinal>{_ORDINAL})?\b(?:,?\s+(?P<year>{YEAR})\b)?"
)
_ISO = pattern(rf"\b(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b")
_NUMERIC = pattern(rf"\b(?P<a>\d{{1,2}})(?P<mark>[/.-])(?P<b>\d{{1,2}})[/.-](?P<year>{YEAR})\b")
# No date or time that cannot be lacks them.
_TWO_DIGITS = re.compile("[0-9][0-9]")
# Before a month and a number where the number counts what follows: `In June 31 people moved`.
_IN_MONTH = frozenset({"in", "since", "during", "for", "of", "between", "through"})
# Before digits that are filed under a date-like mark.
_FILED = frozenset({"no", "nos", "number", "ref", "reference", "case", "file", "fir", "order", "section", "version"})
# Words of a sentence that knows: `30 February, a day that does not exist`.
_KNOWING = pattern(
    r"\b(?:not exist|nonexistent|non-existent|no such|impossible|imaginary|invented|fictitious|forged|fake|\[?sic\b"
    r"|joked?|never come|calendar reform)",
    ignore_case=True,
)
_ASIDE = 120

_ZONE = any_of(("GMT", "UTC", "BST", "CET", "CEST", "EST", "EDT", "ET", "PST", "PDT", "IST", "local time"))
_TIME_LEAD = r"(?:[Aa]t|[Bb]y|[Uu]ntil|[Ff]rom|[Ss]ince|[Bb]efore|[Aa]fter|[Aa]round|[Aa]bout)"
_CLOCK = pattern(
    rf"(?:\b(?P<lead>{_TIME_LEAD})\s+)?\b(?P<hour>\d{{1,2}})(?P<mark>[:.])(?P<minute>\d\d)\b"
    rf"(?:\s*(?P<half>[ap]\.?m)\b\.?|\s*(?P<zone>{_ZONE}|hrs|hours)\b)?"
)
_HOUR = pattern(r"\b(?P<hour>\d\d)(?P<minute>)\s?(?P<half>[ap]\.?m)\b\.?")
_FOUR_DIGITS = pattern(rf"\b(?P<hour>\d\d)(?P<minute>\d\d)\s*(?P<zone>{_ZONE})\b")
# Before `at` and numbers that are a score, a share or odds.
_LEVEL = pattern(
    r"\b(?:stood|stands?|standing|ended|finished|remained|level|tied|scores?|ratio|odds|split|fixed|set|lead|led|ahead)"
    r"\s*$"
)
_WORD_BEFORE = pattern(r"(\pL+)\.?\s*$")
_WORD_AFTER = pattern(r"\s+(\pL+)")


class Impossible(NamedTuple):
    """A date or time at `start:end` that cannot be; `fault` is the clause that says why. `precision`: `day`, `time`."""

    start: int
    end: int
    precision: str
    fault: str


def find_impossible(text: str, start: int = 0, end: int | None = None) -> list[Impossible]:
    """The impossible dates and times of `text[start:end]`, in order, but where the words around know that they are."""
    end = len(text) if end is None else end
    if not _TWO_DIGITS.search(text, start, end):
        return []
    found = [
        *_written(text, start, end),
        *_iso(text, start, end),
        *_numeric(text, start, end),
        *_times(text, start, end),
    ]
    kept: list[Impossible] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    known = [match.start() for match in _KNOWING.finditer(text, start, end)] if kept else []
    return [one for one in kept if not _known(one, known)]


def fault_of(day: int, month: int, year: int | None) -> str | None:
    """Why there is no such day, as a clause; None where there is one. A February without a year may have 29 days."""
    if not 1 <= month <= _MONTHS_IN_YEAR:
        return f"there is no month {month}"
    if not 1 <= day <= _LONGEST_MONTH:
        return f"no month has a day {day}"
    if day <= monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    name = month_name[month]
    if month != 2:
        return f"{name} has 30 days"
    return f"{year} is no leap year" if day == 29 else f"{name} has at most 29 days"


def _written(text: str, start: int, end: int) -> Iterator[Impossible]:
    """`31 June`, `June 31`, `29 February 2025`, `June 28-31`."""
    for form in (_DAY_FIRST, _MONTH_FIRST):
        for match in form.finditer(text, start, end):
            day, month = int(match["day"]), MONTHS[match["month"].casefold()]
            fault = fault_of(day, month, int(match["year"] or 0) or None)
            sure = match["year"] or match["ordinal"] or match["lead"]
            if fault and (sure or _plainly_a_day(text, match, day, start, end)):
                begin = min(match.start("day"), match.start("month"))
                yield Impossible(
                    begin, max(match.end(part) for part in ("day", "ordinal", "month", "year")), "day", fault
                )


def _plainly_a_day(text: str, match: Match, day: int, start: int, end: int) -> bool:
    """Whether the number beside a month counts nothing, by its size and by the words around."""
    if day > _LONGEST_MONTH:
        return False
    if match.start("day") < match.start("month"):
        return True
    following = _word(_WORD_AFTER.match(text, match.end(), min(end, match.end() + 24)))
    counts = following and (following == "of" or following not in words("closed_class"))
    return not counts and _before(text, match.start(), start) not in _IN_MONTH


def _iso(text: str, start: int, end: int) -> Iterator[Impossible]:
    for match in _ISO.finditer(text, start, end):
        day, month = int(match["day"]), int(match["month"])
        plausible = day <= _LONGEST_MONTH or month <= _MONTHS_IN_YEAR  # neither: a number of another kind
        fault = fault_of(day, month, int(match["year"]))
        if fault and plausible and not _in_more(text, match.start(), match.end(), start, end):
            yield Impossible(match.start(), match.end(), "day", fault)


def _numeric(text: str, start: int, end: int) -> Iterator[Impossible]:
    """`31/06/2025` and `13.13.2025`: wrong whichever of the two is the month."""
    for match in _NUMERIC.finditer(text, start, end):
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        day_first = fault_of(first, second, year)
        month_first = fault_of(second, first, year)
        filed = _before(text, match.start(), start) in _FILED
        if not (day_first and month_first) or filed or max(first, second) > _LONGEST_MONTH:
            continue
        if not _in_more(text, match.start(), match.end(), start, end):
            fault = day_first if second <= _MONTHS_IN_YEAR or first > _MONTHS_IN_YEAR else month_first
            yield Impossible(match.start(), match.end(), "day", fault)


def _times(text: str, start: int, end: int) -> Iterator[Impossible]:
    for form in (_CLOCK, _HOUR, _FOUR_DIGITS):
        for match in form.finditer(text, start, end):
            begin, half = match.start("hour"), match["half"] if form is not _FOUR_DIGITS else ""
            fault = _clock_fault(int(match["hour"]), int(match["minute"] or 0), half[:1])
            if not fault or _in_more(text, begin, match.end(), start, end):
                continue
            if half or form is _FOUR_DIGITS or (match["mark"] == ":" and _shows_a_time(text, match, start)):
                yield Impossible(begin, match.end(), "time", fault)


def _clock_fault(hour: int, minute: int, half: str) -> str | None:
    if minute >= 60:
        return "an hour has 60 minutes"
    if half == "a" and hour > 12:
        return "the hours before noon end at 12"
    return "a day has 24 hours" if hour > 24 or (hour == 24 and minute) else None


def _shows_a_time(text: str, match: Match, start: int) -> bool:
    """Whether digits are a clock’s: `at 25:61`, neither a score nor a share (`at 60:40`)."""
    if match["zone"]:
        return True
    hour, minute = int(match["hour"]), int(match["minute"])
    level = _LEVEL.search(text, max(start, match.start() - 24), match.start())
    return bool(match["lead"]) and hour <= _MOST_HOURS and hour + minute != 100 and level is None


def _known(one: Impossible, known: list[int]) -> bool:
    """Whether words that call something impossible stand near; `known` are their places."""
    return bisect_left(known, one.start - _ASIDE) < bisect_right(known, one.end + _ASIDE)


def _in_more(text: str, begin: int, finish: int, start: int, end: int) -> bool:
    """A piece of a longer number, an address or a version."""
    before = text[begin - 1] if begin > start else " "
    after = text[finish : finish + 2] if finish < end else " "
    return before in "/.:-=&?_#" or after[:1] in "/=-_" or (after[:1] in ".:," and after[1:].isdigit())


def _before(text: str, at: int, start: int) -> str:
    return _word(_WORD_BEFORE.search(text, max(start, at - 24), at))


def _word(match: Match | None) -> str:
    return match[1].casefold() if match else ""
