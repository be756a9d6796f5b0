"""Contract of the table `sites`."""

from expectations.contracts.base import Facts


class Sites(Facts):
    """One row an event that one article puts in two or more places; `value` and `favoured` are towns."""
