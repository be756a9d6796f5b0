"""A corpus of invented news, as large as asked for, with faults at known places: the same seed, the same files.

    python tests/benchmarks/corpus.py --count N --out DIR [--seed N] [--dense]

Articles are about 900 bytes: headline, byline and date, eight sentences. Subjects (a port, a trial, a landslide) grow
in number with the corpus and are told of by one to four articles each; countries, months and the words of trade
repeat as they do in news. Every twentieth article is another desk's copy of an earlier one with a few words changed;
with `--dense`, all are copies, a hundred of each. Every tenth is given one fault. `DIR/planted.jsonl` names the rule
and the file of each.
"""

import argparse
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml

SEED = 7
COPY_EVERY = 20
FAULT_EVERY = 10
COPIES_OF_ONE = 100
ARTICLES_A_FOLDER = 1_000
FIRST_DAY = date(2024, 1, 1)
DAYS = 700

_NAMES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
# What sentences that could stand in any story are filled with; two articles seldom share a whole one.
_SLOTS: dict[str, tuple[str, ...]] = {
    "crowd": (
        *(
            "Residents",
            "Teachers",
            "Shopkeepers",
            "Pensioners",
            "Bus drivers",
            "Nurses",
            "Students",
            "Farmers",
            "Tenants",
        ),
        *("Fishermen", "Carpenters", "Postal workers", "Volunteers", "Beekeepers", "Cyclists", "Musicians"),
    ),
    "spot": (
        *("the old market", "the harbour road", "the northern gate", "the cattle bridge", "the public baths"),
        *("the grain store", "the bus depot", "the school yard", "the upper lock", "the tannery", "the chapel"),
        *("the fire station", "the rope works", "the tram sheds", "the orchard wall", "the quarry"),
    ),
    "season": (
        *("in the spring", "before the autumn", "by midsummer", "in the dry months", "after the harvest"),
        *("before the holidays", "in the new year", "when the river falls", "once the roads are open"),
        *("at the end of the term", "during the wet season", "when the ice has gone"),
    ),
    "thing": (
        *("the permits", "the drawings", "the minutes", "the contracts", "the accounts", "the soil samples"),
        *("the timetable", "the insurance papers", "the land register", "the safety plan", "the tender"),
        *("the noise survey", "the flood maps", "the wage lists", "the inspection reports", "the fire rules"),
    ),
    "trouble": (
        *("rising costs of steel", "a shortage of welders", "two winters of heavy rain", "new rules on emissions"),
        *("a long dispute over land", "weaker demand from abroad", "late deliveries of cable", "unpaid invoices"),
        *("a change of owners", "broken pumps", "missing signatures", "a strike by crane drivers", "poor soil"),
        *("old wiring", "a quarrel between two boards", "thefts from the yard"),
    ),
    "felt": (
        *("patiently", "with growing anger", "in vain", "for most of the year", "politely", "without much hope"),
        *("again and again", "through a lawyer", "by letter", "in a joint statement", "at every meeting"),
    ),
}
_CLOSERS = (
    "{crowd} who live beside {spot} have asked {felt} to see {thing}.",
    "A public meeting near {spot} is to look at {thing} {season}.",
    "{crowd} along the road to {spot} hope that visitors will return {season}.",
    "Environmental groups want a judge to look {felt} at {thing}, and point to {trouble}.",
    "{crowd} queued {felt} outside {spot} to sign a petition about {thing}.",
    "None of the parties would say how the repairs to {spot} are to be paid for {season}.",
    "The regional archive keeps letters which mention {trouble}, {spot} and {thing}.",
    "Neighbouring districts, which know {trouble} as well, have complained {felt} about {thing}.",
    "{crowd} and their families were moved from {spot} {season}, and some asked {felt} for {thing}.",
    "Crews cannot return to {spot} until {thing} are signed, which is expected {season}.",
)
_MIDDLES = (
    "Engineers blamed {trouble}, and asked {felt} for more time to finish {thing}.",
    "Officials pointed to {trouble} near {spot}, although auditors had warned of it {felt}.",
    "Much of the delay was put down to {trouble}, according to {thing} that were read out beside {spot}.",
    "Trade unions said {felt} that {trouble} had been foreseeable, and called for another look at {thing}.",
    "A report on {thing} lists {trouble} as the main cause, and promises work at {spot} {season}.",
    "{crowd} were told about {trouble} only after {thing} had been signed beside {spot}.",
)


class Fault(NamedTuple):
    """A fault that an article was given: the rule that should find it, and the article's file."""

    rule: str
    file: str


class Subject(NamedTuple):
    """What a few articles tell of, and all that they must agree on."""

    kind: str
    place: str
    country: str
    person: str
    other: str
    body: str
    amount: int
    people: int
    day: date
    words: str


def generate(count: int, *, seed: int = SEED, dense: bool = False) -> Iterator[tuple[str, str, list[Fault]]]:
    """`count` articles as file name (POSIX, in folders of a thousand), text and planted faults."""
    source = random.Random(seed)
    subject, told, left = None, 0, 0
    kept: list[str] = []
    for number in range(count):
        file = f"{number // ARTICLES_A_FOLDER:03}/{number:06}.txt"
        copied = number % COPIES_OF_ONE != 0 if dense else number % COPY_EVERY == COPY_EVERY - 1
        if copied:
            yield (
                file,
                _copy(source, kept[-1] if dense else source.choice(kept[-200:])),
                [Fault("duplicate-across-articles", file)],
            )
            continue
        if left == 0:
            subject, told, left = _subject(source, number), 0, source.choice((1, 1, 2, 2, 3, 4))
        assert subject is not None
        text = _article(source, subject, told)
        told, left = told + 1, left - 1
        faults = []
        if number % FAULT_EVERY == 0:
            rule, text = _FAULTS[number // FAULT_EVERY % len(_FAULTS)](text)
            faults = [Fault(rule, file)]
        kept = [*kept[-200:], text]
        yield file, text, faults


def write(folder: Path, count: int, *, seed: int = SEED, dense: bool = False) -> list[Fault]:
    """Write the corpus below `folder`, with `planted.jsonl`, and return the faults."""
    planted: list[Fault] = []
    for file, text, faults in generate(count, seed=seed, dense=dense):
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        planted += faults
    lines = "".join(json.dumps(fault._asdict()) + "\n" for fault in planted)
    (folder / "planted.jsonl").write_text(lines, encoding="utf-8")
    return planted


def _subject(source: random.Random, number: int) -> Subject:
    # Places come in an order of their own, so that no two subjects near each other share one.
    place = (
        _NAMES["openings"][number % len(_NAMES["openings"])]
        + _NAMES["endings"][number // len(_NAMES["openings"]) % len(_NAMES["endings"])]
    )
    street = (
        _NAMES["openings"][number * 7 % len(_NAMES["openings"])]
        + _NAMES["endings"][number // 1_700 % len(_NAMES["endings"])]
    )
    kind = source.choice(tuple(_STORIES))
    return Subject(
        kind=kind,
        place=f"{place} {street}" if place != street else place,
        country=source.choice(_NAMES["countries"]),
        person=_person(source),
        other=_person(source),
        body=f"{place} {source.choice(_NAMES['firms'])}",
        amount=source.randrange(12, 980),
        people=source.randrange(3, 90),
        day=FIRST_DAY + timedelta(days=number % DAYS),
        words=source.choice(_NAMES["works"]),
    )


def _person(source: random.Random) -> str:
    last = source.choice(_NAMES["last_openings"]) + source.choice(_NAMES["last_endings"])
    return f"{source.choice(_NAMES['first'])} {last}"


def _article(source: random.Random, subject: Subject, told: int) -> str:
    headlines, openings, sentences = _STORIES[subject.kind]
    written = subject.day + timedelta(days=1 + told)
    said = f"{subject.day:%A}, {subject.day.day} {subject.day:%B} {subject.day.year}"
    words = subject._asdict() | {
        "day": said,
        "surname": subject.person.split()[-1],
        "share": source.randrange(4, 38),
    }
    body = [
        openings[told % len(openings)],
        *source.sample(sentences, 3),
        source.choice(_MIDDLES),
        *source.sample(_CLOSERS, 3),
    ]
    paragraphs = [
        sentence.format(**words, **{slot: source.choice(fillings) for slot, fillings in _SLOTS.items()})
        for sentence in body
    ]
    lines = (
        source.choice(headlines).format(**words),
        f"By {_person(source)}, {written.day} {written:%B} {written.year}",
        " ".join(paragraphs[:2]),
        " ".join(paragraphs[2:4]),
        " ".join(paragraphs[4:]),
    )
    return "\n\n".join(lines) + "\n"


def _copy(source: random.Random, text: str) -> str:
    """Another desk's copy: one word in forty left out or doubled with an adverb, the byline its own."""
    headline, _, rest = text.split("\n\n", 2)
    words = rest.split(" ")
    for _ in range(len(words) // 60 + 1):
        at = source.randrange(4, len(words) - 4)
        if words[at].islower() and words[at].isalpha() and words[at - 1].isalpha():
            words[at] = source.choice(("also ", "now ", "still ")) + words[at]
    day = FIRST_DAY + timedelta(days=source.randrange(DAYS))
    return f"{headline}\n\nBy {_person(source)}, {day.day} {day:%B} {day.year}\n\n{' '.join(words)}"


def _weekday(text: str) -> tuple[str, str]:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    at, day = min((text.find(f"{name}, "), name) for name in names if f"{name}, " in text)
    return "weekday-mismatch", text[:at] + names[(names.index(day) + 2) % 7] + text[at + len(day) :]


def _slot(text: str) -> tuple[str, str]:
    head, _, last = text.rstrip().rpartition(". ")
    return "placeholder-unresolved", f"{head}, [insert figure here]. {last}\n"


def _doubled(text: str) -> tuple[str, str]:
    return "repeated-word", text.replace(" the ", " the the ", 1)


def _pair(text: str) -> tuple[str, str]:
    return "unbalanced-pair", text.rstrip() + " The minutes (which nobody had signed were kept.\n"


def _chip(text: str) -> tuple[str, str]:
    return "citation-residue", text.rstrip() + " The council met again in May.[cite: 4]\n"


def _sentence_again(text: str) -> tuple[str, str]:
    paragraphs = text.rstrip().split("\n\n")
    return "duplicate-text", "\n\n".join([*paragraphs, paragraphs[-1].rsplit(". ", 1)[-1]]) + "\n"


_FAULTS = (_weekday, _slot, _doubled, _pair, _chip, _sentence_again)

_Story = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
# A kind of story: headlines, openings (one for each article of a subject), what else is told.
_STORIES: dict[str, _Story] = {
    "works": (
        ("{place} {words} to open late", "Costs of {words} at {place} questioned", "Work resumes on {place} {words}"),
        (
            "The ${amount} million {words} at {place} in {country} was handed over on {day}, its builders said.",
            "Builders of the ${amount} million {words} at {place} spoke to reporters after the ceremony of {day}.",
        ),
        (
            "{person}, who leads the project, said that the last section, near {spot}, took longer than the others.",
            "“We said it would be slow, and with {trouble} it was slow,” {surname} said beside the gate.",
            "About {share}% of the materials came from abroad, most of them by sea.",
            "{body} holds the contract, which runs for another 12 years.",
            "The ministry of transport in {country} paid for the road that leads to it.",
        ),
    ),
    "court": (
        ("Former head of {body} in court", "Trial over {body} accounts opens", "Judge hears evidence on {body}"),
        (
            "The trial of {person}, a former head of {body}, opened in {place} on {day} before three judges.",
            "Witnesses spoke against {person}, a former head of {body}, whose trial opened in {place} on {day}.",
        ),
        (
            "Prosecutors accuse {surname} of moving ${amount} million out of the accounts of {body}.",
            "“My client asked {felt} for {thing},” said {other}, who defends the accused.",
            "Some {share}% of the files are still sealed, and lawyers want them opened.",
            "The court in {place} has heard no larger case of fraud since it was founded.",
            "Investors from {country} filed the first complaint, and others joined them.",
        ),
    ),
    "accident": (
        (
            "{people} killed in {place} landslide",
            "{country} mourns after {place} landslide",
            "Rescue goes on at {place}",
        ),
        (
            "A landslide killed {people} people in {place}, {country}, on {day}, rescue workers said.",
            "Rescuers kept digging in {place}, {country}, where a landslide killed {people} people on {day}.",
        ),
        (
            "“There was a noise like a train, and then we lost {spot},” said {person}, a baker who lives nearby.",
            "Roads into {place} were closed, and the power failed in {share}% of the houses.",
            "{other}, a geologist, said the slope had been moving for months.",
            "The government promised ${amount} million for those who lost their homes.",
            "Soldiers brought tents, water and blankets from the depot of {body}.",
        ),
    ),
    "firm": (
        ("{body} profit falls", "{body} to close its oldest plant", "Shares of {body} rise after results"),
        (
            "{body} made a profit of ${amount} million last year, the company said in {place} on {day}.",
            "Results that {body} published on {day} show a profit of ${amount} million for last year.",
        ),
        (
            "Sales in {country} grew by {share}%, faster than in any other market.",
            "“We are careful, and after {trouble} we have reason to be,” said {person}, its chief executive.",
            "{other}, an analyst, had expected less, and called the margin thin.",
            "The plant at {place} employs {people} people, most of them on the night shift.",
            "A dividend will be paid {season}, if {other} and the shareholders of {body} agree to it.",
        ),
    ),
    "visit": (
        (
            "{country} envoy visits {place}",
            "Talks in {place} end without a pact",
            "{country} and {place} discuss fisheries",
        ),
        (
            "Foreign Minister {person} of {country} arrived in {place} on {day} for talks about fishing rights.",
            "Fishing rights were at the centre of the talks that Foreign Minister {person} held in {place} on {day}.",
        ),
        (
            "“Neighbours must be able to talk {felt} about {thing},” {surname} said before lunch.",
            "{other}, who speaks for the fishermen, said the quota should grow by {share}%.",
            "A fund of ${amount} million is meant to pay for patrol boats and harbours.",
            "The delegation had {people} members, among them the owners of {body}.",
            "Both sides agreed to meet again {season} in {place}, though neither would name a day.",
        ),
    ),
    "study": (
        ("Study finds lead in {place} wells", "Wells of {place} tested again", "Scientists warn over water in {place}"),
        (
            "Wells in {place}, {country}, hold more lead than the law allows, a study published on {day} says.",
            "A study published on {day} says that wells in {place}, {country}, hold more lead than the law allows.",
        ),
        (
            "“Children drink this every day,” said {person}, a chemist who led the work.",
            "The team took samples at {people} farms and found lead in {share}% of them.",
            "The National Water Board (NWB) had tested the wells before; the NWB declined to comment.",
            "Cleaning the water would cost ${amount} million, {other} of the health office said.",
            "{body}, which owns a foundry upstream, denied that its waste had reached the river.",
        ),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--dense", action="store_true")
    given = parser.parse_args()
    if given.out.exists() and any(given.out.iterdir()):
        raise SystemExit(f"{given.out}: not empty; name a new folder")
    planted = write(given.out, given.count, seed=given.seed, dense=given.dense)
    print(f"{given.count} articles, {len(planted)} faults planted, in {given.out}")


if __name__ == "__main__":
    main()
