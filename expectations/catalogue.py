"""The rule catalogue: reads and checks the documents under `rules/<family>/<rule-name>.md`.

A rule is its document: the front matter is the expectation, the body is the prose for the editor. Nothing here imports
Great Expectations or pandera, so that help, `explain` and Dagster's code location know every rule at once.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from expectations.marked import Loader, line_of

RULES = Path(__file__).parent / "rules"
SECTIONS = ("What it checks", "Why it matters", "Fires on", "Stays silent on", "Limits")
SEVERITIES = ("error", "warning", "note")

Severity = Literal["error", "warning", "note"]
Scope = Literal["within", "cross"]
Name = re.compile(r"[a-z]+(?:-[a-z]+)*")


class RuleDocumentError(ValueError):
    """A rule document that cannot be used; the message names the file, the line where known, and what to do."""


class Check(BaseModel):
    """One expectation on one table, with the words that an editor reads where a row fails it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scope: Scope
    severity: Severity
    table: str
    expectation: str
    arguments: dict[str, Any]
    when: dict[str, str | int | bool] = Field(default_factory=dict, description="Only rows whose columns equal these")
    field: str | None = Field(default=None, description="What is missing, where the finding is about something missing")
    message: str
    suggestion: str
    replacement: str | None = Field(
        default=None, description="What to write for the words, where that is safe; with a missing value it is not"
    )
    repaired: bool = Field(default=False, description="Whether the table `repairs` says what is safe to write")


class Rule(BaseModel):
    """A rule document, read and checked.

    Raises (on construction): pydantic.ValidationError for an unknown key, a missing one, or a value out of its set.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    family: str
    title: str
    default: bool = Field(default=True, description="Whether an audit runs the rule when nothing is selected")
    yields_to: tuple[str, ...] = Field(default=(), description="Rules that speak instead where both see the same words")
    checks: tuple[Check, ...] = Field(min_length=1)
    sections: Mapping[str, str]
    document: str = Field(description="The prose, as Markdown, without the front matter")

    @field_validator("name")
    @classmethod
    def _named_by_the_defect(cls, name: str) -> str:
        if not Name.fullmatch(name):
            raise ValueError("a rule's name is lower-case words joined by hyphens")
        return name

    @model_validator(mode="after")
    def _sections_complete(self) -> "Rule":
        missing = [section for section in SECTIONS if not self.sections.get(section)]
        if missing:
            raise ValueError(f"the document lacks the section(s): {', '.join('## ' + section for section in missing)}")
        return self

    @property
    def check_name(self) -> str:
        """The rule's name where hyphens are not allowed (Dagster)."""
        return self.name.replace("-", "_")

    @property
    def severity(self) -> Severity:
        """The highest severity of its checks."""
        return min((check.severity for check in self.checks), key=SEVERITIES.index)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The scopes of its checks, `within` first, each once."""
        present = {check.scope for check in self.checks}
        return tuple(scope for scope in ("within", "cross") if scope in present)


def parse(path: Path, text: str) -> Rule:
    """Read one rule document; `path` gives the family (its folder) and must be named as the rule is.

    Raises RuleDocumentError naming the file, the line where known, and the mend.
    """
    match = re.match(r"---\r?\n(.*?\r?\n)---\r?\n(.*)\Z", text, re.DOTALL)
    if match is None:
        raise RuleDocumentError(f"{path}:1: no front matter; start the document with a block between two '---' lines")
    header, body = match.groups()
    try:
        matter = yaml.load(header, Loader=Loader)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise RuleDocumentError(f"{path}:{line}: the front matter is not YAML: {error}") from None
    if not isinstance(matter, dict):
        raise RuleDocumentError(f"{path}:2: the front matter must be a mapping with 'name' and 'checks'")
    title = re.search(r"^# (.+)$", body, re.MULTILINE)
    if title is None:
        raise RuleDocumentError(f"{path}: the document has no title; add a line '# …' after the front matter")
    parts = re.split(r"^## (.+)$", body, flags=re.MULTILINE)
    sections = {name.strip(): prose.strip() for name, prose in zip(parts[1::2], parts[2::2], strict=True)}
    given = {
        **matter,
        "family": path.parent.name,
        "title": title[1].strip(),
        "sections": sections,
        "document": body.strip(),
    }
    try:
        rule = Rule.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line = line_of(header, first["loc"]) + 1
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise RuleDocumentError(f"{path}:{line}: {where or 'document'}: {first['msg']}{more}") from None
    if rule.name != path.stem:
        raise RuleDocumentError(f"{path}:2: the rule is named {rule.name!r}; name the file {rule.name}.md")
    return rule


def read(folder: Path = RULES) -> dict[str, Rule]:
    """Every rule under `folder`, by name, in order of family and name.

    Raises RuleDocumentError for a broken document, a name given twice, or a `yields_to` that names none or goes round.
    """
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*/*.md"), key=lambda path: (path.parent.name, path.stem)):
        rule = parse(path, path.read_text(encoding="utf-8"))
        if rule.name in rules:
            raise RuleDocumentError(f"{path}: a rule named {rule.name!r} exists already in {rules[rule.name].family}/")
        rules[rule.name] = rule
    for rule in rules.values():
        if unknown := [name for name in rule.yields_to if name not in rules]:
            raise RuleDocumentError(
                f"{folder / rule.family / rule.name}.md: yields_to names no rule: {', '.join(unknown)}"
            )
    try:
        TopologicalSorter({name: rule.yields_to for name, rule in rules.items()}).prepare()
    except CycleError as error:
        raise RuleDocumentError(
            f"{folder}: rules yield to each other in a circle: {' → '.join(error.args[1])}"
        ) from None
    return rules


@cache
def catalogue() -> Mapping[str, Rule]:
    """The rules that ship with Corrigenda, by name."""
    return read()


def select(rules: Mapping[str, Rule], only: Iterable[str] = (), ignore: Iterable[str] = ()) -> dict[str, Rule]:
    """The rules to run: those named in `only` (or all that are on by default), without those in `ignore`.

    Raises KeyError with the unknown name.
    """
    only, ignore = tuple(only), frozenset(ignore)
    for name in (*only, *sorted(ignore)):
        if name not in rules:
            raise KeyError(name)
    chosen = set(only) or {name for name, rule in rules.items() if rule.default}
    return {name: rule for name, rule in rules.items() if name in chosen - ignore}


def graded(rules: Mapping[str, Rule], severities: Mapping[str, Severity]) -> dict[str, Rule]:
    """The rules, the checks of those named in `severities` all of that severity."""
    return {
        name: rule.model_copy(
            update={"checks": tuple(check.model_copy(update={"severity": severities[name]}) for check in rule.checks)}
        )
        if name in severities
        else rule
        for name, rule in rules.items()
    }
