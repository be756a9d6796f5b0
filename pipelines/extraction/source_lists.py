"""Lists of sources: in brackets, after `Sources:`, under such a heading, after `according to` and its like."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.language.lexicons import words
from pipelines.language.outlets import OUTLET_FORMS, OUTLET_KINDS, PRESS_WORDS, WORKS, named, source_key
from pipelines.language.patterns import pattern
from pipelines.language.tokens import HYPHENS, Token, Tokens, tokenise

# What may stand before an outlet's name and not belong to it: `a report by the state news agency`.
LEAD_IN = (
    frozenset({"a", "an", "the", "by", "from", "in", "of", "on", "-", "*", "_", "["})
    | frozenset({"account", "business", "despatch", "exclusive", "financial", "investigation", "local", "national"})
    | frozenset({"official", "carried", "owned", "published", "run", "state", "earlier", "recent"})
    | OUTLET_KINDS
    | OUTLET_FORMS
    | PRESS_WORDS
    | WORKS
)
# A list in the running text is read for this many tokens, and an entry of it for as many words.
REACH = 60
ENTRY_WORDS = 8

_BRACKETED = pattern(r"[(\[](?P<items>[^()\[\]]{4,300})[)\]]")
_LABELLED = pattern(r"(?:^|[\s(\[*_])[Ss]ources?\s*[*_]{0,2}:[*_]{0,2}\s*(?P<items>[^.\]\)\n]{4,300})")
_MARK = r"[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]+"
_HEADED = pattern(
    rf"(?m)^[\s#*_]*(?:Sources|References)[\s:*_]*\n(?P<entries>(?:[ \t]*\n)*(?:{_MARK}.*(?:\n|$)){{2,40}})"
)
_ENTRY = pattern(rf"(?m)^{_MARK}(?P<entry>.*?)[.;,\s]*$")
_INNER = frozenset({",", "&", ".", "’", "'"}) | HYPHENS
_WITHIN_NAMES = frozenset({"of", "for", "on", "in", "the", "&"})
# What a list of sources opens with: the words before its preposition.
_OPENINGS = {
    "to": frozenset({"according"}),
    "by": frozenset({"cited", "quoted", "reported", "report", "reporting", "reports"}),
    "from": frozenset({"data", "dispatches", "files", "figures", "inputs", "material", "reporting", "reports"}),
}


class Item(NamedTuple):
    """A source in a list: `text[start:end]`."""

    start: int
    end: int
    outlet: str | None


def lists(text: str, start: int, end: int, tokens: Tokens) -> Iterator[tuple[int, list[Item]]]:
    """The lists of sources in the sentence `text[start:end]`, each with its place."""
    for match in _LABELLED.finditer(text, start, end) if ":" in tokens.norms else ():
        yield match.start("items"), _entries(text, match.start("items"), match.end("items"), labelled=True)
    for match in _BRACKETED.finditer(text, start, end) if not tokens.norms.isdisjoint("([") else ():
        items = _entries(text, match.start("items"), match.end("items"), labelled=False)
        if any(item.outlet for item in items) or _names_at_length(text, items):
            yield match.start("items"), items
    opened = not tokens.norms.isdisjoint(_OPENINGS.keys() | {"citing", "quoting"})
    for at in range(1, len(tokens) - 2) if opened else ():
        if tokens[at - 1].norm in _OPENINGS.get(tokens[at].norm, ()) or tokens[at].norm in {"citing", "quoting"}:
            yield tokens[at + 1].start, _in_a_row(text, tokens[at + 1 : at + 1 + REACH])


def headed_lists(text: str) -> Iterator[tuple[int, list[Item]]]:
    """The lists, one entry a line, under a heading of their own."""
    for match in _HEADED.finditer(text):
        entries = _ENTRY.finditer(text, match.start("entries"), match.end("entries"))
        yield (
            match.start("entries"),
            [_item(text, entry.start("entry"), entry.end("entry")) for entry in entries if entry["entry"]],
        )


def _entries(text: str, start: int, end: int, *, labelled: bool) -> list[Item]:
    """The entries of a list; nothing where commas part more than names, nor, without a label, where any is no name."""
    marks = ";" if ";" in text[start:end] else ",;+|/•·"
    pieces = _split(text, start, end, marks)
    items = []
    for begin, finish in pieces:
        tokens = tokenise(text, begin, finish)
        if marks != ";" and any(token.kind == "number" for token in tokens):
            return []
        if name := _whole_name(tokens):
            items.append(Item(name.start, finish, name.outlet))
        elif labelled:
            items.append(Item(begin, finish, None))
        elif len(tokens) > ENTRY_WORDS:
            return []
    named_only = len(items) == len(pieces) or any(item.outlet for item in items)
    return items if len(items) > 1 and named_only else []


def _split(text: str, start: int, end: int, marks: str) -> list[tuple[int, int]]:
    """The entries between the marks (and `and`, `&`), without white space and counts: `Reuters +2` is `Reuters`.

    One word after `and` alone belongs to the name before it: `Ministry of Trade and Industry`.
    """
    cuts = pattern(rf"(?:[{marks}]\s*)?\s(?:and|&)\s|\+\s*\d+|[{marks}]")
    pieces: list[tuple[int, int]] = []
    at, cut = start, ""
    for match in (*cuts.finditer(text, start, end), None):
        finish = match.start() if match else end
        entry = text[at:finish].strip()
        begin = at + len(text[at:finish]) - len(text[at:finish].lstrip())
        joined = pieces and cut in {"and", "&"} and entry.istitle() and entry.isalpha()
        if joined and not _item(text, begin, finish).outlet:
            pieces[-1] = (pieces[-1][0], begin + len(entry))
        elif entry:
            pieces.append((begin, begin + len(entry)))
        if match:
            at, cut = match.end(), match[0].strip()
    return pieces


def _names_at_length(text: str, items: list[Item]) -> bool:
    """Three or more names, one of several words among them twice: no itinerary and no score."""
    keys = [source_key(text[item.start : item.end]) for item in items]
    return len(keys) > 2 and any(" " in key and keys.count(key) > 1 for key in keys)


def _in_a_row(text: str, tokens: Sequence[Token]) -> list[Item]:
    """The bodies that a list in the running text names: noun phrases parted by commas and `and`."""
    tokens = tokens[: next((k for k, t in enumerate(tokens) if t.kind == "mark" and t.text not in _INNER), len(tokens))]
    while tokens and tokens[-1].kind == "mark":
        tokens = tokens[:-1]
    if not tokens:
        return []
    items: list[Item] = []
    for begin, finish in _split(text, tokens[0].start, tokens[-1].end, ","):
        if not _nominal(tokenise(text, begin, finish)):
            break
        items.append(_item(text, begin, finish))
    return items if len(items) > 1 else []


def _nominal(tokens: Sequence[Token]) -> bool:
    """Whether an entry is a name, or a noun behind its article, and no clause."""
    parts = tokens[1:] if tokens and tokens[0].norm in {"the", "a", "an"} else tokens
    if not 0 < len(parts) <= ENTRY_WORDS or parts[0].kind != "word" or parts[0].norm in words("closed_class"):
        return False
    if len(parts) == len(tokens) and not parts[0].capitalised:
        return len(parts) == 1  # `police`
    return not any(
        token.kind == "number"
        or (token.norm in words("closed_class") and token.norm not in _WITHIN_NAMES and not token.text.isupper())
        or (
            not token.capitalised
            and (token.norm in words("verbs") | words("speech_verbs") or token.norm.endswith("ed"))
        )
        for token in parts
    )


class _Name(NamedTuple):
    start: int
    outlet: str | None


def _whole_name(tokens: Sequence[Token]) -> _Name | None:
    """The one name that the tokens are, but for what leads in to it."""
    while tokens and tokens[-1].text in {"!", "?"}:  # `Yahoo!`
        tokens = tokens[:-1]
    names = named(tokens)
    whole = len(names) == 1 and names[0].last == len(tokens)
    if not whole or any(token.norm not in LEAD_IN for token in tokens[: names[0].first]):
        return None
    return _Name(tokens[names[0].first].start, names[0].outlet)


def _item(text: str, start: int, end: int) -> Item:
    name = _whole_name(tokenise(text, start, end))
    return Item(name.start, end, name.outlet) if name else Item(start, end, None)
