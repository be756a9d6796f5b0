"""How well dates, amounts and sentences are read, on cases of others: F1, or the share of texts split right.

    python tests/benchmarks/extraction.py [FOLDER] [--misses]

FOLDER holds `date_cases.jsonl`, `currency_cases.jsonl` and `percent_cases.jsonl` (a JSON object a line: `input`,
`expected` with `start`, `end`, `value`, and for dates `reference`, the day of writing) and `sentence_cases.jsonl`
(`text`, `sentences`); `not_copy.yaml` beside this script says which dates no news copy holds. Without FOLDER, the
first folder `bench/real` in or beside the checkout or above it is taken. A value is right where the places overlap
and the values agree: numbers to one part in a million, dates as year, month and day.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from pipelines.extraction import dates
from pipelines.extraction.document import Document
from pipelines.extraction.figures import find
from pipelines.language.sentences import sentence_spans
from pipelines.language.tokens import tokenise
from pipelines.reading.article import Article, Block, Publication, Stated

ROOT = Path(__file__).resolve().parents[2]
NOT_COPY = Path(__file__).with_name("not_copy.yaml")
ALIKE = 1e-6

Case = dict[str, Any]
Answer = tuple[int, int, str]  # start, end, value


def found_dates(case: Case) -> list[Answer]:
    text, day = case["input"], case["reference"][:10]
    article = Article(
        id="case",
        path="case.txt",
        sha256="",
        format="text",
        text=text,
        blocks=(Block("paragraph", 0, len(text)),),
        published=Publication(Stated(day, "header", 0, 0), day),
    )
    rows = dates.extract(Document(article))
    return [(row["start"], row["end"], row["value"]) for row in rows if row["value"] and len(row["value"]) == 10]


def found_figures(kind: str) -> Callable[[Case], list[Answer]]:
    sign = "%" if kind == "percent" else ""

    def found(case: Case) -> list[Answer]:
        tokens = tokenise(case["input"])
        figures = (figure for figure in find(tokens, case["input"]) if figure.kind == kind)
        return [
            (tokens[figure.first].start, tokens[figure.after - 1].end, f"{figure.number.low:.15g}{sign}")
            for figure in figures
        ]

    return found


def agree(found: str, wanted: object) -> bool:
    try:
        value = float(str(wanted))
        return abs(float(found) - value) <= ALIKE * max(1.0, abs(value))
    except ValueError:
        return found == str(wanted)


def score(cases: Iterable[Case], read: Callable[[Case], list[Answer]], *, misses: bool) -> str:
    right = wrong = missed = 0
    for case in cases:
        left, answers = list(case["expected"]), read(case)
        for start, end, value in answers:
            hit = next(
                (e for e in left if start < e["end"] and e["start"] < end and agree(value, e["value"])),
                None,
            )
            if hit:
                left.remove(hit)
            right, wrong = right + bool(hit), wrong + (not hit)
        missed += len(left)
        if misses and left:
            print(f"  {case['input']!r}: wanted {[(e['text'], e['value']) for e in left]}, read {answers}")
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"precision {right / max(1, right + wrong):.3f}  recall {right / max(1, right + missed):.3f}  F1 {f1:.3f}"


def of_copy(dates: list[Case]) -> list[Case]:
    """The cases that news copy could hold."""
    kinds = yaml.safe_load(NOT_COPY.read_text(encoding="utf-8"))
    left_out = {number for kind in kinds for number in kind["cases"]}
    return [case for number, case in enumerate(dates, 1) if number not in left_out]


def split_right(cases: list[Case], *, misses: bool) -> str:
    right = 0
    for case in cases:
        text = case["text"]
        sentences = [text[start:end] for start, end in sentence_spans(text)]
        same = sentences == [sentence.strip() for sentence in case["sentences"]]
        right += same
        if misses and not same:
            print(f"  wanted {case['sentences']}, read {sentences}")
    return f"right {right / len(cases):.3f} of {len(cases)}"


def folder_of_cases(arguments: list[str]) -> Path:
    """The folder given, or the one found beside the checkout. Raises SystemExit where there is none."""
    if arguments:
        return Path(arguments[0])
    places = [place / name for place in (ROOT, *ROOT.parents) for name in ("bench/real", "shared/bench/real")]
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        raise SystemExit(__doc__)
    return found


def main() -> None:
    misses = "--misses" in sys.argv
    folder = folder_of_cases([argument for argument in sys.argv[1:] if argument != "--misses"])

    def cases(kind: str) -> list[Case]:
        lines = (folder / f"{kind}_cases.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    of_dates = cases("date")
    print("dates     ", score(of_dates, found_dates, misses=misses))
    copy = of_copy(of_dates)
    print(" of copy  ", score(copy, found_dates, misses=False), f"({len(copy)} of {len(of_dates)} cases)")
    print("amounts   ", score(cases("currency"), found_figures("money"), misses=misses))
    print("shares    ", score(cases("percent"), found_figures("percent"), misses=misses))
    print("sentences ", split_right(cases("sentence"), misses=misses))


if __name__ == "__main__":
    main()
