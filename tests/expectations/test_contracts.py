"""Contracts hold our own records; what breaks one is named."""

import pandas as pd
import pytest

from expectations import contracts
from expectations.contracts import BrokenContractError

SENTENCE = {"article_id": "a", "start": 4, "end": 8, "text": "rain", "block": 0, "kind": "paragraph", "quoted": False}
TEXTS = {"a": "The rain falls."}


@pytest.mark.parametrize("table", contracts.CONTRACTS)
def test_an_empty_table_keeps_its_contract(table: str) -> None:
    empty = contracts.hold(table, contracts.frame(table, []), {})
    assert list(empty.columns) == contracts.columns(table)


@pytest.mark.parametrize("table", contracts.CONTRACTS)
def test_every_table_says_what_it_is(table: str) -> None:
    assert contracts.CONTRACTS[table].__doc__


def test_holds_what_is_right() -> None:
    held = contracts.hold("sentences", contracts.frame("sentences", [SENTENCE]), TEXTS)
    assert held["text"].tolist() == ["rain"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "snow"}, r"sentences: row 0: a\[4:8\] is 'rain', not 'snow'"),
        ({"start": 8}, "start_before_end"),
        ({"start": -1}, "start"),
        ({"text": ""}, "text"),
    ],
)
def test_names_what_is_broken(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(BrokenContractError, match=said):
        contracts.hold("sentences", contracts.frame("sentences", [SENTENCE | wrong]), TEXTS)


@pytest.mark.parametrize("row", [{**SENTENCE, "mood": "grey"}, {k: v for k, v in SENTENCE.items() if k != "kind"}])
def test_a_row_has_the_columns_of_its_table(row: dict[str, object]) -> None:
    with pytest.raises(BrokenContractError, match=r"mood|kind"):
        contracts.frame("sentences", [row])


def test_survives_parquet(tmp_path: "pytest.TempPathFactory") -> None:
    for rows in ([], [SENTENCE]):
        frame = contracts.frame("sentences", rows)
        frame.to_parquet(f"{tmp_path}/a.parquet")
        pd.testing.assert_frame_equal(pd.read_parquet(f"{tmp_path}/a.parquet"), frame)
