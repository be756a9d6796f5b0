"""The newsroom's fact sheet: what it has established, with its source, and from when until when it holds.

A sheet is a YAML list of facts, each a mapping with the keys of `Fact`. `facts.yaml` beside this file is the one that
comes with Corrigenda.
"""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from expectations.marked import Loader, line_of

SHEET = Path(__file__).parent / "facts.yaml"

Property = Literal["value", "rank", "office", "capital", "name", "expansion"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

# Properties of which a subject can have several at one time.
_SEVERAL = frozenset({"office"})
_SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SUM = re.compile(
    rf"([A-Z]{{3}}) (\d{{1,3}}(?:,\d{{3}})*|\d{{1,15}})(\.\d{{1,9}})?(?: ({'|'.join(filter(None, _SCALES))}))?"
)


class FactSheetError(ValueError):
    """A fact sheet that cannot be used; the message names the file, the line where known, and the mend."""


class Sum(BaseModel):
    """A sum of money in units of one; `step` is the worth of the last digit shown."""

    model_config = ConfigDict(frozen=True)

    currency: str
    amount: float
    step: float


class Fact(BaseModel):
    """One fact of the sheet.

    `value`: a sum for the property `value` (`USD 4.6 billion`), else the words: a rank (`Admiral`), an office, a
    capital, the official name, what an acronym stands for. `also`: other words that are as right.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    subject: Words = Field(description="What the fact is about: a person’s full name, a country, a project, an acronym")
    aliases: tuple[Words, ...] = Field((), description="What else it is called")
    kind: Property = Field(alias="property")
    value: Words
    also: tuple[Words, ...] = ()
    since: date | None = Field(None, alias="from", description="The first day on which it holds")
    until: date | None = Field(None, description="The last day on which it holds")
    source: Words = Field(description="Where it is established: an address, or a document")

    @model_validator(mode="after")
    def _whole(self) -> "Fact":
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"it ends on {self.until}, before it begins on {self.since}")
        if self.kind == "value":
            for written in self.values:
                read_sum(written)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that the subject is called."""
        return (self.subject, *self.aliases)

    @property
    def values(self) -> tuple[str, ...]:
        """Everything that it may be said to be."""
        return (self.value, *self.also)

    def holds(self, day: str | None) -> bool:
        """Whether it holds on a day (ISO 8601); on a day that is not known, only what holds always."""
        if day is None:
            return self.since is None and self.until is None
        at = date.fromisoformat(day)
        return (self.since is None or self.since <= at) and (self.until is None or at <= self.until)


def read_sum(written: str) -> Sum:
    """`USD 4.6 billion` as a sum. Raises ValueError for anything written otherwise."""
    match = _SUM.fullmatch(written)
    if match is None:
        raise ValueError(f"write the sum {written!r} as currency, number and scale: 'USD 4.6 billion'")
    currency, whole, decimals, scale = match.groups(default="")
    worth = _SCALES[scale]
    return Sum(
        currency=currency,
        amount=float(whole.replace(",", "") + decimals) * worth,
        step=worth / 10 ** max(0, len(decimals) - 1),
    )


def read(file: Path = SHEET) -> tuple[Fact, ...]:
    """The facts of a sheet, in its order; an empty file has none.

    Raises FactSheetError for a file that cannot be read, an entry that is no fact, or two of one subject and property
    that hold at one time.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FactSheetError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise FactSheetError(f"{file}: not UTF-8; save the file as UTF-8") from None
    given = _loaded(file, text)
    facts = tuple(_fact(file, text, at, entry) for at, entry in enumerate(given))
    if clash := _clash(facts):
        earlier, later = clash
        raise FactSheetError(
            f"{file}:{line_of(text, (later,))}: {facts[later].subject}: its {facts[later].kind} stands in line "
            f"{line_of(text, (earlier,))} too, for the same time; give one of them 'from' or 'until'"
        )
    return facts


def _loaded(file: Path, text: str) -> list[Any]:
    try:
        given = yaml.load(text, Loader=Loader)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        raise FactSheetError(f"{place}: not YAML: {getattr(error, 'problem', None) or error}") from None
    except ValueError as error:  # a date that no calendar has
        raise FactSheetError(f"{file}: not YAML: {error}") from None
    if given is None:
        return []
    if not isinstance(given, list):
        raise FactSheetError(f"{file}:1: a fact sheet is a list; start every fact with '- subject: …'")
    return given


def _fact(file: Path, text: str, at: int, entry: Any) -> Fact:
    try:
        return Fact.model_validate(entry)
    except ValidationError as error:
        # a key misspelt is missing too: the first says why
        first = min(error.errors(include_url=False), key=lambda each: each["type"] != "extra_forbidden")
        line = line_of(text, (at, *first["loc"]))
        where = ".".join(str(part) for part in first["loc"]) or "the fact"
        if first["type"] == "extra_forbidden":
            known = [field.alias or name for name, field in Fact.model_fields.items()]
            raise FactSheetError(
                f"{file}:{line}: there is no key {where!r}; the keys are: {', '.join(known)}"
            ) from None
        why = first["msg"].removeprefix("Value error, ")
        raise FactSheetError(f"{file}:{line}: {where}: {why[0].lower()}{why[1:]}") from None


def _clash(facts: Sequence[Fact]) -> tuple[int, int] | None:
    """The places of two facts of which one subject can have only one at a time, if there are such."""
    seen: dict[tuple[str, str], list[int]] = {}
    for place, fact in enumerate(facts):
        if fact.kind in _SEVERAL:
            continue
        same = seen.setdefault((fact.subject.casefold(), fact.kind), [])
        for earlier in same:
            if _overlap(facts[earlier], fact):
                return earlier, place
        same.append(place)
    return None


def _overlap(one: Fact, other: Fact) -> bool:
    first, last = (max(f.since or date.min for f in (one, other)), min(f.until or date.max for f in (one, other)))
    return first <= last
