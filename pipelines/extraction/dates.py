"""Dates: every date phrase, resolved as far as the article itself allows."""

from datetime import date, timedelta

from pipelines.extraction.document import Document, Row
from pipelines.language.dates import WEEKDAYS, DateMention, find_dates

# A day and month without a year mean the nearest such day only where that is clear: within a third of a year of the anchor.
CLEARLY_NEAR = timedelta(days=122)


def extract(document: Document) -> list[Row]:
    """Rows of the table `dates`, in order of place."""
    published = document.article.published
    anchor = date.fromisoformat(published.day) if published and published.day else None
    mentions = [*_in_front_matter(document), *document.dates]
    return [_row(document, mention, mentions, anchor) for mention in mentions]


def _row(document: Document, mention: DateMention, mentions: list[DateMention], anchor: date | None) -> Row:
    readings, settled_by = _settle(mention, mentions)
    years = set() if mention.year else _years_in_context(document, mention)
    day = readings[0] if len(readings) == 1 else None if years - {anchor and anchor.year} else _nearest(mention, anchor)
    published = document.article.published
    return document.row(
        mention.start,
        mention.end,
        stated=" ".join(document.text[mention.date_start : mention.date_end].split()),
        value=_value(mention, day),
        precision=mention.precision,
        readings=len(readings) if mention.numeric else int(mention.precision == "day"),
        settled_by=settled_by,
        weekday_stated=WEEKDAYS[mention.weekday]
        if mention.weekday is not None and mention.precision == "day"
        else None,
        weekday_of_date=WEEKDAYS[day.weekday()] if day and mention.weekday is not None else None,
        needs_anchor=not mention.year
        and not (mention.precision == "day" and years)
        and not _recurring(document, mention),
        anchor=anchor.isoformat() if anchor else None,
        anchor_from=published.stated.place if published and anchor else None,
        quoted=document.quoted(mention.start, mention.end),
    )


def _in_front_matter(document: Document) -> list[DateMention]:
    published = document.article.published
    if published is None or published.stated.place != "front matter":
        return []
    return find_dates(document.text, published.stated.start, published.stated.end)


def _settle(mention: DateMention, mentions: list[DateMention]) -> tuple[tuple[date, ...], str | None]:
    """What is left of the readings of a numeric date, and what decides: its weekday, the same day elsewhere, or a date of
    the article in which one number can only be a day."""
    if len(mention.readings) < 2:
        return mention.readings, None
    by_weekday = [day for day in mention.readings if day.weekday() == mention.weekday]
    if len(by_weekday) == 1:
        return (by_weekday[0],), "its weekday"
    elsewhere = {other.readings[0] for other in mentions if len(other.readings) == 1}
    same_day = [day for day in mention.readings if day in elsewhere]
    if len(same_day) == 1:
        return (same_day[0],), f"{same_day[0].isoformat()}, stated elsewhere"
    orders = {other.day_first for other in mentions if other.day_first is not None}
    if len(orders) == 1:
        day_first, month_first = mention.readings
        return (day_first if orders == {True} else month_first,), "the order of the article’s other dates"
    return mention.readings, None


def _nearest(mention: DateMention, anchor: date | None) -> date | None:
    """The day that a day and month without a year mean beside the anchor, where that is clear."""
    if mention.precision != "day" or mention.year or anchor is None or not mention.month or not mention.day:
        return None
    days = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            days.append(date(year, mention.month, mention.day))
        except ValueError:
            continue
    nearest = min(days, key=lambda day: abs(day - anchor), default=None)
    return nearest if nearest and abs(nearest - anchor) <= CLEARLY_NEAR else None


def _years_in_context(document: Document, mention: DateMention) -> set[int]:
    """The years that the sentence of a date, or the one before it in the block, names."""
    place = document.sentence_place(mention.start)
    if place is None:
        return set()
    sentence = document.sentences[place]
    before = document.sentences[place - 1] if place else sentence
    contexts = (before, sentence) if before.block == sentence.block else (sentence,)
    return {
        int(token.text)
        for context in contexts
        for token in context.tokens
        if token.kind == "number" and len(token.text) == 4 and token.text[:2] in {"18", "19", "20"}
    }


def _recurring(document: Document, mention: DateMention) -> bool:
    """`every 14 August` is a day of no one year."""
    before = document.text[max(0, mention.start - 8) : mention.start].split()
    return bool(before) and before[-1].casefold() in {"every", "each"}


def _value(mention: DateMention, day: date | None) -> str | None:
    if day:
        return day.isoformat()
    if mention.precision == "month" and mention.year:
        return f"{mention.year:04}-{mention.month:02}"
    return None
