"""Contract of the table `credits`."""

from expectations.contracts.base import Facts


class Credits(Facts):
    """One row an article whose story two or more lines credit to a source."""
