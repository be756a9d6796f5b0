"""The audit that a desk shows, made again as the articles change."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from audits.facts import CorpusFact
from audits.findings import Findings
from expectations.catalogue import Rule
from expectations.facts import Fact
from expectations.validate import is_warm, warm
from pipelines.audit import (
    Progress,
    blocks_of,
    comparison_tables,
    facts_of,
    find,
    read_tables,
    record_tables,
    silent,
    texts_of,
)
from pipelines.engines import local
from pipelines.extraction import Records, gather
from pipelines.language.house import House
from pipelines.reading import Corpus, display_path, listed, read_corpus
from pipelines.reading.article import Article
from pipelines.reading.hashes import Hashes


class NothingToAuditError(ValueError):
    """No file is left that can be read as an article."""


@dataclass(frozen=True)
class Edition:
    """What an audit has found, before anything is waived: `content` is what was audited, `at` is when."""

    content: str
    at: datetime
    findings: Findings
    texts: Mapping[str, str]
    blocks: Mapping[str, Sequence[tuple[str, int, int]]]
    facts: tuple[CorpusFact, ...]


class Auditor:
    """Audits what is in the folders, again and again; an article that has not changed is extracted once."""

    def __init__(
        self,
        paths: Sequence[Path],
        root: Path,
        house: House,
        rules: Mapping[str, Rule],
        facts: Sequence[Fact],
        jobs: int = 1,
    ) -> None:
        self.rules = rules
        self._paths, self._root, self._house, self._facts, self._jobs = paths, root, house, facts, jobs
        self._records: dict[tuple[str, str, str], Records] = {}
        self._hashes = Hashes()

    def content(self) -> str:
        """A hash of all that an audit would read: paths and bytes."""
        files, rejected = listed(self._paths, self._root)
        whole = hashlib.sha256(repr(rejected).encode())
        for file in files:
            whole.update(f"{display_path(file, self._root)}\0{self._hashes.of(file)}\0".encode())
        return whole.hexdigest()

    def audit(self, tell: Progress = silent) -> Edition:
        """Audit what is there now.

        Raises NothingToAuditError, and as `pipelines.audit.audit` does where the fault is ours.
        """
        content, at = self.content(), datetime.now()  # first: what changes from here on is seen the next time
        tell("reading", 0, 0)
        corpus = read_corpus(self._paths, self._root, self._house)
        if not corpus.articles:
            raise NothingToAuditError("there is no readable article left to audit")
        tables = read_tables(corpus.articles)
        tables |= record_tables(self._extracted(corpus, tell), tables)
        tell("comparing", 0, 0)
        tables |= comparison_tables(tables, self._facts)
        tell(f"checking {len(self.rules)} rules", 0, 0)
        findings = find(tables, self.rules, corpus.rejected)
        return Edition(content, at, findings, texts_of(tables), blocks_of(tables), facts_of(tables, findings))

    def _extracted(self, corpus: Corpus, tell: Progress) -> Records:
        fresh = [article for article in corpus.articles if _key(article) not in self._records]
        tell("preparing", 0, 0)
        meanwhile = (lambda: None) if is_warm() else warm
        made = local.records(fresh, self._jobs, partial(tell, "extracting"), meanwhile, self._house)
        apart: dict[str, Records] = {article.id: {table: [] for table in made} for article in fresh}
        for table, rows in made.items():
            for row in rows:
                apart[row["article_id"]][table].append(row)
        known = self._records | {_key(article): apart[article.id] for article in fresh}
        self._records = {_key(article): known[_key(article)] for article in corpus.articles}
        return gather(self._records.values())


def _key(article: Article) -> tuple[str, str, str]:
    return article.id, article.path, article.sha256
