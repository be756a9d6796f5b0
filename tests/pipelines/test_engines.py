"""The number of processes changes nothing but the time."""

import pandas as pd
import pytest

from pipelines import audit
from pipelines.engines import local
from pipelines.reading import Corpus, read_bytes

ARTICLES = [
    read_bytes(
        f"Ferry {n}\n\n{n % 27 + 1} March 2025\n\nThe Strait Ferry Board (SFB) met on Tuesday.".encode(), f"f{n:03}.txt"
    )
    for n in range(local.WORTH_SHARING + 5)
]


def test_calls_meanwhile_once_and_tells_every_article() -> None:
    told: list[tuple[int, int]] = []
    calls: list[None] = []
    local.records(ARTICLES, 1, lambda done, total: told.append((done, total)), lambda: calls.append(None))
    assert len(calls) == 1
    assert told[-1] == (len(ARTICLES), len(ARTICLES))


@pytest.mark.slow
def test_many_processes_give_the_same_rows_in_the_same_order() -> None:
    def run(jobs: int) -> local.Records:
        return local.records(ARTICLES, jobs, lambda _done, _total: None, lambda: None)

    assert run(1) == run(2)


@pytest.mark.slow
def test_a_process_beside_gives_the_same_tables() -> None:
    few = Corpus(tuple(ARTICLES[:3]), ())
    calls: list[None] = []
    beside = local.beside(audit.tables, few, lambda: calls.append(None))
    here = audit.tables(few)
    assert len(calls) == 1
    assert list(beside) == list(here)
    for table, frame in here.items():
        pd.testing.assert_frame_equal(beside[table], frame)


@pytest.mark.slow
def test_what_fails_beside_fails_here() -> None:
    with pytest.raises(ZeroDivisionError):
        local.beside(_divide, 0, lambda: None)


def _divide(by: int) -> float:
    return 1 / by
