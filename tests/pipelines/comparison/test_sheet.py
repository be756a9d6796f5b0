"""The fact sheet beside the articles: one finding a fact, on the wrong side, with the sheet's word for it."""

from audits.findings import Finding
from expectations.facts import Fact
from tests.audits_of import audit_of

TUNNEL = Fact.model_validate(
    {"subject": "Brennock Tunnel", "property": "value", "value": "USD 4.1 billion", "source": "council minutes"}
)
RIGHT = "Trains run\n\nThe $4.1 billion Brennock Tunnel carried its first train, two hours late and full."
WRONG = "Trains stop\n\nThe $4.9 billion Brennock Tunnel was shut for a day by a flood in the eastern bore."
RULES = {"valuation-conflict", "rank-title-conflict", "acronym-conflict", "fact-conflict"}


def found(articles: dict[str, str], *facts: Fact) -> list[Finding]:
    return list(audit_of(articles, RULES, facts).findings.findings)


def test_the_sheet_decides_which_side_of_a_conflict_is_wrong() -> None:
    articles = {"a.txt": RIGHT, "b.txt": WRONG, "c.txt": WRONG.replace("eastern", "western")}
    [undecided] = found(articles)
    assert undecided.anchor.text == "$4.1 billion", "the value that fewest give"
    assert "fact sheet" not in undecided.suggestion
    [decided] = found(articles, TUNNEL)
    assert (decided.rule, decided.anchor.text) == ("valuation-conflict", "$4.9 billion")
    assert decided.suggestion.endswith("The fact sheet says USD 4.1 billion (council minutes).")
    assert {span.role for span in decided.spans} == {"anchor", "witness"}
    assert len(decided.spans) == 3


def test_what_agrees_with_itself_is_held_to_the_sheet() -> None:
    [alone] = found({"a.txt": WRONG, "b.txt": WRONG.replace("eastern", "western")}, TUNNEL)
    assert (alone.rule, len(alone.spans)) == ("fact-conflict", 2)
    assert alone.message == (
        "The article says “$4.9 billion”; the fact sheet has “USD 4.1 billion” as the value of Brennock Tunnel."
    )


def test_two_wrong_values_are_one_finding() -> None:
    [only] = found({"a.txt": WRONG, "b.txt": WRONG.replace("4.9", "5.3")}, TUNNEL)
    assert only.rule == "valuation-conflict"
    assert "The fact sheet says USD 4.1 billion" in only.suggestion


def test_an_acronym_is_decided_too() -> None:
    fact = Fact.model_validate(
        {"subject": "CRA", "property": "expansion", "value": "Coastal Rescue Agency", "source": "founding act"}
    )
    text = "Boats wanted\n\nThe Coastal Rescue {} (CRA) asked the owners of boats in Sandy Bay for help on Friday."
    articles = {f"{n}.txt": text.format(body) for n, body in enumerate(["Agency", "Authority", "Authority"])}
    [decided] = found(articles, fact)
    assert (decided.rule, decided.anchor.text) == ("acronym-conflict", "Coastal Rescue Authority (CRA)")
    assert decided.suggestion.endswith("The fact sheet says Coastal Rescue Agency (founding act).")


def test_an_office_that_another_entry_gives_is_no_conflict() -> None:
    offices = [
        Fact.model_validate({"subject": "Ida Moor", "property": "office", "value": office, "source": "gazette"})
        for office in ("president", "vice president")
    ]
    article = {"a.txt": "Votes counted\n\nVice President Ida Moor thanked those who had voted, and left for the sea."}
    assert not [finding for finding in found(article, *offices) if finding.rule == "fact-conflict"]
