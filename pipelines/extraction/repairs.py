"""Repairs: the characters that can be mended without asking, each with what to write for it.

What was misread is what ftfy says that it was (Speer, 2019), for exactly these characters; a code of HTML is what HTML
says. What is quoted stays as it is.
"""

from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from pipelines.extraction import damage, markup
from pipelines.extraction.document import Document, Row

_SEPARATORS = "\u2028\u2029"
_SPACES = "\xa0\u202f"
_MARKUP = frozenset("<>")  # would make a tag of what stands between them


class Repair(NamedTuple):
    """`text[start:end]` of the article should be `replacement`; the mark of this kind at `mark_start` speaks for it."""

    start: int
    end: int
    kind: str
    mark_start: int
    replacement: str


def extract(document: Document) -> list[Row]:
    """Rows of the table `repairs`, in order of place."""
    found = sorted({*_misread(document), *_unseen(document), *_coded(document)})
    return [
        document.row(
            repair.start, repair.end, kind=repair.kind, mark_start=repair.mark_start, replacement=repair.replacement
        )
        for repair in found
        if not document.verbatim.marked(repair.start, repair.end)
    ]


def _misread(document: Document) -> Iterator[Repair]:
    for mark, broken in damage.by_paragraph(document):
        for one in broken:
            if one.meant and one.meant.isprintable() and "\ufffd" not in one.meant:
                yield Repair(one.start, one.end, "damage", mark.start, one.meant)


def _unseen(document: Document) -> Iterator[Repair]:
    found = damage.unseen(document)
    if found is None:
        return
    mark, places = found
    text = document.text
    for at in places:
        if document.verbatim(at, at + 1):
            continue
        apart = text[at] in _SPACES or (text[at] in _SEPARATORS and not _beside_space(text, at))
        yield Repair(at, at + 1, "invisible", mark.start, " " if apart else "")


def _beside_space(text: str, at: int) -> bool:
    return text[at - 1 : at].isspace() or text[at + 1 : at + 2].isspace()


def _coded(document: Document) -> Iterator[Repair]:
    if document.article.format == "markdown":  # a character coded once is what its writers mean
        return
    for mark, places in markup.coded(document):
        for start, end in places:
            meant = _character(document.text[start:end])
            if meant is not None:
                yield Repair(start, end, "markup", mark.start, meant)


def _character(code: str) -> str | None:
    """What a code of HTML stands for: a space for a no-break one, nothing for what cannot be seen; None where that is
    no mere character of prose."""
    while (meant := unescape(code)) != code:
        code = meant
    meant = "".join(" " if c in _SPACES else "" if damage.is_unseen(c) else c for c in code)
    return meant if meant.isprintable() and _MARKUP.isdisjoint(meant) else None
