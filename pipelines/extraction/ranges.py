"""Ranges that a preposition opens: `between 40 and 50`, `between $3m-$4m`, `from 2027-2031`."""

from collections.abc import Sequence

from pipelines.extraction.document import Document, Row
from pipelines.language.lexicons import members
from pipelines.language.tokens import DASHES, HYPHENS, Token

_JOINS = {"between": frozenset({"and"}), "from": frozenset({"to", "until", "till", "through"})}
_HYPHENS = HYPHENS | DASHES
_STOPS = frozenset(".,;:!?)]”’\"'")
_HEDGES = frozenset({"about", "around", "roughly", "ages", "pages"})
_MOST_SIGNS = 3  # tokens of a currency sign before a numeral, of a unit after it
# Beyond the range, where the second of two ranges would stand: `between 10-15 and 20-25 people`.
_BEYOND = 6


def extract(document: Document) -> list[Row]:
    """Rows of the table `ranges`, in order of place."""
    rows = []
    for sentence in document.prose:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if token.norm not in _JOINS:
                continue
            found = _range(tokens, at)
            if found is None:
                continue
            join, after = found
            start, end = token.start, tokens[after - 1].end
            written = document.text[start:end]
            hyphen = tokens[join].text in _HYPHENS
            word = "and" if token.norm == "between" else "to"
            left = document.text[start : tokens[join].start].rstrip()
            right = document.text[tokens[join].end : end].lstrip()
            rows.append(
                document.row(
                    start,
                    end,
                    opener=token.norm,
                    joined_by="a hyphen" if hyphen else "a word",
                    in_words=f"{left} {word} {right}" if hyphen else written,
                    mended=f"{left} {word} {right}" if hyphen and not document.verbatim(start, end) else None,
                    quoted=document.quoted.overlaps(start, end),
                )
            )
    return rows


def _range(tokens: Sequence[Token], opener: int) -> tuple[int, int] | None:
    """Where the two numerals of the range opened at a place are joined, and one past the second."""
    place = opener + 1
    if place < len(tokens) and tokens[place].norm in _HEDGES:
        place += 1
    first = _numeral(tokens, place)
    if first is None:
        return None
    join = _past_unit(tokens, first + 1)
    if join >= len(tokens):
        return None
    joins = _JOINS[tokens[opener].norm]
    if tokens[join].norm not in joins | _HYPHENS:
        return None
    second = _numeral(tokens, join + 1)
    if second is None:
        return None
    if tokens[join].text in _HYPHENS and not _is_range(tokens, opener, first, second):
        return None
    return join, _past_unit(tokens, second + 1)


def _numeral(tokens: Sequence[Token], at: int) -> int | None:
    """The place of the numeral that starts at a place, behind the sign of its currency."""
    for place in range(at, min(len(tokens), at + _MOST_SIGNS)):
        if tokens[place].kind == "number":
            return place
        sign = not (tokens[place].text.isalnum() or tokens[place].text in _HYPHENS)
        if not (sign or tokens[place].text.isupper()):
            return None
    return None


def _past_unit(tokens: Sequence[Token], at: int) -> int:
    """One past what touches a numeral and is no hyphen: `%`, `m`, `pm`."""
    while at < len(tokens) and tokens[at].start == tokens[at - 1].end and tokens[at].text not in _HYPHENS | _STOPS:
        at += 1
    return at


def _is_range(tokens: Sequence[Token], opener: int, first: int, second: int) -> bool:
    """Whether the preposition opens one range with a hyphen: no second end follows, as in `between 2019-20 and
    2023-24`; the second numeral is no short year or score; `from` opens a span of years, and not a source."""
    joins = _JOINS[tokens[opener].norm]
    low, high = tokens[first].text.replace(",", ""), tokens[second].text.replace(",", "")
    after = _past_unit(tokens, second + 1)
    beyond = range(after, min(len(tokens), after + _BEYOND))
    if any(tokens[place].norm in joins and _numeral(tokens, place + 1) for place in beyond):
        return False
    if after < len(tokens) and tokens[after].text in _HYPHENS:
        return False  # a third part: a date, a number of telephone or of parts
    if tokens[opener].norm == "between":
        return float(low.rstrip(".,")) < float(high.rstrip(".,")) if _plain(low) and _plain(high) else False
    source = opener and tokens[opener - 1].norm in members("count_words", "evidence")
    return not source and _year(low) and _year(high) and low < high


def _plain(numeral: str) -> bool:
    return numeral.count(".") < 2 and len(numeral) < 16


def _year(numeral: str) -> bool:
    return len(numeral) == 4 and numeral.isdigit() and numeral[:2] in {"18", "19", "20", "21"}
