"""What schema.org's vocabulary says of an article: as a JSON document of its own, or as JSON-LD inside a page.

Source: https://schema.org/NewsArticle
"""

from collections import deque
from collections.abc import Mapping
from typing import Any

# Objects that are looked at in one document, whatever hangs on what.
MOST = 10_000
_TYPES = frozenset({"blogposting", "liveblogposting", "report"})
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart")


def article(data: Any) -> Mapping[str, Any] | None:
    """The first article in the document: itself, in a list or graph, or what a page is about."""
    waiting, seen = deque([data]), 0
    while waiting and seen < MOST:
        at = waiting.popleft()
        seen += 1
        if isinstance(at, list):
            waiting.extendleft(reversed(at[:MOST]))
        elif isinstance(at, Mapping):
            if _is_article(at):
                return at
            waiting.extendleft(at[key] for key in reversed(_HOLDERS) if key in at)
    return None


def stated(found: Mapping[str, Any]) -> dict[str, str]:
    """What the article states of itself, by the keys of front matter; what it does not say is empty."""
    published = found.get("datePublished") or found.get("dateCreated") or found.get("dateModified")
    return {
        "title": _words(found.get("headline")) or _words(found.get("name")),
        "author": _names(found.get("author") or found.get("creator")),
        "date": _words(published),
        "source": _names(found.get("publisher") or found.get("sourceOrganization") or found.get("provider")),
        "language": _names(found.get("inLanguage")),
    }


def body(found: Mapping[str, Any]) -> str:
    """The article's text; empty where it gives none."""
    return _words(found.get("articleBody")) or _words(found.get("text"))


def _is_article(value: Mapping[str, Any]) -> bool:
    kinds = value.get("@type")
    names = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    bare = [name.rpartition("/")[2].rpartition(":")[2].casefold() for name in names]
    return any(name.endswith("article") or name in _TYPES for name in bare)


def _names(value: Any) -> str:
    """The names of persons or organisations: one or a list, as words or as objects with a `name`."""
    values = value if isinstance(value, list) else [value]
    names = [_words(one.get("name") if isinstance(one, Mapping) else one) for one in values]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return next((words for one in value if (words := _words(one))), "")
    if isinstance(value, Mapping):  # a language-tagged value
        value = value.get("@value")
    return value.strip() if isinstance(value, str) else ""
