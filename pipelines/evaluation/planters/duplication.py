"""Words that stand twice."""

from collections.abc import Iterator
from random import Random

from pipelines.evaluation.faults import SHORTEST, Copy, Fault, Planter, before_full_stop
from pipelines.extraction.document import Row
from pipelines.language.tokens import tokenise

# Words that an editor may put for each other; enough of them that most sentences hold one.
REWORDED = {
    "said": "noted",
    "also": "further",
    "however": "yet",
    "because": "since",
    "about": "around",
    "over": "more than",
    "but": "although",
    "many": "numerous",
    "large": "big",
    "big": "large",
    "help": "assist",
    "build": "construct",
    "built": "constructed",
    "show": "indicate",
    "while": "whereas",
    "such": "similar",
    "between": "among",
    "including": "notably",
    "country": "nation",
    "government": "administration",
    "people": "residents",
    "the": "its",
    "in": "within",
}
FEWEST_WORDS = 12  # a shorter sentence says too little to be known again
MOST_CHARACTERS = 1_500  # of a passage


def repeated(copy: Copy, random: Random) -> Iterator[Fault]:
    for sentence, later in _with_later_place(copy, random):
        yield Fault(later, later, f" {sentence['text']}")


def reworded(copy: Copy, random: Random) -> Iterator[Fault]:
    for sentence, later in _with_later_place(copy, random):
        words = sentence["text"]
        tokens = [token for token in tokenise(words) if words[token.start : token.end] in REWORDED]
        for token in random.sample(tokens, min(2, len(tokens)))[:1]:
            changed = words[: token.start] + REWORDED[words[token.start : token.end]] + words[token.end :]
            yield Fault(later, later, f" {changed}")


def doubled(copy: Copy, random: Random) -> Iterator[Fault]:
    """A short word of grammar, in the middle of a sentence, stands twice."""
    for sentence in copy.plain:
        text = copy.article.text
        tokens = [t for t in tokenise(text, sentence["start"], sentence["end"]) if t.norm in DOUBLED]
        if tokens:
            token = random.choice(tokens)
            word = text[token.start : token.end]
            yield Fault(token.start, token.end, f"{word} {word.lower()}")


DOUBLED = frozenset("the of to in for and with from by on at a is was will its their".split())  # noqa: SIM905


def passages(copy: Copy, _random: Random) -> Iterator[Fault]:
    """A paragraph of another article, of two sentences or more."""
    for other in copy.neighbours:
        for block in other.blocks:
            words = other.text[block.start : block.end]
            if block.kind == "paragraph" and 3 * SHORTEST < len(words) < MOST_CHARACTERS and ". " in words:
                for paragraph in copy.paragraphs[:1]:
                    yield Fault(paragraph.end, paragraph.end, f"\n\n{words}")


def cited_twice(copy: Copy, random: Random) -> Iterator[Fault]:
    for sentence in copy.plain:
        first, second = random.sample(("Reuters", "BBC News", "Bloomberg", "Al Jazeera"), 2)
        yield before_full_stop(sentence, f" (Sources: {first}; {second}; {first})")


def _with_later_place(copy: Copy, random: Random) -> Iterator[tuple[Row, int]]:
    """Sentences that say something, each with the end of a paragraph further down."""
    for sentence in copy.plain:
        later = copy.later_paragraph(sentence["end"], random)
        if later and len(sentence["text"].split()) >= FEWEST_WORDS:
            yield sentence, later.end


PLANTERS = (
    Planter("a sentence is repeated", ("duplicate-text",), repeated),
    Planter("a sentence is repeated, reworded", ("duplicate-text",), reworded),
    Planter("a word is doubled", ("repeated-word",), doubled),
    Planter("another article’s passage is pasted in", ("duplicate-across-articles",), passages),
    Planter("a list cites a source twice", ("repeated-citation",), cited_twice),
)
