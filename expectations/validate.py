"""Rule documents → one Great Expectations suite a table → failing rows. The only place that runs Great Expectations."""

import gc
import logging
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from expectations.catalogue import Check, Rule

# Great Expectations reads severities of its own; ours are the editor's words.
SEVERITY = {"error": "critical", "warning": "warning", "note": "info"}
RESULT_FORMAT = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "partial_unexpected_count": 0}

When = tuple[tuple[str, str | int | bool], ...]


class BrokenRuleError(RuntimeError):
    """A rule that could not be run: a defect of its document, never of an article."""


@dataclass(frozen=True)
class Failure:
    """One row of a table that fails one check of one rule."""

    rule: Rule
    check: Check
    row: Mapping[str, Any]


def validate(tables: Mapping[str, pd.DataFrame], rules: Iterable[Rule]) -> list[Failure]:
    """Run every check of `rules` over `tables`: one suite and one batch for the rows that the same checks look at.

    Frames must have an unnamed RangeIndex. Failures come in order of rule, check and row.
    Raises BrokenRuleError, naming the rule, for a table, column or expectation that does not exist or that raises.
    """
    batches: dict[tuple[str, When], list[tuple[Rule, int]]] = {}
    for rule in rules:
        for position, check in enumerate(rule.checks):
            if check.table not in tables:
                raise BrokenRuleError(f"{rule.name}: there is no table {check.table!r}")
            when = tuple(sorted((check.when or {}).items()))
            batches.setdefault((check.table, when), []).append((rule, position))
    failures = [
        failure
        for (table, when), checks in batches.items()
        for failure in _run(table, _rows_where(table, tables[table], when, checks[0][0]), checks)
    ]
    order = {rule: place for place, rule in enumerate(dict.fromkeys(f.rule.name for f in failures))}
    return sorted(failures, key=lambda f: (order[f.rule.name], f.rule.checks.index(f.check)))


def is_warm() -> bool:
    """Whether what `validate` needs is imported already."""
    return "great_expectations" in sys.modules


def warm() -> None:
    """Import what `validate` needs, so that the seconds it takes can pass beside other work.

    The garbage collector rests meanwhile: an import makes a million objects, and no garbage.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        _great_expectations()
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def expectation(rule: Rule, position: int) -> Any:
    """The Great Expectations object of one check; its `meta` says which, because results come back in another order.

    Raises BrokenRuleError for an unknown expectation or argument.
    """
    _great_expectations()
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    check = rule.checks[position]
    try:
        return ExpectationConfiguration(
            type=check.expectation,
            kwargs=dict(check.arguments),
            severity=SEVERITY[check.severity],
            meta={"rule": rule.name, "check": position},
        ).to_domain_obj()
    except Exception as error:  # Great Expectations raises many kinds; all of them mean that the document is wrong
        raise BrokenRuleError(f"{rule.name}: check {position + 1}: {check.expectation}: {error}") from error


def _rows_where(table: str, frame: pd.DataFrame, when: When, rule: Rule) -> pd.DataFrame:
    """The rows that have every value of `when`. Chosen here: Great Expectations evaluates a condition of its own once
    a metric, several times a check."""
    if not isinstance(frame.index, pd.RangeIndex) or frame.index.name is not None:
        raise BrokenRuleError(f"{table}: the frame's index must be an unnamed RangeIndex")
    for column, value in when:
        if column not in frame.columns:
            raise BrokenRuleError(f"{rule.name}: `when` names {column!r}, which {table} does not have")
        frame = frame[frame[column] == value]
    return frame.reset_index(drop=True)


def _run(table: str, frame: pd.DataFrame, checks: list[tuple[Rule, int]]) -> Iterator[Failure]:
    if frame.empty:  # nothing can fail, and a suite costs milliseconds all the same
        return
    definition = _whole_frame()
    suite = _great_expectations().ExpectationSuite(name=table)
    for rule, position in checks:
        suite.add_expectation(expectation(rule, position))
    rules = {rule.name: rule for rule, _ in checks}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        outcome = definition.get_batch({"dataframe": frame}).validate(suite, result_format=RESULT_FORMAT)
    if len(outcome.results) != len(checks):
        raise BrokenRuleError(f"{table}: {len(checks)} checks were given and {len(outcome.results)} were run")
    for result in outcome.results:
        config, info = result.expectation_config, result.exception_info or {}
        rule = rules[config.meta["rule"]]
        check = rule.checks[config.meta["check"]]
        if info.get("raised_exception") is not False:  # otherwise the dict is keyed by metric
            reason = next(
                (str(value.get("exception_message")) for value in info.values() if isinstance(value, dict)), info
            )
            raise BrokenRuleError(f"{rule.name}: {check.expectation} on {table}: {reason}")
        labels = result.result.get("unexpected_index_list") or []
        if not result.success and not labels:
            raise BrokenRuleError(f"{rule.name}: {check.expectation} on {table} points at no rows")
        for row in frame.loc[sorted(labels)].to_dict("records"):
            yield Failure(rule, check, {str(name): None if pd.isna(value) else value for name, value in row.items()})


@cache
def _great_expectations() -> Any:
    logging.getLogger("great_expectations").setLevel(logging.ERROR)  # before the import: it logs while registering
    import great_expectations

    import expectations.custom  # noqa: F401  registers the expectations of our own

    return great_expectations


@cache
def _whole_frame() -> Any:
    """The one definition that takes each frame as its batch: to add one costs as much as to run an expectation."""
    context = _great_expectations().get_context(mode="ephemeral")  # a suite wants a context to stand in
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    asset = context.data_sources.add_pandas("tables").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("rows")
