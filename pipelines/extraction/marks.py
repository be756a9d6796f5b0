"""Marks of the article: what stands in it and is not prose. Open slots, citation chips, addresses, parentheses.

Three passes over each block (brackets, words, addresses) find candidates, none longer than a line or two; what is wrong
with one is decided from its own words, and from the words beside it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from itertools import takewhile
from typing import NamedTuple

import pycountry

from pipelines.extraction import damage, delimiters, markup, remarks
from pipelines.extraction.document import Document, Row
from pipelines.extraction.mark import Mark
from pipelines.language.lexicons import words
from pipelines.language.patterns import Match, Pattern, pattern
from pipelines.language.tokens import Token, tokenise
from pipelines.reading import imprint
from pipelines.reading.article import PROSE, Block, BlockKind


class Aside(NamedTuple):
    """Words in brackets of one sort, with the block that they stand in."""

    text: str
    bracket: str
    start: int
    end: int
    block: Block
    quoted: bool
    closing: bool  # no prose follows it in the article

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    @property
    def inner(self) -> str:
        """The words of the first brackets, without them."""
        return _INNER.sub(r"\1", self.words, count=1).strip()

    @property
    def before(self) -> str:
        return self.text[max(self.block.start, self.start - 40) : self.start]

    @property
    def ends_clause(self) -> bool:
        return self.end >= self.block.end or self.text[self.end] in ".,;:!?\r\n"

    @property
    def in_dateline(self) -> bool:
        following = self.text[self.end : self.end + 3].lstrip()
        return self.end - self.block.start < imprint.LONGEST and following[:1] in set("–—-")


# An instruction is no longer; above this, brackets hold prose.
MOST_WORDS = 14
_PENDING_FAULT = "it was never filled in"
_FIELD_FAULT = "it names what should stand here"
_CHIP_FAULT = "a citation chip was left in the copy"
_NO_ENDING = "its host name has no ending"
_INNER = re.compile(r"[\[({<$【]{1,3}([^\])}>】]*)[\])}>】]{1,2}.*", re.DOTALL)

_BRACKETED = pattern(
    r"(?P<link>!?\[[^\[\]]{0,200}\]\([^()\s]{0,500}\))"
    r"|(?P<square>(?:\[[^\[\]]{0,160}\])(?:\s?\[\^?\d{1,3}\])*)"
    r"|(?P<brace>\$?\{\{?[^{}]{1,160}\}\}?)"
    r"|(?P<angle><[^<>]{1,80}>)"
    r"|(?P<lens>【[^【】]{1,80}】)"
    r"|(?P<round>\([^()]{0,240}\))"
)
_BRACKETS = ("link", "square", "brace", "angle", "lens", "round")
_COUNTED = r"(?:sources?|links?|refs?|references|citations?|outlets?|articles?|results?|sites?)"

# ---- slots

_VERBS = (
    r"(?:insert|add|fill(?: in)?|enter|supply|provide|confirm|check|verify|ask|replace|complete|look up|find out|"
    r"double-check|fact-check|expand|rewrite)"
)
_INSTRUCTION = pattern(
    rf"(?:^|[:,;–—-]\s*)(?:please\s+)?{_VERBS}\b|\b(?:goes|your \pL+|name|figure|number|quote|caption|headline) here$",
    ignore_case=True,
)
_INSERT = pattern(
    r"insert\s+(?:\pL+\s+){0,3}(?:name|figures?|number|amount|date|title|sum|quote|link|source|here)\b",
    ignore_case=True,
)
_TK = pattern(r"\b(?:tk|tktk|tbc|tbd)\b|^[?X_]{2,}$", ignore_case=True)
_PENDING = pattern(
    r"\b(?:tk|tktk|tbc|tbd|tba|awaited|pending)\b|^[?X_]{2,}$|\b(?:to come|to follow)$|"
    r"^(?:\pL+ ){0,2}(?:quotes?|quotations?|comments?|reactions?|responses?|statements?|figures?|numbers?|names?|"
    r"details?|lines?|totals?|amounts?|prices?|captions?|copy) to (?:come|follow)\b|"
    r"\bto (?:be )?"
    r"(?:add(?:ed)?|suppl(?:y|ied)|insert(?:ed)?|fill(?:ed)?(?: in)?|check(?:ed)?|verif(?:y|ied)|confirm(?:ed)?)$",
    ignore_case=True,
)
_BY_DESK = pattern(
    r"\bto be \pL+ by (?:the )?(?:\pL+ )?(?:desk|editors?|subs?|reporter|legal|newsroom)\b|"
    r"\b(?:desk|editors?|subs?|legal) to (?:confirm|check|verify|add|supply|fill)\b",
    ignore_case=True,
)
_SUM_PENDING = pattern(
    r"^(?:the )?(?:exact |final |full |total )?"
    r"(?:sum|figure|number|amount|names?|title|spelling|source|quote|percentage|total|count|age) "
    r"(?:is |are )?(?:to be (?:confirmed|decided|determined)|to come|missing|needed|awaited|here)\b",
    ignore_case=True,
)
_NOTE = pattern(
    r"[–—:-]\s*(?:check|confirm|verify|\?+)\s*\.?$|\bcheck(?: (?:spelling|name|figure|with .+))?\s*\??$",
    ignore_case=True,
)
_QUERY = pattern(
    r"(?:CHECK|VERIFY|CONFIRM)(?:\s[A-Z ]{1,40})?\??|sp\.?\s?\?|sic\?|"
    r"(?:check|confirm|verify|needs) "
    r"(?:spelling|sp|name|figures?|date|title|quote|number|source|sourcing|with (?:desk|legal|subs?))\??"
)
# What stands where a number or a word will: `[●] million`, `[ ] per cent`.
_EMPTY = frozenset({"", "●", "•", "*", "x", "X", "_", "-", "–", "#"})
_VALUE_AFTER = pattern(r"\s?(?:%|[\p{Ll}])")
# Notes that are for the reader.
_SIGNED_NOTES = ("editor", "ed.", "ed:", "correction", "update", "clarification", "note:")
_OF = pattern(r"^(?P<head>(?:\pL+\s+){0,3}\pL+)\s+(?:of|in|for|from|by)\s+(?:\pL+\s*){1,4}$", ignore_case=True)
_QUOTES_OPEN, _QUOTES_CLOSE = frozenset('“"‘«'), frozenset('”"’»')
_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "these", "those", "some", "any", "no"}
)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?>")
_SCALE = r"(?:per cent|percent|million|billion|trillion|thousand|hundred|crore|lakh)\b"
_PART = r"(?:headline|caption|text|copy|paragraph|quote|byline|description|standfirst|content)"
_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WORDS = pattern(
    r"(?P<blank>\b(?:19|20)__\b|[$€£¥₹]\s?_+|_{2,})"
    r"|(?P<sum>[$€£¥₹]\s?(?:[Xx]{2,5}(?:[.,][Xx]+)*(?:m|bn|tn|k)?\b|[Xx]\s(?:million|billion|trillion)\b|\?{2,}|#{2,})"
    rf"|[$€£¥₹]\s?(?:\.{{2,3}}|…|--|—|\?)\s?{_SCALE}|#{{2,}}\s{_SCALE}|(?:^|\s)\?\s{_SCALE})"
    r"|(?P<zeros>[$€£¥₹]\s?0{2,}(?:[.,]0+)*(?:m|bn|tn|k)?\b)"
    rf"|(?P<number>\b[Xx]{{1,5}}(?:[.,][Xx]{{1,3}})?\s?(?:%|{_SCALE})|\b[Xx]{{1,3}},(?:\d{{3}}|[Xx]{{3}})\b)"
    rf"|(?P<day>\b(?:XX|xx)\s{_MONTHS}\b|\b{_MONTHS}\sXX\b|\b(?:19|20)XX\b"
    r"|\b(?:XX|xx)[/.-](?:XX|xx|\d\d)[/.-](?:\d{2,4}|XXXX|xxxx)\b)"
    r"|(?P<crossed>\bX{4,}\b)"
    r"|(?P<count>\b(?:XX{1,4}|xx{1,4})\s\p{Ll}+)"
    r"|(?P<unknown>(?:^|\s)\?{2,}\s\p{Ll}+)"
    r"|(?P<tk>\b(?:TK){1,4}\b|\btktk\b)"
    r"|(?P<todo>\b(?:TODO|FIXME)\b|\bNOTE TO (?:SELF|DESK|SUBS?|LEGAL|EDITORS?)\s?:)"
    r"|(?P<pending>\b(?:TBC|TBD|TBA|tbc|tbd)\b)"
    r"|(?P<lorem>\b(?:[Ll]orem ipsum|[Dd]olor sit amet)\b[^.\r\n”\"]{0,200}|\b[Pp]laceholder (?:text|copy)\b)"
    r"|(?P<insert>\b(?:INSERT|ADD|ENTER)\s(?:[A-Z]+\s){1,4}HERE\b"
    r"|\b(?:MORE|COPY|QUOTES?|DETAILS?|CAPTION|HEADLINE|FIGURES?|NAMES?|COMMENT|REACTION|PICTURE) TO (?:COME|FOLLOW)\b"
    rf"|\b(?:[Ii]nsert|[Aa]dd|[Ee]nter|[Tt]ype)\s(?:(?:an?|the|your|some)\s)?(?:\pL+\s)?(?i:{_PART})\shere\b"
    rf"|\b(?i:{_PART})\s(?:goes|to go)\shere\b|\bYour {_PART} here\b)"
    r"|(?P<error>#(?:REF|VALUE|NAME|DIV/0|NUM|NULL)[!?]|#N/A\b|\[object Object\]|%[A-Z][A-Z_]{2,30}%|\bNaN\b)"
    rf"|(?P<button>[↗⧉🔗🌐]\s*\d+\s+{_COUNTED}\b)"
    r"|(?P<joined>\b[a-z][a-z\d-]{2,30}(?:\.[a-z]{2,6})*\+\d{1,2}\b)"
    r"|(?P<counted>(?:\p{Lu}[\pL’'.&-]*\s+){1,5}\+\s?\d{1,3}(?:\s*[|;,]\s*(?:\p{Lu}[\pL’'.&-]*\s+){1,5}(?:\+|plus)\s?\d{1,3})*)"
)
# Where two or three X count as a Roman numeral all the same.
_ROMAN = frozenset({"century", "centuries", "anniversary", "edition", "chromosome", "corps", "rated"})
_DEFINED = pattern(r"\p{Lu}[\pL’'-]*\s+\((?P<acronym>TK|TBC|TBD|TBA)\)")
_OPENS_VALUE = pattern(r"(?:[:–—(,-]|\b(?:is|are|was|were|be|at|of|remains?))$", ignore_case=True)

# ---- chips

_SOURCE_LABEL = pattern(
    r"(?:sources?|citations?|refs?|references?|(?:citation|source) needed|links?)\s*\d*", ignore_case=True
)
# What a wiki asks of its writers, and numbers that an assistant gave its sources.
_TAG_OF_WIKI = pattern(
    r"(?:(?:better|full|further|additional|non-primary|third-party)\s)?"
    r"(?:citations?|clarification|verification|quotation|page|year|sources?|definition|attribution|explanation|"
    r"translation|date)\s(?:is\s|are\s)?needed\b.*|"
    r"(?:when|who|where|which|why|how|by whom|according to whom|for whom|how many|vague|dubious|specify|"
    r"original research|unreliable source|self-published source)\s?\?|"
    r"(?:permanent\s)?dead link|failed verification|not in citation given|"
    r"(?:note|nb|n|fn|footnote)\s\d{1,3}|edit|weasel words|disputed(?:\s[–-].*)?|dubious(?:\s[–-].*)?|"
    r"cite(?:_start|_end)?|(?:cite|web|post|news|page|doc)\s?:\s?\d[\d,:\s]*|\d{1,3}†.*|\^\d{1,3}\^",
    ignore_case=True,
)
_BARE_LABEL = pattern(
    r"(?:see\s)?(?:sources?|citations?|links?|refs?)(?:\s(?:needed|\d+))?",
    ignore_case=True,
)
_HOST_NAME = pattern(r"(?:[a-z\d-]+\.)+[a-z]{2,}")
# A single name and a number: what it means where scores, polls or temperatures are told.
_NAME_COUNTED = pattern(r"(?P<name>\p{Lu}[\pL’'.&-]+(?:\s\p{Lu}[\pL’'.&-]+){1,4})\s?\+\s?[1-9]")
_SIGNED = pattern(r"[(\s,;][-−–]\d")
MOST_NAMES_COUNTED = 3
_SOURCE_NAMED = pattern(r"(?:sources?|citations?|refs?|references?|via|cited from)\s*:\s*\S.*", ignore_case=True)
_FOOTNOTES = pattern(r"(?:\[(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|\^\w{1,12})\]\s?)+")
_NOTE_NUMBER = pattern(r"\[\^?(?P<label>\w{1,12})\]")
_NOTE_LINE = pattern(r"(?m)^[ \t]*\[\^?(?P<label>\w{1,12})\]:?[ \t]+[^\[\s]")
_CARETS = pattern(r"\^\w+\s*[,;]")
_REFERENCES = pattern(rf"(?:^|[\s,;(])\+?\s?\d{{1,3}}\s+{_COUNTED}(?:$|[\s:,;])", ignore_case=True)
_PLUS = pattern(
    r"(?P<name>\pL[^,;|+×▪•·]*?)(?:\s*\+\s?|\s*×\s?|\s+x\s?|\s+plus\s+)\d{1,3}(?:$|[\s,;|▪•·])", ignore_case=True
)
_ENTRY = re.compile(r"\s*(?:[,;|▪•·/]|\s\+\s|\band\b)\s*")
_COUNT_ONLY = pattern(rf"\s*(?:[+×x]?\s?\d{{1,3}}(?:\s+(?:more|others|{_COUNTED}))?)?\s*", ignore_case=True)
_ZONE = pattern(r"\b(?:UTC|GMT|UT|CET|EET|MSK|EST|time|zone)\s*[+×]", ignore_case=True)
_HOST_FOR = pattern(
    r"(?:see\s+|visit\s+)?(?:https?://)?(?:[\pL\d-]+\.)+\pL{2,}(?:/\S*)?\s+for\s+(?:\pL+\s+){0,4}"
    r"(?:links?|details?|more|information|references?|sources?)",
    ignore_case=True,
)
_MEDIA_BEFORE = pattern(
    r"(?:papers?|newspapers?|networks?|outlets?|agencies|agency|media|channels?|broadcasters?|publications?|titles?|sites?|"
    r"websites?|magazines?|stations?|dailies|weeklies|press|organi[sz]ations?|groups?|companies|platforms?)\s*$",
    ignore_case=True,
)
_REFERRAL = pattern(
    r"(?:For (?:more|further|additional|full)\b[^.!?]{0,40}?,?\s"
    r"(?:see|visit|read|consult|check(?: out)?|refer to|go to)\s"
    r"|(?P<verb>See|Visit|Read|Check)\s(?:also\s)?)(?P<target>[^!?()]{3,160})"
)
_REFERRING = frozenset({"for", "see", "visit", "read", "check", "source", "sources"})
_FOR_MORE = pattern(r"\bfor (?:more|further|additional|links?|details|the full|full|information)\b", ignore_case=True)
_OR = re.compile(r",|;|\bor\b|\band\b")
# What stands beside an outlet where the reader is sent off: `or the club’s site`.
_OWN_SITE = pattern(
    r"\b(?:or|and) (?:[\pL’'-]+ ){1,5}"
    r"(?:websites?|sites?|web ?pages?|home ?pages?|pages?|portals?|channels?|feeds?|accounts?)\b",
    ignore_case=True,
)
_SOURCES_LINE = pattern(r"Sources?\s*:\s.{3,160}", ignore_case=True)
_MORE_OUTLETS = pattern(r"\(\d{1,3}\)|[+×]\s?\d|\b\d+ (?:more|others)\b|\band others\b", ignore_case=True)

# ---- addresses

_ADDRESS = pattern(
    r"(?i:\b(?:h{0,2}t{1,3}ps?|hxxps?|ftp)(?:[:;.]{0,2}[/\\]{1,3}|:)[^\s<>“”\"]+)"
    r"|(?i:\bw{2,4}[.,;]{1,2}[\pL\d][^\s<>“”\"]*)"
    r"|(?P<bare>[\pL\d](?:[\pL\d-]*[\pL\d])?(?:\.{1,2}[\pL\d](?:[\pL\d-]*[\pL\d])?)+/[^\s<>“”\"]*)"
)
_HOST_END = re.compile(r"[/?#]")
_SPLIT_HOST = pattern(r"\s\.?[\pL\d-]+(?:\.[\pL\d-]+)*\.\pL{2,}(?:/[^\s<>“”\"]*)?")
_SCHEME = pattern(r"^(?i:https?|ftp)://")
_SCHEME_ISH = pattern(r"^(?i:h{0,2}t{1,3}ps?|hxxps?|ftp)(?:[:;.]{0,2}[/\\]{1,3}|:)")
_HOST = pattern(
    r"(?:[\pL\d](?:[\pL\d_-]*[\pL\d])?\.)+(?:\pL{2,}|xn--[a-z\d-]+)(?::\d{1,5})?|(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?|localhost(?::\d+)?"
)
_TRAILING = ".,;:!?)]}'’”\"*_"
LONGEST_HOST = 253


_IN_BRACKETS = frozenset({"slot", "chip", "parenthetical"})


def extract(document: Document) -> list[Row]:
    """Rows of the table `marks`, in order of place; none inside a slot or chip that has a fault."""
    marks = [*_bracketed(document), *_worded(document), *_own(document), *_referrals(document), *_addresses(document)]
    for finder in (remarks, markup, damage, delimiters):
        marks += finder.find(document)
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    rows: list[Row] = []
    faulty_end = -1
    for mark in marks:
        if mark.end <= faulty_end and mark.kind in _IN_BRACKETS:
            continue
        if mark.fault and mark.kind in {"slot", "chip"}:
            faulty_end = max(faulty_end, mark.end)
        rows.append(document.row(mark.start, mark.end, kind=mark.kind, fault=mark.fault))
    return rows


def _found(document: Document, form: Pattern, *kinds: BlockKind) -> Iterator[tuple[Match, Block]]:
    """The matches of `form` in the text that stand in one block of these kinds, each with its block."""
    blocks = [block for _, block in document.blocks(*kinds)]
    at = 0
    for match in form.finditer(document.text):
        start = match.end() - len(match[0].lstrip())
        while at < len(blocks) and blocks[at].end <= start:
            at += 1
        if at < len(blocks) and blocks[at].start <= start and match.start() + len(match[0].rstrip()) <= blocks[at].end:
            yield match, blocks[at]


# ---- what stands in brackets


def _bracketed(document: Document) -> Iterator[Mark]:
    text = document.text
    noted = {match["label"] for match in _NOTE_LINE.finditer(text)} if "[" in text else frozenset()
    last = max((block.end for _, block in document.blocks("paragraph")), default=0)
    counted = _names_counted(document)
    for match, block in _found(document, _BRACKETED, *PROSE):
        bracket = next(name for name in _BRACKETS if match.start(name) >= 0)
        start, end = match.start(), match.end()
        if bracket == "link":
            shown = text[start + 1 : end].partition("]")[0]
            if text[start - 1 : start] == "(" and text[end : end + 1] == ")" and _HOST_NAME.fullmatch(shown):
                yield Mark(start - 1, end + 1, "chip", _CHIP_FAULT)
            continue
        filled = text[start - 1 : start] in _QUOTES_OPEN and text[end : end + 1] in _QUOTES_CLOSE
        quoted = document.quoted(start, end) and not filled  # an insertion has the speaker's words around it
        if (start, end) in counted and not quoted:
            yield Mark(start, end, "chip", _CHIP_FAULT)
            continue
        yield _judged(Aside(text, bracket, start, end, block, quoted=quoted, closing=end + 1 >= last), noted)


def _names_counted(document: Document) -> Collection[tuple[int, int]]:
    """Brackets with one name of several words and a count (`(Ostsee Wochenblick +1)`), where nothing in the article is
    scored, and the name stands nowhere else in it."""
    text = document.text
    if "+" not in text or _SIGNED.search(text):
        return ()
    found = [
        (match, block, named["name"])
        for match, block in _found(document, _BRACKETED, "paragraph")
        if (named := _NAME_COUNTED.fullmatch(match[0].strip("()[] "))) and not _ZONE.search(match[0])
    ]
    if len(found) > MOST_NAMES_COUNTED:
        return ()
    scored = words("scoring_words")
    return {
        (match.start(), match.end())
        for match, block, name in found
        if text.count(name) == 1
        and text[match.end() : match.end() + 1] in {"", ".", ",", ";", "\n", "\r"}
        and not any(token.norm in scored for token in tokenise(text[block.start : block.end]))
    }


def _judged(aside: Aside, noted: Collection[str]) -> Mark:
    """The brackets as a chip, a slot or a stray parenthesis; else with no fault."""
    kind = "parenthetical" if aside.bracket == "round" else "slot"
    for named, fault in (("chip", _chip_fault(aside, noted)), ("slot", _slot_fault(aside))):
        if fault:
            return Mark(aside.start, aside.end, named, fault)
    return Mark(aside.start, aside.end, kind, _stranded_fault(aside) if kind == "parenthetical" else None)


def _slot_fault(aside: Aside) -> str | None:
    """What the words in brackets leave to be filled in: an instruction, a field's name, a figure to come."""
    inner = aside.inner
    if aside.bracket == "square" and inner in _EMPTY:
        return _PENDING_FAULT if _holds_value(aside) else None
    if not inner or len(inner.split()) > MOST_WORDS:
        return None
    if aside.bracket == "round":
        strong = _SUM_PENDING.search(inner) or _BY_DESK.search(inner) or _INSERT.match(inner) or _TK.search(inner)
        if _QUERY.fullmatch(inner) and not aside.quoted:
            return "a query of the desk stands in the copy"
        if inner.isupper() and _follows_name(aside):
            return None  # an acronym, spelt out before
        field = inner.isupper() and _is_field(inner) and not aside.quoted
        return _PENDING_FAULT if strong else _FIELD_FAULT if field else None
    if aside.bracket == "angle":
        if (
            (_TAG.fullmatch(f"<{inner}>") and inner.casefold() in words("html_elements"))
            or not inner[0].isalnum()
            or set(inner) & set("@/=:")
        ):
            return None
        return _FIELD_FAULT if _is_field(inner) or _PENDING.search(inner) or _INSTRUCTION.search(inner) else None
    if aside.bracket == "brace":
        code = inner[0] in ":.#%" or set(inner) & set('\\"=;')
        return None if code or not any(c.isalpha() for c in inner) else _FIELD_FAULT
    if _PENDING.search(inner) and not inner.casefold().startswith(_SIGNED_NOTES):
        return _PENDING_FAULT
    if aside.quoted:
        return _FIELD_FAULT if inner.isupper() and _is_field(inner) else None
    if _INSTRUCTION.search(inner) or _NOTE.search(inner):
        return "an instruction to the writer stands in the copy"
    return _FIELD_FAULT if _is_field(inner) else None


def _holds_value(aside: Aside) -> bool:
    """Whether empty brackets stand amid a sentence, before a unit or a noun: not a box to tick, not code."""
    before, after = aside.before, aside.text[aside.end : aside.end + 2]
    sum_or_word = before[-1:] in set("$€£¥₹") or (before[-1:].isspace() and before.strip(" \t-*+•>") != "")
    return sum_or_word and _VALUE_AFTER.match(after) is not None and not aside.quoted


def _is_field(inner: str) -> bool:
    """Whether the words name what is to stand there: `name`, `number of seats`, `company name`."""
    parts = [token for token in tokenise(inner) if token.kind == "word"]
    if not parts or len(parts) > 5 or parts[0].norm in _DETERMINERS or any(c.isdigit() for c in inner):
        return False
    head = _OF.match(inner)
    noun = head["head"].split()[-1] if head else parts[-1].text
    return noun.casefold() in words("slot_nouns") and (inner.isupper() or not _proper(parts))


def _proper(parts: list[Token]) -> bool:
    """A capital inside, after words in lower case: a name, not a field."""
    return any(token.capitalised for token in parts[1:]) and not all(token.capitalised for token in parts)


def _follows_name(aside: Aside) -> bool:
    """Whether a capitalised word stands before, which letters in parentheses then shorten."""
    before = aside.text[max(aside.block.start, aside.start - 40) : aside.start].split()
    return bool(before) and before[-1][0].isupper()


def _chip_fault(aside: Aside, noted: Collection[str]) -> str | None:
    """What shows that the brackets are a citation of the machine or page that the copy came from."""
    inner = aside.inner
    if aside.bracket == "lens":
        return _CHIP_FAULT
    if not inner or aside.block.kind == "caption" or aside.in_dateline:
        return None
    if aside.bracket == "round":
        if _BARE_LABEL.fullmatch(inner) and aside.ends_clause and not aside.quoted:
            return _CHIP_FAULT
        return _outlets_fault(aside) or ("an address stands for a source" if _is_host_cited(inner) else None)
    if aside.quoted or aside.bracket == "angle":
        return None
    if aside.bracket == "square" and _FOOTNOTES.fullmatch(aside.words):
        labels = [match["label"] for match in _NOTE_NUMBER.finditer(aside.words)]
        return None if labels and all(label in noted for label in labels) else "the note that it refers to is not there"
    if (
        _SOURCE_LABEL.fullmatch(inner)
        or _TAG_OF_WIKI.fullmatch(inner)
        or _SOURCE_NAMED.fullmatch(inner)
        or _CARETS.match(inner)
        or _REFERENCES.search(inner)
    ):
        return _CHIP_FAULT
    return _outlets_fault(aside)


def _is_host_cited(inner: str) -> bool:
    """`en.wikipedia.org for links`, `reuters.com`, `reuters.com, quay.example`."""
    hosts = [host.strip() for host in re.split(r"[,;]", inner)]
    if all(_HOST_NAME.fullmatch(host) and _known_ending(host) for host in hosts):
        return len(hosts) > 1 or _is_outlet_host(hosts[0])
    return _HOST_FOR.fullmatch(inner) is not None


def _is_outlet_host(host: str) -> bool:
    """Whether a host is that of an outlet in the lexicon: `www.reuters.com`."""
    return _known_ending(host) and any(imprint.known_outlet(label) for label in host.split(".")[:-1] if len(label) > 2)


def _outlets_fault(aside: Aside) -> str | None:
    """Outlets in a row, with how many more there were, or with no word of what they say."""
    inner = aside.inner
    if _ZONE.search(inner):
        return None
    if any(imprint.outlet_like(match["name"]) for match in _PLUS.finditer(inner)):
        return _CHIP_FAULT
    pieces = _ENTRY.split(inner)
    names = [piece for piece in pieces if not _COUNT_ONLY.fullmatch(piece)]
    likely = sum(imprint.outlet_like(name) for name in names)
    known = sum(imprint.known_outlet(name) for name in names)
    if len(names) < len(pieces) and likely and (known or len(names) > 1):
        return _CHIP_FAULT
    if aside.bracket == "square":
        return _CHIP_FAULT if known and known + likely >= len(names) else None
    if (
        " + " in inner
        and (known or likely > 1)
        and len(names) > 1
        and all(imprint.name_like(name, 6) for name in names)
    ):
        return _CHIP_FAULT
    repeated = len({name.casefold() for name in names}) < len(names)
    listed = len(names) > 1 and known and (known == len(names) or repeated) and " and " not in inner
    if not listed or not aside.ends_clause or _MEDIA_BEFORE.search(aside.before) or (aside.closing and not repeated):
        return None
    return "a list of outlets stands for an attribution"


def _stranded_fault(aside: Aside) -> str | None:
    """Parentheses that hold nothing, or only words that lead to something which is not there."""
    inner = aside.inner
    if not inner.strip(" ,;.\u00a0"):
        called = aside.before[-1:].isalnum() or aside.before[-1:] in {"]", "_"}
        return None if called or "." in inner else "there is nothing in it"
    phrase = " ".join(inner.strip(" .,:;…").casefold().split())
    return "it leads to nothing" if phrase in words("stranded") and not inner.isupper() else None


# ---- words that hold a place


def _worded(document: Document) -> Iterator[Mark]:
    text = document.text
    defined = {match["acronym"] for match in _DEFINED.finditer(text)}
    for match, block in _found(document, _WORDS, *PROSE):
        kind = next(name for name in _WORD_KINDS if match.start(name) >= 0)
        start = match.end() - len(match[0].lstrip())
        end = start + len(match[0].strip())
        quoted = kind in _SUBJECTS and document.quoted(start, end)
        if not quoted and text[start:end] not in defined and _STANDS[kind](text, start, end, block):
            chip = kind in {"button", "joined", "counted"}
            yield Mark(start, end, "chip" if chip else "slot", _CHIP_FAULT if chip else _PENDING_FAULT)


def _own(document: Document) -> Iterator[Mark]:
    """The house's own placeholders."""
    if form := document.house.placeholder:
        for match, _ in _found(document, form, *PROSE):
            if not document.quoted(match.start(), match.end()):
                yield Mark(match.start(), match.end(), "slot", _PENDING_FAULT)


def _always(_text: str, _start: int, _end: int, _block: Block) -> bool:
    return True


def _is_blank(text: str, start: int, end: int, _block: Block) -> bool:
    """A blank in a line, and neither a rule across the page nor part of a name in code."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start:end] == "__" and not _VALUE_AFTER.match(text, end, end + 2):
        return False  # emphasis, or a name in code
    line_before = text[max(0, start - 40) : start].rpartition("\n")[2].strip()
    line_after = text[end : end + 40].partition("\n")[0].strip()
    return not (before.isalnum() or after.isalnum()) and bool(line_before or line_after)


def _is_all(text: str, _start: int, end: int, _block: Block) -> bool:
    """Nothing but noughts: no decimals follow."""
    return not (text[end : end + 1] in {".", ","} and text[end + 1 : end + 2].isdigit())


def _is_unfilled(text: str, start: int, end: int, block: Block) -> bool:
    """X for a digit, and not a Roman numeral: no name before it, no century after it."""
    if text[end - 1] == "%" and text[end - 2] in "xX" and text[start] in "xX":
        return not _after_name(text, start, block)
    following = text[start:end].split()[-1].casefold()
    return following not in _ROMAN and not _after_name(text, start, block) and text[start - 1 : start] not in {"-", "×"}


def _after_name(text: str, start: int, block: Block) -> bool:
    before = text[max(block.start, start - 40) : start].split()
    word = before[-1] if before else ""
    return word[:1].isdigit() or (word[:1].isupper() and word.casefold() not in words("closed_class"))


def _is_tk(text: str, start: int, end: int, _block: Block) -> bool:
    """`TK` on its own: no part of a code, and no name's beginning."""
    around = text[start - 1 : start] + text[end : end + 1]
    following = text[end : end + 2]
    return not set(around) & set("-‑–/&.’'") - {"."} and not (following[:1] == " " and following[1:].isupper())


def _is_open(text: str, start: int, end: int, block: Block) -> bool:
    """`TBC` where a value stands: after a colon, a dash or `is`, and before no word of a name or sentence."""
    before = text[max(block.start, start - 24) : start].rstrip()
    following = text[end : end + 2].lstrip(" ")
    return (start == block.start or bool(_OPENS_VALUE.search(before))) and not following[:1].isalnum()


def _is_outlets(text: str, start: int, end: int, _block: Block) -> bool:
    name = text[start:end].partition("+")[0]
    linked = text[end : end + 1] == "]"  # the words of a link
    return imprint.outlet_like(name) and not linked and not _ZONE.search(text, start, end)


def _is_joined(text: str, start: int, end: int, _block: Block) -> bool:
    """`reuters+2`, `reuters.com+2`: an outlet, or the name of its site."""
    name = text[start:end].partition("+")[0]
    return _is_outlet_host(name) if "." in name else imprint.known_outlet(name)


_STANDS: Mapping[str, Callable[[str, int, int, Block], bool]] = {
    "blank": _is_blank,
    "sum": _always,
    "zeros": _is_all,
    "number": _is_unfilled,
    "day": _always,
    "count": _is_unfilled,
    "crossed": _always,
    "unknown": _always,
    "tk": _is_tk,
    "todo": _always,
    "pending": _is_open,
    "lorem": _always,
    "insert": _always,
    "error": _always,
    "button": _always,
    "joined": _is_joined,
    "counted": _is_outlets,
}
_WORD_KINDS = tuple(_STANDS)
# What an article can be about, and then stands in quotation marks.
_SUBJECTS = frozenset({"tk", "todo", "pending", "lorem", "insert", "crossed", "error", "day"})


# ---- sentences that send the reader elsewhere


def _referrals(document: Document) -> Iterator[Mark]:
    for sentence in document.prose:
        if not sentence.tokens or sentence.tokens[0].norm not in _REFERRING:
            continue
        text, start, end = document.text, sentence.start, sentence.end
        if _SOURCES_LINE.fullmatch(text, start, end) and _MORE_OUTLETS.search(text, start, end):
            yield Mark(start, end, "chip", _CHIP_FAULT)
            continue
        match = _REFERRAL.match(text, start, end)
        if match is None or document.quoted(start, end) or _ADDRESS.search(text, match.start("target"), end):
            continue
        if match["verb"] and not _FOR_MORE.search(text, match.start("target"), end):
            continue
        names = [name for name in (_leading_name(piece) for piece in _OR.split(match["target"])) if name]
        elsewhere = len(names) > 1 or _OWN_SITE.search(match["target"]) is not None
        if any(map(imprint.known_outlet, names)) or (names and elsewhere and all(map(imprint.outlet_like, names))):
            yield Mark(start, match.start() + len(match[0].rstrip()), "chip", "it sends the reader to other outlets")


def _leading_name(piece: str) -> str:
    """The capitalised words that the piece begins with."""
    return " ".join(takewhile(lambda word: word[0].isupper(), piece.split())).strip(",;:")


# ---- addresses


def _addresses(document: Document) -> Iterator[Mark]:
    text = document.text
    for match, block in _found(document, _ADDRESS, *PROSE, "credit", "dateline"):
        start, end = match.start(), match.start() + len(match[0].rstrip(_TRAILING))
        if text[start - 1 : start] in {"@", "/", "\\"} or start >= end:
            continue
        bare = match.start("bare") >= 0
        if bare and not _known_ending(text[start : min(end, start + LONGEST_HOST)].partition("/")[0]):
            continue
        fault = _address_fault(text, start, end, bare=bare)
        rest = _SPLIT_HOST.match(text, match.end(), min(block.end, match.end() + LONGEST_HOST))
        if rest and (fault is _NO_ENDING or (fault is None and _ends_early(text[start:end], rest[0].strip()))):
            end, fault = start + len(text[start : rest.end()].rstrip(_TRAILING)), "a space breaks it"
        yield Mark(start, end, "address", fault)


def _address_fault(text: str, start: int, end: int, *, bare: bool) -> str | None:
    head = text[start : min(end, start + LONGEST_HOST)]
    if "\\" in head:
        return "it has backslashes"
    scheme = _SCHEME_ISH.match(head)
    if scheme and not _SCHEME.match(head):
        return "its scheme is broken"
    rest = head[scheme.end() :] if scheme else head
    if _SCHEME_ISH.match(rest):
        return "it has two schemes"
    host = _HOST_END.split(rest)[0].rpartition("@")[2].rstrip(_TRAILING)
    if "," in host or ";" in host:
        return "a comma stands where its host name needs a point"
    if ".." in host:
        return "its host name has two points in a row"
    if "." not in host.removeprefix("www.") and not host.startswith("localhost"):
        return _NO_ENDING
    if not _HOST.fullmatch(host):
        return "its host name is none"
    if not scheme and not host.casefold().startswith("www."):
        path = rest[len(host) :]
        if bare and "=" in path and "?" not in path:
            return "it is no address that opens"
    return None


def _ends_early(address: str, rest: str) -> bool:
    """Whether the host name ends as none does, and what follows a space as one: `https://fares.quay 25.example`."""
    scheme = _SCHEME.match(address)
    host = address[scheme.end() :] if scheme else ""
    return bool(host) and "/" not in host and not _known_ending(host) and _known_ending(_HOST_END.split(rest)[0])


def _known_ending(host: str) -> bool:
    ending = host.rpartition(".")[2]
    return ending == ending.lower() and ending in _endings()


@cache
def _endings() -> frozenset[str]:
    return words("top_level_domains") | {country.alpha_2.lower() for country in pycountry.countries}
