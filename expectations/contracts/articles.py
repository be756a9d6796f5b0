"""Contracts of what reading gives: the articles and their texts."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from expectations.contracts.base import ISO_DATE, Rows, Spans


class Articles(Spans):
    """One row an article. Its words are the opening ones, where a finding about something missing points."""

    path: Series[str] = pa.Field(unique=True, description="POSIX path, relative to the corpus's root")
    sha256: Series[str] = pa.Field(str_matches=r"^[0-9a-f]{64}$", description="Of the file's bytes")
    sequence: Series[int] = pa.Field(
        ge=0,
        unique=True,
        description="Place in the corpus by date of publication, then headline; the path only breaks ties",
    )
    format: Series[str] = pa.Field(description="The reader that read it")
    language: Series[str] = pa.Field(description="BCP 47 tag")
    words: Series[int] = pa.Field(ge=0, description="Words in headline, headings and paragraphs")
    headline: Series[str] = pa.Field(nullable=True)
    published_stated: Series[str] = pa.Field(nullable=True, description="The date of publication as written")
    published_at: Series[str] = pa.Field(nullable=True, str_matches=ISO_DATE, description="… resolved, if it can be")
    published_from: Series[str] = pa.Field(
        nullable=True, isin=["front matter", "header", "dateline", "footer"], description="Where it was found"
    )
    byline: Series[str] = pa.Field(nullable=True, description="Who wrote it")
    source: Series[str] = pa.Field(nullable=True, description="The agency or publisher it is credited to")
    credit: Series[str] = pa.Field(nullable=True, description="Byline or source: whoever answers for the article")

    class Config:
        unique = "article_id"


class Texts(Rows):
    """The text that offsets count in: the file as read for .txt and .md, the kept extraction for other formats."""

    article_id: Series[str] = pa.Field(unique=True)
    text: Series[str]


class Blocks(Spans):
    """One row a block of an article, in order; blocks do not overlap."""

    kind: Series[str] = pa.Field(
        isin=["headline", "heading", "paragraph", "dateline", "credit", "caption", "furniture", "matter"],
        description="What the block is; 'matter' is front matter, markup that shows no words, or the paper's own "
        "label of the piece, such as COMMENT",
    )
