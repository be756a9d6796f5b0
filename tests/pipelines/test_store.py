"""The store: what is written is read; whatever stops a writer, the last whole state stands."""

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines import store as stores
from pipelines.store import Store, StoreError


def articles(count: int, word: str = "one") -> dict[str, pd.DataFrame]:
    ids = [f"a{number:05}" for number in range(count)]
    return {
        "articles": pd.DataFrame({"article_id": ids}),
        "sentences": pd.DataFrame({"article_id": ids * 2, "text": [f"{word} {n}" for n in range(2 * count)]}),
    }


def test_reads_what_was_written(tmp_path: Path) -> None:
    written = articles(3)
    Store(tmp_path).write(written, {"findings.json": "{}"})
    store = Store(tmp_path)
    assert store.tables() == ("articles", "sentences")
    pd.testing.assert_frame_equal(store.read("sentences"), written["sentences"])
    assert store.document("findings.json") == "{}"


def test_other_tables_stay(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(2))
    store.write({"dates": pd.DataFrame({"article_id": ["a00000"], "value": ["2025-01-01"]})})
    assert store.tables() == ("articles", "dates", "sentences")
    assert len(store.read("sentences")) == 4


def test_tables_of_earlier_articles_are_not_mixed_with_new_ones(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(2), {"findings.json": "{}"})
    store.write({"articles": articles(3)["articles"]})
    assert len(store.read("articles")) == 3
    for read in (lambda: store.read("sentences"), lambda: store.document("findings.json")):
        with pytest.raises(StoreError, match="of earlier articles"):
            read()
    store.write({"sentences": articles(3)["sentences"]})
    assert len(store.read("sentences")) == 6


def test_large_corpora_are_sharded_by_article(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(stores.UNSHARDED))
    paths = store.paths("sentences")
    assert len(paths) == stores.UNSHARDED // stores.ARTICLES_A_SHARD
    homes = [set(pd.read_parquet(path)["article_id"]) for path in paths]
    assert not set.intersection(*homes)
    read = store.read("sentences")
    assert read["article_id"].is_monotonic_increasing
    assert len(read) == 2 * stores.UNSHARDED
    assert isinstance(read.index, pd.RangeIndex)


def test_duckdb_reads_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(3))
    paths = [str(path) for path in store.paths("sentences")]
    found = duckdb.sql("select article_id, count(*) as n from read_parquet($paths) group by 1", params={"paths": paths})
    assert sorted(found.fetchall()) == [("a00000", 2), ("a00001", 2), ("a00002", 2)]


def test_unchanged_tables_are_not_written_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(3))
    before = {path: path.stat().st_mtime_ns for path in store.paths("sentences")}
    store.write(articles(3))
    assert {path: path.stat().st_mtime_ns for path in store.paths("sentences")} == before


def test_old_files_are_swept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(3))
    store.write(articles(3, word="two"))
    assert len(list(tmp_path.glob("sentences/*.parquet"))) == 1


@pytest.mark.parametrize("call", ["read", "document", "paths"])
def test_says_what_is_not_there(tmp_path: Path, call: str) -> None:
    with pytest.raises(StoreError, match="run the audit first"):
        getattr(Store(tmp_path), call)("figures")


def test_notices_a_flipped_bit(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(3))
    [path] = store.paths("sentences")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"sentences.*damaged"):
        store.read("sentences")


def test_mends_a_damaged_file_of_the_same_content(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(3))
    [path] = store.paths("sentences")
    path.write_bytes(b"x" * path.stat().st_size)
    store.write(articles(3))
    assert len(store.read("sentences")) == 6


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        '{"schema": "corrigenda.store/0"}',
        "[]",
        '{"schema": "corrigenda.store/1"}',
        '{"schema": "corrigenda.store/1", "tables": [], "documents": {}}',
    ],
)
def test_names_a_broken_manifest(tmp_path: Path, content: str) -> None:
    store = Store(tmp_path)
    store.write(articles(3))
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(StoreError, match="manifest"):
        store.read("sentences")
    store.write(articles(3))
    assert len(store.read("sentences")) == 6, "an audit mends the store"


def test_a_folder_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "novel.docx").write_text("years of work")
    with pytest.raises(StoreError, match=r"holds 'novel\.docx' and no store"):
        Store(tmp_path).write(articles(1))
    assert [path.name for path in tmp_path.iterdir()] == ["novel.docx"]


def test_nothing_but_our_own_files_is_swept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(articles(1))
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "sentences" / ".000-0123456789abcdef.parquet.77").write_text("left by a killed writer")
    store.write(articles(2))
    assert (tmp_path / "notes.txt").exists()
    assert len(list((tmp_path / "sentences").iterdir())) == 1


def test_one_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "PATIENCE", 0.1)
    with Store(tmp_path)._writing(), pytest.raises(StoreError, match="another audit is writing"):
        Store(tmp_path).write(articles(1))


def _write_for_ever(folder: Path) -> None:
    turn = 0
    while True:
        Store(folder).write(articles(200, word=f"turn{turn % 7}"))
        turn += 1


@pytest.mark.slow
def test_killed_writers_leave_a_whole_state(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    Store(tmp_path).write(articles(200, word="turn0"))
    for attempt in range(6):
        writer = context.Process(target=_write_for_ever, args=(tmp_path,))
        writer.start()
        time.sleep(1.5 + attempt * 0.037)
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        words = set(Store(tmp_path).read("sentences")["text"].str.split().str[0])
        assert len(words) == 1, "rows of two turns"
        assert len(Store(tmp_path).read("sentences")) == 400
    Store(tmp_path).write(articles(1))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["tables"]["articles"]["rows"] == 1
