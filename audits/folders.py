"""Folders that are written whole, in place of the ones that were written before, and never over anything else."""

import errno
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audits.files import MARKER


class ReportFolderError(FileExistsError):
    """The folder that the report should go to holds something else; `strerror` says what to do."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(errno.EEXIST, problem, str(folder))


def check(folder: Path) -> None:
    """Raise ReportFolderError where `write` would refuse the folder: it is none, or holds anything but a report."""
    if folder.exists() and not folder.is_dir():
        raise ReportFolderError(folder, "a file; name a folder for the report")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise ReportFolderError(folder, "holds other files than a report; name a new or empty folder")


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, which takes its place once all is well and is gone otherwise.

    Raises ReportFolderError where `folder` is no folder, or holds anything but a report.
    """
    check(folder)
    folder = folder.resolve()  # a link stays, and what it leads to is replaced
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, former = (folder.with_name(f".{folder.name}-{secrets.token_hex(4)}") for _ in range(2))
    fresh.mkdir()
    try:
        yield fresh
        if not folder.exists():
            fresh.rename(folder)
            return
        folder.rename(former)
        try:
            fresh.rename(folder)
        except BaseException:
            former.rename(folder)
            raise
        shutil.rmtree(former)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
