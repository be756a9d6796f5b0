"""The language server in one session with an editor, over real standard input and output."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from lsprotocol.types import Diagnostic, DiagnosticSeverity

from audits import waivers
from expectations.catalogue import catalogue
from tests.pipelines.lsp.editor import Editor, editor

SETTINGS = 'articles = ["news"]\n'
# Above the words in question: what is one character and two UTF-16 units, what is two characters and seen as one.
PUBLISHED = """---
title: 🏗️ Quay wall rises at Lindholm harbour
date: 2025-03-06
author: Ana Reis
---

👩🏽\u200d🔧 Cafe\u0301 news: the Lindholm harbour project, valued at €45 million, began on 3 March 2025, said the port.
"""
DRAFT = """---
title: Cranes arrive at Lindholm harbour
date: 2025-03-12
author: Ana Reis
---

🚢🚢 The Lindholm harbour project, valued at €{sum} million, took in cranes on {day}, March 11, 2025, said the port.

The pilots, who had had tea with Captain {captain}, watched the the cranes come in. مرحبا, called {captain}.
"""
FAULTY = DRAFT.format(sum=65, day="Monday", captain="[Name]")
SOUND = DRAFT.format(sum=45, day="Tuesday", captain="Mara Lund").replace("the the", "the")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Editor, Path]]:
    root = tmp_path_factory.mktemp("desk") / "news room #1 – été"
    (root / "news").mkdir(parents=True)
    with editor(root) as opened:
        yield opened, root


@pytest.fixture
def desk(session: tuple[Editor, Path]) -> Iterator[tuple[Editor, Path]]:
    """The editor with nothing open, and a workspace with one published article."""
    opened, root = session
    (root / "corrigenda.toml").write_text(SETTINGS)
    (root / "news" / "quay wäll;1.md").write_text(PUBLISHED, newline="")
    opened.choice, opened.asks = None, True
    opened.messages.clear()
    opened.questions.clear()
    yield opened, root
    for uri in list(opened.texts):
        opened.close(uri)
    for file in [*(root / "news").iterdir(), root / "audits" / "waivers.yaml"]:
        file.unlink(missing_ok=True)
    opened.diagnostics.clear()


def rules(found: Sequence[Diagnostic]) -> list[Any]:
    return [diagnostic.code for diagnostic in found]


def of(found: Sequence[Diagnostic], rule: str) -> Diagnostic:
    return next(diagnostic for diagnostic in found if diagnostic.code == rule)


def lacks(rule: str) -> Any:
    return lambda found: rule not in rules(found)


def has(rule: str) -> Any:
    return lambda found: rule in rules(found)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_findings_stand_at_their_words_after_emoji_and_right_to_left_text(
    desk: tuple[Editor, Path], newline: str
) -> None:
    editor_, root = desk
    text = FAULTY.replace("\n", newline)
    uri = editor_.open(root / "news" / "draft.md", text)
    found = editor_.found(uri)
    said = [(d.severity, d.code, editor_.words(text, d.range)) for d in found]
    assert said == [
        (DiagnosticSeverity.Error, "valuation-conflict", "€65 million"),
        (DiagnosticSeverity.Error, "weekday-mismatch", "Monday, March 11, 2025"),
        (DiagnosticSeverity.Error, "placeholder-unresolved", "[Name]"),
        (DiagnosticSeverity.Warning, "repeated-word", "the the"),
        (DiagnosticSeverity.Error, "placeholder-unresolved", "[Name]"),
    ]
    assert {d.source for d in found} == {"corrigenda"}
    assert of(found, "weekday-mismatch").message.splitlines()[1] == "Write Tuesday, or correct the date."


def test_related_information_lands_on_the_words_of_the_witness(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    (witness,) = of(editor_.found(uri), "valuation-conflict").related_information or ()
    published = root / "news" / "quay wäll;1.md"
    assert witness.location.uri == published.as_uri()
    assert editor_.words(PUBLISHED, witness.location.range) == "€45 million"
    assert witness.message == "“€45 million”"


def test_a_byte_order_mark_that_editors_do_not_show_moves_no_words(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    other = root / "news" / "mark.txt"
    text = "The Lindholm harbour project, valued at €75 million, is late, said the port on 5 March 2025."
    other.write_text(text, encoding="utf-8-sig")
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    places = of(editor_.found(uri), "valuation-conflict").related_information or ()
    assert [editor_.words(text, p.location.range) for p in places if p.location.uri == other.as_uri()] == [
        "€75 million"
    ]


def test_hovering_over_the_words_shows_what_the_rule_says(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    day = of(editor_.found(uri), "weekday-mismatch")
    shown = editor_.hover(uri, day.range.start)
    assert shown is not None
    assert shown.range == day.range
    assert isinstance(shown.contents, types.MarkupContent)
    assert shown.contents.kind == types.MarkupKind.Markdown
    assert shown.contents.value.startswith("**“Monday, March 11, 2025”: March 11, 2025 falls on a Tuesday.**")
    assert shown.contents.value.endswith(catalogue()["weekday-mismatch"].document)
    assert editor_.hover(uri, types.Position(0, 0)) is None
    after = types.Position(day.range.end.line, day.range.end.character)
    assert editor_.hover(uri, after) is None


def test_markup_in_an_article_is_none_on_hover(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(
        root / "news" / "odd.txt", "Notes\n\nThe the <img src=https://x.example/1.png> *lamp* was lit.\n"
    )
    found = editor_.found(uri)
    shown = editor_.hover(uri, of(found, "markup-residue").range.start)
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    said = shown.contents.value.split("\n\n# ")[0]
    assert r"\<img" in said
    assert "https://" not in said


def test_a_quickfix_mends_the_words_and_its_diagnostic_goes(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY.replace("\n", "\r\n"))
    for rule in ("weekday-mismatch", "repeated-word"):
        diagnostic = of(editor_.found(uri), rule)
        (fix,) = [a for a in editor_.actions(uri, diagnostic.range) if isinstance(a, types.CodeAction) and a.edit]
        assert fix.kind == types.CodeActionKind.QuickFix
        assert fix.diagnostics == (diagnostic,)
        editor_.apply(fix.edit)
        editor_.save(uri)
        editor_.found(uri, lacks(rule))
    text = editor_.texts[uri][1]
    assert "on Tuesday, March 11, 2025," in text
    assert "watched the cranes" in text
    assert "had had tea" in text


def test_all_that_is_safe_to_mend_is_one_action_where_it_is_asked_for(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    editor_.found(uri)
    whole = types.Range(types.Position(0, 0), types.Position(9, 0))
    assert not [a for a in editor_.actions(uri, whole) if a.title.startswith("Mend all")]
    (action,) = editor_.actions(uri, whole, only=["source.fixAll"])
    assert isinstance(action, types.CodeAction)
    assert action.kind == "source.fixAll.corrigenda"
    assert action.edit
    editor_.apply(action.edit)
    editor_.save(uri)
    found = editor_.found(uri, lacks("repeated-word"))
    assert rules(found) == ["valuation-conflict", "placeholder-unresolved", "placeholder-unresolved"]


def test_what_is_not_safe_to_mend_has_no_fix(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    found = editor_.found(uri)
    titles = [a.title for a in editor_.actions(uri, of(found, "valuation-conflict").range)]
    assert titles == ["Accept “€65 million” with a reason… (valuation-conflict)"]


def waiving(editor_: Editor, uri: str, rule: str) -> types.Command:
    at = of(editor_.found(uri), rule).range
    (command,) = [a.command for a in editor_.actions(uri, at) if isinstance(a, types.CodeAction) and a.command]
    return command


def test_a_finding_that_is_accepted_is_in_the_waivers_file_and_not_shown(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    command = waiving(editor_, uri, "valuation-conflict")
    editor_.choice = 1
    editor_.run(command.command, *(command.arguments or ()))
    found = editor_.found(uri, lacks("valuation-conflict"))
    assert rules(found).count("placeholder-unresolved") == 2
    (question,) = editor_.questions
    assert "€65 million" in question.message
    (waiver,) = waivers.read(root / "audits" / "waivers.yaml", catalogue()).waivers
    assert (waiver.rule, waiver.article, waiver.words) == ("valuation-conflict", "draft", "€65 million")
    assert waiver.reason == "Said so by the source"
    assert not editor_.messages


def test_the_reason_may_come_with_the_command(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    command = waiving(editor_, uri, "weekday-mismatch")
    editor_.run(command.command, *(command.arguments or ()), "The invitation says Monday; asked twice.")
    editor_.found(uri, lacks("weekday-mismatch"))
    (waiver,) = waivers.read(root / "audits" / "waivers.yaml", catalogue()).waivers
    assert waiver.reason == "The invitation says Monday; asked twice."
    assert not editor_.questions


def test_nothing_is_accepted_without_a_reason(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    command = waiving(editor_, uri, "valuation-conflict")
    editor_.run(command.command, *(command.arguments or ()))  # the question is closed
    assert len(editor_.questions) == 1
    editor_.run(command.command, *(command.arguments or ()), "  ")
    editor_.wait(lambda: editor_.messages)
    assert "reason" in editor_.messages[0]
    editor_.run(command.command, uri, "0123456789abcdef", "House style")
    editor_.run(command.command)
    editor_.wait(lambda: len(editor_.messages) == 3)
    assert not (root / "audits" / "waivers.yaml").exists()
    assert "valuation-conflict" in rules(editor_.found(uri))


def test_an_editor_that_cannot_ask_for_a_reason_says_so(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    command = waiving(editor_, uri, "valuation-conflict")
    editor_.asks = False
    editor_.run(command.command, *(command.arguments or ()))
    editor_.wait(lambda: editor_.messages)
    assert "cannot ask" in editor_.messages[0]
    assert not (root / "audits" / "waivers.yaml").exists()


def test_waivers_hold_and_an_expired_one_does_not(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    (root / "audits").mkdir(exist_ok=True)
    (root / "audits" / "waivers.yaml").write_text(
        "- {rule: weekday-mismatch, words: 'Monday, March 11, 2025', reason: Said so, until: 2025-03-12}\n"
        "- {rule: placeholder-unresolved, words: '[Name]', reason: Comes at noon}\n"
    )
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    assert rules(editor_.found(uri)) == ["valuation-conflict", "weekday-mismatch", "repeated-word"]
    command = waiving(editor_, uri, "weekday-mismatch")
    editor_.run(command.command, *(command.arguments or ()), "Said so again.")
    editor_.found(uri, lacks("weekday-mismatch"))


def test_what_changes_on_disk_is_seen_on_the_next_save(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", SOUND)
    assert rules(editor_.found(uri)) == []
    (root / "news" / "quay wäll;1.md").write_text(PUBLISHED.replace("€45", "€54"), newline="")
    editor_.save(uri)
    (conflict,) = editor_.found(uri, has("valuation-conflict"))
    assert editor_.words(SOUND, conflict.range) == "€45 million"


def test_what_the_editor_sees_change_on_disk_is_seen_at_once(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    assert types.WORKSPACE_DID_CHANGE_WATCHED_FILES in editor_.watched
    uri = editor_.open(root / "news" / "draft.md", SOUND)
    assert rules(editor_.found(uri)) == []
    other = root / "news" / "second.md"
    other.write_text(PUBLISHED.replace("€45", "€54").replace("Quay wall rises", "Work"), newline="")
    (root / "news" / "quay wäll;1.md").unlink()
    editor_.notice(other, root / "news" / "quay wäll;1.md")
    (conflict,) = editor_.found(uri, has("valuation-conflict"))
    (witness,) = conflict.related_information or ()
    assert witness.location.uri == other.as_uri()


def test_two_open_documents_that_contradict_each_other_both_say_so(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    (root / "news" / "quay wäll;1.md").unlink()
    first = editor_.open(root / "news" / "first.md", SOUND)
    assert rules(editor_.found(first)) == []
    text = SOUND.replace("€45", "€65").replace("Cranes arrive", "Two cranes")
    second = editor_.open(root / "notes" / "second.md", text)  # neither is on disk, one is no part of the corpus
    for one, other in ((first, second), (second, first)):
        conflict = of(editor_.found(one, has("valuation-conflict")), "valuation-conflict")
        (witness,) = conflict.related_information or ()
        assert witness.location.uri == other
        assert editor_.words(editor_.texts[other][1], witness.location.range) == witness.message.strip("“”")
    editor_.close(second)
    editor_.found(first, lacks("valuation-conflict"))
    assert editor_.diagnostics[second][-1].diagnostics == ()


def test_while_it_is_typed_only_the_last_text_is_told_of(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    for sum_ in range(66, 90):
        editor_.change(uri, FAULTY.replace("€65", f"€{sum_}"))
    editor_.change(uri, SOUND)  # and not saved
    assert editor_.found(uri) == ()
    versions = [told.version for told in editor_.diagnostics[uri] if told.version is not None]  # None: it was closed
    assert versions == sorted(versions)


def test_settings_that_cannot_be_used_are_told_once_and_what_was_told_stays(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    before = editor_.found(uri)
    (root / "corrigenda.toml").write_text('articles = ["news"]\nspeling = "UK"\n')
    editor_.notice(root / "corrigenda.toml")
    editor_.wait(lambda: editor_.messages)
    assert "corrigenda.toml:2: there is no setting 'speling'" in editor_.messages[0]
    assert editor_.found(uri) == before
    (root / "corrigenda.toml").write_text('articles = ["news"]\nignore = ["repeated-word"]\n')
    editor_.notice(root / "corrigenda.toml")
    editor_.found(uri, lacks("repeated-word"))
    assert len(editor_.messages) == 1


def test_a_waivers_file_that_cannot_be_used_is_told(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    uri = editor_.open(root / "news" / "draft.md", FAULTY)
    before = editor_.found(uri)
    (root / "audits").mkdir(exist_ok=True)
    (root / "audits" / "waivers.yaml").write_text("- rule: weekday-mismatch\n  words: Monday\n")
    editor_.notice(root / "audits" / "waivers.yaml")
    editor_.wait(lambda: editor_.messages)
    assert "waivers.yaml:1" in editor_.messages[0]
    command = waiving(editor_, uri, "valuation-conflict")
    editor_.run(command.command, *(command.arguments or ()), "House style")
    editor_.wait(lambda: len(editor_.messages) == 2)
    assert editor_.found(uri) == before


def test_what_is_no_article_is_passed_over(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    others = [
        editor_.open(root / "news" / "script.py", FAULTY, language="python"),
        editor_.open(root / ".notes" / "draft.md", FAULTY),
        editor_.open(root / "untitled.md", FAULTY, uri="untitled:Untitled-1"),
        editor_.open(root / "x.md", FAULTY, uri="file://[broken/x.md"),
    ]
    for uri in others:
        editor_.change(uri, FAULTY + "More.")
        assert editor_.actions(uri, types.Range(types.Position(0, 0), types.Position(9, 0))) == []
    draft = editor_.open(root / "news" / "draft.md", SOUND)
    editor_.found(draft)
    assert not set(others) & editor_.diagnostics.keys()
    assert not editor_.messages


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\0\0",
        "\ud83d half a pair \udea2",
        "---\ntitle: [\n---\n",
        "[" * 2_000,
        "x\u2028y\x85z\x0c the the",
    ],
    ids=["empty", "blank", "binary", "surrogates", "front matter", "brackets", "breaks"],
)
def test_an_odd_document_ends_nothing(desk: tuple[Editor, Path], text: str) -> None:
    editor_, root = desk
    odd = editor_.open(root / "news" / "odd.md", text)
    found = editor_.found(odd)
    if "\0" in text:
        assert [d.message for d in found] == ["not checked: a binary file, not text"]
    if not text.strip():
        assert found == ()
    draft = editor_.open(root / "news" / "draft.md", FAULTY)
    assert "valuation-conflict" in rules(editor_.found(draft))
    editor_.change(odd, SOUND)
    editor_.save(odd)
    editor_.found(odd, lambda found: not found)
    assert not editor_.messages


def test_words_after_odd_line_breaks_are_where_they_are(desk: tuple[Editor, Path]) -> None:
    editor_, root = desk
    text = "A lamp is lit\n\nThe keepers\u2028said \x0cso\x85and the the lamp was lit on the quay.\r\n"
    uri = editor_.open(root / "news" / "odd.txt", text, language="plaintext")
    assert editor_.words(text, of(editor_.found(uri), "repeated-word").range) == "the the"
