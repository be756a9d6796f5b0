"""The tables on disk: Parquet in shards, and a manifest that is the state.

New files are written beside the old ones under the name of their content; then `manifest.json` is replaced in one step.
A run that is killed at any point leaves the last whole state. One process writes at a time; any number read.
"""

import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from audits import files
from pipelines.edition import edition
from pipelines.language.house import ANY, House

SCHEMA = "corrigenda.store/1"
MANIFEST = "manifest.json"
LOCK = "lock"
# What is written here, whole or in the making: nothing else is ever deleted.
_OURS = re.compile(r"(?:\w+/)?\.?[\w.]+-[0-9a-f]{16}\.(?:parquet|json)(?:\.\d+)?|\.manifest\.json\.\d+")
# One shard below this many articles; above, one a thousand, up to 256.
UNSHARDED = 2_000
ARTICLES_A_SHARD = 1_000
MOST_SHARDS = 256
PATIENCE = 60.0  # seconds to wait for another writer
ATTEMPTS = 10  # at reading tables of one state, beside a writer


class StoreError(RuntimeError):
    """A store that cannot be read or written; the message names the file and what to do."""


class Store:
    """The tables and documents of the last audit, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self) -> None:
        """Raise StoreError where `write` would refuse the folder: it holds something, and no store."""
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreError(f"{self.folder}: not a folder; name another for the store")
        if self.folder.is_dir() and not (self.folder / MANIFEST).exists():
            foreign = next((path for path in sorted(self.folder.iterdir()) if path.name != LOCK), None)
            if foreign:
                raise StoreError(f"{self.folder}: holds {foreign.name!r} and no store; name an empty or new folder")

    def write(
        self, tables: Mapping[str, pd.DataFrame], documents: Mapping[str, str] | None = None, house: House = ANY
    ) -> None:
        """Replace these tables (each with a column `article_id`) and documents, made for a house; all others stay as
        they are, and are stale where they were made for another.

        Raises StoreError where the folder is not a store's, cannot be written, or another process has been writing for
        a minute.
        """
        self.check()
        with self._writing():
            manifest = self._usable_manifest()
            shards = self._shards(tables, manifest)
            manifest |= {"house": _plain(house), "extractor": edition()}
            for name, frame in tables.items():
                manifest["tables"][name] = {
                    "rows": len(frame),
                    "files": [self._write(f"{name}/{shard:03}", part) for shard, part in _split(frame, shards)],
                }
            for name, text in (documents or {}).items():
                manifest["documents"][name] = self._put(name, text.encode("utf-8"))
            for entry in (
                *(manifest["tables"][n] for n in tables),
                *(manifest["documents"][n] for n in documents or {}),
            ):
                entry["of"] = _corpus(manifest)
            manifest |= {"schema": SCHEMA, "version": version("corrigenda"), "shards": shards}
            self._replace(manifest)
            self._sweep(manifest)

    def read(self, table: str) -> pd.DataFrame:
        """The table, with an unnamed RangeIndex, in order of article where it is sharded.

        Raises StoreError where it was never written, belongs to other articles than the store's or to another house, or
        a file is not what the manifest says.
        """
        parts = [pd.read_parquet(io.BytesIO(data)) for data in self._contents("tables", table)]
        if len(parts) == 1:
            return parts[0]
        return pd.concat(parts, ignore_index=True).sort_values("article_id", kind="stable", ignore_index=True)

    def together(self, tables: Iterable[str], house: House = ANY) -> dict[str, pd.DataFrame]:
        """These tables, all of one state of the store, extracted for this house as it is done today.

        Raises StoreError as `read` does, and where they are of another house or extractor.
        """
        names = tuple(tables)
        for _ in range(ATTEMPTS):
            manifest = self._manifest() or {}
            if (manifest.get("house"), manifest.get("extractor")) != (_plain(house), edition()):
                raise StoreError(f"{self.folder}: the store is empty, or of other settings or another version")
            read = {name: self.read(name) for name in names}
            if self._manifest() == manifest:
                return read
        raise StoreError(f"{self.folder}: another audit is writing; try again when it is done")

    def document(self, name: str) -> str:
        """The document as written. Raises StoreError as `read` does."""
        return b"".join(self._contents("documents", name)).decode("utf-8")

    def tables(self) -> tuple[str, ...]:
        """The names of the tables that have been written."""
        manifest = self._manifest()
        return tuple(manifest["tables"]) if manifest else ()

    def paths(self, table: str) -> tuple[Path, ...]:
        """The table's Parquet files, for readers such as DuckDB: `read_parquet([…])`."""
        return tuple(self.folder / entry["path"] for entry in self._entries("tables", table))

    def _contents(self, kind: str, name: str) -> list[bytes]:
        for last in (False, True):
            try:
                return [self._checked(entry) for entry in self._entries(kind, name)]
            except FileNotFoundError as error:  # swept by a writer since the manifest was read: read the new one
                if last:
                    raise StoreError(f"{error.filename}: the store lacks this file; run the audit again") from None
        raise AssertionError

    def _entries(self, kind: str, name: str) -> list[dict[str, str]]:
        manifest = self._manifest()
        if manifest is None or name not in manifest[kind]:
            raise StoreError(f"{self.folder}: the store holds no {name!r}; run the audit first")
        entry = manifest[kind][name]
        if entry.get("of") != _corpus(manifest):
            raise StoreError(
                f"{self.folder}: {name!r} is of earlier articles or settings; run the audit, or this step of it, again"
            )
        files: list[dict[str, str]] = entry["files"] if kind == "tables" else [entry]
        return files

    def _checked(self, entry: Mapping[str, str]) -> bytes:
        path = self.folder / entry["path"]
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise StoreError(f"{path}: the file is damaged (its content is not what was written); run the audit again")
        return data

    def _manifest(self) -> dict[str, Any] | None:
        path = self.folder / MANIFEST
        try:
            manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
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

    def _usable_manifest(self) -> dict[str, Any]:
        """The manifest to go on from; a store that cannot be read is written anew."""
        try:
            return self._manifest() or {"tables": {}, "documents": {}}
        except StoreError:
            return {"tables": {}, "documents": {}}

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

    def _shards(self, tables: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any]) -> int:
        """How many shards: as the articles need, or as they are where the articles are not written anew."""
        if "articles" not in tables and "shards" in manifest:
            return int(manifest["shards"])
        count = len(tables["articles"]) if "articles" in tables else 0
        return 1 if count < UNSHARDED else min(MOST_SHARDS, -(-count // ARTICLES_A_SHARD))

    def _write(self, name: str, frame: pd.DataFrame) -> dict[str, str]:
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False, compression="zstd")
        return self._put(f"{name}.parquet", buffer.getvalue())

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


def _corpus(manifest: Mapping[str, Any]) -> str:
    """Which articles, read for which house, the store is of: what is written later belongs to them, what was written
    before does not."""
    files = manifest["tables"].get("articles", {"files": []})["files"]
    read = [*(entry["sha256"] for entry in files), json.dumps(manifest.get("house"), sort_keys=True)]
    return hashlib.sha256("".join(read).encode()).hexdigest()


def _split(frame: pd.DataFrame, shards: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """The frame by shard: an article's rows stand together, where CRC-32 of its id says, in every process the same."""
    if shards == 1:
        yield 0, frame
        return
    of_row = frame["article_id"].map(lambda article: zlib.crc32(article.encode("utf-8")) % shards)
    for shard in range(shards):
        yield shard, frame[of_row == shard].reset_index(drop=True)
