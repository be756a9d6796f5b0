"""Repairs: what is written for characters that were misread, coded or cannot be seen, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import contracts
from pipelines.extraction import marks, repairs
from tests.pipelines.extraction.documents import document
from tests.pipelines.extraction.hostile import grows_with_the_text


def written(sentence: str, path: str = "article.txt") -> list[tuple[str, str, str]]:
    """Of each repair: the characters, the kind of its mark, and what to write for them."""
    rows = repairs.extract(document(f"Harbour news\n\n2 May 2025\n\n{sentence}\n", path))
    return [(row["text"], row["kind"], row["replacement"]) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The cafÃ© of MÃ¼ller.", [("Ã©", "damage", "é"), ("Ã¼", "damage", "ü")]),
        ("It isnâ€™t late.", [("â€™", "damage", "’")]),
        ("The caf\ufffd isn?t open.", []),
        ("It lies 5\xa0km up\u200bstream.", [("\xa0", "invisible", " "), ("\u200b", "invisible", "")]),
        ("One.\u2028Two.\u2028 Three.", [("\u2028", "invisible", " "), ("\u2028", "invisible", "")]),
        ("A&amp;B at&nbsp;9&shy;pm.", [("&amp;", "markup", "&"), ("&nbsp;", "markup", " "), ("&shy;", "markup", "")]),
        ("A &amp;amp; B &amp;#8217;s.", [("&amp;amp;", "markup", "&"), ("&amp;#8217;", "markup", "’")]),
        ("It is &lt; 4, &gt; 2 and&#10;more.", []),
        ("The code ‘&amp;’ stands for “&”.", []),
        ("“The cafÃ© has 5\xa0berths,” he said.", []),
        ("> The cafÃ© has 5\xa0berths.", []),
        ("The 'cafÃ©' has 'five' berths.", []),
    ],
)
def test_what_to_write(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert written(sentence) == expected


def test_markdown_means_its_codes() -> None:
    assert written("Reis &amp;amp; Sons at the cafÃ©.", "article.md") == [("Ã©", "damage", "é")]


PIECES = ["cafÃ©", "â€™", "â€œ", "\xa0", "\u200b", "\u2028", "&amp;", "&lt;", "“", "”", "'", "> ", "\n\n", " ", "word"]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=20).map("".join))
def test_each_has_a_mark_that_speaks_for_it(text: str) -> None:
    read = document(f"Harbour news\n\n{text}".replace("\0", ""))
    rows = repairs.extract(read)
    contracts.hold("repairs", contracts.frame("repairs", rows), {read.article.id: read.text})
    assert [(row["start"], row["end"]) for row in rows] == sorted({(row["start"], row["end"]) for row in rows})
    spoken = {(row["kind"], row["start"]) for row in marks.extract(read) if row["fault"]}
    assert {(row["kind"], row["mark_start"]) for row in rows} <= spoken


@pytest.mark.parametrize(
    "unit",
    [
        "cafÃ© ",
        "â€™",
        "5\xa0k ",
        "&amp; ",
        "&amp;",
        "' a",
        "a' 'b ",
        "> a\n\n",
        "<blockquote>\n\n",
        "\U0001f3f4\U000e0067",
    ],
)
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    assert grows_with_the_text(repairs.extract, unit)
