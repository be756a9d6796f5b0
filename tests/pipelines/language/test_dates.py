from datetime import date

import pytest
from hypothesis import given

from pipelines.language.dates import find_dates
from tests.pipelines.language.texts import HOSTILE, PART

FULL = {
    "August 20, 2025": date(2025, 8, 20),
    "20 August 2025": date(2025, 8, 20),
    "Aug. 20, 2025": date(2025, 8, 20),
    "20 Aug 2025": date(2025, 8, 20),
    "Sept 3 2024": date(2024, 9, 3),
    "the 5th of May 2016": date(2016, 5, 5),
    "May 5th, 2016": date(2016, 5, 5),
    "1st March 1998": date(1998, 3, 1),
    "2025-08-20": date(2025, 8, 20),
    "2025/8/20": date(2025, 8, 20),
    "20.8.2025": date(2025, 8, 20),
    "05.06.2025": date(2025, 6, 5),
    "25/06/2025": date(2025, 6, 25),
    "06/25/25": date(2025, 6, 25),
    "05/05/71": date(1971, 5, 5),
    "29 February 2024": date(2024, 2, 29),
    "9. Dec. 2018": date(2018, 12, 9),
}
VAGUE = {
    "It closed on Friday.": ["Friday"],
    "It closed on Thursday evening.": ["Thursday evening"],
    "It closes on Friday next week.": ["Friday next week"],
    "It meets next week on Tuesday, not this week, Thursday.": ["next week on Tuesday", "this week, Thursday"],
    "It met on Friday the 9th, not Tuesday 6th.": ["Friday the 9th", "Tuesday 6th"],
    "On Friday the 9th battalion marched.": ["Friday"],
    "She won on Tuesday 3rd Street.": ["Tuesday"],
    "It is due on the 5th of next month.": ["the 5th of next month"],
    "On Friday Mayor Lund spoke.": ["Friday"],
    "the Sunday Times": [],
    "Good Friday, every Monday, and Friday prayers": [],
    "from Monday to Friday": [],
    "the day after tomorrow": ["the day after tomorrow"],
    "yesterday morning, last night and tonight": ["yesterday morning", "last night", "tonight"],
    "three weeks ago and two days from now": ["three weeks ago", "two days from now"],
    "last Monday and next June": ["last Monday", "next June"],
    "the next year, his last week, last week of May": [],
    "cities of tomorrow": [],
    "in recent years, the coming year, this year-round school": [],
    "last Friday, 3 March 2023": ["Friday, 3 March 2023"],
}


@pytest.mark.parametrize("text", FULL)
def test_full_dates_have_one_reading(text: str) -> None:
    (mention,) = find_dates(f"It was sold on {text} to a choir.")
    assert mention.readings == (FULL[text],)


@pytest.mark.parametrize("text", VAGUE)
def test_days_beside_the_day_of_publication(text: str) -> None:
    assert [text[mention.start : mention.end] for mention in find_dates(text)] == VAGUE[text]


@pytest.mark.parametrize("text", ["10/01/2026", "10-01-2026", "10/1/26"])
def test_two_readings_are_both_kept_the_day_first_one_first(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.readings == (date(2026, 1, 10), date(2026, 10, 1))


@pytest.mark.parametrize("text", ["31 June 2025", "29 February 2025", "30/13/2025"])
def test_a_day_that_does_not_exist_has_no_reading(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.readings == ()


@pytest.mark.parametrize(
    "text",
    ["24/7", "v10.2.1", "Order No. 05/06/2025", "x.example/2024/05/06/a", "9/11", "2024/25", "may 5", "0800-11-12"],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("Tuesday, 4 March 2025", 1),
        ("Tues. 4 March 2025", 1),
        ("Friday (26 November)", 4),
        ("4 March 2025, a Tuesday", 1),
        ("Tuesday, 04/03/2025", 1),
        ("Sunday to Thursday (July 6 to 10)", None),
    ],
)
def test_a_weekday_belongs_to_the_date_that_it_stands_beside(text: str, weekday: int | None) -> None:
    mention = next(mention for mention in find_dates(text) if mention.precision == "day")
    assert mention.weekday == weekday


@given(PART)
def test_dates_are_ordered_disjoint_and_hold_their_parts(part: tuple[str, int, int]) -> None:
    text, start, end = part
    mentions = find_dates(text, start, end)
    places = [start, *(place for mention in mentions for place in (mention.start, mention.end)), end]
    assert places == sorted(places)
    assert all(m.start <= m.date_start < m.date_end <= m.end for m in mentions)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(find_dates(HOSTILE[name])) <= len(HOSTILE[name])
