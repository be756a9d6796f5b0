"""Word lists as data: one file a list, whose first lines (`#`) say what it is and where it comes from.

`.txt` holds an entry a line, `.tsv` two or more columns with a header line.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of `<name>.txt`, in order, as written."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `<name>.txt`, case folded."""
    return frozenset(entry.casefold() for entry in entries(name))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.tsv` as mappings from column to cell."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return tuple(dict(zip(header, row, strict=True)) for row in rows)


@cache
def mapping(name: str) -> dict[str, str]:
    """The first column of `<name>.tsv`, case folded, to the second."""
    return {cells[0].casefold(): cells[1] for cells in (tuple(row.values()) for row in table(name))}


@cache
def members(name: str, group: str) -> frozenset[str]:
    """The entries of the first column of `<name>.tsv`, case folded, whose second column is `group`."""
    rows = (tuple(row.values()) for row in table(name))
    return frozenset(cells[0].casefold() for cells in rows if cells[1] == group)
