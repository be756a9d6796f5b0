"""The articles of a folder in parts that are read again each by itself: a part an article, a folder or a month of
publication; and what has changed since they were last looked at."""

import hashlib
import json
import re
import unicodedata
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from expectations.nearest import nearest
from pipelines.configuration import PartitionedBy
from pipelines.edition import edition
from pipelines.language.house import House
from pipelines.reading import content, display_path, listed, read_bytes
from pipelines.reading.article import UnreadableArticleError
from pipelines.upkeep import hash_of

# Above this many, an orchestrator spends more on keeping count of parts than a run on articles.
MOST_PARTS = 2_000
UNDATED, TOP = "undated", "top"
KEY_CHARACTERS = 60
DIGEST = 10  # hexadecimal digits: of names, so that no two share one; of contents, so that a change is seen

_PLAIN = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_DIGESTED = re.compile(rf".*-[0-9a-f]{{{DIGEST}}}")

Parts = Mapping[str, Sequence[Path]]
Hashes = Mapping[Path, str]


@dataclass(frozen=True)
class Watched:
    """What has been asked for so far: the digest of each part as it was then, and of the whole at its last audit.

    `turn` is another number each time, also after it was forgotten.
    """

    turn: int
    parts: Mapping[str, str] = field(default_factory=dict)
    audited: str = ""


@dataclass(frozen=True)
class Changes:
    """Keys of parts that are new and that are otherwise than before, of those that are gone, and how many more there
    are than were wanted at once."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    left: int


class UnknownArticleError(ValueError):
    """A name that no article has; the message has the nearest."""


class Months:
    """The months in which articles were published, each read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, House], str] = {}

    def learn(self, hashes: Hashes, house: House, at_most: int | None = None) -> int:
        """Read the files that are not known, at most so many; how many are left."""
        unknown = [file for file, sha256 in hashes.items() if (sha256, file.suffix, house) not in self._known]
        for file in unknown[:at_most]:
            self._known[hashes[file], file.suffix, house] = _month(file, house)
        return len(unknown[at_most:]) if at_most is not None else 0

    def __call__(self, file: Path, sha256: str, house: House) -> str:
        """The month, `2026-03`; `undated` where the file says none or is no article."""
        key = sha256, file.suffix, house
        if key not in self._known:
            self._known[key] = _month(file, house)
        return self._known[key]


def hashed(folder: Path) -> dict[Path, str]:
    """The files of the folder's articles, in order, with a hash of what each holds."""
    return {file: hash_of(file) for file in listed([folder], folder)[0]}


def parts_of(hashes: Hashes, folder: Path, by: PartitionedBy, house: House, months: Months) -> dict[str, list[Path]]:
    """The files, given with their contents' hashes, by the key of their part, in order of key.

    A key is made of the file's own path or date, never of its neighbours, so that it stays as it is when others come
    and go: `a-z`, `0-9`, `-` and `_`. Two articles, or two folders, never share one.
    """

    def key(file: Path) -> str:
        if by == "month":
            return months(file, hashes[file], house)
        path = PurePosixPath(display_path(file, folder))
        return _of_file(path) if by == "article" else _of_folder(path.parent)

    parts: dict[str, list[Path]] = {}
    for file in hashes:
        parts.setdefault(key(file), []).append(file)
    return dict(sorted(parts.items()))


def paths_named(names: Sequence[str], parts: Parts, root: Path) -> set[str]:
    """The paths, below `root`, of the articles that people call so: by a part's key, by path, or by the file's name
    without its ending. Raises UnknownArticleError."""
    called: dict[str, set[str]] = {}
    for key, files in parts.items():
        for file in files:
            path = display_path(file, root)
            for name in {key, path, PurePosixPath(path).stem}:
                called.setdefault(name, set()).add(path)
    unknown = [name for name in names if name not in called]
    if unknown:
        raise UnknownArticleError(f"there is no article {unknown[0]!r}{nearest(unknown[0], called)}")
    return {path for name in names for path in called[name]}


def digests(parts: Parts, hashes: Hashes, folder: Path, house: House) -> dict[str, str]:
    """A digest of each part: of the paths and contents of its files, the house that reads them, and the extractor."""
    made = json.dumps([asdict(house), edition()])
    return {
        key: _digest(made, *(f"{display_path(file, folder)}\0{hashes[file]}" for file in files))
        for key, files in parts.items()
    }


def whole(digests: Mapping[str, str]) -> str:
    """One digest of all parts."""
    return _digest(*(f"{key}\0{digest}" for key, digest in sorted(digests.items())))


def changes(before: Mapping[str, str], now: Mapping[str, str], at_most: int) -> Changes:
    """What is otherwise `now`, of which at most so many new and changed parts at once."""
    due = [key for key in sorted(now) if before.get(key) != now[key]]
    chosen = due[:at_most]
    return Changes(
        new=tuple(key for key in chosen if key not in before),
        changed=tuple(key for key in chosen if key in before),
        gone=tuple(sorted(before.keys() - now.keys())),
        left=len(due) - len(chosen),
    )


def ranges(keys: Iterable[str], order: Sequence[str], at_most: int) -> Iterator[tuple[str, str]]:
    """The keys as runs of neighbours in `order`, each its first and last key, none longer than `at_most`."""
    place = {key: at for at, key in enumerate(order)}
    run: list[str] = []
    for key in sorted(keys, key=place.__getitem__):
        if run and (len(run) == at_most or place[key] != place[run[-1]] + 1):
            yield run[0], run[-1]
            run = []
        run.append(key)
    if run:
        yield run[0], run[-1]


def packed(watched: Watched) -> str:
    """What has been asked for, in few characters: an orchestrator keeps it with every look at the folder."""
    return b64encode(zlib.compress(json.dumps(asdict(watched), sort_keys=True).encode(), 9)).decode()


def unpacked(cursor: str | None, turn: int) -> Watched:
    """What `packed` was given; where there is nothing that it wrote, nothing has been asked for, and this is `turn`."""
    try:
        return Watched(**json.loads(zlib.decompress(b64decode(cursor or "", validate=True))))
    except (ValueError, TypeError, zlib.error):
        return Watched(turn)


def _of_file(path: PurePosixPath) -> str:
    plain = path.suffix == ".txt" and path.parent == PurePosixPath() and _PLAIN.fullmatch(path.stem)
    return _key(path.as_posix() if not plain else path.stem, path.as_posix())


def _of_folder(path: PurePosixPath) -> str:
    return TOP if path == PurePosixPath() else _key(path.as_posix(), path.as_posix())


def _key(name: str, path: str) -> str:
    """The name itself, where it is plain; otherwise what is plain of it, and a digest of the path."""
    if len(name) <= KEY_CHARACTERS and _PLAIN.fullmatch(name) and not _DIGESTED.fullmatch(name) and name != TOP:
        return name
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9_]+", "-", ascii_).strip("-")[:KEY_CHARACTERS].strip("-")
    return f"{slug or 'article'}-{_digest(path)}"


def _month(file: Path, house: House) -> str:
    try:
        published = read_bytes(content(file), file.name, house).published
    except UnreadableArticleError:
        return UNDATED
    return published.day[:7] if published and published.day else UNDATED


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:DIGEST]
