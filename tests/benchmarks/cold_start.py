"""How long a cold start takes beside a bare import of the libraries that it cannot do without.

    python tests/benchmarks/cold_start.py [RUNS] [CORPUS]

Runs each command in turn with the bare import, A B A B …, and prints the medians and the ratios pair by pair. Wanted:
`audit` and `gate` at most 1.5, `--help`, `rules` and `explain` at most 0.15.

The gate judges one article of CORPUS, the annotated one where it stands beside the checkout, against the others, whose
records are in its index; the five articles in `seeds` are audited.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ANNOTATED = ROOT.parent / "shared" / "bench" / "dev"
BARE = [sys.executable, "-c", "import great_expectations, pandera.pandas"]
CORRIGENDA = [str(Path(sys.executable).with_name("corrigenda"))]


def seconds(command: list[str]) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False)
    assert done.returncode in {0, 1}, command
    return time.perf_counter() - start


def published(corpus: Path, folder: Path) -> Path:
    """A copy of the corpus in the folder but for its last article, which is put beside it."""
    *others, new = sorted(file for file in corpus.rglob("*") if file.suffix in {".txt", ".md"})
    for file in others:
        copy = folder / "published" / file.relative_to(corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    return Path(shutil.copy(new, folder))


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    corpus = Path(sys.argv[2]) if len(sys.argv) > 2 else ANNOTATED if ANNOTATED.is_dir() else ROOT / "seeds"
    with tempfile.TemporaryDirectory() as folder:
        new = published(corpus, Path(folder))
        commands = {
            "gate": [*CORRIGENDA, "gate", str(new), "--corpus", f"{folder}/published", "--store", f"{folder}/store"],
            "audit": [*CORRIGENDA, "audit", "--report", f"{folder}/report", "--store", f"{folder}/store"],
            "--help": [*CORRIGENDA, "--help"],
            "rules": [*CORRIGENDA, "rules"],
            "explain": [*CORRIGENDA, "explain", "weekday-mismatch"],
        }
        print(f"{'command':10} {'median s':>9} {'bare s':>9} {'ratio':>7}   (pairs: {runs})")
        for name, command in commands.items():
            seconds(command), seconds(BARE)  # warm
            pairs = [(seconds(command), seconds(BARE)) for _ in range(runs)]
            ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"{name:10} {ours:9.2f} {bare:9.2f} {ratio:7.2f}")


if __name__ == "__main__":
    main()
