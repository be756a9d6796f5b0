"""Headline, date, byline and source, each with where it was found: front matter, header, dateline, footer, in that order."""

from pipelines.language.dates import DateMention, find_dates
from pipelines.language.patterns import pattern
from pipelines.reading.article import Block, Place, Publication, Stated

_BYLINE = pattern(
    r"^(?:By|Words by|Text by|Written by|Story by|Analysis by|Compiled by|Reporting by)\s+(?P<who>[^|•·]+)",
    ignore_case=True,
)
_CREDIT = pattern(
    r"^[(\[]?(?:Sources?|Credits?|Courtesy|Based on|With inputs from|With reporting from|Published (?:in|by))\b:?\s*(?P<who>[^)\]]+)",
    ignore_case=True,
)
# A point may close an abbreviation in it: `Feb. 10`, `Washington, D.C.`
_DATELINE = pattern(r"^(?P<lead>(?:[^.!?]|\b[A-Z][a-z]{0,3}\.){2,90}?)(?:\s[–—-]{1,2}\s|:\s)")
_AGENCY = pattern(r"\((?P<who>[^()]{2,40})\)\s*$")


def headline(text: str, blocks: list[Block]) -> Stated | None:
    """The headline block's words."""
    return next((Stated(text[b.start : b.end], "header", b.start, b.end) for b in blocks if b.kind == "headline"), None)


def publication(text: str, blocks: list[Block]) -> Publication | None:
    """The first date in the header's date and credit lines, in the dateline of the first paragraph, or in the footer."""
    first = next((at for at, block in enumerate(blocks) if block.kind == "paragraph"), len(blocks))
    header = [b for b in blocks[:first] if b.kind in {"dateline", "credit"}]
    footer = [b for b in blocks[first:] if b.kind in {"dateline", "credit"}]
    for place, candidates in (("header", header), ("dateline", blocks[first : first + 1]), ("footer", footer)):
        for block in candidates:
            end = _dateline_end(text, block) if place == "dateline" else block.end
            mention = next((m for m in find_dates(text, block.start, end) if m.precision == "day" and m.year), None)
            if mention:
                return published(text, mention, place)  # type: ignore[arg-type]
    return None


def published(text: str, mention: DateMention, place: Place) -> Publication:
    """A date of publication as stated, resolved where it can mean one day only."""
    day = mention.readings[0].isoformat() if len(mention.readings) == 1 else None
    return Publication(Stated(text[mention.start : mention.end], place, mention.start, mention.end), day)


def byline(text: str, blocks: list[Block]) -> Stated | None:
    """Who wrote it: the first credit line that says by whom."""
    return _first(text, blocks, _BYLINE)


def source(text: str, blocks: list[Block]) -> Stated | None:
    """Whom it is credited to: a credit line, or the agency in the dateline of the first paragraph."""
    credited = _first(text, blocks, _CREDIT)
    first = next((block for block in blocks if block.kind == "paragraph"), None)
    if credited or first is None:
        return credited
    match = _AGENCY.search(text, first.start, _dateline_end(text, first))
    return Stated(match["who"], "dateline", match.start("who"), match.end("who")) if match else None


def _first(text: str, blocks: list[Block], form: object) -> Stated | None:
    first = next((at for at, block in enumerate(blocks) if block.kind == "paragraph"), len(blocks))
    for at, block in enumerate(blocks):
        if block.kind == "credit" and (match := form.match(text, block.start, block.end)):  # type: ignore[attr-defined]
            who = match["who"].strip()
            start = match.start("who")
            return Stated(who, "header" if at < first else "footer", start, start + len(who))
    return None


def _dateline_end(text: str, block: Block) -> int:
    match = _DATELINE.match(text, block.start, min(block.end, block.start + 120))
    return match.end("lead") if match else block.start
