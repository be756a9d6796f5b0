"""The text report: its output, and what it must never let through to a terminal."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from audits.findings import Change, Finding, Findings
from audits.reports import text

GOLDEN = Path(__file__).parent / "golden"


def plain(rendered: str) -> str:
    """What a terminal shows."""
    return "\n".join(Text.from_ansi(line).plain for line in rendered.split("\n"))


def golden(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8")


def test_report(document: Findings) -> None:
    assert text.render(document, colour=False) == golden("findings.txt")


def test_report_with_context(document: Findings, texts: dict[str, str]) -> None:
    assert text.render(document, colour=False, texts=texts) == golden("findings-in-context.txt")


def test_colour_adds_escape_sequences_and_nothing_else(document: Findings, texts: dict[str, str]) -> None:
    coloured = plain(text.render(document, colour=True, texts=texts))
    assert coloured == text.render(document, colour=False, texts=texts)


def test_summary_stands_at_the_end_of_the_report(document: Findings) -> None:
    assert text.render(document, colour=False).endswith(text.summary(document, colour=False))


def test_markup_in_an_article_is_text(document: Findings) -> None:
    assert "[bold]harbor[/bold]" in text.render(document, colour=True)


@pytest.mark.parametrize("colour", [False, True])
def test_no_control_character_of_an_article_reaches_the_terminal(document: Findings, colour: bool) -> None:
    rendered = text.render(document, colour=colour)
    assert "\\x1b[31m" in rendered
    assert "\x1b[31m" not in rendered.replace("\x1b[1;31m", "")
    assert "\u202e" not in rendered


@given(st.text(alphabet=st.characters(codec=None)))
def test_visible_text_is_one_printable_line(words: str) -> None:
    assert text.visible(words).isprintable()


def test_the_environment_and_the_terminal_change_nothing(document: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = text.render(document, colour=False)
    for name, value in (("COLUMNS", "20"), ("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert text.render(document, colour=False) == before


def test_nothing_found(document: Findings) -> None:
    clean = replace(document, findings=(), rejected=())
    assert text.render(clean, colour=False) == "3 articles, 0 findings\n"


def test_the_summary_ends_with_what_has_changed(document: Findings) -> None:
    change = Change("2026-11-21T23:30:00-08:00", new=("a1",), known=tuple(map(str, range(1_240))), fixed=())
    told = text.summary(replace(document, change=change), colour=False)
    assert told.endswith("\n1 new, 0 fixed, 1,240 still open since 21 November 2026\n")


def test_the_summary_lists_the_worst_articles_and_counts_the_others(document: Findings) -> None:
    finding = next(finding for finding in document.findings if finding.severity == "warning")

    def beside(path: str) -> Finding:
        return replace(finding, spans=(replace(finding.anchor, path=path),))

    many = [beside(f"desk/{number:04}.txt") for number in range(1_500)]
    worst = replace(beside("desk/zebra.txt"), severity="error")
    lines = text.summary(replace(document, findings=(*many, worst)), colour=False).splitlines()
    assert lines[1].split() == ["desk/zebra.txt", "1"]
    assert [line.split()[0] for line in lines[2 : text.LISTED + 1]] == [
        f"desk/{number:04}.txt" for number in range(text.LISTED - 1)
    ]
    assert lines[text.LISTED + 1] == "and 1,476 more"
