"""The text report: its output, and what it must never let through to a terminal."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from audits.findings import Change, Finding, Findings, Span
from audits.reports import text
from tests.audits.reports import hostile

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


def excerpts(rendered: str) -> list[tuple[str, str]]:
    """Each line of words with the line that underlines them."""
    lines = rendered.split("\n")
    return [
        (above, below)
        for above, below in itertools.pairwise(lines)
        if below.strip(" |") and set(below.strip(" |")) <= {"^", "~"}
    ]


def test_the_words_are_underlined_where_a_terminal_shows_them() -> None:
    ill = hostile.document()
    found = excerpts(text.render(ill, colour=False, texts=hostile.TEXTS))
    spans = [span for finding in ill.findings for span in finding.spans]
    assert len(found) == len(spans)
    for (above, below), span in zip(found, spans, strict=True):
        left = len(below) - len(below.lstrip(" |"))
        words = text.visible(span.text)
        start = next(n for n in range(len(above) + 1) if cell_len(above[:n]) == left)
        assert above[start:].startswith(words)
        assert cell_len(words) == cell_len(below) - left


@pytest.mark.parametrize(
    ("line", "words", "underline"),
    [
        ("東京 cafe\u0301s 😀 opened", "cafe\u0301s", "         ^^^^^"),
        ("שלום ab", "ab", "         ^^"),
        ("x" * 60 + " here", "here", "    " + " " * 41 + "^^^^"),
        ("one\rtwo here\rthree", "here", "        ^^^^"),
        ("x", "", "    ^"),
    ],
)
def test_wide_and_combining_characters_do_not_move_the_underline(line: str, words: str, underline: str) -> None:
    start = line.index(words)
    span = Span("a", "a.txt", start, start + len(words), words, 1, 1, "anchor")
    _, below = text.underlined(span, {"a": line}, Text("    "), "red")
    assert below.plain == underline


def test_of_long_words_the_beginning_and_the_end_are_shown() -> None:
    words = " ".join(f"word{n}" for n in range(100))
    span = Span("a", "a.txt", 0, len(words), words, 1, 1, "anchor")
    above, below = text.underlined(span, {"a": words + " and so on."}, Text(text.GUTTER), "red")
    assert "word0 word1 word2" in above.plain
    assert "word99 and so on" in above.plain
    assert above.cell_len < text.WIDTH
    assert below.cell_len < above.cell_len


def test_a_finding_is_led_by_path_line_column_severity_and_rule(document: Findings) -> None:
    lines = text.render(document, colour=False).splitlines()
    assert any(line.startswith("news/bridge.txt:3:4: error weekday-mismatch “") for line in lines)


def test_no_line_is_a_command_of_a_build_s_log() -> None:
    ill = hostile.document()
    orders = "::error::x\n##[error]x\n##vso[task.complete]x"
    named = replace(ill.findings[0], spans=tuple(replace(s, path="::error::a") for s in ill.findings[0].spans))
    worst = replace(named, message=orders, suggestion=orders)
    rendered = text.render(replace(ill, findings=(worst, *ill.findings)), colour=False, texts=hostile.TEXTS)
    assert not any(line.lstrip().startswith("::") for line in rendered.splitlines())
    assert "##[" not in rendered
    assert "##vso[" not in rendered
    assert "./::error::a:3:35: error" in rendered
