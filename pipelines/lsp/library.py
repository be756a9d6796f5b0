"""The articles of a workspace and their records, in memory; those that are open in the editor as they stand there."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from expectations.contracts import rows_of
from pipelines.audit import own_tables
from pipelines.gate.holdings import Shelf, gather, merged
from pipelines.language.house import House
from pipelines.reading import content, display_path, ids_of, listed, read_bytes
from pipelines.reading.article import Article, NoArticleError, UnreadableArticleError
from pipelines.reading.hashes import Hashes
from pipelines.store import Store, StoreError

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Look:
    """What there is at a time: the tables OWN of an audit, ids and files by path, and what could not be read, with the
    reason."""

    tables: Tables
    ids: Mapping[str, str]
    files: Mapping[str, Path]
    rejected: Mapping[str, str]


class Library:
    """Reads and extracts what has changed since it was last looked at, and nothing else.

    `index` is the gate's own store: what it and the other `stores` lack is written to it once, as the gate does.
    """

    def __init__(self, paths: Sequence[Path], root: Path, house: House, index: Store, stores: Iterable[Store]) -> None:
        self._paths, self._root, self._house = paths, root, house
        self._index, self._stores = index, tuple(stores)
        self._hashes = Hashes()
        self._shelf: Shelf | None = None
        self._refused: dict[str, tuple[str, str | None]] = {}  # hash, and the reason; none where it is passed over

    @property
    def loaded(self) -> bool:
        """Whether it has been looked at before."""
        return self._shelf is not None

    def look(self, opened: Mapping[Path, str]) -> Look:
        """The articles as they are now, those that are `opened` (absolute paths) with the editor's text.

        Raises BrokenContractError where the fault is ours.
        """
        published = listed([path for path in self._paths if path.exists()], self._root)[0]
        shelf = self._shelf or self._first(published)
        files = {display_path(file, self._root): file for file in sorted({*published, *opened})}
        hashes = {path: self._hash(file, opened) for path, file in files.items()}
        kept = [path for path, sha256 in hashes.items() if shelf.hashes.get(path) == sha256]
        refused = {path: known for path, known in self._refused.items() if hashes.get(path) == known[0]}
        articles = []
        for path in sorted(hashes.keys() - {*kept} - refused.keys()):
            try:
                articles.append(self._read(path, files[path], opened))
            except UnreadableArticleError as error:
                refused[path] = hashes[path], None if isinstance(error, NoArticleError) else str(error)
        if articles or len(kept) < len(shelf.hashes):
            shelf = self._put(shelf, kept, articles)
        self._shelf, self._refused = shelf, refused
        return Look(shelf.tables, shelf.ids, files, {path: why for path, (_, why) in refused.items() if why})

    def _first(self, files: Sequence[Path]) -> Shelf:
        holdings = gather(files, self._root, self._house, (self._index, *self._stores), os.cpu_count() or 1)
        if holdings.extracted:
            with suppress(StoreError):  # a folder that cannot be written to costs time at the next start, no more
                self._index.write(holdings.tables, house=self._house)
        return _shelf(holdings.tables, holdings.ids)

    def _hash(self, file: Path, opened: Mapping[Path, str]) -> str:
        return hashlib.sha256(opened[file].encode()).hexdigest() if file in opened else self._hashes.of(file)

    def _read(self, path: str, file: Path, opened: Mapping[Path, str]) -> Article:
        return read_bytes(opened[file].encode() if file in opened else content(file), path, self._house)

    def _put(self, shelf: Shelf, kept: Sequence[str], articles: Sequence[Article]) -> Shelf:
        """The articles that are kept, and these."""
        ids = ids_of([*kept, *(article.path for article in articles)])
        named = [replace(article, id=ids[article.path]) for article in articles]
        parts: list[Tables] = [own_tables(named, self._house, os.cpu_count() or 1)] if named else []
        if kept:
            parts.append(shelf.take({path: ids[path] for path in kept}))
        return _shelf(merged(parts), ids)


def _shelf(tables: Tables, ids: Mapping[str, str]) -> Shelf:
    return Shelf({row["path"]: row["sha256"] for row in rows_of(tables["articles"][["path", "sha256"]])}, ids, tables)
