"""Rule documents → one Great Expectations suite a table → failing rows. The only place that runs Great Expectations."""

import logging
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from expectations.catalogue import Check, Rule

# Great Expectations reads severities of its own; ours are the editor's words.
SEVERITY = {"error": "critical", "warning": "warning", "note": "info"}
RESULT_FORMAT = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "partial_unexpected_count": 0}


class BrokenRuleError(RuntimeError):
    """A rule that could not be run: a defect of its document, never of an article."""


@dataclass(frozen=True)
class Failure:
    """One row of a table that fails one check of one rule."""

    rule: Rule
    check: Check
    row: Mapping[str, Any]


def validate(tables: Mapping[str, pd.DataFrame], rules: Iterable[Rule]) -> list[Failure]:
    """Run every check of `rules` over `tables`, one suite and one batch a table for the whole corpus.

    Frames must have an unnamed RangeIndex. Failures come in order of rule, check and row.
    Raises BrokenRuleError, naming the rule, for a table, column or expectation that does not exist or that raises.
    """
    by_table: dict[str, list[tuple[Rule, int]]] = {}
    for rule in rules:
        for position, check in enumerate(rule.checks):
            if check.table not in tables:
                raise BrokenRuleError(f"{rule.name}: there is no table {check.table!r}")
            by_table.setdefault(check.table, []).append((rule, position))
    failures = [
        failure
        for table, checks in by_table.items()
        if len(tables[table])  # nothing can fail in an empty table, and a suite costs milliseconds all the same
        for failure in _run(table, tables[table], checks)
    ]
    order = {rule: place for place, rule in enumerate(dict.fromkeys(f.rule.name for f in failures))}
    return sorted(failures, key=lambda f: (order[f.rule.name], f.rule.checks.index(f.check)))


def warm() -> None:
    """Import what `validate` needs, so that the seconds it takes can pass beside other work."""
    _great_expectations()


def expectation(rule: Rule, position: int) -> Any:
    """The Great Expectations object of one check; its `meta` says which, because results come back in another order.

    Raises BrokenRuleError for an unknown expectation or argument.
    """
    _great_expectations()
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    check = rule.checks[position]
    arguments = dict(check.arguments)
    if check.when:
        arguments["row_condition"] = _condition(check.when)
    try:
        return ExpectationConfiguration(
            type=check.expectation,
            kwargs=arguments,
            severity=SEVERITY[check.severity],
            meta={"rule": rule.name, "check": position},
        ).to_domain_obj()
    except Exception as error:  # Great Expectations raises many kinds; all of them mean that the document is wrong
        raise BrokenRuleError(f"{rule.name}: check {position + 1}: {check.expectation}: {error}") from error


def _run(table: str, frame: pd.DataFrame, checks: list[tuple[Rule, int]]) -> Iterable[Failure]:
    gx = _great_expectations()
    if not isinstance(frame.index, pd.RangeIndex) or frame.index.name is not None:
        raise BrokenRuleError(f"{table}: the frame's index must be an unnamed RangeIndex")
    source = _context().data_sources.add_or_update_pandas(table)  # a suite wants a context to stand in
    suite = gx.ExpectationSuite(name=table)
    for rule, position in checks:
        suite.add_expectation(expectation(rule, position))
    rules = {rule.name: rule for rule, _ in checks}
    definition = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("corpus")
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


def _condition(when: Mapping[str, str | int | bool]) -> dict[str, Any]:
    """Equality of every named column, in Great Expectations' data form."""
    conditions = [
        {"type": "comparison", "column": {"name": column}, "operator": "==", "parameter": value}
        for column, value in when.items()
    ]
    return conditions[0] if len(conditions) == 1 else {"type": "and", "conditions": conditions}


@cache
def _great_expectations() -> Any:
    logging.getLogger("great_expectations").setLevel(logging.ERROR)  # before the import: it logs while registering
    import great_expectations

    import expectations.custom  # noqa: F401  registers the expectations of our own

    return great_expectations


@cache
def _context() -> Any:
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context
