"""Sources: what the article attributes, whom it credits for the story, and the lists of sources that it cites."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.dates import find_dates
from pipelines.language.lexicons import words
from pipelines.language.outlets import OUTLET_KINDS, WORKS, Named, named, source_key
from pipelines.language.patterns import pattern
from pipelines.language.tokens import Token, tokenise

# The opening is the first paragraph, and the second where the first is shorter than this (in words).
OPENING_WORDS = 40
# The foot begins with the last sentence of the last paragraph of this many words.
BODY_WORDS = 25
# A line that credits a story is short (in characters).
CREDIT_LENGTH = 200
# A clause, or a list of sources in the running text, is read for this many tokens.
CLAUSE = 60

_VERBS = frozenset({"report", "reported", "reports", "said", "says", "writes", "wrote"})
# Between `according to` and the outlet: `a report by the state news agency`.
_LEAD_IN = (
    frozenset(
        {
            "a",
            "an",
            "the",
            "by",
            "from",
            "in",
            "of",
            "on",
            "account",
            "business",
            "financial",
            "local",
            "media",
            "national",
            "official",
            "service",
            "state",
            "wire",
            "website",
            "network",
            "newswire",
        }
    )
    | OUTLET_KINDS
    | WORKS
    | {"news", "run", "owned", "-"}
)
# After an outlet that speaks for a claim, not for the story: `according to a Reuters poll`.
_OWN_FIGURES = frozenset(
    {
        "analysis",
        "calculation",
        "calculations",
        "columnist",
        "count",
        "data",
        "editor",
        "estimate",
        "estimates",
        "figures",
        "index",
        "interview",
        "poll",
        "ranking",
        "research",
        "survey",
        "tally",
        "tracker",
    }
)
_REPORT_BY = r"(?:an?\s+|the\s+)?(?:report|story|article|dispatch|piece)s?\s+(?:by|from|in|of)\b"
_CREDIT = pattern(
    r"^[\s(\[*_•–—-]{0,4}(?:(?:this|the)\s+(?:story|article|report|piece)\s+(?:is|was|has\s+been)\s+)?"
    r"(?:(?:partly\s+)?(?:based\s+on|(?:adapted|compiled|condensed|drawn|reproduced|rewritten|taken|written)\s+(?:by|from))\b"
    r"|(?:original\s+)?(?:sources?|credits?)\s*:|courtesy\b(?:\s+of\b)?:?|via\b:?"
    r"|with\s+(?:additional\s+)?(?:agency\s+)?(?:files|information|inputs?|material|reporting)\s+(?:by|from)\b"
    rf"|from\s+{_REPORT_BY})\s*:?\s*(?P<who>.*)",
    ignore_case=True,
)
_OF_A_REPORT = pattern(rf"\b{_REPORT_BY}\s*$", ignore_case=True)
# Agencies that credit a picture, not a story.
_PICTURES = pattern(
    r"\b(?:alamy|flickr|getty|images?|istock|photos?|pixabay|shutterstock|unsplash|wikimedia)\b", ignore_case=True
)
# An institution whose report a story may rest on is no outlet.
_INSTITUTIONS = frozenset(
    {
        "agency",
        "army",
        "association",
        "authority",
        "bank",
        "board",
        "bureau",
        "centre",
        "center",
        "commission",
        "committee",
        "company",
        "council",
        "court",
        "department",
        "embassy",
        "foundation",
        "fund",
        "government",
        "group",
        "institute",
        "ministry",
        "nations",
        "office",
        "organisation",
        "organization",
        "parliament",
        "police",
        "union",
        "university",
    }
)
_FOREIGN_ARTICLES = frozenset({"al", "der", "die", "el", "il", "la", "las", "le", "les", "los", "o"})
_BRACKETED = pattern(r"[(\[](?P<items>[^()\[\]]{4,300})[)\]]")
_LISTED = pattern(r"(?:^|[\s(\[])Sources:\s*(?P<items>[^.\]\)\n]{4,300})")


class Place(NamedTuple):
    """Which blocks are the opening, and where the foot begins."""

    opening: frozenset[int]
    foot: int


class Item(NamedTuple):
    """A source in a list: `text[start:end]`."""

    start: int
    end: int
    outlet: str | None


def extract(document: Document) -> list[Row]:
    """Rows of the table `sources`, in order of place."""
    place = _place(document)
    rows: list[Row] = []
    for sentence in document.sentences:
        if sentence.start >= place.foot and (credit := list(_credits(document, sentence))):
            rows.extend(credit)
            continue
        where = "opening" if sentence.block in place.opening else "foot" if sentence.start >= place.foot else "body"
        rows.extend(_attributions(document, sentence, where))
        rows.extend(_citations(document, sentence, where))
    return sorted(rows, key=lambda row: (row["start"], row["end"], row["kind"]))


def _place(document: Document) -> Place:
    lengths: dict[int, int] = {}
    last: dict[int, Sentence] = {}
    for sentence in document.sentences:
        if sentence.kind == "paragraph":
            count = sum(token.kind == "word" for token in sentence.tokens)
            lengths[sentence.block] = lengths.get(sentence.block, 0) + count
            last[sentence.block] = sentence
    first = list(lengths)[:2]
    opening = first[:1] if first and lengths[first[0]] >= OPENING_WORDS else first
    body = [block for block, length in lengths.items() if length >= BODY_WORDS]
    return Place(frozenset(opening), last[body[-1]].start if body else 0)


def _credits(document: Document, sentence: Sentence) -> Iterator[Row]:
    """The outlets of a line that credits the whole story: `Source: …`, `Based on a report by …`."""
    if sentence.end - sentence.start > CREDIT_LENGTH:
        return
    match = _CREDIT.match(document.text, sentence.start, sentence.end)
    if match is None or _PICTURES.search(document.text, sentence.start, sentence.end):
        return
    tokens = tokenise(document.text, match.start("who"), sentence.end)
    for name in named(tokens):
        outlet = name.outlet or _outlet_by_frame(document.text[sentence.start : tokens[name.first].start], tokens, name)
        if outlet:
            written = document.text[tokens[name.first].start : tokens[name.last - 1].end]
            yield _row(document, sentence.start, sentence.end, "credit", "foot", outlet, written, story=True)


def _outlet_by_frame(before: str, tokens: Sequence[Token], name: Named) -> str | None:
    """A name that the line treats as an outlet: `Based on X coverage`, `From a report by X`, `combined dispatches, X`.

    Of a name that only begins as a known outlet does (`BBC Urdu`), any line makes one.
    """
    parts = [token for token in tokens[name.first : name.last] if token.kind == "word"]
    if not parts or parts[-1].norm in _INSTITUTIONS or parts[0].norm in _INSTITUTIONS:
        return None
    edition = bool(known := named(parts[:1])) and known[0].outlet is not None
    works = name.last < len(tokens) and tokens[name.last].norm in WORKS - {"report", "reports"}
    reports = _OF_A_REPORT.search(before) is not None
    titled = parts[0].norm in _FOREIGN_ARTICLES or (name.first > 0 and tokens[name.first - 1].text == "The")
    dispatches = before.rstrip(" ,").casefold().endswith(("dispatches", "agencies"))
    acronym = len(parts) == 1 and parts[0].text.isupper()
    if edition or (not acronym and (works or dispatches or (reports and (len(parts) == 1 or titled)))):
        return " ".join(part.text for part in parts)
    return None


def _attributions(document: Document, sentence: Sentence, where: str) -> Iterator[Row]:
    """Outlets that a sentence gives as its source: `according to …`, `… reported`, `as reported by …`, `a … report`."""
    tokens = sentence.tokens
    if not any(token.norm in _CUES for token in tokens):
        return
    for name, begin in _attributed(tokens):
        end = _attributed_to(tokens, name)
        story = where == "opening" and not document.quoted(tokens[begin].start, tokens[end - 1].end)
        dated = _dated(document, tokens[end - 1].end, sentence)
        yield _row(
            document,
            tokens[begin].start,
            tokens[end - 1].end,
            "attribution",
            where,
            name.outlet,
            document.text[tokens[name.first].start : tokens[name.last - 1].end],
            story=story,
            dated=dated,
            claim=_claim(tokens, begin, end) if dated else None,
        )


_CUES = _VERBS | WORKS | {"according"}


def _attributed(tokens: Sequence[Token]) -> Iterator[tuple[Named, int]]:
    """The outlets that the tokens attribute to, each with where the words that do so begin; lists share a beginning."""
    begin: int | None = None
    reached = 0
    for name in named(tokens):
        listed = all(token.text == "," or token.norm in {"and", "the"} for token in tokens[reached : name.first])
        own = _attributed_from(tokens, name) if name.outlet else None
        shared = begin if listed and name.outlet and begin is not None and name.first - begin < CLAUSE else None
        begin = shared if own is None else own
        reached = name.last
        if begin is not None:
            yield name, begin


def _attributed_from(tokens: Sequence[Token], name: Named) -> int | None:
    """Where the words that attribute to an outlet begin; none where it is not given as the source of what is told."""
    follows = [token.norm for token in tokens[name.last : name.last + 2] if token.text not in {"’", "'"}]
    if follows and follows[0] in _OWN_FIGURES:
        return None
    at = name.first
    while at > 0 and name.first - at < 10 and _leads_in(tokens, at - 1):
        at -= 1
    if at > 1 and tokens[at - 1].norm == "to" and tokens[at - 2].norm == "according":
        return at - 2
    if at > 0 and tokens[at - 1].norm in {"reported", "noted"} and tokens[at].norm in {"by", "in"}:
        return at - 2 if at > 1 and tokens[at - 2].norm == "as" else at - 1
    spoken = bool(follows) and follows[0] in _VERBS
    return name.first if spoken and not (name.first > 0 and tokens[name.first - 1].norm in {"a", "an"}) else None


def _leads_in(tokens: Sequence[Token], at: int) -> bool:
    """`report by the state news agency`, and a nationality before such a word: `Chinese state media`."""
    if tokens[at].norm in _LEAD_IN:
        return True
    return tokens[at].capitalised and tokens[at].norm not in words("closed_class") and tokens[at + 1].norm in _LEAD_IN


def _attributed_to(tokens: Sequence[Token], name: Named) -> int:
    at = name.last
    while at < len(tokens) and at < name.last + 2 and tokens[at].norm in _VERBS | WORKS:
        at += 1
    return at


def _dated(document: Document, end: int, sentence: Sentence) -> str | None:
    """The day that follows the attribution at once: `on November 12, 2024`."""
    follows = find_dates(document.text, end, min(sentence.end, end + 40))
    if not follows or follows[0].start > end + len(" dated ") or len(follows[0].readings) != 1:
        return None
    return follows[0].readings[0].isoformat()


def _claim(tokens: Sequence[Token], begin: int, end: int) -> str:
    """The content words of the clause that the attribution closes, or else of the clause that it opens."""
    clause = _content(_until_comma(tokens[max(0, begin - CLAUSE) : begin][::-1])) if begin else []
    if not clause:
        clause = _content(_until_comma(tokens[end : end + CLAUSE]))
    return " ".join(sorted(set(clause)))


def _until_comma(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens up to the first comma or its like that parts them from the next clause."""
    begun = False
    for token in tokens:
        if token.text in {",", ";", ":", "—", "–"}:
            if begun:
                return
            continue
        begun = True
        yield token


def _content(tokens: Iterator[Token]) -> list[str]:
    return [token.norm for token in tokens if token.kind == "word" and token.norm not in words("closed_class")]


def _citations(document: Document, sentence: Sentence, where: str) -> Iterator[Row]:
    """Every entry of every list of sources in a sentence."""
    for start, items in _lists(document, sentence):
        for item in items:
            name = document.text[item.start : item.end]
            yield _row(document, item.start, item.end, "citation", where, item.outlet, name, citation=start)


def _lists(document: Document, sentence: Sentence) -> Iterator[tuple[int, list[Item]]]:
    """Lists of sources, each with its start: in brackets, after `Sources:`, after `according to`."""
    text = document.text
    for match in _LISTED.finditer(text, sentence.start, sentence.end):
        yield match.start("items"), _items(text, match.start("items"), match.end("items"))
    for match in _BRACKETED.finditer(text, sentence.start, sentence.end):
        items = _items(text, match.start("items"), match.end("items"))
        if any(item.outlet for item in items) or _names_at_length(text, items):
            yield match.start("items"), items
    tokens = sentence.tokens
    for at in range(len(tokens) - 2):
        if tokens[at].norm == "according" and tokens[at + 1].norm == "to":
            yield tokens[at + 2].start, _named_in_a_row(tokens, at + 2)


def _items(text: str, start: int, end: int) -> list[Item]:
    """The names that a list is made of; nothing where any entry is more than a name."""
    marks = ";" if ";" in text[start:end] else ",;+|"
    items = []
    for begin, finish in _split(text, start, end, marks):
        tokens = tokenise(text, begin, finish)
        names = named(tokens)
        if (
            len(names) != 1
            or names[0].last != len(tokens)
            or any(t.norm not in _LEAD_IN for t in tokens[: names[0].first])
        ):
            return []
        items.append(Item(tokens[names[0].first].start, finish, names[0].outlet))
    return items if len(items) > 1 else []


def _split(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """The entries between the marks (and `and`, `&`), without white space and counts: `Reuters +2` is `Reuters`."""
    cuts = pattern(rf"(?:[{marks}]\s*)?\s(?:and|&)\s|\+\s*\d+|[{marks}]")
    at = start
    for match in (*cuts.finditer(text, start, end), None):
        finish = match.start() if match else end
        piece = text[at:finish]
        if piece.strip():
            begin = at + len(piece) - len(piece.lstrip())
            yield begin, begin + len(piece.strip())
        at = match.end() if match else end


def _names_at_length(text: str, items: list[Item]) -> bool:
    """Three or more names, one of several words among them twice: no itinerary and no score."""
    keys = [source_key(text[item.start : item.end]) for item in items]
    return len(keys) > 2 and any(" " in key and keys.count(key) > 1 for key in keys)


def _named_in_a_row(tokens: Sequence[Token], at: int) -> list[Item]:
    """The names after `according to`, parted by commas and `and`."""
    part = tokens[at : at + CLAUSE]
    part = part[: next((k for k, t in enumerate(part) if t.kind == "mark" and t.text not in _INNER), len(part))]
    items: list[Item] = []
    reached = 0
    for name in named(part):
        if any(t.text != "," and t.norm not in {"and", "the", "both"} for t in part[reached : name.first]):
            break
        items.append(Item(part[name.first].start, part[name.last - 1].end, name.outlet))
        reached = name.last
    return items if len(items) > 1 else []


_INNER = frozenset({",", "-", "&", ".", "’", "'"})


def _row(
    document: Document,
    start: int,
    end: int,
    kind: str,
    place: str,
    outlet: str | None,
    name: str,
    *,
    story: bool = False,
    citation: int | None = None,
    dated: str | None = None,
    claim: str | None = None,
) -> Row:
    return document.row(
        start,
        end,
        kind=kind,
        place=place,
        outlet=outlet,
        name=" ".join(name.split()),
        name_key=source_key(outlet or name),
        story=story,
        citation=citation,
        dated=dated,
        claim=claim,
    )
