"""What Dagster costs as a corpus grows: `python tests/benchmarks/orchestration.py 5 200 2000` prints the table of
docs/operations.md. Runs are executed in this process, on the project's own instance, SQLite on disk: what a run costs
to start, some seconds, comes on top."""

import logging
import os
import random
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import dagster as dg

from pipelines.definitions import defs
from pipelines.defs import automation
from pipelines.defs.resources import Desk

ROOT = Path(__file__).parents[2]
PLACES = ("Skerry", "Ternhaven", "Low Quay", "Marram", "Gannet Point", "Saltmarsh", "Northbank", "Eider Bay")
THINGS = ("ferry terminal", "fish market", "lighthouse", "tidal mill", "rope works", "seed bank", "dry dock", "weir")
NAMES = ("Ada Holm", "Ivo Brandt", "Mara Quill", "Tomas Reed", "Lena Frost", "Piet Vane", "Nora Lund", "Otto Marsh")
PARAGRAPHS = 12


def article(number: int) -> str:
    """An article of some 400 words whose figures, names and dates differ from its neighbours' now and then."""
    chance = random.Random(number)
    place, thing, name = chance.choice(PLACES), chance.choice(THINGS), chance.choice(NAMES)
    day = f"{chance.randint(1, 28)} {chance.choice(['March', 'April', 'May'])} 2026"
    lines = [f"{place} {thing} opens after repairs, number {number}", "", f"By {chance.choice(NAMES)}, {day}", ""]
    for _ in range(PARAGRAPHS):
        millions, people = chance.randint(40, 44), chance.randint(10, 400)
        told = (
            f"The {place} {thing} cost USD {millions} million, {name}, the harbour master, said on {day}. "
            f"It employs {people} people and carried {people * 7} tonnes of {chance.choice(['salt', 'kelp', 'slate'])} "
            f"last year. “We are open again,” {name} told the {chance.choice(PLACES)} Courier."
        )
        lines += [told, ""]
    return "\n".join(lines)


def megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20


def measure(number: int) -> dict[str, float]:
    """Seconds of each step, and megabytes, for so many articles."""
    took: dict[str, float] = defaultdict(float)
    folder = Path(tempfile.mkdtemp(prefix="corrigenda-"))
    (folder / "seeds").mkdir()
    for at in range(number):
        (folder / "seeds" / f"article-{at:05}.txt").write_text(article(at), encoding="utf-8")
    shutil.copy(ROOT / "dagster.yaml", folder)
    os.chdir(folder)
    desk = Desk(root=str(folder))
    console = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

    def run(job: str, tags: dict[str, str]) -> None:
        begun = time.perf_counter()
        done = defs.resolve_job_def(job).execute_in_process(
            resources={"desk": desk}, instance=instance, tags=tags, run_config=console
        )
        took["backfill" if job == "audit_changed" else "audit"] += time.perf_counter() - begun
        for event in done.all_events:
            if event.is_step_success:
                took[str(event.step_key)] += event.step_success_data.duration_ms / 1000

    with dg.DagsterInstance.from_config(str(folder)) as instance:
        cursor = None
        while True:
            begun = time.perf_counter()
            looked = automation.articles_folder(dg.build_sensor_context(instance, cursor), desk=desk)
            took["look"] = max(took["look"], time.perf_counter() - begun)
            if isinstance(looked, dg.SkipReason):
                break
            cursor = looked.cursor
            for request in looked.dynamic_partitions_requests:
                instance.add_dynamic_partitions("articles", list(request.partition_keys))
            for request in looked.run_requests:
                key = {"dagster/partition": request.partition_key} if request.partition_key else {}
                run(str(request.job_name), {**request.tags, **key})
        first, took["first audit"] = dict(took), took["audit"]
        took["audit"] = 0
        took |= dict.fromkeys(("corpus", "tables", "comparisons", "findings", "report"), 0)
        (folder / "seeds" / "article-00000.txt").write_text(article(number), encoding="utf-8")
        run("audit_corpus", {})
        took["again"] = took["audit"]
        took |= {step: first[step] for step in ("corpus", "tables", "comparisons", "findings", "report")}
    took["instance"], took["store"] = megabytes(folder / ".dagster_home"), megabytes(folder / ".corrigenda")
    os.chdir(ROOT)
    shutil.rmtree(folder)
    return took


COLUMNS = {
    "look": "a look at the folder, at most, s",
    "backfill": "all partitions, s",
    "first audit": "first audit of the corpus, s",
    "comparisons": "of that, comparisons, s",
    "findings": "findings, s",
    "report": "report, s",
    "again": "audit after one edit, s",
    "instance": "instance, MB",
    "store": "store, MB",
}


def main() -> None:
    logging.disable(logging.WARNING)
    measured = {number: measure(number) for number in map(int, sys.argv[1:] or ["5", "200", "2000"])}
    print("| |", " | ".join(f"{number:,} articles" for number in measured), "|")
    print("|---|" + "---:|" * len(measured))
    for column, title in COLUMNS.items():
        print(f"| {title} |", " | ".join(f"{took[column]:.1f}" for took in measured.values()), "|")
    if len(measured) > 1:
        (few, small), (many, large) = list(measured.items())[-2:]
        for column in ("backfill", "first audit", "instance"):
            print(f"{column}: {large[column] / small[column] / (many / few):.2f} of linear, from {few:,} to {many:,}")


if __name__ == "__main__":
    main()
