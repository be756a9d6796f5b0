"""Records that must agree, side by side: one table a kind of fact, with its witnesses."""

from collections.abc import Callable, Mapping
from typing import Any

from pipelines.comparison import (
    citations,
    credits,  # noqa: A004  the credits of a story
    expansions,
    passages,
    ranks,
    repeats,
    strays,
    valuations,
    variants,
    wordings,
)
from pipelines.comparison.facts import Comparison, Tables

COMPARERS: Mapping[str, Callable[[Tables], Comparison]] = {
    "valuations": valuations.compare,
    "ranks": ranks.compare,
    "expansions": expansions.compare,
    "credits": credits.compare,
    "wordings": wordings.compare,
    "variants": variants.compare,
    "citations": citations.compare,
    "repeats": repeats.compare,
    "passages": passages.compare,
    "strays": strays.compare,
}


def compare(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    """The comparison tables, `witnesses` among them, of the records in `tables`."""
    texts = dict(zip(tables["texts"]["article_id"], tables["texts"]["text"], strict=True))
    compared: dict[str, list[dict[str, Any]]] = {"witnesses": []}
    for table, comparer in COMPARERS.items():
        comparison = comparer(tables)
        compared[table] = [_with_words(row, texts) for row in comparison.facts]
        compared["witnesses"].extend(_with_words(row, texts) for row in comparison.witnesses)
    return compared


def _with_words(row: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    return {**row, "text": texts[row["article_id"]][row["start"] : row["end"]]}
