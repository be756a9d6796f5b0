"""What new articles bring with them: findings of their own and against the published ones, and what they mend."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pandas as pd

from audits.findings import Finding, Findings
from expectations import contracts
from expectations.catalogue import Rule
from expectations.facts import Fact
from pipelines.audit import OWN, comparison_tables, find, own_tables
from pipelines.gate import anchors
from pipelines.gate.holdings import gather, merged
from pipelines.gate.repository import Former
from pipelines.language.house import House
from pipelines.reading import Rejected, display_path, read_bytes
from pipelines.reading.article import UnreadableArticleError
from pipelines.store import Store

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Case:
    """What is to be judged: `files` are all there are now, `judged` those that are new or otherwise than before, with
    what each was; `deleted` is what is there no more. `index` is the store of the gate's own, `stores` others that may
    hold records."""

    root: Path
    files: tuple[Path, ...]
    judged: Mapping[Path, Former | None]
    deleted: tuple[Former, ...]
    house: House
    facts: tuple[Fact, ...]
    index: Store
    stores: tuple[Store, ...]
    jobs: int = 1


@dataclass(frozen=True)
class Brief:
    """The tables that rules are to look at: of the corpus as it is, and as it was where any article was otherwise.

    Rows of articles that stand as they stood are left out, but for facts that the judged ones state, or that they or
    the `deleted` ones (paths) stated before. `judged` has the path that each article had before, where it had one;
    `paths` are those of all articles.
    """

    after: Tables
    before: Tables | None
    judged: Mapping[str, str | None]
    deleted: frozenset[str]
    paths: frozenset[str]
    rejected: tuple[Rejected, ...]


def prepare(case: Case) -> Brief:
    """Read, extract and compare what the case needs; records of published articles that no store held are kept in the
    index for the next time.

    Raises BrokenContractError where the fault is ours.
    """
    holdings = gather(case.files, case.root, case.house, (case.index, *case.stores), case.jobs)
    judged = {display_path(file, case.root): former for file, former in case.judged.items()}
    fresh = {holdings.ids[path] for path in judged if path in holdings.ids}
    standing = _without(holdings.tables, fresh)
    if holdings.extracted - judged.keys():
        case.index.write(standing, house=case.house)
    former = [*case.deleted, *(former for former in judged.values() if former is not None)]
    after = anchors.toward(fresh, compared(holdings.tables, case.facts))
    before, gone = None, set()
    if former:
        tables = _former(former, case, taken={*holdings.ids, *holdings.ids.values()})
        gone = set(tables["articles"]["article_id"])
        before = anchors.toward(gone, compared(merged([standing, tables]), case.facts))
    facts = _stated(after, fresh) | (_stated(before, gone) if before else set())
    return Brief(
        after=_looked_at(after, fresh, facts),
        before=_looked_at(before, gone, facts) if before else None,
        deleted=frozenset(display_path(one.file, case.root) for one in case.deleted),
        judged={path: display_path(former.file, case.root) if former else None for path, former in judged.items()},
        paths=frozenset(holdings.ids),
        rejected=holdings.rejected,
    )


def alone(path: str, ids: Mapping[str, str], tables: Tables) -> Brief:
    """The brief of the new article at `path` in a corpus that is compared already; `ids` are those of all, by path."""
    fresh = {ids[path]}
    after = anchors.toward(fresh, tables)
    return Brief(
        after=_looked_at(after, fresh, _stated(after, fresh)),
        before=None,
        judged={path: None},
        deleted=frozenset(),
        paths=frozenset(ids),
        rejected=(),
    )


def judge(brief: Brief, rules: Mapping[str, Rule]) -> tuple[Findings, Findings | None]:
    """What the rules find in the corpus as it is, and as it was. Raises BrokenRuleError where the fault is ours."""
    after = find(brief.after, rules, brief.rejected)
    return after, find(brief.before, rules, ()) if brief.before is not None else None


def introduced(after: Findings, before: Findings | None, judged: Mapping[str, str | None]) -> tuple[Finding, ...]:
    """The findings in judged articles; those that their former selves had are `known`."""
    had = Counter((finding.anchor.path, finding.fingerprint) for finding in (before.findings if before else ()))
    found = []
    for finding in after.findings:
        if finding.anchor.path not in judged:
            continue
        place = judged[finding.anchor.path] or "", finding.fingerprint
        known = had[place] > 0
        had[place] -= known
        found.append(replace(finding, status="known") if known else finding)
    return tuple(found)


def mended(after: Findings, before: Findings | None, judged: Mapping[str, str | None]) -> tuple[Finding, ...]:
    """The findings that were there before and are there no more."""
    successors = {former: path for path, former in judged.items() if former is not None}
    standing = Counter((finding.anchor.path, finding.fingerprint) for finding in after.findings)
    stated = {value for finding in after.findings for value in _values(finding)}
    gone = []
    for finding in before.findings if before else ():
        path = finding.anchor.path
        place = successors.get(path, path), finding.fingerprint
        if standing[place] > 0:
            standing[place] -= 1
        elif not stated & _values(finding):
            gone.append(finding)
    return tuple(gone)


def _values(finding: Finding) -> set[str]:
    """What a fact is known by, whichever value a finding about it is anchored at."""
    return {finding.fingerprint, *finding.counterparts} if finding.fact and finding.scope == "cross" else set()


def _without(tables: Tables, articles: Collection[str]) -> dict[str, pd.DataFrame]:
    return {table: tables[table][~tables[table]["article_id"].isin(list(articles))] for table in OWN}


def _former(former: Sequence[Former], case: Case, taken: Collection[str]) -> dict[str, pd.DataFrame]:
    """The tables of what was there before, as far as it could be read; under ids that no article of today has."""
    articles = []
    for one in former:
        path = display_path(one.file, case.root)
        with suppress(UnreadableArticleError):
            article = read_bytes(one.data, path, case.house)
            articles.append(replace(article, id=next(name for name in _names(path) if name not in taken)))
    return own_tables(articles, case.house)


def _names(path: str) -> Iterator[str]:
    yield path
    for number in count(1):
        yield f"{path} ({number})"


def compared(tables: Tables, facts: Sequence[Fact]) -> dict[str, pd.DataFrame]:
    """The tables of articles with those of comparisons."""
    return {**tables, **comparison_tables(tables, facts)}


def _stated(tables: Tables, articles: Collection[str]) -> set[str]:
    """The facts that these articles state."""
    witnesses = tables["witnesses"]
    return set(witnesses["fact_id"][witnesses["article_id"].isin(list(articles))])


def _looked_at(tables: Tables, fresh: Collection[str], facts: Collection[str]) -> dict[str, pd.DataFrame]:
    """What rules look at: the rows of fresh articles, the facts in question, and the articles that these speak of."""
    chosen = {}
    for table in (*contracts.COMPARISONS, *contracts.RECORDS):
        rows = tables[table]
        of_facts = "fact_id" in rows.columns
        kept = rows["fact_id"].isin(list(facts)) if of_facts else rows["article_id"].isin(list(fresh))
        chosen[table] = rows[kept].reset_index(drop=True)
    spoken = set(fresh).union(chosen["witnesses"]["article_id"])
    for table in contracts.READING:
        rows = tables[table]
        chosen[table] = rows[rows["article_id"].isin(list(spoken))].reset_index(drop=True)
    return chosen
