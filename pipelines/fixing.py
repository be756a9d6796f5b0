"""Articles mended as far as that is safe: audited, mended and audited again, until nothing more can be mended."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from audits import fixes
from audits.findings import Finding, Findings
from audits.fixes import Edits
from expectations.catalogue import Rule
from expectations.facts import Fact
from pipelines.audit import Progress, audit, silent
from pipelines.reading import Corpus, reread
from pipelines.reading.article import Article

MOST_ROUNDS = 10  # what one fix uncovers, the next round mends

Audited = Callable[[Corpus], Findings]


@dataclass(frozen=True, slots=True)
class Fixed:
    """An article as it was read, and its text as mended."""

    article: Article
    text: str


@dataclass(frozen=True)
class Fixes:
    """The articles that can be mended, how many findings that settles, and how many are left: mending them would bring
    up others."""

    articles: tuple[Fixed, ...]
    settled: int
    left: int


def fix(
    corpus: Corpus,
    rules: Mapping[str, Rule],
    chosen: Collection[str],
    settle: Callable[[Findings], Findings],
    *,
    facts: Sequence[Fact] = (),
    jobs: int = 1,
    tell: Progress = silent,
) -> Fixes:
    """Mend what is safe to mend of the open findings of the rules `chosen`; no error or warning of `rules` comes up.

    `settle` marks the findings that are waived. Nothing is written. What is mended already stays as it is.
    """

    def audited(articles: Corpus) -> Findings:
        return settle(audit(articles, rules, facts=facts, jobs=jobs, tell=tell).findings)

    mended, document = corpus, audited(corpus)
    settled = 0
    for _ in range(MOST_ROUNDS):
        made, after = _round(mended, document, chosen, audited)
        if not made:
            break
        settled += sum(_is_settled(finding, made) for finding in _fixable(mended, document, chosen))
        mended, document = _mended(mended, made), after
    pairs = zip(corpus.articles, mended.articles, strict=True)
    changed = tuple(Fixed(old, new.text) for old, new in pairs if old.text != new.text)
    return Fixes(changed, settled, len(_fixable(mended, document, chosen)))


def _round(corpus: Corpus, document: Findings, chosen: Collection[str], audited: Audited) -> tuple[Edits, Findings]:
    """The edits that bring up nothing, of those that `document` asks for, and what is found once they are made."""
    texts = {article.id: article.text for article in corpus.articles}
    wanted = fixes.edits(_fixable(corpus, document, chosen), texts)
    made: Edits = {a: edits for a, edits in wanted.items() if fixes.applied(texts[a], edits).strip("\ufeff \t\r\n")}
    while made:
        after = audited(_mended(corpus, made))
        harmless = fixes.without_harm(document, after, texts, made)
        if harmless == made:
            return made, after
        made = harmless
    return {}, document


def _fixable(corpus: Corpus, document: Findings, chosen: Collection[str]) -> list[Finding]:
    """The open findings that can be mended in the file itself."""
    ours = {article.id for article in corpus.articles if fixes.is_own_text(article.text, article.sha256)}
    return [
        finding
        for finding in document.findings
        if finding.status == "open" and finding.fixable and finding.rule in chosen and finding.anchor.article in ours
    ]


def _is_settled(finding: Finding, made: Edits) -> bool:
    """Whether any of its edits was made, perhaps with the rest of the line."""
    edits = made.get(finding.anchor.article, ())
    return any(m.start <= edit.start and edit.end <= m.end for m in edits for edit in finding.edits)


def _mended(corpus: Corpus, made: Edits) -> Corpus:
    """The corpus with the edits made in its articles, which keep their ids."""
    again = partial(reread, house=corpus.house)
    articles = (again(fixes.applied(a.text, made[a.id]), a.id, a.path) if a.id in made else a for a in corpus.articles)
    return replace(corpus, articles=tuple(articles))
