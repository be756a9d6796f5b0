"""Patterns: offsets are the text's, whatever is cut out and however spaces are set."""

from pipelines.language.patterns import any_of, pattern


def test_offsets_are_those_of_the_text() -> None:
    text = "é “5 May” – 6 May"
    found = [(m.start(), m.end(), m["day"]) for m in pattern(r"(?P<day>\d) May").finditer(text, 4)]
    assert [day for _, _, day in found] == ["6"]
    assert [text[a:b] for a, b, _ in found] == ["6 May"]


def test_a_no_break_space_reads_as_a_space() -> None:
    text = "on 5\xa0May and 6\u202fMay"
    found = [(m.start(), m.end()) for m in pattern(r"\d\sMay").finditer(text)]
    assert [text[a:b] for a, b in found] == ["5\xa0May", "6\u202fMay"]


def test_a_group_that_took_no_part() -> None:
    match = pattern(r"(?P<a>x)|(?P<b>y)").search("y")
    assert match is not None
    assert (match["a"], match.start("a"), match.end("a"), match["b"]) == ("", -1, -1, "y")


def test_words_are_matched_literally_and_longest_first() -> None:
    match = pattern(any_of(["a.b", "a.b.c"])).search("xa.b.c")
    assert match is not None
    assert match[0] == "a.b.c"
    assert pattern(any_of(["a.b"])).search("aXb") is None


def test_nothing_is_found_inside_a_character() -> None:
    assert [match.start() for match in pattern(r"x*").finditer("aéx")] == [0, 1, 2, 3]


def test_offsets_of_groups_after_other_alphabets() -> None:
    text = "Ωμέγα 𝔘 “x1” и “x22”"
    found = [(m.start("n"), m.end("n")) for m in pattern(r"“x(?P<n>\d+)”").finditer(text, 2)]
    assert [text[a:b] for a, b in found] == ["1", "22"]
