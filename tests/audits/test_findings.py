"""What makes a finding: its words, its witnesses, its identity, and which of two rules speaks."""

from collections.abc import Iterable
from typing import Any

import pytest

from audits.findings import Corpus, Finding, MessageError, build, normalise
from expectations.catalogue import SECTIONS, Check, Rule, Severity
from expectations.validate import Failure

TEXT = "The toll was TBC.\nThe toll was TBC again, and tbc is no toll."


def rule(
    name: str, *, yields_to: tuple[str, ...] = (), severities: tuple[Severity, ...] = ("error",), **check: Any
) -> Rule:
    checks = tuple(
        Check(
            scope="within",
            severity=severity,
            table="marks",
            expectation="expect_column_values_to_be_null",
            arguments={"column": "text"},
            **{"message": "“{text}”", "suggestion": "", **check},
        )
        for severity in severities
    )
    return Rule(
        name=name,
        family="style",
        title=name,
        yields_to=yields_to,
        checks=checks,
        sections=dict.fromkeys(SECTIONS, "…"),
        document="…",
    )


def failure(of: Rule, start: int, end: int, article: str = "a", check: int = 0, **columns: Any) -> Failure:
    row = {"article_id": article, "start": start, "end": end, "text": TEXT[start:end], **columns}
    return Failure(of, of.checks[check], row)


def built(failures: Iterable[Failure], witnesses: Iterable[dict[str, Any]] = ()) -> tuple[Finding, ...]:
    articles = [
        {"article_id": article, "path": f"{article}.txt", "sequence": place} for place, article in enumerate("ab")
    ]
    return build(list(failures), Corpus(articles, dict.fromkeys("ab", TEXT)), witnesses)


def stated(
    article: str, start: int, end: int, value: str, side: int = 0, amount: float | None = None
) -> dict[str, Any]:
    place = {"fact_id": "toll:bridge", "article_id": article, "start": start, "end": end}
    return {**place, "value": value, "side": side, "amount": amount}


UNRESOLVED = rule("placeholder-unresolved")


def test_points_at_the_words() -> None:
    (finding,) = built([failure(UNRESOLVED, 31, 34)])
    anchor = finding.anchor
    assert (anchor.text, anchor.line, anchor.column, anchor.path, anchor.role) == ("TBC", 2, 14, "a.txt", "anchor")
    assert finding.message == "“TBC”"


def test_equal_words_are_told_apart_by_their_order() -> None:
    ids = [f.id for f in built([failure(UNRESOLVED, 13, 16), failure(UNRESOLVED, 31, 34)])]
    assert len(set(ids)) == 2
    assert ids == [f.id for f in built([failure(UNRESOLVED, 31, 34), failure(UNRESOLVED, 13, 16)])]
    assert ids[0] == built([failure(UNRESOLVED, 31, 34)])[0].id


def test_case_is_no_part_of_the_words() -> None:
    assert built([failure(UNRESOLVED, 13, 16)])[0].id == built([failure(UNRESOLVED, 46, 49)])[0].id


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("“A  plan”", '"a plan"'),
        ("Minister’s", "minister's"),
        ("two\nlines", "two lines"),
        ("ﬁnal", "final"),
    ],
)
def test_words_that_read_alike_are_equal(one: str, another: str) -> None:
    assert normalise(one) == normalise(another)


def test_rule_field_and_words_each_make_another_finding() -> None:
    field = rule("placeholder-unresolved", field="headline")
    found = [
        failure(UNRESOLVED, 13, 16),
        failure(rule("web-chrome"), 13, 16),
        failure(field, 13, 16),
        failure(UNRESOLVED, 4, 8),
    ]
    assert len({built([one])[0].id for one in found}) == len(found)


def test_a_fact_is_known_by_its_key_and_value() -> None:
    fact = {"fact_id": "toll:bridge", "key": "bridge", "value": "TBC"}
    first = built([failure(UNRESOLVED, 13, 16, **fact)])[0]
    assert first.id == built([failure(UNRESOLVED, 31, 34, "b", **fact)])[0].id
    assert first.id != built([failure(UNRESOLVED, 13, 16, **{**fact, "value": "nil"})])[0].id
    assert first.id != built([failure(UNRESOLVED, 13, 16, **{**fact, "key": "tunnel"})])[0].id


def test_witnesses_follow_in_order_of_the_corpus_without_the_anchor() -> None:
    fact = {"fact_id": "toll:bridge", "key": "bridge", "value": "TBC"}
    places = [("b", 13, 16), ("a", 31, 34), ("a", 13, 16), ("b", 13, 16)]
    witnesses = [stated(article, start, end, "TBC") for article, start, end in places]
    (finding,) = built([failure(UNRESOLVED, 31, 34, **fact)], witnesses)
    assert [(s.article, s.start, s.role) for s in finding.spans] == [
        ("a", 31, "anchor"),
        ("a", 13, "witness"),
        ("b", 13, "witness"),
    ]


def test_another_statement_of_a_known_value_changes_no_identity() -> None:
    fact = {"fact_id": "toll:bridge", "key": "bridge"}
    first = stated("a", 13, 16, "$5m", side=0, amount=5e6)
    later = stated("b", 31, 34, "USD 5 million", side=0, amount=5e6)
    other = stated("a", 46, 49, "$6m", side=1, amount=6e6)
    (before,) = built([failure(UNRESOLVED, 13, 16, value="$5m", **fact)], [first, other])
    (after,) = built([failure(UNRESOLVED, 31, 34, "b", value="USD 5 million", **fact)], [first, later, other])
    (counterpart,) = built([failure(UNRESOLVED, 46, 49, value="$6m", **fact)], [first, other])
    assert (before.id, before.fingerprint) == (after.id, after.fingerprint)
    assert before.counterparts == (counterpart.fingerprint,) != (before.fingerprint,)


def test_findings_of_equal_words_share_a_fingerprint() -> None:
    one, other = built([failure(UNRESOLVED, 13, 16), failure(UNRESOLVED, 31, 34)])
    assert one.fingerprint == other.fingerprint
    assert one.counterparts == ()


def test_a_rule_yields_where_both_see_the_same_words() -> None:
    yielding = rule("dangling-parenthetical", yields_to=("placeholder-unresolved",))
    found = built([failure(UNRESOLVED, 13, 16), failure(yielding, 9, 17), failure(yielding, 27, 34)])
    assert [(f.rule, f.anchor.start) for f in found] == [("placeholder-unresolved", 13), ("dangling-parenthetical", 27)]


def test_a_rule_does_not_yield_to_words_beside_its_own_or_of_another_article() -> None:
    yielding = rule("dangling-parenthetical", yields_to=("placeholder-unresolved",))
    found = built([failure(UNRESOLVED, 13, 16), failure(yielding, 16, 17), failure(yielding, 13, 16, "b")])
    assert len(found) == 3


def test_what_was_itself_dropped_silences_nobody() -> None:
    last = rule("malformed-url", yields_to=("dangling-parenthetical",))
    middle = rule("dangling-parenthetical", yields_to=("placeholder-unresolved",))
    found = built([failure(UNRESOLVED, 13, 16), failure(middle, 9, 14), failure(last, 8, 10)])
    assert [f.rule for f in found] == ["malformed-url", "placeholder-unresolved"]


def test_one_rule_says_one_thing_of_one_place_the_severest() -> None:
    both = rule("placeholder-unresolved", severities=("note", "error"))
    (finding,) = built([failure(both, 13, 16, check=0), failure(both, 13, 16, check=1)])
    assert finding.severity == "error"


def test_missing_values_read_as_nothing() -> None:
    (finding,) = built([failure(rule("web-chrome", message="{text}{speaker}!"), 13, 16, speaker=None)])
    assert finding.message == "TBC!"


@pytest.mark.parametrize("message", ["{speaker}", "{", "{0}"])
def test_words_that_name_no_column_are_an_error(message: str) -> None:
    with pytest.raises(MessageError, match="web-chrome"):
        built([failure(rule("web-chrome", message=message), 13, 16)])
