"""The table `ranks`: which titles one person can hold."""

import pytest

from tests.audits_of import audit_of


def article(text: str, day: str = "12 May 2025") -> str:
    return f"Rain falls on the plain\n\n{day}\n\n{text}\n"


def values(texts: dict[str, str]) -> dict[str, int]:
    """How many values that cannot all hold each fact has."""
    ranks = audit_of(texts, []).tables["ranks"]
    return dict(zip(ranks["key"], ranks["values"].astype(int), strict=True))


PAIRS = [
    ("General", "Lieutenant General", 1),
    ("General", "Field Marshal", 2),
    ("General", "Brigadier General", 1),
    ("General", "Brigadier", 2),
    ("Major General", "Lieutenant General", 2),
    ("Admiral", "General", 2),
    ("Air Marshal", "Air Chief Marshal", 2),
    ("Lt. Col.", "Colonel", 1),
    ("Energy Minister", "Mines and Energy Minister", 1),
    ("Energy Minister", "Deputy Energy Minister", 2),
    ("Energy Minister", "Health Minister", 2),
    ("Energy Minister", "Minister", 1),
    ("Defence Minister", "Defense Secretary", 1),
    ("Premier", "Prime Minister", 1),
    ("Prime Minister", "Deputy Prime Minister", 2),
    ("Chief Justice", "Justice", 1),
    ("Presiding Judge", "Associate Judge", 2),
    ("Chairwoman", "Chair", 1),
    ("CEO", "Chief Executive", 1),
    ("Mayor", "Vice Mayor", 2),
    ("Rector", "Vice-Rector", 2),
    ("Detective Inspector", "Inspector", 1),
    ("Chief Inspector", "Superintendent", 2),
]


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS, ids=[f"{a} and {b}" for a, b, _ in PAIRS])
def test_titles_that_can_be_one(one: str, other: str, expected: int) -> None:
    [found] = values({"a.txt": article(f"{one} Ana Reis spoke.\n\nThen {other} Reis left.")}).values()
    assert found == expected


def test_titles_of_two_ladders_are_two_facts() -> None:
    text = "General Ana Reis spoke. Energy Minister Reis left. General Reis sat. Energy Minister Reis stood."
    assert values({"a.txt": article(text)}) == {"ana reis/forces": 1, "ana reis/minister": 1}


def test_two_ministries_that_several_articles_give_are_held_together() -> None:
    texts = {f"{at}.txt": article(f"{('Rail', 'Health')[at % 2]} Minister Ana Reis spoke.") for at in range(4)}
    assert set(values(texts).values()) == {1}
    del texts["3.txt"]
    assert set(values(texts).values()) == {2}


@pytest.mark.parametrize(("day", "expected"), [("12 June 2025", 2), ("12 June 2026", 1)])
def test_reports_far_apart_are_of_two_times(day: str, expected: int) -> None:
    texts = {"a.txt": article("Colonel Ana Reis spoke."), "b.txt": article("Brigadier Ana Reis spoke.", day)}
    assert set(values(texts).values()) == {expected}


def test_a_change_told_between_two_reports_explains_them_in_that_order_only() -> None:
    told = article("Ana Reis was promoted to brigadier.", "1 June 2025")
    early, late = "12 May 2025", "12 June 2025"
    up = {"a.txt": article("Colonel Ana Reis sat.", early), "b.txt": article("Brigadier Ana Reis sat.", late)}
    down = {"a.txt": article("Brigadier Ana Reis sat.", early), "b.txt": article("Colonel Ana Reis sat.", late)}
    assert set(values({**up, "c.txt": told}).values()) == {1}
    assert set(values({**down, "c.txt": told}).values()) == {2}


def test_a_family_name_alone_is_compared_within_its_article() -> None:
    assert values({"a.txt": article("General Khan spoke."), "b.txt": article("Brigadier Khan spoke.")}) == {}
    twice = article("General Khan spoke. Colonel Khan left.")
    assert values({"a.txt": twice, "b.txt": twice}) == {"khan/forces": 2, "khan/forces/2": 2}
