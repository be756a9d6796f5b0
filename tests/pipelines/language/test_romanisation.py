"""Romanisation: names that are spoken alike sound alike, others do not."""

import pytest

from pipelines.language.romanisation import sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("yusuf", "youssef"),
        ("ahmed", "ahmedd"),
        ("katherine", "catherine"),
        ("philip", "filip"),
        ("schwarz", "shvars"),
        ("qasim", "kasim"),
    ],
)
def test_spellings_of_one_sound(one: str, other: str) -> None:
    assert sounds(one)[0] == sounds(other)[0]
    assert len(sounds(one)) == len(sounds(other))


@pytest.mark.parametrize(
    ("one", "other"), [("ivan", "irina"), ("berg", "burke"), ("lima", "reis"), ("haddad", "hamid")]
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sounds(one) != sounds(other)


def test_doubled_letters_count_once() -> None:
    assert sounds("mattteo") == sounds("mateo")


def test_nothing_sounds_like_nothing() -> None:
    assert sounds("") == ""
