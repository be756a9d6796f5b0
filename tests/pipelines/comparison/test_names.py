"""Names: the tables of many articles, and of many names, are compared in linear time."""

import cProfile
import pstats
import random

from pipelines.comparison.names import compare
from tests.audits_of import records_of

LEAD = "Mast falls in gale\n\nHalifax, 9 May 2025 – The mast fell.\n\n"


def _article(names: int) -> str:
    """Names of which each is like a few others, however many there are."""
    source = random.Random(5)
    made = ("".join(source.choice("bcdfghklmnprstvz") + source.choice("aeiou") for _ in range(4)) for _ in range(names))
    return LEAD + "\n\n".join(f"Ana {name.capitalize()}n, 34, left." for name in made)


def test_many_names_take_linear_work() -> None:
    def calls(names: int) -> int:
        tables = records_of({"article.txt": _article(names)})
        with cProfile.Profile() as profile:
            compare(tables)
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    calls(20)
    assert calls(4_000) < 4 * calls(1_000)
