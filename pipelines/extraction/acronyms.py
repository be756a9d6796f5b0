"""Acronyms: where they are defined beside their expansion, and where they are used.

Definitions are read as Schwartz and Hearst do (A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical
Text, PSB 2003): `long form (SHORT)` and `SHORT (long form)`, the letters of the short form found in order in the long one;
a name in capitals before the parenthesis counts even where the letters come from another language.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.lexicons import entries, words
from pipelines.language.tokens import Token

CONNECTIVES = frozenset(
    {"of", "for", "and", "the", "on", "in", "to", "&", "de", "du", "des", "da", "do", "del", "la", "le", "y", "et"}
)


class Definition(NamedTuple):
    """An acronym beside its expansion: tokens of one sentence."""

    acronym: Token
    expansion: tuple[Token, ...]


def extract(document: Document) -> list[Row]:
    """Rows of the table `acronyms`, in order of place."""
    everyday = frozenset(entries("everyday_acronyms"))
    sentences = [sentence for sentence in document.prose if sentence.kind != "headline"]
    definitions = {d.acronym.start: d for sentence in sentences for d in _definitions(sentence)}
    expansions = {bare(d.acronym.text): _phrase(document, d.expansion) for d in reversed(definitions.values())}
    rows: list[Row] = []
    seen: set[str] = set()
    for sentence in sentences:
        for token in sentence.tokens:
            if not is_acronym(token) or _shouted(sentence):
                continue
            acronym, definition = bare(token.text), definitions.get(token.start)
            kind = (
                "definition"
                if definition
                else "everyday"
                if acronym in everyday
                else "later use"
                if acronym in seen
                else "first use"
            )
            seen.add(acronym)
            expansion = _phrase(document, definition.expansion) if definition else expansions.get(acronym)
            rows.append(
                document.row(
                    token.start,
                    token.end,
                    acronym=acronym,
                    kind=kind,
                    expansion=expansion,
                    expansion_key=expansion_key(expansion) if expansion else None,
                    expansion_start=definition.expansion[0].start if definition else None,
                    expansion_end=definition.expansion[-1].end if definition else None,
                    quoted=document.quoted(token.start, token.end),
                )
            )
    return rows


def is_acronym(token: Token) -> bool:
    """Two to eight letters, capitals but for a plural or possessive ending: `BLA`, `NGOs`, `CPEC’s`."""
    return token.kind == "word" and 2 <= len(bare(token.text)) <= 8 and bare(token.text).isupper()


def bare(text: str) -> str:
    """An acronym without its possessive or plural ending."""
    stem = text.replace("’", "'").removesuffix("'s").removesuffix("'")
    return stem[:-1] if stem.endswith("s") and stem[:-1].isupper() and len(stem) > 2 else stem


def expansion_key(expansion: str) -> str:
    """The expansion as it is compared: without a leading article, plural endings, case, or hyphens."""
    parts = expansion.casefold().replace("’", "'").replace("-", " ").split()
    parts = parts[1:] if parts and parts[0] in {"the", "a", "an"} else parts
    return " ".join(part.removesuffix("'s").removesuffix("s") if len(part) > 3 else part for part in parts)


def _definitions(sentence: Sentence) -> Iterator[Definition]:
    tokens = sentence.tokens
    for at in range(1, len(tokens) - 1):
        if tokens[at - 1].text != "(" or not is_acronym(tokens[at]) or tokens[at + 1].text not in {")", ",", ";"}:
            continue
        expansion = _expansion_before(tokens, at - 1, bare(tokens[at].text))
        if expansion:
            yield Definition(tokens[at], expansion)


def _expansion_before(tokens: tuple[Token, ...], opening: int, acronym: str) -> tuple[Token, ...]:
    """The long form that ends where the parenthesis opens: by initials, or else the name in capitals that stands there."""
    by_initials = _by_initials(tokens, opening, acronym)
    name = _name_before(tokens, opening)
    return max(by_initials, name, key=len) if by_initials else name if len(name) > 1 else ()


def _by_initials(tokens: tuple[Token, ...], opening: int, acronym: str) -> tuple[Token, ...]:
    """The shortest run of words before the parenthesis whose initials give the acronym, connectives passed over."""
    letters, at = len(acronym), opening
    while at > 0 and letters:
        at -= 1
        token = tokens[at]
        if token.kind != "word":
            if token.text in "-–&,’'":
                continue
            return ()
        if token.norm[0] == acronym[letters - 1].casefold():
            letters -= 1
        elif token.norm not in CONNECTIVES:
            return ()
    return tokens[at:opening] if not letters else ()


def _name_before(tokens: tuple[Token, ...], opening: int) -> tuple[Token, ...]:
    """The longest name in capitals that ends where the parenthesis opens."""
    at = opening
    while at > 0:
        token = tokens[at - 1]
        if not (token.capitalised or token.norm in CONNECTIVES or token.text in "-–&"):
            break
        at -= 1
    while at < opening and not (tokens[at].capitalised and tokens[at].norm not in words("closed_class")):
        at += 1
    return tokens[at:opening]


def _phrase(document: Document, tokens: tuple[Token, ...]) -> str:
    return " ".join(document.text[tokens[0].start : tokens[-1].end].split())


def _shouted(sentence: Sentence) -> bool:
    """A heading or line all in capitals, where every word would look like an acronym."""
    long_words = [token for token in sentence.tokens if token.kind == "word" and len(token.text) > 1]
    return len(long_words) > 1 and all(token.text.isupper() for token in long_words)
