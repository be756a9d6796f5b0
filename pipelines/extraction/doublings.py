"""Words that stand twice in a row, with what licenses them, if anything does."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.lexicons import words
from pipelines.language.tokens import HYPHENS, Token

# Grammar doubles them: `had had`, `that that ship`, `what it is is`, `gave her her book`, `all I do do`.
_GRAMMAR = frozenset({"had", "that", "is", "her", "do", "did"})
_SUBJECTS = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "the", "a", "an", "this", "these", "those", "there"}
)
# Not even a speaker who insists, or stammers in print, doubles these.
_NEVER_MEANT = frozenset(
    {"the", "a", "an", "of", "and", "or", "for", "from", "with", "at", "it", "its", "their", "was", "are"}
)
# Names that are words of grammar as well: `Will will`, `May may`.
_NAMED = frozenset({"will", "may"})
_TO = {"to"}
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "their", "this"})


def extract(document: Document) -> list[Row]:
    """Rows of the table `doublings`, in order of place."""
    found = [
        (first, second, tokens) for sentence in document.prose for first, second, tokens in _doubled(document, sentence)
    ]
    often = Counter(_words(tokens) for _, _, tokens in found)
    rows = []
    for first, second, tokens in found:
        word = _words(tokens)
        term = "term" if often[word] > 1 and word not in words("closed_class") else None
        licence = _licence(tokens) or term
        if licence is None and word not in _NEVER_MEANT and document.quoted.overlaps(first.start, second.end):
            licence = "quoted"
        once = document.text[first.start : tokens[len(tokens) // 2 - 1].end]
        mended = None if document.verbatim(first.start, second.end) else once
        rows.append(document.row(first.start, second.end, word=word, mended=mended, licence=licence))
    return rows


def _words(tokens: Sequence[Token]) -> str:
    """The doubled words: those before the middle of the pair, without what stands around it."""
    half = (len(tokens) - 2) // 2
    return " ".join(token.norm for token in tokens[1 : 1 + half])


def _doubled(document: Document, sentence: Sentence) -> Iterator[tuple[Token, Token, Sequence[Token]]]:
    """First and last token of each doubling, and its tokens with the one before and the one after it."""
    edge = Token("mark", sentence.start, sentence.start, "", "")
    tokens = (edge, *sentence.tokens, edge)
    for at in range(1, len(tokens) - 2):
        first, second = tokens[at], tokens[at + 1]
        if first.kind == second.kind == "word" and first.norm == second.norm and _spaced(document, first, second):
            yield first, second, tokens[at - 1 : at + 3]
        elif second.norm in _ARTICLES and first.norm in words("prepositions") | _TO and at + 4 < len(tokens):
            pair = tokens[at : at + 4]
            same = pair[0].norm == pair[2].norm and pair[1].norm == pair[3].norm
            if same and all(_spaced(document, a, b) for a, b in pairwise(pair)):
                yield pair[0], pair[3], tokens[at - 1 : at + 5]


def _spaced(document: Document, left: Token, right: Token) -> bool:
    return left.end < right.start and document.text[left.end : right.start].isspace()


def _licence(around: Sequence[Token]) -> str | None:
    """What makes one word twice good English; `around` has the token before and the one after."""
    if len(around) > 4:
        return None
    before, first, second, after = around
    if first.possessive != second.possessive:
        return "name"
    if _joined(before, first) or _joined(second, after):
        return "name" if second.capitalised else "term"
    if second.capitalised or (first.norm in _NAMED and first.capitalised):
        return "name"  # two capitals: a name, or a headline that holds one
    closed = first.norm in words("closed_class")
    if first.capitalised and not closed and before.kind == "word":
        return "name"  # of a species: `Gorilla gorilla`
    if first.norm in words("reduplications"):
        return "term"
    if first.norm == "that":
        return None if after.norm in _SUBJECTS else "grammar"
    if first.norm in _GRAMMAR or (first.norm in words("particles") and _verb_like(before)):
        return "grammar"  # `logged on on Monday`
    return None


def _joined(left: Token, right: Token) -> bool:
    """Whether a hyphen joins one of the two to what stands beside it: `for for-profit schools`."""
    return left.end == right.start and (left.text in HYPHENS or right.text in HYPHENS)


def _verb_like(token: Token) -> bool:
    return token.norm.endswith(("ed", "ing")) or token.norm in words("irregular_pasts") or token.norm in words("verbs")
