"""What blocks at the gate: the newsroom's policy, applied to what new articles bring with them."""

from collections.abc import Iterable
from dataclasses import dataclass

from audits.findings import Finding
from expectations.catalogue import SEVERITIES, Severity


@dataclass(frozen=True, slots=True)
class Policy:
    """Open findings of severity `block` or graver, of `rules` (none named: of all), block where there are more of them
    than `tolerated`."""

    block: Severity = "error"
    rules: frozenset[str] = frozenset()
    tolerated: int = 0

    def blocking(self, findings: Iterable[Finding]) -> tuple[str, ...]:
        """The ids of the findings that count against the articles."""
        grave = SEVERITIES[: SEVERITIES.index(self.block) + 1]
        return tuple(
            finding.id
            for finding in findings
            if finding.status == "open" and finding.severity in grave and (not self.rules or finding.rule in self.rules)
        )
