"""Conventions that an article keeps in most places and leaves in one: of headings, of dashes, of quotation marks."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.extraction.damage import broken
from pipelines.extraction.document import Document, Row
from pipelines.language.lexicons import entries, words
from pipelines.language.tokens import Token, tokenise
from pipelines.reading.article import Block

# With fewer others than this, two ways are two ways and no slip.
LEAST_OTHERS = 2
# Of dashes, an article may use one for asides and another for what it joins; a third is a slip.
DASH_FORMS = 3

_DASH = re.compile(r"(?<=[^\W_]|[”’\"')\],])(?: - | -- |--| ?– ?| ?— ?)(?=[^\W_]|[“‘\"'(\[$€£])")
_DASHES = {"-": "a hyphen between spaces", "--": "two hyphens", "–": "an en dash", "—": "an em dash"}
_QUOTATION = re.compile("[“”\"]|(?<=[^\\W\\d_])['’](?=[^\\W\\d_])")
# The address of a link of Markdown, in the line or by reference, and its title in straight marks.
_TARGET = re.compile(r"\]\([^()\n]{0,500}\)|://\S{1,300} \"[^\"\n]{1,200}\"")
_MARKUP = frozenset("=<>`")
# Words of grammar that stand in capitals in names: `The Hague`, `Will Reis`.
_IN_NAMES = frozenset(
    {"the", "will", "may", "us", "it", "who", "de", "la", "an", "no", "one", "two", "three", "so", "do"}
)
# Letters of a word in capitals that is hardly an acronym.
SPELLED = 4


def extract(document: Document) -> list[Row]:
    """Rows of the table `conventions`, in order of kind."""
    return [*_headings(document), *_dashes(document), *_quotations(document)]


def _headings(document: Document) -> Iterator[Row]:
    """The one heading that ends in a full stop, or is in another case, among others that agree."""
    headings = [block for _, block in document.blocks("heading")]
    if len(headings) <= LEAST_OTHERS:
        return
    for values in ([_ending(document, block) for block in headings], [_case(document, block) for block in headings]):
        if odd := _odd(values):
            place, form, kept = odd
            yield document.row(headings[place].start, headings[place].end, kind="heading", form=form, kept=kept)
            return


def _odd(values: Sequence[str | None]) -> tuple[int, str, str] | None:
    """The one value unlike all others: its place, itself and theirs."""
    counts = Counter(value for value in values if value is not None).most_common()
    if len(counts) != 2 or counts[1][1] != 1 or counts[0][1] < LEAST_OTHERS:
        return None
    return values.index(counts[1][0]), counts[1][0], counts[0][0]


def _ending(document: Document, block: Block) -> str | None:
    """Whether it ends in a full stop; None where that is an abbreviation’s: `Lund & Reis Ltd.`"""
    *_, word, last = (None, None, *tokenise(document.text, block.start, block.end))
    if last is None or last.text != ".":
        return "no full stop"
    return None if word is None or len(word.text) == 1 or word.norm in words("abbreviations") else "a full stop"


def _case(document: Document, block: Block) -> str | None:
    """Capitals throughout, on every word, or on the first alone; None where names leave it open."""
    written = tokenise(document.text, block.start, block.end)
    if _shouts([token for token in written if token.kind == "word"]):
        return "capitals throughout"
    tokens = [token for token in written if token.kind == "word"][1:]
    content = [token for token in tokens if token.norm not in words("closed_class") and len(token.text) > 2]
    if not content or all(token.text.isupper() for token in content):
        return None
    plain = [token for token in content if not token.capitalised]
    if plain:
        return "capitals on the first word only" if len(plain) == len(content) or len(plain) > 1 else None
    small = _small(document)
    styled = any(token.text.casefold() in small for token in content) or any(
        before.kind == "word" and after.text.istitle() and after.norm in words("closed_class") - _IN_NAMES
        for before, after in pairwise(written)
    )
    return "capitals on every word" if styled else None


def _shouts(tokens: Sequence[Token]) -> bool:
    """Whether words in capitals are no acronyms: two of them and more, some of which are too long."""
    return (
        len(tokens) > 1
        and all(token.text.isupper() for token in tokens)
        and sum(len(token.text) >= SPELLED and token.text not in entries("everyday_acronyms") for token in tokens) > 1
    )


def _small(document: Document) -> frozenset[str]:
    """The words that the paragraphs write in small letters alone: in capitals, they are no names."""
    inner = [
        token
        for sentence in document.sentences
        if sentence.kind == "paragraph"
        for token in sentence.tokens[1:]
        if token.kind == "word"
    ]
    named = {token.norm for token in inner if token.capitalised}
    return frozenset(token.text for token in inner if token.text.islower() and token.norm not in named)


def _dashes(document: Document) -> Iterator[Row]:
    """The first dash of the rarest form, where asides are set off in three."""
    text = document.text
    found: dict[str, list[int]] = defaultdict(list)
    for _, block in document.blocks("paragraph"):
        for match in _DASH.finditer(text, block.start, block.end):
            form = match[0].strip()
            spaced = match[0] != form
            score = text[match.start() - 1].isdigit() and text[match.end()].isdigit() and not _year(text, match.start())
            if form == "–" and not spaced:
                continue  # it joins: `Lahore–Karachi`, `2019–24`
            if not score and not _MARKUP & set(text[match.start() - 1] + text[match.end()]):
                found[form].append(match.start() + match[0].index(form))
    if len(found) < DASH_FORMS:
        return
    rarest = min(found, key=lambda form: (len(found[form]), -found[form][0]))
    at = found[rarest][0]
    others = " and ".join(f"{_DASHES[form]} ({len(found[form])})" for form in sorted(found) if form != rarest)
    start, end = _around(text, at, at + len(rarest))
    yield document.row(start, end, kind="dash", form=_DASHES[rarest], kept=others)


def _year(text: str, end: int) -> bool:
    return text[max(0, end - 4) : end].isdigit()


def _quotations(document: Document) -> Iterator[Row]:
    """The first straight mark among curly ones, or curly one among straight: quotation marks and apostrophes."""
    text = document.text
    if not ("“" in text or "’" in text) or not ('"' in text or "'" in text):
        return
    damaged = {at for one in broken(document) for at in range(one.start, one.end)}
    damaged.update(at for link in _TARGET.finditer(text) for at in range(link.start(), link.end()))
    found: dict[bool, list[int]] = {True: [], False: []}
    for _, block in document.blocks("paragraph"):
        for match in _QUOTATION.finditer(text, block.start, block.end):
            at = match.start()
            if at in damaged or text[at - 1 : at] in _MARKUP or text[at - 1 : at].isdigit():
                continue
            if match[0] in "'’" and (text[at + 1].isupper() or document.quoted(at, at + 1)):
                continue  # a name, `L'Aquila`, or a speaker's words
            found[match[0] in "“”’"].append(at)
    if not found[True] or not found[False]:
        return
    curly = len(found[True]) < len(found[False])
    at = found[curly][0]
    start, end = _around(text, at, at + 1)
    forms = {True: "curly", False: "straight"}
    yield document.row(
        start,
        end,
        kind="quotation",
        form=f"a {forms[curly]} mark",
        kept=f"{forms[not curly]} ones ({len(found[not curly])})",
    )


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The mark with the words that touch it, or stand beside it."""
    left = text.rfind(" ", max(0, start - 30), max(0, start - 1)) + 1
    right = text.find(" ", end + 1, end + 30)
    line = text[left or start : start]
    return (left if left and "\n" not in line else start), (right if right > 0 and "\n" not in text[end:right] else end)
