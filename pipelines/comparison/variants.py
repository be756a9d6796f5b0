"""Variants: what one article, or the corpus, spells or hyphenates in two ways."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from expectations.contracts import rows_of
from pipelines.comparison.facts import Age, Comparison, Statement, Tables, sequence, state, together

Row = dict[str, Any]
CORPUS = ""
# Both spellings of the verbs in -ise are British; -ise is not American.
_SIDES = {"UK": "UK", "-ise": "UK", "US": "US"}


def compare(tables: Tables) -> Comparison:
    """Rows of `variants` with their witnesses. Names and quoted words are not the writer's choice."""
    spellings = tables["spellings"]
    chosen = spellings[~spellings["proper"] & ~spellings["quoted"]]
    order = sequence(tables)
    rows: list[Row] = rows_of(chosen.sort_values(["article_id", "start"]))
    by_article = {article: list(group) for article, group in groupby(rows, key=lambda row: row["article_id"])}
    return together([*_spelling(by_article, order), *_hyphenation(by_article, order)])


def _spelling(by_article: Mapping[str, list[Row]], order: Mapping[str, Age]) -> Iterator[Comparison]:
    kept: list[tuple[Row, str]] = []
    for article, rows in by_article.items():
        sided = _sided([row for row in rows if row["kind"] == "spelling"])
        if len({side for _, side in sided}) > 1:
            yield _variant("spelling", "words", article, sided, order)
        elif sided:
            kept.append(sided[0])
    if len({side for _, side in kept}) > 1:
        yield _variant("spelling", "articles", CORPUS, kept, order)


def _sided(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """The words of one article that show its side, each with it.

    -ize shows a side only beside -ise: with American words it is one of them, without any the two are the sides.
    Otherwise it is as much Oxford's British as American.
    """
    rows = list(rows)
    forms = {row["form"] for row in rows}
    if "US" not in forms and {"-ise", "-ize"} <= forms:
        return [(row, row["form"]) for row in rows if row["form"] in {"-ise", "-ize"}]
    sides = _SIDES | ({"-ize": "US"} if "-ise" in forms else {})
    return [(row, sides[row["form"]]) for row in rows if row["form"] in sides]


def _hyphenation(by_article: Mapping[str, list[Row]], order: Mapping[str, Age]) -> Iterator[Comparison]:
    kept: dict[str, list[Row]] = {}
    for article, rows in by_article.items():
        compounds: dict[str, list[Row]] = {}
        for row in rows:
            if row["kind"] == "hyphenation":
                compounds.setdefault(row["lemma"], []).append(row)
        for key, forms in compounds.items():
            if comparable := _comparable(forms):
                yield _variant("hyphenation", key, article, [(row, row["form"]) for row in comparable], order)
            else:
                kept.setdefault(key, []).extend(_firsts(forms))
    for key, forms in kept.items():
        if comparable := _comparable(forms):
            yield _variant("hyphenation", key, CORPUS, [(row, row["form"]) for row in comparable], order)


def _comparable(rows: list[Row]) -> list[Row]:
    """The rows of one compound that differ in form and play one part; none where there are no two such.

    Hyphenated and solid are one word, whatever its part; an open form is the same word only in the same part.
    """
    joined = [row for row in rows if row["form"] != "open"]
    parts = {row["role"] for row in joined}
    opened = [row for row in rows if row["form"] == "open" and joined and row["role"] in parts | {"prefixed"}]
    if len({row["form"] for row in joined}) > 1 or any(row["role"] == "prefixed" for row in opened):
        return [*joined, *opened]
    shared = {row["role"] for row in opened}
    return [row for row in joined if row["role"] in shared] + opened


def _firsts(rows: list[Row]) -> list[Row]:
    """The first row of each form and part: what an article says of a compound to the others."""
    return list({(row["form"], row["role"]): row for row in reversed(rows)}.values())


def _variant(kind: str, key: str, article: str, sided: list[tuple[Row, str]], order: Mapping[str, Age]) -> Comparison:
    """One fact of words, each with the side that it shows; suggested is the anchor's other spelling, or the favoured
    form of the compound."""
    statements = [
        Statement(row["article_id"], int(row["start"]), int(row["end"]), row["text"], side) for row, side in sided
    ]
    house = sided[0][0]["house"]  # it has a side for the spelling of words, none for compounds
    made = state(kind, key, key, statements, order, of=article, right=house)
    fact = made.facts[0]
    anchor, form = next(pair for pair in sided if _place(pair[0]) == _place(fact))
    more = {
        "kind": kind,
        "form": form,
        "favoured_form": next(side for row, side in sided if row["text"] == fact["favoured"]),
        "suggested": _cased(anchor["other"], anchor["text"]) if anchor["other"] else fact["favoured"],
    }
    return Comparison([fact | more], made.witnesses)


def _place(row: Row) -> tuple[str, int]:
    return row["article_id"], row["start"]


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word
