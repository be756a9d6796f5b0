"""How large the pages of a large report are, and how long a browser takes to open its first.

    python tests/benchmarks/report.py [ARTICLES]

Writes a report of so many articles (default: 2,000) with the findings of the tests' small corpus, each under a name of
its own, opens `index.html` and `rules.html` in Chromium five times, and prints the largest pages and the medians.
"""

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import sync_playwright

from audits.reports.html import write
from tests.audits.reports.harbour import Report, report

ROUNDS = 5


def large(articles: int) -> Report:
    made = report()
    document = made.document
    rounds = -(-articles // len(document.articles))
    findings, kept, texts, blocks = [], [], {}, {}
    for n in range(rounds):
        names = {article.id: f"{article.id}-{n}" for article in document.articles}
        for article in document.articles:
            kept.append(replace(article, id=names[article.id], path=f"news/{n}/{article.path}"))
            texts[names[article.id]], blocks[names[article.id]] = made.texts[article.id], made.blocks[article.id]
        for finding in document.findings:
            spans = tuple(replace(s, article=names[s.article], path=f"news/{n}/{s.path}") for s in finding.spans)
            findings.append(replace(finding, id=f"{finding.id}{n}", fact=None, spans=spans))
    whole = replace(document, articles=tuple(kept), findings=tuple(findings))
    return made._replace(document=whole, texts=texts, blocks=blocks, facts=())


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        began = perf_counter()
        index = write(*large(articles), Path(folder) / "report")
        print(f"{articles:,} articles, written in {perf_counter() - began:.1f} s")
        sizes = {
            path.relative_to(index.parent).as_posix(): path.stat().st_size for path in index.parent.rglob("*.html")
        }
        for name in sorted(sizes, key=lambda name: -sizes[name])[:4]:
            print(f"{sizes[name] / 1e6:6.2f} MB  {name}")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in ("index.html", "rules.html"):
            times = []
            for _ in range(ROUNDS):
                page = browser.new_page()
                began = perf_counter()
                page.goto((index.parent / name).as_uri(), wait_until="load")
                times.append(perf_counter() - began)
                page.close()
            print(f"{median(times):6.2f} s   to open {name}")
        browser.close()


if __name__ == "__main__":
    main()
