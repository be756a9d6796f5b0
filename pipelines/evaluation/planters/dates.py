"""Days and years that are wrong, mean nothing, or can be read in two ways."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, instead, new_paragraph
from pipelines.extraction.document import Row
from pipelines.language.dates import WEEKDAYS

_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
SETTLED = 2  # dates: from there an article has a style
NEAR = 8  # characters, for a second day beside the first
_SEVERAL_AFTER = re.compile(r"(?:,| and| or| to|[-–—]) ?\d{1,2}(?!\d)")
_SEVERAL_BEFORE = re.compile(r"(?<!\d)\d{1,2} ?(?:,|and|or|to|[-–—]) ?$")
# One past the last day of the short months.
_NO_DAY = {4: "31", 6: "31", 9: "31", 11: "31", 2: "30"}
WEEK = 7
# Events of which a story tells one, each by a noun that is right whatever words the story has for it.
SINGULAR = frozenset(
    {"signing", "opening", "launch", "inauguration", "explosion", "sinking", "election", "referendum", "crash"}
    | {"derailment", "collision", "grounding", "eruption", "earthquake", "landslide", "wedding", "summit", "coronation"}
    | {"collapse", "flood"}
)
UNDATED = (
    "The council will meet again on Friday.",
    "A second meeting is planned for next week.",
    "The office was closed yesterday.",
    "The forms must be handed in by Tuesday.",
)


def wrong_weekday(copy: Copy, random: Random) -> Iterator[Fault]:
    for row in _days(copy):
        right, stated = WEEKDAYS[date.fromisoformat(row["value"]).weekday()], row["weekday_stated"]
        wrong = random.choice([weekday for weekday in WEEKDAYS if weekday != right])
        if stated is None:
            yield Fault(row["start"], row["end"], f"{wrong}, {row['text']}")
        elif stated == right and stated in row["text"]:
            yield instead(row, stated, wrong)


def impossible(copy: Copy, _random: Random) -> Iterator[Fault]:
    for row in _days(copy):
        if match := _DAY.search(row["text"]):
            day = _NO_DAY.get(date.fromisoformat(row["value"]).month, "32")
            yield Fault(row["start"], row["end"], row["text"][: match.start()] + day + row["text"][match.end() :])


def ambiguous(copy: Copy, _random: Random) -> Iterator[Fault]:
    """Digits for a day that may be the month, where no other date of the article settles the order."""
    if any("/" in row["text"] or row["settled_by"] for row in copy.records["dates"]):
        return
    for row in _days(copy):
        day = date.fromisoformat(row["value"])
        if day.day <= 12 and day.day != day.month and str(day.year) in row["text"]:
            yield Fault(row["start"], row["end"], f"{day.day:02}/{day.month:02}/{day.year}")


def restyled(copy: Copy, _random: Random) -> Iterator[Fault]:
    """An ordinal for the day, in an article that writes two or more without."""
    plain = [(row, match[0]) for row in _days(copy) if (match := _DAY.search(row["text"]))]
    for row, day in plain if len(plain) > SETTLED else ():
        yield instead(row, day, _ordinal(int(day)))


def unanchored(copy: Copy, random: Random) -> Iterator[Fault]:
    """A day that only the article's own date could tell, in an article that has none."""
    for block in copy.paragraphs if copy.article.published is None else ():
        yield new_paragraph(block, random.choice(UNDATED))


def misdated(copy: Copy, _random: Random) -> Iterator[Fault]:
    """One of the statements of an event's day that agree is a week off, so that a weekday beside it stays right."""
    for statement in copy.statements.get("occasions", ()):
        if words := _a_week_off(statement.text):
            yield Fault(statement.start, statement.end, words)


def redated(copy: Copy, random: Random) -> Iterator[Fault]:
    """A later paragraph puts a past event, the article's only one of its kind, a week off."""
    for row, event in _told(copy, "done"):
        words, later = _a_week_off(row["stated"]), copy.later_paragraph(row["end"], random)
        if event in SINGULAR and words and later:
            yield new_paragraph(later, f"The {event}, on {words}, has been widely discussed since.")


def another_year(copy: Copy, random: Random) -> Iterator[Fault]:
    """What has happened is put in a year to come, or what is to come in a year gone by."""
    published = copy.article.published
    if published is None or published.day is None:
        return
    for phase, years in (("done", (1, 2)), ("planned", (-3, -2))):
        for row, _ in _told(copy, phase):
            day, today = date.fromisoformat(row["value"]), date.fromisoformat(published.day)
            told_right = day <= today if phase == "done" else day > today
            kept = row["weekday_stated"] is None and (day.month, day.day) != (2, 29)
            if told_right and kept and str(day.year) in row["text"]:
                yield instead(row, str(day.year), str(today.year + random.choice(years)))


def years_miscounted(copy: Copy, random: Random) -> Iterator[Fault]:
    """A paragraph counts the years up to the article's day wrongly."""
    published = copy.article.published
    if published is None or published.day is None:
        return
    for block in copy.paragraphs:
        years = random.randrange(15, 40)
        since, wrong = int(published.day[:4]) - years, years + random.choice((-8, -6, 7, 12))
        words = random.choice(
            (
                f"The records go back to {since}, {wrong} years ago.",
                f"The rules have stood unchanged since {since}, for {wrong} years.",
                f"A retired teacher, who was born in {since - 40} and is {wrong + 40}, came to listen.",
            )
        )
        yield new_paragraph(block, words)


def _a_week_off(words: str) -> str | None:
    """The date with its day a week earlier, or later at the start of a month; None for one that is all in digits."""
    day = _DAY.search(words)
    if day is None or not any(character.isalpha() for character in words):
        return None
    number = int(day[0])
    return words[: day.start()] + str(number + (-WEEK if number > WEEK else WEEK)) + words[day.end() :]


def _told(copy: Copy, phase: str) -> Iterator[tuple[Row, str]]:
    """Days of events that are told so, each with the event, where the article dates no other one of its kind."""
    events = copy.records["events"]
    kinds = Counter(row["event"] for row in events)
    told = {row["start"]: row["event"] for row in events if row["phase"] == phase and not row["apart"]}
    for row in _days(copy):
        event = told.get(row["start"])
        if event and kinds[event] == 1:
            yield row, event


def _days(copy: Copy) -> Iterator[Row]:
    """Days written with the month's name, none of them one of several: `5 and 6 May`, `May 5 to 6`."""
    text = copy.article.text
    return (
        row
        for row in copy.unquoted("dates")
        if row["precision"] == "day"
        and row["value"]
        and len(row["value"]) == 10
        and row["stated"][-1].isdigit()
        and any(character.isalpha() for character in row["stated"])
        and not _SEVERAL_AFTER.match(text[row["end"] : row["end"] + NEAR])
        and not _SEVERAL_BEFORE.search(text[max(0, row["start"] - NEAR) : row["start"]])
    )


def _ordinal(number: int) -> str:
    ending = "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


PLANTERS = (
    Planter("a weekday is wrong", ("weekday-mismatch",), wrong_weekday),
    Planter("a day is not in the calendar", ("impossible-date",), impossible),
    Planter("a date is put in digits", ("date-ambiguous",), ambiguous),
    Planter("a date is in another style", ("date-style-mixed",), restyled),
    Planter("a day is told that nothing dates", ("date-unanchored",), unanchored),
    Planter("one of several dates of an event is changed", ("event-date-conflict",), misdated),
    Planter("an event is given another date", ("event-date-conflict",), redated),
    Planter("an event is put in another year", ("chronology",), another_year),
    Planter("a count of years is wrong", ("chronology",), years_miscounted),
)
