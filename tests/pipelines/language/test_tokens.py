from collections.abc import Sequence

import pytest
from hypothesis import given

from pipelines.language.tokens import Token, Tokens, count_words, norm, once, tokenise, touches
from tests.pipelines.language.texts import ANY, HOSTILE, PART


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("don’t stop", ["don’t", "stop"]),
        ("O'Brien’s boat", ["O'Brien’s", "boat"]),
        ("1,200.5 tonnes", ["1,200.5", "tonnes"]),
        ("the KX-9 van", ["the", "KX", "-", "9", "van"]),
        ("£3m (net)", ["£", "3", "m", "(", "net", ")"]),
        ("rose 5%.", ["rose", "5", "%", "."]),
        ("a_b", ["a", "_", "b"]),
        ("Łódź and São", ["Łódź", "and", "São"]),
        ("2024,", ["2024", ","]),
        ("", []),
    ],
)
def test_words_numbers_and_marks(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenise(text)] == tokens


@pytest.mark.parametrize(
    ("word", "looked_up"), [("Peru’s", "peru"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("don’t", "don't")]
)
def test_a_word_is_looked_up_folded_and_without_its_possessive(word: str, looked_up: str) -> None:
    assert norm(word) == looked_up


def test_hyphens_touch_what_they_join() -> None:
    left, hyphen, right = tokenise("KX-9")
    assert touches(left, hyphen)
    assert touches(hyphen, right)


@given(PART)
def test_every_token_stands_where_it_says(part: tuple[str, int, int]) -> None:
    text, start, end = part
    tokens = tokenise(text, start, end)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert in_order(tokens, start, end)


@given(ANY)
def test_nothing_but_white_space_stands_between_tokens(text: str) -> None:
    held = {at for token in tokenise(text) for at in range(token.start, token.end)}
    assert all(
        text[at].isspace() or at in held for at in range(len(text)) if text[at].isalpha() or text[at].isdecimal()
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert in_order(tokenise(HOSTILE[name]), 0, len(HOSTILE[name]))


def in_order(tokens: list[Token], start: int, end: int) -> bool:
    places = [start, *(place for token in tokens for place in (token.start, token.end)), end]
    return places == sorted(places)


def test_a_sentence_is_read_once_by_function_and_arguments() -> None:
    asked = []

    @once
    def lengths(tokens: Sequence[Token], least: int) -> list[int]:
        asked.append(least)
        return [len(token.text) for token in tokens if len(token.text) >= least]

    sentence = Tokens(tokenise("a long word"))
    assert [lengths(sentence, 2), lengths(sentence, 2), lengths(sentence, 1)] == [[4, 4], [4, 4], [1, 4, 4]]
    assert asked == [2, 1]
    assert lengths(sentence[1:], 2) == lengths(list(sentence), 2) == [4, 4]  # a part of it is not the sentence
    assert asked == [2, 1, 2, 2]
    assert sentence.norms == {"a", "long", "word"}


@given(ANY)
def test_words_are_counted_as_they_are_read(text: str) -> None:
    assert count_words(text, 0, len(text)) == sum(token.kind == "word" for token in tokenise(text))
