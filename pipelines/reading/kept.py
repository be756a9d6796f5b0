"""The kept extraction: the text that offsets go into where an article's file is no text itself (Word, HTML, JSON).

It is what an editor can read, and what the store holds: front matter with what the file states outside of its words,
headings marked with `#`, a blank line between paragraphs. A line of the article that begins as a heading's mark does
has a backslash before it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePosixPath

import yaml

from pipelines.language.house import ANY, House
from pipelines.reading import markdown, metadata, structure
from pipelines.reading.article import Article, Block, UnreadableArticleError

# The levels of headings that Markdown has.
LEVELS = 6
# The parts among which the headline may stand once more.
OPENING = 3
# The formats that are kept so, by the ending of the file.
FORMATS = {".docx": "docx", ".htm": "html", ".html": "html", ".json": "json"}
KEPT = frozenset(FORMATS.values())

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_MARK = re.compile(r"(?:\A|(?<=[\r\n]))([^\S\r\n]*)(?=#{1,6}[ \t])")
_LINE_BREAK = re.compile(r"[\r\n]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# What JSON can say and no text can hold; replaced one for one.
_UNTEXTUAL = re.compile("[\0\ud800-\udfff]")


def compose(stated: Mapping[str, str | None], parts: Iterable[str]) -> str:
    """The extraction: what the file states outside of its words, by the keys of front matter, then the parts.

    Raises UnreadableArticleError where the parts hold no words.
    """
    body = _textual("\n\n".join(part for part in parts if part))
    if not body.strip():
        raise UnreadableArticleError("no words in it; is it the file that was meant?")
    kept = {key: words for key, said in stated.items() if said and (words := _textual(" ".join(said.split())))}
    matter = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=float("inf")) if kept else ""
    # a rule that opens the text is not to be read as front matter
    opening = f"---\n{matter}---\n\n" if kept else "\n" * body.startswith("---")
    return f"{opening}{body}\n"


def headed(stated: Mapping[str, str | None], parts: Iterable[str]) -> str:
    """The extraction of words whose headline is stated outside of them, under `title`: it stands above them, and not
    again where they open with it. Raises UnreadableArticleError as `compose` does."""
    title, words = " ".join((stated.get("title") or "").split()), list(parts)
    opening = [part for part in words[:OPENING] if part.lstrip("# ").casefold() != title.casefold()]
    rest = {key: said for key, said in stated.items() if key != "title"}
    if not any(words):
        return compose(rest, ())
    return compose(rest, [heading(1, title), *opening, *words[OPENING:]])


def paragraph(words: str) -> str:
    """The words, so that no line of them reads as a heading."""
    return _MARK.sub(r"\1\\", words.strip())


def heading(level: int, words: str) -> str:
    """The words on one line, marked as a heading of this level; nothing where there are none."""
    line = _LINE_BREAK.sub(" ", words.strip())
    return f"{'#' * min(level, LEVELS)} {line}" if line else ""


def item(words: str) -> str:
    """The words as an entry of a list; nothing where there are none."""
    return f"- {words.strip()}" if words.strip() else ""


def read(text: str, *, id: str, path: str, sha256: str, house: House = ANY) -> Article:  # noqa: A002
    """The article of the extraction. What the front matter states goes before what the text does, but for the headline.

    Raises UnreadableArticleError for front matter that is none, which `compose` does not write.
    """
    stated, matter = markdown.front_matter(text)
    blocks = _blocks(text, matter[0].end if matter else 0, house)
    language = markdown.first(stated, ("language",))
    return Article(
        id=id,
        path=path,
        sha256=sha256,
        format=FORMATS[PurePosixPath(path).suffix.lower()],
        text=text,
        blocks=(*matter, *blocks),
        headline=metadata.headline(text, blocks) or markdown.first(stated, markdown.TITLE),
        published=markdown.publication(markdown.first(stated, markdown.DATE)) or metadata.publication(text, blocks),
        byline=markdown.first(stated, markdown.AUTHOR) or metadata.byline(text, blocks),
        source=markdown.first(stated, markdown.SOURCE) or metadata.source(text, blocks),
        language=language.value if language and _LANGUAGE.fullmatch(language.value) else "en",
    )


def _textual(words: str) -> str:
    return _UNTEXTUAL.sub("\ufffd", words)


def _blocks(text: str, start: int, house: House) -> list[Block]:
    """As in plain text, but headings say that they are: one of level 1 above the first paragraph is the headline. Where
    none says so, headline and headings are what they would be in plain text."""
    plain = structure.blocks(text, start, house)
    markers = [_HEADING.match(text, block.start, block.end) for block in plain]
    above = takewhile(lambda pair: pair[1] or pair[0].kind != "paragraph", zip(plain, markers, strict=True))
    headline = next((marker for _, marker in above if marker and len(marker[1]) == 1), None)
    marked = any(markers)
    blocks = []
    for block, marker in zip(plain, markers, strict=True):
        if marker:
            blocks.append(Block("headline" if marker is headline else "heading", marker.end(), block.end))
        elif (block.kind == "headline" and headline) or (block.kind == "heading" and marked):
            blocks.append(replace(block, kind="paragraph"))
        else:
            blocks.append(block)
    return blocks
