"""Words and stories given to another source, and quotations in another wording."""

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, new_paragraph
from pipelines.extraction.document import Row
from pipelines.reading.article import Block

AGENCIES = ("Reuters", "Associated Press", "Agence France-Presse", "Xinhua")
UNNAMED = (
    "Analysts say that the effects will be felt for years.",
    "Studies show that such plans cost more than they promise.",
    "Some experts believe that the worst is still to come.",
    "Research has shown that people seldom change their minds.",
)
UNCOUNTED = (
    "Four in five widows live alone.",
    "Some 62 percent of adults worry about the cost of heating.",
    "One in three children has never seen a dentist.",
    "Nearly half of all workers have no savings.",
)
# In an article that speaks of these, its own may be meant, or where a share comes from.
_AUTHORITIES = re.compile(
    r"\b(?:analysts?|experts?|economists?|researchers?|scientists?|stud(?:y|ies)|research|surveys?|polls?|census)\b",
    re.IGNORECASE,
)
# Who says it, in one sentence, behind the mark that closes a quotation.
_TAG = re.compile(r"[,.!?]?([”\"])[^.“”\"]+\.")
AROUND = 2  # paragraphs on either side of a quotation in which its speaker may stand
SHORTEST_QUOTATION, LONGEST_QUOTATION = 8, 30  # words
# A word for another that changes the wording, not the grammar.
REWORDED = {
    "will": "would",
    "can": "could",
    "must": "should",
    "very": "quite",
    "want": "need",
    "big": "great",
    "good": "fine",
    "help": "support",
    "many": "several",
    "all": "most",
    "because": "since",
    "important": "vital",
    "people": "citizens",
    "think": "believe",
    "country": "nation",
    "make": "create",
}


def other_credit(copy: Copy, random: Random) -> Iterator[Fault]:
    """A story that is credited to one outlet at its top is credited to another at its foot."""
    credited = {row["outlet"] for row in copy.records["sources"] if row["story"] and row["place"] == "opening"}
    others = [agency for agency in AGENCIES if agency not in credited]
    if credited and copy.paragraphs and not any(r["story"] and r["place"] == "foot" for r in copy.records["sources"]):
        end = len(copy.article.text.rstrip())
        yield Fault(end, end, f"\n\nBased on a report by {random.choice(others)}.")


def misquoted(copy: Copy, random: Random) -> Iterator[Fault]:
    for row, speaker in _quotations(copy):
        words = row["text"].split()
        at = next((at for at, word in enumerate(words[1:-1], 1) if word in REWORDED), None)
        if at is not None:
            wording = " ".join([*words[:at], REWORDED[words[at]], *words[at + 1 :]])
            yield from _said(copy, random, row, wording, speaker)


def misattributed(copy: Copy, random: Random) -> Iterator[Fault]:
    for row, speaker in _quotations(copy):
        others = sorted({p["person"] for p in copy.unquoted("people") if " " in p["person"]} - {speaker})
        others = [other for other in others if speaker.split()[-1] not in other]
        if others:
            yield from _said(copy, random, row, row["text"], random.choice(others))


def _quotations(copy: Copy) -> Iterator[tuple[Row, str]]:
    """Quotations of one person, at some length, in one piece."""
    for row in copy.records["quotations"]:
        fits = row["kind"] == "speech" and SHORTEST_QUOTATION <= row["words"] <= LONGEST_QUOTATION
        if fits and row["speaker"] and not set('“”"[…') & set(row["text"]) and copy.in_paragraphs(row):
            yield row, row["speaker"]


def _said(copy: Copy, random: Random, row: Row, wording: str, speaker: str) -> Iterator[Fault]:
    later = copy.later_paragraph(row["end"], random)
    if later:
        yield new_paragraph(later, f"“{wording.rstrip(',.')},” {speaker} said.")


def unnamed(copy: Copy, random: Random) -> Iterator[Fault]:
    """Experts or studies without a name, in an article that speaks of none, and not beside a person who may be one."""
    if not _AUTHORITIES.search(copy.article.text):
        for before, after in pairwise(copy.paragraphs):
            if not _named(copy, before) and not _named(copy, after):
                yield new_paragraph(before, random.choice(UNNAMED))


def uncounted(copy: Copy, random: Random) -> Iterator[Fault]:
    """A share of a population, in an article that speaks of no study."""
    if not _AUTHORITIES.search(copy.article.text):
        for block in copy.paragraphs:
            yield new_paragraph(block, random.choice(UNCOUNTED))


def orphaned(copy: Copy, _random: Random) -> Iterator[Fault]:
    """A paragraph that is a quotation and its speaker loses the speaker, where nobody is named near it."""
    blocks = [block for block in copy.article.blocks if block.kind in {"paragraph", "heading"}]
    for row in copy.records["quotations"]:
        if row["kind"] != "speech" or row["words"] < SHORTEST_QUOTATION or not copy.in_paragraphs(row):
            continue
        at = next(at for at, block in enumerate(blocks) if row["end"] <= block.end)
        rest = _TAG.fullmatch(copy.article.text, row["end"], blocks[at].end)
        near = (*blocks[max(0, at - AROUND) : at], *blocks[at + 1 : at + 1 + AROUND])
        motto = at == 0 or blocks[at - 1].kind == "heading"
        if rest and not motto and blocks[at].start == row["start"] - 1 and not any(_named(copy, b) for b in near):
            yield Fault(row["end"], blocks[at].end, f"{'' if row['text'][-1] in '.!?' else '.'}{rest[1]}")


def _named(copy: Copy, block: Block) -> bool:
    """Whether the paragraph may name somebody, or holds a quotation of its own."""
    people = (row for row in copy.records["mentions"] if row["person"])
    return any(block.start <= row["start"] < block.end for row in (*people, *copy.records["quotations"]))


PLANTERS = (
    Planter("the foot credits another agency", ("source-conflict",), other_credit),
    Planter("a quotation is reworded", ("quote-variant", "duplicate-text"), misquoted),
    Planter("a quotation is given to another", ("quote-speaker-conflict",), misattributed),
    Planter("experts are cited without a name", ("attribution-missing",), unnamed),
    Planter("a share is given without a source", ("attribution-missing",), uncounted),
    Planter("a quotation loses its speaker", ("attribution-missing",), orphaned),
)
