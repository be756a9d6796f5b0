"""The plots: what they show, that they are sound pictures whatever the words, and the same bytes each time."""

from datetime import UTC, datetime
from typing import get_args
from xml.etree import ElementTree

import pytest

from audits.facts import CorpusFact, Side, Statement
from audits.findings import Span
from audits.history import Count, Entry
from audits.reports.plots import COLOURS, DATES_SHOWN, compact, is_told_by_time, over_time, trend
from expectations.catalogue import Severity

SVG = "{http://www.w3.org/2000/svg}"


def fact(*sides: tuple[str, float | None, list[str | None]]) -> CorpusFact:
    """A fact of the given values, each with its amount and the days of the articles that state it."""
    return CorpusFact(
        "valuation:bridge/cost",
        "valuations",
        "bridge",
        "Bridge: cost",
        None,
        tuple(
            Side(
                value,
                at == 0,
                tuple(
                    Statement(Span(f"{at}-{n}", f"{at}-{n}.txt", 0, 4, value[:4], 1, 1, "witness"), day, value, amount)
                    for n, day in enumerate(days)
                ),
            )
            for at, (value, amount, days) in enumerate(sides)
        ),
        ("00000000000000a1",),
    )


def words(picture: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def test_amounts_stand_on_a_scale_beside_their_days() -> None:
    shown = words(over_time(fact(("$40m", 40e6, ["2025-03-01", "2025-03-01"]), ("$44m", 44e6, ["2025-04-09"]))))
    assert {"1 Mar 2025", "9 Apr 2025", "40 m", "×2"} <= set(shown)


def test_other_values_stand_one_below_the_other() -> None:
    shown = words(over_time(fact(("Captain", None, ["2025-03-01", "2025-03-02"]), ("Major", None, [None]))))
    assert [label for label in shown if label in {"Captain", "Major", "no date"}] == ["no date", "Captain", "Major"]


@pytest.mark.parametrize("days", [["2025-03-01"], [None]])
def test_nothing_is_drawn_of_one_day(days: list[str | None]) -> None:
    assert not is_told_by_time(fact(("Captain", None, ["2025-03-01"]), ("Major", None, days)))
    assert is_told_by_time(fact(("Captain", None, ["2025-03-02"]), ("Major", None, ["2025-03-01"])))


def test_amounts_far_apart_are_all_seen() -> None:
    picture = over_time(fact(("$40m", 40e6, ["2025-03-01"]), ("$40bn", 40e9, ["2025-04-09"])))
    assert {"100 m", "1 bn", "10 bn"} <= set(words(picture))


def test_the_same_fact_makes_the_same_bytes() -> None:
    one = fact(("three", 3, ["2025-03-01", "2025-03-09"]), ("four", 4, ["2025-04-09"]))
    assert over_time(one) == over_time(one)


@pytest.mark.parametrize(
    "value",
    ["<script>alert(1)</script>", "$x^2$ & \x00\x1b\ufffe", "\u0645\u0644\u064a\u0648\u0646", "🚢" * 90, "\\frac"],
)
def test_any_words_make_a_sound_picture(value: str) -> None:
    picture = over_time(fact((value, None, ["2025-03-01", "2025-03-02"]), ("Major", None, ["2025-03-01"])))
    assert "<script" not in picture
    assert any(label[:3] == value[:3] for label in words(picture)) or "\x00" in value or value.startswith("$")


def test_colours_follow_the_reader_s_scheme() -> None:
    picture = over_time(fact(("three", 3, ["2025-03-01"]), ("four", 4, ["2025-04-09"])))
    style, _, drawing = picture.partition("</style>")
    assert all(light in style and dark in style for light, dark in COLOURS.values())
    assert not any(light in drawing for light, _ in COLOURS.values())
    assert "http" not in drawing.replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0"), (7, "7"), (1500, "1.5k"), (62e9, "62 bn"), (2.25e12, "2.25 tn"), (-3e6, "-3 m")],
)
def test_amounts_are_short(amount: float, shown: str) -> None:
    assert compact(amount) == shown


def course(*counts: tuple[int, int, int]) -> list[Entry]:
    """Audits of one corpus, a day apart, with so many errors, warnings and notes open."""
    return [
        Entry(
            at=datetime(2026, 3, day, 9, 30, tzinfo=UTC),
            version="1.2.3",
            corpus=("news",),
            articles=4,
            severities={severity: Count(n, 0) for severity, n in zip(get_args(Severity), open_, strict=True)},
            rules={},
            state=str(day),
            findings=None,
        )
        for day, open_ in enumerate(counts, start=1)
    ]


def test_the_course_of_audits_ends_in_the_counts_of_the_last() -> None:
    shown = words(trend(course((9, 12, 0), (5, 12, 1))))
    assert {"5 errors", "12 warnings", "1 note", "1 Mar 2026", "2 Mar 2026"} <= set(shown)


def test_many_audits_are_named_by_a_few_days() -> None:
    shown = words(trend(course(*((n, 0, 0) for n in range(28)))))
    assert len([label for label in shown if label.endswith("2026")]) <= DATES_SHOWN


def test_counts_that_are_alike_are_told_apart() -> None:
    picture = ElementTree.fromstring(trend(course((7, 7, 7), (7, 7, 7))))
    labels = [text for text in picture.iter(f"{SVG}text") if (text.text or "").startswith("7 ")]
    assert len({text.get("transform") or text.get("y") for text in labels}) == 3
