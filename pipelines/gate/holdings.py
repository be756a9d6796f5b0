"""Articles with their records: taken from stores that hold them, extracted where none does."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from expectations import contracts
from expectations.contracts import rows_of
from pipelines.audit import OWN, numbered, own_tables
from pipelines.language.house import House
from pipelines.reading import Rejected, content, display_path, ids_of, read_bytes
from pipelines.reading.article import Article, NoArticleError, UnreadableArticleError
from pipelines.store import Store, StoreError

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Holdings:
    """`tables` are those of OWN, without an order of age; `ids` are the articles' by path. `extracted` are the paths
    whose records no store held."""

    tables: Tables
    ids: Mapping[str, str]
    rejected: tuple[Rejected, ...]
    extracted: frozenset[str]


def gather(files: Iterable[Path], root: Path, house: House, stores: Iterable[Store], jobs: int = 1) -> Holdings:
    """The articles in `files`. A store that cannot be read, or is of another house or extractor, is passed over."""
    shelves = [shelf for store in stores if (shelf := _shelf(store, house)) is not None]
    articles: list[Article] = []
    shelved: dict[str, Shelf] = {}
    rejected: list[Rejected] = []
    for file in files:
        path = display_path(file, root)
        try:
            data = content(file)
            sha256 = hashlib.sha256(data).hexdigest()
            shelf = next((shelf for shelf in shelves if shelf.hashes.get(path) == sha256), None)
            if shelf is None:
                articles.append(read_bytes(data, path, house))
            else:
                shelved[path] = shelf
        except NoArticleError:
            continue
        except UnreadableArticleError as error:
            rejected.append(Rejected(path, str(error)))
    ids = ids_of([*shelved, *(article.path for article in articles)])
    articles = [replace(article, id=ids[article.path]) for article in articles]
    parts = [own_tables(articles, house, jobs)] if articles else []
    for shelf in shelves:
        wanted = {path: ids[path] for path, holder in shelved.items() if holder is shelf}
        if wanted:
            parts.append(shelf.take(wanted))
    return Holdings(merged(parts), ids, tuple(rejected), frozenset(article.path for article in articles))


def merged(parts: Sequence[Tables]) -> dict[str, pd.DataFrame]:
    """The tables of several lots of articles as one, in order of article, with their places in the corpus."""
    made = {table: _together(table, [part[table] for part in parts]) for table in OWN}
    made["articles"] = numbered(made["articles"])
    return made


def _together(table: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if not frame.empty]
    if not filled:
        return contracts.frame(table, [])
    return pd.concat(filled, ignore_index=True).sort_values("article_id", kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Shelf:
    """What a store holds: content hashes and ids by path, and the tables."""

    hashes: Mapping[str, str]
    ids: Mapping[str, str]
    tables: Tables

    def take(self, wanted: Mapping[str, str]) -> dict[str, pd.DataFrame]:
        """The tables of the articles at these paths, under these ids."""
        now = {self.ids[path]: given for path, given in wanted.items()}
        if now.keys() == set(self.ids.values()) and all(before == given for before, given in now.items()):
            return dict(self.tables)
        taken = {}
        for table, frame in self.tables.items():
            rows = frame[frame["article_id"].isin(list(now))]
            taken[table] = rows.assign(article_id=rows["article_id"].map(now).astype(frame["article_id"].dtype))
        return taken


def _shelf(store: Store, house: House) -> Shelf | None:
    with suppress(StoreError, OSError):
        tables = store.snapshot(OWN, house)[0]
        rows = rows_of(tables["articles"][["article_id", "path", "sha256"]])
        return Shelf(
            {row["path"]: row["sha256"] for row in rows}, {row["path"]: row["article_id"] for row in rows}, tables
        )
    return None
