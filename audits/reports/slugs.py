"""Names of files for what has a name of its own."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

FILE_NAME_CHARACTERS = 60
# Names that Windows keeps for devices, whatever the ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")


def slugs(ids: Sequence[str]) -> list[str]:
    """A file name's stem for each id, different for each, safe on any file system: `a-z`, `0-9`, `-` and `_`."""
    taken: set[str] = set()
    following: Counter[str] = Counter()
    names = []
    for identifier in ids:
        stem = name = _slug(identifier)
        while name in taken:
            following[stem] += 1
            name = f"{stem}-{following[stem] + 1}"
        taken.add(name)
        names.append(name)
    return names


def _slug(identifier: str) -> str:
    plain = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")[:FILE_NAME_CHARACTERS].strip("-") or "article"
    return f"article-{name}" if _DEVICES.fullmatch(name) else name
