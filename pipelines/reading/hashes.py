"""Hashes of files' bytes, of which those of a file that stands as it stood are read once."""

import hashlib
import time
from pathlib import Path
from stat import S_ISREG

from pipelines.reading import LARGEST_FILE

# A file that was changed so lately can change again within one tick of its clock (in nanoseconds).
TICK = 2 * 10**9


class Hashes:
    """What is known of files since they were last asked for."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, ...], str]] = {}

    def of(self, file: Path) -> str:
        """SHA-256 of the file's bytes; of what is no article, words that say so."""
        try:
            status = file.stat()
            if not S_ISREG(status.st_mode):
                return "no file"
            if status.st_size > LARGEST_FILE:
                return str(status.st_size)
            stands = status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
            known = self._known.get(file)
            if known is not None and known[0] == stands:
                return known[1]
            found = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError as error:
            return str(error.strerror)
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > TICK:
            self._known[file] = stands, found
        return found
