"""The diff for the terminal: its colours, and what must never get through to one."""

import pytest
from rich.text import Text

from audits.reports import diff

CHANGE = ("news/a\x1b.txt", "The the pier\x1b[31m\n--- a\n", "The pier\x1b[31m\n--- a\n")


def test_shows_what_cannot_be_seen() -> None:
    assert diff.render([CHANGE], colour=False) == (
        "--- a/news/a\\x1b.txt\n+++ b/news/a\\x1b.txt\n@@ -1,2 +1,2 @@\n"
        "-The the pier\\x1b[31m\n+The pier\\x1b[31m\n --- a\n"
    )
    assert diff.render([], colour=True) == ""


def test_colour_adds_escape_sequences_and_nothing_else() -> None:
    coloured = diff.render([CHANGE], colour=True)
    assert "\x1b[31m-The the pier\\x1b[31m\x1b[0m" in coloured
    assert "\x1b[32m+The pier" in coloured
    shown = "\n".join(Text.from_ansi(line).plain for line in coloured.split("\n"))
    assert shown == diff.render([CHANGE], colour=False)


@pytest.mark.parametrize(
    ("articles", "settled", "left", "applied", "said"),
    [
        (0, 0, 0, False, "Nothing to mend.\n"),
        (1, 1, 0, False, "1 finding in 1 article can be mended; --apply writes it.\n"),
        (2, 1_300, 0, True, "Mended 1,300 findings in 2 articles.\n"),
        (0, 0, 1, True, "Nothing to mend. 1 finding left to you: mended, it would bring up another.\n"),
        (0, 0, 2, False, "Nothing to mend. 2 findings left to you: mended, they would bring up others.\n"),
    ],
)
def test_says_what_came_of_it(articles: int, settled: int, left: int, applied: bool, said: str) -> None:
    assert diff.closing(articles, settled, left, applied=applied) == said
