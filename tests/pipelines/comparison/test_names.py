"""Names: the tables of many articles, and of many names, are compared in linear time."""

import time

from pipelines.comparison.names import compare
from tests.audits_of import records_of

LEAD = "Mast falls in gale\n\nHalifax, 9 May 2025 – The mast fell.\n\n"


def _article(names: int) -> str:
    letters = "bcdfghklmnprstvz"
    made = (f"{letters[n % 16]}a{letters[n // 16 % 16]}o{letters[n // 256 % 16]}im".capitalize() for n in range(names))
    return LEAD + "\n\n".join(f"Ana {name}, 34, left." for name in made)


def test_many_names_take_linear_time() -> None:
    def seconds(names: int) -> float:
        tables = records_of({"article.txt": _article(names)})
        begun = time.process_time()
        compare(tables)
        return time.process_time() - begun

    seconds(20)
    assert seconds(2_000) < 24 * max(seconds(250), 0.05)
