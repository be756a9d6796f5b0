"""Words and stories given to another source, and quotations in another wording."""

from collections.abc import Iterator
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Planter, new_paragraph
from pipelines.extraction.document import Row

AGENCIES = ("Reuters", "Associated Press", "Agence France-Presse", "Xinhua")
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


PLANTERS = (
    Planter("the foot credits another agency", ("source-conflict",), other_credit),
    Planter("a quotation is reworded", ("quote-variant", "duplicate-text"), misquoted),
    Planter("a quotation is given to another", ("quote-speaker-conflict",), misattributed),
)
