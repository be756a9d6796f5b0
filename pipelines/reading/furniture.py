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
LABEL_WORDS = 3
LABEL_LENGTH = 40


def is_furniture(line: str) -> bool:
    """Whether the words alone say so, wherever the line stands."""
    return len(line) <= LONGEST and (_phrases().fullmatch(line) is not None or _is_toolbar(line))


def is_navigation(line: str) -> bool:
    """Whether a line above the article is a bar of labels (`News  Sport`) or a trail (`Home › Power › Hydro`)."""
    if len(line) > LONGEST or line[-1] in ".?!…":
        return False
    crumbs = _labels(line, _CRUMB)
    if crumbs:
        return len(crumbs) > 2 or is_label(crumbs[0])
    labels = _labels(line, _BAR)
    return len(labels) > 2 or (len(labels) == 2 and (line.isupper() or all(map(is_label, labels)) or _is_toolbar(line)))


def is_label(line: str) -> bool:
    """Whether the words are the name of a section or a label of an interface."""
    label = line.casefold()
    return label in words("interface_labels") or label in words("section_labels")


def _is_toolbar(line: str) -> bool:
    """Labels of an interface side by side, most of them known: `Save  Gift  Comments (12)`."""
    labels = _labels(line, _BAR)
    known = sum(label.rstrip(_COUNTER).casefold() in words("interface_labels") for label in labels)
    return bool(labels) and 2 * known >= len(labels) and (known > 1 or len(labels) == 2)


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
    return pattern(
        "(?:" + "|".join(f"(?:{entry})" for entry in entries("furniture")) + r")\s*[.:!…→›»]*", ignore_case=True
    )
