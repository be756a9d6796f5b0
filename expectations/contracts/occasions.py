"""Contract of the table `occasions`."""

from expectations.contracts.base import Facts


class Occasions(Facts):
    """One row an event that two or more statements date. `scope` is `within` where one article disagrees with itself,
    whatever other articles say."""
