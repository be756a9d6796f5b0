"""Expansions: one acronym, expanded in two or more places."""

from collections import Counter, defaultdict

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.lexicons import words

STEM = 5  # letters: `Meteorological` and `Meteorology` are one word
ALIKE = 0.5  # of the shorter expansion's content words
FIELDS = 50  # that one word is looked up in: one that more of them share tells none apart


def compare(tables: Tables) -> Comparison:
    """Rows of `expansions` with their witnesses: definitions of one acronym that name the same thing.

    Expansions that share less than half of their content words are homonyms of different fields, or one name in two
    languages: other facts. One that ends as the other does is the same name, given in full.
    """
    acronyms = tables["acronyms"]
    definitions = acronyms[acronyms["kind"] == "definition"]
    order = sequence(tables)
    facts = []
    for acronym, rows in definitions.groupby("acronym", sort=True):
        for key, fields in _by_field(sorted(set(rows["expansion_key"]))).items():
            chosen = rows[rows["expansion_key"].isin(fields)]
            short = _short_forms(fields)
            statements = [
                Statement(
                    article_id=row["article_id"],
                    start=int(row["definition_start"]),
                    end=int(row["definition_end"]),
                    value=row["expansion"],
                    group=short[row["expansion_key"]],
                )
                for row in chosen.to_dict("records")
            ]
            if len(statements) > 1:
                facts.append(state("expansion", f"{acronym}/{key}", str(acronym), statements, order))
    return together(facts)


def _by_field(keys: list[str]) -> dict[str, list[str]]:
    """Expansions that share half of their content words with the first of their field, by that first."""
    fields: dict[str, list[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    by_stem: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        content = frozenset(word[:STEM] for word in key.split() if word not in words("closed_class"))
        shared = Counter(first for stem in sorted(content) for first in by_stem[stem][:FIELDS])
        field = next((f for f, n in shared.most_common() if n >= ALIKE * min(len(content), len(stems[f]))), None)
        if field is not None:
            fields[field].append(key)
            continue
        fields[key], stems[key] = [key], content
        for stem in sorted(content):
            by_stem[stem].append(key)
    return fields


def _short_forms(keys: list[str]) -> dict[str, str]:
    """Each expansion by the shortest that it ends with: `Lagos Port Authority` by `Port Authority`."""
    known = set(keys)
    forms = {}
    for key in keys:
        parts = key.split()
        endings = (" ".join(parts[at:]) for at in range(len(parts) - 1, -1, -1))
        forms[key] = next(ending for ending in endings if ending in known)
    return forms
