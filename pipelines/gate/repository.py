"""What has changed in a git repository since a revision, asked of git itself."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Modes of git's that are files: plain, and executable.
FILES = (b"100644", b"100755")


class RepositoryError(RuntimeError):
    """A repository that cannot say what has changed: the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Former:
    """An article as it was: its file then, and its bytes."""

    file: Path
    data: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is otherwise than it was: `file` is None where it was deleted, `former` where it was added."""

    file: Path | None
    former: Former | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise in the working tree than in `commit`; `untracked` are files that git does not know, and that
    were left out for it."""

    commit: str
    changes: tuple[Change, ...]
    untracked: frozenset[Path] = frozenset()


def changed(paths: Sequence[Path], base: str, *, tracked: bool = False) -> Changes:
    """The files in or under `paths` (absolute, in one repository) that the working tree has otherwise than the
    revision `base`: than where this branch left it, if both have a commit in common.

    Files that git does not know of and does not ignore are added ones; with `tracked`, they are left out.
    Raises RepositoryError.
    """
    folders = {path: (path, ".") if path.is_dir() else (path.parent, path.name) for path in paths}
    commit = ""
    found: dict[tuple[Path | None, Path | None], Change] = {}
    untracked: set[Path] = set()
    for folder, name in folders.values():
        commit = _fork(folder, base)
        others = [folder / file for file in _untracked(folder, name)]
        if tracked:
            untracked.update(others)
        with _index(folder, [] if tracked else others) as index:
            for change in _changes(folder, name, commit, index):
                found[change.file, change.former.file if change.former else None] = change
    return Changes(commit, tuple(found.values()), frozenset(untracked))


def _fork(folder: Path, base: str) -> str:
    """The commit to compare with: the last one that `base` and this branch share, or `base` itself."""
    verified = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}", may_fail=True)
    if not verified:
        _git(folder, "rev-parse", "--show-toplevel")  # says so where this is no repository
        if base == "HEAD":
            # there is no commit yet: the empty tree
            return _git(folder, "hash-object", "-t", "tree", "--stdin").decode().strip()
        raise RepositoryError(
            f"there is no commit {base!r} in the repository of {folder}; fetch it first (a clone made for CI may be "
            "shallow: check it out with its whole history)"
        )
    commit = verified.decode().strip()
    shared = _git(folder, "merge-base", commit, "HEAD", may_fail=True).decode().split()
    return shared[0] if shared else commit


def _untracked(folder: Path, name: str) -> list[Path]:
    listed = _git(folder, "--literal-pathspecs", "ls-files", "-z", "--others", "--exclude-standard", "--", name)
    return [Path(os.fsdecode(file)) for file in listed.split(b"\0") if file]


@contextmanager
def _index(folder: Path, added: Sequence[Path]) -> Iterator[Path | None]:
    """A copy of the index in which the added files are known, so that git sees which of them is a renamed one. The
    repository's own is left alone."""
    if not added:
        yield None
        return
    own = folder / os.fsdecode(_git(folder, "rev-parse", "--git-path", "index").rstrip(b"\n"))
    with tempfile.TemporaryDirectory(prefix="corrigenda-") as scratch:
        index = Path(scratch, "index")
        if own.exists():
            shutil.copyfile(own, index)
        # Their names alone: a file may be gone again by now, and git would refuse to add it.
        nothing = _git(folder, "hash-object", "--stdin").strip()
        inside = _git(folder, "rev-parse", "--show-prefix").rstrip(b"\n")
        given = b"".join(
            b"100644 %s\t%s%s\0" % (nothing, inside, os.fsencode(os.path.relpath(file, folder))) for file in added
        )
        _git(folder, "update-index", "-z", "--index-info", index=index, given=given)
        yield index


def _changes(folder: Path, name: str, commit: str, index: Path | None) -> list[Change]:
    told = _git(
        folder,
        "--literal-pathspecs",
        "diff",
        "--raw",
        "-z",
        "--no-abbrev",
        "--find-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=all",
        "--relative",
        commit,
        "--",
        name,
        index=index,
    )
    parsed = list(_parsed(told))
    contents = _contents(folder, [blob for _, _, blob in parsed if blob])
    return [
        Change(
            folder / os.fsdecode(now) if now is not None else None,
            Former(folder / os.fsdecode(before), contents[blob]) if before is not None and blob in contents else None,
        )
        for now, before, blob in parsed
    ]


def _parsed(told: bytes) -> Iterator[tuple[bytes | None, bytes | None, bytes | None]]:
    """Path now, path before, and the blob before, of each change that `git diff --raw -z` tells (git-diff(1), RAW
    OUTPUT FORMAT)."""
    fields = iter(told.split(b"\0"))
    for head in fields:
        if not head:
            continue
        mode, mode_now, blob, _, status = head.lstrip(b":").split(b" ")
        path = next(fields)
        renamed = next(fields) if status[:1] in b"RC" else path
        was_file = mode in FILES
        yield (
            None if status[:1] == b"D" or mode_now == b"000000" else renamed,
            path if was_file and status[:1] != b"C" else None,
            blob if was_file and status[:1] != b"C" else None,
        )


def _contents(folder: Path, blobs: Sequence[bytes]) -> dict[bytes, bytes]:
    """The blobs by name."""
    if not blobs:
        return {}
    told = _git(folder, "cat-file", "--batch", given=b"".join(blob + b"\n" for blob in blobs))
    contents: dict[bytes, bytes] = {}
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        name, *rest = told[at:end].split(b" ")
        if len(rest) < 2:
            raise RepositoryError(f"{folder}: git lacks the object {name.decode()}; fetch the whole history")
        size = int(rest[1])
        contents[name] = told[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return contents


def _git(folder: Path, *command: str, index: Path | None = None, given: bytes = b"", may_fail: bool = False) -> bytes:
    """What git prints, asked from `folder`; nothing of it where it `may_fail` and does. Raises RepositoryError."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    if index is not None:
        environment["GIT_INDEX_FILE"] = str(index)
    git = shutil.which("git")
    if git is None:
        raise RepositoryError("there is no git on this machine; name the new articles, and their corpus with --corpus")
    done = subprocess.run([git, *command], cwd=folder, env=environment, input=given, capture_output=True, check=False)  # noqa: S603
    if done.returncode and not may_fail:
        said = done.stderr.decode("utf-8", "backslashreplace").strip().removeprefix("fatal: ")
        raise RepositoryError(f"{folder}: git says: {' '.join(said.split())}")
    return b"" if done.returncode else done.stdout
