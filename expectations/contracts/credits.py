"""Contract of the table `credits`."""

from expectations.contracts.base import Facts


class Credits(Facts):
    """One row an article whose opening and whose foot both credit the story to an outlet."""
