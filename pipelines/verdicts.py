"""Which rules the articles of each part break, and of which parts that is news."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audits.findings import Findings
from pipelines.partitions import Parts
from pipelines.reading import display_path
from pipelines.store import Store, StoreError

DOCUMENT = "verdicts.json"


@dataclass(frozen=True)
class Verdict:
    """The open findings of a part's articles, counted by rule, in order of rule; the ids of its articles; and a digest
    of the counts and the articles as they are."""

    rules: Mapping[str, int]
    articles: tuple[str, ...]
    digest: str


def verdicts(document: Findings, parts: Parts, root: Path) -> dict[str, Verdict]:
    """The verdict on each part whose articles were audited, by its key."""
    audited = {article.path: article for article in document.articles}
    found: dict[str, Counter[str]] = {}
    for finding in document.findings:
        if finding.status == "open":
            found.setdefault(finding.anchor.path, Counter())[finding.rule] += 1
    made = {}
    for key, files in parts.items():
        articles = [audited[path] for file in files if (path := display_path(file, root)) in audited]
        rules: Counter[str] = Counter()
        for article in articles:
            rules += found.get(article.path, Counter())
        if articles:
            counts = dict(sorted(rules.items()))
            seen = json.dumps([counts, [(article.path, article.sha256) for article in articles]])
            digest = hashlib.sha256(seen.encode()).hexdigest()[:16]
            made[key] = Verdict(counts, tuple(article.id for article in articles), digest)
    return made


def rendered(made: Mapping[str, Verdict]) -> str:
    """The digests of the verdicts, as the store keeps them."""
    return json.dumps({key: verdict.digest for key, verdict in made.items()}, sort_keys=True)


def before(store: Store) -> dict[str, str]:
    """The digests of the verdicts of the audit before, by key; none where there was none."""
    try:
        return dict(json.loads(store.document(DOCUMENT, current=False)))
    except StoreError:
        return {}
