"""What every table's contract shares: rows, rows that stand for words, facts with their witnesses."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"


class Rows(pa.DataFrameModel):
    """A table: exactly these columns, in this order, of these types."""

    class Config:
        strict = True
        ordered = True


class Spans(Rows):
    """Rows that stand for words: `text` is `article.text[start:end]`, in code points."""

    article_id: Series[str] = pa.Field(description="The article's id")
    start: Series[int] = pa.Field(ge=0, description="First code point, in the article's text")
    end: Series[int] = pa.Field(gt=0, description="One past the last code point")
    text: Series[str] = pa.Field(description="The words themselves", str_length={"min_value": 1})

    @pa.dataframe_check(name="start_before_end")
    def start_before_end(cls, frame: pd.DataFrame) -> "pd.Series[bool]":  # noqa: N805  pandera makes it a class method
        return frame["start"] < frame["end"]


class Facts(Spans):
    """One row a fact that two or more statements give; the row's words are the anchor's.

    The anchor is the statement that an editor would look at first: the value that fewest statements give, on a tie the
    later article's, then the later place. `witnesses` holds every statement, the anchor's included.
    """

    fact_id: Series[str] = pa.Field(unique=True, description="The kind of fact and its key, stable across runs")
    key: Series[str] = pa.Field(description="What the statements are about, normalised: identity of the finding")
    scope: Series[str] = pa.Field(isin=["within", "cross"], description="Whether one article disagrees or several do")
    subject: Series[str] = pa.Field(description="What the statements are about, as written")
    value: Series[str] = pa.Field(description="The anchor's value, for display")
    favoured: Series[str] = pa.Field(description="The value that most statements give, for display")
    favoured_by: Series[int] = pa.Field(ge=1, description="How many statements give it")
    statements: Series[int] = pa.Field(ge=2, description="How many statements there are")
    values: Series[int] = pa.Field(ge=1, description="How many values that cannot all hold")
    sheet: Series[str] = pa.Field(nullable=True, description="What the fact sheet says of it, where it says anything")


class Witnesses(Spans):
    """Every statement of every fact: what it says, in its own words."""

    fact_id: Series[str] = pa.Field(description="The fact that the words are a statement of")
    value: Series[str] = pa.Field(description="The value that they state, for display")
    side: Series[int] = pa.Field(
        ge=0, description="Which of the fact's values it is, by first statement; statements of one side agree"
    )
    amount: Series[float] = pa.Field(
        nullable=True, description="The value as a number, where it is one: a count, or money in units of its currency"
    )
    role: Series[str] = pa.Field(isin=["anchor", "witness"], description="The anchor is what the finding points at")
