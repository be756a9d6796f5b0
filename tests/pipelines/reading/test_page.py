"""Web pages: the article without the site around it, the page's metadata, encodings, and what is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading import page, read_bytes, reread
from pipelines.reading.article import Article, UnreadableArticleError
from tests.pipelines.reading.test_structure import PARAGRAPH

LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "name": "Home"},
        {
            "@type": ["NewsArticle"],
            "headline": "Ferry service resumes &amp; grows",
            "datePublished": "2025-03-04T08:00:00+01:00",
            "author": [{"@type": "Person", "name": "Ana Reis"}, {"@type": "Person", "name": "Bo Lind"}],
            "publisher": {"@type": "Organization", "name": "The Harbour Times"},
        },
    ],
}
BODY = f"""<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferry service resumes &amp; grows</h1>
<p>{PARAGRAPH}</p><h2>What next</h2><p>The board will run <b>four</b> boats a day from <a href="x">Monday</a>, it said,
and six<br>from June.</p><ul><li>Fares stay at four euros.</li><li>Lorries pay forty euros.</li></ul>
<table><tr><th>Year</th><th>Boats</th></tr><tr><td>2024</td><td>1,200</td></tr></table>
<p>{PARAGRAPH} Again.</p></article>
<aside><h3>Most read</h3><a href="a">Another story altogether</a></aside>
<footer>© 2026 The Harbour Times. Sign up for our newsletter.</footer>"""


def source(head: str = "", body: str = BODY) -> str:
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


def linked(value: object) -> str:
    written = json.dumps(value).replace("</", "<\\/")
    return f'<script type="application/ld+json">{written}</script>'


def read(text: str | bytes) -> Article:
    return read_bytes(text.encode() if isinstance(text, str) else text, "ferry.html")


def stated(article: Article) -> list[str | None]:
    return [
        article.headline and article.headline.value,
        article.published and article.published.day,
        article.byline and article.byline.value,
        article.source and article.source.value,
        article.language,
    ]


def test_the_text_comes_without_the_site() -> None:
    article = read(source(linked(LINKED)))
    assert article.format == "html"
    assert [(block.kind, article.text[block.start : block.end]) for block in article.blocks[1:]] == [
        ("headline", "Ferry service resumes & grows"),
        ("paragraph", PARAGRAPH),
        ("heading", "What next"),
        ("paragraph", "The board will run four boats a day from Monday, it said, and six"),
        ("paragraph", "from June."),
        ("paragraph", "- Fares stay at four euros."),
        ("paragraph", "- Lorries pay forty euros."),
        ("paragraph", "Year | Boats"),
        ("paragraph", "2024 | 1,200"),
        ("paragraph", f"{PARAGRAPH} Again."),
    ]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (
            linked(LINKED),
            ["Ferry service resumes & grows", "2025-03-04", "Ana Reis, Bo Lind", "The Harbour Times", "en-GB"],
        ),
        (
            (
                '<title>Ferries | The Quay</title><meta property="og:title" content="Ferries are back">'
                '<meta property="og:site_name" content="The Quay"><meta name="author" content="Ana Reis">'
                '<meta property="article:published_time" content="2025-03-05T10:00:00Z">'
            ),
            ["Ferries are back", "2025-03-05", "Ana Reis", "The Quay", "en-GB"],
        ),
        (
            '<meta property="og:title" content="Ferries are back">' + linked({"@type": "WebSite", "name": "The Quay"}),
            ["Ferries are back", None, None, None, "en-GB"],
        ),
    ],
    ids=["schema.org", "OpenGraph", "no-article"],
)
def test_the_metadata(head: str, found: list[str | None]) -> None:
    assert stated(read(source(head))) == found


def test_a_time_element_dates_the_article() -> None:
    address = '<link rel="canonical" href="https://example.org/2024/01/02/ferry">'
    published = read(source(address, f'<time datetime="2025-03-04T08:00">4 March 2025</time>{BODY}')).published
    assert published is not None
    assert published.day == "2025-03-04"


@pytest.mark.parametrize("broken", ["{", "[" * 5_000, "<!--", '{"@type": 3}', '{"@graph": {"@graph": []}}', "null"])
def test_broken_metadata_is_passed_over(broken: str) -> None:
    assert PARAGRAPH in read(source(f'<script type="application/ld+json">{broken}</script>')).text


def test_scripts_are_words_or_nothing() -> None:
    evil = "<script>alert(1)</script>"
    article = read(source(linked({**LINKED["@graph"][1], "headline": evil, "author": evil})))
    assert stated(article)[0] == evil
    assert stated(article)[2] == evil
    assert "alert" not in read(source(body=BODY.replace(PARAGRAPH, f"{PARAGRAPH}{evil}"))).text


def test_what_is_kept_is_read_again_as_the_same_article() -> None:
    article = read(source(linked(LINKED)))
    again = reread(article.text, article.id, article.path)
    assert again.blocks == article.blocks
    assert stated(again) == stated(article)


def test_a_paragraph_that_stands_twice_in_a_row_is_kept_twice() -> None:
    assert read(source(body=f"<article>{f'<p>{PARAGRAPH}</p>' * 3}</article>")).text.count(PARAGRAPH) == 3


def test_tags_that_are_never_closed_lose_no_words() -> None:
    body = f"<article><p>{PARAGRAPH}</p>{'<font>' * 200}<p>{PARAGRAPH} Again.</p></article>"
    assert f"{PARAGRAPH} Again." in read(source(body=body)).text


def test_a_text_that_only_the_metadata_hold_is_read() -> None:
    article = {"@type": "NewsArticle", "headline": "Ferries", "articleBody": PARAGRAPH}
    assert PARAGRAPH in read(source(linked(article), "<div id=app></div>")).text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("iso-8859-1", "utf-8"),
        ("utf-8", "cp1252"),
        ("no-such-thing", "cp1252"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    words = PARAGRAPH.replace("quay", "“quay” – café")
    text = source(f'<meta charset="{declared}">', f"<article><p>{words}</p><p>{PARAGRAPH}</p></article>")
    assert words in read(text.encode(encoding)).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file, not a page"),
        (b"Just words.", "no article in the page"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article in the page"),
        (source(body="<div>" * 40_000).encode(), "elements are nested too deep"),
        (source(body=f"<p>{PARAGRAPH}</p>{'<b>' * 3_000}{PARAGRAPH}").encode(), "elements are nested too deep"),
        (
            source(body="<p>" * (page.HEAVIEST // 2)).encode(),
            "so many elements, nested so deep, as no article's page has",
        ),
        (source(body=f"<div>{PARAGRAPH}{'<p>x</p>' * 50}" * 200).encode(), "so many elements"),
        (source(body="<script>" * 1_000).encode(), "no article in the page"),
    ],
    ids=["empty", "binary", "words", "menu", "nested", "unclosed", "elements", "nested-elements", "scripts"],
)
def test_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticleError, match=reason):
        read(data)


def test_four_megabytes_on_one_line() -> None:
    words = "The boat left the quay at dawn with eleven lorries aboard. "
    article = read(source(body=f"<article><p>{words * (4 * 2**20 // len(words) - 100)}</p></article>"))
    assert len(article.text) > 4_000_000
    with pytest.raises(UnreadableArticleError, match="at most 4 MB of text"):
        read(source(body=f"<article><p>{words * (5 * 2**20 // len(words))}</p></article>"))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        article = read(data)
    except UnreadableArticleError:
        return
    assert article.text.encode()


TAGS = st.sampled_from(["<p>", "</p>", "<div>", "</table>", "<td>", "<li>", "<h1>", "<!--", "<script>", "&#0;", "&lt;"])


@given(st.lists(st.one_of(TAGS, st.text(max_size=20), st.just(PARAGRAPH)), max_size=20).map("".join))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    try:
        article = read(source(body=markup).encode("utf-8", "replace"))
    except UnreadableArticleError:
        return
    assert reread(article.text, article.id, article.path).blocks == article.blocks
