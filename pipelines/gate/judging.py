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
from pipelines.audit import comparison_tables, find
from pipelines.gate import anchors
from pipelines.gate.holdings import OWN, extracted, gather, merged
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

    Rows of articles that stand as they stood are left out, but for what is compared with the judged ones. `judged` has
    the path that each article had before, where it had one; `paths` are those of all articles.
    """

    after: Tables
    before: Tables | None
    judged: Mapping[str, str | None]
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
    before = None
    if former:
        gone = _former(former, case, taken={*holdings.ids, *holdings.ids.values()})
        before = _turned(merged([standing, gone]), set(gone["articles"]["article_id"]), case.facts)
    return Brief(
        after=_turned(holdings.tables, fresh, case.facts),
        before=before,
        judged={path: display_path(former.file, case.root) if former else None for path, former in judged.items()},
        paths=frozenset(holdings.ids),
        rejected=holdings.rejected,
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
    return extracted(articles, case.house)


def _names(path: str) -> Iterator[str]:
    yield path
    for number in count(1):
        yield f"{path} ({number})"


def _turned(tables: Tables, fresh: Collection[str], facts: Sequence[Fact]) -> dict[str, pd.DataFrame]:
    """What rules look at: the records of fresh articles, and all comparisons, conflicts turned toward the fresh ones,
    with the articles that these speak of."""
    compared = anchors.toward(fresh, {**tables, **comparison_tables(tables, facts)})
    spoken = set(fresh).union(*(compared[table]["article_id"] for table in contracts.COMPARISONS))
    own = {
        table: compared[table][
            compared[table]["article_id"].isin(list(spoken if table in contracts.READING else fresh))
        ].reset_index(drop=True)
        for table in OWN
    }
    return compared | own
