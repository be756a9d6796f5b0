"""Strays: an actor in the place of one of the article's own, mentioned nowhere else."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from pipelines.comparison.facts import Comparison, Tables
from pipelines.language.lexicons import words

USUAL = 2  # times that the article pairs two actors, for the pair to be its own
# `For A and B, …`, `the trust between A and B`: whom the sentence is about.
_TOPIC = frozenset({"for", "until", "whether", "between"})

Mention = Mapping[Hashable, Any]  # a row of `entities`


def compare(tables: Tables) -> Comparison:
    """Rows of `strays`: each pair that a late sentence of an article is about, by the actor mentioned less."""
    entities = tables["entities"]
    topical = entities["opener"].notna() | entities["closer"].notna()
    late = entities[topical & (entities["part"] == "closing") & ~entities["quoted"]]
    articles = {
        article: _Article(rows.to_dict("records"))
        for article, rows in entities[entities["article_id"].isin(late["article_id"])].groupby("article_id")
    }
    facts = []
    for _, rows in late.groupby(["article_id", "pair"], sort=True):
        less, partner = sorted(rows.to_dict("records"), key=_rarity)
        article = articles[less["article_id"]]
        if article.knows(partner, less):
            facts.append(
                {
                    "article_id": less["article_id"],
                    "start": less["start"],
                    "end": less["end"],
                    "name": less["name"],
                    "partner": partner["text"],
                    "in_place_of": article.own(partner, less),
                    "elsewhere": less["mentions"] - 1,
                }
            )
    return Comparison(facts, [])


def _rarity(mention: Mention) -> tuple[bool, int, int]:
    """Names before common nouns, which name nobody; of two, the one mentioned less, on a tie the later."""
    return mention["kind"] == "common", mention["mentions"], -mention["start"]


def _same(left: Mention, right: Mention) -> bool:
    """Whether two mentions can be of one: `Ana Reis` and `Reis`, `Lund General Hospital` and `Lund`."""
    if left["kind"] != "name" or right["kind"] != "name":
        return bool(left["key"] == right["key"])
    return not _own_words(left).isdisjoint(_own_words(right))


def _own_words(mention: Mention) -> set[str]:
    return set(mention["key"].split()) - words("institution_words")


class _Article:
    """The actors of one article: how often each is mentioned, beside whom, and in which sentences."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._names: dict[str, str] = {}
        self._countries: Counter[str] = Counter()
        self._sentences: dict[int, list[Mention]] = defaultdict(list)
        self._companions: dict[str, Counter[str]] = defaultdict(Counter)
        waiting: dict[int, Mention] = {}
        for mention in mentions:
            self._names.setdefault(mention["key"], mention["name"])
            self._sentences[mention["sentence"]].append(mention)
            if mention["kind"] == "country":
                self._countries[mention["key"]] += 1
            if pd.notna(mention["pair"]):
                left = waiting.setdefault(mention["pair"], mention)
                if left is not mention:
                    self._companions[left["key"]][mention["key"]] += 1
                    self._companions[mention["key"]][left["key"]] += 1

    def knows(self, partner: Mention, less: Mention) -> bool:
        """Whether the sentence speaks of the pair as of actors that the reader knows.

        The partner is known from elsewhere; and the article usually pairs it with another, or `for` and the like make
        the two the sentence’s topic, or it sees a bond between them grow, or `as` ties them to something else that the
        article has named, or the pair closes what the sentence sums up and the partner has had another beside it.
        """
        if partner["mentions"] < 2:
            return False
        if pd.notna(less["closer"]):
            return self._beside(partner, less) is not None
        if less["opener"] in _TOPIC or (less["opener"] == "as" and self._tied(partner, less)):
            return True
        return any(n >= USUAL for key, n in self._companions[partner["key"]].items() if key != less["key"])

    def own(self, partner: Mention, less: Mention) -> str:
        """The article’s own actors, partner first: with its usual companion, or another country mentioned often."""
        paired = [key for key, _ in self._companions[partner["key"]].most_common()]
        often = [key for key, n in self._countries.most_common() if n > 1] if less["kind"] == "country" else []
        others = (key for key in (*paired, *often) if key not in {less["key"], partner["key"]})
        beside: Mention | None = self._beside(partner, less) if pd.notna(less["closer"]) else None
        companion = self._names.get(next(others, "")) if beside is None else beside["name"]
        return f"{partner['name']} and {companion}" if companion else str(partner["name"])

    def _beside(self, partner: Mention, less: Mention) -> Mention | None:
        """The first of the partner’s kind that is paired with it, or shares a sentence and is mentioned again.

        To share the opening with it is enough.
        """
        for number, mentions in self._sentences.items():
            of_partner = [m for m in mentions if _same(m, partner)]
            if number == less["sentence"] or not of_partner:
                continue
            pairs = {m["pair"] for m in of_partner if pd.notna(m["pair"])}
            for m in mentions:
                other = m["kind"] == partner["kind"] and not _same(m, partner) and not _same(m, less)
                if other and (m["mentions"] > 1 or m["pair"] in pairs or m["part"] == "opening"):
                    return m
        return None

    def _tied(self, partner: Mention, less: Mention) -> bool:
        pair = {partner["key"], less["key"]}
        return any(m["mentions"] > 1 and m["key"] not in pair for m in self._sentences[less["sentence"]])
