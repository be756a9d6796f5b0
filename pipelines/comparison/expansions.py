"""Expansions: one acronym, expanded in two or more places."""

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.lexicons import words


def compare(tables: Tables) -> Comparison:
    """Rows of `expansions` with their witnesses: definitions of one acronym that share a content word.

    Expansions with no word in common are homonyms of different fields, or one name in two languages: other facts.
    """
    acronyms = tables["acronyms"]
    definitions = acronyms[acronyms["kind"] == "definition"]
    order = sequence(tables)
    facts = []
    for acronym, rows in definitions.groupby("acronym", sort=True):
        for key, fields in _by_field(sorted(set(rows["expansion_key"]))).items():
            chosen = rows[rows["expansion_key"].isin(fields)]
            statements = [
                Statement(
                    article_id=row["article_id"],
                    start=int(row["expansion_start"]),
                    end=int(row["end"]),
                    value=row["expansion"],
                    group=row["expansion_key"],
                )
                for row in chosen.to_dict("records")
            ]
            if len(statements) > 1:
                facts.append(state("expansion", f"{acronym}/{key}", str(acronym), statements, order))
    return together(facts)


def _by_field(keys: list[str]) -> dict[str, list[str]]:
    """Expansions that share a content word, directly or through another, by the first of them."""
    fields: list[tuple[set[str], list[str]]] = []
    for key in keys:
        content = {word for word in key.split() if word not in words("closed_class")}
        joined = [field for field in fields if field[0] & content]
        merged = (content.union(*(field[0] for field in joined)), [*(k for field in joined for k in field[1]), key])
        fields = [field for field in fields if field not in joined] + [merged]
    return {min(members): sorted(members) for _, members in fields}
