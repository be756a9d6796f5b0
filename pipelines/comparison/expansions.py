"""Expansions: one acronym, expanded in two or more places."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pipelines.comparison.facts import Comparison, Statement, Tables, sequence, state, together
from pipelines.language.lexicons import table, words

STEM = 5  # letters: `Meteorological` and `Meteorology` are one word
ALIKE = 0.5  # of the shorter expansion’s content words
AKIN = 1 / 3  # the same, for bodies of one story
STORY = 2  # names of several words that articles of one story share
FIELDS = 50  # that one word is looked up in: one that more of them share tells none apart
ARTICLES = 20  # of an expansion that are looked at for what they are about
# Words that stand before the name of any body, and tell none from another.
_RANKS = frozenset({"central", "federal", "general", "international", "national", "public", "regional", "royal"})


class _Field(NamedTuple):
    """Expansions that may be of one body: their articles, the stems and the initials of the first, what all are."""

    articles: tuple[str, ...]
    content: frozenset[str]
    initials: str
    keys: list[str]


class _Subjects:
    """What articles are about: the people, bodies and places that each names, but for outlets and initials.

    A country alone does not count: its bodies may well share their letters.
    """

    def __init__(self, tables: Tables, articles: Iterable[str]) -> None:
        entities = tables["entities"]
        named = entities[(entities["kind"] == "name") | (entities["form"] == "place")]
        named = named[named["article_id"].isin(list(articles)) & ~named["text"].str.isupper()]
        self._named = {
            article: frozenset(texts.str.casefold()) - _outlets()
            for article, texts in named.groupby("article_id", sort=True)["text"]
        }

    def shared(self, one: _Field, other: _Field) -> Iterator[frozenset[str]]:
        """For each article of one with each of the other: what both mention, but for the expansions’ own words."""
        own = one.content | other.content
        for left in one.articles[:ARTICLES]:
            for right in other.articles[:ARTICLES]:
                both = self._named.get(left, frozenset()) & self._named.get(right, frozenset())
                yield frozenset(name for name in both if not _stems(name) <= own)


def compare(tables: Tables) -> Comparison:
    """Rows of `expansions` with their witnesses: definitions of one acronym that name the same thing.

    Expansions that share less than half of their content words are homonyms of different fields, or one name in two
    languages: other facts. So are those that differ in more than the kind of body, in articles that have no name in
    common. One that ends as the other does is the same name, given in full.
    """
    acronyms = tables["acronyms"]
    definitions = acronyms[acronyms["kind"] == "definition"]
    several = definitions[definitions.groupby("acronym")["expansion_key"].transform("nunique") > 1]
    subjects = _Subjects(tables, dict.fromkeys(several["article_id"]))
    order = sequence(tables)
    facts = []
    for acronym, rows in definitions.groupby("acronym", sort=True):
        articles = {
            str(key): tuple(dict.fromkeys(of)) for key, of in rows.groupby("expansion_key", sort=True)["article_id"]
        }
        for fields in _by_field(str(acronym), articles, subjects):
            chosen = rows[rows["expansion_key"].isin(fields)]
            short = _short_forms(fields)
            statements = [
                Statement(
                    article_id=row["article_id"],
                    start=int(row["definition_start"]),
                    end=int(row["definition_end"]),
                    value=row["expansion"],
                    group=short[row["expansion_key"]],
                )
                for row in chosen.to_dict("records")
            ]
            if len(statements) > 1:
                facts.append(state("expansion", f"{acronym}/{fields[0]}", str(acronym), statements, order))
    return together(facts)


def _by_field(acronym: str, articles: Mapping[str, tuple[str, ...]], subjects: _Subjects) -> list[list[str]]:
    """The expansions, each with those that name one body with the first of its field."""
    fields: list[_Field] = []
    by_stem: dict[str, list[int]] = defaultdict(list)
    for key in articles:
        found = _Field(articles[key], _stems(key), _initials(key), [key])
        shared = Counter(place for stem in sorted(found.content) for place in by_stem[stem][:FIELDS])
        of = (place for place, _ in shared.most_common() if _one_body(acronym, fields[place], found, subjects))
        place = next(of, None)
        if place is not None:
            fields[place].keys.append(key)
            continue
        for stem in sorted(found.content):
            by_stem[stem].append(len(fields))
        fields.append(found)
    return [field.keys for field in fields]


def _one_body(acronym: str, one: _Field, other: _Field, subjects: _Subjects) -> bool:
    """Whether two expansions are of one body, by their words and by what their articles are about."""
    common = one.content & other.content
    share = len(common) / min(len(one.content), len(other.content))
    in_one_article = not set(one.articles).isdisjoint(other.articles)
    if share >= ALIKE:
        kind_alone = (one.content ^ other.content) <= _bodies()
        return kind_alone or in_one_article or any(subjects.shared(one, other))
    spelled = one.initials == other.initials == acronym.casefold()  # hardly so in another language
    if share < AKIN or not spelled or common <= _bodies() | _RANK_STEMS:
        return False
    return in_one_article or any(sum(" " in name for name in names) >= STORY for names in subjects.shared(one, other))


def _stems(phrase: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in phrase.split() if word not in words("closed_class"))


_RANK_STEMS = _stems(" ".join(sorted(_RANKS)))


@cache
def _bodies() -> frozenset[str]:
    """Stems of the words for kinds of body: `Agency`, `Authority`."""
    return _stems(" ".join(sorted(words("institution_words"))))


@cache
def _outlets() -> frozenset[str]:
    return frozenset(row["alias"].casefold() for row in table("outlets"))


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split() if word not in words("closed_class"))


def _short_forms(keys: list[str]) -> dict[str, str]:
    """Each expansion by the shortest that it ends with: `Lagos Port Authority` by `Port Authority`."""
    known = set(keys)
    forms = {}
    for key in keys:
        parts = key.split()
        endings = (" ".join(parts[at:]) for at in range(len(parts) - 1, -1, -1))
        forms[key] = next(ending for ending in endings if ending in known)
    return forms
