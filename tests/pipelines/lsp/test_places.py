"""URIs and ranges as editors write and count them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind, Range

from pipelines.lsp.places import Ranges, holds, meet, path_of

UNITS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///news/a.md", "/news/a.md"),
        ("file:///news/a%20b%23c%3Fd.md", "/news/a b#c?d.md"),
        ("file:///news/a;b.md", "/news/a;b.md"),
        ("file:///news/%C3%A9t%C3%A9/%F0%9F%9A%A2.md", "/news/été/🚢.md"),
        ("file:///news/été.md", "/news/été.md"),
        ("file://localhost/news/a.md", "/news/a.md"),
        ("file:///news/../wire/./a.md", "/wire/a.md"),
        ("file:///c%3A/news/a.md", "c:/news/a.md"),
        ("file:///C:/news/a.md", "C:/news/a.md"),
    ],
)
def test_a_uri_names_a_file(uri: str, path: str) -> None:
    assert path_of(uri) == Path(path)


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "git:/news/a.md?x",
        "vscode-notebook-cell:/a.md",
        "file:",
        "file://[a",
        "",
        "file:///a%00b",
    ],
)
def test_a_uri_that_names_no_file_is_none(uri: str) -> None:
    assert path_of(uri) is None


@given(st.text(st.characters(exclude_characters="\0/", exclude_categories=("Cs",)), min_size=1))
def test_a_name_survives_its_uri(name: str) -> None:
    file = Path("/news", f"{name}.md")
    assert path_of(file.as_uri()) == file


def test_a_name_that_is_not_utf_8_survives_its_uri() -> None:
    file = Path(b"/news/\xff.md".decode("utf-8", "surrogateescape"))
    assert path_of(file.as_uri()) == file


@given(st.text(st.sampled_from("a é🚢\u0301\r\n\u2028م\ufeff")), st.data())
def test_a_range_is_what_the_editor_counts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for encoding, (codec, size) in UNITS.items():
        found = Ranges(text, encoding, shown=True).range(start, end)
        for offset, place in ((start, found.start), (end, found.end)):
            line = text.replace("\r\n", "\0\n")[:offset].replace("\r", "\n").split("\n")
            before = line[-1].replace("\0", "\r")
            if text[offset - 1 : offset + 1] == "\r\n":
                continue  # between the two: no place in an editor
            assert place == Position(
                text[:offset].replace("\r\n", "\n").replace("\r", "\n").count("\n"), len(before.encode(codec)) // size
            )


def test_a_byte_order_mark_counts_where_it_is_shown() -> None:
    text = "\ufeffone\ntwo"
    assert Ranges(text, None, shown=True).range(1, 4) == Range(Position(0, 1), Position(0, 4))
    assert Ranges(text, None, shown=False).range(1, 4) == Range(Position(0, 0), Position(0, 3))
    assert Ranges(text, PositionEncodingKind.Utf8, shown=False).range(0, 8) == Range(Position(0, 0), Position(1, 3))


def test_a_range_holds_its_places_but_for_its_end_and_an_empty_one_its_own() -> None:
    words, point = Range(Position(1, 4), Position(2, 2)), Range(Position(1, 4), Position(1, 4))
    assert [holds(words, Position(*at)) for at in ((1, 3), (1, 4), (1, 99), (2, 1), (2, 2))] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert holds(point, Position(1, 4))
    assert not holds(point, Position(1, 5))
    assert meet(words, Range(Position(2, 2), Position(3, 0)))
    assert not meet(words, Range(Position(2, 3), Position(3, 0)))
