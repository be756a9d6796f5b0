"""Contract of the table `date_styles`."""

from expectations.contracts.base import Facts


class DateStyles(Facts):
    """One row an article that writes days in several styles, and one of the articles that each keep to one order of day
    and month, but not all to the same (its statements are the first such date of each)."""
