"""Two ways of writing in one article."""

import re
from collections import Counter
from collections.abc import Iterator
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, new_paragraph
from pipelines.reading.article import Block

SETTLED = 2  # words that show the same choice: from there an article has a style
# A word that one style of headings writes with a capital, and the other without.
_SMALL = re.compile(r"(?<![\w’'-])(?!(?:an?|and|at|but|by|for|from|in|into|of|on|or|over|the|to|with)\b)[a-z]+\b")


def respelled(copy: Copy, _random: Random) -> Iterator[Fault]:
    """One word is spelled as on the other side, in an article that keeps to its own."""
    rows = [row for row in copy.unquoted("spellings") if row["kind"] == "spelling" and not row["proper"]]
    choices = Counter(row["form"] for row in rows)
    for row in rows:
        if row["other"] and choices[row["form"]] > SETTLED:
            other = row["other"].capitalize() if row["text"][0].isupper() else row["other"]
            yield Fault(row["start"], row["end"], other)


def joined(copy: Copy, _random: Random) -> Iterator[Fault]:
    """One of several like compounds loses its hyphen."""
    rows = [r for r in copy.unquoted("spellings") if r["kind"] == "hyphenation" and r["role"] == "prefixed"]
    alike = Counter((row["lemma"], row["form"]) for row in rows)
    for row in rows:
        if row["form"] == "hyphenated" and alike[row["lemma"], "hyphenated"] >= SETTLED:
            yield Fault(row["start"], row["end"], row["text"].replace("-", ""))


def bare_range(copy: Copy, random: Random) -> Iterator[Fault]:
    for block in copy.paragraphs:
        first = random.randrange(2005, 2015)
        yield new_paragraph(block, f"Most of the work was done between {first}-{first + random.randrange(2, 6)}.")


def other_marks(copy: Copy, _random: Random) -> Iterator[Fault]:
    """A quotation in straight marks, in an article that sets curly ones."""
    text = copy.article.text
    curly = [row for row in copy.records["quotations"] if text[row["start"] - 1] == "“" and copy.in_paragraphs(row)]
    for row in curly if len(curly) > SETTLED else ():
        end = next((at for at in range(row["end"], min(row["end"] + 2, len(text))) if text[at] == "”"), None)
        if end is not None and "“" not in row["text"]:
            yield Fault(row["start"] - 1, end + 1, f'"{text[row["start"] : end]}"')


def stopped(copy: Copy, _random: Random) -> Iterator[Fault]:
    """One of several headings, none of which has a mark at its end, gets a full stop."""
    headings = _headings(copy)
    if len(headings) > SETTLED and all(words[-1].isalnum() for words in headings.values()):
        for block in headings:
            yield Fault(block.end, block.end, ".")


def recased(copy: Copy, _random: Random) -> Iterator[Fault]:
    """One of several headings in small letters gets capitals on every word."""
    headings = _headings(copy)
    alike = all(len(_SMALL.findall(words)) > 1 for words in headings.values())
    for block, words in headings.items() if len(headings) > SETTLED and alike else ():
        yield Fault(block.start, block.end, _SMALL.sub(lambda word: word[0].capitalize(), words))


def _headings(copy: Copy) -> dict[Block, str]:
    text = copy.article.text
    return {block: text[block.start : block.end] for block in copy.article.blocks if block.kind == "heading"}


PLANTERS = (
    Planter("a word is spelled as elsewhere", ("spelling-mixed",), respelled),
    Planter("a compound loses its hyphen", ("hyphenation-mixed",), joined),
    Planter("a range mixes ‘between’ with a dash", ("number-style",), bare_range),
    Planter("quotation marks are of another kind", ("punctuation-style",), other_marks),
    Planter("a heading ends in a full stop", ("heading-style",), stopped),
    Planter("a heading has other capitals", ("heading-style",), recased),
)
