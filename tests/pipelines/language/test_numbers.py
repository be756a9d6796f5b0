"""Numbers and currencies, read from tokens."""

import pytest

from pipelines.language.currencies import name_after, settle, sign_before
from pipelines.language.numbers import Number, read_number, read_range
from pipelines.language.tokens import tokenise


def number(text: str, money: bool = False) -> Number | None:
    tokens = tokenise(text)
    read = read_number(tokens, 0, money)
    return read_range(tokens, read, money) if read else None


@pytest.mark.parametrize(
    ("text", "low", "high", "step"),
    [
        ("14", 14, 14, 1),
        ("1,200.5", 1200.5, 1200.5, 0.1),
        ("12,34,567", 1234567, 1234567, 1),
        ("412,000", 412000, 412000, 1000),
        ("3.4bn", 3.4e9, 3.4e9, 1e8),
        ("4.2 crore", 4.2e7, 4.2e7, 1e6),
        ("62 lakh crore", 6.2e13, 6.2e13, 1e12),
        ("312-million-peso", 3.12e8, 3.12e8, 1e6),
        ("twenty-five thousand", 25000, 25000, 1000),
        ("three hundred and two", 302, 302, 1),
        ("two and a half million", 2.5e6, 2.5e6, 1e5),
        ("half a million", 5e5, 5e5, 1e5),
        ("a quarter of a million", 2.5e5, 2.5e5, 1e5),
        ("1.2-1.5 billion", 1.2e9, 1.5e9, 1e8),
        ("seven to 7.5 million", 7e6, 7.5e6, 1e6),
        ("10k", 10000, 10000, 1000),
    ],
)
def test_reads(text: str, low: float, high: float, step: float) -> None:
    read = number(text)
    assert read is not None
    assert (read.low, read.high, read.step) == pytest.approx((low, high, step))


@pytest.mark.parametrize("text", ["22,24,26", "1.2.3", "9" * 400, "a", "and", "the million"])
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None


def test_letters_are_scales_of_money_only() -> None:
    plain, money = number("5m"), number("5m", money=True)
    assert plain is not None
    assert money is not None
    assert (plain.low, money.low) == (5, 5e6)


def test_a_smaller_second_number_ends_no_range() -> None:
    read = number("9 to 4")
    assert read is not None
    assert read.high == 9


@pytest.mark.parametrize(
    ("text", "at", "codes"),
    [
        ("$5", 1, ("USD",)),
        ("A$5", 2, ("AUD",)),
        ("USD 5", 1, ("USD",)),
        ("€5", 1, ("EUR",)),
        ("GH₵5", 2, ("GHS",)),
        ("R$5", 2, ("BRL",)),
        ("R4,500,000", 1, ("ZAR",)),
        ("P312 million", 1, ("PHP", "BWP")),
    ],
)
def test_signs(text: str, at: int, codes: tuple[str, ...]) -> None:
    tokens = tokenise(text)
    read = read_number(tokens, at, money=True)
    assert read is not None
    sign = sign_before(tokens, at, read)
    assert sign is not None
    assert sign.codes == codes


@pytest.mark.parametrize("text", ["P5", "TOP 10", "K 400"])
def test_letters_that_are_no_signs(text: str) -> None:
    tokens = tokenise(text)
    read = read_number(tokens, 1, money=True)
    assert read is not None
    assert sign_before(tokens, 1, read) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("5 euros", ("EUR",)),
        ("5 Kenyan shillings", ("KES",)),
        ("5 U.S. dollars", ("USD",)),
        ("5 million pounds", ("GBP",)),
        ("5-yen", ("JPY",)),
        ("5USD", ("USD",)),
        ("5 €", ("EUR",)),
    ],
)
def test_names(text: str, codes: tuple[str, ...]) -> None:
    tokens = tokenise(text)
    read = read_number(tokens, 0)
    assert read is not None
    name = name_after(tokens, read)
    assert name is not None
    assert set(codes) <= set(name.codes)


@pytest.mark.parametrize("text", ["5 pounds of flour", "three won seats", "5 cars"])
def test_words_that_are_no_currencies(text: str) -> None:
    tokens = tokenise(text)
    read = read_number(tokens, 0)
    assert read is not None
    assert name_after(tokens, read) is None


@pytest.mark.parametrize(
    ("codes", "text", "code"),
    [
        (("PHP", "MXN"), "The mayor of Manila was fined.", "PHP"),
        (("PHP", "MXN"), "Mexico fined the Mexican mayor.", "MXN"),
        (("PHP", "MXN"), "The mayor was fined.", None),
        (("GBP", "EGP"), "The mayor was fined.", "GBP"),
        (("GBP", "EGP"), "A court in Cairo fined the mayor.", "EGP"),
    ],
)
def test_a_shared_name_is_settled_by_the_country_in_the_text(
    codes: tuple[str, ...], text: str, code: str | None
) -> None:
    assert settle(codes, text) == code
