"""What the corpus says of each thing, for the terminal and as JSON, schema `corrigenda.facts/1`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from rich.text import Text

from audits.facts import CorpusFact
from audits.reports.text import counted, place, printed, visible, words

SCHEMA = "corrigenda.facts/1"


def render(facts: Sequence[CorpusFact], texts: Mapping[str, str], *, colour: bool) -> str:
    """Every fact with its values, those of most articles first, and the statements of each in a little context."""
    return printed([line for fact in facts for line in _fact(fact, texts)], colour=colour)


def as_json(facts: Sequence[CorpusFact]) -> str:
    """The facts as JSON with a final newline."""
    return (
        json.dumps({"schema": SCHEMA, "facts": [asdict(fact) for fact in facts]}, ensure_ascii=False, indent=1) + "\n"
    )


def _fact(fact: CorpusFact, texts: Mapping[str, str]) -> Iterator[Text]:
    verdict = ("disputed", "bold red") if fact.disputed else ("agreed", "green")
    yield Text.assemble((visible(fact.title), "bold"), "  ", verdict)
    if fact.sheet:
        yield Text(f"  {visible(fact.sheet)}")
    for side in fact.sides:
        favoured = ", favoured" if side.favoured and fact.disputed and fact.decided else ""
        yield Text.assemble("  ", (visible(side.value), "bold"), f"  {counted(side.articles, 'article')}{favoured}")
        for statement in side.statements:
            day = statement.day or "no date"
            where = (f"{day}  {place(statement.span)}", "dim")
            yield Text.assemble("    ", where, "  ").append(words(statement.span, texts))
    yield Text()
