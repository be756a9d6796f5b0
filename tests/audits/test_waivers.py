"""Waivers hold by the words: text may move around them and files be renamed, but the words must stand."""

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits import waivers
from audits.findings import Finding, WaiverOutcome
from audits.waivers import Waiver, WaiverConflictError, WaiverError
from expectations.catalogue import catalogue
from pipelines.audit import audit
from pipelines.reading import Corpus, read_bytes

TODAY = date(2026, 3, 14)
RULES = catalogue()
SLOT = "The harbour master, Captain [Name], welcomed the crew."
ARTICLE = f"Ferry returns\n\nBy Ada Quill\n\n3 March 2026\n\n{SLOT}\n\nTickets went on sale at noon.\n"


def audited(
    articles: dict[str, str], *given: Waiver, today: date = TODAY
) -> tuple[Sequence[Finding], Sequence[WaiverOutcome]]:
    corpus = Corpus(tuple(read_bytes(text.encode(), name) for name, text in articles.items()), ())
    document = waivers.settle(audit(corpus, RULES).findings, given, RULES, today)
    return document.findings, document.waivers


def slot_of(articles: dict[str, str], name: str) -> Finding:
    found, _ = audited(articles)
    return next(f for f in found if f.rule == "placeholder-unresolved" and f.anchor.path == name)


def statuses(found: Sequence[Finding]) -> dict[str, str]:
    return {f.anchor.path: f.status for f in found if f.rule == "placeholder-unresolved"}


def accept(articles: dict[str, str], name: str = "ferry.txt") -> Waiver:
    return waivers.of(slot_of(articles, name), "The name is embargoed until Friday.")


def test_a_waived_finding_stays_with_its_reason() -> None:
    articles = {"ferry.txt": ARTICLE}
    found, [applied] = audited(articles, accept(articles))
    [slot] = [f for f in found if f.rule == "placeholder-unresolved"]
    assert (slot.status, slot.waiver) == ("waived", "The name is embargoed until Friday.")
    assert (applied.state, applied.findings) == ("holds", (slot.id,))


@settings(max_examples=20)
@given(st.lists(st.sampled_from(["Gulls circled.", "The tide was high.", "Rain fell on the quay."]), max_size=4))
def test_paragraphs_inserted_above_change_nothing(paragraphs: list[str]) -> None:
    waiver = accept({"ferry.txt": ARTICLE})
    longer = ARTICLE.replace(SLOT, "\n\n".join([*paragraphs, SLOT]))
    found, _ = audited({"ferry.txt": longer}, waiver)
    assert statuses(found) == {"ferry.txt": "waived"}


def test_a_renamed_file_changes_nothing() -> None:
    waiver = accept({"ferry.txt": ARTICLE})
    found, _ = audited({"2026/boat.txt": ARTICLE}, waiver)
    assert statuses(found) == {"2026/boat.txt": "waived"}


def test_the_order_of_articles_changes_nothing() -> None:
    other = ARTICLE.replace("Ferry returns", "Tram returns").replace("3 March", "2 March")
    articles = {"ferry.txt": ARTICLE, "tram.txt": other}
    waiver = accept(articles)
    for order in (articles, dict(reversed(articles.items()))):
        found, _ = audited(order, waiver)
        assert statuses(found) == {"ferry.txt": "waived", "tram.txt": "open"}


def test_an_older_article_with_the_same_words_takes_nothing_over() -> None:
    waiver = accept({"ferry.txt": ARTICLE})
    older = ARTICLE.replace("Ferry returns", "Tram returns").replace("3 March", "2 March")
    found, [applied] = audited({"ferry.txt": ARTICLE, "tram.txt": older}, waiver)
    assert statuses(found) == {"ferry.txt": "waived", "tram.txt": "open"}
    assert applied.state == "holds"


def test_two_waivers_of_the_same_words_keep_both_when_ids_move() -> None:
    twice = {"ferry.txt": ARTICLE.replace(SLOT, f"{SLOT} Captain [Name] spoke.")}
    found, _ = audited(twice)
    both = [waivers.of(f, "Embargoed.") for f in found if f.rule == "placeholder-unresolved"]
    assert len(both) == 2
    older = ARTICLE.replace("Ferry returns", "Tram returns").replace("3 March", "2 March")
    found, applied = audited({**twice, "tram.txt": older}, *both)
    assert [a.state for a in applied] == ["holds", "holds"]
    assert [f.status for f in found if f.anchor.path == "ferry.txt" and f.rule == "placeholder-unresolved"] == [
        "waived",
        "waived",
    ]


@settings(max_examples=20)
@given(st.sampled_from(["[Rank]", "[first name]", "[Surname]", "[Full name]"]))
def test_other_words_are_not_waived(words: str) -> None:
    waiver = accept({"ferry.txt": ARTICLE})
    found, [applied] = audited({"ferry.txt": ARTICLE.replace("[Name]", words)}, waiver)
    assert statuses(found) == {"ferry.txt": "open"}
    assert applied.state == "stale"


def test_words_that_are_mended_leave_a_stale_waiver() -> None:
    waiver = accept({"ferry.txt": ARTICLE})
    found, [applied] = audited({"ferry.txt": ARTICLE.replace("[Name]", "Ruth Dole")}, waiver)
    assert statuses(found) == {}
    assert applied.state == "stale"


def test_an_article_that_was_not_audited_leaves_its_waiver_alone() -> None:
    waiver = accept({"ferry.txt": ARTICLE})
    clean = "Trams return\n\nBy Ada Quill\n\n2 March 2026\n\nThe trams are back.\n"
    _, [applied] = audited({"tram.txt": clean}, waiver)
    assert applied.state == "elsewhere"


@pytest.mark.parametrize(
    ("until", "status"),
    [
        (None, "waived"),
        (date(2026, 3, 14), "waived"),
        (date(2026, 3, 13), "open"),
        ("2026-03-14", "waived"),
        ("next month", "open"),
        ("2026-02-30", "open"),
    ],
)
def test_the_last_day_is_included(until: date | str | None, status: str) -> None:
    waiver = Waiver(rule="placeholder-unresolved", words="[Name]", reason="Embargoed.", until=until)
    found, [applied] = audited({"ferry.txt": ARTICLE}, waiver)
    assert statuses(found) == {"ferry.txt": status}
    assert applied.state == ("holds" if status == "waived" else "expired")


def test_a_waiver_written_by_hand_takes_all_of_its_words() -> None:
    other = ARTICLE.replace("Ferry returns", "Tram returns")
    everywhere = Waiver(rule="placeholder-unresolved", words="[name]", reason="House style for drafts.")
    found, _ = audited({"ferry.txt": ARTICLE, "tram.txt": other}, everywhere)
    assert statuses(found) == {"ferry.txt": "waived", "tram.txt": "waived"}
    found, _ = audited({"ferry.txt": ARTICLE, "tram.txt": other}, everywhere.model_copy(update={"article": "tram"}))
    assert statuses(found) == {"ferry.txt": "open", "tram.txt": "waived"}


FILE = """\
# Agreed with the standards editor.
- rule: placeholder-unresolved   # embargo
  words: '[Name]'
  reason: "The name is embargoed."
  until: 2026-03-31

# The second one.
- rule: spelling-mixed
  words: colour
  reason: A proper name.
"""


def waivers_file(folder: Path, text: str = FILE) -> Path:
    path = folder / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_waivers_with_their_lines(tmp_path: Path) -> None:
    read = waivers.read(waivers_file(tmp_path), RULES).waivers
    assert [(w.rule, w.words, w.until, w.line) for w in read] == [
        ("placeholder-unresolved", "[Name]", date(2026, 3, 31), 2),
        ("spelling-mixed", "colour", None, 8),
    ]


def test_no_file_is_no_waivers(tmp_path: Path) -> None:
    assert waivers.read(tmp_path / "none.yaml", RULES).waivers == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- rule: spelling-mixed\n  words: colour\n", "waivers.yaml:1: the waiver lacks 'reason'"),
        ("- rule: spelling-mixed\n  words: colour\n  reason: ' '\n", "waivers.yaml:1: reason: a waiver needs a reason"),
        (f"{FILE}- rule: spelling-mix\n  words: x\n  reason: y\n", "waivers.yaml:11: no rule 'spelling-mix' (did you"),
        ("- rule: spelling-mixed\n  word: x\n  words: x\n  reason: y\n", "has no 'word' (did you mean 'words'?)"),
        ("- rule: spelling-mixed\n  words: 7\n  reason: y\n", "words: must be text; put it in quotation marks"),
        ("- rule: [\n", "waivers.yaml:2: is not YAML"),
        ("rule: spelling-mixed\n", "waivers.yaml:1: must be a list"),
        ("- spelling-mixed\n", "waivers.yaml:1: a waiver is a mapping"),
        ("- !!python/object:os.system x\n", "waivers.yaml:1: a waiver is a mapping"),
    ],
)
def test_says_what_is_wrong_with_a_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WaiverError) as raised:
        waivers.read(waivers_file(tmp_path, text), RULES)
    assert said in str(raised.value)


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_bytes(b"- rule: \xff\n")
    with pytest.raises(WaiverError, match="is not UTF-8"):
        waivers.read(path, RULES)


A_WAIVER = Waiver(rule="name-of-rule", words="Gulls: many", reason="Yes.", finding="12e4567890123456")


def test_adding_and_withdrawing_keep_what_people_wrote(tmp_path: Path) -> None:
    path = waivers_file(tmp_path)
    waivers.add(path, A_WAIVER)
    assert path.read_text(encoding="utf-8").startswith(FILE)
    waivers.withdraw(path, A_WAIVER)
    assert path.read_text(encoding="utf-8") == FILE


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "audits" / "waivers.yaml"
    waivers.add(path, A_WAIVER.model_copy(update={"rule": "spelling-mixed"}))
    assert path.read_text(encoding="utf-8").startswith(f"# {waivers.HEADER}\n- rule: spelling-mixed\n")
    assert [w.finding for w in waivers.read(path, RULES).waivers] == ["12e4567890123456"]


def test_the_last_waiver_withdrawn_leaves_a_file_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    waivers.add(path, A_WAIVER)
    waivers.withdraw(path, A_WAIVER)
    assert waivers.read(path, RULES).waivers == ()
    waivers.add(path, A_WAIVER.model_copy(update={"rule": "spelling-mixed"}))
    assert len(waivers.read(path, RULES).waivers) == 1


@given(
    words=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1),
    reason=st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1).filter(str.strip),
    finding=st.text("0123456789abcdef", min_size=16, max_size=16),
)
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, words: str, reason: str, finding: str
) -> None:
    path = tmp_path_factory.mktemp("desk") / "waivers.yaml"
    waiver = Waiver(rule="spelling-mixed", words=words, reason=reason, finding=finding)
    waivers.add(path, waiver)
    [read] = waivers.read(path, RULES).waivers
    assert read.model_copy(update={"line": 0}) == waiver


def test_a_finding_is_waived_once(tmp_path: Path) -> None:
    path = waivers_file(tmp_path)
    waivers.add(path, A_WAIVER)
    with pytest.raises(WaiverError, match="waived already"):
        waivers.add(path, A_WAIVER)


def test_what_somebody_else_has_written_is_not_overwritten(tmp_path: Path) -> None:
    path = waivers_file(tmp_path)
    version = waivers.read(path, RULES).version
    waivers.add(path, A_WAIVER, version)
    with pytest.raises(WaiverConflictError, match="changed by somebody else"):
        waivers.add(path, A_WAIVER.model_copy(update={"finding": "0" * 16}), version)
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(FILE.splitlines()) + 4


def test_a_waiver_is_withdrawn_as_it_was_read_or_not_at_all(tmp_path: Path) -> None:
    path = waivers_file(tmp_path)
    first, second = waivers.read(path, RULES).waivers
    path.write_text(FILE.replace("A proper name.", "The name of a ship."), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(WaiverConflictError, match="changed or withdrawn"):
        waivers.withdraw(path, first, second)
    assert path.read_bytes() == before
    waivers.withdraw(path, first)
    [left] = waivers.read(path, RULES).waivers
    assert left.reason == "The name of a ship."
    with pytest.raises(WaiverConflictError, match="changed or withdrawn"):
        waivers.withdraw(path, first)


def test_a_waiver_takes_the_place_of_one_that_has_expired(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    past = A_WAIVER.model_copy(update={"rule": "spelling-mixed", "until": date(2026, 3, 1)})
    waivers.add(path, past)
    renewed = past.model_copy(update={"until": date(2026, 4, 1)})
    waivers.add(path, renewed, instead_of=[past])
    [read] = waivers.read(path, RULES).waivers
    assert read.until == date(2026, 4, 1)
    with pytest.raises(WaiverConflictError, match="changed or withdrawn"):
        waivers.add(path, renewed, instead_of=[past])


def test_one_finding_in_two_articles_is_waived_in_each(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    for article in ("ferry", "tram"):
        waivers.add(path, A_WAIVER.model_copy(update={"rule": "spelling-mixed", "article": article}))
    assert [w.article for w in waivers.read(path, RULES).waivers] == ["ferry", "tram"]


def test_the_version_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    path = waivers_file(tmp_path)
    assert waivers.version(path) == waivers.read(path, RULES).version
    assert waivers.version(tmp_path / "none.yaml") == waivers.read(tmp_path / "none.yaml", RULES).version


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"

    def write(desk: int) -> None:
        for number in range(10):
            waivers.add(path, A_WAIVER.model_copy(update={"rule": "spelling-mixed", "finding": f"{desk}-{number}"}))

    desks = [threading.Thread(target=write, args=(desk,)) for desk in range(2)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert {w.finding for w in waivers.read(path, RULES).waivers} == {f"{d}-{n}" for d in range(2) for n in range(10)}
    assert [file.name for file in tmp_path.iterdir() if file.name not in {"waivers.yaml", ".waivers.yaml.lock"}] == []
