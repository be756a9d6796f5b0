"""The corpus of the benchmarks: the same one each time, and its faults are there to be found."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import generate, write

from tests.audits_of import audit_of


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(generate(60, seed=3)) == list(generate(60, seed=3))
    assert list(generate(60, seed=3)) != list(generate(60, seed=4))


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one() -> None:
    assert list(generate(25)) == list(generate(60))[:25]


def test_articles_are_as_long_as_news_briefs(tmp_path: Path) -> None:
    write(tmp_path, 100)
    sizes = [path.stat().st_size for path in tmp_path.rglob("*.txt")]
    assert len(sizes) == 100
    assert 700 < sum(sizes) / len(sizes) < 1_100


def test_planted_faults_are_found() -> None:
    articles = list(generate(60))
    findings = audit_of({file: text for file, text, _ in articles}).findings.findings
    found = {(finding.rule, span.path) for finding in findings for span in finding.spans}
    assert {tuple(fault) for _, _, faults in articles for fault in faults} <= found
