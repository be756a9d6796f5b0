"""Words cut at the boundaries of what is said of them."""

from hypothesis import given
from hypothesis import strategies as st

from audits.reports.passages import AROUND, DEEPEST, LONGEST, Block, Mark, Passage, cut, quote, shorten

TEXT = "The ferry sailed.  \n\nIt came back late."
BLOCKS = [Block("headline", 0, 17), Block("paragraph", 21, 39)]


def shown(passages: list[Passage[str]], text: str = TEXT) -> list[list[str]]:
    """Each segment as its words and, in brackets, what covers them."""
    return [
        [f"{text[s.start : s.end]}[{' '.join(layer.said for layer in s.layers)}]" for s in passage.segments]
        for passage in passages
    ]


def test_words_of_which_nothing_is_said_stay_whole() -> None:
    assert shown(cut(BLOCKS, [])) == [["The ferry sailed.[]"], ["It came back late.[]"]]


def test_overlapping_marks_share_the_words_between_them() -> None:
    passages = cut(BLOCKS[:1], [Mark(0, 9, "a"), Mark(4, 16, "b")])
    assert shown(passages) == [["The [a]", "ferry[a b]", " sailed[b]", ".[]"]]
    assert [[(layer.said, layer.lane, layer.first) for layer in s.layers] for s in passages[0].segments] == [
        [("a", 0, True)],
        [("a", 0, False), ("b", 1, True)],
        [("b", 1, False)],
        [],
    ]
    assert [s.ended for s in passages[0].segments] == [(), ("a",), ("b",), ()]


def test_a_lane_is_free_again_where_its_mark_ends() -> None:
    passages = cut(BLOCKS[:1], [Mark(0, 3, "a"), Mark(0, 9, "b"), Mark(4, 9, "c")])
    assert {layer.said: layer.lane for s in passages[0].segments for layer in s.layers} == {"a": 0, "b": 1, "c": 0}


def test_equal_marks_both_stand() -> None:
    assert shown(cut(BLOCKS[:1], [Mark(4, 9, "a"), Mark(4, 9, "b")])) == [["The []", "ferry[a b]", " sailed.[]"]]


def test_a_mark_over_two_blocks_covers_words_of_both_and_begins_in_the_first() -> None:
    passages = cut(BLOCKS, [Mark(10, 23, "a")])
    assert shown(passages) == [["The ferry []", "sailed.[a]"], ["It[a]", " came back late.[]"]]
    assert [passage.begun for passage in passages] == [("a",), ()]
    assert [layer.first for passage in passages for s in passage.segments for layer in s.layers] == [True, False]


def test_a_mark_between_blocks_is_drawn_in_to_the_nearest_words() -> None:
    assert shown(cut(BLOCKS, [Mark(17, 23, "a")])) == [["The ferry sailed.[]"], ["It[a]", " came back late.[]"]]
    assert shown(cut(BLOCKS, [Mark(17, 19, "a")])) == [["The ferry sailed.[]"], ["[a]", "It came back late.[]"]]
    assert shown(cut(BLOCKS[:1], [Mark(18, 20, "a")])) == [["The ferry sailed.[]", "[a]"]]


def test_a_mark_of_no_words_stands_between_words() -> None:
    passages = cut(BLOCKS[:1], [Mark(4, 4, "a"), Mark(0, 9, "b")])
    assert shown(passages) == [["The [b]", "[b a]", "ferry[b]", " sailed.[]"]]
    assert [s.ended for s in passages[0].segments] == [(), ("a",), ("b",), ()]


def test_what_is_too_deep_to_be_shown_is_named() -> None:
    passages = cut(BLOCKS[:1], [Mark(0, 16, str(n)) for n in range(DEEPEST + 2)])
    assert [layer.said for layer in passages[0].segments[0].layers] == [str(n) for n in range(DEEPEST)]
    assert passages[0].segments[0].hidden == (str(DEEPEST), str(DEEPEST + 1))
    assert len(passages[0].segments[0].ended) == DEEPEST + 2


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))))
def test_no_word_is_lost_and_every_mark_begins_and_ends_once(places: list[tuple[int, int]]) -> None:
    marks = [Mark(min(place), max(place), str(number)) for number, place in enumerate(places)]
    passages = cut(BLOCKS, marks)
    for passage in passages:
        assert "".join(TEXT[s.start : s.end] for s in passage.segments) == TEXT[passage.block.start : passage.block.end]
    segments = [segment for passage in passages for segment in passage.segments]
    names = sorted(mark.said for mark in marks)
    assert sorted(said for passage in passages for said in passage.begun) == names
    assert sorted(said for segment in segments for said in segment.ended) == names
    first = [layer.said for segment in segments for layer in segment.layers if layer.first]
    assert sorted([*first, *(said for segment in segments for said in segment.hidden)]) == names


def quoted(text: str, words: str) -> str:
    start = text.index(words)
    found = quote(text, Block("paragraph", 0, len(text)), start, start + len(words))
    return f"{found.before}<{found.words}>{found.after}"


def test_words_are_quoted_in_their_sentence() -> None:
    text = "It rained. “We waited,” said Lt. Gen. Moe, “for U.S. help.” Then it snowed. Then it stopped."
    assert quoted(text, "waited") == "“We <waited>,” said Lt. Gen. Moe, “for U.S. help.”"
    assert quoted(text, "Then it snowed.") == "<Then it snowed.>"
    assert quoted(text, "stopped") == "Then it <stopped>."


def test_a_long_sentence_is_cut_at_spaces() -> None:
    text = "stone " * 100 + "harbour " + "water " * 100
    found = quoted(text, "harbour")
    assert found.startswith("…stone ")
    assert found.endswith(" water…")
    assert len(found) <= 2 * AROUND + len("<harbour>") + 2


def test_a_long_quotation_is_cut_in_the_middle() -> None:
    found = quote("x" * 10_000, Block("paragraph", 0, 10_000), 0, 10_000)
    assert found.words == "x" * (LONGEST - AROUND // 2) + " … " + "x" * (AROUND // 2)


def test_text_is_shortened_at_a_space() -> None:
    assert shorten("A storm\nat  night", 40) == "A storm at night"
    assert shorten("A storm, at night", 9) == "A storm…"
    assert shorten("x" * 2_000_000, 9) == "x" * 9 + "…"
