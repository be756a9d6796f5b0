"""Settings: where they are found, what they do to an audit, and what is said of those that cannot be used."""

from pathlib import Path
from typing import Literal

import pytest

from expectations.catalogue import catalogue
from pipelines.audit import audit
from pipelines.configuration import Configuration, ConfigurationError, Settings, find, read
from pipelines.engines import local
from pipelines.language.house import House
from pipelines.reading import read_bytes, read_corpus

HEADER = "[tool.corrigenda]\n"


def written(folder: Path, text: str, name: str = "corrigenda.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_all_is_as_it_comes(tmp_path: Path) -> None:
    assert find(tmp_path) == Configuration(Settings())


@pytest.mark.parametrize(("name", "head"), [("corrigenda.toml", ""), ("pyproject.toml", HEADER)])
def test_either_file_holds_the_settings(tmp_path: Path, name: str, head: str) -> None:
    file = written(tmp_path, head + 'acronyms = ["FERC"]\nreport = "out"\n', name)
    found = find(tmp_path)
    assert found.file == file
    assert found.settings.acronyms == ("FERC",)
    assert found.settings.report == tmp_path / "out", "paths count from the file's folder"


def test_the_nearest_file_up_to_the_repository_counts(tmp_path: Path) -> None:
    written(tmp_path, "tolerance = 0.5")
    desk = tmp_path / "paper" / "desk"
    (tmp_path / "paper" / ".git").mkdir(parents=True)
    written(tmp_path / "paper", "tolerance = 0.1")
    written(desk, '[project]\nname = "desk"\n', "pyproject.toml")
    assert find(desk).settings.tolerance == 0.1, "a pyproject.toml of other tools is passed over"
    written(desk, "tolerance = 0.2")
    assert find(desk).settings.tolerance == 0.2


def test_outside_a_repository_only_the_root_counts(tmp_path: Path) -> None:
    written(tmp_path, "tolerance = 0.5")
    (tmp_path / "desk").mkdir()
    assert find(tmp_path / "desk").file is None


def test_two_files_in_one_folder_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "")
    written(tmp_path, HEADER, "pyproject.toml")
    with pytest.raises(ConfigurationError, match="keep them in one of the two"):
        find(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nacronims = []", "corrigenda.toml:2: there is no setting 'acronims' (did you mean 'acronyms'?)"),
        ("colour = 1", "corrigenda.toml:1: there is no setting 'colour'; the settings are: articles, select, "),
        ('ignore = ["weekday-mismach"]', "corrigenda.toml:1: ignore: there is no rule 'weekday-mismach' (did you mean"),
        (
            '[severity]\ndate-unanchored = "note"\nstray-entty = "note"',
            "corrigenda.toml:3: severity.stray-entty: there is no rule 'stray-entty' (did you mean 'stray-entity'?)",
        ),
        (
            '[severity]\nstray-entity = "fatal"',
            "corrigenda.toml:2: severity.stray-entity: input should be 'error', 'warning' or 'note'",
        ),
        ('tolerance = "2%"', "corrigenda.toml:1: tolerance: input should be a valid number"),
        ("tolerance = 2", "corrigenda.toml:1: tolerance: input should be less than 1"),
        ('acronyms = "FERC"', "corrigenda.toml:1: acronyms: input should be a valid"),
        ('spelling = "AU"', "corrigenda.toml:1: spelling: input should be 'UK' or 'US'"),
        ('placeholders = ["QQ", " "]', "corrigenda.toml:1: placeholders: string should have at least 1 character"),
        ("facts = [", "corrigenda.toml: not TOML: "),
        ("facts = 1\nfacts = 2", "corrigenda.toml: not TOML: "),
    ],
)
def test_says_what_cannot_be_used_and_where(tmp_path: Path, text: str, said: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ConfigurationError) as raised:
        read(file)
    assert said in str(raised.value)


def test_says_all_that_cannot_be_used(tmp_path: Path) -> None:
    file = written(tmp_path, HEADER + "tolerence = 1\nselect = 3\n", "pyproject.toml")
    with pytest.raises(ConfigurationError) as raised:
        read(file)
    assert [line.partition(":")[2][0] for line in str(raised.value).splitlines()] == ["3", "2"]


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.toml: cannot be read"):
        read(tmp_path / "none.toml")
    (tmp_path / "corrigenda.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        find(tmp_path)
    written(tmp_path / "b", "[project]", "pyproject.toml")
    with pytest.raises(ConfigurationError, match=r"no table \[tool\.corrigenda\]"):
        read(tmp_path / "b" / "pyproject.toml")


def test_what_is_shown_can_be_read_again(tmp_path: Path) -> None:
    text = (
        'spelling = "UK"\nfurniture = ["Read “on”", "a\\\\b *"]\nseverity.spelling-mixed = "error"\nfacts = "f.yaml"\n'
    )
    found = read(written(tmp_path, text))
    shown = found.shown()
    assert 'spelling = "UK"  # line 1' in shown
    assert "[severity]  # line 3" in shown
    assert "# select = []  # as it comes" in shown
    assert read(written(tmp_path / "again", shown)).settings == found.settings
    assert read(written(tmp_path / "plain", Configuration(Settings()).shown())).settings.house == House()


def test_settings_choose_and_grade_rules(tmp_path: Path) -> None:
    settings = read(
        written(
            tmp_path,
            'select = ["weekday-mismatch", "spelling-mixed"]\nignore = ["weekday-mismatch"]\n'
            '[severity]\nspelling-mixed = "error"\n',
        )
    ).settings
    [rule] = settings.rules().values()
    assert (rule.name, {check.severity for check in rule.checks}) == ("spelling-mixed", {"error"})
    assert catalogue()["spelling-mixed"].severity == "warning", "the catalogue stays as it is"


def found(folder: Path, article: str, rule: str, house: House) -> list[tuple[str, str]]:
    written(folder, article, "article.txt")
    outcome = audit(read_corpus([folder], folder, house), {rule: catalogue()[rule]})
    return [(finding.anchor.text, finding.suggestion) for finding in outcome.findings.findings]


def test_readers_of_the_house_know_its_acronyms(tmp_path: Path) -> None:
    article = "Dams reopen\n\nThe KWRB said on Tuesday that the gates of the upper dams would open again in the spring."
    assert found(tmp_path, article, "acronym-unexpanded", House())
    assert not found(tmp_path, article, "acronym-unexpanded", House(acronyms=("KWRB",)))


def test_the_houses_placeholders_are_open(tmp_path: Path) -> None:
    article = (
        "Orchard sold\n\nThe orchard went for QQ at auction on Tuesday, said the “QQ Club”; and QQs are no slot, "
        "nor are qq."
    )
    rule = "placeholder-unresolved"
    assert not found(tmp_path, article, rule, House())
    assert [text for text, _ in found(tmp_path, article, rule, House(placeholders=("QQ",)))] == ["QQ"]


def test_the_houses_furniture_is_no_part_of_an_article(tmp_path: Path) -> None:
    lines = [
        "Orchard sold",
        "The orchard went to a grower from the next valley at auction on Tuesday, the bailiff said.",
        "Meet us at the barn in Unit 7 any Sunday you like, bring a friend and a basket, it is always free for all.",
        "The grower plans to plant quinces there before the first frost comes down from the hills.",
    ]
    text = "\n\n".join(lines)
    kinds = [block.kind for block in read_bytes(text.encode(), "a.txt").blocks]
    assert kinds == ["headline", "paragraph", "paragraph", "paragraph"]
    house = House(furniture=("something else", "MEET us at the barn in * any Sunday *"))
    for name in ("a.txt", "a.md"):
        kinds = [block.kind for block in read_bytes(text.encode(), name, house).blocks]
        assert kinds == ["headline", "paragraph", "furniture", "paragraph"]


MIXED = "Choir tours\n\nThe choir sings in honor of its founder, whose favorite colour was green."


@pytest.mark.parametrize(
    ("spelling", "anchor", "kept"), [(None, "colour", "US"), ("US", "colour", "US"), ("UK", "favorite", "UK")]
)
def test_the_houses_spelling_is_the_one_to_keep(
    tmp_path: Path, spelling: Literal["UK", "US"] | None, anchor: str, kept: str
) -> None:
    [(words, suggestion)] = found(tmp_path, MIXED, "spelling-mixed", House(spelling=spelling))
    assert words == anchor
    assert f"keep to {kept} spelling" in suggestion


def test_figures_within_the_tolerance_agree(tmp_path: Path) -> None:
    article = (
        "Harbour tunnel opens\n\nThe $4.11 billion Brennock Tunnel opens on Monday after nine years of work. "
        "Engineers praised it.\n\nThe Brennock Tunnel cost $4.17 billion, the council said."
    )
    assert found(tmp_path, article, "valuation-conflict", House())
    assert found(tmp_path, article, "valuation-conflict", House(tolerance=0.005))
    assert not found(tmp_path, article, "valuation-conflict", House(tolerance=0.02))


def test_worker_processes_work_for_the_same_house() -> None:
    articles = [
        read_bytes(f"Dams {n}\n\nThe KWRB said on Tuesday that gates would open in spring.".encode(), f"{n}.txt")
        for n in range(local.WORTH_SHARING)
    ]
    house = House(acronyms=("KWRB",))
    records = local.records(articles, 2, lambda _done, _total: None, lambda: None, house)
    assert {row["kind"] for row in records["acronyms"]} == {"everyday"}
