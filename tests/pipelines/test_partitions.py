"""The parts of a folder: their keys, and what has changed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.configuration import PartitionedBy
from pipelines.language.house import ANY, House
from pipelines.partitions import (
    KEY_CHARACTERS,
    Changes,
    Months,
    Watched,
    changes,
    digests,
    packed,
    parts_of,
    ranges,
    unpacked,
    whole,
)

FOLDER = Path("/copy")
NAMES = st.text(st.characters(blacklist_characters="/\0", blacklist_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in {".", ".."}
)


def keys(*paths: str, by: PartitionedBy = "article") -> list[str]:
    """The key of each path, in order."""
    parts = parts_of(dict.fromkeys((FOLDER / path for path in paths), ""), FOLDER, by, ANY, Months())
    of = {file: key for key, files in parts.items() for file in files}
    return [of[FOLDER / path] for path in paths]


def test_a_plain_name_is_its_own_key() -> None:
    assert keys("harbour-bridge_2.txt") == ["harbour-bridge_2"]


@pytest.mark.parametrize("path", ["Über uns.txt", "archive/bridge.txt", "bridge.md", "x" * 200 + ".txt", "…….txt"])
def test_any_other_is_what_is_plain_of_it_with_a_digest(path: str) -> None:
    [key] = keys(path)
    assert len(key) <= KEY_CHARACTERS + 11
    assert key.rpartition("-")[2].isalnum()
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3).map(lambda p: "/".join(p) + ".txt"), max_size=8, unique=True))
def test_no_two_articles_share_a_key_and_neighbours_do_not_matter(paths: list[str]) -> None:
    together = keys(*paths)
    assert len(set(together)) == len(paths)
    assert [keys(path)[0] for path in paths] == together


def test_a_name_that_looks_like_another_with_a_digest_does_not_take_its_key() -> None:
    [digested] = keys("bridge.md")
    assert keys(f"{digested}.txt") != [digested]


def test_articles_stand_together_by_folder() -> None:
    assert keys("a.txt", "news/b.md", "news/c.txt", "News/d.txt", by="folder")[:3:2] == ["top", "news"]
    top, b, c, d = keys("a.txt", "news/b.md", "news/c.txt", "News/d.txt", by="folder")
    assert b == c
    assert len({top, b, d}) == 3
    assert keys("top/a.txt", by="folder") != ["top"]


def test_articles_stand_together_by_month_of_publication(tmp_path: Path) -> None:
    texts = {
        "march.md": "---\ndate: 2026-03-03\n---\nThe ferry sails.\n",
        "late.md": "---\ndate: 2026-03-30\n---\nThe quay is open.\n",
        "undated.txt": "The mill is shut.\n",
        "broken.txt": "\0",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    hashes = {tmp_path / name: name for name in texts}
    months = Months()
    assert months.learn(hashes, ANY, at_most=3) == 1
    assert months.learn(hashes, ANY, at_most=3) == 0
    for file in hashes:
        file.unlink()  # known by now
    parts = parts_of(hashes, tmp_path, "month", ANY, months)
    assert {key: sorted(file.name for file in files) for key, files in parts.items()} == {
        "2026-03": ["late.md", "march.md"],
        "undated": ["broken.txt", "undated.txt"],
    }


def test_a_part_changes_with_its_files_their_names_and_the_house() -> None:
    def digest(files: dict[str, str], house: House = ANY) -> str:
        hashes = {FOLDER / name: sha256 for name, sha256 in files.items()}
        return digests({"part": list(hashes)}, hashes, FOLDER, house)["part"]

    was = digest({"a.txt": "1", "b.txt": "2"})
    assert was == digest({"a.txt": "1", "b.txt": "2"})
    others = [
        digest({"a.txt": "1"}),
        digest({"a.txt": "1", "b.txt": "3"}),
        digest({"a.txt": "1", "c.txt": "2"}),
        digest({"a.txt": "1", "b.txt": "2"}, House(acronyms=("SIPA",))),
    ]
    assert len({was, *others}) == 5
    assert whole({"a": "1", "b": "2"}) == whole({"b": "2", "a": "1"}) != whole({"a": "1"})


def test_changes_are_new_changed_and_gone_so_many_at_once() -> None:
    before = {"kept": "1", "edited": "1", "deleted": "1"}
    now = {"kept": "1", "edited": "2", "added": "1", "other": "1"}
    assert changes(before, now, 10) == Changes(("added", "other"), ("edited",), ("deleted",), 0)
    assert changes(before, now, 2) == Changes(("added",), ("edited",), ("deleted",), 1)
    assert changes(now, now, 2) == Changes((), (), (), 0)


def test_ranges_hold_the_keys_and_no_others() -> None:
    order = ["e", "d", "c", "b", "a"]
    assert list(ranges(["a", "b", "d", "e"], order, 10)) == [("e", "d"), ("b", "a")]
    assert list(ranges(["a", "b", "c"], order, 2)) == [("c", "b"), ("a", "a")]
    assert list(ranges([], order, 2)) == []


def test_what_was_asked_for_is_remembered_and_a_cursor_of_others_forgotten() -> None:
    watched = Watched(7, {"bridge": "0123456789"}, "abcdef0123")
    assert unpacked(packed(watched), 1) == watched
    for other in (None, "", "x", "e30=", packed(watched)[:-8]):
        assert unpacked(other, 1) == Watched(1)
