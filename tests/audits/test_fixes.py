"""Edits put into a text, the change as a diff that can be applied, and a file that is written whole or not at all."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits import fixes
from audits.findings import AuditedArticle, Edit, Finding, Findings, Span
from audits.fixes import ChangedFileError
from expectations.catalogue import Severity

TEXT = "\ufeffMenu\r\nThe the pier is 5\xa0km long.\r\n\r\nLeave a Reply"


def finding(
    *edits: Edit,
    identifier: str = "a",
    rule: str = "repeated-word",
    place: tuple[int, int] = (0, 1),
    severity: Severity = "warning",
    status: str = "open",
    article: str = "pier",
) -> Finding:
    span = Span(article, f"{article}.txt", *place, text="", line=1, column=1, role="anchor")
    return Finding(
        id=identifier,
        rule=rule,
        severity=severity,
        scope="within",
        field=None,
        fact=None,
        status=status,
        message="",
        suggestion="",
        fixable=bool(edits),
        waiver=None,
        spans=(span,),
        edits=edits,
    )


def at(words: str, replacement: str, text: str = TEXT) -> Edit:
    return Edit(text.index(words), text.index(words) + len(words), replacement)


def mended(*edits: Edit, text: str = TEXT) -> str:
    wanted = fixes.edits([finding(*edits)], {"pier": text})
    return fixes.applied(text, wanted.get("pier", ()))


def test_nothing_else_changes() -> None:
    assert mended(at("The the", "The"), at("\xa0", " ")) == TEXT.replace("The the", "The").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("Menu", "\ufeffThe the pier is 5\xa0km long.\r\n\r\nLeave a Reply"),
        ("Leave a Reply", "\ufeffMenu\r\nThe the pier is 5\xa0km long.\r\n\r\n"),
        ("a Reply", "\ufeffMenu\r\nThe the pier is 5\xa0km long.\r\n\r\nLeave "),
        ("The the pier is 5\xa0km long.", "\ufeffMenu\r\n\r\nLeave a Reply"),
    ],
)
def test_a_cut_takes_its_line_along_where_nothing_else_is_on_it(words: str, after: str) -> None:
    assert mended(at(words, "")) == after


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_a_cut_over_lines_takes_them_all(newline: str) -> None:
    text = newline.join(["One", " Two", "Three ", "Four"])
    assert mended(at(f"Two{newline}Three", "", text), text=text) == f"One{newline}Four"


def test_of_two_that_overlap_the_first_has_its_way() -> None:
    first, second, beside = at("The the", "The"), at("the pier", "a pier"), at(" pier is", " piers are")
    assert fixes.edits([finding(second, beside), finding(first)], {"pier": TEXT}) == {"pier": [first, beside]}


def test_what_changes_nothing_is_no_edit() -> None:
    assert fixes.edits([finding(at("pier", "pier"))], {"pier": TEXT}) == {}


@given(
    st.text(st.sampled_from("ab \n\r\ufeff"), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 6), st.text("xy", max_size=3)), max_size=6),
)
def test_what_no_edit_touches_stays(text: str, wanted: list[tuple[int, int, str]]) -> None:
    given_ = [Edit(at, min(len(text), at + long), new) for at, long, new in wanted if at < len(text)]
    made = fixes.edits([finding(*given_)], {"pier": text}).get("pier", [])
    kept, place = "", 0
    for edit in made:
        assert place <= edit.start < edit.end <= len(text)
        kept += text[place : edit.start]
        place = edit.end
    after = fixes.applied(text, made)
    assert "".join(c for c in after if c not in "xy") == kept + text[place:]
    assert "".join(c for c in after if c in "xy") == "".join(edit.text for edit in made)
    assert after.startswith("\ufeff") or not text.startswith("\ufeff") or any(e.start == 0 for e in given_)


def document(*found: Finding) -> Findings:
    audited = (AuditedArticle("pier", "pier.txt", "0" * 64, None, None, 1),)
    return Findings("1.0", audited, (), found)


LINES = "One one pier.\nTwo two piers.\nThree.\n"
ONE, TWO = at("One one", "One", LINES), at("Two two", "Two", LINES)
MADE = {"pier": [ONE, TWO]}


def harmless(before: Findings, after: Findings) -> dict[str, list[Edit]]:
    return fixes.without_harm(before, after, {"pier": LINES, "quay": ""}, MADE)


def test_all_is_kept_where_nothing_comes_up() -> None:
    before = document(finding(identifier="a"), finding(identifier="b"))
    assert harmless(before, document(finding(identifier="b"))) == MADE


def test_what_brings_up_a_finding_on_its_line_is_left() -> None:
    came_up = finding(identifier="n", place=(LINES.index("Two") - 4, LINES.index("Two") - 1))
    assert harmless(document(), document(came_up)) == {"pier": [ONE]}


def test_what_brings_up_a_finding_elsewhere_is_left_with_all_of_its_article() -> None:
    came_up = finding(identifier="n", place=(len(LINES) - 12, len(LINES) - 11))
    assert harmless(document(), document(came_up)) == {}
    assert harmless(document(), document(finding(identifier="n", article="quay"))) == {}


def test_a_note_or_a_finding_that_is_waived_is_no_harm() -> None:
    after = document(finding(identifier="n", severity="note"), finding(identifier="w", status="waived"))
    assert harmless(document(), after) == MADE


def test_a_finding_of_words_that_were_mended_is_the_same_finding() -> None:
    before = document(finding(identifier="a", place=(0, 13)))
    after = document(finding(identifier="n", place=(0, 9)))
    assert harmless(before, after) == MADE
    assert harmless(document(finding(identifier="a", place=(0, 13), status="waived")), after) == {"pier": [TWO]}
    assert harmless(document(finding(identifier="a", place=(0, 13), rule="spelling-mixed")), after) == {"pier": [TWO]}


def test_a_diff_shows_lines_with_what_is_around() -> None:
    assert list(fixes.diff("seeds/a.txt", "a\nb\nc", "a\nb\n")) == [
        "--- a/seeds/a.txt\n",
        "+++ b/seeds/a.txt\n",
        "@@ -1,3 +1,2 @@\n",
        " a\n",
        " b\n",
        "-c\n",
        "\\ No newline at end of file\n",
    ]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
@pytest.mark.parametrize("after", ["\ufeffThe pier\x0b\x85\u2028 is\nlong", "\ufeffThe the pier\nis long\n", "x"])
def test_git_applies_the_diff(tmp_path: Path, after: str) -> None:
    before = "\ufeffThe the pier\x0b\x85\u2028 is\nlong"
    (tmp_path / "a.txt").write_bytes(before.encode())
    patch = "".join(fixes.diff("a.txt", before, after)).encode()
    subprocess.run(["git", "apply", "-"], input=patch, cwd=tmp_path, check=True)
    assert (tmp_path / "a.txt").read_bytes() == after.encode()


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pier.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_a_file_is_written_and_keeps_its_permissions(file: Path) -> None:
    file.chmod(0o640)
    fixes.write(file, sha256(file), "The pier.\r\n")
    assert file.read_bytes() == b"The pier.\r\n"
    assert os.name != "posix" or file.stat().st_mode & 0o777 == 0o640


def test_a_file_that_has_changed_is_left(file: Path) -> None:
    read = sha256(file)
    file.write_bytes(b"Rewritten.")
    with pytest.raises(ChangedFileError, match="changed since it was read"):
        fixes.write(file, read, "The pier.")
    assert file.read_bytes() == b"Rewritten."


def test_a_write_that_fails_leaves_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    read = sha256(file)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        fixes.write(file, read, "The pier.")
    assert file.read_bytes() == TEXT.encode()
    assert list(file.parent.iterdir()) == [file]


def test_an_extraction_is_not_the_file() -> None:
    assert fixes.is_own_text(TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    assert not fixes.is_own_text(TEXT, hashlib.sha256(b"<p>The pier</p>").hexdigest())
