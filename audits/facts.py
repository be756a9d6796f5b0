"""What the corpus says of one thing: the statements of a fact, side by side, by the value that they give."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audits.findings import Corpus, Findings, Span

Row = Mapping[str, Any]

# Table → what an editor looks it up by, with the columns of its row. Facts of house style are looked up by nobody.
TITLES: Mapping[str, str] = {
    "valuations": "{subject}: {measure}",
    "counts": "{subject}: how many",
    "ranks": "{subject}: title",
    "occasions": "{subject}: when",
    "sites": "{subject}: where",
    "names": "{subject}: spelling",
    "expansions": "{subject}: what it stands for",
    "wordings": "“{subject}”: wording",
    "speakers": "“{subject}”: who said it",
    "sheet": "{subject}: {property}",
}
# Of what the sheet holds, the other tables tell the rest.
SHEET = "sheet"
SUBJECT_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class Statement:
    """What an article says, in its words: `amount` is the value where that is a number.

    `day` is the article's date (ISO 8601), None where it has none.
    """

    span: Span
    day: str | None
    value: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Side:
    """A value, as it is first stated, and the statements that give it or agree with it."""

    value: str
    favoured: bool
    statements: tuple[Statement, ...]

    @property
    def articles(self) -> int:
        return len({statement.span.article for statement in self.statements})


@dataclass(frozen=True, slots=True)
class CorpusFact:
    """A fact that two or more statements give: its sides, the favoured one first, then by number of articles.

    `sheet` is what the newsroom's fact sheet says of it, as a sentence; `findings` are the ids of what the audit says.
    """

    id: str
    kind: str
    subject: str
    title: str
    sheet: str | None
    sides: tuple[Side, ...]
    findings: tuple[str, ...]

    @property
    def disputed(self) -> bool:
        return bool(self.findings)

    @property
    def decided(self) -> bool:
        """Whether the sheet, or more articles than any other value has, speak for the first side."""
        return bool(self.sheet) or len(self.sides) < 2 or self.sides[0].articles > self.sides[1].articles

    @property
    def articles(self) -> int:
        return len({statement.span.article for statement in self.statements})

    @property
    def statements(self) -> list[Statement]:
        return [statement for side in self.sides for statement in side.statements]


def gather(
    facts: Mapping[str, Iterable[Row]], witnesses: Iterable[Row], corpus: Corpus, document: Findings
) -> tuple[CorpusFact, ...]:
    """Every fact of the tables that TITLES knows, in their order and that of subjects.

    `facts` are the rows of these tables, `witnesses` those of the table of that name, `document` an audit of the same
    articles: disputed is what it has a finding about.
    """
    stated: dict[str, list[Row]] = defaultdict(list)
    for witness in witnesses:
        stated[witness["fact_id"]].append(witness)
    said: dict[str, list[str]] = defaultdict(list)
    for finding in document.findings:
        said[finding.fact or ""].append(finding.id)
    made = (
        _fact(kind, row, stated[row["fact_id"]], corpus, said[row["fact_id"]])
        for kind in TITLES
        for row in sorted(facts.get(kind, ()), key=lambda row: (row["subject"].casefold(), row["fact_id"]))
    )
    return tuple(fact for fact in made if fact.disputed or fact.kind != SHEET)


def about(facts: Iterable[CorpusFact], asked: str, names: Mapping[str, Iterable[str]]) -> Iterator[CorpusFact]:
    """The facts whose subject has the words that are asked for, or one of the `names` that the articles give them."""
    wanted = [_words(asked), *(_words(name) for name in names.get(asked, ()))]
    for fact in facts:
        if any(_within(words, _words(fact.subject)) for words in wanted):
            yield fact


def _fact(kind: str, row: Row, witnesses: Sequence[Row], corpus: Corpus, findings: Sequence[str]) -> CorpusFact:
    by_side: dict[int, list[Row]] = defaultdict(list)
    for witness in witnesses:
        by_side[witness["side"]].append(witness)
    sides = [
        Side(
            said[0]["value"],
            any(witness["value"] == row["favoured"] for witness in said),
            tuple(sorted((_statement(one, corpus) for one in said), key=_age)),
        )
        for said in by_side.values()
    ]
    subject = " ".join(row["subject"].split())
    short = subject if len(subject) <= SUBJECT_CHARACTERS else subject[: SUBJECT_CHARACTERS - 1].rstrip() + "…"
    return CorpusFact(
        id=row["fact_id"],
        kind=kind,
        subject=subject,
        title=_capital(TITLES[kind].format_map({**row, "subject": short})),
        sheet=row["sheet"],
        sides=tuple(sorted(sides, key=lambda side: (not side.favoured, -side.articles, -len(side.statements)))),
        findings=tuple(findings),
    )


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _statement(witness: Row, corpus: Corpus) -> Statement:
    day = corpus.articles[witness["article_id"]]["published_at"]
    return Statement(corpus.span(witness, witness["role"]), day, witness["value"], witness["amount"])


def _age(statement: Statement) -> tuple[str, str, int]:
    return statement.day or "", statement.span.path, statement.span.start


def _words(phrase: str) -> list[str]:
    return phrase.casefold().replace("-", " ").replace("–", " ").split()


def _within(words: Sequence[str], subject: Sequence[str]) -> bool:
    return bool(words) and any(
        list(subject[at : at + len(words)]) == list(words) for at in range(len(subject) - len(words) + 1)
    )
