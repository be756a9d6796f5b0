"""Plants faults into clean articles, one at a time, and says which of them the audit finds, and what else it says."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from random import Random

from audits.findings import Finding, Span
from audits.positions import Positions
from expectations.catalogue import Rule
from expectations.facts import Fact
from pipelines.audit import Progress, audit, silent
from pipelines.evaluation.desk import Desk
from pipelines.evaluation.faults import Fault, Planter
from pipelines.evaluation.planters import PLANTERS
from pipelines.evaluation.variants import findings
from pipelines.reading import Corpus, Rejected
from pipelines.reading.article import Article

# Variants whose tables stand in memory at one time.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault, and what the audit said of it.

    `start` and `end` are code points of the clean text, `before` its words there and `after` what they became; `line`
    and `column` are 1-based. `found_by` is the rule that found it, `also` every other new finding's rule.
    """

    fault: str
    rule: str
    path: str
    line: int
    column: int
    start: int
    end: int
    before: str
    after: str
    found_by: str | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault: the rule that should find it, and how many articles were searched for places in vain."""

    fault: str
    rule: str
    placeless: int


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation has shown: the same for the same articles, rules, seed and number of faults."""

    version: str
    seed: int
    articles: int
    rejected: tuple[Rejected, ...]
    kinds: tuple[Kind, ...]
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault in its article."""

    planter: Planter
    article: Article
    fault: Fault

    def shifted(self, span: Span) -> int:
        """Where a span of the clean corpus starts once the fault is in."""
        after = span.article == self.article.id and span.start >= self.fault.end
        return span.start + (self.fault.planted_end - self.fault.end if after else 0)


def evaluate(
    corpus: Corpus,
    rules: Mapping[str, Rule],
    *,
    of: Iterable[str] = (),
    facts: Sequence[Fact] = (),
    faults: int,
    seed: int,
    jobs: int = 1,
    tell: Progress = silent,
) -> Evaluation:
    """Plant up to `faults` faults of each kind that one of the rules `of` (by default any) should find, and look.

    Each is looked at by all of `rules`; `facts` are the newsroom's sheet.
    Raises BrokenContractError and BrokenRuleError where the fault is ours.
    """
    clean = audit(corpus, rules, facts=facts, jobs=jobs, tell=tell)
    desk = Desk(corpus, clean, facts)
    wanted = frozenset(of) or rules.keys()
    planters = [planter for planter in PLANTERS if planter.rules[0] in wanted]
    kinds: list[Kind] = []
    planted: list[Planted] = []
    for done, planter in enumerate(planters):
        tell("planting", done, len(planters))
        placed, placeless = plant(planter, desk, faults, Random(f"{seed} {planter.name}"))  # noqa: S311  no secret
        planted += placed
        kinds.append(Kind(planter.name, planter.rules[0], placeless))
    trials: list[Trial] = []
    for first in range(0, len(planted), BATCH):
        tell("auditing fault", first, len(planted))
        trials += _tried(planted[first : first + BATCH], desk, rules, jobs)
    version = clean.findings.version
    return Evaluation(version, seed, len(corpus.articles), corpus.rejected, tuple(kinds), tuple(trials))


def plant(planter: Planter, desk: Desk, faults: int, random: Random) -> tuple[list[Planted], int]:
    """Up to `faults` faults of one kind, in as many articles as can be, and how many articles had no place for one.

    Articles are searched in random order until there are enough with a place.
    """
    searched: list[list[Planted]] = []
    ids = sorted(desk.articles)
    for article in random.sample(ids, len(ids)):
        places = list(planter.plant(desk.copy(article), random))
        random.shuffle(places)
        clean = (fault for fault in places if desk.unflagged(article, fault))
        searched.append([Planted(planter, desk.articles[article], fault) for fault in islice(clean, faults)])
        if sum(map(bool, searched)) == faults:
            break
    in_turn = (planted for planted in chain.from_iterable(zip_longest(*searched)) if planted)
    return list(islice(in_turn, faults)), sum(not places for places in searched)


def _tried(planted: Sequence[Planted], desk: Desk, rules: Mapping[str, Rule], jobs: int) -> Iterator[Trial]:
    articles = list(dict.fromkeys(each.article.id for each in planted))
    clean = [desk.variant(desk.articles[article]) for article in articles]
    changed = [desk.variant(desk.changed(each.article.id, each.fault)) for each in planted]
    said = findings([*clean, *changed], rules, jobs)
    before = dict(zip(articles, said, strict=False))
    for each, after in zip(planted, said[len(articles) :], strict=True):
        yield _judged(each, before[each.article.id], after)


def _judged(planted: Planted, before: Iterable[Finding], after: Iterable[Finding]) -> Trial:
    """What is new among the findings after the fault was planted: what found it, and what it brought about besides."""
    article, fault = planted.article, planted.fault
    finders = sorted(
        (finding for finding in after if finding.rule in planted.planter.rules and _points_at(finding, planted)),
        key=lambda finding: planted.planter.rules.index(finding.rule),
    )
    known = {place for finding in before for place in _places(finding, planted.shifted)}
    return Trial(
        fault=planted.planter.name,
        rule=planted.planter.rules[0],
        path=article.path,
        line=Positions(article.text).line(fault.start),
        column=Positions(article.text).column(fault.start),
        start=fault.start,
        end=fault.end,
        before=article.text[fault.start : fault.end],
        after=fault.words,
        found_by=finders[0].rule if finders else None,
        also=tuple(
            finding.rule
            for finding in after
            if finding not in finders and known.isdisjoint(_places(finding, _as_it_is))
        ),
    )


def _points_at(finding: Finding, planted: Planted) -> bool:
    """Whether the finding is about the fault: some of its words, or what is missing since."""
    fault, own = planted.fault, [span for span in finding.spans if span.article == planted.article.id]
    if fault.field:
        return finding.field == fault.field and bool(own)
    return any(span.start < fault.planted_end and fault.start < span.end for span in own)


_Place = tuple[str, str | None, str, int, int]


def _places(finding: Finding, shifted: Callable[[Span], int]) -> Iterator[_Place]:
    """What the finding says of which words, by where they stand once the fault is in."""
    for span in finding.spans:
        start = shifted(span)
        yield finding.rule, finding.field, span.article, start, start + span.end - span.start


def _as_it_is(span: Span) -> int:
    return span.start
