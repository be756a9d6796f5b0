"""What the sensors ask for: partitions added, run and retired as files come, change and go; news told once."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from audits.findings import Finding, Findings, Novelty, Span
from audits.reports.json import render
from expectations.catalogue import Severity
from pipelines import audit, partitions
from pipelines.defs import automation
from pipelines.defs.resources import Desk
from pipelines.partitions import unpacked
from pipelines.store import Store
from tests.pipelines.orchestrated import project

CORPUS = "audit_corpus"


class Watch:
    """The sensor of a folder, looking again and again."""

    def __init__(self, folder: Path, instance: dg.DagsterInstance) -> None:
        self.folder, self.instance = folder, instance
        self.cursor: str | None = None

    def look(self) -> list[str]:
        """What is asked for: the keys of each run of partitions, then the audit."""
        context = dg.build_sensor_context(self.instance, self.cursor)
        result = automation.articles_folder(context, desk=Desk(root=str(self.folder)))
        if isinstance(result, dg.SkipReason):
            return []
        self.cursor = result.cursor
        for request in result.dynamic_partitions_requests:
            if isinstance(request, dg.AddDynamicPartitionsRequest):
                self.instance.add_dynamic_partitions("articles", list(request.partition_keys))
            else:
                for key in request.partition_keys:
                    self.instance.delete_dynamic_partition("articles", key)
        return [self._asked(request) for request in result.run_requests]

    def keys(self) -> list[str]:
        return list(self.instance.get_dynamic_partitions("articles"))

    def _asked(self, request: dg.RunRequest) -> str:
        if request.job_name == CORPUS:
            return CORPUS
        first = request.partition_key or request.tags[automation.RANGE_START]
        last = request.partition_key or request.tags[automation.RANGE_END]
        order = self.keys()
        return " ".join(order[order.index(first) : order.index(last) + 1])


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield Watch(project(tmp_path), instance)


def write(watch: Watch, name: str, text: str = "Tern\n\nThe tern is back.\n") -> Path:
    path = watch.folder / "seeds" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_new_articles_are_run_together_and_the_audit_follows(watch: Watch) -> None:
    assert watch.look() == ["ferry lamp mill pier quay", CORPUS]
    assert watch.look() == []


def test_a_changed_article_is_run_alone_every_time(watch: Watch) -> None:
    watch.look()
    before = (watch.folder / "seeds" / "mill.txt").read_text()
    keys = set()
    for text in ("Mill\n\nShut.\n", before, "Mill\n\nShut.\n"):
        write(watch, "mill.txt", text)
        keys.add(unpacked(watch.cursor, 0).turn)
        assert watch.look() == ["mill", CORPUS]
    assert len(keys) == 3, "a run key that was used before would be passed over"


def test_an_article_that_is_gone_is_retired_and_one_renamed_is_another(watch: Watch) -> None:
    watch.look()
    (watch.folder / "seeds" / "mill.txt").unlink()
    (watch.folder / "seeds" / "quay.txt").rename(watch.folder / "seeds" / "wharf.txt")
    assert watch.look() == ["wharf", CORPUS]
    assert watch.keys() == ["ferry", "lamp", "pier", "wharf"]


def test_a_big_batch_is_asked_for_in_chunks_and_audited_once(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automation, "PARTS_A_LOOK", 3)
    monkeypatch.setattr(automation, "PARTS_A_RUN", 2)
    assert watch.look() == ["ferry lamp", "mill"]
    assert watch.look() == ["pier quay", CORPUS]
    assert watch.look() == []


def test_neighbours_are_not_run_for_the_sake_of_a_range(watch: Watch) -> None:
    watch.look()
    write(watch, "ferry.txt")
    write(watch, "mill.txt")
    write(watch, "pier.txt")
    assert watch.look() == ["ferry", "mill pier", CORPUS]


def test_partitions_by_folder_and_back(watch: Watch) -> None:
    write(watch, "archive/one.txt")
    write(watch, "archive/two.txt")
    settings = watch.folder / "corrigenda.toml"
    settings.write_text('partitions = "folder"\n')
    assert watch.look() == ["archive top", CORPUS]
    write(watch, "archive/two.txt", "Tern\n\nGone.\n")
    assert watch.look() == ["archive", CORPUS]
    settings.unlink()
    [by_article, audited] = watch.look()
    assert (len(by_article.split()), audited) == (7, CORPUS)
    assert not {"archive", "top"} & set(watch.keys())


def test_partitions_by_month_open_only_so_many_files_at_a_look(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automation, "OPENED_A_LOOK", 4)
    monkeypatch.setattr(automation, "MONTHS", partitions.Months())
    (watch.folder / "corrigenda.toml").write_text('partitions = "month"\n')
    write(watch, "tern.md", "---\ndate: 2026-03-05\n---\nThe tern is back.\n")
    assert watch.look() == []
    assert watch.look() == ["2026-03 undated", CORPUS]


def test_other_settings_of_reading_read_everything_again(watch: Watch) -> None:
    watch.look()
    (watch.folder / "corrigenda.toml").write_text('acronyms = ["SIPA"]\n')
    assert watch.look() == ["ferry lamp mill pier quay", CORPUS]


def test_settings_that_cannot_be_used_fail_the_look_with_the_line(watch: Watch) -> None:
    (watch.folder / "corrigenda.toml").write_text('partitions = "week"\n')
    with pytest.raises(dg.Failure, match=r"corrigenda.toml:1: partitions: input should be 'article', 'folder' or"):
        watch.look()


def test_an_empty_folder_asks_for_nothing_that_could_only_fail(watch: Watch) -> None:
    for path in (watch.folder / "seeds").iterdir():
        path.unlink()
    assert watch.look() == []


# ---- news


def finding(name: str, severity: Severity = "error", novelty: Novelty = "new", status: str = "open") -> Finding:
    return Finding(
        id=name,
        rule="placeholder-unresolved",
        severity=severity,
        scope="within",
        field=None,
        fact=None,
        status=status,
        message="“[Name]” is unresolved.",
        suggestion="",
        fixable=False,
        waiver=None,
        spans=(Span("mill", "seeds/mill.txt", 0, 4, "Mill", 1, 1, "anchor"),),
        novelty=novelty,
    )


def keep(folder: Path, *findings: Finding) -> None:
    document = render(Findings(version="1", articles=(), rejected=(), findings=findings))
    Store(folder / ".corrigenda" / "store").write({}, {audit.FINDINGS: document})


def test_newly_opened_errors_are_told_once(tmp_path: Path) -> None:
    cursor = None
    said = []
    for found in (
        [finding("a"), finding("b", "warning"), finding("c", novelty="known"), finding("d", status="waived")],
        [finding("a")],
        [finding("a"), finding("e")],
        [],
    ):
        keep(tmp_path, *found)
        looked = automation.newly_opened_errors(dg.build_sensor_context(cursor=cursor), desk=Desk(root=str(tmp_path)))
        said.append(looked.skip_reason.skip_message)
        cursor = looked.cursor
    assert [message.split()[0] for message in said] == ["1", "0", "1", "0"]


def test_no_findings_are_no_news(tmp_path: Path) -> None:
    looked = automation.newly_opened_errors(dg.build_sensor_context(), desk=Desk(root=str(tmp_path)))
    assert "run the audit first" in looked.skip_reason.skip_message
