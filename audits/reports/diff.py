"""Changes of articles as a unified diff for the terminal: what cannot be seen is shown as an escape."""

from collections.abc import Iterable

from rich.text import Text

from audits import fixes
from audits.reports.text import counted, printed, visible

STYLES = {"---": "bold", "+++": "bold", "@@ ": "cyan"}
CHANGED = {"-": "red", "+": "green"}


def render(changes: Iterable[tuple[str, str, str]], *, colour: bool) -> str:
    """Each change – an article's path, its text before and after – as a unified diff."""
    lines = [_line(place, line) for change in changes for place, line in enumerate(fixes.diff(*change))]
    return printed(lines, colour=colour) if lines else ""


def closing(articles: int, settled: int, left: int, *, applied: bool) -> str:
    """How many findings are mended, or can be, in how many articles, and how many are left."""
    mended = f"{counted(settled, 'finding')} in {counted(articles, 'article')}"
    if not articles:
        line = "Nothing to mend."
    elif applied:
        line = f"Mended {mended}."
    else:
        line = f"{mended} can be mended; --apply writes it."
    why = "it would bring up another" if left == 1 else "they would bring up others"
    return f"{line} {counted(left, 'finding')} left to you: mended, {why}.\n" if left else f"{line}\n"


def _line(place: int, line: str) -> Text:
    style = STYLES.get(line[:3], "") if place < 2 or line.startswith("@@") else CHANGED.get(line[:1], "")
    return Text(visible(line.rstrip("\r\n")), style=style)
