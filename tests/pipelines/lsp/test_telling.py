"""What editors are told that can do less, and the words of hostile articles."""

from pathlib import Path

import pytest
from lsprotocol.types import DiagnosticSeverity, MarkupContent, MarkupKind, Position, Range
from markdown_it import MarkdownIt

from pipelines.lsp.newsroom import Judgement, Newsroom
from pipelines.lsp.telling import Client, Told

PUBLISHED = "Quay wall\n\nThe Lindholm harbour project, valued at €45 million, is late, the port said on 5 May 2025.\n"
DRAFT = "Cranes\n\nThe the Lindholm harbour project, valued at €65 million, is late, the port said on 6 May 2025.\n"
WHOLE = Range(Position(0, 0), Position(9, 0))


def told(root: Path, texts: dict[str, str], client: Client) -> Told:
    """The judgement of the first text, beside the others, told."""
    opened = {root / name: text for name, text in texts.items()}
    file = next(iter(opened))
    return Told(Newsroom(root).judge(file, opened), file.as_uri(), 7, {file: "editor:draft"}, client)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "corrigenda.toml").write_text('select = ["valuation-conflict", "repeated-word", "markup-residue"]\n')
    return tmp_path


def test_where_no_places_are_shown_the_message_names_them(root: Path) -> None:
    simple = told(root, {"draft.txt": DRAFT, "quay.txt": PUBLISHED}, Client(related=False))
    (conflict,) = [d for d in simple.diagnostics if d.code == "valuation-conflict"]
    assert conflict.message.endswith("\nquay.txt:3: “€45 million”")
    assert conflict.related_information is None


def test_severities_are_the_newsrooms(root: Path) -> None:
    (root / "corrigenda.toml").write_text(
        'select = ["valuation-conflict", "repeated-word", "weekday-mismatch"]\n'
        '[severity]\nrepeated-word = "note"\nvaluation-conflict = "warning"\n'
    )
    texts = {"draft.txt": DRAFT.replace("on 6 May", "on Sunday, 6 May"), "quay.txt": PUBLISHED}
    weighed = {diagnostic.code: diagnostic.severity for diagnostic in told(root, texts, Client()).diagnostics}
    assert weighed == {
        "repeated-word": DiagnosticSeverity.Information,
        "valuation-conflict": DiagnosticSeverity.Warning,
        "weekday-mismatch": DiagnosticSeverity.Error,
    }


def test_where_no_version_is_looked_at_the_edit_names_none(root: Path) -> None:
    simple = told(root, {"draft.txt": DRAFT}, Client(versioned=False))
    (action,) = [action for action in simple.actions(WHOLE, None) if action.edit]
    assert action.edit
    assert action.edit.document_changes is None
    (edits,) = (action.edit.changes or {}).values()
    assert [edit.new_text for edit in edits] == ["The"]


def test_where_markdown_is_not_read_plain_text_is_shown(root: Path) -> None:
    shown = told(root, {"draft.txt": DRAFT}, Client(markdown=False)).hover(Position(2, 1))
    assert shown
    assert isinstance(shown.contents, MarkupContent)
    assert shown.contents.kind == MarkupKind.PlainText
    assert shown.contents.value.startswith("“The the”: ")


def test_words_of_a_format_that_is_no_text_are_at_the_files_beginning(root: Path) -> None:
    page = f"<html><head><title>Quay wall</title></head><body><article><p>{PUBLISHED[11:]}</p></article></body></html>"
    (root / "quay.html").write_text(page)
    (root / "corrigenda.toml").write_text('articles = ["quay.html"]\nselect = ["valuation-conflict"]\n')
    (conflict,) = told(root, {"draft.txt": DRAFT}, Client()).diagnostics
    (witness,) = conflict.related_information or ()
    assert witness.location.uri == (root / "quay.html").as_uri()
    assert witness.location.range == Range(Position(0, 0), Position(0, 0))
    assert witness.message == "“€45 million”"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='https://x.example/'>[here](https://x.example)</a>",
        "<b>*x* _y_ `z` ~~u~~ | v</b>",
    ],
)
def test_the_words_of_an_article_are_shown_as_they_are_on_hover(root: Path, hostile: str) -> None:
    made = told(root, {"draft.txt": f"Cranes\n\nA crane {hostile} came to the port.\n"}, Client())
    assert made.diagnostics
    for diagnostic in made.diagnostics:
        shown = made.hover(diagnostic.range.start)
        assert shown
        assert isinstance(shown.contents, MarkupContent)
        said = shown.contents.value.split("\n\n# ")[0]
        html = MarkdownIt("commonmark", {"html": True, "linkify": False}).render(said)
        for tag in ("<script", "<img", "<a ", "<b>", "<em", "<code", "<del"):
            assert tag not in html


def test_a_document_that_cannot_be_read_offers_nothing(root: Path) -> None:
    unread = Told(Judgement("a.md", (), {}, {}, unread="a binary\nfile"), "file:///a.md", 1, {}, Client())
    assert [diagnostic.message for diagnostic in unread.diagnostics] == ["not checked: a binary file"]
    assert unread.hover(Position(0, 0)) is None
    assert list(unread.actions(WHOLE, None)) == []


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (None, {"quickfix"}),
        ([], set()),
        ([""], {"quickfix", "source.fixAll.corrigenda"}),
        (["quickfix"], {"quickfix"}),
        (["quickfix.other"], set()),
        (["source"], {"source.fixAll.corrigenda"}),
        (["source.fixAll"], {"source.fixAll.corrigenda"}),
        (["source.fixAll.corrigenda"], {"source.fixAll.corrigenda"}),
        (["source.fix"], set()),
        (["refactor", "quickfix"], {"quickfix"}),
    ],
)
def test_only_actions_of_the_kinds_asked_for_are_offered(root: Path, only: list[str] | None, kinds: set[str]) -> None:
    made = told(root, {"draft.txt": DRAFT}, Client())
    assert {getattr(action.kind, "value", action.kind) for action in made.actions(WHOLE, only)} == kinds
