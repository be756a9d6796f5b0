"""What a newsroom sets for itself: `[tool.corrigenda]` of its `pyproject.toml`, or a `corrigenda.toml`.

Both hold the same settings, of which `Settings` is the list. The file is looked for in the corpus's root, then in the
folders above it up to the root of the repository that it stands in; the nearest counts, whole. Both in one folder are
an error, for one of them would be read in vain.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, StringConstraints, ValidationError

from audits.policy import Policy
from expectations.catalogue import Rule, Severity, catalogue, graded, select
from expectations.facts import SHEET, Fact, FactSheetError
from expectations.facts import read as read_facts
from expectations.nearest import nearest
from pipelines.language.house import House

OWN = "corrigenda.toml"
SHARED = "pyproject.toml"
TABLE = ("tool", "corrigenda")

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w\"'.-]+?)\s*=")


class ConfigurationError(ValueError):
    """Settings that cannot be used; the message names the file, the line where it is known, the setting, the mend."""


def _known(rule: str) -> str:
    if rule not in catalogue():
        raise ValueError(f"there is no rule {rule!r}{nearest(rule, catalogue())}")
    return rule


RuleName = Annotated[str, AfterValidator(_known)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
PartitionedBy = Literal["article", "folder", "month"]


class Gate(BaseModel):
    """What new articles may not bring with them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    block: Severity = Field("error", description="Findings that weigh as much as this, or more, block")
    rules: tuple[RuleName, ...] = Field((), description="Only findings of these rules block; none named: of all")
    tolerated: Annotated[int, Strict()] = Field(0, ge=0, description="With more findings than this that block, it does")

    @property
    def policy(self) -> Policy:
        return Policy(self.block, frozenset(self.rules), self.tolerated)


class Settings(BaseModel):
    """Every setting, with what holds where nothing is set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: tuple[Path, ...] = Field(
        (Path("seeds"),), min_length=1, description="The files and folders of articles, where none are named"
    )
    select: tuple[RuleName, ...] = Field((), description="Run only these rules; none named: all that are on by default")
    ignore: tuple[RuleName, ...] = Field((), description="Run all rules but these")
    spelling: Literal["UK", "US"] | None = Field(
        None, description="“UK” or “US”: where spellings are mixed, the other side’s are the ones to change"
    )
    tolerance: Annotated[float, Strict()] = Field(
        0.0, ge=0, lt=1, description="The share by which two figures of one thing may differ and agree: 0.01 for 1%"
    )
    acronyms: tuple[Phrase, ...] = Field((), description="Acronyms that readers know, beside the everyday ones")
    placeholders: tuple[Phrase, ...] = Field(
        (), description="What writers put for what is to come, beside TK and the like; as written, capitals and all"
    )
    furniture: tuple[Phrase, ...] = Field(
        (), description="Lines of the page that are no part of an article; * stands for any words"
    )
    facts: Path | None = Field(None, description="The fact sheet; none: the one that comes with Corrigenda")
    store: Path = Field(Path(".corrigenda", "store"), description="The folder for the record tables")
    report: Path = Field(Path("audits", "report"), description="The folder for the HTML report")
    waivers: Path = Field(Path("audits", "waivers.yaml"), description="The file of the findings that the desk accepts")
    baseline: Path = Field(
        Path("audits", "baseline.jsonl"), description="The file of the findings that were there before there was a gate"
    )
    history: Path = Field(
        Path(".corrigenda", "history.jsonl"),
        description="The file of what earlier audits came to, that tells what is new",
    )
    partitions: PartitionedBy = Field(
        "article",
        description="What Dagster keeps count of: each “article”, up to about 2,000 of them; above, each “folder”, or "
        "“month” of publication",
    )
    severity: Mapping[RuleName, Severity] = Field(
        {}, description="Rules whose findings weigh otherwise than the rule says: “error”, “warning” or “note”"
    )
    gate: Gate = Field(Gate(), description="What blocks new articles")

    @property
    def house(self) -> House:
        """What of the settings bears on reading and extraction."""
        return House(self.spelling, self.tolerance, self.acronyms, self.placeholders, self.furniture)

    def sheet(self) -> tuple[Fact, ...]:
        """The facts of the newsroom's sheet. Raises ConfigurationError."""
        try:
            return read_facts(self.facts or SHEET)
        except FactSheetError as error:
            raise ConfigurationError(str(error)) from None

    def rules(self) -> dict[str, Rule]:
        """The rules to run, each as severe as the newsroom has it; none may be left."""
        return graded(select(catalogue(), self.select, self.ignore), self.severity)


# Settings that are tables of settings.
_TABLES: Mapping[str, type[BaseModel]] = {"gate": Gate}


@dataclass(frozen=True)
class Configuration:
    """Settings, and the file and lines that they stand in; what has no line is as it comes with Corrigenda."""

    settings: Settings
    file: Path | None = None
    lines: Mapping[str, int] | None = None

    def shown(self) -> str:
        """The settings as a `corrigenda.toml` that would set them, with where each comes from."""
        return "\n".join(self._shown())

    def _shown(self) -> Iterator[str]:
        yield f"# {self.file}" if self.file else f"# no {OWN}, and no [tool.corrigenda] in a {SHARED}"
        for name, field in Settings.model_fields.items():
            value, (off, origin) = getattr(self.settings, name), self._origin(name)
            yield f"\n# {field.description}."
            if isinstance(value, Mapping):
                yield f"{off}[{name}]  # {origin}"
                yield from (f"{rule} = {_toml(severity)}" for rule, severity in value.items())
            elif isinstance(value, BaseModel):
                yield f"{off}[{name}]  # {origin}"
                yield from self._within(name, value)
            else:
                yield f"{off}{name} = {'' if value is None else _toml(value)}  # {origin}"
        yield ""

    def _within(self, table: str, settings: BaseModel) -> Iterator[str]:
        for name, field in type(settings).model_fields.items():
            off, origin = self._origin(f"{table}.{name}")
            yield f"# {field.description}."
            yield f"{off}{name} = {_toml(getattr(settings, name))}  # {origin}"

    def _origin(self, name: str) -> tuple[str, str]:
        """What stands before a setting and after it: its line, or that it is as it comes."""
        line = (self.lines or {}).get(name)
        return ("", f"line {line}") if line else ("# ", "as it comes")


def find(root: Path) -> Configuration:
    """The configuration of the corpus at `root`. Raises ConfigurationError."""
    for folder in _folders(root.absolute()):
        found = [file for file in (folder / OWN, folder / SHARED) if _given(file)]
        if len(found) > 1:
            raise ConfigurationError(f"{folder}: settings stand in {OWN} and in {SHARED}; keep them in one of the two")
        if found:
            return read(found[0])
    return Configuration(Settings())


def read(file: Path) -> Configuration:
    """The configuration in a file: `[tool.corrigenda]` where it is called pyproject.toml, else the whole of it.

    Paths in it are relative to its folder. Raises ConfigurationError with every setting that cannot be used.
    """
    text = _text(file)
    within = TABLE if file.name == SHARED else ()
    given = _table(_parsed(file, text), within)
    if not isinstance(given, dict):
        raise ConfigurationError(f"{file}: there is no table [{'.'.join(within)}] in it")
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        told = (_told(file, text, within, each) for each in error.errors(include_url=False))
        raise ConfigurationError("\n".join(told)) from None
    placed: dict[str, object] = {
        name: file.parent / value for name in given if isinstance(value := getattr(settings, name), Path)
    }
    if "articles" in given:
        placed["articles"] = tuple(file.parent / path for path in settings.articles)
    paths = [(name,) for name in given] + [(name, key) for name in given if name in _TABLES for key in given[name]]
    lines = {".".join(path): line for path in paths if (line := _line(text, (*within, *path)))}
    return Configuration(settings.model_copy(update=placed), file, lines)


def _folders(root: Path) -> list[Path]:
    """The root and those above it up to the repository's; the root alone where it stands in none."""
    above = [root, *root.parents]
    repository = next((at for at, folder in enumerate(above) if (folder / ".git").exists()), 0)
    return above[: repository + 1]


def _given(file: Path) -> bool:
    """Whether the file is there and holds settings of ours; another tool's broken pyproject.toml is its own matter."""
    if not file.is_file():
        return False
    if file.name == OWN:
        return True
    text = _text(file)
    return "corrigenda" in text and _table(_parsed(file, text), TABLE) is not None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file}: not UTF-8; save the file as UTF-8") from None


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: not TOML: {error}") from None


def _table(parsed: Any, within: tuple[str, ...]) -> Any:
    for name in within:
        parsed = parsed.get(name) if isinstance(parsed, dict) else None
    return parsed


def _told(file: Path, text: str, within: tuple[str, ...], error: Mapping[str, Any]) -> str:
    """One setting that cannot be used: where, which, why."""
    path = tuple(str(part) for part in error["loc"] if part != "[key]" and not isinstance(part, int))
    line = _line(text, (*within, *path))
    place = f"{file}:{line}" if line else str(file)
    if error["type"] == "extra_forbidden":
        known = list((_TABLES.get(path[0], Settings) if len(path) > 1 else Settings).model_fields)
        hint = nearest(path[-1], known) or f"; the settings are: {', '.join(known)}"
        return f"{place}: there is no setting {path[-1]!r}{hint}"
    why = error["msg"].removeprefix("Value error, ")
    return f"{place}: {'.'.join(path)}: {why[0].lower()}{why[1:]}"


def _line(text: str, path: tuple[str, ...]) -> int | None:
    """The line of a key, or of the nearest table above it that has one; what TOML allows beside plain keys and tables
    is not found."""
    table: tuple[str, ...] = ()
    nearest: tuple[int, int] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            table = here = _parts(header[1])
        elif key := _KEY.match(line):
            here = (*table, *_parts(key[1]))
        else:
            continue
        shared = min(len(here), len(path))
        if here[:shared] == path[:shared] and (nearest is None or shared > nearest[0]):
            nearest = shared, number
    return nearest[1] if nearest else None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _toml(value: object) -> str:
    """A string, number, path, or tuple of these as TOML writes them, which is as JSON does."""
    return json.dumps(value, ensure_ascii=False, default=Path.as_posix)
