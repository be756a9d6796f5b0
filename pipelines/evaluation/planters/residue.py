"""What pages, machines and editing leave behind in copy."""

from collections.abc import Iterator, Sequence
from random import Random

from pipelines.evaluation.faults import Copy, Fault, Plant, Planter, before_full_stop, new_paragraph

CHIPS = (
    " (Reuters +2; BBC +1)",
    " [Sources]",
    " [source: Bloomberg]",
    " [3][4]",
    " (en.wikipedia.org for links)",
)
ASSISTANT = (
    "Certainly! Here is a revised version of the article.",
    "I hope this helps! Let me know if you would like any changes.",
    "As an AI language model, I cannot verify these figures.",
    "Would you like me to shorten this piece?",
)
TRACES = (
    " citeturn0search3",
    " :contentReference[oaicite:1]{index=1}",
    " (https://example.org/report?utm_source=chatgpt.com)",
)
FURNITURE = (
    "Share this:",
    "4 min read",
    "Leave a Reply",
    "Your email address will not be published.",
    "Advertisement",
    "Subscribe to our newsletter",
    "Follow us on Facebook",
)
MARKUP = (" <br>", "&nbsp;", " <strong>", " </p>", " &amp;")
ADDRESSES = (
    " (http//www.example.org/report)",
    " (https://exa mple.org/report)",
    " (htps://www.example.org)",
    " (https://www.example,org/report)",
)
PARENTHETICALS = (" ( )", " (for example)", " (see)")
DAMAGED = {"’": "â€™", "“": "â€œ", "é": "Ã©", "—": "â€”", "–": "â€“", "'": "â€™"}


def at_sentence_ends(words: Sequence[str]) -> Plant:
    def plant(copy: Copy, random: Random) -> Iterator[Fault]:
        return (before_full_stop(sentence, random.choice(words)) for sentence in copy.plain)

    return plant


def as_paragraphs(words: Sequence[str]) -> Plant:
    def plant(copy: Copy, random: Random) -> Iterator[Fault]:
        return (new_paragraph(block, random.choice(words)) for block in copy.paragraphs)

    return plant


def either(first: Plant, second: Plant) -> Plant:
    def plant(copy: Copy, random: Random) -> Iterator[Fault]:
        yield from first(copy, random)
        yield from second(copy, random)

    return plant


def in_plain_text(plant: Plant) -> Plant:
    """Only where the file is no Markdown, in which markup is none of a page's."""
    return lambda copy, random: plant(copy, random) if copy.article.format != "markdown" else iter(())


def unclosed(copy: Copy, _random: Random) -> Iterator[Fault]:
    """A bracket or quotation mark that is closed within its paragraph loses its second half."""
    text = copy.article.text
    for row in copy.records["marks"]:
        if row["kind"] == "parenthetical" and row["text"].endswith(")") and copy.in_paragraphs(row):
            yield Fault(row["start"], row["end"], row["text"][:-1])
    for row in copy.records["quotations"]:
        ending = next((at for at in range(row["end"], min(row["end"] + 2, len(text))) if text[at] in '”"'), None)
        if ending is not None and copy.in_paragraphs({"start": row["start"], "end": ending + 2}):
            yield Fault(row["start"], ending + 1, text[row["start"] : ending])


def damaged(copy: Copy, _random: Random) -> Iterator[Fault]:
    """A character is read in the wrong encoding."""
    for block in copy.paragraphs:
        for at in range(block.start, block.end):
            if copy.article.text[at] in DAMAGED:
                yield Fault(at, at + 1, DAMAGED[copy.article.text[at]])


PLANTERS = (
    Planter("a citation chip is pasted in", ("citation-residue", "assistant-residue"), at_sentence_ends(CHIPS)),
    Planter(
        "an assistant’s words are left",
        ("assistant-residue", "citation-residue"),
        either(as_paragraphs(ASSISTANT), at_sentence_ends(TRACES)),
    ),
    Planter("a page’s furniture is pasted in", ("web-chrome",), as_paragraphs(FURNITURE)),
    Planter("markup is pasted in", ("markup-residue",), in_plain_text(at_sentence_ends(MARKUP))),
    Planter("an address is broken", ("malformed-url",), at_sentence_ends(ADDRESSES)),
    Planter("a bracket is left empty", ("dangling-parenthetical",), at_sentence_ends(PARENTHETICALS)),
    Planter("a pair loses its second half", ("unbalanced-pair",), unclosed),
    Planter("a character is damaged", ("encoding-damage",), damaged),
)
