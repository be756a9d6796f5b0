"""JSON: ninjs in both its forms, schema.org, and what is no article."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading import read_bytes, read_corpus, reread
from pipelines.reading.article import Article, NoArticleError, UnreadableArticleError

OLD = {
    "uri": "urn:strait:1",
    "type": "text",
    "versioncreated": "2025-03-04T08:00:00Z",
    "firstcreated": "2025-03-03T08:00:00Z",
    "headline": "Ferry service resumes",
    "byline": "Ana Reis",
    "language": "en-GB",
    "located": "Oslo",
    "usageterms": "Not for use after 2026",
    "infosource": [{"name": "Strait Press"}],
    "body_text": "The first boat left at dawn.\n\nIt carried eleven lorries.",
}
NEW = {
    "uri": "urn:strait:2",
    "standard": {"name": "ninjs", "version": "2.1"},
    "firstcreated": "2025-03-04T08:00:00Z",
    "headlines": [{"role": "short", "value": "Ferries"}, {"role": "main", "value": "Ferry service resumes"}],
    "by": "Ana Reis",
    "language": "en-GB",
    "infosources": [{"role": "publisher", "name": "Strait Press"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": "The plain text."},
        {
            "role": "main",
            "contenttype": "application/xhtml+xml",
            "value": "<p>The first boat left at <em>dawn</em>.</p><p>It carried eleven lorries.</p>",
        },
        {"role": "caption", "contenttype": "text/html", "value": "<p>The quay.</p>"},
    ],
}
XHTML = """<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Ferries</title><style>p {}</style></head><body><!-- draft -->
<p>The first boat left at dawn.</p><script>alert(1)</script><p>It carried eleven
lorries.</p></body></html>"""
SCHEMA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferry service resumes",
    "datePublished": "2025-03-04",
    "author": {"@type": "Person", "name": "Ana Reis"},
    "publisher": {"name": "Strait Press"},
    "inLanguage": "en-GB",
    "articleBody": "The first boat left at dawn.\n\nIt carried eleven lorries.",
}


def read(value: Any) -> Article:
    return read_bytes(json.dumps(value).encode(), "ferry.json")


@pytest.mark.parametrize(
    "value",
    [
        OLD,
        {**OLD, "body_text": "", "body_xhtml": NEW["bodies"][1]["value"]},  # type: ignore[index]
        NEW,
        {**NEW, "bodies": [{"value": XHTML, "contentType": "application/xhtml+xml"}]},
        {key.replace("created", "Created"): value for key, value in NEW.items()},
        SCHEMA,
        [SCHEMA],
        {"@graph": [{"@type": "WebPage"}, SCHEMA]},
        {"@type": "WebPage", "mainEntity": SCHEMA},
        {**SCHEMA, "@type": ["Thing", "https://schema.org/ReportageNewsArticle"]},
        {**SCHEMA, "articleBody": NEW["bodies"][1]["value"]},  # type: ignore[index]
    ],
    ids=["1", "1-xhtml", "2", "2-page", "3", "schema", "list", "graph", "entity", "types", "markup"],
)
def test_articles(value: Any) -> None:
    article = read(value)
    prose = [(block.kind, article.text[block.start : block.end]) for block in article.blocks[1:]]
    assert prose == [
        ("headline", "Ferry service resumes"),
        ("paragraph", "The first boat left at dawn."),
        ("paragraph", "It carried eleven lorries."),
    ]
    assert article.format == "json"
    assert article.language == "en-GB"
    assert article.published is not None
    assert article.published.day == "2025-03-04"
    assert article.byline is not None
    assert article.byline.value == "Ana Reis"
    assert article.source is not None
    assert article.source.value == "Strait Press"
    again = reread(article.text, article.id, article.path)
    assert (again.blocks, again.published, again.headline) == (article.blocks, article.published, article.headline)


def test_what_else_an_agency_states_is_front_matter() -> None:
    assert "located: Oslo\nrights: Not for use after 2026\n" in read(OLD).text


def test_the_headline_is_not_kept_twice() -> None:
    text = read({**OLD, "body_xhtml": "<h1>Ferry service resumes</h1><p>The first boat left at dawn.</p>"}).text
    assert text.count("Ferry service resumes") == 1


def test_hostile_values_are_words() -> None:
    article = read({**OLD, "byline": "a: b\n---\n<script>\x00\x1b", "headline": "\ud800 # x\r\ny", "language": "<x>"})
    assert article.byline is not None
    assert article.byline.value == "a: b --- <script>\ufffd\x1b"
    assert article.headline is not None
    assert article.headline.value == "\ufffd # x y"
    assert article.language == "en"


@pytest.mark.parametrize("value", [{}, [], 3, None, {"@type": "Person"}, {"uri": "x", "type": "picture"}, [[[]]]])
def test_is_no_article(value: Any) -> None:
    with pytest.raises(NoArticleError, match="neither ninjs"):
        read(value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a":\n 1', "line 2: not JSON"),
        ('{"a": "café"}'.encode("latin-1"), "not JSON in UTF-8"),
        (b"[" * 200_000, "nested too deep"),
        (json.dumps({**SCHEMA, "articleBody": ""}).encode(), "no words in it"),
        (b'{"@type": "Article", "headline": ' + b"[" * 900 + b"]" * 900 + b"}", "nested too deep|no words"),
        (
            json.dumps({**SCHEMA, "articleBody": "<div>" * 3_000 + "<p>Deep</p>"}).encode(),
            "elements are nested too deep",
        ),
        (b"1" * 10_000, "not JSON|neither"),
        (b"", "not JSON"),
    ],
    ids=["cut", "latin-1", "deep", "no-text", "deep-value", "deep-markup", "digits", "empty"],
)
def test_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticleError, match=reason):
        read_bytes(data, "ferry.json")


def test_in_a_folder_data_that_are_no_article_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "site"}', encoding="utf-8")
    (tmp_path / "cut.json").write_text("{", encoding="utf-8")
    (tmp_path / "ferry.json").write_text(json.dumps(OLD), encoding="utf-8")
    corpus = read_corpus([tmp_path], tmp_path)
    assert [article.path for article in corpus.articles] == ["ferry.json"]
    assert [rejected.path for rejected in corpus.rejected] == ["cut.json"]
    [rejected] = read_corpus([tmp_path / "package.json"], tmp_path).rejected
    assert rejected.reason.startswith("neither ninjs")


VALUES = st.recursive(st.none() | st.text(max_size=20) | st.integers(), lambda inner: st.lists(inner, max_size=3))
KEYS = st.sampled_from([*OLD, *NEW, *SCHEMA])


@given(st.dictionaries(KEYS, VALUES | st.dictionaries(KEYS, VALUES, max_size=3), max_size=8))
def test_any_values_are_read_or_refused(value: dict[str, Any]) -> None:
    try:
        article = read({**SCHEMA, **value})
    except UnreadableArticleError:
        return
    assert reread(article.text, article.id, article.path).blocks == article.blocks
    assert article.text.encode()
