"""The table of British and American spellings, as it is put together from stems and endings."""

import pytest

from pipelines.language.spellings import spellings


@pytest.mark.parametrize(
    ("word", "form", "other"),
    [
        ("coloured", "UK", "colored"),
        ("kilometers", "US", "kilometres"),
        ("centring", "UK", "centering"),
        ("travelling", "UK", "traveling"),
        ("analyzed", "US", "analysed"),
        ("fulfillment", "US", "fulfilment"),
        ("organisation", "-ise", "organization"),
        ("realize", "-ize", "realise"),
        ("anaesthetics", "UK", "anesthetics"),
        ("licence", "UK", "license"),
        ("practiced", "US", "practised"),
    ],
)
def test_forms(word: str, form: str, other: str) -> None:
    assert spellings()[word][:2] == (form, other)


@pytest.mark.parametrize(
    "word",
    ["license", "check", "tire", "practice", "catalogue", "analyses", "exercise", "size", "ton", "whisky", "toward"],
)
def test_words_that_show_no_side(word: str) -> None:
    assert word not in spellings()


def test_the_other_spelling_of_a_word_leads_back_to_it() -> None:
    table = spellings()
    assert all(table[choice.other].other == word for word, choice in table.items() if choice.other in table)


def test_a_word_of_two_meanings_says_beside_which_words() -> None:
    assert "software" in spellings()["program"].unless
