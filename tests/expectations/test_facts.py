"""The fact sheet: what it may hold, and what is said of what it may not."""

from pathlib import Path

import pytest

from expectations.facts import Fact, FactSheetError, read, read_sum

WHOLE = """
- subject: Brennock Tunnel
  aliases: [Strait Crossing]
  property: value
  value: USD 4.6 billion
  also: [EUR 4.2 billion]
  from: 2020-01-01
  until: 2024-12-31
  source: council minutes
- {subject: Morocco, property: capital, value: Rabat, source: constitution}
"""


def sheet(folder: Path, text: str) -> Path:
    file = folder / "facts.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_reads_facts_in_order(tmp_path: Path) -> None:
    tunnel, capital = read(sheet(tmp_path, WHOLE))
    assert tunnel.names == ("Brennock Tunnel", "Strait Crossing")
    assert tunnel.values == ("USD 4.6 billion", "EUR 4.2 billion")
    assert (capital.kind, capital.value) == ("capital", "Rabat")


def test_an_empty_sheet_has_no_facts(tmp_path: Path) -> None:
    assert read(sheet(tmp_path, "# nothing yet\n")) == ()


def test_the_sheet_that_comes_with_it_can_be_read() -> None:
    facts = read()
    assert facts
    assert all(fact.source for fact in facts)


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2019-12-31", False), ("2020-01-01", True), ("2024-12-31", True), ("2025-01-01", False), (None, False)],
)
def test_a_fact_holds_from_its_first_to_its_last_day(tmp_path: Path, day: str | None, holds: bool) -> None:
    tunnel, capital = read(sheet(tmp_path, WHOLE))
    assert tunnel.holds(day) == holds
    assert capital.holds(day)


@pytest.mark.parametrize(
    ("written", "currency", "amount", "step"),
    [
        ("USD 4.6 billion", "USD", 4.6e9, 1e8),
        ("EUR 62 million", "EUR", 62e6, 1e6),
        ("PKR 1,250,000", "PKR", 1_250_000, 1),
        ("GBP 3.47 billion", "GBP", 3.47e9, 1e7),
    ],
)
def test_reads_sums(written: str, currency: str, amount: float, step: float) -> None:
    read_ = read_sum(written)
    assert (read_.currency, read_.amount, read_.step) == (currency, pytest.approx(amount), pytest.approx(step))


FACT = "- {subject: Morocco, property: capital, value: Rabat, source: constitution}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FACT + "- {subject: X, property: capital, value: Y}", "facts.yaml:2: source: field required"),
        (FACT + FACT.replace("Rabat", "Fez"), "facts.yaml:2: Morocco: its capital stands in line 1 too"),
        ("- subject: X\n  propery: capital\n", "there is no key 'propery'; the keys are: subject, aliases, property,"),
        ("\n- subject: X\n  property: height\n  value: 1\n  source: y\n", "facts.yaml:3: property: input should be"),
        (
            "- {subject: X, property: value, value: $4bn, source: y}",
            "facts.yaml:1: the fact: write the sum '$4bn' as currency, number and scale: 'USD 4.6 billion'",
        ),
        (
            "- {subject: X, property: rank, value: Y, source: z, from: 2025-02-01, until: 2025-01-01}",
            "it ends on 2025-01-01, before it begins on 2025-02-01",
        ),
        ("- {subject: X, property: rank, value: Y, source: z, from: soon}", "facts.yaml:1: from: input should be"),
        ("- {subject: X, property: rank, value: Y, source: z, from: 2025-02-31}", "facts.yaml: not YAML: "),
        ("- subject: X\n  subject: Y\n", "facts.yaml:2: not YAML: key 'subject' is given twice"),
        ("- subject: [", "not YAML"),
        ("subject: X", "facts.yaml:1: a fact sheet is a list"),
        ("- X", "facts.yaml:1: the fact: input should be"),
    ],
)
def test_says_what_is_wrong_and_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FactSheetError) as raised:
        read(sheet(tmp_path, text))
    assert said in str(raised.value)


def test_a_sheet_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactSheetError, match=r"none\.yaml: cannot be read"):
        read(tmp_path / "none.yaml")
    (tmp_path / "facts.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FactSheetError, match="not UTF-8"):
        read(tmp_path / "facts.yaml")


def test_one_subject_may_have_two_offices_and_a_capital_after_another(tmp_path: Path) -> None:
    text = (
        "- {subject: A, property: office, value: mayor, source: s}\n"
        "- {subject: A, property: office, value: party leader, source: s}\n"
        "- {subject: B, property: capital, value: C, until: 2010-05-01, source: s}\n"
        "- {subject: B, property: capital, value: D, from: 2010-05-02, source: s}\n"
    )
    assert len(read(sheet(tmp_path, text))) == 4


def test_names_are_not_empty() -> None:
    with pytest.raises(ValueError, match="subject"):
        Fact.model_validate({"subject": " ", "property": "rank", "value": "Y", "source": "z"})
