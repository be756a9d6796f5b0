"""What the last paragraphs of an article say of the article itself: who wrote it, and when it was published.

Forms: the lines at the foot of opinion pages and magazines (`Ana Reis is the author of …`), the notes on a text that
stood elsewhere first (`A version of this article appeared on …`), and those on who helped (`contributed reporting`).
"""

from collections.abc import Iterable, Sequence

from pipelines.language.dates import DateMention, find_dates
from pipelines.language.lexicons import words
from pipelines.language.patterns import any_of, pattern
from pipelines.reading.article import Block

# How many paragraphs at the end are looked at, and how long one may be (in characters).
PARAGRAPHS = 2
LONGEST = 600

_NAME = r"\p{Lu}[\pL’'.-]*(?:\s+(?:\p{Lu}[\pL’'.-]*|(?-i:al|bin|da|de|del|den|der|di|dos|du|el|la|le|van|von)))+"
_TEXT = r"(?:article|story|report|piece|text|interview|column|post|essay|review|dispatch|analysis)"
_TRADE = (
    r"(?:author|co-author|writer|journalist|columnist|contributor|professor|lecturer|researcher|fellow|analyst|critic|"
    rf"novelist|historian|economist|poet|{any_of(sorted(words('newsroom_roles')))})"
)
_BYLINE = pattern(
    rf"[*_\[(–—\s-]*(?:(?P<name>{_NAME})[*_]*(?:,[^,.]{{1,60}},)?\s+(?:"
    rf"(?:is|was)\s+[^.]{{0,80}}?\b{_TRADE}\b|(?:writes|blogs|teaches|covers|lectures)\s|reports?\s+(?:on|from|for)\s|reported\s+from\s|"
    rf"contributed\s+(?:to\s+(?:this|the)\s+{_TEXT}|reporting))|"
    rf"[^.]{{0,80}}?\bcontributed\s+(?:to\s+(?:this|the)\s+{_TEXT}|reporting)|"
    r"(?:[Tt]he|[Tt]his)\s+(?:writer|author|columnist|reporter|correspondent)\s+(?:is|was|can|may|has|works|teaches|lives)\s|"
    r"(?:Contact|E-?mail|Write\s+to|Reach)\s+(?:the\s+(?:writer|author|reporter|editor)|\p{Lu}[\pL’'.-]*)[^@]{0,60}@)",
)
_PUBLISHED = pattern(
    rf"[*_\[(–—\s-]*(?:(?:an?\s+(?:\pL+\s+)?version\s+of\s+)?th(?:is|e)\s+{_TEXT}\b[^.]{{0,120}}?\b"
    r"(?:published|appeared|appears|printed|posted|updated|aired|ran|filed)|"
    r"(?:(?:first|last|originally|story|date)\s+)*(?:published|posted|updated|filed|issued|printed|modified|released))\b",
    ignore_case=True,
)


def byline(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where a line at the foot says who wrote the article: the name, or the line where it gives none."""
    for start, end in _closing(blocks):
        if match := _BYLINE.match(text, start, end):
            return (match.start("name"), match.end("name")) if match["name"] else (start, end)
    return None


def dates(text: str, blocks: Sequence[Block]) -> Iterable[DateMention]:
    """The days that a line at the foot gives as those of publication."""
    for start, end in _closing(blocks):
        if _PUBLISHED.match(text, start, end):
            yield from (mention for mention in find_dates(text, start, end) if mention.precision == "day")


def _closing(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    last = [block for block in blocks if block.kind in {"paragraph", "credit", "dateline"}][-PARAGRAPHS:]
    return [(block.start, block.end) for block in last if block.end - block.start <= LONGEST]
