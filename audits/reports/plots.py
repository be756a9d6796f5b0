"""Plots as SVG: what the articles say over time. Drawn by matplotlib, imported only where there is something to draw.

The colours are variables of the picture's own style sheet, so that it follows the reader's light or dark. The same
values make the same bytes.
"""

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import StringIO
from math import log10
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from audits import history
from audits.facts import CorpusFact
from audits.reports.passages import shorten
from expectations.catalogue import SEVERITIES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Light and dark, as in report.css; drawn in the light ones.
COLOURS = {
    "ink": ("#22211e", "#e4e0d7"),
    "soft": ("#5f5b53", "#a8a297"),
    "line": ("#dedad1", "#3a3833"),
    "error": ("#a8201a", "#ff958a"),
    "warning": ("#7d5200", "#e2b45c"),
    "note": ("#33618f", "#8fbbe6"),
}
INK, SOFT, LINE, ERROR, WARNING, NOTE = (light for light, _ in COLOURS.values())
WIDTH, LANE, MARGIN = 7.2, 0.42, 0.75  # inches
LABEL_CHARACTERS = 30
DATES_SHOWN = 5
# Amounts further apart than this are drawn on a scale of powers.
FAR_APART = 20
STEPS = ((12, " tn"), (9, " bn"), (6, " m"), (3, "k"))

_STYLE = re.compile(r"\*\{[^}]*\}")
# What no XML document can hold (XML 1.0, production 2).
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day (None: in articles without a date), and how many statements give it."""

    day: date | None
    level: float
    favoured: bool
    statements: int


def is_told_by_time(fact: CorpusFact) -> bool:
    """Whether articles of two days or more state the fact, so that there is something to draw."""
    return len({statement.day for statement in fact.statements if statement.day}) > 1


def over_time(fact: CorpusFact) -> str:
    """The fact's values by the day of the articles that state them, where those are two or more."""
    points = _points(fact)
    days = sorted({point.day for point in points if point.day})
    amounts = _are_amounts(fact)
    with _drawn(MARGIN + LANE * (4 if amounts else len(fact.sides))) as (figure, axes):
        undated = _time_axis(axes, days, undated=any(point.day is None for point in points))
        for favoured in (True, False):
            side = [point for point in points if point.favoured == favoured]
            axes.plot(
                [point.day.toordinal() if point.day else undated for point in side],
                [point.level for point in side],
                linestyle="none",
                marker="o" if favoured else "D",
                markersize=7 if favoured else 6.5,
                markerfacecolor=INK if favoured else "none",
                markeredgecolor=INK if favoured else ERROR,
                markeredgewidth=1.5,
                clip_on=False,
            )
        for point in points:
            if point.statements > 1:
                at = (point.day.toordinal() if point.day else undated, point.level)
                axes.annotate(
                    f"×{point.statements}", at, (7, 0), textcoords="offset points", va="center", fontsize=8, color=SOFT
                )
        if amounts:
            _amount_axis(axes, [point.level for point in points])
        else:
            axes.set_yticks([-place for place in range(len(fact.sides))])
            axes.set_yticklabels([_plain(shorten(side.value, LABEL_CHARACTERS)) for side in fact.sides])
            axes.set_ylim(-len(fact.sides) + 0.5, 0.5)
        return _svg(figure)


def trend(course: Sequence[history.Entry]) -> str:
    """The open findings of each severity from audit to audit, one beside the other whatever time lay between."""
    with _drawn(MARGIN + 4 * LANE) as (figure, axes):
        places = range(len(course))
        highest = max(1, *(_open(entry, severity) for entry in course for severity in SEVERITIES))
        lines = _apart({severity: _open(course[-1], severity) for severity in SEVERITIES}, highest / 7)
        for severity, colour, stroke in zip(SEVERITIES, (ERROR, WARNING, NOTE), ("-", "--", ":"), strict=True):
            open_ = [_open(entry, severity) for entry in course]
            axes.plot(places, open_, stroke, color=colour, linewidth=1.75, marker="o", markersize=3.5, clip_on=False)
            axes.annotate(
                f"{open_[-1]} {severity}{'' if open_[-1] == 1 else 's'}",
                (len(course) - 1, lines[severity]),
                (8, 0),
                annotation_clip=False,
                textcoords="offset points",
                va="center",
                color=colour,
            )
        step = max(1, -(-len(course) // DATES_SHOWN))
        shown = sorted({*range(len(course) - 1, -1, -step)})
        axes.set_xticks(shown)
        axes.set_xticklabels([format_date(course[place].at.date(), "d MMM y", locale="en") for place in shown])
        axes.set_xlim(-0.3, (len(course) - 1) * 1.15 + 0.3)
        axes.set_ylim(0, highest * 1.15)
        axes.locator_params(axis="y", nbins=5, integer=True)
        return _svg(figure)


def _apart(heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """The heights at which words stand that are said of them: as near as can be, and a `gap` apart."""
    placed: dict[str, float] = {}
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        placed[name] = max([height, *(other + gap for other in placed.values())])
    return placed


def _open(entry: history.Entry, severity: str) -> int:
    return next((count.open for name, count in entry.severities.items() if name == severity), 0)


def _are_amounts(fact: CorpusFact) -> bool:
    return all(statement.amount is not None for statement in fact.statements)


def _points(fact: CorpusFact) -> list[Point]:
    """The statements by day and value; values that are no numbers stand one below the other."""
    amounts = _are_amounts(fact)
    counts = Counter(
        (statement.day, statement.amount if amounts else -place, side.favoured)
        for place, side in enumerate(fact.sides)
        for statement in side.statements
    )
    return [
        Point(date.fromisoformat(day) if day else None, float(level or 0), favoured, count)
        for (day, level, favoured), count in counts.items()
    ]


def _time_axis(axes: "Axes", days: Sequence[date], *, undated: bool) -> float:
    """Ticks on some of the days, the first and the last among them; returns where articles without a date stand."""
    first, last = days[0].toordinal(), days[-1].toordinal()
    room = max(1.0, (last - first) * 0.08)
    before = first - 2.5 * room
    step = max(1, -(-len(days) // DATES_SHOWN))
    shown = [day for day in days[:-1:step] if last - day.toordinal() >= (last - first) / DATES_SHOWN] + [days[-1]]
    apart = [day for at, day in enumerate(shown) if not at or (day - shown[at - 1]).days >= (last - first) / 9]
    labels = {day.toordinal(): format_date(day, "d MMM y", locale="en") for day in apart}
    axes.set_xticks([*([before] if undated else []), *labels])
    axes.set_xticklabels([*(["no date"] if undated else []), *labels.values()])
    axes.set_xlim((before if undated else first) - room, last + room)
    return before


def _amount_axis(axes: "Axes", amounts: Sequence[float]) -> None:
    low, high = min(amounts), max(amounts)
    if low > 0 and high / low > FAR_APART:
        axes.set_yscale("log")
        axes.set_ylim(low / 2, high * 2)
        axes.set_yticks([10.0**power for power in range(round(log10(low)), round(log10(high)) + 1)], minor=False)
        axes.minorticks_off()
    else:
        room = (high - low or high or 1) * 0.25
        axes.set_ylim(low - room, high + room)
        whole = all(amount.is_integer() for amount in amounts)
        axes.locator_params(axis="y", nbins=5, integer=whole)
    axes.yaxis.set_major_formatter(lambda amount, _at: compact(amount))


def compact(amount: float) -> str:
    """`62 bn`, `1.5 m`, `240`."""
    for power, unit in STEPS:
        if abs(amount) >= 10**power:
            return f"{amount / 10**power:.4g}{unit}"
    return f"{amount:.4g}"


@contextmanager
def _drawn(height: float) -> "Iterator[tuple[Figure, Axes]]":
    """Empty axes of the report's style, `height` inches high."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.hashsalt": "corrigenda",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 9,
        "text.parse_math": False,
        "axes.edgecolor": LINE,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "ytick.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "ytick.left": False,
        "ytick.minor.left": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": LINE,
        "axes.axisbelow": True,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # glyphs that its own font lacks; the reader's browser draws them
        figure = Figure(figsize=(WIDTH, height), layout="constrained", facecolor="none")
        axes = figure.add_subplot(facecolor="none")
        yield figure, axes


def _svg(figure: "Figure") -> str:
    out = StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    picture = out.getvalue()
    for name, (light, _) in COLOURS.items():
        picture = picture.replace(light, f"var(--{name})")
    light, dark = ("".join(f"--{name}:{pair[at]};" for name, pair in COLOURS.items()) for at in (0, 1))
    style = f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    style += "text{font-family:system-ui,sans-serif!important}"
    return _STYLE.sub(lambda rule: rule[0] + style, picture, count=1)


def _plain(words: str) -> str:
    return _NO_XML.sub("\ufffd", words)
