"""How a page is drawn from its template: what articles say is shown, in every place, and never obeyed."""

import re
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from audits.reports.passages import shorten
from audits.reports.views import (
    CHANGES_NAMED,
    FACTS_LISTED,
    FOUND_NAMED,
    MATRIX_ROWS,
    VALUES_SHOWN,
    WITNESSES_SHOWN,
    Anchored,
    in_words,
)
from expectations.catalogue import SEVERITIES

TEMPLATES = PackageLoader("audits.reports")
FOLDER = Path(__file__).parent / "templates"
# Characters that no reader sees and that change what is seen: controls, direction marks, zero-width and tag characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@cache
def environment(templates: BaseLoader = TEMPLATES) -> Environment:
    environment = Environment(
        loader=templates,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # html is off: what is not Markdown is escaped
    prose = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
    environment.filters |= {
        "clip": shorten,
        "counted": _counted,
        "day": in_words,
        "prose": lambda markdown: Markup(prose.render(markdown)),  # noqa: S704
        "unseen": _unseen,
    }
    environment.globals |= {
        "severities": SEVERITIES,
        "shown": WITNESSES_SHOWN,
        "values_shown": VALUES_SHOWN,
        "named": CHANGES_NAMED,
        "found_named": FOUND_NAMED,
        "facts_listed": FACTS_LISTED,
        "matrix_rows": MATRIX_ROWS,
    }
    environment.tests |= {"anchored": lambda said: isinstance(said, Anchored)}
    return environment


def _seen(value: object) -> object:
    """What a template puts out: characters that cannot be seen are named, in every place, attributes too."""
    return _UNSEEN.sub(lambda match: _name(match[0]), value) if type(value) is str else value


def _unseen(words: str) -> Markup:
    """The words of an article, its unseen characters set apart as what they are."""
    return Markup(  # noqa: S704  escaped here
        _UNSEEN.sub(lambda match: f'<span class="unseen">{_name(match[0])}</span>', str(escape(words)))
    )


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _counted(count: int, noun: str) -> str:
    """`1 article`, `1,204 articles`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
