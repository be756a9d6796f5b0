"""Rule documents are read strictly: what is wrong with one is said with file, line and mend."""

from pathlib import Path

import pytest

from expectations import catalogue
from expectations.catalogue import RuleDocumentError

DOCUMENT = """---
name: lamp-broken
checks:
  - scope: within
    severity: warning
    table: lamps
    expectation: expect_column_values_to_not_be_null
    arguments: {column: light}
    message: "“{text}” gives no light."
    suggestion: "Mend it."
---
# A lamp is broken

## What it checks

Lamps.

## Why it matters

It is dark.

## Fires on

- broken lamps

## Stays silent on

- daylight

## Limits

None.
"""


def write(folder: Path, text: str, name: str = "lamp-broken", family: str = "lights") -> Path:
    path = folder / family / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_a_document(tmp_path: Path) -> None:
    write(tmp_path, DOCUMENT)
    rule = catalogue.read(tmp_path)["lamp-broken"]
    assert (rule.family, rule.title, rule.severity, rule.scopes) == (
        "lights",
        "A lamp is broken",
        "warning",
        ("within",),
    )
    assert rule.check_name == "lamp_broken"
    assert list(rule.sections) == list(catalogue.SECTIONS)
    assert rule.document.startswith("# A lamp is broken")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("severity: warning", "severity: grave", r"lamp-broken\.md:5: checks\.0\.severity"),
        ("    table: lamps\n", "", r"lamp-broken\.md:4: checks\.0\.table: Field required"),
        ("    table: lamps", "    tabel: lamps", r"tabel|table"),
        ("name: lamp-broken", "name: Lamp_Broken", r"lamp-broken\.md:2: name: .*lower-case"),
        ("name: lamp-broken", "name: lamp-lost", r"lamp-broken\.md:2: .*name the file lamp-lost\.md"),
        ("name: lamp-broken", "name: lamp-broken\nname: lamp-broken", r"lamp-broken\.md:3: .*twice"),
        ("checks:", "checks: [", r"lamp-broken\.md:\d+: the front matter is not YAML"),
        ("## Limits\n\nNone.\n", "", r"lacks the section\(s\): ## Limits"),
        ("## Limits\n\nNone.\n", "## Limits\n", r"lacks the section\(s\): ## Limits"),
        ("# A lamp is broken\n", "", r"no title"),
        ("---\nname", "name", r"lamp-broken\.md:1: no front matter"),
        (
            'suggestion: "Mend it."\n',
            'suggestion: "Mend it."\nyields_to: [no-such-rule]\n',
            "names no rule: no-such-rule",
        ),
        ('suggestion: "Mend it."\n', 'suggestion: "Mend it."\ncolour: red\n', r"lamp-broken\.md:11: colour"),
    ],
)
def test_names_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in DOCUMENT
    write(tmp_path, DOCUMENT.replace(old, new, 1))
    with pytest.raises(RuleDocumentError, match=said):
        catalogue.read(tmp_path)


def test_a_name_is_given_once(tmp_path: Path) -> None:
    write(tmp_path, DOCUMENT)
    write(tmp_path, DOCUMENT, family="other")
    with pytest.raises(RuleDocumentError, match="exists already in lights"):
        catalogue.read(tmp_path)


def test_rules_do_not_yield_in_a_circle(tmp_path: Path) -> None:
    write(tmp_path, DOCUMENT.replace("checks:", "yields_to: [lamp-lost]\nchecks:"))
    lost = DOCUMENT.replace("name: lamp-broken", "name: lamp-lost\nyields_to: [lamp-broken]")
    write(tmp_path, lost, name="lamp-lost")
    with pytest.raises(RuleDocumentError, match="in a circle"):
        catalogue.read(tmp_path)


def test_selection() -> None:
    rules = catalogue.catalogue()
    name, other, *_ = rules
    assert list(catalogue.select(rules, only=[name])) == [name]
    assert name not in catalogue.select(rules, ignore=[name])
    assert other in catalogue.select(rules, ignore=[name])
    with pytest.raises(KeyError, match="no-such-rule"):
        catalogue.select(rules, ignore=["no-such-rule"])
