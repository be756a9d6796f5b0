"""How time and memory grow with the number of articles, beside a peer on the same files in the same run.

    python tests/benchmarks/scale.py [--counts 1000 2000 4000 10000] [--jobs N] [--dense] [--peer COMMAND] [--json FILE]

For each count a corpus is made (`corpus.py`) and audited by all rules in a process of its own, stage by stage: wall and
CPU seconds, the peak memory of all its processes together (Linux), and what was done: rows, candidate pairs, findings,
and how many of the planted faults were found, so that no speed comes from skipped work. Below the table stand the
exponents k of CPU time n^k. With `--peer`, a command that takes files (`proselint check`), the whole `corrigenda audit`
and the peer run on the same files, one after the other; the ratio is that of their wall times.
"""

import argparse
import json
import math
import os
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from corpus import write

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [str(Path(sys.executable).with_name("corrigenda")), "audit"]
EVERY = 0.5  # seconds between two looks at the memory in use

Made = TypeVar("Made")


class Stages:
    """Wall and CPU seconds by stage, those of finished child processes included."""

    def __init__(self) -> None:
        self.seconds: dict[str, dict[str, float]] = {}

    def run(self, stage: str, work: Callable[[], Made]) -> Made:
        wall, cpu = time.perf_counter(), _cpu()
        made = work()
        self.seconds[stage] = {"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu}
        return made


def _cpu() -> float:
    return sum(os.times()[:4])


def measure(folder: Path, jobs: int) -> dict[str, Any]:
    """One audit of the folder's articles, stage by stage."""
    stages = Stages()
    stages.run("start", start)
    from expectations.catalogue import catalogue
    from pipelines import audit as audits
    from pipelines import comparison
    from pipelines.engines import local
    from pipelines.reading import read_corpus

    pairs = count_pairs(comparison)
    corpus = stages.run("read", lambda: read_corpus([folder], folder))
    records = stages.run("extract", lambda: local.records(corpus.articles, jobs, lambda _a, _b: None, lambda: None))
    tables = stages.run("tables of reading", lambda: audits.read_tables(corpus.articles))
    tables |= stages.run("tables of records", lambda: audits.record_tables(records, tables))
    tables |= stages.run("compare", lambda: audits.comparison_tables(tables))
    found = stages.run("rules", lambda: audits.find(tables, catalogue(), corpus.rejected))
    return {
        "articles": len(corpus.articles),
        "bytes": sum(len(article.text.encode()) for article in corpus.articles),
        "stages": stages.seconds,
        "rows": sum(len(frame) for frame in tables.values()),
        "pairs": pairs[""],
        "findings": len(found.findings),
        "planted": planted_and_found(folder, found.findings),
    }


def start() -> None:
    """What every audit imports before it can judge."""
    from expectations.validate import warm

    warm()


def count_pairs(package: ModuleType) -> Counter[str]:
    """Counts the candidate pairs that the comparers of the package look at from now on."""
    counted: Counter[str] = Counter()

    def counting(candidates: Callable[..., Iterator[tuple[int, int]]]) -> Callable[..., Iterator[tuple[int, int]]]:
        def looked_at(*given: Any) -> Iterator[tuple[int, int]]:
            for pair in candidates(*given):
                counted[""] += 1
                yield pair

        return looked_at

    for module in vars(package).values():
        if isinstance(module, ModuleType) and hasattr(module, "candidates"):
            module.candidates = counting(module.candidates)  # type: ignore[method-assign, assignment]
    return counted


def planted_and_found(folder: Path, findings: Any) -> dict[str, str]:
    """By rule, how many of the planted faults are found: `118/120`."""
    places = {(finding.rule, span.path) for finding in findings for span in finding.spans}
    planted: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for line in (folder / "planted.jsonl").read_text(encoding="utf-8").splitlines():
        fault = json.loads(line)
        planted[fault["rule"]] += 1
        seen[fault["rule"]] += (fault["rule"], fault["file"]) in places
    return {rule: f"{seen[rule]}/{count}" for rule, count in sorted(planted.items())}


def run(command: list[str], **settings: Any) -> tuple[float, float, int, str]:
    """A command's wall and CPU seconds, the peak memory of its processes together in bytes (0: unknown), its output."""
    wall, before = time.perf_counter(), os.times()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **settings) as process:
        peak: list[int] = [0]
        done = threading.Event()

        def watch() -> None:
            while not done.wait(EVERY):
                peak[0] = max(peak[0], _resident(process.pid))

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        output = process.stdout.read() if process.stdout else ""
        process.wait()
        done.set()
        watching.join()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - wall, cpu, peak[0], output


def _resident(root: int) -> int:
    """Bytes that a process and its children hold, pages that they share counted in parts; 0 where nobody says so."""
    held = 0
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
        lines = Path(f"/proc/{root}/smaps_rollup").read_text().splitlines()
        held = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return held
    return held + sum(_resident(int(child)) for child in children)


def measured(count: int, arguments: argparse.Namespace) -> dict[str, Any]:
    """All that is measured on one corpus."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "corpus")
        write(folder, count, dense=arguments.dense)
        here = [sys.executable, str(Path(__file__)), "--measure", str(folder), "--jobs", str(arguments.jobs)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        _, cpu, peak, output = run(here, env=environment)
        result: dict[str, Any] = {**json.loads(output), "cpu": cpu, "peak": peak}
        if arguments.peer:
            kept = [f"--{name}={temporary}/{name}" for name in ("store", "history")]
            ours = [*COMMAND, str(folder), "--no-report", f"--jobs={arguments.jobs}", *kept, "--format=json"]
            files = sorted(map(str, folder.rglob("*.txt")))
            result["ours"] = run(ours, cwd=temporary, env=environment)[0]
            result["peer"] = run([*shlex.split(arguments.peer), *files], stderr=subprocess.DEVNULL)[0]
        return result


def table(results: list[dict[str, Any]]) -> str:
    """The results as Markdown."""
    stages = list(results[0]["stages"])
    lines = ["| | " + " | ".join(f"{result['articles']:,}" for result in results) + " |"]
    lines.append("|---|" + "--:|" * len(results))
    for stage in stages:
        cells = (f"{result['stages'][stage]['cpu']:.1f} ({result['stages'][stage]['wall']:.1f})" for result in results)
        lines.append(f"| {stage} | " + " | ".join(cells) + " |")
    rows: list[tuple[str, Callable[[dict[str, Any]], str]]] = [
        ("all, CPU s", lambda result: f"{result['cpu']:.1f}"),
        ("peak memory, MiB", lambda result: f"{result['peak'] / 2**20:,.0f}"),
        ("rows", lambda result: f"{result['rows']:,}"),
        ("candidate pairs", lambda result: f"{result['pairs']:,}"),
        ("findings", lambda result: f"{result['findings']:,}"),
        ("planted faults found", lambda result: _sum(result["planted"])),
    ]
    if "peer" in results[0]:
        rows += [
            ("`corrigenda audit`, wall s", lambda result: f"{result['ours']:.1f}"),
            ("peer, wall s", lambda result: f"{result['peer']:.1f}"),
            ("ratio", lambda result: f"{result['ours'] / result['peer']:.2f}"),
        ]
    lines += [f"| {name} | " + " | ".join(map(cell, results)) + " |" for name, cell in rows]
    return "\n".join(lines)


def _sum(planted: dict[str, str]) -> str:
    pairs = [cell.split("/") for cell in planted.values()]
    return "/".join(f"{sum(int(pair[at]) for pair in pairs):,}" for at in (0, 1))


def exponents(results: list[dict[str, Any]]) -> dict[str, float]:
    """k of CPU time n^k between the smallest and the largest corpus, by stage; that of starting grows with nothing."""

    def exponent(first: float, last: float) -> float:
        return math.log(last / first) / math.log(results[-1]["articles"] / results[0]["articles"])

    stages = [stage for stage in results[0]["stages"] if stage != "start"]
    of_stage = {stage: [result["stages"][stage]["cpu"] for result in results] for stage in stages}
    of_stage["all but start"] = [sum(times) for times in zip(*of_stage.values(), strict=True)]
    return {stage: round(exponent(times[0], times[-1]), 2) for stage, times in of_stage.items() if times[0] > 0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 2_000, 4_000, 10_000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--dense", action="store_true")
    parser.add_argument("--peer")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure(arguments.measure, arguments.jobs)))
        return
    results = [measured(count, arguments) for count in arguments.counts]
    growth = exponents(results) if len(results) > 1 else {}
    print("CPU seconds, wall seconds in brackets; articles:\n")
    print(table(results))
    print("\nexponents:", ", ".join(f"{stage} {k}" for stage, k in growth.items()) or "one corpus tells none")
    if arguments.json:
        arguments.json.write_text(json.dumps({"results": results, "exponents": growth}, indent=1) + "\n")


if __name__ == "__main__":
    main()
