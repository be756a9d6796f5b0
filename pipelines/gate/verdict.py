"""Whether new articles may land: what they bring, without what the newsroom has settled, held to its policy."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audits import baseline, waivers
from audits.baseline import Entry
from audits.findings import Findings, Verdict, WaiverOutcome, remembered
from audits.policy import Policy
from audits.waivers import Waiver
from pipelines.gate.judging import Brief, introduced, mended


@dataclass(frozen=True)
class Settled:
    """What the newsroom has settled before: its policy, the findings it accepts, and those that were there."""

    policy: Policy
    waivers: Sequence[Waiver]
    baseline: Sequence[Entry]


def reach(
    brief: Brief,
    after: Findings,
    before: Findings | None,
    settled: Settled,
    rules: Collection[str],
    today: date,
    base: str | None,
) -> Findings:
    """The judged articles with their findings and the verdict on them.

    `after` and `before` are what the rules find in the corpus as it is and as it was, before anything is settled;
    `base` is what it was compared with, as people call it.
    """
    brought = {finding.id: finding for finding in introduced(after, before, brief.judged)}
    found = tuple(brought.get(finding.id, finding) for finding in after.findings)
    held = baseline.hold(settled.baseline, found, brief.judged, brief.paths, brief.deleted)
    document = replace(
        after,
        articles=tuple(article for article in after.articles if article.path in brief.judged),
        rejected=tuple(file for file in after.rejected if file.path in brief.judged),
        findings=held.findings,
    )
    if settled.waivers:
        document = waivers.settle(document, settled.waivers, rules, today)
        document = replace(document, waivers=tuple(_about(document.waivers, document)))
    blocking = settled.policy.blocking(document.findings)
    unread = tuple(sorted(file.path for file in document.rejected))
    verdict = Verdict(
        base=base,
        judged=tuple(sorted(brief.judged)),
        blocked=len(blocking) > settled.policy.tolerated or bool(unread),
        blocking=blocking,
        tolerated=settled.policy.tolerated,
        fixed=tuple(remembered(finding) for finding in mended(after, before, brief.judged)),
        unread=unread,
        gone=tuple(entry.line for entry in held.gone),
    )
    return replace(document, verdict=verdict)


def nothing(version: str, settled: Settled, base: str | None) -> Findings:
    """The verdict where no article is new or changed."""
    verdict = Verdict(base, (), blocked=False, blocking=(), tolerated=settled.policy.tolerated, fixed=())
    return Findings(version, articles=(), rejected=(), findings=(), verdict=verdict)


def _about(outcomes: Iterable[WaiverOutcome], document: Findings) -> Iterable[WaiverOutcome]:
    """Without those that seem stale because their words may stand in articles that are not judged."""
    names = {name for article in document.articles for name in (article.id, article.path)}
    return (outcome for outcome in outcomes if outcome.state != "stale" or outcome.article in names)
