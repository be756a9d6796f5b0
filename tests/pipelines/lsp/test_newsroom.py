"""A workspace in memory: what is read again, what is not, and what holds on a day."""

from datetime import date
from pathlib import Path

import pytest

from audits import baseline
from pipelines import reading
from pipelines.audit import OWN
from pipelines.lsp import library
from pipelines.lsp.newsroom import Newsroom, OutdatedError, UnusableError
from pipelines.store import Store

SETTINGS = 'articles = ["news"]\nselect = ["valuation-conflict"]\n'
PUBLISHED = "Quay wall\n\nThe Lindholm harbour project, valued at €45 million, is late, the port said on 5 May 2025.\n"
DRAFT = "Cranes\n\nThe Lindholm harbour project, valued at €65 million, is late, the port said on 6 May 2025.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "quay.txt").write_text(PUBLISHED)
    (tmp_path / "news" / "other.txt").write_text("Other\n\nThe library opens at nine from 7 March 2025.\n")
    (tmp_path / "corrigenda.toml").write_text(SETTINGS)
    return tmp_path


def test_an_article_is_judged_as_it_stands_in_the_editor(root: Path) -> None:
    room, file = Newsroom(root), root / "news" / "quay.txt"
    assert room.judge(file, {file: PUBLISHED}).findings == ()
    draft = root / "draft.txt"
    (finding,) = room.judge(draft, {draft: DRAFT}).findings
    assert (finding.rule, finding.anchor.path, finding.anchor.text) == (
        "valuation-conflict",
        "draft.txt",
        "€65 million",
    )
    (finding,) = room.judge(file, {file: DRAFT, draft: PUBLISHED}).findings
    assert [span.path for span in finding.spans] == ["news/quay.txt", "draft.txt"]


def test_only_what_has_changed_is_extracted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extracted: list[str] = []
    real = library.own_tables

    def counted(articles: list[reading.Article], *given: object) -> object:
        extracted.extend(article.path for article in articles)
        return real(articles, *given)

    monkeypatch.setattr(library, "own_tables", counted)
    room, draft = Newsroom(root), root / "draft.txt"
    room.judge(draft, {draft: DRAFT})
    assert extracted == ["draft.txt"]  # all others were gathered at the start
    room.judge(draft, {draft: DRAFT})
    assert extracted == ["draft.txt"]
    (root / "news" / "other.txt").write_text("Other\n\nThe library opens at ten from 8 March 2025.\n")
    room.judge(draft, {draft: DRAFT})
    assert extracted == ["draft.txt", "news/other.txt"]
    (root / "news" / "other.txt").unlink()
    room.judge(draft, {draft: DRAFT})
    assert len(extracted) == 2


def test_records_are_kept_in_the_gates_store_for_the_next_start(root: Path) -> None:
    draft = root / "draft.txt"
    Newsroom(root).judge(draft, {draft: DRAFT})
    kept = Store(root / ".corrigenda" / "gate").snapshot(OWN)[0]["articles"]["path"].tolist()
    assert kept == ["news/other.txt", "news/quay.txt"]


def test_names_that_two_articles_share_are_told_apart(root: Path) -> None:
    room, draft = Newsroom(root), root / "quay.txt"
    (finding,) = room.judge(draft, {draft: DRAFT}).findings
    assert [span.article for span in finding.spans] == ["quay.txt", "news/quay.txt"]
    file = root / "news" / "quay.txt"
    judged = room.judge(file, {file: DRAFT.replace("Cranes", "Two cranes")})
    assert judged.findings == ()


def test_a_waiver_holds_until_its_last_day(root: Path) -> None:
    (root / "audits").mkdir()
    (root / "audits" / "waivers.yaml").write_text(
        "- {rule: valuation-conflict, words: €65 million, reason: With the roads, until: 2025-05-01}\n"
    )
    draft = root / "draft.txt"

    def on(day: date) -> int:
        return len(Newsroom(root, lambda: day).judge(draft, {draft: DRAFT}).findings)

    assert on(date(2025, 5, 1)) == 0
    assert on(date(2025, 5, 2)) == 1


def test_what_the_baseline_holds_is_not_told(root: Path) -> None:
    draft = root / "draft.txt"
    room = Newsroom(root)
    judged = room.judge(draft, {draft: DRAFT})
    baseline.write(root / "audits" / "baseline.jsonl", baseline.record(judged.findings))
    assert room.settle(judged).findings == ()
    (found,) = room.judge(draft, {draft: DRAFT.replace("€65", "€85")}).findings
    assert found.anchor.text == "€85 million"


def test_accepting_again_takes_the_place_of_what_has_expired(root: Path) -> None:
    draft = root / "draft.txt"
    room = Newsroom(root, lambda: date(2025, 5, 2))
    judged = room.judge(draft, {draft: DRAFT})
    (finding,) = judged.findings
    room.accept(finding, "With the roads.")
    file = root / "audits" / "waivers.yaml"
    file.write_text(f"{file.read_text()}  until: 2025-05-01\n")
    assert room.settle(judged).findings == (finding,)
    room.accept(finding, "With the roads and the lamps.")
    assert room.settle(judged).findings == ()
    assert file.read_text().count("rule:") == 1
    with pytest.raises(UnusableError, match="waived already"):
        room.accept(finding, "Again.")


def test_what_is_outdated_is_not_judged_to_the_end(root: Path) -> None:
    draft = root / "draft.txt"
    with pytest.raises(OutdatedError):
        Newsroom(root).judge(draft, {draft: DRAFT}, lambda: True)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("corrigenda.toml", "articles = [", "corrigenda.toml: not TOML"),
        ("corrigenda.toml", 'articles = ["wire"]', "corrigenda.toml:1: articles: there is no folder "),
        ("audits/waivers.yaml", "- {rule: no-such, words: x, reason: y}", "waivers.yaml:1"),
        ("audits/baseline.jsonl", "[]\n", "baseline.jsonl:1"),
        ("facts.yaml", "- subject: 4\n", "facts.yaml:1"),
    ],
)
def test_what_cannot_be_used_is_named(root: Path, file: str, text: str, said: str) -> None:
    room, draft = Newsroom(root), root / "draft.txt"
    (root / "facts.yaml").write_text("[]")
    (root / "corrigenda.toml").write_text(f'{SETTINGS}facts = "facts.yaml"\n')
    (root / "audits").mkdir()
    room.judge(draft, {draft: DRAFT})
    (root / file).write_text(text)
    with pytest.raises(UnusableError, match=said):
        room.judge(draft, {draft: DRAFT})
    (root / file).write_text(SETTINGS if file.endswith("toml") else "")
    if not file.endswith("jsonl"):
        assert len(room.judge(draft, {draft: DRAFT}).findings) == 1
