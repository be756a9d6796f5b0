"""What the lines of a plain-text article are: headline, headings, paragraphs, datelines, credits, captions, furniture.

A line's own words decide where they can (furniture, imprint, a paragraph's length); its place decides the rest: above
the first paragraph stand the headline and the imprint, between paragraphs headings, below the last one credits.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from pipelines.language.assistants import OPENER, is_preface, set_phrase
from pipelines.language.house import ANY, House
from pipelines.language.lexicons import words as lexicon
from pipelines.language.patterns import pattern
from pipelines.language.sentences import sentence_spans
from pipelines.language.tokens import Token, tokenise
from pipelines.reading import imprint
from pipelines.reading.article import Block, BlockKind
from pipelines.reading.furniture import is_button, is_furniture, is_kicker, is_label, is_navigation

HEADLINE_WORDS = 30
HEADING_WORDS = 12
# A paragraph is a line of this many words, or a shorter one that ends as a sentence does.
PARAGRAPH_WORDS = 20
# Nothing but a paragraph is longer than this (in characters): its words need not be counted.
LONGEST = 400
# Plain text wrapped by hand or by a mail program is no wider (in characters).
WIDEST = 100

_LINE = re.compile(r"[^\r\n]+")
_TERMINAL = re.compile(r"[.!?…:;][”’\"')\]*_]*$")
_MARKED = re.compile(r"(?:[-*+•▪●◦–—>|#]|\d{1,3}[.)])\s")
_PICTURE = pattern(
    r"^(?:(?:file\s+)?(?:photo|photograph|picture|image)|pictured|caption|above|below|graphic|map|chart)\s*[:|]\s.+|"
    r"^FILE\s*[–—-]+\s.+|"
    r".+[(\[](?:file\s+)?(?:photo|picture|image|photograph|credit|courtesy|handout)\b[^()\[\]]*[)\]]\.?$|"
    r".+(?:\bphoto|\bphotograph|\bimage|\bpicture)(?:\s+by\b|:)[^.:]{2,60}$|"
    r".+[(\[|]\s*[^()\[\]|]{2,40}(?:/|\bvia )\s*"
    r"(?:AP|AFP|EPA|Reuters|Getty(?: Images)?|[\pL ]{2,20} Images|dpa|Xinhua)\s*[)\]]?$",
    ignore_case=True,
)
_CAPTION_DATE = pattern(
    r",\s+(?:on\s+)?(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s+\d{1,2},)?\s+(?:19|20)\d\d\.?$"
)
_INTERJECTION = pattern(rf"{OPENER}[,!.:]*", ignore_case=True)
_QUOTES = "“”\"‘’'«»"
_OPENING = _QUOTES + "#<*_$€£¿¡&"
_QUESTIONS = frozenset({"what", "who", "how", "why", "when", "where"})
_PRONOUNS = frozenset({"i", "he", "she", "it", "we", "they", "you", "nobody", "nothing", "everyone", "there", "this"})


class Line(NamedTuple):
    """A line that holds more than white space, or several that a wrapped paragraph was broken into, without the white
    space around them: `words` is `text[start:end]`, `length` how many words it holds (None: too many for anything but a
    paragraph), `alone` whether a blank line, or nothing, stands above."""

    start: int
    end: int
    words: str
    length: int | None
    alone: bool

    @property
    def terminal(self) -> bool:
        return bool(_TERMINAL.search(self.words[-8:]))

    @property
    def paragraph(self) -> bool:
        """Whether its length alone makes it a paragraph."""
        return self.length is None or self.length >= PARAGRAPH_WORDS or (self.length > HEADING_WORDS and self.terminal)


def blocks(text: str, start: int = 0, house: House = ANY) -> list[Block]:
    """The blocks of `text[start:]`, in order: disjoint, stripped, and together all of it but white space (and a byte
    order mark). The house may know lines of its own pages."""
    lines = _unwrapped(text, _lines(text, start))
    kinds = [_own_kind(text, line, house) for line in lines]
    remarks = _remarks(lines, kinds)
    prose = (at for at, kind in enumerate(kinds) if kind == "paragraph" and at >= remarks)
    body = [at for at in prose if lines[at].paragraph or lines[at].terminal]
    first, last = (body[0], body[-1]) if body else (len(lines), len(lines))
    _settle_header(lines[:first], kinds)
    _settle_body(lines, kinds, first, last)
    return [Block(kind or "paragraph", line.start, line.end) for kind, line in zip(kinds, lines, strict=True)]


def _lines(text: str, start: int) -> list[Line]:
    lines: list[Line] = []
    begin = start + 1 if text.startswith("\ufeff", start) else start
    above = begin
    for match in _LINE.finditer(text, begin):
        words = match[0].strip()
        if words:
            first = match.start() + match[0].index(words[0])
            alone = not lines or _blank_between(text, above, first)
            lines.append(_line(text, first, first + len(words), alone=alone))
            above = first + len(words)
    return lines


def _line(text: str, start: int, end: int, *, alone: bool) -> Line:
    words = text[start:end]
    length = None if len(words) > LONGEST else len(words.split())
    return Line(start, end, words, length, alone)


def _blank_between(text: str, start: int, end: int) -> bool:
    gap = text[start:end].replace("\r\n", "\n")
    return gap.count("\n") + gap.count("\r") > 1


def _unwrapped(text: str, lines: list[Line]) -> list[Line]:
    """The lines, those of a paragraph joined where the text was wrapped at a width: most lines that another follows are
    so full that its first word had no room, and do not end a sentence."""
    width = max((len(line.words) for line in lines), default=0)
    if width > WIDEST:
        return lines
    pairs = [(a, b) for a, b in pairwise(lines) if not b.alone]
    full = [pair for pair in pairs if _full(*pair, width)]
    if len(full) < 3 or 5 * len(full) < 3 * len(pairs) or 2 * sum(a.terminal for a, _ in full) > len(full):
        return lines
    joined = lines[:1]
    for above, line in pairwise(lines):
        if not line.alone and _full(above, line, width):
            joined[-1] = _line(text, joined[-1].start, line.end, alone=joined[-1].alone)
        else:
            joined.append(line)
    return joined


def _full(above: Line, line: Line, width: int) -> bool:
    first = len(line.words.split(maxsplit=1)[0])
    slack = width // 8
    return not _MARKED.match(line.words) and len(above.words) + 1 + first > width - slack


def _own_kind(text: str, line: Line, house: House) -> BlockKind | None:
    """What the line's own words say that it is; None where its place must decide."""
    if line.length is None:
        return "paragraph"
    if house.is_furniture(line.words):
        return "furniture"
    prose = line.length > PARAGRAPH_WORDS and line.words[-1] == "." and line.words[0] not in "(["
    stated = None if prose else imprint.read(text, line.start, line.end)
    if stated is not None and (stated.credit or stated.dated):
        return "credit" if stated.credit else "dateline"
    if is_furniture(line.words):
        return "furniture"
    if stated is not None:
        return "dateline"
    if _is_picture_line(line):
        return "caption"
    return "paragraph" if line.paragraph or _MARKED.match(line.words) else None


def _remarks(lines: list[Line], kinds: list[BlockKind | None]) -> int:
    """How many lines at the top are a chat assistant's to the writer: no headline, though they stand where one does."""
    for at, line in enumerate(lines):
        if line.length is None or not _is_remark(line.words):
            return at
        kinds[at] = "paragraph"
    return len(lines)


def _is_remark(words: str) -> bool:
    return all(
        set_phrase(words, start, end) or is_preface(words, start, end) or _INTERJECTION.fullmatch(words, start, end)
        for start, end in sentence_spans(words)
    )


def _is_picture_line(line: Line) -> bool:
    """A sentence or two that say of a picture what it is, or whose."""
    short = line.length is not None and line.length <= 2 * PARAGRAPH_WORDS
    return short and _PICTURE.search(line.words) is not None and len(sentence_spans(line.words)) < 3


def _settle_header(lines: list[Line], kinds: list[BlockKind | None]) -> None:
    """What stands above the first paragraph: the headline, the labels above it, the names and the deck below it."""
    labels = [at for at in range(len(lines)) if kinds[at] is None and not is_navigation(lines[at].words)]
    named = [at for at in labels if lines[at].words.casefold() not in lexicon("kickers")]
    headline = next((at for at in named if not _is_masthead(lines[at].words)), named[0] if named else len(lines))
    for at, line in enumerate(lines):
        if kinds[at] is not None:
            continue
        if at == headline:
            kinds[at] = "headline"
        elif is_kicker(line.words) and not (is_button(line.words) and _beside_buttons(lines, kinds, at)):
            kinds[at] = "matter"
        elif at < headline:
            site = at in labels and not is_label(line.words) and imprint.outlet_like(line.words)
            kinds[at] = "credit" if site else "furniture"
        elif _is_outlets(line):
            kinds[at] = "credit"
        elif is_navigation(line.words) or is_button(line.words):
            kinds[at] = "furniture"
        elif _is_name(line, beside=_beside_imprint(kinds, at, len(lines)), last=at == len(lines) - 1):
            kinds[at] = "credit"
        elif at > headline and _is_caption(line):
            kinds[at] = "caption"
        else:
            kinds[at] = "paragraph" if line.terminal and line.words[-1] not in "?!" else "heading"


def _is_masthead(words: str) -> bool:
    """The name of a section or a site, which may stand above a headline."""
    name = imprint.name_like(words, 4)
    return is_label(words) or is_kicker(words) or (name and (imprint.outlet_like(words) or len(words.split()) == 1))


def _is_outlets(line: Line) -> bool:
    """Nothing but known outlets: `AFP`, `AFP/Reuters`."""
    return all(imprint.known_outlet(name.strip(" ().")) for name in re.split(r"[/,|]", line.words))


def _beside_imprint(kinds: list[BlockKind | None], at: int, end: int) -> bool:
    return any(kinds[near] in {"credit", "dateline", "furniture"} for near in (at - 1, at + 1) if 0 <= near < end)


def _beside_buttons(lines: list[Line], kinds: list[BlockKind | None], at: int) -> bool:
    near = [beside for beside in (at - 1, at + 1) if 0 <= beside < len(lines)]
    return any(kinds[beside] == "furniture" or is_button(lines[beside].words) for beside in near)


def _is_name(line: Line, *, beside: bool, last: bool) -> bool:
    """Whether the line is a name that signs the article: beside the imprint, or a person's right above the text."""
    return (beside and imprint.name_like(line.words, 5)) or (
        last and imprint.is_person(line.words) and not line.terminal
    )


def _settle_body(lines: list[Line], kinds: list[BlockKind | None], first: int, last: int) -> None:
    """What stands among and below the paragraphs: headings, short paragraphs, lists."""
    for at in range(first, len(lines)):
        line = lines[at]
        if kinds[at] == "dateline" and at < last and not _says_published(line):
            kinds[at] = None  # a day that heads an entry of a chronicle
        elif kinds[at] == "credit" and first + 1 < at < last and line.words.startswith("By "):
            kinds[at] = None  # a way or a deadline; a byline stands at an end, or below a standfirst
        elif kinds[at] is None and is_button(line.words) and (at > last or _beside_buttons(lines, kinds, at)):
            kinds[at] = "furniture"
        elif at > last and kinds[at] in {None, "paragraph"} and not line.terminal:
            kinds[at] = _foot_kind(line, kinds[at - 1], closing=at == len(lines) - 1)
    if "headline" in kinds[:first] and first < last and _is_caption(lines[first]) and lines[first + 1].paragraph:
        kinds[first] = "caption"
    _settle_lists(lines, kinds, first)
    for at in range(first, len(lines)):
        if kinds[at] is None:
            kinds[at] = "heading" if at < last and _is_heading(lines[at]) else "paragraph"
    _settle_stopped_headings(lines, kinds, first, last)


def _foot_kind(line: Line, above: BlockKind | None, *, closing: bool) -> BlockKind:
    """A line without an end below the last paragraph: agencies, a signature, or, below a label of the page, a title of
    another."""
    if _is_outlets(line) or (closing and above != "furniture" and _is_signature(line)):
        return "credit"
    return "furniture" if above == "furniture" else "paragraph"


def _is_signature(line: Line) -> bool:
    """A writer's or an agency's name that closes the article: `— Ana Reis, Porto`, `(Strait Press)`."""
    words = line.words.strip("*_()[]–—- ")
    return 0 < len(words) <= 60 and (imprint.is_person(words) or imprint.known_outlet(words))


def _settle_lists(lines: list[Line], kinds: list[BlockKind | None], first: int) -> None:
    """Three short lines in a row, and more, are a list, not headings."""
    run: list[int] = []
    for at in range(first, len(lines) + 1):
        if at < len(lines) and kinds[at] is None and not lines[at].terminal:
            run.append(at)
            continue
        for item in run if len(run) > 2 else ():
            kinds[item] = "paragraph"
        run = []


def _says_published(line: Line) -> bool:
    found = imprint.read(line.words, 0, len(line.words))
    return found is not None and found.dated


def _is_caption(line: Line) -> bool:
    """A picture's line between headline and text: one sentence that ends with a month and a year."""
    return (
        line.length is not None
        and line.length <= 2 * PARAGRAPH_WORDS
        and _CAPTION_DATE.search(line.words) is not None
        and len(sentence_spans(line.words)) == 1
    )


def _is_heading(line: Line) -> bool:
    if line.length is None or line.length > HEADLINE_WORDS or (line.terminal and line.words[-1] not in "?!"):
        return False
    quotation = line.words[0] in _QUOTES and line.words[-1] in _QUOTES
    return not quotation and (line.words[0].isalnum() or line.words[0] in _OPENING)


def _settle_stopped_headings(lines: list[Line], kinds: list[BlockKind | None], first: int, last: int) -> None:
    """A short line with a full stop is a heading by mistake, where the article has headings and it reads as one."""
    if sum(kind == "heading" for kind in kinds[first:]) < 2:
        return
    for at in range(first + 1, last):
        line = lines[at]
        if kinds[at] == "paragraph" and kinds[at + 1] == "paragraph" and line.alone and _reads_as_heading(line):
            kinds[at] = "heading"


def _reads_as_heading(line: Line) -> bool:
    if line.length is None or line.length > 8 or not line.words.endswith(".") or _MARKED.match(line.words):
        return False
    tokens = [token for token in tokenise(line.words) if token.kind == "word"]
    if not tokens:
        return False
    if tokens[0].norm in _QUESTIONS:
        return len(tokens) <= 5
    if tokens[0].norm in _PRONOUNS or any(
        token.norm in lexicon("auxiliaries") or "n't" in token.norm for token in tokens
    ):
        return False
    return _title_case(tokens) or len(tokens) <= 3


def _title_case(tokens: list[Token]) -> bool:
    return all(token.capitalised or token.norm in lexicon("closed_class") for token in tokens) and len(tokens) > 1
