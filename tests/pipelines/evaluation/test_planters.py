"""Every planter plants what it says, and nothing but that."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.catalogue import catalogue
from pipelines.evaluation.faults import Copy, Fault, Planter, other_number
from pipelines.evaluation.planters import PLANTERS
from tests.pipelines.evaluation.clean import copies

BY_NAME = {planter.name: planter for planter in PLANTERS}


def planted(planter: Planter, seed: int = 0) -> list[tuple[Copy, Fault]]:
    return [(copy, fault) for copy in copies() for fault in planter.plant(copy, Random(seed))]


def test_kinds_of_faults_have_names_of_their_own() -> None:
    assert len(BY_NAME) == len(PLANTERS)


def test_every_rule_has_a_kind_of_fault_that_it_should_find() -> None:
    assert {planter.rules[0] for planter in PLANTERS} == set(catalogue())


@pytest.mark.parametrize("name", BY_NAME)
def test_every_kind_finds_a_place(name: str) -> None:
    assert planted(BY_NAME[name])


@pytest.mark.parametrize("name", BY_NAME)
@settings(max_examples=5)
@given(st.integers())
def test_text_outside_the_fault_is_unchanged(name: str, seed: int) -> None:
    for copy, fault in planted(BY_NAME[name], seed):
        text, changed = copy.article.text, fault.applied(copy.article.text)
        assert 0 <= fault.start <= fault.end <= len(text)
        assert changed != text
        assert changed[: fault.start] == text[: fault.start]
        assert changed[fault.planted_end :] == text[fault.end :]
        assert changed[fault.start : fault.planted_end] == fault.words


@pytest.mark.parametrize("name", BY_NAME)
def test_a_seed_plants_the_same(name: str) -> None:
    assert [fault for _, fault in planted(BY_NAME[name], 7)] == [fault for _, fault in planted(BY_NAME[name], 7)]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a slot is left open", "60 workers", r"XX|\[figure\]|TK|\{\{amount\}\}"),
        ("the date is struck", "2026-02-10", r""),
        ("a pair loses its second half", r"(NLA)", r"\(NLA"),
        ("a pair loses its second half", r"(which rebuilt five towers in the last decade)", r"\(which .* decade"),
        ("a character is damaged", "’", "â€™"),
        ("a word is doubled", "the", "the the"),
        ("a sum is changed", "€45 million", r"€(61|68|81) million"),
        ("a sum is off by a magnitude", "€45 million", "€45 billion"),
        ("a count is changed", "24 sailors", r"(32|36|43) sailors"),
        ("a weekday is wrong", "Monday, 2 February 2026", r"(Tues|Wednes|Thurs|Fri|Satur|Sun)day, 2 February 2026"),
        ("a weekday is wrong", "14 November 2025", r"(Mon|Tues|Wednes|Thurs|Satur|Sun)day, 14 November 2025"),
        ("a day is not in the calendar", "14 November 2025", "31 November 2025"),
        ("a day is not in the calendar", "9 February 2026", "30 February 2026"),
        ("a day is not in the calendar", "5 January 2026", "32 January 2026"),
        ("a date is put in digits", "9 February 2026", "09/02/2026"),
        ("a date is in another style", "2 March 2026", "2nd March 2026"),
        ("one of several dates of an event is changed", "17 March 2026", "10 March 2026"),
        ("an event is put in another year", "9 January 2026", r"9 January 202[78]"),
        ("an event is put in another year", "12 September 2026", r"12 September 202[34]"),
        ("a name is misspelt", "Solvang", r"S[ou]lv[ae]ng"),
        ("a first mention is cut to the family name", "Jonas Aspelund", "Aspelund"),
        ("an acronym loses its expansion", "Northern Lights Agency (NLA)", "NLA"),
        ("another country takes an actor’s place", "Iceland", r"(?!Norway)[A-Z].*"),
        ("the dateline is of a town abroad", "HARSTAD, Norway", r"(?!HARSTAD)[A-Z]+"),
        ("a quotation loses its speaker", ",” said Sigrid Moland, who keeps the village shop.", r"\.”"),
        ("a word is spelled as elsewhere", "colour", "color"),
        ("a compound loses its hyphen", "anti-corrosion", "anticorrosion"),
        ("a heading has other capitals", "What the islanders want", "What the Islanders Want"),
        ("quotation marks are of another kind", "“Nobody should be out there alone,”", '"Nobody should .* alone,"'),
    ],
)
def test_words_are_changed_as_it_says(name: str, before: str, after: str) -> None:
    changed = [
        fault.words
        for seed in range(6)
        for copy, fault in planted(BY_NAME[name], seed)
        if copy.article.text[fault.start : fault.end] == before
    ]
    assert changed
    assert [words for words in changed if not re.fullmatch(after, words)] == []


@pytest.mark.parametrize(
    ("name", "added"),
    [
        ("a sentence is repeated", r" The old buoy had drifted twice since December, .* channel\."),
        ("a sentence is repeated, reworded", r" The old buoy .* twice .*"),
        ("another article’s passage is pasted in", r"\n\nThe old buoy had drifted twice since December, .*"),
        ("a list cites a source twice", r" \(Sources: (.+); (.+); \1\)"),
        ("a thing is given another worth", r"\n\nThe Skarvey Lighthouse project, valued at €(61|68|81) million, .*"),
        ("the fact sheet is contradicted", r"\n\nThe Skarvey Lighthouse, valued at EUR (61|68|81) million, .*"),
        ("the fact sheet is contradicted", r"\n\n(?!Captain).* Maren Holt said that the work would go on\."),
        ("the fact sheet is contradicted", r"\n\nShops were closed in (?!Reykjavik)\w+, the capital of Iceland\."),
        ("the fact sheet is contradicted", r"\n\nThe Northern Lights A(?!gency)\w+ \(NLA\) did not reply .*"),
        ("a day is told that nothing dates", r"\n\nThe council will meet again on Friday\."),
        ("an event is given another date", r"\n\nThe grounding, on 2 January 2026, has been widely discussed since\."),
        ("a stranger is named", r"\n\nMr \w+ refused to answer\."),
        ("a person is given another rank", r"\n\n(?!Colonel).* Henrik Solvang said that the work would go on\."),
        ("an acronym is given another expansion", r"\n\nThe Northern Lights A(?!gency)\w+ \(NLA\) did not reply .*"),
        ("an acronym is defined again", r"\n\nThe Northern Lights Agency \(NLA\) did not reply to questions\."),
        ("an acronym is introduced for nothing", r"\n\nThe Public Housing Trust \(PHT\) did not reply to questions\."),
        ("an event is put in another town", r"\n\nThe signing, held in (?!Bodo)\w+, was followed closely abroad\."),
        ("experts are cited without a name", r"\n\nAnalysts say that the effects will be felt for years\."),
        ("a share is given without a source", r"\n\nFour in five widows live alone\."),
        ("a heading ends in a full stop", r"\."),
        ("the foot credits another agency", r"\n\nBased on a report by (?!Reuters).*\."),
        ("a quotation is reworded", r"\n\n“It is a fine beginning, but .* charts,” Agnes Thorsdottir said\."),
        ("a quotation is given to another", r"\n\n“It is a good beginning, .* charts,” Henrik Solvang said\."),
    ],
)
def test_words_are_added_as_it_says(name: str, added: str) -> None:
    words = [fault.words for seed in range(6) for _, fault in planted(BY_NAME[name], seed) if fault.start == fault.end]
    assert any(re.fullmatch(added, each) for each in words), words


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("markup is pasted in", "buoy"),
        ("the foot credits another agency", "lighthouse"),
        ("a day is told that nothing dates", "2026"),
        ("an event is put in another year", "notice"),
        ("a count of years is wrong", "notice"),
        ("an event is given another date", "lighthouse"),
        ("the dateline is of a town abroad", "patrols"),
        ("experts are cited without a name", "lighthouse"),
        ("a share is given without a source", "lighthouse"),
        ("a quotation loses its speaker", "patrols"),
        ("a first mention is cut to the family name", "lighthouse"),
    ],
)
def test_where_a_fault_would_be_none_there_is_no_place(name: str, file: str) -> None:
    assert not [copy for copy, _ in planted(BY_NAME[name]) if file in copy.article.id]


def test_the_sheet_is_contradicted_only_while_it_holds() -> None:
    words = [fault.words for seed in range(6) for _, fault in planted(BY_NAME["the fact sheet is contradicted"], seed)]
    assert any("Maren Holt" in each for each in words)
    assert [each for each in words if "Henrik Solvang" in each] == []


@given(st.integers())
@settings(max_examples=10)
def test_a_count_of_years_is_wrong_by_more_than_a_reading_of_it(seed: int) -> None:
    for copy, fault in planted(BY_NAME["a count of years is wrong"], seed):
        since, told = sorted(map(int, re.findall(r"\d+", fault.words)), reverse=True)
        assert copy.article.published is not None
        assert abs(int((copy.article.published.day or "")[:4]) - since - told) > 5


@given(st.integers(1, 10**7), st.integers(0, 2), st.randoms())
def test_another_number_is_higher_and_shown_alike(number: int, decimals: int, random: Random) -> None:
    words = f"nearly ${number:,.{decimals}f} million"
    other = other_number(words, random)
    assert other is not None
    shown = other.removeprefix("nearly $").removesuffix(" million")
    assert float(shown.replace(",", "")) > number
    assert len(shown.partition(".")[2]) == decimals


def test_words_without_digits_hold_no_number() -> None:
    assert other_number("a trillion", Random(0)) is None
