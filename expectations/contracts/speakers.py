"""Contract of the table `speakers`."""

from expectations.contracts.base import Facts


class Speakers(Facts):
    """One row a quotation that stands two or more times with a speaker's name; the values are the speakers."""
