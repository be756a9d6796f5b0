"""Date phrases of English news copy, found and read, but not yet resolved against an article's own date.

Forms: those of the AP Stylebook and the Guardian style guide (`August 20, 2025`, `20 August 2025`, `Aug. 20`),
ISO 8601, numeric days (`10/01/2026`, both readings kept), weekdays, and words relative to the day of publication.
"""

import re
from bisect import bisect_left
from calendar import day_name, month_abbr, month_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.language.lexicons import words
from pipelines.language.patterns import Match, any_of, pattern
from pipelines.language.tokens import HYPHENS

WEEKDAYS = tuple(day_name)
MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.casefold(): number for number, name in enumerate(day_name)}
_WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_FULL_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
ANY_WEEKDAY = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)"
)
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20|21)\d\d"
_ANY_YEAR = r"(?:1\d|20|21)\d\d"
# The first year that no count is taken for: `On 5 May 1200 men marched` holds none.
_CERTAIN_YEAR = 1500
_BEFORE = rf"(?:\b(?P<before>{ANY_WEEKDAY})\b\.?,?\s+(?:the\s+|\()?)?"
_AFTER = rf"(?:(?:,\s+a\s+|,\s+|\s+\()(?P<after>{WEEKDAY})\b)?"

_DAY_MONTH = pattern(
    rf"{_BEFORE}\b(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{MONTH})\b\.?(?:,?\s+(?P<year>{_ANY_YEAR})\b)?{_AFTER}"
)
_MONTH_DAY = pattern(
    rf"{_BEFORE}\b(?P<month>{MONTH})\b\.?\s+(?P<day>{_DAY})\b(?:,?\s+(?P<year>{_ANY_YEAR})\b)?{_AFTER}"
)
_MONTH_YEAR = pattern(rf"\b(?P<month>{MONTH})\b\.?(?:,|\s+of)?\s+(?P<year>{YEAR})\b")
_YEAR_FIRST = pattern(
    rf"\b(?P<year>{YEAR})(?:-(?P<a>\d\d)-(?P<b>\d\d)|/(?P<c>\d{{1,2}})/(?P<d>\d{{1,2}})|\.(?P<e>\d{{1,2}})\.(?P<f>\d{{1,2}}))\b"
)
_NUMERIC = pattern(
    rf"{_BEFORE}\b(?:(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<year>{YEAR}|\d\d)"
    rf"|(?P<c>\d{{1,2}})\.(?P<d>\d{{1,2}})\.(?P<year2>{YEAR})"
    rf"|(?P<e>\d{{1,2}})-(?P<f>\d{{1,2}})-(?P<year3>{YEAR}))\b{_AFTER}"
)
# A year of two digits belongs to the hundred years up to 2068 (POSIX, strptime).
_PIVOT = 69
_PARTS = ("morning", "afternoon", "evening", "night")
_PART = any_of(_PARTS)
_NTH = r"(?P<nth>\d{1,2}(?:st|nd|rd|th))"
_WEEKDAY_RANGE = rf"{WEEKDAY}\s*(?:-|–|to|through|till)\s*{WEEKDAY}"
_WEEKDAY_ALONE = pattern(
    rf"\b(?:{_WEEKDAY_RANGE}|(?:(?P<led>[Ll]ast|[Tt]his|[Nn]ext)\s+week,?\s+(?:on\s+)?)?(?P<named>(?P<weekday>{WEEKDAY})(?:\s+{_PART})?)\b"
    rf"(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week|,?\s+(?:the\s+)?{_NTH})?)\b"
)
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {"a": 1} | {word: number for number, word in enumerate(_NUMBER_WORDS, 1)}
_RELATIVE = pattern(
    rf"\b(?:(?P<deictic>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|tomorrow)(?:\s+{_PART}\b)?"
    r"|(?:said|told|announced|confirmed|declared|reported)\s+(?P<said>today)|(?P<today>tonight|(?:earlier|later)\s+today)"
    rf"|(?P<which>last|this|next|coming)\s+(?P<unit>{_PART}|week|weekend|fortnight|month|year|spring|summer|autumn|winter)"
    rf"|(?P<count>{any_of(_COUNTS)}|\d{{1,3}})\s+(?P<span>day|night|week|fortnight|month)s?\s+(?P<way>ago|from\s+now)"
    r"|(?P<other>over\s+the\s+weekend|the\s+week(?:end)?\s+(?:before\s+last|after\s+next)))\b",
    ignore_case=True,
)
_OF_MONTH = pattern(rf"\b(?:the\s+)?{_NTH}\s+of\s+(?P<which>last|this|next)\s+month\b")
# What no date, no date in numbers, and no words relative to the day of publication lack: a first look at a text.
_DIGIT = re.compile("[0-9]")
_NAMED_MONTH = pattern(MONTH)
_TWO_NUMBERS = re.compile("[0-9][-/.][0-9]")
_NAMED_WEEKDAY = pattern(WEEKDAY)
_OFF = {"last": -1, "this": 0, "next": 1}
# As Austrian, German and Swiss desks write it in English; in full, `16. March 2016` may begin a sentence.
_POINTED = pattern(
    rf"\b(?P<day>\d{{1,2}})\.\s+(?P<month>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?\s+(?P<year>{YEAR})\b"
)
_RELATIVE_NAME = pattern(
    rf"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming)\s+(?:(?P<weekday>{WEEKDAY})(?:\s+{_PART})?|{_FULL_MONTH})\b"
)
_RANGE_AFTER = pattern(rf"\s*(?:-|–|—|to|and|until|through)\s*(?:{MONTH}\b\.?\s+)?\d{{1,2}}\b")
_LIST_BEFORE = pattern(rf"{ANY_WEEKDAY}\b\.?,?\s*(?:-|–|—|to|and|or|until|through|,)\s*$")
_WORD_BEFORE = pattern(r"([\pL’']+\.?)\s*$")
_WORD_AFTER = pattern(r"\s+(\pL+)")
# Before a number that is filed under a date-like mark: `Order No. 12/03/2024`.
_NUMBERED = frozenset({"no", "nos", "number", "numbered", "ref", "reference", "case", "file"})
# Before a weekday that is certainly one, however the next word is written.
_LEADS = frozenset({"on", "by", "until", "till", "since", "before", "after", "from", "late", "early", "said"})
# After a weekday that returns: `Friday prayers`, `Saturday nights`.
_RETURNS = frozenset({"prayer", "prayers", "school", "mass", "mornings", "afternoons", "evenings", "nights"})
# Before `last week` and `next month` where the story, not the day of publication, says which: `the next year`.
_STORY = frozenset({"the", "a", "one", "very", "every", "each", "his", "her", "its", "their", "our", "my", "your"})
# Before `21 days ago`, a part of a longer span: `a month and 21 days ago`.
_LONGER = pattern(r"\b(?:month|year)s?(?:\s+and)?\s*$")
# After them, as in `last week of March`.
_WITHIN = frozenset({"of", "before", "after"})
# Before `yesterday` and `tomorrow` where they mean the past and the future: `cities of tomorrow` (`tomorrow’s cities`).
_AGE = frozenset({"of", "a", "no", "better", "brighter"})


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date phrase. `start:end` holds all of it, `date_start:date_end` the date without a weekday.

    `precision`: `day` (with or without a year), `month`, `weekday` or `relative`. `weekday` counts from Monday = 0.
    `readings` are the days that a numeric date can mean; for a full date there is one, for an impossible one none.
    `day_first` says how a numeric date is written, where its own numbers show it. `days_off` counts from the day of
    publication, where the words say how many: -1 for `yesterday`; `weeks_off` the weeks to that of a weekday
    (`Friday next week`), `months_off` the months to that of a day (`the 20th of next month`).
    """

    start: int
    end: int
    date_start: int
    date_end: int
    precision: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    readings: tuple[date, ...] = ()
    numeric: bool = False
    day_first: bool | None = None
    days_off: int | None = None
    weeks_off: int | None = None
    months_off: int | None = None


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[DateMention]:
    """The date phrases of `text[start:end]`, in order, none inside another.

    The earlier and longer of two wins, and a date of the calendar over words relative to the day of publication.
    """
    end = len(text) if end is None else end
    dates = (
        _disjoint([*_full(text, start, end), *_numeric(text, start, end)]) if _DIGIT.search(text, start, end) else []
    )
    vague = _disjoint([*_weekdays(text, start, end), *_relative(text, start, end)])
    return sorted([*dates, *_outside(vague, dates)], key=lambda mention: mention.start)


def _disjoint(found: list[DateMention]) -> list[DateMention]:
    """In order of place, without those that begin inside another."""
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _outside(mentions: list[DateMention], taken: list[DateMention]) -> Iterator[DateMention]:
    """Those that overlap none of `taken`; both in order and disjoint."""
    starts = [other.start for other in taken]
    for mention in mentions:
        at = bisect_left(starts, mention.end) - 1
        if at < 0 or taken[at].end <= mention.start:
            yield mention


def _full(text: str, start: int, end: int) -> Iterator[DateMention]:
    """The dates with the name of a month."""
    if not _NAMED_MONTH.search(text, start, end):
        return
    for form in (_DAY_MONTH, _MONTH_DAY):
        for match in form.finditer(text, start, end):
            day = _number(match["day"])
            month = MONTHS[match["month"].casefold()]
            year = int(match["year"] or 0) or None
            if year and year < _CERTAIN_YEAR and _counts(text, match.end("year"), end):
                year = None
            if not 1 <= day <= 31:
                continue
            date_end = match.end("year") if year else max(match.end("day"), match.end("month"))
            named, begin, finish = _weekday(text, match, date_end, start, end)
            yield DateMention(
                begin,
                finish,
                min(match.start("day"), match.start("month")),
                date_end,
                "day",
                year,
                month,
                day,
                named,
                existing_days([(year, month, day)]),
            )
    for match in _POINTED.finditer(text, start, end):
        year, month, day = int(match["year"]), MONTHS[match["month"].casefold()], int(match["day"])
        if 1 <= day <= 31:
            whole = match.start(), match.end()
            yield DateMention(*whole, *whole, "day", year, month, day, None, existing_days([(year, month, day)]))
    for match in _MONTH_YEAR.finditer(text, start, end):
        month, year = MONTHS[match["month"].casefold()], int(match["year"] or 0)
        yield DateMention(match.start(), match.end(), match.start(), match.end(), "month", year, month)


def _numeric(text: str, start: int, end: int) -> Iterator[DateMention]:
    """The dates in numbers alone."""
    if not _TWO_NUMBERS.search(text, start, end):
        return
    for match in _YEAR_FIRST.finditer(text, start, end):
        year = int(match["year"])
        month, day = (int(match[one] or match[two] or match[three]) for one, two, three in ("ace", "bdf"))
        whole = match.start(), match.end()
        if 1 <= month <= 12 and 1 <= day <= 31 and not _part_of_more(text, *whole, start, end):
            yield DateMention(*whole, *whole, "day", year, month, day, None, existing_days([(year, month, day)]))
    for match in _NUMERIC.finditer(text, start, end):
        groups = next(
            groups for groups in (("a", "b", "year"), ("c", "d", "year2"), ("e", "f", "year3")) if match[groups[0]]
        )
        first, second, year = (int(match[group]) for group in groups)
        begin, finish = match.start(groups[0]), match.end(groups[2])
        if (
            _part_of_more(text, begin, finish, start, end)
            or _word_before(text, begin, start).casefold().rstrip(".") in _NUMBERED
        ):
            continue
        year += 0 if year > 99 else 1900 if year >= _PIVOT else 2000
        days = existing_days(dict.fromkeys([(year, second, first), (year, first, second)]))
        if groups[0] == "c":
            days = days[:1]  # points are written day first wherever they are written (CLDR)
        stated = match["before"] or match["after"]
        only = days[0] if len(days) == 1 else None
        yield DateMention(
            match.start("before") if match["before"] else begin,
            match.end("after") if match["after"] and not match["before"] else finish,
            begin,
            finish,
            "day",
            year,
            only.month if only else None,
            only.day if only else None,
            _WEEKDAYS[stated.casefold()] if stated else None,
            days,
            numeric=True,
            day_first=first > 12 if max(first, second) > 12 else None,
        )


def _counts(text: str, at: int, end: int) -> bool:
    """Whether a number before `at` counts what follows it."""
    after = _word_after(text, at, end)
    return after.islower() and after not in words("closed_class")


def _weekday(text: str, match: Match, date_end: int, start: int, end: int) -> tuple[int | None, int, int]:
    """The weekday that is stated with a date, and the whole phrase's place; none where it belongs to a range."""
    before, after = match["before"], match["after"]
    range_after = _RANGE_AFTER.match(text, date_end, min(end, date_end + 40)) is not None
    if before:
        lead = text[max(start, match.start() - 24) : match.start()]
        if range_after or _LIST_BEFORE.search(lead):
            return None, min(match.start("day"), match.start("month")), date_end
        return _WEEKDAYS[before.casefold()], match.start("before"), _closed(text, match.start("before"), date_end, end)
    begin = min(match.start("day"), match.start("month"))
    if after and not range_after:
        return _WEEKDAYS[after.casefold()], begin, _closed(text, begin, match.end("after"), end)
    return None, begin, date_end


def _closed(text: str, begin: int, finish: int, end: int) -> int:
    """The end of a phrase, with the parenthesis that closes one opened in it."""
    return finish + 1 if "(" in text[begin:finish] and finish < end and text[finish] == ")" else finish


def _weekdays(text: str, start: int, end: int) -> Iterator[DateMention]:
    """Weekdays that mean one day beside the day of publication: `Friday`, `Thursday evening`, `Monday of next week`."""
    if not _NAMED_WEEKDAY.search(text, start, end):
        return
    for match in _WEEKDAY_ALONE.finditer(text, start, end):
        if not match["weekday"]:
            continue
        before, after = _word_before(text, match.start(), start), _word_after(text, match.end(), end)
        before = "" if before.endswith(".") else before
        lead = before.casefold()
        certain = lead in _LEADS
        capital = before[:1].isupper() and lead not in words("determiners")  # `The Friday hearing`
        named = not certain and (capital or after[:1].isupper())
        hyphenated = text[match.end() : match.end() + 1] in HYPHENS
        if lead in words("no_weekday") or (named and not match["led"]) or hyphenated or after in _RETURNS:
            continue
        week = match["led"] or match["week"]
        nth = match["nth"] and not after[:1].isupper() and not _counts(text, match.end(), end)
        whole = match.start(), match.end("named") if match["nth"] and not nth else match.end()
        yield DateMention(
            *whole,
            *whole,
            "relative" if week or nth else "weekday",
            day=_number(match["nth"]) if nth else None,
            weekday=_WEEKDAYS[match["weekday"].casefold()],
            weeks_off=_OFF[week.casefold()] if week else None,
        )


def _relative(text: str, start: int, end: int) -> Iterator[DateMention]:
    """Words that count from the day of publication: `yesterday`, `last night`, `next month`, `two days ago`."""
    for match in _RELATIVE.finditer(text, start, end):
        if not _set_by_the_story(text, match, start, end):
            place = match.start("said" if match["said"] else 0)
            yield DateMention(place, match.end(), place, match.end(), "relative", days_off=_days_off(match))
    for match in _OF_MONTH.finditer(text, start, end) if _DIGIT.search(text, start, end) else ():
        whole, months_off = (match.start(), match.end()), _OFF[match["which"]]
        yield DateMention(*whole, *whole, "relative", day=_number(match["nth"]), months_off=months_off)
    for match in _RELATIVE_NAME.finditer(text, start, end):
        if _word_before(text, match.start(), start).casefold() not in _STORY:
            weekday = _WEEKDAYS[match["weekday"].casefold()] if match["weekday"] else None
            yield DateMention(match.start(), match.end(), match.start(), match.end(), "relative", weekday=weekday)


def _number(ordinal: str) -> int:
    return int(ordinal.rstrip("stndrh"))


def _set_by_the_story(text: str, match: Match, start: int, end: int) -> bool:
    """Whether the words count from a day of the story, or are a title: `the next year`, `last week of March`."""
    before = _word_before(text, match.start(), start).casefold()
    if match["deictic"]:
        owner = text[match.end() : match.end() + 1] in {"’", "'"}
        return before in _AGE or (owner and match["deictic"].casefold() == "tomorrow")
    if match["other"]:
        return _word_after(text, match.end(), end) in _WITHIN  # `over the weekend of 4 May`
    if match["count"]:
        return _LONGER.search(text, max(start, match.start() - 16), match.start()) is not None
    which, unit = match["which"].casefold(), match["unit"]
    if which and text[match.end() : match.end() + 1] in HYPHENS:
        return True  # `this year-round school`
    if which == "coming" and unit.casefold() not in {"week", "weekend"}:
        return True
    if which in {"last", "next"}:
        told = before in _STORY or _word_after(text, match.end(), end) in _WITHIN
        return told or unit[0].isupper() or (which == "next" and unit.casefold() in _PARTS)
    return bool(which) and unit[0].isupper()


def _days_off(match: Match) -> int | None:
    """How many days after the day of publication it is, where the words say."""
    if match["deictic"]:
        words = match["deictic"].casefold()
        away = 2 if words.startswith("the") else 1
        return -away if words.endswith("yesterday") else away
    if match["count"]:
        count, span = match["count"].casefold(), match["span"].casefold()
        days = {"day": 1, "night": 1, "week": 7, "fortnight": 14}.get(span)
        number = _COUNTS.get(count) or int(count)
        return days and (-days if match["way"].casefold() == "ago" else days) * number
    if match["said"] or match["today"]:
        return 0
    part = match["which"] and match["unit"].casefold() in _PARTS
    return {"last": -1, "this": 0}.get(match["which"].casefold()) if part else None


def _word_before(text: str, at: int, start: int) -> str:
    """The word before a place, with its point if it has one; empty where another mark stands between."""
    match = _WORD_BEFORE.search(text, max(start, at - 16), at)
    return match[1] if match else ""


def _word_after(text: str, at: int, end: int) -> str:
    match = _WORD_AFTER.match(text, at, min(end, at + 16))
    return match[1] if match else ""


def _part_of_more(text: str, begin: int, finish: int, start: int, end: int) -> bool:
    """A piece of a longer number, an address or a version."""
    before = text[begin - 1] if begin > start else " "
    after = text[finish : finish + 2] if finish < end else " "
    return before in "/.-=&?" or after[:1] in "/=-" or (after[:1] == "." and after[1:].isdigit())


def existing_days(parts: Iterable[tuple[int | None, int, int]]) -> tuple[date, ...]:
    """The days that exist among (year, month, day); none without a year."""
    days = []
    for year, month, day in parts:
        if year is not None and 1 <= month <= 12:
            try:
                days.append(date(year, month, day))
            except ValueError:
                continue
    return tuple(days)
