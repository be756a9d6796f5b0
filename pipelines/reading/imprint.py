"""The imprint of an article: what a line of it states of who wrote it, who published it, and when.

A line of imprint is cut at its separators (`By Ana Reis | The Harbour Times | 3 March 2025`); each piece must then be
a date, a byline, a credit, a place or an outlet, or the line is prose. Forms: bylines, datelines and credit lines as
the AP Stylebook and the Guardian style guide set them, and as agencies ask to be credited.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.language.dates import DateMention, find_dates
from pipelines.language.lexicons import mapping, words
from pipelines.language.names import PARTICLES
from pipelines.language.patterns import any_of, pattern
from pipelines.language.tokens import HYPHENS, Token, tokenise
from pipelines.reading.furniture import is_furniture, is_label

# An imprint is a line or two (in characters); above this, nothing is tried.
LONGEST = 200
# Structure, byline, source and date ask for the same lines one after another. Few, because each holds its article.
_LINES_AT_HAND = 16

Span = tuple[int, int]

# What no line of imprint lacks: a digit, or a word that signs or credits.
_CUE = pattern(
    r"\d|:|\b(?:by|from|via|after|with|including|courtesy|based|compiled|adapted|written|drawn|taken|translated|condensed|"
    r"abridged|excerpted|rewritten|republished|reprinted|reproduced|edited|sourced|published|appeared|printed|broadcast|aired|"
    r"posted|carried|additional)\b|\b(?:" + "|".join(sorted(words("newsroom_roles"))) + r")\b",
    ignore_case=True,
)
_SEPARATOR = pattern(
    r"\s*[|•·▪●~]\s*|\s+(?:/|--?|–|—)\s+|\s{2,}|\t|;\s+|"
    r"(?:\.|,|\band)\s+(?P<kept>(?:By|Updated|Published|(?:[Pp]hotos?|[Pp]hotographs?|[Pp]hotography|[Pp]ictures|[Gg]raphics|"
    r"[Vv]ideo|[Ii]llustrations?)\s+by)\s)|"
    r"\.\s+(?P<next>(?:Reporting|Writing|Words|Text|Written|Compiled|Edited|Editing|Translat(?:ed|ion)|Additional\s+reporting|"
    r"Posted|Filed|Issued|Last|First|Originally|Source|With)\b)"
)
_CLOCK = r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?"
_STAMP = pattern(
    r"(?:(?:first|last|originally|also|publication|date|time|and|on|at|from|of)\b\s*:?\s*|"
    r"(?:published|posted|updated|modified|issued|released|filed|created|added|dated|edited)(?:\s+(?:on|at))?\b\s*:?\s*|"
    rf"(?:{_CLOCK}|local time|(?:GMT|UTC|IST|EST|EDT|ET|PST|PDT|PT|CET|CEST|BST|WAT|EAT|CAT|PKT|JST|SGT|HKT|AEST|MSK)"
    r"(?:[+-]\d+(?::\d\d)?)?)\s*|[(),.\[\]:]\s*)*",
    ignore_case=True,
)
_DATED = pattern(r"\b(?:published|posted|updated|issued|released|filed|modified)\b", ignore_case=True)
_ARTICLE = r"(?:(?:this|the|an?)\s+(?:story|article|report|piece|text|item|analysis)\s+)?(?:(?:is|was|has\s+been)\s+)?"
_BYLINE = pattern(
    r"(?:(?:an?\s+)?(?:words?|text|written|story|stories|analysis|compiled|reporting|report|reported|interview|opinion|comment|"
    r"commentary|review|researched|explainer|contributed|filed|prepared|special\s+report|posted|edited|editing|"
    r"additional\s+reporting|(?:video\s+)?produced|translated|translation|graphics?|photos?|photographs?|photography|"
    r"pictures?|images?|illustrations?|data)\s+(?:and\s+\pL+\s+)?by|(?:authors?|writers?|reporters?|byline|text|words|by)\s*:)"
    r"\s*(?P<who>.+)",
    ignore_case=True,
)
_BARE_BYLINE = pattern(r"[Bb][Yy]\s+(?P<who>.+)")
_PICTURES = pattern(
    r"(?:(?:video\s+)?produced|edited|editing|translated|translation|graphics?|photos?|photographs?|photography|pictures?|"
    r"images?|illustrations?|data)\b",
    ignore_case=True,
)
_SOURCE = pattern(
    r"(?:(?:news\s+|original\s+)?(?:sources?|credits?|courtesy|via|agency|agencies|publisher|publication)\s*:|"
    r"(?:by\s+)?courtesy(?:\s+of)?|"
    rf"{_ARTICLE}(?:based|compiled|adapted|written|drawn|taken|translated|condensed|abridged|excerpted|rewritten|republished|"
    r"reprinted|reproduced|edited|sourced)\s+(?:(?:with|in|part|partly|largely|permission)\s+){0,3}(?:on|upon|from|with|using)|"
    r"(?:from|after)\s+an?\s+(?:report|story|dispatch|article|despatch)\s+(?:by|in|from|of)|"
    r"(?:with|additional|including)\s+(?:additional\s+|agency\s+|some\s+)?"
    r"(?:inputs?|reporting|reports?|files|material|contributions?|information|dispatches|agencies)(?:\s+(?:from|by|of))?|"
    rf"{_ARTICLE}(?:originally\s+|first\s+)?(?:published|appeared|printed|broadcast|aired|posted|carried)\s+"
    r"(?:in|by|on|at|from)(?:\s+the\s+website\s+of)?)\s*(?P<who>.*)",
    ignore_case=True,
)
_WITH = pattern(r"(?:with|via|from)\s+(?P<who>.+)", ignore_case=True)
_LISTED = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*[/;&]\s*")
_LEAD_IN = pattern(
    r"(?:an?\s+|the\s+)?(?:combined\s+)?(?:reports?|reporting|stor(?:y|ies)|dispatch(?:es)?|articles?|coverage|files|material|"
    r"interview|information|agency reports)\s*(?:published\s+)?(?:(?:by|in|from|of)\s+|,\s*|$)",
    ignore_case=True,
)
_LEAD_OUT = pattern(
    r"(?:[’']s)?\s+(?:reports?|reporting|coverage|dispatch(?:es)?|stor(?:y|ies)|articles?|copy|material|inputs?)$"
)
_DESK = pattern(
    r"(?:(?:from|by)\s+)?(?:(?:our|the|a|an)\s+)?(?:[\pL’'.&-]+\s+){0,4}"
    r"(?:correspondents?|desk|reporters?|bureau|staff|writers?|reports?|team|newsroom|agencies|monitoring|editors?|columnist|contributor)"
    r"(?:(?:,\s*|\s+(?:of|at|for|in)\s+)(?P<outlet>.+))?",
    ignore_case=True,
)
_DESK_CUE = pattern(
    r"\b(?:from\s+our|our\s+\pL*\s*(?:correspondent|reporter|staff)|staff\s+(?:report|reporter|reporters|writer|writers|correspondent)|"
    r"special\s+correspondent|(?:news|web|data|city|sports|business|economics|foreign|national|monitoring|digital|online|"
    r"science|politics|video|investigations)\s+(?:desk|team)|newsroom|reporting\s+team|editorial\s+(?:team|staff|board)|"
    r"agencies|news\s+bureau|wire\s+(?:services?|reports?)|agency\s+(?:inputs?|reports?)|press\s+release)\b",
    ignore_case=True,
)
_POST = pattern(
    rf"(?P<who>[^,]+),\s+(?:[\pL’'-]+\s+){{0,4}}{any_of(sorted(words('newsroom_roles')))}(?:\s+(?:in|at|for|of)\s+\p{{Lu}}[^,]+)?(?:,\s+\p{{Lu}}[^,]+)?",
    ignore_case=True,
)
_LONE_NAME = pattern(r"\p{Lu}[\pL’'.-]*\s+(?:and|&|in|or)\s")
_OF_OUTLET = pattern(
    r"(?:,?\s+(?P<given>for|of)\s+|,\s+(?:at\s+)?|\s+at\s+|\s*/\s*|\s+\()(?P<outlet>(?:the\s+)?\p{Lu}[^,()]+)\)?$"
)
_INNER_CAPITAL = pattern(r"\p{Ll}\p{Lu}")
_FROM_PLACE = re.compile(r"\s+in\s+|,\s+|\s*/\s*")
_COUNT = pattern(r"[+×(]\s*\d+|\b\d+\s+(?:more|others)\b|\band\s+others\b", ignore_case=True)
_BARRED = pattern(r"\s*[|•·▪●]\s*")
# The words of a piece, or of a name, that is no clause.
MOST_WORDS = 16
GENERIC_WORDS = 4
_ARTICLES = frozenset({"the", "a", "an", "our"})
_EDGES = " \t,.:;()[]–—-|•·*_"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a line states: spans in the text. `dated` says that it calls a date that of publication."""

    byline: Span | None = None
    source: Span | None = None
    dates: tuple[DateMention, ...] = ()
    credit: bool = False
    dated: bool = False


@lru_cache(maxsize=_LINES_AT_HAND)
def read(text: str, start: int, end: int) -> Imprint | None:
    """The imprint in the line `text[start:end]`; None where the line is prose, or says nothing of the kind."""
    start, end = _plain(text, start, end)
    if end - start > LONGEST or not _CUE.search(text, start, end) or _COUNT.search(text, start, end):
        return None
    dates = tuple(mention for mention in find_dates(text, start, end) if mention.precision in {"day", "month"})
    found = Imprint(dates=dates, dated=bool(dates) and _DATED.search(text, start, end) is not None)
    names: list[Span] = []
    loose = bool(dates) and _BARRED.search(text, start, end) is not None
    for first, last in _pieces(text, start, end):
        if _is_label(text[first:last]):
            continue
        read_piece = _piece(text, first, last, found)
        if read_piece is not None:
            found = read_piece
        elif (rests := _names(text, first, last, dates, loose=loose)) is not None:
            names += rests
        else:
            return None
    if not (dates or found.credit):
        return None
    outlet = next((name for name in names if outlet_like(text[slice(*name)])), None)
    if outlet and found.source is None:
        return replace(found, source=outlet, credit=True)
    person = next((name for name in names if loose and is_person(text[slice(*name)])), None)
    person = person or (_first_of_list(text, names[0]) if dates and names else None)
    if person and not found.credit:
        return replace(found, byline=person, credit=True)
    return found


def _first_of_list(text: str, names: Span) -> Span | None:
    """Who signs a line of names before a date: `Ana Reis, Porto, 3 March 2025`, but not `Porto, Portugal, 3 March`."""
    first, comma, _ = text[slice(*names)].partition(",")
    return (names[0], names[0] + len(first)) if comma and len(first.split()) > 1 and not outlet_like(first) else None


def _plain(text: str, start: int, end: int) -> Span:
    """Without the marks of emphasis around it."""
    while start < end and text[start] in "*_":
        start += 1
    while start < end and text[end - 1] in "*_":
        end -= 1
    return start, end


def _is_label(piece: str) -> bool:
    """A piece of the page between those of the imprint: `4 min read`, `in News`, `Leave a comment`."""
    label = piece.strip(_EDGES)
    return is_furniture(label) or is_label(label.removeprefix("in "))


@lru_cache(maxsize=_LINES_AT_HAND)
def dateline(text: str, start: int, end: int) -> Imprint | None:
    """The imprint at the head of a paragraph: `CITY, March 12, 2025 (Agency) – …`, `City: …`."""
    start, stop = _plain(text, start, min(end, start + LONGEST))
    if (lead := _AGENCY_LEAD.match(text, start, stop)) and outlet_like(lead["who"]):
        who = (lead.start("who"), lead.end("who"))
        dates = _days(text, start, who[0] - 1)
        if all(_name_like(text[a:b]) for a, b in _between(start, who[0] - 1, dates)):
            return Imprint(source=who, dates=dates, credit=True)
    lead = _DATELINE.match(text, start, stop)
    if lead is None:
        return None
    first, last = lead.start("lead"), lead.end("lead")
    agency = _AGENCY.search(text, first, last)
    place_end = agency.start() if agency else last
    dates = _days(text, first, place_end)
    if not all(_name_like(text[a:b]) for a, b in _between(first, place_end, dates)):
        return None
    source = (agency.start("who"), agency.end("who")) if agency else _outlet_within(text, first, place_end)
    return Imprint(source=source, dates=dates, credit=source is not None)


def _days(text: str, start: int, end: int) -> tuple[DateMention, ...]:
    return tuple(mention for mention in find_dates(text, start, end) if mention.precision == "day")


# The agency names itself at the very beginning, whatever divides it from the text.
_AGENCY_LEAD = pattern(
    r"(?:\p{Lu}[^.!?:;()]{1,60}(?:\.[^.!?:;()]{1,40})?)?[(/](?P<who>\pL[^()/]{1,40})[)/]\s*[-–—:]*\s"
)
_DATELINE = pattern(
    r"[\[(]?(?P<lead>[“\"]?[\p{Lu}\d][^.!?:;–—]{1,60}(?:\.[^.!?:;–—]{1,40}){0,3}?\)?)(?:[*_]*\s*[–—]\s*|[*_]*\s+--?\s+|\)\s*-\s*|:\s|\]\s*)"
)
_AGENCY = pattern(r"\((?P<who>[\pL][^()]{1,40})\)\s*$")


def outlet_like(name: str) -> bool:
    """Whether a name reads as that of a news outlet: one that is known, one that ends or begins as such names do, or a
    `CamelCase` one."""
    stripped = name.strip(_EDGES)
    if known_outlet(stripped):
        return True
    parts = [token.norm for token in tokenise(stripped) if token.kind == "word"]
    nouns = mapping("outlet_nouns")
    if len(parts) > 2 and parts[-1] == "service" and parts[-2] in {"news", "press", "wire"}:
        return True
    named = len(parts) > 1 and (parts[-1] in nouns or nouns.get(parts[0]) == "first or last")
    return named or _INNER_CAPITAL.search(stripped) is not None


def known_outlet(name: str) -> bool:
    """Whether the name is that of an outlet in the lexicon, as copy writes it."""
    return name.casefold() in mapping("outlets")


def is_person(line: str) -> bool:
    """Whether a line can be a writer's name, with or without the place written from: `Ana Reis in Porto`."""
    who = _FROM_PLACE.split(line.strip(_EDGES), maxsplit=1)[0]
    parts = [token for token in tokenise(who) if token.kind == "word"]
    return (
        1 < len(parts) <= 5
        and not any(c.isdigit() or c in "&:[]{}<>" for c in line)
        and not is_label(who)
        and all(token.capitalised or token.norm in PARTICLES | {"and"} for token in parts)
        and parts[0].norm not in words("closed_class")
    )


def name_like(line: str, most: int) -> bool:
    """Whether a line is nothing but a name of at most `most` words."""
    count = sum(token.kind == "word" for token in tokenise(line))
    return (
        0 < count <= most
        and not any(c.isdigit() or c in "[]{}<>" for c in line)
        and line[-1] not in '.!?…:;”"'
        and _name_like(line)
    )


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in _SEPARATOR.finditer(text, start, end):
        yield at, match.start()
        at = max(match.start("kept"), match.start("next"))
        at = at if at >= 0 else match.end()
    yield at, end


def _piece(text: str, start: int, end: int, found: Imprint) -> Imprint | None:
    """The imprint with what one piece of the line adds to it; None where the piece signs and credits nobody."""
    start, end = trimmed(text, start, end)
    if match := _BYLINE.fullmatch(text, start, end):
        return _signed(text, start, match.start("who"), end, found)
    if (match := _BARE_BYLINE.fullmatch(text, start, end)) and not _LONE_NAME.match(match["who"]):
        return _signed(text, start, match.start("who"), end, found)
    if (match := _WITH.fullmatch(text, start, end)) and all(map(known_outlet, _LISTED.split(match["who"]))):
        return replace(found, source=found.source or (match.start("who"), end), credit=True)
    if match := _SOURCE.fullmatch(text, start, end):
        return _credited(text, match.start("who"), end, found, labelled=":" in text[start : match.start("who")])
    last = min((mention.start for mention in found.dates if start <= mention.start < end), default=end)
    start, end = trimmed(text, start, last)
    if _DESK_CUE.search(text, start, end) and (match := _DESK.fullmatch(text, start, end)):
        outlet = trimmed(text, match.start("outlet"), end) if match["outlet"] else None
        byline = trimmed(text, start, outlet[0] if outlet else end)
        return replace(found, byline=found.byline or byline, source=found.source or outlet, credit=True)
    if _has_post(text[start:end]):
        return replace(found, byline=found.byline or (start, end), credit=True)
    return None


def _names(text: str, start: int, end: int, dates: tuple[DateMention, ...], *, loose: bool) -> list[Span] | None:
    """What a piece holds beside dates and times: places and outlets; None where it is prose. Between bars, beside a
    date, any few words will do (`loose`)."""
    here = [mention for mention in dates if start <= mention.start < end]
    rests = [_unstamped(text, first, last) for first, last in _between(start, end, here)]
    rests = [(first, last) for first, last in rests if first < last]
    if loose and not here and len(text[start:end].split()) <= MOST_WORDS // 2:
        return rests
    if sum(len(text[slice(*rest)].split()) for rest in rests) > MOST_WORDS:
        return None
    return rests if all(_name_like(text[slice(*rest)]) for rest in rests) else None


def _signed(text: str, start: int, first: int, end: int, found: Imprint) -> Imprint | None:
    """A byline: `first:end` holds the name, and perhaps an outlet and a date after it."""
    last = min((mention.start for mention in found.dates if first <= mention.start < end), default=end)
    first, last = _before_day(text, first, last, dated=last < end)
    who = text[first:last]
    if first >= last or len(who.split()) > MOST_WORDS:
        return None
    named = (_name_like(who) or who.isalpha()) and who.split(maxsplit=1)[0].casefold() not in _ARTICLES
    if not (named or _has_post(who) or _DESK.fullmatch(who) or (_name_like(who) and outlet_like(who))):
        return None
    if _PICTURES.match(text, start, end):
        return replace(found, credit=True)
    outlet = _OF_OUTLET.search(text, first, last)
    source = (first, last) if known_outlet(who) else None
    if outlet and (outlet["given"] or outlet_like(outlet["outlet"])):
        source, last = (outlet.start("outlet"), outlet.end("outlet")), outlet.start()
    return replace(found, byline=found.byline or (first, last), source=found.source or source, credit=True)


def _credited(text: str, first: int, end: int, found: Imprint, *, labelled: bool) -> Imprint | None:
    """A credit: `first:end` holds whom it is given to, with or without `a report by …`, and perhaps a date after it."""
    last = min((mention.start for mention in found.dates if first <= mention.start < end), default=end)
    first, last = _before_day(text, first, last, dated=last < end)
    if match := _LEAD_IN.match(text, first, last):
        first = match.end()
    if match := _LEAD_OUT.search(text, first, last):
        last = match.start()
    first, last = trimmed(text, first, last)
    if first >= last:
        return replace(found, credit=True)
    who = text[first:last]
    if len(who.split()) > MOST_WORDS or not (labelled or _name_like(who) or outlet_like(who) or _is_generic(who)):
        return None
    return replace(found, source=found.source or (first, last), credit=True)


def _before_day(text: str, first: int, last: int, *, dated: bool) -> Span:
    """Without the preposition of the date that follows: `Posted by Ana on`."""
    first, last = trimmed(text, first, last)
    return first, last - (len(" on") if dated and text[first:last].endswith(" on") else 0)


def _outlet_within(text: str, start: int, end: int) -> Span | None:
    """The first known outlet between the commas of `start:end`."""
    first = start
    for piece in text[start:end].split(","):
        span = trimmed(text, first, first + len(piece))
        if known_outlet(text[slice(*span)]):
            return span
        first += len(piece) + 1
    return None


def _unstamped(text: str, start: int, end: int) -> Span:
    """Without the words of a time stamp around a date: `Published`, `9:12 a.m. ET`, `(first posted`."""
    start, end = trimmed(text, start, end)
    match = _STAMP.match(text, start, end)
    return trimmed(text, match.end() if match else start, end)


def _between(start: int, end: int, dates: "tuple[DateMention, ...] | list[DateMention]") -> list[Span]:
    """What the dates leave of `start:end`."""
    edges = [start, *(edge for mention in dates for edge in (mention.start, mention.end)), end]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGES + "\r\n":
        start += 1
    while start < end and text[end - 1] in _EDGES + "\r\n":
        end -= 1
    return start, end


def _has_post(phrase: str) -> bool:
    """A name and, after a comma, a post in a newsroom."""
    match = _POST.fullmatch(phrase)
    return match is not None and _name_like(match["who"])


def _is_generic(phrase: str) -> bool:
    """A few words for sources that are not named: `news agencies`, `agency reports`, `local media`."""
    parts = [token.norm for token in tokenise(phrase) if token.kind == "word"]
    return (
        len(parts) <= GENERIC_WORDS and parts[-1:] != [] and parts[-1] in words("newsroom_roles") | {"media", "wires"}
    )


_JOINING = frozenset({"and", "for", "in", "of", "the", "at", "with", "on", "&", "a", "an"}) | PARTICLES


def _name_like(phrase: str) -> bool:
    """Whether every word is a name's: capitals, particles, and the few words that join names."""
    tokens = tokenise(phrase)
    return all(
        token.capitalised or token.norm in _JOINING or _is_second_syllable(tokens, at)
        for at, token in enumerate(tokens)
        if token.kind == "word"
    )


def _is_second_syllable(tokens: Sequence[Token], at: int) -> bool:
    """`Min-ji`, as Korean and Taiwanese given names are written."""
    return (
        at > 1
        and tokens[at - 1].text in HYPHENS
        and tokens[at - 1].end == tokens[at].start
        and tokens[at - 2].capitalised
    )
