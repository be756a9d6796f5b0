"""The store kept up with a folder: whatever came in whichever order, it is as if all had been read at once."""

import multiprocessing
from pathlib import Path

import pandas as pd
import pytest

from pipelines import audit
from pipelines.audit import OWN
from pipelines.extraction import extract, gather
from pipelines.language.house import ANY, House
from pipelines.reading import read_corpus
from pipelines.store import Store
from pipelines.upkeep import follow, snapshot, take

TEXTS = {
    "ferry.txt": "Ferry sails again\n\n3 March 2026 — The ferry carried 120 passengers to Skerry Isle on Tuesday.\n",
    "mill.txt": "Mill reopens\n\n2 March 2026 — The mill employs 45 people and cost USD 3 million.\n",
    "quay.md": "---\ntitle: A new quay\ndate: 2026-03-01\n---\nThe quay is 300 metres long, the port authority said.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def tables_of(store: Store) -> dict[str, pd.DataFrame]:
    return snapshot(store, OWN)[0]


def at_once(folder: Path, house: House = ANY) -> dict[str, pd.DataFrame]:
    corpus = read_corpus([folder], folder.parent, house)
    tables = audit.read_tables(corpus.articles)
    return tables | audit.record_tables(gather(extract(a, house) for a in corpus.articles), tables)


def assert_as_if_read_at_once(store: Store, folder: Path, house: House = ANY) -> None:
    found, wanted = tables_of(store), at_once(folder, house)
    assert found.keys() == wanted.keys()
    for table, frame in wanted.items():
        pd.testing.assert_frame_equal(found[table], frame, obj=table)


def test_a_folder_is_taken_whole(store: Store, folder: Path) -> None:
    taken = follow(store, folder, folder.parent, ANY)
    assert sorted(taken.articles) == [f"copy/{name}" for name in sorted(TEXTS)]
    assert taken.rows["copy/mill.txt"]["articles"] == 1
    assert taken.rows["copy/mill.txt"]["figures"] > 0
    assert_as_if_read_at_once(store, folder)


def test_articles_that_come_one_by_one_are_as_if_read_at_once(store: Store, folder: Path) -> None:
    for name in sorted(TEXTS, reverse=True):
        take(store, [folder / name], folder.parent, ANY)
    assert_as_if_read_at_once(store, folder)


def test_only_what_changed_is_read_again(store: Store, folder: Path) -> None:
    follow(store, folder, folder.parent, ANY)
    (folder / "mill.txt").write_text("Mill closes\n\nThe mill employed 45 people.\n", encoding="utf-8")
    (folder / "ferry.txt").unlink()
    (folder / "pier.txt").write_text("Pier\n\nThe pier opened.\n", encoding="utf-8")
    taken = follow(store, folder, folder.parent, ANY)
    assert sorted(taken.articles) == ["copy/mill.txt", "copy/pier.txt"]
    assert taken.gone == ("copy/ferry.txt",)
    assert_as_if_read_at_once(store, folder)
    assert not follow(store, folder, folder.parent, ANY).articles
    assert list(follow(store, folder, folder.parent, ANY, again=["copy/quay.md"]).articles) == ["copy/quay.md"]


def test_articles_of_one_name_get_their_ids_from_the_whole_corpus(store: Store, folder: Path) -> None:
    follow(store, folder, folder.parent, ANY)
    (folder / "archive").mkdir()
    other = folder / "archive" / "mill.txt"
    other.write_text("Mill burns\n\nThe mill burnt down on 4 May 1998.\n", encoding="utf-8")
    take(store, [other], folder.parent, ANY)
    assert {"copy/mill.txt", "copy/archive/mill.txt"} < set(tables_of(store)["articles"]["article_id"])
    assert_as_if_read_at_once(store, folder)
    other.unlink()
    follow(store, folder, folder.parent, ANY)
    assert "mill" in set(tables_of(store)["articles"]["article_id"])
    assert_as_if_read_at_once(store, folder)


def test_an_article_that_cannot_be_read_any_more_is_taken_out_and_named(store: Store, folder: Path) -> None:
    follow(store, folder, folder.parent, ANY)
    (folder / "mill.txt").write_bytes(b"Mill\n\n\xff\xff\n")
    taken = take(store, [folder / "mill.txt"], folder.parent, ANY)
    assert [rejected.path for rejected in taken.rejected] == ["copy/mill.txt"]
    assert_as_if_read_at_once(store, folder)
    follow(store, folder, folder.parent, ANY)
    [rejected] = audit.rejected_in(store.document(audit.REJECTED))
    assert "line 3: byte 0xff is not UTF-8" in rejected.reason


def test_data_that_is_no_article_is_passed_over(store: Store, folder: Path) -> None:
    (folder / "index.json").write_text('{"pages": 3}', encoding="utf-8")
    assert not follow(store, folder, folder.parent, ANY).rejected


def test_a_damaged_store_is_filled_anew(store: Store, folder: Path) -> None:
    follow(store, folder, folder.parent, ANY)
    [path] = store.paths("figures")
    path.write_bytes(b"x" * path.stat().st_size)
    follow(store, folder, folder.parent, ANY)
    assert_as_if_read_at_once(store, folder)


def test_another_house_reads_everything_anew(store: Store, folder: Path) -> None:
    follow(store, folder, folder.parent, ANY)
    house = House(acronyms=("SIPA",))
    assert len(follow(store, folder, folder.parent, house).articles) == len(TEXTS)
    assert_as_if_read_at_once(store, folder, house)


def _take(store: Path, file: Path, root: Path, times: int) -> None:
    for _ in range(times):
        take(Store(store), [file], root, ANY)


def _follow(store: Path, folder: Path, times: int) -> None:
    for _ in range(times):
        follow(Store(store), folder, folder.parent, ANY)


@pytest.mark.slow
def test_runs_that_race_lose_no_article(store: Store, folder: Path) -> None:
    (folder / "archive").mkdir()
    (folder / "archive" / "mill.txt").write_text("Mill burns\n\nThe mill burnt down.\n", encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    files = [folder / "mill.txt", folder / "archive" / "mill.txt"]
    racing = [context.Process(target=_take, args=(store.folder, file, folder.parent, 4)) for file in files]
    racing.append(context.Process(target=_follow, args=(store.folder, folder, 3)))
    for process in racing:
        process.start()
    for process in racing:
        process.join()
        assert process.exitcode == 0
    assert_as_if_read_at_once(store, folder)
