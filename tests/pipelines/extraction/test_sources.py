import pytest
from hypothesis import given

from expectations import contracts
from pipelines.extraction.sources import extract
from pipelines.language.outlets import same_source, source_key
from tests.pipelines.extraction.documents import document
from tests.pipelines.language.texts import ANY, HOSTILE

BODY = (
    "The galleries run for nine kilometres under the forest, and the company says that visitors bring in more than salt"
    " does in any but the coldest of the winters that it has on its books."
)


def sources(opening: str = "A mine is to close.", foot: str = "") -> list[tuple[str, str, str, bool]]:
    rows = extract(document(f"Salt mine to close\n\n{opening}\n\n{BODY}\n\n{foot}\n"))
    return [(row["kind"], row["place"], row["outlet"], row["story"]) for row in rows if row["kind"] != "citation"]


@pytest.mark.parametrize(
    ("opening", "outlet"),
    [
        ("A mine is to close, according to Reuters.", "Reuters"),
        ("A mine is to close, according to the AP.", "Associated Press"),
        ("A mine is to close, according to a report by the Spanish news agency EFE.", "EFE"),
        ("A mine is to close, the Irish Times reports.", "The Irish Times"),
        ("A mine is to close, as reported by Le Monde.", "Le Monde"),
        ("A mine is to close, according to the newspaper Saltby Tidende.", "Saltby Tidende"),
        ("A mine is to close, according to the Saltby Evening Post.", "Saltby Evening Post"),
        ("A mine is to close, the Saltby Ledger has reported.", "Saltby Ledger"),
        ("A mine is to close, as first reported by Radio Saltby.", "Radio Saltby"),
        ("A mine is to close, the Saltnytt news agency said.", "Saltnytt"),
        ("A mine is to close, according to Saltstien, the town’s only newspaper.", "Saltstien"),
        ("A mine is to close, reports the Saltby Echo.", "Saltby Echo"),
        ("A mine is to close, local media said, citing the Saltby Star.", "Saltby Star"),
        ("A mine is to close, according to *The Saltby Mirror*.", "Saltby Mirror"),
    ],
)
def test_an_outlet_in_the_opening_speaks_for_the_story(opening: str, outlet: str) -> None:
    assert sources(opening) == [("attribution", "opening", outlet, True)]


@pytest.mark.parametrize(
    "opening",
    [
        "A mine is to close, according to the Ministry of Mines.",
        "Most want it open, according to a Reuters poll.",
        "“It will close, according to Reuters,” said the mayor of the town, who has never been below the ground.",
        "A mine is to close, the Saltby Trust said.",
        "Mary Bloomberg said the mine would close.",
        "A mine is to close, according to Mei Sun.",
        "A mine is to close, according to the Land Register.",
        "A mine is to close, according to the ratings agency Kaolin.",
        "A mine is to close, according to Ana Reis, a newspaper editor.",
        "A mine is to close, a Saltby newspaper reported.",
        "The Saltby Post said it would leave the town when the mine closes.",
    ],
)
def test_what_is_no_credit_for_the_story(opening: str) -> None:
    assert [row for row in sources(opening) if row[3]] == []


def test_an_agency_in_the_dateline_is_a_credit() -> None:
    [agency] = [row for row in sources("SALTBY (Reuters) – A mine is to close.") if row[3]]
    assert agency[:3] == ("credit", "opening", "Reuters")


@pytest.mark.parametrize(
    ("foot", "outlet"),
    [
        ("Source: Reuters", "Reuters"),
        ("Based On Reuters Report", "Reuters"),
        ("(With inputs from Kyodo)", "Kyodo News"),
        ("Credit: The Guardian", "The Guardian"),
        ("From a report by Tidende", "Tidende"),
        ("Compiled from Saltby Tidende coverage.", "Saltby Tidende"),
        ("This story was adapted from a story by Le Monde", "Le Monde"),
        ("Source: combined dispatches, Saltby Tidende", "Saltby Tidende"),
        ("Based on reporting by the Saltby Kestrel.", "Saltby Kestrel"),
        ("Based on an article in Saltstien.", "Saltstien"),
        ("*This story draws on a report by Radio Saltby.*", "Radio Saltby"),
    ],
)
def test_a_line_at_the_foot_credits_the_story(foot: str, outlet: str) -> None:
    assert sources(foot=foot) == [("credit", "foot", outlet, True)]


@pytest.mark.parametrize(
    "foot",
    [
        "Source: Ministry of Mines",
        "Credit: AFP/Getty Images",
        "Compiled by Joan Marsh",
        "Based on police reports",
        "Based on a report by the Salt Endowment.",
        "With reporting from Bergen",
    ],
)
def test_what_credits_no_outlet(foot: str) -> None:
    assert sources(foot=foot) == []


def test_the_entries_of_a_list_stand_in_one_citation() -> None:
    rows = extract(document(f"Salt mine to close\n\nA mine is to close (Reuters +2; AP and Le Monde). {BODY}\n"))
    assert [(row["text"], row["kind"]) for row in rows] == [
        ("Reuters", "citation"),
        ("AP", "citation"),
        ("Le Monde", "citation"),
    ]
    assert len({row["citation"] for row in rows}) == 1


def test_a_dated_report_keeps_its_day_and_its_claim() -> None:
    (row,) = extract(
        document(f"Salt mine\n\n{BODY}\n\nMiners want pumps, as reported by Reuters on 3 May 2024. It rains.\n")
    )
    assert (row["dated"], row["claim"]) == ("2024-05-03", "miners pumps want")


def test_a_sentence_that_names_its_source_twice() -> None:
    rows = extract(document(f"Salt mine\n\n{BODY}\n\nAccording to the town, the pumps failed, the town said.\n"))
    assert [(row["text"], row["name_key"], row["claim"]) for row in rows] == [
        ("According to the town", "town", "failed pumps"),
        ("the town said", "town", "failed pumps"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("The Guardian", "the Guardian’s", True),
        ("BBC", "BBC Urdu", True),
        ("SEP", "Saltby Evening Post", True),
        ("Reuters", "Bloomberg", False),
        ("Daily Mail", "Daily Mirror", False),
    ],
)
def test_one_source_under_two_names(left: str, right: str, one: bool) -> None:
    assert same_source(source_key(left), source_key(right)) is one


@given(ANY)
def test_any_text_keeps_the_contract(text: str) -> None:
    article = document(f"x {text}")
    rows = contracts.frame("sources", extract(article))
    contracts.hold("sources", rows, {"article": article.text})


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str) -> None:
    assert len(extract(document(HOSTILE[name]))) <= len(HOSTILE[name])
