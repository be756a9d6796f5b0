"""Headline, date, byline and source, each with where it was found: header, dateline of the first paragraph, footer."""

from collections.abc import Iterable, Iterator, Sequence

from pipelines.language.dates import DateMention
from pipelines.language.patterns import pattern
from pipelines.reading import imprint, tagline
from pipelines.reading.article import Block, Place, Publication, Stated
from pipelines.reading.imprint import Imprint, Span

_LABEL = pattern(r"(?:headline|title)\s*:\s+", ignore_case=True)

# Paragraphs that a dateline may open: a standfirst, or what an assistant says of the text, may stand above it.
OPENING = 3

Found = tuple[Place, Imprint]


def headline(text: str, blocks: Iterable[Block]) -> Stated | None:
    """The headline block's words, without a label (`Headline: …`)."""
    block = next((block for block in blocks if block.kind == "headline"), None)
    if block is None:
        return None
    label = _LABEL.match(text, block.start, block.end)
    start = label.end() if label else block.start
    return Stated(text[start : block.end], "header", start, block.end)


def publication(text: str, blocks: Sequence[Block]) -> Publication | None:
    """The article's date: in the first place that has one; there, a date that is called that of publication goes before
    another, and a whole day with its year before one that lacks a part."""
    dated = [(place, found, mention) for place, found in imprints(text, blocks) for mention in found.dates]
    places: dict[Place, int] = {"header": 0, "dateline": 1, "footer": 2}
    best = min(
        dated,
        key=lambda one: (places[one[0]], not one[1].dated, _vagueness(one[2])),
        default=None,
    )
    if best:
        return _published(text, best[2], best[0])
    return next((_published(text, mention, "footer") for mention in tagline.dates(text, blocks)), None)


def byline(text: str, blocks: Sequence[Block]) -> Stated | None:
    """Who wrote it."""
    signed = _first(text, ((place, found.byline) for place, found in imprints(text, blocks)))
    return signed or _first(text, [("footer", tagline.byline(text, blocks))])


def source(text: str, blocks: Sequence[Block]) -> Stated | None:
    """The agency or publisher that it is credited to; one that is only cited in the text is none."""
    return _first(text, ((place, found.source) for place, found in imprints(text, blocks)))


def imprints(text: str, blocks: Sequence[Block]) -> Iterator[Found]:
    """The article's imprints, in order."""
    paragraphs = [at for at, block in enumerate(blocks) if block.kind == "paragraph"][:OPENING]
    opening = paragraphs[0] if paragraphs else len(blocks)
    for at, block in enumerate(blocks):
        if at in paragraphs:
            found = imprint.dateline(text, block.start, block.end)
            if found and at != opening and not (found.dates and _is_shouted(text, block)):
                found = None  # an entry of a chronicle, or a label
            place: Place = "dateline"
        elif block.kind in {"credit", "dateline"}:
            found = imprint.read(text, block.start, block.end) or _name(text, block)
            place = "header" if at < opening else "footer"
        else:
            continue
        if found:
            yield place, found


def _is_shouted(text: str, block: Block) -> bool:
    """Whether it opens with a place in capitals: `ACCRA, 3 May …`."""
    return text[block.start : block.start + 2].isupper()


def _name(text: str, block: Block) -> Imprint:
    """A name on a line of its own: the outlet's, if it reads as one, or else the writer's."""
    span = imprint.trimmed(text, block.start, block.end)
    is_outlet = imprint.outlet_like(text[slice(*span)])
    return Imprint(byline=None if is_outlet else span, source=span if is_outlet else None, credit=True)


def _first(text: str, found: Iterable[tuple[Place, Span | None]]) -> Stated | None:
    return next((Stated(text[slice(*span)], place, *span) for place, span in found if span), None)


def _vagueness(mention: DateMention) -> int:
    return (mention.precision != "day") + (mention.year is None)


def _published(text: str, mention: DateMention, place: Place) -> Publication:
    """A date of publication as stated, resolved where it can mean one day only."""
    day = mention.readings[0].isoformat() if len(mention.readings) == 1 else None
    return Publication(Stated(text[mention.start : mention.end], place, mention.start, mention.end), day)
