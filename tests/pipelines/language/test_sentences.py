import pytest
from hypothesis import given

from pipelines.language.sentences import sentence_spans
from tests.pipelines.language.texts import HOSTILE, PART

# `|` stands where a sentence ends and the next begins.
CASES = {
    "two sentences": "The ferry left.| It was late.",
    "questions and cries": "Who paid?| Nobody!| Silence.",
    "a title before a name": "Dr. Lind met Gen. Okoro and Mr. Vos.| They spoke.",
    "initials": "J. P. Arden sold it.| R. Moor bought it.",
    "a state before its noun": "The U.S. Treasury agreed.| Lisbon did not.",
    "a state that ends a sentence": "She lives in the U.S.| He does not.",
    "a time that ends a sentence": "It closed at 5 p.m.| The crowd stayed.",
    "a time inside a sentence": "At 6 a.m. Dr. Lind rang.",
    "numbers": "It cost 3.50 crowns.| It was worth 2.",
    "a numbered thing": "He lives at No. 7 now.| She moved.",
    "months": "It opened on Jan. 5 and shut on Sept. 9.",
    "a quotation that goes on": "“It is over.” she said.",
    "a quotation that ends": "He wrote “We lost.”| Then he left.",
    "an exclamation inside": "“Stop!” cried the guard.| He ran.",
    "an ellipsis inside": "They waited … and waited.",
    "an ellipsis that ends": "They waited...| Nobody came.",
    "spaced points inside": "We saw . . . Nobody had told us . . . that it was shut.",
    "spaced points that end": "It was shut . . . .| We left.",
    "words left out": "“The lake froze [...]” (page 9).| It thawed.",
    "brackets": "He sold it (She knew.) and left.",
    "a list": "1. Mix the flour.| 2. Wait.",
    "a list with brackets": "1.) Mix the flour.| 2.) Wait.",
    "a list in one line": "1. Mix the flour| 2. Wait| 3. Bake.",
    "a list of letters": "a) the mill| b) the weir.| It leaks.| c) the dam",
    "an address": "Write to desk@paper.example.| Ask for Ann.",
    "a company": "He joined Vos & Co. in May.",
    "the pronoun": "It was only Anna and I.| Did you see us?",
    "nothing": "",
}


@pytest.mark.parametrize("name", CASES)
def test_sentences_end_where_they_end(name: str) -> None:
    expected = [part.strip() for part in CASES[name].split("|") if part.strip()]
    text = CASES[name].replace("|", "")
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


@given(PART)
def test_spans_are_ordered_disjoint_and_trimmed(part: tuple[str, int, int]) -> None:
    text, start, end = part
    spans = sentence_spans(text, start, end)
    places = [start, *(place for span in spans for place in span), end]
    assert places == sorted(places)
    assert all(text[first:last] and text[first:last] == text[first:last].strip() for first, last in spans)


@given(PART)
def test_spans_hold_every_letter(part: tuple[str, int, int]) -> None:
    text, start, end = part
    held = {at for first, last in sentence_spans(text, start, end) for at in range(first, last)}
    assert all(at in held for at in range(start, end) if not text[at].isspace())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    text = HOSTILE[name]
    assert sum(end - start for start, end in sentence_spans(text)) <= len(text)
