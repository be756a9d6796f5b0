"""Audits of texts given in tests."""

from collections.abc import Iterable, Mapping, Sequence

from audits.findings import Finding
from expectations.catalogue import catalogue
from expectations.facts import Fact
from pipelines.audit import Audit, Tables, audit, read_tables, record_tables
from pipelines.extraction import extract, gather
from pipelines.reading import Corpus, read_bytes, with_ids


def audit_of(texts: Mapping[str, str], rules: Iterable[str] | None = None, facts: Sequence[Fact] = ()) -> Audit:
    """The audit of articles given as file name → text, by all rules or by those named, beside a fact sheet."""
    articles = with_ids(read_bytes(text.encode(), name) for name, text in sorted(texts.items()))
    chosen = catalogue() if rules is None else {name: catalogue()[name] for name in rules}
    return audit(Corpus(articles, ()), chosen, facts=facts)


def records_of(texts: Mapping[str, str]) -> Tables:
    """The tables of reading and of records, before anything is compared, of articles given as file name → text."""
    articles = with_ids(read_bytes(text.encode(), name) for name, text in sorted(texts.items()))
    tables = read_tables(articles)
    return tables | record_tables(gather(extract(article) for article in articles), tables)


def findings_of(texts: Mapping[str, str], rule: str, facts: Sequence[Fact] = ()) -> list[Finding]:
    """What `rule` finds in the texts, once the rules that it yields to have spoken."""
    found = audit_of(texts, {rule, *catalogue()[rule].yields_to}, facts)
    return [finding for finding in found.findings.findings if finding.rule == rule]
