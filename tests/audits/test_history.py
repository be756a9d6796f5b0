"""What is new, fixed and still open: since the audit that came out otherwise, of the same articles and rules."""

import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits import history
from audits.findings import AuditedArticle, Change, Finding, Findings, Span
from audits.history import Entry, HistoryError
from expectations.catalogue import Severity

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
RULES = ("repeated-word", "weekday-mismatch")
CORPUS = ("../seeds",)


def finding(
    name: str,
    rule: str = "repeated-word",
    path: str = "seeds/pier.txt",
    status: str = "open",
    severity: Severity = "error",
) -> Finding:
    span = Span(article=Path(path).stem, path=path, start=0, end=3, text="the", line=1, column=1, role="anchor")
    return Finding(
        id=name,
        rule=rule,
        severity=severity,
        scope="within",
        field=None,
        fact=None,
        status=status,
        message="",
        suggestion="",
        fixable=False,
        waiver=None,
        spans=(span,),
    )


def document(*findings: Finding, articles: Iterable[str] = ("seeds/pier.txt",), words: str = "") -> Findings:
    audited = tuple(AuditedArticle(Path(p).stem, p, (p + words).ljust(64), None, None, 3) for p in articles)
    return Findings("1.0", audited, (), findings)


def audited(
    path: Path,
    found: Findings,
    day: int = 0,
    rules: Iterable[str] = RULES,
    corpus: Iterable[str] = CORPUS,
) -> Findings:
    """An audit with this outcome, `day` days after the first: what it says, once it is in the history."""
    now = history.entry(found, tuple(rules), corpus, NOON + timedelta(days=day))
    settled = history.settle(found, history.read(path), now)
    history.add(path, now)
    return settled


def change(settled: Findings) -> Change:
    assert settled.change is not None
    return settled.change


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "history.jsonl"


def test_the_first_audit_has_nothing_to_compare_with(path: Path) -> None:
    settled = audited(path, document(finding("a")))
    assert settled.change is None
    assert [f.novelty for f in settled.findings] == [None]
    [entry] = history.read(path)
    assert (entry.at, entry.version, entry.corpus, entry.articles) == (NOON, "1.0", CORPUS, 1)


def test_tells_new_known_and_fixed(path: Path) -> None:
    audited(path, document(finding("a"), finding("b"), finding("w", status="waived")))
    settled = audited(path, document(finding("b"), finding("c"), finding("w", status="waived")), day=1)
    assert {f.id: f.novelty for f in settled.findings} == {"b": "known", "c": "new", "w": None}
    told = change(settled)
    assert (told.since, told.new, told.known) == ("2026-11-21T12:00:00+00:00", ("c",), ("b",))
    [fixed] = told.fixed
    assert (fixed.id, fixed.rule, fixed.severity, fixed.article, fixed.text) == (
        "a",
        "repeated-word",
        "error",
        "pier",
        "the",
    )


def test_counts_by_severity_and_rule(path: Path) -> None:
    audited(path, document(finding("a"), finding("b", severity="note"), finding("w", status="waived")))
    [entry] = history.read(path)
    assert {name: (n.open, n.waived) for name, n in entry.severities.items()} == {
        "error": (1, 1),
        "warning": (0, 0),
        "note": (1, 0),
    }
    assert {name: (n.open, n.waived) for name, n in entry.rules.items()} == {
        "repeated-word": (2, 1),
        "weekday-mismatch": (0, 0),
    }


def test_an_audit_repeated_says_the_same_and_adds_nothing(path: Path) -> None:
    audited(path, document(finding("a")))
    first = audited(path, document(finding("b")), day=1)
    before = path.read_bytes()
    again = audited(path, document(finding("b")), day=9)
    assert again == first
    assert path.read_bytes() == before


def test_an_edited_article_is_another_outcome(path: Path) -> None:
    audited(path, document(finding("a")))
    settled = audited(path, document(finding("a"), words="edited"), day=1)
    assert change(settled).known == ("a",)
    assert len(history.read(path)) == 2


def test_a_waiver_settles_and_what_it_accepted_is_known_when_it_lapses(path: Path) -> None:
    audited(path, document(finding("a")))
    accepted = change(audited(path, document(finding("a", status="waived")), day=1))
    assert (accepted.new, accepted.known, accepted.fixed) == ((), (), ())
    assert change(audited(path, document(finding("a")), day=2)).known == ("a",)


def test_what_left_with_its_article_is_not_fixed(path: Path) -> None:
    both = ("seeds/pier.txt", "seeds/quay.txt")
    audited(path, document(finding("a"), finding("b", path="seeds/quay.txt"), articles=both))
    assert change(audited(path, document(articles=both[:1]), day=1)).fixed[0].id == "a"
    assert len(change(audited(path, document(articles=both[:1]), day=1)).fixed) == 1


def test_a_file_that_moved_is_the_same_article(path: Path) -> None:
    audited(path, document(finding("a")))
    told = change(audited(path, document(articles=("seeds/2026/pier.txt",)), day=1))
    assert [past.id for past in told.fixed] == ["a"]


def test_an_audit_with_fewer_rules_between_two_disturbs_neither(path: Path) -> None:
    day = finding("d", "weekday-mismatch")
    audited(path, document(finding("a"), day))
    few = change(audited(path, document(day), day=1, rules=["weekday-mismatch"]))
    assert (few.new, few.known, few.fixed) == ((), ("d",), ())
    told = change(audited(path, document(finding("a"), finding("b"), day), day=2))
    assert (told.since[:10], told.new, told.known) == ("2026-11-21", ("b",), ("a", "d"))


def test_findings_of_a_rule_that_is_run_anew_are_new(path: Path) -> None:
    audited(path, document(finding("a")), rules=["repeated-word"])
    told = change(audited(path, document(finding("a"), finding("d", "weekday-mismatch")), day=1))
    assert (told.new, told.known) == (("d",), ("a",))


def test_another_corpus_is_another_history(path: Path) -> None:
    audited(path, document(finding("a")))
    assert audited(path, document(finding("b")), day=1, corpus=["../drafts"]).change is None


def test_only_what_can_be_compared_with_keeps_its_findings(path: Path) -> None:
    for day in range(5):
        audited(path, document(finding(str(day))), day)
    assert [entry.findings is not None for entry in history.read(path)] == [False, False, False, True, True]
    assert [entry.at.day for entry in history.read(path)] == [21, 22, 23, 24, 25]


def test_the_oldest_entries_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_ENTRIES", 3)
    for day in range(5):
        audited(path, document(finding(str(day))), day)
    assert [entry.at.day for entry in history.read(path)] == [23, 24, 25]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.frozensets(st.sampled_from("abcd")), st.sampled_from([RULES, RULES[:1]]), st.booleans()),
        max_size=8,
    )
)
def test_whatever_audits_went_before_a_repetition_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, audits: list[tuple[frozenset[str], tuple[str, ...], bool]]
) -> None:
    path = tmp_path_factory.mktemp("desk") / "history.jsonl"
    for day, (found, rules, edited) in enumerate(audits):
        outcome = document(*map(finding, sorted(found)), words="edited" * edited)
        first = audited(path, outcome, day, rules)
        assert audited(path, outcome, day + 1, rules) == first
        if first.change:
            told = first.change
            assert sorted((*told.new, *told.known)) == sorted(found)
            assert found.isdisjoint(past.id for past in told.fixed)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<<<<<<< HEAD\n", "history.jsonl:1: no entry of a history of audits (Invalid JSON"),
        (b'{"schema":"another/1"}\n', "history.jsonl:1: no entry of a history of audits (schema: Input should be"),
        (b"\xff\xfe\n", "history.jsonl:1: no entry"),
        (b"[]\n", "history.jsonl:1: no entry"),
        (b"[" * 100_000, "history.jsonl:1: no entry"),
    ],
)
def test_a_file_that_is_no_history_is_said_and_left(path: Path, data: bytes, said: str) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(HistoryError) as raised:
        history.read(path)
    assert said in str(raised.value)
    assert "move the file away" in str(raised.value)
    with pytest.raises(HistoryError):
        history.add(path, history.entry(document(), RULES, CORPUS, NOON))
    assert path.read_bytes() == data


def test_an_entry_cut_short_is_said_with_its_line(path: Path) -> None:
    audited(path, document(finding("a")))
    path.write_bytes(b"\n" + path.read_bytes() + path.read_bytes()[:40])
    with pytest.raises(HistoryError, match=r"history\.jsonl:3: "):
        history.read(path)


def test_a_write_that_fails_leaves_the_last_history(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audited(path, document(finding("a")))
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        history.add(path, history.entry(document(), RULES, CORPUS, NOON))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if not file.name.endswith(".lock")] == ["history.jsonl"]


def test_audits_at_once_lose_nothing(path: Path) -> None:
    def write(desk: int) -> None:
        for number in range(10):
            outcome = document(finding(f"{desk}-{number}"))
            history.add(path, history.entry(outcome, RULES, [f"../desk{desk}"], NOON + timedelta(days=number)))

    desks = [threading.Thread(target=write, args=(desk,)) for desk in range(2)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    entries: list[Entry] = history.read(path)
    assert {(e.corpus[0], e.at.day) for e in entries} == {(f"../desk{d}", 21 + n) for d in range(2) for n in range(10)}
