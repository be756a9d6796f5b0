"""Dates: every date phrase, resolved as far as the article itself allows."""

import re
from calendar import day_abbr, day_name, isleap, month_name
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.dates import ANY_WEEKDAY, WEEKDAYS, DateMention, existing_days, find_dates
from pipelines.language.impossible import Impossible, find_impossible
from pipelines.language.lexicons import words
from pipelines.language.patterns import Match, pattern
from pipelines.reading.article import PROSE

# A day and month without a year mean the nearest such day only where that is clear: within a third of a year.
CLEARLY_NEAR = timedelta(days=122)
AT_HAND = timedelta(days=31)
A_YEAR = timedelta(days=365)

_STYLE = pattern(r"(?:(?P<day>\d{1,2})|\pL+\.?\s+\d{1,2})(?P<ordinal>st|nd|rd|th)?\b")
_WEEKDAY = re.compile(rf"\b{ANY_WEEKDAY}\b")
_WORD_AFTER = pattern(r"[ \t](\pL+)")
# Days that are called by their date, in the style of their country.
_NAMED_DAYS = frozenset({(7, 4), (9, 11)})
_EACH = frozenset({"every", "each"})
# Beside a 29 February that is the day of every fourth year.
_LEAP_DAY = frozenset({"leap", "born", "birthday", "birthdays", "anniversary", "years"})


class Context(NamedTuple):
    """What the dates of one article mean beside each other, and beside the article's own date."""

    mentions: tuple[DateMention, ...]
    anchor: date | None
    days: frozenset[date]  # stated in full, in one reading
    anniversaries: frozenset[tuple[int, int]]  # months and days stated without a year
    orders: frozenset[bool]  # day first or not, where the numbers of a date show it
    told: frozenset[int]  # where the days without a year stand whose year an earlier date of the story gives
    dated_sentences: frozenset[int]
    years: tuple[frozenset[int], ...]  # that each sentence names
    named: frozenset[int]  # the years that any of them names


def extract(document: Document) -> list[Row]:
    """Rows of the table `dates`, in order of place."""
    context = _context(document)
    impossible = _impossible(document)
    taken = {place for one in impossible for place in range(one.start, one.end)}
    rows = [_row(document, m, context) for m in context.mentions if taken.isdisjoint(range(m.start, m.end))]
    rows += [_impossible_row(document, one, context) for one in impossible]
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _impossible(document: Document) -> list[Impossible]:
    """The dates and times that cannot be; one that a quotation holds alone is a name (`“February 30”`)."""
    published = document.article.published
    stated = published.stated if published and published.stated.place == "front matter" else None
    places = [(stated.start, stated.end)] if stated else []
    places += [(block.start, block.end) for _, block in document.blocks(*PROSE, "dateline", "credit")]
    names = {(quote.inner_start, quote.inner_end) for quote in document.quotes}
    found = [one for start, end in places for one in find_impossible(document.text, start, end)]
    return [one for one in found if (one.start, one.end) not in names]


def _context(document: Document) -> Context:
    mentions = (*_in_front_matter(document), *document.dates)
    days = [mention for mention in mentions if mention.precision == "day"]
    places = (document.sentence_place(mention.start) for mention in days)
    years = tuple(_years(sentence) for sentence in document.sentences)
    context = Context(
        mentions=mentions,
        anchor=None,
        days=frozenset(day.readings[0] for day in days if len(day.readings) == 1),
        anniversaries=frozenset((day.month, day.day) for day in days if not day.year and day.month and day.day),
        orders=frozenset(day.day_first for day in days if day.day_first is not None),
        told=_told(document, days),
        dated_sentences=frozenset(place for place in places if place is not None),
        years=years,
        named=frozenset().union(*years),
    )
    return context._replace(anchor=_anchor(document, context))


def _anchor(document: Document, context: Context) -> date | None:
    """The article's own date; where it reads two ways, the reading that the article's other dates leave."""
    published = document.article.published
    if published is None:
        return None
    if published.day:
        return date.fromisoformat(published.day)
    stated = (m for m in context.mentions if m.precision == "day" and _is_publication(document, m))
    readings = next((_settle(mention, context)[0] for mention in stated), ())
    return readings[0] if len(readings) == 1 else None


def _is_publication(document: Document, mention: DateMention) -> bool:
    """Whether it is the article's own date."""
    published = document.article.published
    return published is not None and mention.start < published.stated.end and published.stated.start < mention.end


def _told(document: Document, days: Sequence[DateMention]) -> frozenset[int]:
    """Where the days stand that an earlier date with a year dates: `On 3 March 2014 … On 5 March … On 11 March`.

    Such a date speaks for its paragraph and the next, and a day that it dates speaks on; then the story has left it.
    """
    paragraphs = [sentence.block for sentence in document.sentences if sentence.kind == "paragraph"]
    counted = {block: count for count, block in enumerate(dict.fromkeys(paragraphs))}
    told: list[int] = []
    reach = -1
    for day in days:
        place = document.sentence_place(day.start)
        paragraph = counted.get(document.sentences[place].block) if place is not None else None
        if paragraph is None or _is_publication(document, day):
            continue
        if not day.year and paragraph <= reach:
            told.append(day.start)
        if day.year or paragraph <= reach:
            reach = paragraph + 1
    return frozenset(told)


def _row(document: Document, mention: DateMention, context: Context) -> Row:
    readings, settled_by = _settle(mention, context)
    years = frozenset() if mention.year else _years_in_context(document, mention, context)
    day = _day(mention, readings, years, context)
    published = document.article.published
    weekday = WEEKDAYS[mention.weekday] if mention.weekday is not None and mention.precision == "day" else None
    return document.row(
        mention.start,
        mention.end,
        stated=" ".join(document.text[mention.date_start : mention.date_end].split()),
        value=_value(mention, day),
        precision=mention.precision,
        fault=_no_leap_day(document, mention, years, context),
        style=_style(document, mention),
        readings=len(readings) if mention.numeric else int(mention.precision == "day"),
        read_as=" or ".join(f"{one.day} {month_name[one.month]} {one.year}" for one in readings) or None,
        settled_by=settled_by,
        weekday_stated=weekday,
        weekday_of_date=" or ".join(WEEKDAYS[one.weekday()] for one in ([day] if day else readings)) or None
        if weekday
        else None,
        mended=_mended(document, mention, day) if weekday else None,
        needs_anchor=_needs_anchor(document, mention, years, context),
        anchor=context.anchor.isoformat() if context.anchor else None,
        anchor_from=published.stated.place if published else None,
        quoted=document.quoted(mention.start, mention.end),
    )


def _mended(document: Document, mention: DateMention, day: date | None) -> str | None:
    """The words with the weekday that the date falls on, as long as the one that is stated; None where that fits, the
    date does not state its year or reads two ways, or somebody is quoted."""
    sure = day is not None and mention.year and mention.readings == (day,) and day.weekday() != mention.weekday
    if not sure or day is None or document.verbatim(mention.start, mention.end):
        return None
    text = document.text
    before, after = text[mention.start : mention.date_start], text[mention.date_end : mention.end]

    def right(stated: re.Match[str]) -> str:
        return (day_name if stated[0] in WEEKDAYS else day_abbr)[day.weekday()]

    return _WEEKDAY.sub(right, before) + text[mention.date_start : mention.date_end] + _WEEKDAY.sub(right, after)


def _impossible_row(document: Document, one: Impossible, context: Context) -> Row:
    published = document.article.published
    return document.row(
        one.start,
        one.end,
        stated=" ".join(document.text[one.start : one.end].split()),
        value=None,
        precision=one.precision,
        fault=one.fault,
        style=None,
        readings=0,
        read_as=None,
        settled_by=None,
        weekday_stated=None,
        weekday_of_date=None,
        mended=None,
        needs_anchor=False,
        anchor=context.anchor.isoformat() if context.anchor else None,
        anchor_from=published.stated.place if published else None,
        quoted=document.quoted(one.start, one.end),
    )


def _in_front_matter(document: Document) -> list[DateMention]:
    published = document.article.published
    if published is None or published.stated.place != "front matter":
        return []
    return find_dates(document.text, published.stated.start, published.stated.end)


def _settle(mention: DateMention, context: Context) -> tuple[tuple[date, ...], str | None]:
    """What is left of the readings of a numeric date, and what decides.

    Its weekday, the same day stated elsewhere, or another date of the article in which one number can only be a day.
    """
    if len(mention.readings) < 2:
        return mention.readings, None
    by_weekday = [day for day in mention.readings if day.weekday() == mention.weekday]
    if len(by_weekday) == 1:
        return (by_weekday[0],), "its weekday"
    same_day = [day for day in mention.readings if day in context.days or (day.month, day.day) in context.anniversaries]
    if len(same_day) == 1:
        return (same_day[0],), f"{same_day[0].isoformat()}, stated elsewhere"
    if len(context.orders) == 1:
        day_first, month_first = mention.readings
        return (day_first if True in context.orders else month_first,), "the order of the article’s other dates"
    return mention.readings, None


def _day(mention: DateMention, readings: tuple[date, ...], years: frozenset[int], context: Context) -> date | None:
    """The day of the calendar that is meant, where that is clear."""
    anchor = context.anchor
    if mention.year:
        return readings[0] if len(readings) == 1 else None
    if anchor is None:
        return None
    if mention.precision == "relative":
        return _counted_off(mention, anchor)
    return None if years - {anchor.year} else _nearest(mention, anchor, context.named)


def _counted_off(mention: DateMention, anchor: date) -> date | None:
    """The day that words count from the anchor: `yesterday`, `Friday next week`, `the 20th of next month`.

    A week begins on Monday (ISO 8601). `Friday the 22nd` is the one such day within a month of the anchor.
    """
    try:
        if mention.days_off is not None:
            return anchor + timedelta(days=mention.days_off)
        if mention.weeks_off is not None and mention.weekday is not None:
            return anchor + timedelta(weeks=mention.weeks_off, days=mention.weekday - anchor.weekday())
        if mention.months_off is not None:
            return next(iter(existing_days([_in_month(anchor, mention.months_off, mention.day)])), None)
        if mention.day is not None:
            days = existing_days(_in_month(anchor, off, mention.day) for off in (-1, 0, 1))
            fitting = [day for day in days if day.weekday() == mention.weekday and abs(day - anchor) <= AT_HAND]
            return fitting[0] if len(fitting) == 1 else None
    except OverflowError:
        pass
    return None


def _in_month(anchor: date, months_off: int, day: int | None) -> tuple[int, int, int]:
    years, month = divmod(anchor.month - 1 + months_off, 12)
    return anchor.year + years, month + 1, day or 0


def _needs_anchor(document: Document, mention: DateMention, years: frozenset[int], context: Context) -> bool:
    """Whether the words mean a day only beside the article's own date.

    They do not where a year stands near by or with an earlier date (`On 3 March 2014 … On 5 March`), nor does a weekday
    in the sentence of a date, nor a day that returns.
    """
    if mention.precision == "weekday":
        return document.sentence_place(mention.start) not in context.dated_sentences
    if mention.precision == "day":
        told = mention.year or years or mention.start in context.told
        return not told and not _recurring(document, mention)
    return mention.precision == "relative"


def _nearest(mention: DateMention, anchor: date, named: frozenset[int]) -> date | None:
    """The day that a day and month without a year mean beside the anchor, where that is clear.

    Beyond the month around the anchor, a year in which the stated weekday fits is taken at its word; only to a day
    more than a year ahead no copy looks without its year, `named` somewhere in the article.
    """
    if mention.precision != "day" or not mention.month or not mention.day:
        return None
    days = existing_days(
        [(year, mention.month, mention.day) for year in (anchor.year, anchor.year - 1, anchor.year + 1)]
    )
    nearest = min(days, key=lambda day: abs(day - anchor), default=None)
    if nearest is None or abs(nearest - anchor) <= AT_HAND:
        return nearest
    fitting = [
        day for day in days if day.weekday() == mention.weekday and (day - anchor <= A_YEAR or day.year in named)
    ]
    clear = nearest if abs(nearest - anchor) <= CLEARLY_NEAR else None
    return fitting[0] if fitting else clear


def _years_in_context(document: Document, mention: DateMention, context: Context) -> frozenset[int]:
    """The years that the sentence of a date, or the one before it in the block, names."""
    place = document.sentence_place(mention.start)
    if place is None:
        return frozenset()
    sentences = document.sentences
    together = place > 0 and sentences[place - 1].block == sentences[place].block
    return context.years[place] | (context.years[place - 1] if together else frozenset())


def _years(sentence: Sentence) -> frozenset[int]:
    return frozenset(
        int(token.text)
        for token in sentence.tokens
        if token.text.isdecimal() and len(token.text) == 4 and token.text[:2] in {"18", "19", "20"}
    )


def _recurring(document: Document, mention: DateMention) -> bool:
    """`every 14 August`, `30 June each year`: a day of no one year."""
    before = document.text[max(0, mention.start - 16) : mention.start].split()
    after = document.text[mention.end : mention.end + 16].casefold().split()
    return (
        bool(before and before[-1].casefold() in _EACH)
        or bool(after and after[0].strip(",.;") == "annually")
        or bool(set(after[:2]) & _EACH and after[0] in {"of", "each", "every"})
    )


def _style(document: Document, mention: DateMention) -> str | None:
    """How a day is written in words; None for numbers, front matter, and a day that names what happened on it."""
    stated = _STYLE.match(document.text, mention.date_start, mention.date_end)
    if mention.precision != "day" or stated is None or document.sentence_place(mention.start) is None:
        return None
    if not any(map(str.isalpha, document.text[mention.date_start : mention.date_end])):
        return None
    if (mention.month, mention.day) in _NAMED_DAYS and not mention.year:
        return None
    following = _WORD_AFTER.match(document.text, mention.end, mention.end + 24)
    before = document.text[max(0, mention.start - 4) : mention.start].casefold()
    attributive = before.endswith("the ") and following and following[1] not in words("closed_class")
    if attributive or (following and following[1][0].isupper() and following[1] not in WEEKDAYS):
        return None
    if not (stated["day"] or stated["ordinal"] or mention.year or before.endswith("on ")) and _counts(following):
        return None  # `In June 31 families moved`
    order = "day month" if stated["day"] else "month day"
    return f"{order}, ordinal" if stated["ordinal"] else order


def _counts(following: Match | None) -> bool:
    """Whether the word after a number is what it may count."""
    return following is not None and following[1].islower() and following[1] not in words("closed_class")


def _no_leap_day(document: Document, mention: DateMention, years: frozenset[int], context: Context) -> str | None:
    """`29 February` of the weeks around publication, in a year that has none."""
    anchor = context.anchor
    if (mention.month, mention.day, mention.year) != (2, 29, None) or anchor is None or years or isleap(anchor.year):
        return None
    place = document.sentence_place(mention.start)
    said = {token.norm for token in document.sentences[place].tokens} if place is not None else set()
    near = abs(anchor - date(anchor.year, 2, 28)) <= AT_HAND
    return f"{anchor.year} is no leap year" if near and said.isdisjoint(_LEAP_DAY) else None


def _value(mention: DateMention, day: date | None) -> str | None:
    if day:
        return day.isoformat()
    if mention.precision == "month" and mention.year:
        return f"{mention.year:04}-{mention.month:02}"
    return None
