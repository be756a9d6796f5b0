"""Date phrases of English news copy, found and read, but not yet resolved against an article's own date.

Forms: those of the AP Stylebook and the Guardian style guide (`August 20, 2025`, `20 August 2025`, `Aug. 20`), ISO 8601,
numeric days (`10/01/2026`, both readings kept), weekdays, and words relative to the day of publication.
"""

from calendar import day_name, month_abbr, month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.language.patterns import Match, pattern

WEEKDAYS = tuple(day_name)
_MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.casefold(): number for number, name in enumerate(day_name)}
_WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_ANY_WEEKDAY = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)"
)
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_BEFORE = rf"(?:\b(?P<before>{_ANY_WEEKDAY})\b\.?,?\s+(?:the\s+|\()?)?"
_AFTER = rf"(?:(?:,\s+a\s+|,\s+|\s+\()(?P<after>{_WEEKDAY})\b)?"

_DAY_MONTH = pattern(
    rf"{_BEFORE}\b(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>{_YEAR})\b)?{_AFTER}"
)
_MONTH_DAY = pattern(rf"{_BEFORE}\b(?P<month>{_MONTH})\b\.?\s+(?P<day>{_DAY})\b(?:,?\s+(?P<year>{_YEAR})\b)?{_AFTER}")
_MONTH_YEAR = pattern(rf"\b(?P<month>{_MONTH})\b\.?(?:,|\s+of)?\s+(?P<year>{_YEAR})\b")
_ISO = pattern(rf"\b(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b")
_NUMERIC = pattern(
    rf"{_BEFORE}\b(?:(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<year>{_YEAR}|\d\d)"
    rf"|(?P<c>\d{{1,2}})\.(?P<d>\d{{1,2}})\.(?P<year2>{_YEAR})"
    rf"|(?P<e>\d{{1,2}})-(?P<f>\d{{1,2}})-(?P<year3>{_YEAR}))\b"
)
_WEEKDAY_ALONE = pattern(rf"\b(?P<before>{_WEEKDAY})\b")
_RELATIVE = pattern(
    r"\b(?:yesterday|tomorrow|tonight|(?:earlier|later) today|(?:last|this|next|coming|past)\s+"
    r"(?:night|morning|afternoon|evening|week|weekend|month|year|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b",
    ignore_case=True,
)
_RANGE_AFTER = pattern(rf"\s*(?:-|–|—|to|and|until|through)\s*(?:{_MONTH}\b\.?\s+)?\d{{1,2}}\b")
_LIST_BEFORE = pattern(rf"{_ANY_WEEKDAY}\b\.?,?\s*(?:-|–|—|to|and|or|until|through|,)\s*$")
# A weekday that names no day of the calendar: `every Friday`, `Good Friday`, `the Sunday Times`.
_RECURRING = frozenset({"every", "each", "black", "good", "ash", "easter", "palm", "bloody", "cyber", "super", "the"})


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date phrase. `start:end` holds all of it, `date_start:date_end` the date without a weekday.

    `precision`: `day` (with or without a year), `month`, `weekday` or `relative`. `weekday` counts from Monday = 0.
    `readings` are the days that a numeric date can mean; for a full date there is one, for an impossible one none.
    `day_first` says how a numeric date is written, where its own numbers show it.
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


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[DateMention]:
    """The date phrases of `text[start:end]`, in order, none inside another (the earlier and longer wins)."""
    end = len(text) if end is None else end
    found = [
        *_full(text, start, end),
        *_month_year(text, start, end),
        *_numeric(text, start, end),
        *_vague(text, start, end),
    ]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[DateMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _full(text: str, start: int, end: int) -> Iterator[DateMention]:
    for form in (_DAY_MONTH, _MONTH_DAY):
        for match in form.finditer(text, start, end):
            day = int(match["day"].rstrip("stndrh"))
            month = _MONTHS[match["month"].casefold()]
            year = int(match["year"] or 0) or None
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
                _days([(year, month, day)]),
            )
    for match in _ISO.finditer(text, start, end):
        year, month, day = (int(match[part] or 0) for part in ("year", "month", "day"))
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield DateMention(
                match.start(),
                match.end(),
                match.start(),
                match.end(),
                "day",
                year,
                month,
                day,
                None,
                _days([(year, month, day)]),
            )


def _weekday(text: str, match: Match, date_end: int, start: int, end: int) -> tuple[int | None, int, int]:
    """The weekday that is stated with a date, and the whole phrase's place; none where it belongs to a range."""
    before, after = match["before"], match["after"]
    range_after = _RANGE_AFTER.match(text, date_end, min(end, date_end + 40)) is not None
    if before:
        lead = text[max(start, match.start() - 24) : match.start()]
        if range_after or _LIST_BEFORE.search(lead):
            return None, min(match.start("day"), match.start("month")), date_end
        return _WEEKDAYS[before.casefold()], match.start("before"), date_end
    begin = min(match.start("day"), match.start("month"))
    if after and not range_after:
        return _WEEKDAYS[after.casefold()], begin, match.end("after")
    return None, begin, date_end


def _month_year(text: str, start: int, end: int) -> Iterator[DateMention]:
    for match in _MONTH_YEAR.finditer(text, start, end):
        month, year = _MONTHS[match["month"].casefold()], int(match["year"] or 0)
        yield DateMention(match.start(), match.end(), match.start(), match.end(), "month", year, month)


def _numeric(text: str, start: int, end: int) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(text, start, end):
        groups = next(
            groups for groups in (("a", "b", "year"), ("c", "d", "year2"), ("e", "f", "year3")) if match[groups[0]]
        )
        first, second, year = (int(match[group]) for group in groups)
        begin = match.start(groups[0])
        if _part_of_more(text, begin, match.end(), start, end):
            continue
        year += 2000 if year < 100 else 0
        days = _days(dict.fromkeys([(year, second, first), (year, first, second)]))
        weekday = _WEEKDAYS[match["before"].casefold()] if match["before"] else None
        only = days[0] if len(days) == 1 else None
        yield DateMention(
            match.start() if weekday is not None else begin,
            match.end(),
            begin,
            match.end(),
            "day",
            year,
            only.month if only else None,
            only.day if only else None,
            weekday,
            days,
            numeric=True,
            day_first=first > 12 if max(first, second) > 12 else None,
        )


def _vague(text: str, start: int, end: int) -> Iterator[DateMention]:
    for match in _WEEKDAY_ALONE.finditer(text, start, end):
        lead = text[max(start, match.start() - 12) : match.start()].split()
        rest = text[match.end() : match.end() + 2]
        named = rest[:1] == " " and rest[1:].isupper()
        if (lead and lead[-1].casefold() in _RECURRING) or named or rest[:1] in {"-", "’", "'"}:
            continue
        weekday = _WEEKDAYS[match["before"].casefold()]
        yield DateMention(match.start(), match.end(), match.start(), match.end(), "weekday", weekday=weekday)
    for match in _RELATIVE.finditer(text, start, end):
        yield DateMention(match.start(), match.end(), match.start(), match.end(), "relative")


def _part_of_more(text: str, begin: int, finish: int, start: int, end: int) -> bool:
    """A piece of a longer number, an address or a version."""
    before = text[begin - 1] if begin > start else " "
    after = text[finish : finish + 2] if finish < end else " "
    return before in "/.-=&?" or after[:1] in "/=-" or (after[:1] == "." and after[1:].isdigit())


def _days(parts: "list[tuple[int | None, int, int]] | dict[tuple[int, int, int], None]") -> tuple[date, ...]:
    """The days that exist among (year, month, day); none without a year."""
    days = []
    for year, month, day in parts:
        if year is not None and 1 <= month <= 12:
            try:
                days.append(date(year, month, day))
            except ValueError:
                continue
    return tuple(days)
