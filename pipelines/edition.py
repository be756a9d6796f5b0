"""Which extractor records are of: what was extracted by another may be otherwise."""

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# The rooms that records come from, and the contracts that say what their tables are.
ROOMS = ("pipelines/language", "pipelines/reading", "pipelines/extraction", "expectations/contracts")
# What reads files and names for them.
LIBRARIES = ("babel", "charset-normalizer", "ftfy", "htmldate", "lxml", "markdown-it-py", "python-docx", "trafilatura")
_PASSED_OVER = frozenset({".pyc", ".pyo"})


@cache
def edition() -> str:
    """A hash of the extractor: its code, its word lists, and the libraries that it reads with."""
    root = Path(__file__).parents[1]
    whole = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in LIBRARIES:
        whole.update(f"\0{name} {_version(name)}".encode())
    for room in ROOMS:
        for file in sorted(root.joinpath(room).rglob("*")):
            if file.suffix not in _PASSED_OVER and file.is_file():
                whole.update(f"\0{file.relative_to(root).as_posix()}\0".encode())
                whole.update(file.read_bytes())
    return whole.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
