"""Furniture: lines of a web page that came along with the article, known by their words or by their shape."""

from functools import cache

from pipelines.language.lexicons import entries, words
from pipelines.language.patterns import Pattern, pattern
from pipelines.language.tokens import tokenise

# No label of an interface is longer (in characters).
LONGEST = 240

_BAR = pattern(r"\s*[|•·▪/]\s*|\s{2,}|\t")
_CRUMB = pattern(r"\s*[›»▸►→>]\s*")
_COUNTER = "0123456789.,() "
_EMPHASIS = "*_ "
_LINK = pattern(r"\[(?P<words>[^\[\]]*)\]\([^()\s]*\)")
# What an interface adds to a label: how many, what happens, who may.
_NOTE = (
    r"\s*\((?:\d[\d,.]*\s?k?|[^()]*\b(?:log(?:ged)?|sign(?:ed)?|regist\w+|requir\w+|subscri\w+|members?|account|opens?|closed|"
    r"disabled|moderated|window|tab|pdf|mins?|minutes?|optional|free|external|beta)\b[^()]*)\)"
)
_NOTED = pattern(_NOTE + "$", ignore_case=True)
LABEL_WORDS = 3
LABEL_LENGTH = 40


def is_furniture(line: str) -> bool:
    """Whether the words alone say so, wherever the line stands."""
    if len(line) > LONGEST:
        return False
    link = _LINK.fullmatch(line) if line[:1] == "[" else None
    shown = (link["words"] if link else line).strip(_EMPHASIS)
    return any(_phrases().fullmatch(words) for words in dict.fromkeys((line, shown))) or _is_toolbar(line, least=2)


def is_navigation(line: str) -> bool:
    """Whether a line above the article is a bar of labels (`News  Sport`) or a trail (`Home › Power › Hydro`)."""
    if len(line) > LONGEST or line[-1] in ".?!…":
        return False
    crumbs = _labels(line, _CRUMB)
    if crumbs:
        return len(crumbs) > 2 or is_label(crumbs[0])
    labels = _labels(line, _BAR)
    known = sum(map(is_label, labels))
    return (len(labels) > 2 and known > 0) or (len(labels) == 2 and known == 2) or _is_toolbar(line, least=1)


def is_label(line: str) -> bool:
    """Whether the words are the name of a section, a label of an interface or a kicker."""
    return is_button(line) or _bare(line) in words("section_labels") | words("kickers")


def is_button(line: str) -> bool:
    """Whether the words are a label of an interface: beside an article a button, elsewhere perhaps a heading."""
    return _bare(line) in words("interface_labels")


def is_kicker(line: str) -> bool:
    """Whether the words are the paper's own label of the piece: `COMMENT`, `The Harbour Interview`."""
    if len(line) > LABEL_LENGTH:
        return False
    kickers = words("kickers")
    if _bare(line) in kickers:
        return True
    labels = [_bare(label) for label in _labels(line, _BAR)]
    if len(labels) == 2:
        return any(label in kickers for label in labels) and all(map(is_label, labels))
    parts = _bare(line).split()
    return 1 < len(parts) <= LABEL_WORDS and parts[-1] in kickers and all(word[0].isupper() for word in line.split())


def _bare(label: str) -> str:
    label = label.strip(_EMPHASIS + ":")
    note = _NOTED.search(label)
    return (label[: note.start()] if note else label).casefold()


def _is_toolbar(line: str, least: int) -> bool:
    """Labels of an interface side by side, at least half of them known: `Save  Gift  Comments (12)`."""
    labels = _labels(line, _BAR)
    known = sum(is_button(label.rstrip(_COUNTER)) or _phrases().fullmatch(label) is not None for label in labels)
    return len(labels) > 1 and 2 * known >= len(labels) and known >= least


def _labels(line: str, separator: Pattern) -> list[str]:
    """The two or more labels that the line consists of; none where a piece of it is no label."""
    edges = [0, *(edge for match in separator.finditer(line) for edge in (match.start(), match.end())), len(line)]
    pieces = [line[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return pieces if len(pieces) > 1 and all(_fits(piece) for piece in pieces) else []


def _fits(piece: str) -> bool:
    if len(piece) > LABEL_LENGTH:
        return False
    tokens = [token for token in tokenise(piece) if token.kind != "mark"]
    return 0 < len(tokens) <= LABEL_WORDS and (
        tokens[0].kind == "number" or tokens[0].text[0].isupper() or is_label(piece)
    )


@cache
def _phrases() -> Pattern:
    phrases = "|".join(f"(?:{entry})" for entry in entries("furniture"))
    return pattern(rf"[←‹«▲▼↑✕×+>\s]*(?:{phrases})(?:{_NOTE})?\s*[.:!…→›»]*", ignore_case=True)
