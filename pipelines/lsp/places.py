"""Files and words as the protocol names them: URIs, and ranges in the units that the editor counts in."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from lsprotocol.types import Position, PositionEncodingKind, Range

from audits.positions import BYTE_ORDER_MARK, Positions

START = Range(Position(0, 0), Position(0, 0))

_DRIVE = re.compile(r"/[A-Za-z]:")


def path_of(uri: str) -> Path | None:
    """The file that a URI names (RFC 8089; drives and shares as editors write them), absolute; None for what is in no
    file."""
    try:
        parts = urlsplit(uri)  # a semicolon may stand in a name: not urlparse
    except ValueError:
        return None
    name = os.fsdecode(unquote_to_bytes(parts.path))
    if parts.scheme != "file" or not name.startswith("/") or "\0" in name:
        return None
    if _DRIVE.match(name):
        name = name[1:]
    elif parts.netloc not in {"", "localhost"}:
        name = f"//{parts.netloc}{name}"
    return Path(os.path.normpath(name))


class Ranges:
    """Ranges in one text, in the units agreed on with the editor. A byte order mark at its beginning counts only where
    it is `shown`: editors take it off a file that they open."""

    def __init__(self, text: str, encoding: PositionEncodingKind | str | None, *, shown: bool) -> None:
        self._positions = Positions(text)
        self._column = _columns(self._positions, encoding)
        self._hidden = self._column(1) - 1 if text.startswith(BYTE_ORDER_MARK) and not shown else 0

    def range(self, start: int, end: int) -> Range:
        """The range of `text[start:end]`."""
        return Range(self._position(start), self._position(end))

    def _position(self, offset: int) -> Position:
        line = self._positions.line(offset)
        column = self._column(offset) - 1
        return Position(line - 1, max(0, column - self._hidden) if line == 1 else column)


def _columns(positions: Positions, encoding: PositionEncodingKind | str | None) -> Callable[[int], int]:
    if encoding == PositionEncodingKind.Utf8:
        return positions.utf8
    if encoding == PositionEncodingKind.Utf32:
        return positions.column
    return positions.utf16


def holds(range_: Range, at: Position) -> bool:
    """Whether the place is in the range; that of an empty one is its own."""
    start, end = _order(range_.start), _order(range_.end)
    return start <= _order(at) < end or start == _order(at) == end


def meet(one: Range, other: Range) -> bool:
    """Whether the ranges share a place; where one ends and the other begins, they do."""
    return _order(one.start) <= _order(other.end) and _order(other.start) <= _order(one.end)


def _order(position: Position) -> tuple[int, int]:
    return position.line, position.character
