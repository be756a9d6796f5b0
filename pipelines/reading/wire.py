"""JSON, `.json`: IPTC's ninjs, as agencies and content systems hand articles on, and schema.org's `NewsArticle`.

Sources: https://iptc.org/std/ninjs/ (1.x: `headline`, `byline`, `body_text`, `body_xhtml`; 2.x and later: `headlines`,
`by`, `bodies`); https://schema.org/NewsArticle
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from pipelines.reading import kept, schema_org
from pipelines.reading.article import NoArticleError, UnreadableArticleError

_MAIN = frozenset({"", "main", "body", "default"})
# In the order of preference: what is marked up says what is a heading.
_BODIES = ("body_xhtml", "body_html", "body_text")
_HEADLINES = ("headline", "headline_text", "headline_xhtml", "headline_html")
_PARAGRAPH = re.compile(r"</p\s*>", re.IGNORECASE)


def extract(data: bytes) -> str:
    """The kept extraction of the article in the document.

    Raises NoArticleError where the document holds none that is known, UnreadableArticleError where it is no JSON, or
    the article in it has no words.
    """
    try:
        document = _parsed(data)
        fields = {key.casefold(): value for key, value in document.items()} if isinstance(document, Mapping) else {}
        if parts := _ninjs_parts(fields):
            return kept.headed(_ninjs_stated(fields), parts)
        if found := schema_org.article(document):
            return kept.headed(schema_org.stated(found), parts_of(schema_org.body(found)))
    except RecursionError:
        raise UnreadableArticleError("the JSON is nested too deep") from None
    raise NoArticleError("neither ninjs with a text ('bodies', 'body_text') nor an article of schema.org")


def parts_of(text: str, *, marked_up: bool = False) -> list[str]:
    """The parts of an article's text as one value holds it: plain, or where it closes paragraphs, HTML."""
    if marked_up or _PARAGRAPH.search(text):
        from pipelines.reading.markup import parts_of_html

        return parts_of_html(text)
    return [kept.paragraph(text)]


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise UnreadableArticleError(f"line {error.lineno}: not JSON: {error.msg}") from None
    except ValueError:
        raise UnreadableArticleError("not JSON in UTF-8; save the file as UTF-8") from None


def _ninjs_parts(fields: Mapping[str, Any]) -> list[str]:
    """The parts of the first of the text's forms that has words."""
    forms = [(_words(fields.get(name)), name != "body_text") for name in _BODIES]
    bodies = sorted(_values(fields.get("bodies")), key=lambda form: (form[0] not in _MAIN, "html" not in form[1]))
    forms += [(words, "html" in kind) for _, kind, words in bodies]
    found = (parts_of(words, marked_up=marked_up) for words, marked_up in forms if words)
    return next((parts for parts in found if any(parts)), [])


def _ninjs_stated(fields: Mapping[str, Any]) -> dict[str, str]:
    headlines = sorted(_values(fields.get("headlines")), key=lambda form: (form[0] not in _MAIN, "html" in form[1]))
    titles = [_words(fields.get(name)) for name in _HEADLINES] + [words for _, _, words in headlines]
    title = next((words for words in titles if words), "")
    sources = fields.get("infosources") or fields.get("infosource")
    names = (
        [_words(one.get("name")) for one in sources if isinstance(one, Mapping)] if isinstance(sources, list) else []
    )
    return {
        "title": " ".join(part.lstrip("# ") for part in parts_of(title, marked_up="</" in title)),
        "author": _first(fields, "byline", "by"),
        "date": _first(fields, "versioncreated", "firstcreated", "contentcreated"),
        "source": ", ".join(filter(None, names)) or _first(fields, "source", "provider", "copyrightholder"),
        "located": _first(fields, "located"),
        "rights": _first(fields, "usageterms", "copyrightnotice"),
        "language": _first(fields, "language"),
    }


def _values(forms: Any) -> list[tuple[str, str, str]]:
    """Of a list of ninjs 2 the forms that have words: role, type of content, words."""
    objects = [one for one in forms if isinstance(one, Mapping)] if isinstance(forms, list) else []
    lowered = [{str(key).casefold(): value for key, value in one.items()} for one in objects]
    found = [(_words(one.get("role")), _words(one.get("contenttype")), _words(one.get("value"))) for one in lowered]
    return [(role.casefold(), kind.casefold(), words) for role, kind, words in found if words]


def _first(fields: Mapping[str, Any], *names: str) -> str:
    return next((words for name in names if (words := _words(fields.get(name)))), "")


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
