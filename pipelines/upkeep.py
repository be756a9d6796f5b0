"""The store kept up with the folder: of its articles, only those are read and extracted that the store has not as they
are."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from expectations.contracts import columns
from pipelines import audit
from pipelines.audit import OWN
from pipelines.language.house import House
from pipelines.reading import Rejected, content, display_path, ids_of, listed, read_files
from pipelines.reading.article import UnreadableArticleError
from pipelines.store import MovedError, Store, StoreError

COLUMNS = {table: columns(table) for table in OWN}
TRIES = 20  # at putting articles into a store that others are writing to


@dataclass(frozen=True)
class Taken:
    """What became of files: by path, the sha256 of each that is an article and its rows in each table; the files that
    cannot be read; the paths of articles that are gone."""

    articles: Mapping[str, str]
    rows: Mapping[str, Mapping[str, int]]
    rejected: tuple[Rejected, ...]
    gone: tuple[str, ...] = ()


def take(
    store: Store, files: Sequence[Path], root: Path, house: House, gone: Collection[str] = (), *, anew: bool = False
) -> Taken:
    """Read these files, extract what they state, and put that into the store in place of what it has of them; take the
    articles at the paths `gone` out of it; `anew`, of all others too. The store changes once, whole.

    An article whose file cannot be read any more is taken out as well. Raises StoreError, and BrokenContractError where
    the fault is ours.
    """
    corpus = read_files(files, root, house)
    # by their paths for now: which ids they have in the corpus is known once nobody else can write
    apart = [replace(article, id=article.path) for article in corpus.articles]
    made = audit.own_tables(apart, house)
    leaving = {*gone, *(display_path(file, root) for file in files)}
    for left in reversed(range(TRIES)):
        try:
            _put(store, made, leaving, house, anew=anew)
            break
        except MovedError:
            if not left:
                raise
    counts = {table: frame["article_id"].value_counts().to_dict() for table, frame in made.items()}
    return Taken(
        articles={article.path: article.sha256 for article in apart},
        rows={
            article.path: {table: count.get(article.path, 0) for table, count in counts.items()} for article in apart
        },
        rejected=corpus.rejected,
        gone=tuple(gone),
    )


def follow(store: Store, folder: Path, root: Path, house: House, again: Collection[str] = ()) -> Taken:
    """Bring the store up to the folder: take what is new or changed there, and what is at the paths `again`, and leave
    out what is gone; where the store is damaged, or of another house, take everything. What cannot be read is kept
    beside the tables, as the document `rejected.json`.

    Raises StoreError, and BrokenContractError where the fault is ours.
    """
    known = _known(store, house)
    files, rejected = listed([folder], root)
    paths = {file: display_path(file, root) for file in files}
    changed = [f for f, path in paths.items() if path in again or path not in known or known[path] != hash_of(f)]
    gone = sorted(known.keys() - set(paths.values()))
    taken = take(store, changed, root, house, gone, anew=not known)
    unread = tuple(sorted((*rejected, *taken.rejected), key=lambda file: file.path))
    store.write({}, {audit.REJECTED: audit.rejected_document(unread)}, house)
    return replace(taken, rejected=unread)


def hash_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, or why it has none."""
    try:
        return hashlib.sha256(content(file)).hexdigest()
    except UnreadableArticleError as error:
        return str(error)


def snapshot(store: Store, tables: Iterable[str]) -> tuple[dict[str, pd.DataFrame], str]:
    """Tables of the store as they stood at one time, articles in order of their paths as an audit reads them, and the
    state that they are of. Raises StoreError."""
    frames, state = store.snapshot(dict.fromkeys(("articles", *tables)))
    paths = zip(frames["articles"]["article_id"], frames["articles"]["path"], strict=True)
    places = {article: at for at, (article, _) in enumerate(sorted(paths, key=lambda each: Path(each[1])))}
    return {
        table: frame.sort_values(
            "article_id", key=lambda ids: ids.map(places).astype("int64"), kind="stable", ignore_index=True
        )
        for table, frame in frames.items()
    }, state


def _known(store: Store, house: House) -> dict[str, str]:
    """The sha256 of each article that the store has, by path; none where it is damaged or made otherwise."""
    if not store.continues(COLUMNS, house):
        return {}
    try:
        articles = store.snapshot(OWN)[0]["articles"]
    except StoreError:
        return {}
    return dict(zip(articles["path"], articles["sha256"], strict=True))


def _put(store: Store, made: Mapping[str, pd.DataFrame], leaving: Collection[str], house: House, *, anew: bool) -> None:
    """Put tables whose article ids are paths into the store, under the ids that the articles have in the whole corpus:
    where another article has to change its id for a newcomer of the same name, it does so in the same step."""
    stored, state = made["articles"].head(0), store.state()
    if not anew and store.continues(COLUMNS, house):
        frames, state = store.snapshot(["articles"])
        stored = frames["articles"]
    staying = stored[~stored["path"].isin(leaving)]
    ids = ids_of([*staying["path"], *made["articles"]["path"]])
    renamed = {
        old: ids[path] for old, path in zip(staying["article_id"], staying["path"], strict=True) if old != ids[path]
    }
    tables = {table: _named(frame, ids) for table, frame in made.items()}
    if renamed:
        others, others_state = store.snapshot(OWN)
        if others_state != state:
            raise MovedError(f"{store.folder}: another audit has written other articles meanwhile")
        moved = {table: frame[frame["article_id"].isin(renamed)] for table, frame in others.items()}
        tables = {table: _together(_named(moved[table], renamed), frame) for table, frame in tables.items()}
    unmoved = staying[~staying["article_id"].isin(renamed)]
    tables["articles"] = audit.numbered(_together(unmoved, tables["articles"]))
    if anew:
        store.write(tables, house=house, state=state)
    else:
        store.update(tables, [*stored["article_id"][stored["path"].isin(leaving)], *renamed], house=house, state=state)


def _named(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    return frame.assign(article_id=frame["article_id"].map(names).astype(frame["article_id"].dtype))


def _together(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
