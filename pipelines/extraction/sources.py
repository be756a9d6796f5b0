"""Sources: what the article attributes, whom it credits for the story, and the lists of sources that it cites."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.source_lists import LEAD_IN, Item, headed_lists, lists
from pipelines.extraction.voices import named_twice
from pipelines.language.dates import find_dates
from pipelines.language.lexicons import words
from pipelines.language.outlets import (
    OUTLET_FORMS,
    OUTLET_KINDS,
    PRESS_WORDS,
    WORKS,
    Named,
    named,
    press_name,
    source_key,
)
from pipelines.language.patterns import pattern
from pipelines.language.tokens import Token, tokenise
from pipelines.reading.metadata import imprints

# The opening is the first paragraph, and the second where the first is shorter than this (in words).
OPENING_WORDS = 40
# The foot begins with the last sentence of the last paragraph of this many words.
BODY_WORDS = 25
# A line that credits a story is short (in characters).
CREDIT_LENGTH = 200
# A clause is read for this many tokens.
CLAUSE = 60

_VERBS = frozenset(
    {"learned", "learnt", "report", "reported", "reporting", "reports", "revealed", "reveals", "said", "says", "writes"}
    | {"wrote"}
)
# Between an outlet and its verb: `has reported`, `news agency reported`.
_BEFORE_VERB = (
    frozenset({"also", "earlier", "exclusively", "first", "had", "has", "have", "is", "later", "was"})
    | OUTLET_KINDS
    | OUTLET_FORMS
    | PRESS_WORDS
)
# After the verb of an outlet that speaks of itself: `said it would cut`.
_OF_ITSELF = frozenset({"it", "its", "they", "their"})
_BY = frozenset({"cited", "disclosed", "noted", "obtained", "quoted", "reported", "revealed", "seen"})
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
_WORK = (
    r"(?:report|story|article|dispatch|despatch|piece|account|investigation|coverage|reporting|broadcast)(?:s|es|ies)?"
)
_REPORT_BY = (
    rf"(?:an?\s+|the\s+)?(?:\pL+\s+){{0,2}}{_WORK}\s+"
    r"(?:(?:first\s+|originally\s+)?(?:published|broadcast|carried|aired)\s+)?(?:by|from|in|of|on)\b"
)
_CREDIT = pattern(
    r"^[\s(\[*_•–—-]{0,4}(?:(?:(?:this|the|our)\s+)?(?:story|article|report|reporting|piece|account|text|item)\s+)?"
    r"(?:(?:is|was|has\s+been)\s+)?"
    r"(?:(?:(?:partly|largely|mainly|in\s+part)\s+)?(?:based\s+(?:up)?on|(?:draws|drew|relies|relied)\s+on"
    r"|(?:abridged|adapted|compiled|condensed|derived|drawn|excerpted|prepared|produced|provided|reported|reproduced|rewritten"
    r"|sourced|summari[sz]ed|supplied|taken|translated|written)\s+(?:(?:in\s+part|partly)\s+)?(?:by|from|with|using))\b"
    r"|(?:original|story|reporting)\s+by\b"
    r"|(?:(?:original|news|main|story)\s+)?(?:agency|credits?|sources?|story|text)\s*[*_]{0,2}:"
    r"|courtesy\b(?:\s+of\b)?:?|via\b:?|as\s+reported\s+(?:by|in)\b"
    r"|(?P<part>(?:(?:with|additional|including|some)\s+)+(?:agency\s+)?"
    r"(?:contributions?|copy|details|dispatches|files|information|inputs?|material|reporting|reports)\s+(?:by|from)"
    r"|(?:information|inputs?|material)\s+(?:for\s+this\s+\pL+\s+)?(?:came\s+)?(?:by|from))\b"
    r"|(?P<origin>(?:(?:first|originally)\s+(?:aired|appeared|broadcast|published)|re(?:printed|published))"
    r"\s+(?:by|from|in|on))\b"
    rf"|from\s+{_REPORT_BY})\s*[:*_]{{0,3}}\s*(?P<who>.*)",
    ignore_case=True,
)
# What begins the next credit of a line: `Reporting by X; Editing by Y`.
_OTHER_WORK = frozenset(
    {"additional", "edited", "editing", "reporting", "translated", "translation", "writing", "written"}
)
# How agencies' copy is signed where it ends: `… the minister said. — AFP`.
_SIGNED = pattern(
    r"(?:[—–]|\s--?|^)\s*(?P<who>\p{Lu}[^\s—–()\[\]][^—–()\[\]\n]{0,40}?)\.?$"
    r"|[(\[](?P<bracketed>\p{Lu}[^()\[\]\n]{1,40})[)\]]\.?$"
)
_HEAD_LABEL = pattern(
    r"^[\s*_]*(?:(?P<bracket>[(\[])|(?:(?:news|original)\s+)?(?:agency|credit|source)\s*[*_]*:)", ignore_case=True
)
_OF_A_REPORT = pattern(rf"\b{_WORK}\s+(?:by|of)[\s*_\[“\"]*(?:the[\s*_\[“\"]+)?$", ignore_case=True)
# What only an outlet is the author, or the place, of.
_OF_JOURNALISM = pattern(
    rf"\b(?:(?:story|article|dispatch|despatch|coverage|reporting|broadcast)(?:s|es)?\s+by|{_WORK}\s+(?P<in>in))"
    r"[\s*_\[“\"]*(?P<the>the[\s*_\[“\"]+)?$",
    ignore_case=True,
)
# The last word of an agency's name.
_AGENCIES = frozenset({"agency", "newswire", "service", "syndicate", "wire"})
# Agencies that credit a picture, not a story.
_PICTURES = pattern(
    r"\b(?:alamy|flickr|getty|images?|istock|photos?|pixabay|shutterstock|unsplash|wikimedia)\b", ignore_case=True
)
# A body whose report a story may rest on is no outlet.
_BODIES = (words("institution_words") - {"times"}) | {"campaign", "charity", "coalition", "embassy", "endowment"}
_BODIES |= {"forum", "nations", "network", "observatory", "project", "record", "register", "registry", "treasury"}
_FOREIGN_ARTICLES = frozenset({"al", "der", "die", "el", "il", "la", "las", "le", "les", "los", "o"})


class Place(NamedTuple):
    """Which blocks are the opening, and where the foot begins."""

    opening: frozenset[int]
    foot: int


def extract(document: Document) -> list[Row]:
    """Rows of the table `sources`, in order of place."""
    place = _place(document)
    rows = list(_opening_credits(document))
    for sentence in document.sentences:
        where = "opening" if sentence.block in place.opening else "foot" if sentence.start >= place.foot else "body"
        credit = list(_credits(document, sentence)) if sentence.start >= place.foot else []
        rows.extend(credit or _attributions(document, sentence, where))
        if not credit and sentence.start >= place.foot:
            rows.extend(_signature(document, sentence))
        found = lists(document.text, sentence.start, sentence.end, sentence.tokens)
        rows.extend(_citations(document, found, where))
    rows.extend(_citations(document, headed_lists(document.text), "foot"))
    return sorted(rows, key=lambda row: (row["start"], row["end"], row["kind"]))


def _place(document: Document) -> Place:
    lengths: dict[int, int] = {}
    last: dict[int, Sentence] = {}
    for sentence in document.sentences:
        if sentence.kind == "paragraph":
            count = [token.kind for token in sentence.tokens].count("word")
            lengths[sentence.block] = lengths.get(sentence.block, 0) + count
            last[sentence.block] = sentence
    first = list(lengths)[:2]
    opening = first[:1] if first and lengths[first[0]] >= OPENING_WORDS else first
    body = [block for block, length in lengths.items() if length >= BODY_WORDS]
    return Place(frozenset(opening), last[body[-1]].start if body else 0)


def _opening_credits(document: Document) -> Iterator[Row]:
    """Whose story it is by its own head: the source in the front matter, a line for it, the agency in the dateline."""
    text, stated = document.text, document.article.source
    if stated and stated.place == "front matter":
        yield _opening_credit(document, stated.start, stated.end, "imprint")
    for place, found in imprints(text, document.article.blocks):
        who = found.source or found.byline
        if place == "header" and who and _signs_alone(text, *who):
            yield _opening_credit(document, *who, "agency")
        if found.source is None or found.byline is not None or place == "footer":
            continue
        start, end = found.source
        label = _HEAD_LABEL.match(text, text.rfind("\n", 0, start) + 1, end)
        if place == "dateline" or label:
            agency = label is None or label["bracket"] is not None
            yield _opening_credit(document, start, end, "agency" if agency else "imprint")


def _signs_alone(text: str, start: int, end: int) -> bool:
    """Whether a line holds nothing but the name of an agency: `Fjord Sports Service`."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    name = tokenise(text, start, end)
    return line.strip(" *_()[]") == text[start:end] and len(name) > 1 and name[-1].norm in _AGENCIES


def _opening_credit(document: Document, start: int, end: int, role: str) -> Row:
    written = document.text[start:end]
    known = named(tokenise(written))
    outlet = (known[0].outlet if len(known) == 1 else None) or written
    return _row(document, start, end, "credit", "opening", outlet, written, role=role)


def _signature(document: Document, sentence: Sentence) -> Iterator[Row]:
    """The agencies that sign the copy where it ends: `— AFP`, `(Reuters)`."""
    match = _SIGNED.search(document.text, max(sentence.start, sentence.end - CREDIT_LENGTH // 2), sentence.end)
    if match is None:
        return
    group = "who" if match["who"] else "bracketed"
    tokens = tokenise(document.text, match.start(group), match.end(group))
    names = named(tokens)
    covered = sum(name.last - name.first for name in names if name.outlet)
    if covered and all(token.kind == "mark" for token in tokens[covered:]) and names[0].first == 0:
        for name in names:
            start, end = tokens[name.first].start, tokens[name.last - 1].end
            yield _row(document, start, end, "credit", "foot", name.outlet, document.text[start:end], role="signature")


def _credits(document: Document, sentence: Sentence) -> Iterator[Row]:
    """The outlets of a line that credits the whole story: `Source: …`, `Based on a report by …`."""
    if sentence.end - sentence.start > CREDIT_LENGTH:
        return
    match = _CREDIT.match(document.text, sentence.start, sentence.end)
    if match is None or _PICTURES.search(document.text, sentence.start, sentence.end):
        return
    listed = "sources" in document.text[match.start() : match.start("who")].casefold()
    role = "part" if match["part"] or listed else "origin" if match["origin"] else "whole"
    tokens = tokenise(document.text, match.start("who"), sentence.end)
    for name in named(tokens):
        if tokens[name.first].norm in _OTHER_WORK:
            return
        outlet = name.outlet or _outlet_by_frame(document.text[sentence.start : tokens[name.first].start], tokens, name)
        if outlet:
            written = document.text[tokens[name.first].start : tokens[name.last - 1].end]
            yield _row(document, sentence.start, sentence.end, "credit", "foot", outlet, written, role=role)


def _outlet_by_frame(before: str, tokens: Sequence[Token], name: Named) -> str | None:
    """A name that the line treats as an outlet: `Based on X coverage`, `From a report by X`, `combined dispatches, X`.

    Of a name that only begins as a known outlet does (`BBC Urdu`), any line makes one.
    """
    parts = [token for token in tokens[name.first : name.last] if token.kind == "word"]
    if not parts or parts[-1].norm in _BODIES or parts[0].norm in _BODIES:
        return None
    edition = bool(known := named(parts[:1])) and known[0].outlet is not None
    if edition or press_name([part.norm for part in parts], credited=True) or _framed(before, tokens, name, parts):
        return " ".join(part.text for part in parts)
    return None


def _framed(before: str, tokens: Sequence[Token], name: Named, parts: Sequence[Token]) -> bool:
    """Whether only an outlet can stand where the name does; what stands there alone in capitals may be any body."""
    if len(parts) == 1 and parts[0].text.isupper():
        return False
    if before.rstrip(" ,").casefold().endswith(("dispatches", "agencies")):
        return True
    if name.last < len(tokens) and tokens[name.last].norm in WORKS - {"report", "reports"}:
        return True
    if journalism := _OF_JOURNALISM.search(before):
        return bool(journalism["in"] or journalism["the"]) or len(parts) == 1
    titled = parts[0].norm in _FOREIGN_ARTICLES or (name.first > 0 and tokens[name.first - 1].text == "The")
    return _OF_A_REPORT.search(before) is not None and (len(parts) == 1 or titled)


def _attributions(document: Document, sentence: Sentence, where: str) -> Iterator[Row]:
    """Whom a sentence gives as its source: outlets (`according to …`, `… reported`), and any party named twice."""
    tokens = sentence.tokens
    if _CUES.isdisjoint(tokens.norms):
        return
    twice = named_twice(tokens)
    claims = {tokens[voice.first].start: twice[2] for voice in twice[:2]} if twice else {}
    for name, begin in _attributed(tokens):
        start, end = tokens[begin].start, tokens[_attributed_to(tokens, name) - 1].end
        dated = _dated(document, end, sentence)
        claim = claims.pop(start, None) or (_claim(tokens, begin, _attributed_to(tokens, name)) if dated else None)
        yield _row(
            document,
            start,
            end,
            "attribution",
            where,
            name.outlet,
            document.text[tokens[name.first].start : tokens[name.last - 1].end],
            role="attribution" if where == "opening" and not document.quoted(start, end) else None,
            dated=dated,
            claim=claim,
        )
    for voice in twice[:2] if twice else ():
        start, end = tokens[voice.first].start, tokens[voice.last - 1].end
        if start in claims:
            party = document.text[tokens[voice.party].start : tokens[voice.end - 1].end]
            yield _row(document, start, end, "attribution", where, None, party, claim=claims[start])


_CUES = _VERBS | WORKS | {"according", "citing", "quoting", "found", "stated"} | _BY


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
    follows = next((token.norm for token in tokens[name.last : name.last + 2] if token.text not in {"’", "'"}), None)
    if follows in _OWN_FIGURES:
        return None
    at = name.first
    while at > 0 and name.first - at < 10 and _leads_in(tokens, at - 1):
        at -= 1
    if at > 1 and tokens[at - 1].norm == "to" and tokens[at - 2].norm == "according":
        return at - 2
    if at > 0 and tokens[at - 1].norm in {"citing", "quoting"}:
        return at - 1
    if at > 0 and tokens[at - 1].norm in _BY and tokens[at].norm in {"by", "in"}:
        begin = at - 1
        while begin > 0 and tokens[begin - 1].norm in {"as", "first"}:
            begin -= 1
        return begin
    for verb in (at, at - 1):
        if verb > 0 and tokens[verb].norm in _VERBS and tokens[verb - 1].text in _CLAUSE_ENDS and _closes(tokens, name):
            return verb
    indefinite = name.first > 0 and tokens[name.first - 1].norm in {"a", "an"}
    return name.first if _verb_after(tokens, name.last) and not indefinite else None


_CLAUSE_ENDS = frozenset({",", "”", "’", '"', "—", "–"})


def _closes(tokens: Sequence[Token], name: Named) -> bool:
    """Whether a clause ends with the name: `…, reports the Ledger.`"""
    return name.last >= len(tokens) or tokens[name.last].kind == "mark"


def _verb_after(tokens: Sequence[Token], at: int) -> int | None:
    """The place of the verb by which the outlet before `at` tells what it says of others: `has also reported`."""
    while at < len(tokens) and (tokens[at].norm in _BEFORE_VERB or tokens[at].text in _MARKUP):
        at += 1
    if at >= len(tokens) or tokens[at].norm not in _VERBS:
        return None
    return None if at + 1 < len(tokens) and tokens[at + 1].norm in _OF_ITSELF else at


_MARKUP = frozenset({"*", "_", "]", "”", "’", "'"})


def _leads_in(tokens: Sequence[Token], at: int) -> bool:
    """`report by the state news agency`, and a nationality before such a word: `Chinese state media`."""
    if tokens[at].norm in LEAD_IN:
        return True
    return tokens[at].capitalised and tokens[at].norm not in words("closed_class") and tokens[at + 1].norm in LEAD_IN


def _attributed_to(tokens: Sequence[Token], name: Named) -> int:
    verb = _verb_after(tokens, name.last)
    at = name.last if verb is None else verb
    while at < len(tokens) and at < name.last + 4 and tokens[at].norm in _VERBS | WORKS:
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


def _citations(document: Document, found: Iterable[tuple[int, list[Item]]], where: str) -> Iterator[Row]:
    """Every entry of the lists of sources."""
    for start, items in found:
        for item in items:
            name = document.text[item.start : item.end]
            yield _row(document, item.start, item.end, "citation", where, item.outlet, name, citation=start)


def _row(
    document: Document,
    start: int,
    end: int,
    kind: str,
    place: str,
    outlet: str | None,
    name: str,
    *,
    role: str | None = None,
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
        story=role is not None,
        role=role,
        citation=citation,
        dated=dated,
        claim=claim,
    )
