"""New articles, judged against what is published before they land."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from audits.findings import Findings
from expectations.catalogue import Rule
from expectations.validate import is_warm, warm
from pipelines.audit import Progress, silent, texts_of
from pipelines.engines import local
from pipelines.gate.judging import Case, judge, prepare
from pipelines.gate.verdict import Settled, nothing, reach

__all__ = ["Case", "Judgement", "Settled", "gate"]


@dataclass(frozen=True)
class Judgement:
    """The judged articles with their findings and the verdict on them; and the texts, by id, that findings speak of."""

    findings: Findings
    texts: Mapping[str, str]


def gate(
    case: Case, rules: Mapping[str, Rule], settled: Settled, today: date, base: str | None, tell: Progress = silent
) -> Judgement:
    """Judge the case; `base` is what people call that which it is compared with.

    Raises BrokenContractError and BrokenRuleError where the fault is ours, StoreError where the index cannot be
    written.
    """
    if not case.judged and not case.deleted:
        return Judgement(nothing(version("corrigenda"), settled, base), {})
    tell("comparing with what is published", 0, 0)
    brief = prepare(case) if is_warm() or case.jobs < 2 else local.beside(prepare, case, warm)
    tell(f"checking {len(rules)} rules", 0, 0)
    after, before = judge(brief, rules)
    return Judgement(reach(brief, after, before, settled, rules.keys(), today, base), texts_of(brief.after))
