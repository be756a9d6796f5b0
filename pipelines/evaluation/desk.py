"""The clean corpus as planting needs it: articles with their records, facts and neighbours, read as they are used."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from expectations import contracts
from expectations.facts import Fact
from pipelines.audit import Audit, Rows
from pipelines.evaluation.faults import Copy, Fault, Statement
from pipelines.evaluation.variants import Variant, placed
from pipelines.extraction import Records, extract
from pipelines.reading import Corpus, reread
from pipelines.reading.article import Article

# With how many other articles a changed one is compared: a corpus is read once, whatever is planted in it.
NEIGHBOURS = 6


class Desk:
    """The articles of a corpus, and what its audit has said of them before anything is planted."""

    def __init__(self, corpus: Corpus, clean: Audit, facts: Sequence[Fact] = ()) -> None:
        self.articles = {article.id: article for article in corpus.articles}
        self._house, self._facts = corpus.house, tuple(facts)
        known = clean.tables["articles"]
        self._sequence = dict(zip(known["article_id"], map(int, known["sequence"]), strict=True))
        self._flagged: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for finding in clean.findings.findings:
            for span in finding.spans:
                self._flagged[span.article].append((span.start, span.end))
        self._agreed = {
            fact: table
            for table, contract in contracts.COMPARISONS.items()
            if issubclass(contract, contracts.Facts)
            for fact, values in zip(clean.tables[table]["fact_id"], clean.tables[table]["values"], strict=True)
            if values == 1
        }
        self._statements: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self._stated_in: dict[str, dict[str, None]] = defaultdict(dict)
        for row in clean.tables["witnesses"].to_dict("records"):
            self._statements[row["article_id"]].append({str(name): value for name, value in row.items()})
            self._stated_in[row["fact_id"]][row["article_id"]] = None
        self._records: dict[str, Records] = {}
        self._reading: dict[str, Rows] = {}

    def variant(self, article: Article) -> Variant:
        """The article, as it is or changed, in its corpus."""
        others = tuple(self._rows(other.id) for other in self.neighbours(article.id))
        return Variant(article, self._sequence[article.id], others, self._house, self._facts)

    def changed(self, article: str, fault: Fault) -> Article:
        """The article with the fault in it, read anew."""
        clean = self.articles[article]
        return reread(fault.applied(clean.text), clean.id, clean.path, self._house)

    def records(self, article: str) -> Records:
        """The article's records, by table."""
        if article not in self._records:
            self._records[article] = extract(self.articles[article], self._house)
        return self._records[article]

    def _rows(self, article: str) -> Rows:
        """The article's rows of the tables of reading and of records."""
        if article not in self._reading:
            self._reading[article] = placed(self.articles[article], self._sequence[article])
        return {**self._reading[article], **self.records(article)}

    def neighbours(self, article: str) -> tuple[Article, ...]:
        """The articles that state most of the same facts; where none does, the one that was published next."""
        facts = dict.fromkeys(row["fact_id"] for row in self._statements[article])
        shared = Counter(other for fact in facts for other in self._stated_in[fact] if other != article)
        near = sorted(shared, key=lambda other: (-shared[other], self._sequence[other]))[:NEIGHBOURS]
        return tuple(self.articles[other] for other in near) or self._next(article)

    def copy(self, article: str) -> Copy:
        statements: dict[str, list[Statement]] = defaultdict(list)
        for row in self._statements[article]:
            if table := self._agreed.get(row["fact_id"]):
                statements[table].append(Statement(row["start"], row["end"], row["text"]))
        of = self.articles[article]
        day = of.published.day if of.published else None
        facts = tuple(fact for fact in self._facts if fact.holds(day))
        return Copy(of, self._house, self.records(article), statements, self.neighbours(article), facts)

    def unflagged(self, article: str, fault: Fault) -> bool:
        """Whether the audit has nothing to say of the place yet."""
        return not any(start < fault.end and fault.start < end for start, end in self._flagged[article])

    def _next(self, article: str) -> tuple[Article, ...]:
        later = [other for other, place in self._sequence.items() if place > self._sequence[article]]
        others = later or [other for other in self._sequence if other != article]
        return (self.articles[min(others, key=self._sequence.__getitem__)],) if others else ()
