"""Markdown: front matter, headings, and what else is not prose."""

import pytest

from pipelines.reading import read_bytes
from pipelines.reading.article import Article, UnreadableArticleError
from tests.pipelines.reading.test_structure import PARAGRAPH


def read(text: str) -> Article:
    return read_bytes(text.encode(), "article.md")


def kinds(article: Article) -> list[str]:
    return [block.kind for block in article.blocks]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_front_matter(newline: str, mark: str) -> None:
    lines = [
        "---",
        "title: Ferries",
        "date: 2025-03-04T08:00:00Z",
        "authors: [Ana Reis, Bo Lind]",
        "publisher: Le Quai",
        "---",
    ]
    article = read(mark + newline.join([*lines, PARAGRAPH]))
    assert article.headline is not None
    assert article.headline.value == "Ferries"
    assert article.headline.place == "front matter"
    assert article.published is not None
    assert article.published.day == "2025-03-04"
    assert article.byline is not None
    assert article.byline.value == "Ana Reis, Bo Lind"
    assert article.source is not None
    assert article.source.value == "Le Quai"
    assert kinds(article) == ["matter", "paragraph"]
    assert article.text[article.blocks[0].start : article.blocks[0].end].startswith("---")


def test_a_date_that_is_two_days_is_stated_but_not_resolved() -> None:
    published = read(f"---\ndate: 02/03/2025\n---\n{PARAGRAPH}").published
    assert published is not None
    assert published.day is None


@pytest.mark.parametrize("value", ["", "~", "null", '""', "soon"])
def test_a_date_that_says_nothing_is_none(value: str) -> None:
    assert read(f"---\ndate: {value}\n---\n{PARAGRAPH}").published is None


def test_headings_say_what_they_are() -> None:
    article = read(
        f"# Ferries #\n\n{PARAGRAPH}\n\n## What next.\n\nShort line\n\n{PARAGRAPH}\n\n# Again\n\n{PARAGRAPH}"
    )
    assert kinds(article) == ["headline", "paragraph", "heading", "paragraph", "paragraph", "heading", "paragraph"]
    assert article.headline is not None
    assert article.headline.value == "Ferries"


def test_without_title_and_heading_the_headline_is_that_of_plain_text() -> None:
    assert kinds(read(f"Ferries are back\n\n{PARAGRAPH}")) == ["headline", "paragraph"]
    assert kinds(read(f"---\ntitle: Ferries\n---\nOn the quay\n\n{PARAGRAPH}")) == ["matter", "paragraph", "paragraph"]


def test_what_shows_no_words_is_matter() -> None:
    article = read(
        f'---\ntitle: Ferries\n---\n{PARAGRAPH}\n\n<div><img src="a.jpg"/></div>\n\n{{:.x}}\n\n***\n\n{PARAGRAPH}'
    )
    assert kinds(article) == ["matter", "paragraph", "matter", "matter", "matter", "paragraph"]


def test_attributes_tell_captions_and_pulled_quotations() -> None:
    article = read(f"{PARAGRAPH}\n\n{{:.photo-caption}}\nThe quay.\n\n{{:.pullquote}}\n“We waited.”\n\n{PARAGRAPH}")
    assert kinds(article) == ["paragraph", "matter", "caption", "matter", "matter", "paragraph"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: Ferries\n", "line 1: the front matter is never closed"),
        ("---\ntitle: [Ferries\n---\n", "the front matter is not YAML"),
        ("---\na: b: c\n---\n", "line 2: the front matter is not YAML"),
        ("---\nFerries\n---\n", "no list of 'key: value' lines"),
        ("---\n" + "[" * 1_000 + "\n---\n", "the front matter is"),
    ],
    ids=["open", "not-YAML", "not-YAML-line", "no-mapping", "nested"],
)
def test_broken_front_matter_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(UnreadableArticleError, match=reason):
        read(text)
