"""At the gate a conflict is the new article's: the fact is anchored at what it says, the published ones are witnesses.

An audit anchors a fact once, where fewest articles agree. The gate asks another question, what a new article brings
into the corpus: every new article that disagrees with what the published ones say for the most part is an anchor.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from expectations import contracts
from expectations.contracts import rows_of
from pipelines.audit import texts_of

Row = dict[str, Any]
Tables = Mapping[str, pd.DataFrame]


def toward(fresh: Collection[str], tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables, facts of new and published articles anchored at the `fresh` ones (ids) that disagree.

    A value that no fewer published articles give than any other is accepted, and so is what the fact sheet says;
    where all new ones agree with that, the anchor is a published one.
    """
    witnesses = tables["witnesses"]
    new = witnesses["article_id"].isin(list(fresh))
    met = set(witnesses["fact_id"][new]) & set(witnesses["fact_id"][~new])
    stated: dict[str, list[Row]] = defaultdict(list)
    for witness in rows_of(witnesses[witnesses["fact_id"].isin(met)]):
        stated[witness["fact_id"]].append(witness)
    texts = texts_of(tables)
    turned = dict(tables)
    for table, contract in contracts.COMPARISONS.items():
        if not issubclass(contract, contracts.Facts):
            continue
        facts = tables[table]
        chosen = facts["fact_id"].isin(met)
        if chosen.any():
            rows = [
                row
                for fact in rows_of(facts[chosen])
                for row in _turned(fact, stated[fact["fact_id"]], fresh, texts, by_sheet=table == "sheet")
            ]
            turned[table] = pd.concat([facts[~chosen], contracts.frame(table, rows)], ignore_index=True)
    return turned


def _turned(
    fact: Row, witnesses: Sequence[Row], fresh: Collection[str], texts: Mapping[str, str], *, by_sheet: bool
) -> Iterator[Row]:
    """The fact, once for each new article and value of its that is not accepted."""
    published: dict[int, list[Row]] = defaultdict(list)
    new: dict[tuple[int, str], Row] = {}
    for witness in witnesses:
        if witness["article_id"] in fresh:
            new[witness["side"], witness["article_id"]] = witness  # the last statement of an article is its anchor
        else:
            published[witness["side"]].append(witness)
    accepted = set() if by_sheet else _accepted(fact, witnesses, published)
    at_odds = [witness for (side, _), witness in new.items() if side not in accepted]
    favoured = {} if fact["sheet"] is not None else _favoured(fact, published)
    for witness in at_odds:
        yield _anchored(fact | favoured, witness, published, texts)
    if not at_odds:
        least = min(published, key=lambda side: (side in accepted, _weight(published[side])))
        kept = fact["article_id"] not in fresh
        yield fact if kept else _anchored(fact | favoured, published[least][-1], published, texts)


def _accepted(fact: Row, witnesses: Sequence[Row], published: Mapping[int, Sequence[Row]]) -> set[int]:
    """The sides that a new article may take."""
    if fact["sheet"] is not None:
        return {witness["side"] for witness in witnesses if witness["value"] == fact["favoured"]}
    if len({witness["side"] for witness in witnesses}) == 1:
        return set()  # what they share is what is wrong: words of another article
    most = max(_weight(said)[0] for said in published.values())
    return {side for side, said in published.items() if _weight(said)[0] == most}


def _favoured(fact: Row, published: Mapping[int, Sequence[Row]]) -> Row:
    """What most of the published articles say; on a tie, what most of all say."""
    heaviest = max(_weight(said) for said in published.values())
    tied = [said for said in published.values() if _weight(said) == heaviest]
    said = next((said for said in tied if any(w["value"] == fact["favoured"] for w in said)), tied[0])
    return {"favoured": said[0]["value"], "favoured_by": len(said)}


def _weight(said: Sequence[Row]) -> tuple[int, int]:
    return len({witness["article_id"] for witness in said}), len(said)


def _anchored(fact: Row, witness: Row, published: Mapping[int, Sequence[Row]], texts: Mapping[str, str]) -> Row:
    place = {name: witness[name] for name in ("article_id", "start", "end", "value")}
    words = texts[place["article_id"]][place["start"] : place["end"]]
    row = fact | place | {"text": words}
    if row.get("earliest") == row["article_id"]:  # of a passage: it is the published article's
        row["earliest"] = next(w["article_id"] for said in published.values() for w in said)
    return row
