"""Valuations of the corpus."""

from pipelines.comparison.facts import Comparison, Tables


def compare(tables: Tables) -> Comparison:
    """Rows of `valuations` with their witnesses."""
    return Comparison([], [])
