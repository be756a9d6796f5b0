"""Files that are written whole or not at all."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

# A folder that holds this file is output of ours: the next one may replace it, and it is never read as articles.
MARKER = ".corrigenda-report"


def replace(path: Path, data: bytes) -> None:
    """Write `data` to `path`: whenever the power goes, the file holds the old bytes or the new. A link stays, and so do
    permissions.

    Raises OSError where it cannot be written; nothing is left beside it then.
    """
    target = path.resolve()
    fresh = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        with fresh.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            shutil.copymode(target, fresh)
        fresh.replace(target)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()
