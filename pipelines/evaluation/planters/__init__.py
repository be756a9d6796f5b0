"""One planter a kind of fault, by the families of rules: pure functions from a clean article to the places for it."""

from collections.abc import Sequence

from pipelines.evaluation.faults import Planter
from pipelines.evaluation.planters import (
    completeness,
    dates,
    duplication,
    figures,
    organisations,
    people,
    residue,
    sources,
    style,
)

PLANTERS: Sequence[Planter] = (
    *completeness.PLANTERS,
    *residue.PLANTERS,
    *duplication.PLANTERS,
    *figures.PLANTERS,
    *dates.PLANTERS,
    *people.PLANTERS,
    *organisations.PLANTERS,
    *sources.PLANTERS,
    *style.PLANTERS,
)
