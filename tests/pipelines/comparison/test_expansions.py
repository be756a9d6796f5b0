"""Which definitions of one acronym are statements of one fact."""

import time

import pytest

from pipelines.comparison.expansions import _by_field, _Subjects
from tests.audits_of import audit_of


def values(*phrases: str) -> list[int]:
    """How many expansions each fact about the phrases' acronym holds."""
    text = "News of the lake\n\n" + "\n\n".join(
        f"The {phrase} (LPF) sent two boats out on the lake before noon, and both of them came home again."
        for phrase in phrases
    )
    return list(audit_of({"article.txt": text}, []).tables["expansions"]["values"])


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        (("Lake Police Force", "Lake Police Force"), [1]),
        (("Lake Police Force", "Lake Patrol Force"), [2]),
        (("Lake Police Force", "Lake Police Forces"), [1]),
        (("Lake Police Force", "State Lake Police Force"), [1]),
        (("Lake Police Force", "Liquid Paper Fund"), []),
        (("National Lake Police Force", "National Liquid Paper Fund"), []),
        (("Lake Police Force", "Lake Patrol Force", "Lake Police Force"), [2]),
    ],
)
def test_facts(phrases: tuple[str, ...], expected: list[int]) -> None:
    assert values(*phrases) == expected


def test_many_expansions_of_one_acronym_take_linear_time() -> None:
    keys = {f"national word{n:05d}a bird{n * 7:06d}b fish{n * 3:06d}c": (str(n),) for n in range(20_000)}
    subjects = _Subjects(audit_of({"article.txt": "News of the lake\n"}, []).tables, [])
    begun = time.process_time()
    _by_field("NWBF", keys, subjects)
    assert time.process_time() - begun < 5
