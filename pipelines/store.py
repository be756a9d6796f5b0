"""The tables on disk: Parquet in shards, and a manifest that is the state.

New files are written beside the old ones under the name of their content; then `manifest.json` is replaced in one step.
A run that is killed at any point leaves the last whole state. One process writes at a time; any number read.
"""

import hashlib
import io
import json
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from filelock import FileLock, Timeout

from audits import files
from pipelines.edition import edition
from pipelines.language.house import ANY, House

SCHEMA = "corrigenda.store/1"
MANIFEST = "manifest.json"
LOCK = "lock"
# What is written here, whole or in the making: nothing else is ever deleted.
_OURS = re.compile(r"(?:\w+/)?\.?[\w.]+-[0-9a-f]{16}\.(?:parquet|json)(?:[.-]\w+)?|\.manifest\.json[.-]\w+")
# One shard below this many articles; above, one a thousand, up to 256.
UNSHARDED = 2_000
ARTICLES_A_SHARD = 1_000
MOST_SHARDS = 256
PATIENCE = 60.0  # seconds to wait for another writer
TRIES = 20  # at reading what writers replace meanwhile
# The columns of `articles` that say which articles the store is of.
IDENTITY = ["article_id", "path", "sha256"]

Manifest = dict[str, Any]
Files = list[dict[str, Any]]
Found = TypeVar("Found")


class StoreError(RuntimeError):
    """A store that cannot be read or written; the message names the file and what to do."""


class MovedError(StoreError):
    """The store's articles are no longer those that a change was worked out from: work it out again."""


class Store:
    """The tables and documents of the last audit, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self) -> None:
        """Raise StoreError where `write` would refuse the folder: it holds something, and no store."""
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreError(f"{self.folder}: not a folder; name another for the store")
        if self.folder.is_dir() and not (self.folder / MANIFEST).exists():
            foreign = next((name for path in sorted(self.folder.iterdir()) for name in self._foreign(path)), None)
            if foreign:
                raise StoreError(f"{self.folder}: holds {foreign!r} and no store; name an empty or new folder")

    def write(
        self,
        tables: Mapping[str, pd.DataFrame],
        documents: Mapping[str, str] | None = None,
        house: House = ANY,
        state: str | None = None,
    ) -> None:
        """Replace these tables (each with a column `article_id`) and documents, made for a house; all others stay as
        they are, and are stale where they were made for another.

        Raises StoreError where the folder is not a store's, cannot be written, or another process has been writing for
        a minute; MovedError where the store is no longer in the `state` that they were made from.
        """
        with self._changing(state) as manifest:
            shards = self._shards(tables, manifest)
            files = {
                name: [self._write(f"{name}/{shard:03}", part) for shard, part in _split(frame, shards)]
                for name, frame in tables.items()
            }
            if "articles" in tables:
                manifest["articles"] = _identity(tables["articles"])
            self._enter(manifest, tables, files, documents or {}, house, shards)

    def update(
        self,
        tables: Mapping[str, pd.DataFrame],
        articles: Collection[str],
        documents: Mapping[str, str] | None = None,
        house: House = ANY,
        state: str | None = None,
    ) -> None:
        """Replace the rows of these articles, and of those that a frame has rows of, by the frame's: all tables at
        once, and of each only the shards concerned. An article without a row in `articles` is gone.

        `tables` are all that are made article by article, `articles` among them. Where the store lacks one of them, or
        has them of another house or extractor, it holds nothing but what is given from then on. Tables are left in
        order of article.

        Raises StoreError and MovedError as `write` does, and StoreError where a shard to be changed is damaged.
        """
        with self._changing(state) as manifest:
            if not _continues(manifest, {name: list(frame.columns) for name, frame in tables.items()}, house):
                manifest["tables"], manifest["documents"] = {}, {}
            before = int(manifest.get("shards", 1))
            old = {name: entry["files"] for name, entry in manifest["tables"].items()}
            standing = _merged(self._parts(old.get("articles", [])), tables["articles"], articles)
            shards = _shards_of(len(standing))
            files = {
                name: self._patched(name, old[name], frame, articles)
                if name in old and shards == before
                else [
                    self._write(f"{name}/{shard:03}", part)
                    for shard, part in _split(_merged(self._parts(old.get(name, [])), frame, articles), shards)
                ]
                for name, frame in tables.items()
            }
            manifest["articles"] = _identity(standing)
            self._enter(manifest, tables, files, documents or {}, house, shards)

    def continues(self, tables: Mapping[str, Collection[str]], house: House) -> bool:
        """Whether the store has these tables with these columns, all of the same articles, extracted for this house as
        it is done today: whether `update` would add to what is there."""
        try:
            return _continues(self._manifest() or {"tables": {}}, tables, house)
        except StoreError:
            return False

    def state(self) -> str:
        """Which articles, read for which house, the store is of; a store that cannot be read is of none."""
        return _state(self._usable_manifest())

    def read(self, table: str) -> pd.DataFrame:
        """The table, with an unnamed RangeIndex, in order of article where it is sharded.

        Raises StoreError where it was never written, belongs to other articles than the store's or to another house, or
        a file is not what the manifest says.
        """
        return self.snapshot([table])[0][table]

    def snapshot(self, tables: Iterable[str], house: House | None = None) -> tuple[dict[str, pd.DataFrame], str]:
        """Several tables as they stood at one time, whoever writes meanwhile, and the state they are of.

        Raises StoreError as `read` does, and where they were not extracted for this `house` as it is done today.
        """
        tables = tuple(tables)

        def taken(manifest: Manifest | None) -> tuple[dict[str, pd.DataFrame], str]:
            if house is not None and not _is_of_today(manifest or {}, house):
                raise StoreError(f"{self.folder}: the store is empty, or of other settings or another version")
            frames = {table: _joined(self._parts(self._entries(manifest, "tables", table))) for table in tables}
            return frames, _state(manifest or {})

        return self._steady(taken)

    def document(self, name: str, *, current: bool = True) -> str:
        """The document as written. Raises StoreError as `read` does; unless `current`, one of earlier articles does."""

        def taken(manifest: Manifest | None) -> str:
            entries = self._entries(manifest, "documents", name, current=current)
            return b"".join(map(self._checked, entries)).decode("utf-8")

        return self._steady(taken)

    def tables(self) -> tuple[str, ...]:
        """The names of the tables that have been written."""
        manifest = self._manifest()
        return tuple(manifest["tables"]) if manifest else ()

    def paths(self, table: str) -> tuple[Path, ...]:
        """The table's Parquet files, for readers such as DuckDB: `read_parquet([…])`."""
        return tuple(self.folder / entry["path"] for entry in self._entries(self._manifest(), "tables", table))

    def _steady(self, taken: Callable[[Manifest | None], Found]) -> Found:
        """What is taken from one manifest's files: where a writer has swept them since, from the next one's."""
        for left in reversed(range(TRIES)):
            try:
                return taken(self._manifest())
            except FileNotFoundError as error:
                if not left:
                    raise StoreError(f"{error.filename}: the store lacks this file; run the audit again") from None
        raise AssertionError

    def _entries(self, manifest: Manifest | None, kind: str, name: str, *, current: bool = True) -> Files:
        if manifest is None or name not in manifest[kind]:
            raise StoreError(f"{self.folder}: the store holds no {name!r}; run the audit first")
        entry = manifest[kind][name]
        if current and entry.get("of") != _state(manifest):
            raise StoreError(
                f"{self.folder}: {name!r} is of earlier articles or settings; run the audit, or this step of it, again"
            )
        files: Files = entry["files"] if kind == "tables" else [entry]
        return files

    def _parts(self, entries: Files) -> list[pd.DataFrame]:
        return [pd.read_parquet(io.BytesIO(self._checked(entry))) for entry in entries]

    def _checked(self, entry: Mapping[str, Any]) -> bytes:
        path: Path = self.folder / entry["path"]
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise StoreError(f"{path}: the file is damaged (its content is not what was written); run the audit again")
        return data

    def _manifest(self) -> Manifest | None:
        path = self.folder / MANIFEST
        try:
            manifest: Manifest = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: unreadable ({error}); delete {self.folder} and run the audit again") from None
        if not (
            isinstance(manifest, dict)
            and manifest.get("schema") == SCHEMA
            and all(isinstance(manifest.get(kind), dict) for kind in ("tables", "documents"))
        ):
            raise StoreError(f"{path}: no manifest of this version; delete {self.folder} and run the audit again")
        return manifest

    def _foreign(self, path: Path) -> Iterator[str]:
        """The name, where it is not what a writer makes before its first manifest: another one may be at it."""
        within = sorted(path.iterdir()) if path.is_dir() and not path.is_symlink() else [path]
        names = (file.relative_to(self.folder).as_posix() for file in within)
        if path.name != LOCK and not all(map(_OURS.fullmatch, names)):
            yield path.name

    def _usable_manifest(self) -> Manifest:
        """The manifest to go on from; a store that cannot be read is written anew."""
        try:
            return self._manifest() or {"tables": {}, "documents": {}}
        except StoreError:
            return {"tables": {}, "documents": {}}

    @contextmanager
    def _changing(self, state: str | None) -> Iterator[Manifest]:
        """The manifest, to be changed in place: it is the store's when the block is left without an error."""
        self.check()
        with self._writing():
            manifest = self._usable_manifest()
            if state is not None and state != _state(manifest):
                raise MovedError(
                    f"{self.folder}: another audit has written other articles meanwhile; run this step again"
                )
            yield manifest
            self._replace(manifest)
            self._sweep(manifest)

    def _enter(
        self,
        manifest: Manifest,
        tables: Mapping[str, pd.DataFrame],
        files: Mapping[str, Files],
        documents: Mapping[str, str],
        house: House,
        shards: int,
    ) -> None:
        """Set down in the manifest what has been written, as of the articles and the house that it names now."""
        manifest |= {"schema": SCHEMA, "version": version("corrigenda"), "extractor": edition()}
        manifest |= {"shards": shards, "house": _plain(house)}
        of = _state(manifest)
        for name, frame in tables.items():
            rows = sum(file["rows"] for file in files[name])
            columns = [str(column) for column in frame.columns]
            manifest["tables"][name] = {"rows": rows, "columns": columns, "files": files[name], "of": of}
        for name, text in documents.items():
            manifest["documents"][name] = self._put(name, text.encode("utf-8")) | {"of": of}

    def _patched(self, name: str, files: Files, frame: pd.DataFrame, articles: Collection[str]) -> Files:
        """The table's files with new rows for these articles: the others' shards as they are."""
        gone = {*articles, *frame["article_id"]}
        concerned = {_shard(article, len(files)) for article in gone}
        fresh = dict(_split(frame, len(files)))
        return [
            self._write(f"{name}/{shard:03}", _merged(self._parts([file]), fresh[shard], gone))
            if shard in concerned
            else file
            for shard, file in enumerate(files)
        ]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / LOCK, timeout=PATIENCE):
                yield
        except Timeout:
            raise StoreError(f"{self.folder}: another audit is writing; try again when it is done") from None
        except OSError as error:
            raise StoreError(f"{error.filename or self.folder}: cannot be written: {error.strerror}") from None

    def _shards(self, tables: Mapping[str, pd.DataFrame], manifest: Manifest) -> int:
        """How many shards: as the articles need, or as they are where the articles are not written anew."""
        if "articles" not in tables and "shards" in manifest:
            return int(manifest["shards"])
        return _shards_of(len(tables["articles"]) if "articles" in tables else 0)

    def _write(self, name: str, frame: pd.DataFrame) -> dict[str, Any]:
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False, compression="zstd")
        return {**self._put(f"{name}.parquet", buffer.getvalue()), "rows": len(frame)}

    def _put(self, name: str, data: bytes) -> dict[str, str]:
        """Write the content under its own name, whole or not at all; a file that is there already is that content."""
        digest = hashlib.sha256(data).hexdigest()
        stem, dot, ending = name.rpartition(".")
        path = self.folder / f"{stem}-{digest[:16]}{dot}{ending}"
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.replace(path, data)
        return {"path": path.relative_to(self.folder).as_posix(), "sha256": digest}

    def _replace(self, manifest: Mapping[str, Any]) -> None:
        files.replace(self.folder / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode("utf-8"))

    def _sweep(self, manifest: Mapping[str, Any]) -> None:
        """Delete what no manifest names any more."""
        named = {entry["path"] for table in manifest["tables"].values() for entry in table["files"]}
        named |= {entry["path"] for entry in manifest["documents"].values()}
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name not in named and _OURS.fullmatch(name):
                path.unlink(missing_ok=True)


def _plain(house: House) -> dict[str, Any]:
    """The house as a manifest holds it."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(house)))
    return plain


def _state(manifest: Mapping[str, Any]) -> str:
    """Which articles, read by which extractor for which house, the store is of: what is written later belongs to them,
    what was written before does not."""
    read = [manifest.get("articles"), manifest.get("house"), manifest.get("extractor")]
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def _identity(articles: pd.DataFrame) -> str:
    """The articles in one hash: their ids, paths and contents."""
    known = articles[[column for column in IDENTITY if column in articles]].sort_values("article_id")
    return hashlib.sha256(json.dumps(known.to_numpy().tolist()).encode()).hexdigest()


def _is_of_today(manifest: Mapping[str, Any], house: House) -> bool:
    return (manifest.get("house"), manifest.get("extractor")) == (_plain(house), edition())


def _continues(manifest: Manifest, tables: Mapping[str, Collection[str]], house: House) -> bool:
    return _is_of_today(manifest, house) and all(
        (entry := manifest["tables"].get(name, {})).get("of") == _state(manifest)
        and entry.get("columns") == list(columns)
        for name, columns in tables.items()
    )


def _merged(parts: list[pd.DataFrame], frame: pd.DataFrame, articles: Collection[str]) -> pd.DataFrame:
    """The rows of the parts without those of these articles and of the frame's, and the frame's, in order of
    article."""
    gone = {*articles, *frame["article_id"]}
    kept = [part[~part["article_id"].isin(gone)] for part in parts]
    filled = [part for part in (*kept, frame) if len(part)] or [frame]
    return pd.concat(filled).sort_values("article_id", kind="stable", ignore_index=True)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    if len(parts) == 1:
        return parts[0]
    return pd.concat(parts, ignore_index=True).sort_values("article_id", kind="stable", ignore_index=True)


def _shards_of(articles: int) -> int:
    return 1 if articles < UNSHARDED else min(MOST_SHARDS, -(-articles // ARTICLES_A_SHARD))


def _shard(article: str, shards: int) -> int:
    """Where an article's rows stand: as CRC-32 of its id says, in every process the same."""
    return zlib.crc32(article.encode("utf-8")) % shards


def _split(frame: pd.DataFrame, shards: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """The frame by shard: an article's rows stand together."""
    if shards == 1:
        yield 0, frame
        return
    of_row = frame["article_id"].map(lambda article: _shard(article, shards))
    for shard in range(shards):
        yield shard, frame[of_row == shard].reset_index(drop=True)
