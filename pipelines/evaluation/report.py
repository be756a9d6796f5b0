"""An evaluation for the terminal and as JSON, schema `corrigenda.evaluation/1`: the same bytes for the same outcome."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import RenderableType
from rich.text import Text

from audits.reports.text import counted, printed, table, visible
from pipelines.evaluation.evaluate import Evaluation, Kind, Trial

SCHEMA = "corrigenda.evaluation/1"
LONGEST = 160  # characters of a fault's words


def text(evaluation: Evaluation, *, colour: bool) -> str:
    """A line a kind of fault, what was not found with its place, and the closing figures."""
    planted = {kind: [t for t in evaluation.trials if t.fault == kind.fault] for kind in evaluation.kinds}
    parts: list[RenderableType] = []
    if evaluation.trials:
        rows = table("fault", "rule", "planted", "found", "also fired")
        for kind, trials in planted.items():
            if trials:
                found = sum(trial.found_by is not None for trial in trials)
                rows.add_row(kind.fault, kind.rule, str(len(trials)), str(found), _also(trials))
        parts += [rows, Text()]
    if missed := [trial for trial in evaluation.trials if trial.found_by is None]:
        parts.append(Text("Not found:"))
        parts += [_missed(trial) for trial in missed]
        parts.append(Text())
    if placeless := [kind for kind, trials in planted.items() if not trials]:
        parts.append(Text("No place for:"))
        parts += [Text(f"  {kind.fault} ({kind.rule})") for kind in placeless]
        parts.append(Text())
    if evaluation.rejected:
        parts.append(Text("Not read:"))
        parts += [Text(f"  {visible(file.path)}: {visible(file.reason)}") for file in evaluation.rejected]
        parts.append(Text())
    return printed([*parts, Text(_closing(evaluation, len(missed)))], colour=colour)


def as_json(evaluation: Evaluation) -> str:
    """The evaluation as JSON with a final newline."""
    data = {
        "schema": SCHEMA,
        "tool": {"name": "corrigenda", "version": evaluation.version},
        "seed": evaluation.seed,
        "articles": evaluation.articles,
        "rejected": [asdict(file) for file in evaluation.rejected],
        "kinds": [_figures(kind, evaluation.trials) for kind in evaluation.kinds],
        "faults": [asdict(trial) for trial in evaluation.trials],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _figures(kind: Kind, trials: Sequence[Trial]) -> dict[str, object]:
    own = [trial for trial in trials if trial.fault == kind.fault]
    found = sum(trial.found_by is not None for trial in own)
    return {**asdict(kind), "planted": len(own), "found": found, "also": dict(_counted(own))}


def _also(trials: Sequence[Trial]) -> str:
    return ", ".join(f"{rule} {number}" for rule, number in _counted(trials))


def _counted(trials: Sequence[Trial]) -> list[tuple[str, int]]:
    return sorted(Counter(rule for trial in trials for rule in trial.also).items())


def _missed(trial: Trial) -> Text:
    before, after = (visible(words.strip())[:LONGEST] for words in (trial.before, trial.after))
    change = f"»{before}« → »{after}«" if before else f"added »{after}«"
    return Text(f"  {visible(trial.path)}:{trial.line}:{trial.column}  {trial.rule}  {change}")


def _closing(evaluation: Evaluation, missed: int) -> str:
    planted = len(evaluation.trials)
    also = sum(len(trial.also) for trial in evaluation.trials)
    return (
        f"{counted(evaluation.articles, 'article')}, {counted(planted, 'fault')} planted one at a time "
        f"(seed {evaluation.seed}): {planted - missed:,} found, {missed:,} not; {counted(also, 'other new finding')}"
    )
