"""Audits an annotated corpus, writes what was found as `docs/scores.md`, and holds it to a floor.

    python tests/benchmarks/gold.py [BENCH] [--check | --raise]

BENCH (default: ../shared/bench, beside the checkout) holds `score.py`, `dev/` (articles, findings.jsonl, traps.jsonl)
and `real/voa/` (articles as they were published). `--check` writes nothing and fails where a score is below its floor
in `floor.toml`; `--raise` writes higher floors there, never a lower one. `known_misses.yaml` says why what is missed.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from audits.reports.json import as_data
from expectations.catalogue import SEVERITIES, Rule, catalogue, select
from pipelines.audit import audit
from pipelines.reading import read_corpus

ROOT = Path(__file__).parents[2]
BENCH = ROOT.parent / "shared" / "bench"
SCORES = ROOT / "docs" / "scores.md"
FLOOR = Path(__file__).with_name("floor.toml")
KNOWN_MISSES = Path(__file__).with_name("known_misses.yaml")
EXTRACTION = Path(__file__).with_name("extraction.py")
# The share of traps that no finding fell into, beside what the scorer gives.
OVERALL = (
    "precision_error",
    "precision_error+warning",
    "precision_all",
    "recall_must",
    "recall_must+should",
    "traps_passed",
)
WANTED = {
    "precision_error": 0.95,
    "precision_error+warning": 0.92,
    "recall_must": 0.95,
    "recall_must+should": 0.85,
    "traps_passed": 0.98,
}
# Of a rule that has four annotated defects or more.
WANTED_OF_A_RULE = 0.75

Record = dict[str, Any]
Scores = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """A rule's part of the score: annotated defects and those found, by how clear they are, false alarms and traps."""

    rule: str
    must: int
    must_found: int
    should: int
    should_found: int
    false: int
    traps: int
    sprung: int

    @property
    def recall(self) -> float | None:
        return _share(self.must_found + self.should_found, self.must + self.should)

    @property
    def precision(self) -> float | None:
        found = self.must_found + self.should_found
        return _share(found, found + self.false)


def findings(articles: Path, rules: Mapping[str, Rule]) -> list[Record]:
    """What an audit of a folder finds, as in the JSON report."""
    document = audit(read_corpus([articles], articles.parent), rules).findings
    return json.loads(json.dumps(as_data(document)))["findings"]


def scored(
    scorer: Any, found: Sequence[Record], gold: Sequence[Record], traps: Sequence[Record]
) -> tuple[Record, list[Line]]:
    """The overall figures, and a line a rule in order of name. `scorer` is the annotated corpus's own `score.py`."""
    overall, found_by, false, sprung = scorer.score(found, gold, traps)
    overall["traps_passed"] = _share(overall["traps"] - overall["traps_sprung"], overall["traps"])
    wanted = Counter((item["rule"], item["expect"]) for item in gold)
    right = Counter((item["rule"], item["expect"]) for item in gold if found_by[item["id"]])
    wrong = Counter(finding["rule"] for finding in false)
    set_for = Counter(rule for trap in traps for rule in trap["would_be_rule"])
    fell = Counter(rule for rule, _ in {(finding["rule"], trap) for trap, finding in sprung})
    lines = [
        Line(
            rule,
            wanted[rule, "must"],
            right[rule, "must"],
            wanted[rule, "should"],
            right[rule, "should"],
            wrong[rule],
            set_for[rule],
            fell[rule],
        )
        for rule in sorted({rule for rule, expect in wanted if expect != "may"} | wrong.keys())
    ]
    return overall, lines


def scores(overall: Record, lines: Iterable[Line]) -> dict[str, dict[str, float]]:
    """What a floor can be set for: overall figures that are wanted, recall and precision of every rule that there is.

    Overall precision counts up to what is wanted: a floor above that would keep out every new rule but a perfect one.
    """
    rules = {
        line.rule: {name: share for name, share in (("recall", line.recall), ("precision", line.precision)) if share}
        for line in lines
        if line.rule in catalogue()
    }
    whole = {name: overall[name] or 0.0 for name in WANTED}
    whole |= {name: min(whole[name], WANTED[name]) for name in WANTED if name.startswith("precision")}
    return {"overall": whole, **rules}


def below(made: Scores, floor: Scores) -> list[str]:
    """What is lower than its floor, in words; what has a floor and no score counts as nothing."""
    return [
        f"{part}: {name} is {made.get(part, {}).get(name, 0):.4f}, below {least:.4f}"
        for part, names in floor.items()
        for name, least in names.items()
        if made.get(part, {}).get(name, 0) < least
    ]


def raised(made: Scores, floor: Scores) -> dict[str, dict[str, float]]:
    """The floor where every score that is higher has become the floor; none is lower, and none is lost."""
    parts = ["overall", *sorted((floor.keys() | made.keys()) - {"overall"})]
    highest = {
        part: {
            name: max(made.get(part, {}).get(name, 0), floor.get(part, {}).get(name, 0))
            for name in dict.fromkeys((*floor.get(part, {}), *made.get(part, {})))
        }
        for part in parts
    }
    return {part: names for part, names in highest.items() if names}


def as_toml(floor: Scores) -> str:
    """The floor as it is kept."""
    tables = (
        f'["{part}"]\n' + "".join(f'"{name}" = {least:.4f}\n' for name, least in names.items())
        for part, names in floor.items()
    )
    return "# Written by `gold.py --raise`: scores only ever rise.\n\n" + "\n".join(tables)


def document(
    overall: Record, lines: Sequence[Line], real: Sequence[Record], known: Mapping[str, Sequence[str]], extraction: str
) -> str:
    """`docs/scores.md`: overall figures, a line a rule, real articles, and what is known to be missed."""
    return "\n".join((*_overall(overall), *_by_rule(lines), *_real(real), *_known(known), *_extracted(extraction)))


def _overall(overall: Record) -> Iterator[str]:
    yield "# Scores"
    yield ""
    yield "Written by `tests/benchmarks/gold.py`: audits of annotated articles in which faults were planted, and of"
    yield "articles as they were published."
    yield ""
    yield "| figure | score | wanted |"
    yield "|---|---|---|"
    for name in OVERALL:
        yield f"| {name.replace('_', ', ', 1)} | {_shown(overall[name])} | {_shown(WANTED.get(name))} |"
    yield ""
    true, false, neutral = (overall[name] for name in ("true", "false", "neutral"))
    yield f"{overall['findings']} findings: {true} true, {false} false, {neutral} neither (house style and what only"
    yield f"outside knowledge decides); {overall['traps_sprung']} of {overall['traps']} traps sprung."
    yield ""


def _by_rule(lines: Iterable[Line]) -> Iterator[str]:
    yield "## By rule"
    yield ""
    yield "*Must* is clear and mechanical, *should* needs comparison or reading; a trap looks like the defect and is"
    yield f"none. Wanted of every rule with four or more: recall and precision {WANTED_OF_A_RULE}."
    yield ""
    yield "| rule | must: found | should: found | recall | false | precision | traps sprung |"
    yield "|---|---|---|---|---|---|---|"
    for line in lines:
        name = line.rule if line.rule in catalogue() else f"{line.rule} (no such rule yet)"
        found = f"{line.must_found} of {line.must} | {line.should_found} of {line.should}"
        share = f"{_shown(line.recall)} | {line.false} | {_shown(line.precision)}"
        yield f"| {name} | {found} | {share} | {line.sprung} of {line.traps} |"
    yield ""


def _real(real: Sequence[Record]) -> Iterator[str]:
    by_severity = Counter(finding["severity"] for finding in real)
    yield "## On articles as they were published"
    yield ""
    yield ", ".join(f"{by_severity[severity]} {severity}s" for severity in SEVERITIES) + ":"
    yield ""
    for rule, number in sorted(Counter(finding["rule"] for finding in real).items()):
        yield f"- {rule}: {number}"
    yield ""


def _known(known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "## Known to be missed, and why"
    yield ""
    for rule, reasons in sorted(known.items()):
        for reason in reasons:
            yield f"- **{rule}**: {' '.join(reason.split())}"
    yield ""


def _extracted(extraction: str) -> Iterator[str]:
    yield "## What extraction reads"
    yield ""
    yield "Dates, amounts, shares and sentences of cases that others have published (`tests/benchmarks/extraction.py`):"
    yield ""
    yield f"```text\n{extraction.strip()}\n```"
    yield ""


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", nargs="?", type=Path, default=BENCH, metavar="BENCH")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing; fail where a score is below its floor")
    mode.add_argument("--raise", action="store_true", dest="raise_", help="write higher floors too")
    options = parser.parse_args()
    if not (options.bench / "score.py").is_file():
        parser.error(f"{options.bench}: no annotated corpus here; name its folder")
    scorer, dev = _scorer(options.bench / "score.py"), options.bench / "dev"
    gold, traps = scorer.read_jsonl(dev / "findings.jsonl"), scorer.read_jsonl(dev / "traps.jsonl")
    rules = select(catalogue())
    overall, lines = scored(scorer, findings(dev / "articles", rules), gold, traps)
    made, floor = scores(overall, lines), tomllib.loads(FLOOR.read_text(encoding="utf-8"))
    if not options.check:
        command = [sys.executable, EXTRACTION, options.bench / "real"]
        extraction = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        real = findings(options.bench / "real" / "voa", rules)
        known = yaml.safe_load(KNOWN_MISSES.read_text(encoding="utf-8")) or {}
        SCORES.write_text(document(overall, lines, real, known, extraction), encoding="utf-8")
    if options.raise_:
        FLOOR.write_text(as_toml(raised(made, floor)), encoding="utf-8")
    for line in (lower := below(made, floor)):
        print(line)
    print("  ".join(f"{name} {_shown(overall[name])}" for name in OVERALL))
    return 1 if lower else 0


if __name__ == "__main__":
    sys.exit(main())
