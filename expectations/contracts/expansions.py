"""Contract of the table `expansions`."""

from expectations.contracts.base import Facts


class Expansions(Facts):
    """One row an acronym that two or more definitions expand."""
