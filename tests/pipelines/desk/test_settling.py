"""What the desk says of findings, from one audit to the next."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from audits import waivers
from expectations.catalogue import catalogue
from pipelines.desk.app import TEMPLATES
from pipelines.desk.auditing import Auditor, NothingToAuditError
from pipelines.desk.settling import Desk, RefusedError, Typed, View, compared, mended
from pipelines.language.house import ANY
from tests.audits_of import audit_of
from tests.pipelines.desk.running import ARTICLE, SLOT, corpus

RULES = {name: catalogue()[name] for name in (SLOT, "repeated-word")}
TODAY = date(2026, 3, 14)


def auditor(folder: Path) -> Auditor:
    return Auditor([folder / "seeds"], folder, ANY, RULES, ())


def looked(desk: Desk) -> View:
    desk.catch_up().result(120)
    assert desk.fault is None
    view = desk.view()
    assert view is not None
    return view


def slot_in(view: View) -> str:
    return next(finding.id for finding in view.document.findings if finding.rule == SLOT)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(auditor(corpus(tmp_path)), tmp_path / "waivers.yaml", TEMPLATES, lambda: TODAY)


def test_nothing_is_shown_before_the_first_audit(desk: Desk) -> None:
    assert desk.view() is None
    assert not desk.audited
    assert looked(desk).findings
    assert desk.audited


def test_a_view_stands_until_articles_or_waivers_change(desk: Desk, tmp_path: Path) -> None:
    first = looked(desk)
    assert looked(desk) is first
    desk.accept(first, Typed(slot_in(first), "Embargoed."))
    second = looked(desk)
    assert second.edition is first.edition
    assert second.state != first.state
    article = tmp_path / "seeds" / "ferry.txt"
    article.write_bytes(article.read_bytes())  # touched, and as it was
    assert looked(desk) is second
    article.write_text(ARTICLE + "\nThe the end.\n", encoding="utf-8")
    assert looked(desk).edition is not first.edition


def test_a_waiver_that_has_expired_gives_way_to_the_next(desk: Desk, tmp_path: Path) -> None:
    view = looked(desk)
    finding = slot_in(view)
    waivers.add(tmp_path / "waivers.yaml", waivers.of(view.findings[finding], "Past.", until=date(2026, 3, 13)))
    view = looked(desk)
    assert finding not in view.holding
    desk.accept(view, Typed(finding, "To come.", until="2026-03-14"))
    [waiver] = waivers.read(tmp_path / "waivers.yaml", catalogue()).waivers
    assert waiver.reason == "To come."
    assert finding in looked(desk).holding


def test_undoing_says_what_else_the_waiver_had_accepted(desk: Desk, tmp_path: Path) -> None:
    article = tmp_path / "seeds" / "ferry.txt"
    article.write_text(ARTICLE + "\nCaptain [Name] and Captain [Name] agreed.\n", encoding="utf-8")
    (tmp_path / "waivers.yaml").write_text(f"- {{rule: {SLOT}, words: '[Name]', reason: Ours.}}\n", encoding="utf-8")
    view = looked(desk)
    assert len(view.holding) == 3
    finding = slot_in(view)
    notice = desk.undo(view, finding, view.seen(finding))
    assert notice.text == f"Open again: {SLOT}, “[Name]”. So are 2 more that the waiver accepted."
    assert looked(desk).holding == {}


def test_a_file_that_cannot_be_written_is_named(desk: Desk, tmp_path: Path) -> None:
    view = looked(desk)
    (tmp_path / ".waivers.yaml.lock").mkdir()
    with pytest.raises(RefusedError, match="waivers"):
        desk.accept(view, Typed(slot_in(view), "Yes."))
    assert not (tmp_path / "waivers.yaml").exists()


def test_a_corpus_that_is_gone_leaves_what_was_audited(desk: Desk, tmp_path: Path) -> None:
    view = looked(desk)
    (tmp_path / "seeds" / "ferry.txt").unlink()
    desk.catch_up().result(120)
    assert desk.fault == "there is no readable article left to audit"
    assert desk.view() is view
    corpus(tmp_path)
    assert looked(desk).findings == view.findings


def test_only_what_has_changed_is_extracted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.engines import local

    extracted: list[str] = []
    inner = local.extract

    def told(article, house):  # type: ignore[no-untyped-def]
        extracted.append(article.id)
        return inner(article, house)

    monkeypatch.setattr(local, "extract", told)
    corpus(tmp_path, {"ferry.txt": ARTICLE, "tram.txt": ARTICLE.replace("Ferry", "Tram")})
    desk = auditor(tmp_path)
    whole = desk.audit()
    (tmp_path / "seeds" / "tram.txt").write_text("Trams\n\nThe trams are back.\n", encoding="utf-8")
    again = desk.audit()
    assert extracted == ["ferry", "tram", "tram"]
    assert again.findings == auditor(tmp_path).audit().findings != whole.findings


def test_nothing_left_to_audit_is_an_error(tmp_path: Path) -> None:
    corpus(tmp_path, {"ferry.txt": ""})
    with pytest.raises(NothingToAuditError):
        auditor(tmp_path).audit()


# ---- mended or not ----

TWICE = ARTICLE + "\nCaptain [Name] waved.\n"
TRAM = TWICE.replace("Ferry", "Tram").replace("4 March 2025", "5 March 2025")


def judged(
    before: Mapping[str, str], after: Mapping[str, str], nth: int = 0, of: str = "ferry.txt"
) -> tuple[str, bool]:
    was, now = (audit_of(texts, [SLOT]).findings for texts in (before, after))
    slots = sorted((f for f in was.findings if f.anchor.path == of), key=lambda f: f.anchor.start)
    notice = mended(slots[nth], was, now)
    return notice.text, notice.refused


def cases() -> Iterator[tuple[str, Mapping[str, str], Mapping[str, str], int, str, bool]]:
    mended_once = TWICE.replace("[Name]", "Ruth Dole", 1)
    yield "nothing done", {"ferry.txt": TWICE}, {"ferry.txt": TWICE}, 0, "ferry.txt", False
    yield "moved", {"ferry.txt": TWICE}, {"ferry.txt": f"Latest\n\n{TWICE}"}, 0, "ferry.txt", False
    yield "the first of two", {"ferry.txt": TWICE}, {"ferry.txt": mended_once}, 0, "ferry.txt", True
    yield "the second of two", {"ferry.txt": TWICE}, {"ferry.txt": mended_once}, 1, "ferry.txt", True
    both = {"ferry.txt": TWICE, "tram.txt": TRAM}
    yield "the other article's", both, {**both, "ferry.txt": mended_once}, 0, "tram.txt", False
    yield "this article's", both, {**both, "ferry.txt": mended_once}, 0, "ferry.txt", True
    yield "the article gone", both, {"tram.txt": TRAM}, 0, "ferry.txt", True


@pytest.mark.parametrize(("before", "after", "nth", "of", "gone"), [pytest.param(*c[1:], id=c[0]) for c in cases()])
def test_mended_is_what_an_article_has_fewer_of(
    before: Mapping[str, str], after: Mapping[str, str], nth: int, of: str, gone: bool
) -> None:
    text, refused = judged(before, after, nth, of)
    assert refused != gone
    assert text.startswith("Mended: " if gone else "Not mended yet: ")


def test_after_a_mended_finding_comes_the_next() -> None:
    was, now = (
        audit_of({"ferry.txt": text}, [SLOT]).findings for text in (TWICE, TWICE.replace("[Name]", "Ruth Dole", 1))
    )
    first = min(was.findings, key=lambda finding: finding.anchor.start)
    assert mended(first, was, now).finding == now.findings[0].id


def test_audits_are_compared_in_a_sentence() -> None:
    none, one = (
        audit_of({"ferry.txt": text}, [SLOT]).findings for text in (ARTICLE.replace("[Name]", "Dole"), ARTICLE)
    )
    two = audit_of({"ferry.txt": TWICE.replace("[Name]", "[Rank]")}, [SLOT]).findings
    assert compared(one, one) == "Audited again: the findings are the same."
    assert compared(one, none) == "Audited again: 1 is gone."
    assert compared(one, two) == "Audited again: 1 is gone, 2 new."
