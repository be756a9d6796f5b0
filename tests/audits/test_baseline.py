"""The baseline: what it records, what it holds, what is gone from it, and what is said of a file that is none."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits import baseline
from audits.baseline import BaselineError, Entry
from audits.findings import Finding, Span

PATHS = ("a.txt", "b.txt", "c.txt")


def finding(path: str, words: str, *, fact: bool = False, also: tuple[str, ...] = ()) -> Finding:
    return Finding(
        id=f"{path} {words}",
        rule="weekday-mismatch",
        severity="error",
        scope="cross" if fact else "within",
        field=None,
        fact="fact" if fact else None,
        status="open",
        message="",
        suggestion="",
        fixable=False,
        waiver=None,
        spans=(Span(path.removesuffix(".txt"), path, 0, len(words), words, 1, 1, "anchor"),),
        fingerprint=words,
        counterparts=also,
    )


FINDINGS = st.lists(st.builds(finding, st.sampled_from(PATHS), st.sampled_from(("one", "two"))), max_size=8)


@given(FINDINGS)
def test_what_is_recorded_is_held(found: list[Finding]) -> None:
    entries = baseline.record(found)
    held = baseline.hold(entries, found, dict.fromkeys(PATHS), PATHS)
    assert {one.status for one in held.findings} <= {"known"}
    assert held.gone == ()
    assert baseline.pruned(entries, found, PATHS) == entries


@given(FINDINGS, FINDINGS)
def test_pruning_adds_nothing_and_keeps_what_stands(before: list[Finding], now: list[Finding]) -> None:
    entries = baseline.record(before)
    pruned = baseline.pruned(entries, now, PATHS)
    of = {(entry.article, entry.fingerprint): entry.count for entry in entries}
    there = {(entry.article, entry.fingerprint): entry.count for entry in baseline.record(now)}
    assert {(entry.article, entry.fingerprint): entry.count for entry in pruned} == {
        place: min(of[place], there[place]) for place in of.keys() & there.keys()
    }


@given(FINDINGS)
def test_a_renamed_article_keeps_what_is_held(found: list[Finding]) -> None:
    entries = baseline.record(found)
    moved = [finding(f"new-{one.anchor.path}", one.fingerprint) for one in found]
    paths = [f"new-{path}" for path in PATHS]
    held = baseline.hold(entries, moved, {f"new-{path}": path for path in PATHS}, paths)
    assert {one.status for one in held.findings} <= {"known"}
    assert baseline.pruned(entries, moved, paths) == baseline.record(moved)


def test_one_more_of_the_same_words_is_not_held() -> None:
    one = finding("a.txt", "one")
    entries = baseline.record([one])
    held = baseline.hold(entries, [one, replace(one, id="another")], {"a.txt": "a.txt"}, PATHS)
    assert [found.status for found in held.findings] == ["known", "open"]
    held = baseline.hold(entries, [finding("b.txt", "one")], {"b.txt": None}, PATHS)
    assert [found.status for found in held.findings] == ["open"], "another article's are its own"


def test_a_fact_is_held_with_all_its_values_in_any_article() -> None:
    entries = baseline.record([finding("a.txt", "$62", fact=True, also=("$65",))])
    for words, status in {"$62": "known", "$65": "known", "$46": "open"}.items():
        held = baseline.hold(entries, [finding("c.txt", words, fact=True)], {"c.txt": None}, PATHS)
        assert [found.status for found in held.findings] == [status]


def test_what_is_gone_is_told_where_it_was_looked_at() -> None:
    entries = baseline.record([finding("a.txt", "one"), finding("b.txt", "one"), finding("gone.txt", "two")])
    gone = baseline.hold(entries, [], {"a.txt": "a.txt"}, PATHS).gone
    assert [entry.article for entry in gone] == ["a.txt", "gone.txt"]


def test_what_is_waived_is_not_recorded_and_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "audits" / "baseline.jsonl"
    found = [finding("b.txt", "two “words”\u2028"), finding("a.txt", "one"), finding("a.txt", "one")]
    baseline.write(file, baseline.record([*found, replace(found[0], fingerprint="x", status="waived")]))
    entries = baseline.read(file)
    assert [(entry.article, entry.count, entry.line) for entry in entries] == [("a.txt", 2, 2), ("b.txt", 1, 3)]
    assert baseline.read(tmp_path / "none.jsonl") == ()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", r"baseline\.jsonl:1: must be {"),
        ('{"schema": "another/1"}\n', r"baseline\.jsonl:1: must be {"),
        (
            f'{json.dumps(baseline.LAYOUT)}\n\n{{"article": "a"}}\n',
            r"jsonl:3: no entry of a baseline \(rule:",
        ),
        (f"{json.dumps(baseline.LAYOUT)}\n<<<<<<< HEAD\n", r"baseline\.jsonl:2: no entry of a baseline"),
    ],
)
def test_a_file_that_is_none_is_said(tmp_path: Path, lines: str, said: str) -> None:
    file = tmp_path / "baseline.jsonl"
    file.write_text(lines, encoding="utf-8")
    with pytest.raises(BaselineError, match=said):
        baseline.read(file)


def test_entries_stand_in_order() -> None:
    entries = baseline.record([finding(path, words) for path in reversed(PATHS) for words in ("two", "one")])
    assert list(entries) == sorted(entries, key=lambda entry: (entry.article, entry.words))
    assert isinstance(entries[0], Entry)
