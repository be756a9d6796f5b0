"""Days that are wrong, or can be read in two ways."""

import re
from collections.abc import Iterator
from datetime import date
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, instead
from pipelines.extraction.document import Row
from pipelines.language.dates import WEEKDAYS

_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
SETTLED = 2  # dates: from there an article has a style
NEAR = 8  # characters, for a second day beside the first
_SEVERAL_AFTER = re.compile(r"(?:,| and| or| to|[-–—]) ?\d{1,2}(?!\d)")
_SEVERAL_BEFORE = re.compile(r"(?<!\d)\d{1,2} ?(?:,|and|or|to|[-–—]) ?$")
# One past the last day of the short months.
_NO_DAY = {4: "31", 6: "31", 9: "31", 11: "31", 2: "30"}


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
)
