"""Contract of the table `citations`."""

from expectations.contracts.base import Facts


class Citations(Facts):
    """One row a source that one citation list, or one claim, names two or more times."""
