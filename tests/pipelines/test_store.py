"""The store: what is written is read; whatever stops a writer, the last whole state stands."""

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines import store as stores
from pipelines.language.house import House
from pipelines.store import MovedError, Store, StoreError


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


def test_a_first_writer_that_was_killed_is_followed_by_another(tmp_path: Path) -> None:
    Store(tmp_path).write(articles(2))
    (tmp_path / "manifest.json").unlink()
    Store(tmp_path).write(articles(3))
    assert len(Store(tmp_path).read("articles")) == 3


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


def of(words: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The tables of some articles, of two sentences each, by id."""
    return {
        "articles": pd.DataFrame({"article_id": list(words), "path": [f"{name}.txt" for name in words]}),
        "sentences": pd.DataFrame(
            {"article_id": [name for name in words for _ in "ab"], "text": [w for w in words.values() for _ in "ab"]}
        ),
    }


def words_in(store: Store) -> dict[str, list[str]]:
    read = store.read("sentences")
    return {str(name): list(rows) for name, rows in read.groupby("article_id")["text"]}


def test_an_update_adds_changes_and_removes_articles_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(of({"dock": "old", "mill": "old", "quay": "old"}))
    store.update(of({"quay": "new", "abbey": "new"}), ["quay", "mill"])
    assert words_in(store) == {"abbey": ["new"] * 2, "dock": ["old"] * 2, "quay": ["new"] * 2}
    assert list(store.read("articles")["article_id"]) == ["abbey", "dock", "quay"]
    assert isinstance(store.read("sentences").index, pd.RangeIndex)


def test_an_update_comes_to_the_same_in_any_order(tmp_path: Path) -> None:
    one, other = Store(tmp_path / "one"), Store(tmp_path / "other")
    for name in ("dock", "mill", "quay"):
        one.update(of({name: name}), [])
    for name in ("quay", "dock", "mill"):
        other.update(of({name: name}), [])
    assert (one.folder / "manifest.json").read_bytes() == (other.folder / "manifest.json").read_bytes()


def test_what_was_made_of_other_articles_is_stale_after_an_update(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write({**of({"dock": "old"}), "valuations": pd.DataFrame({"article_id": ["dock"]})}, {"findings.json": "{}"})
    store.update(of({"mill": "new"}), [])
    for read in (lambda: store.read("valuations"), lambda: store.document("findings.json")):
        with pytest.raises(StoreError, match="of earlier articles"):
            read()
    assert store.document("findings.json", current=False) == "{}"


def test_an_update_that_changes_no_article_leaves_the_rest_good(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write({**of({"dock": "old"}), "valuations": pd.DataFrame({"article_id": ["dock"]})})
    store.update(of({"dock": "old"}), ["dock"], {"rejected.json": "[]"})
    assert len(store.read("valuations")) == 1
    assert store.document("rejected.json") == "[]"


@pytest.mark.parametrize("other", ["house", "columns", "table"])
def test_articles_that_were_read_otherwise_are_not_mixed_with_new_ones(tmp_path: Path, other: str) -> None:
    store, tables = Store(tmp_path), of({"mill": "new"})
    store.write(of({"dock": "old"}))
    if other == "columns":
        tables["sentences"]["length"] = 3
    if other == "table":
        tables["dates"] = pd.DataFrame({"article_id": ["mill"]})
    store.update(tables, [], house=House(spelling="UK") if other == "house" else House())
    assert list(store.read("articles")["article_id"]) == ["mill"]
    assert words_in(store) == {"mill": ["new"] * 2}


def test_only_the_shards_concerned_are_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    tables = articles(3 * stores.ARTICLES_A_SHARD)
    store.write(tables)
    before = set(store.paths("sentences"))
    changed = {
        "articles": tables["articles"].head(1),
        "sentences": pd.DataFrame({"article_id": ["a00000"], "text": ["anew"]}),
    }
    store.update(changed, [])
    assert len(set(store.paths("sentences")) - before) == 1
    assert len(store.read("sentences")) == 6 * stores.ARTICLES_A_SHARD - 1


def test_a_corpus_that_grows_and_shrinks_is_sharded_anew(tmp_path: Path) -> None:
    store = Store(tmp_path)
    many = articles(stores.UNSHARDED)
    store.write({name: frame[frame["article_id"] != "a00000"] for name, frame in many.items()})
    assert len(store.paths("sentences")) == 1
    first = {name: frame[frame["article_id"] == "a00000"] for name, frame in many.items()}
    store.update(first, [])
    assert len(store.paths("sentences")) == 2
    assert len(store.read("sentences")) == 2 * stores.UNSHARDED
    store.update({name: frame.head(0) for name, frame in many.items()}, list(many["articles"]["article_id"][1:]))
    assert len(store.paths("sentences")) == 1
    assert list(store.read("sentences")["article_id"]) == ["a00000"] * 2


def test_a_damaged_shard_is_not_built_upon(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(of({"dock": "old"}))
    [path] = store.paths("sentences")
    path.write_bytes(b"x" * path.stat().st_size)
    state = (tmp_path / "manifest.json").read_bytes()
    with pytest.raises(StoreError, match="damaged"):
        store.update(of({"mill": "new"}), [])
    assert (tmp_path / "manifest.json").read_bytes() == state


def test_a_change_worked_out_from_other_articles_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(of({"dock": "old"}))
    _, state = store.snapshot(["articles"])
    store.update(of({"mill": "new"}), [])
    for change in (
        lambda: store.update(of({"quay": "late"}), [], state=state),
        lambda: store.write({}, {"findings.json": "{}"}, state=state),
    ):
        with pytest.raises(MovedError, match="meanwhile"):
            change()
    store.write({}, {"findings.json": "{}"}, state=store.state())
    assert words_in(store) == {"dock": ["old"] * 2, "mill": ["new"] * 2}


def _update_in_turn(folder: Path, writer: int, turns: int) -> None:
    for turn in range(turns):
        own = {f"w{writer}-{number}": f"turn{turn}" for number in range(turn % 3 + 1)}
        Store(folder).update(of(own), [f"w{writer}-{number}" for number in range(3)])


def test_racing_writers_lose_nothing_and_readers_see_whole_states(tmp_path: Path) -> None:
    writers, turns = 3, 12
    context = multiprocessing.get_context("spawn")
    racing = [context.Process(target=_update_in_turn, args=(tmp_path, number, turns)) for number in range(writers)]
    for process in racing:
        process.start()
    while any(process.is_alive() for process in racing):
        try:
            tables, _ = Store(tmp_path).snapshot(["articles", "sentences"])
        except StoreError as error:
            assert "run the audit first" in str(error)  # noqa: PT017  nothing is written yet
            continue
        stated = dict(tables["sentences"].groupby("article_id").size())
        assert stated == dict.fromkeys(tables["articles"]["article_id"], 2), "rows of two states"
    for process in racing:
        process.join()
        assert process.exitcode == 0
    last = {f"w{writer}-{number}" for writer in range(writers) for number in range((turns - 1) % 3 + 1)}
    assert words_in(Store(tmp_path)) == {name: [f"turn{turns - 1}"] * 2 for name in last}


def _write_for_ever(folder: Path) -> None:
    turn = 0
    while True:
        Store(folder).write(articles(200, word=f"turn{turn % 7}"))
        turn += 1


def _update_for_ever(folder: Path) -> None:
    turn = 0
    while True:
        Store(folder).update(articles(200, word=f"turn{turn % 7}"), [])
        turn += 1


@pytest.mark.slow
@pytest.mark.parametrize("write", [_write_for_ever, _update_for_ever])
def test_killed_writers_leave_a_whole_state(tmp_path: Path, write: Callable[[Path], None]) -> None:
    context = multiprocessing.get_context("spawn")
    Store(tmp_path).write(articles(200, word="turn0"))
    for attempt in range(4):
        before = (tmp_path / "manifest.json").stat().st_mtime_ns
        writer = context.Process(target=write, args=(tmp_path,))
        writer.start()
        while (tmp_path / "manifest.json").stat().st_mtime_ns == before:
            time.sleep(0.01)
        time.sleep(attempt * 0.037)  # to die at another point of the turn
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        words = set(Store(tmp_path).read("sentences")["text"].str.split().str[0])
        assert len(words) == 1, "rows of two turns"
        assert len(Store(tmp_path).read("sentences")) == 400
    Store(tmp_path).write(articles(1))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["tables"]["articles"]["rows"] == 1
