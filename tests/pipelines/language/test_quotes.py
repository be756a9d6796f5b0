import pytest
from hypothesis import given

from pipelines.language.quotes import Quoted, quote_spans
from tests.pipelines.language.texts import HOSTILE, PART


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("She said “no” twice.", ["no"]),
        ('He said "yes" and "later".', ["yes", "later"]),
        ("‘Never’, wrote the judge’s clerk.", ["Never"]),
        ("The clerk’s pen and the judges’ bench.", []),
        ("« Jamais », dit-il.", [" Jamais "]),
        ("“He told me ‘go’ and I went.”", ["He told me ‘go’ and I went."]),
        ("“This runs on to the next paragraph.", ["This runs on to the next paragraph."]),
        ('A 6" pipe of 4 metres', []),
        ("“”", []),
    ],
)
def test_quotations(text: str, inner: list[str]) -> None:
    assert [text[quote.inner_start : quote.inner_end] for quote in quote_spans(text)] == inner


def test_one_that_is_never_closed_runs_to_the_end_and_says_so() -> None:
    (quote,) = quote_spans("He began: “We must go")
    assert not quote.closed


@given(PART)
def test_quotations_are_ordered_and_disjoint_and_hold_their_words(part: tuple[str, int, int]) -> None:
    text, start, end = part
    quotes = quote_spans(text, start, end)
    places = [start, *(place for quote in quotes for place in (quote.start, quote.end)), end]
    assert places == sorted(places)
    assert all(quote.start < quote.inner_start <= quote.inner_end <= quote.end for quote in quotes)
    quoted = Quoted(quotes)
    assert all(quoted(quote.inner_start, quote.inner_end) for quote in quotes)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(quote_spans(HOSTILE[name])) <= len(HOSTILE[name])
