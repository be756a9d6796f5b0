"""Lists whose length the sentence announces: `three ministers: A, B, C and D`, `three banks, A, B and C`.

A list is read only where its shape is plain: after a colon or dash up to the sentence's end, or between commas where
every entry is a name. Its length is what its commas and its last `and` make it; where an `and` may join two halves of
an entry, or an entry may only explain the one before it, every reading counts, and the one nearest to what is announced
is taken.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.language.lexicons import members, words
from pipelines.language.nations import national_words
from pipelines.language.numbers import read_number, starts_number
from pipelines.language.phrases import is_determiner, singular, verb_like
from pipelines.language.tokens import DASHES, HYPHENS, Token, touches

_MOST = 20  # entries
_REACH = 30  # tokens from the number to the colon
_LONGEST = 120  # tokens of a run of names
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_UNCOUNTED = members("count_words", "uncounted")
_PLURALS = members("count_words", "plural")
# What makes a list open, an estimate of how many, or a choice: what follows need not be all, or is no list.
_OPEN = members("list_words", "open")
# What an entry of a list of things does not hold: it is a clause, and its commas part no entries.
_CLAUSES = members("list_words", "clause")
_WHERE = frozenset({"nearby", "abroad", "elsewhere", "there", "here", "alone", "overall"})
_RELATIVES = frozenset({"who", "which", "that", "whose", "whom"})
# People of whom no more is said than their number, so that those behind them are the same; those of `six men, two
# women` are others.
_ANYBODY = frozenset({"people", "persons", "suspects", "victims"})
_FINITE = members("phrase_words", "finite")


class Listed(NamedTuple):
    """A list: the places of its number, of one past what is counted, and of one past its last entry."""

    first: int
    noun: int
    after: int
    announced: int
    lengths: tuple[int, ...]


def extract(document: Document) -> list[Row]:
    """Rows of the table `lists`, in order of place."""
    rows = []
    for sentence in document.prose:
        if sentence.kind == "headline":
            continue
        for found in _lists(sentence):
            start, end = sentence.tokens[found.first].start, sentence.tokens[found.after - 1].end
            rows.append(
                document.row(
                    start,
                    end,
                    announced=found.announced,
                    named=min(found.lengths, key=lambda length: abs(length - found.announced)),
                    counted=document.text[start : sentence.tokens[found.noun - 1].end],
                    quoted=document.quoted.overlaps(start, sentence.tokens[found.noun - 1].end),
                )
            )
    return rows


def _lists(sentence: Sentence) -> list[Listed]:
    """The lists of one sentence, one a colon at most."""
    tokens = sentence.tokens
    introduced = not _INTRODUCING.isdisjoint(tokens.norms)
    colons = [at for at in range(len(tokens)) if _introduces(tokens, at)] if introduced else []
    found = []
    for colon in colons[:1]:
        counts = _before(tokens, colon)
        inserted = len(colons) == 2 and all(tokens[at].text in DASHES for at in colons)
        if counts and (len(colons) == 1 or inserted):
            first, noun, announced = counts[-1]
            after = colons[1] if inserted else _last_word(tokens)
            lengths = _lengths(tokens, colon + 1, after)
            other = any(count in lengths for _, _, count in counts[:-1])
            if lengths and not other and (len(counts) == 1 or noun == colon):
                found.append(Listed(first, noun, after, announced, lengths))
    return found or _apposed(tokens)


# Marks are their own norms.
_INTRODUCING = DASHES | {":", "-"}


def _introduces(tokens: Sequence[Token], at: int) -> bool:
    """A colon before words, or a dash between spaces."""
    token = tokens[at]
    if at < 2 or at + 3 >= len(tokens):
        return False
    spaced = not touches(tokens[at - 1], token) and not touches(token, tokens[at + 1])
    return (token.text == ":" and not touches(token, tokens[at + 1])) or (token.text in DASHES | {"-"} and spaced)


def _before(tokens: Sequence[Token], colon: int) -> list[tuple[int, int, int]]:
    """The counts in a colon's clause: places of each number and of one past its noun, and how many."""
    start = max(0, colon - _REACH)
    if any(token.norm in _OPEN for token in tokens[start:colon]):
        return []
    return [count for at in range(start, colon) if (count := _count(tokens, at, colon))]


def _count(tokens: Sequence[Token], at: int, end: int) -> tuple[int, int, int] | None:
    """`three ministers` at a place: a whole number of several things, not of days, people out of others or a share."""
    if not starts_number(tokens[at]) or (at and _belongs(tokens, at)):
        return None
    number = read_number(tokens, at)
    if number is None or number.low != int(number.low) or not 2 <= number.low <= _MOST or number.high != number.low:
        return None
    for place in range(number.after, min(end, number.after + 5)):
        word = tokens[place].norm
        if tokens[place].kind != "word" or word in _UNCOUNTED or word in words("closed_class"):
            return None
        plural = word in _PLURALS or singular(word) != word or word.endswith("men")
        following = tokens[place + 1] if place + 1 < end else None
        if plural and (following is None or following.kind != "word" or not _noun_goes_on(following)):
            return number.first, place + 1, int(number.low)
    return None


def _noun_goes_on(following: Token) -> bool:
    plain = following.norm not in words("closed_class") and not verb_like(following)
    return plain and singular(following.norm) != following.norm


def _belongs(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is part of a name, of another number, or only a part of those that are counted."""
    before = tokens[at - 1]
    hedged = before.norm in {"about", "around", "some", "nearly", "almost", "least", "over", "than", "first", "last"}
    part = before.norm in {"top", "other", "another", "further", "more", "to", "by"}
    return touches(before, tokens[at]) or hedged or part or (before.capitalised and at > 1)


def _lengths(tokens: Sequence[Token], start: int, end: int) -> tuple[int, ...]:
    """How many entries the words between two places can be read to hold; none where they are no plain list."""
    closed = next((at for at in range(end, len(tokens)) if tokens[at].kind != "mark"), len(tokens))
    if titles := _titles(tokens[start:closed]):
        return (titles,)
    while end > start and tokens[end - 1].kind == "mark":
        end -= 1
    listed = tokens[start:end]
    if any(token.text in {":", "?", "!", "“", "”", '"', "…"} | DASHES or token.norm in _OPEN for token in listed):
        return ()
    entries = _entries(listed)
    if entries is None or len(entries) < 2:
        return ()
    last = entries[-1]
    joins = [sum(token.norm == "and" for token in entry) for entry in entries]
    if listed and sum(joins) == 0:
        return ()
    if any(_clause(entry) for entry in entries) or _counted(entries):
        return ()
    if joins[-1] == 0:
        return ()
    opened = last[0].norm == "and"  # `A, B, and C`; any other `and` may join two halves of an entry
    most = len(entries) + sum(joins) - opened
    least = len(entries) + (joins[-1] == 1 and not opened) - _explaining(entries)
    return tuple(range(least, most + 1))


def _titles(listed: Sequence[Token]) -> int | None:
    """How many titles in quotation marks are listed, and nothing else: `“Tin”, “Salt” and “The Last Tram”`."""
    number, inside = 0, False
    for token in listed:
        if token.text in {"“", "”", '"'}:
            inside = not inside
            number += inside
        elif not inside and token.norm not in {"and", ",", "."} and token.text not in DASHES:
            return None
    joined = any(token.norm == "and" for token in listed)
    return number if number > 1 and joined and not inside else None


def _explaining(entries: Sequence[Sequence[Token]]) -> int:
    """How many entries may only explain the one before: `the mayor` after a name, the country after a town."""
    named = [any(token.capitalised for token in entry[:2]) for entry in entries]
    national = [all(token.norm in national_words() | {"the", "and"} for token in entry) for entry in entries]
    return sum(
        before and ((not own and is_determiner(entry[0])) or (country and not all(national)))
        for before, own, country, entry in zip(named, named[1:], national[1:], entries[1:], strict=False)
    )


def _entries(listed: Sequence[Token]) -> list[list[Token]] | None:
    """The list cut at its semicolons or else its commas, outside brackets; None where both or nothing part it."""
    mark = ";" if any(token.text == ";" for token in listed) else ","
    entries: list[list[Token]] = [[]]
    depth = 0
    for token in listed:
        depth += (token.text in _OPENS) - (token.text in _CLOSES)
        if token.text == mark and depth == 0:
            entries.append([])
        elif depth == 0 and token.text not in _CLOSES:
            entries[-1].append(token)
    return entries if all(entries) and depth == 0 else None


def _clause(entry: Sequence[Token]) -> bool:
    """Whether an entry says something about another (`who leads the party`), or is a sentence, instead of a thing."""
    opening = entry[1:] if entry[0].norm == "and" and len(entry) > 1 else entry
    finite = next((at for at, token in enumerate(opening) if token.norm in _FINITE), len(opening))
    told = finite < len(opening) and not any(token.norm in _RELATIVES for token in opening[:finite])
    return told or opening[0].norm in _CLAUSES or (opening[0].kind == "number" and len(opening) == 1)


def _counted(entries: Sequence[Sequence[Token]]) -> bool:
    """Whether the entries are parts with their own numbers: `six masks, three bowls and one cup`."""
    return sum(starts_number(entry[0]) and not is_determiner(entry[0]) for entry in entries) > 1


def _apposed(tokens: Sequence[Token]) -> list[Listed]:
    """`three banks, Ashby, Corran and Lund, …`: names between commas or in brackets, right after what is counted, or
    behind `are`; `two banks, from Aston, Barley and Corran`: more places than come from them."""
    found = []
    for at, token in enumerate(tokens):
        count = _count(tokens, at, len(tokens)) if starts_number(token) else None
        if count is None:
            continue
        first, noun, announced = count
        people = _people(tokens, noun) if tokens[noun - 1].norm in _ANYBODY else None
        if people:
            found.append(Listed(first, noun, people[0], announced, (people[1],)))
            break
        noun += noun < len(tokens) and tokens[noun].norm in _WHERE
        if noun >= len(tokens) or not (tokens[noun].text in {",", "("} or tokens[noun].norm in {"are", "were"}):
            continue
        origins = noun + 1 < len(tokens) and tokens[noun + 1].norm == "from"
        opening = noun + 1 + origins
        after = _names(tokens, opening)
        lengths = _lengths(tokens, opening, after) if after else ()
        if after and lengths and not (origins and min(lengths) <= announced) and not _adjectives(tokens, noun, after):
            found.append(Listed(first, noun, after, announced, lengths))
            break
    return found


def _people(tokens: Sequence[Token], mark: int) -> tuple[int, int] | None:
    """`, a driver, two guards and a cook,` behind people who are counted: one past the last, and how many they are; all
    but one said by nouns that are known for people's."""
    place, number, entries, known, joined = mark, 0, 0, 0, False
    while place + 2 < len(tokens) and not joined and (tokens[place].text == "," or tokens[place].norm == "and"):
        joined = "and" in {tokens[place].norm, tokens[place + 1].norm}
        entry = _person(tokens, place + 1 + (joined and tokens[place].text == ","))
        if entry is None:
            return None
        place, many, person = entry
        number, entries, known = number + many, entries + 1, known + person
    ended = place >= len(tokens) or (tokens[place].kind == "mark" and tokens[place].text not in _OPENS | HYPHENS)
    return (place, number) if joined and entries > 1 and known >= entries - 1 and ended else None


def _person(tokens: Sequence[Token], at: int) -> tuple[int, int, bool] | None:
    """`a bus driver`, `two guards` at a place: one past it, how many it names, and whether they are people for sure."""
    count = _count(tokens, at, len(tokens))
    after, many = (count[1], count[2]) if count else (at, 1)
    if tokens[at].norm in {"a", "an", "one"}:
        after = at + 1
        while after < len(tokens) and tokens[after].kind == "word" and tokens[after].norm not in words("closed_class"):
            after += 1
    if not 1 < after - at < 6 or tokens[after - 1].norm in members("list_words", "group"):
        return None
    return after, many, singular(tokens[after - 1].norm) in _persons()


@cache
def _persons() -> frozenset[str]:
    return words("people_words") | words("occupations") | members("count_words", "plural") - {"cattle", "aircraft"}


def _adjectives(tokens: Sequence[Token], verb: int, after: int) -> bool:
    """Whether what stands behind a verb says of what nation all are: `the four were French, German and Dutch`."""
    said = [token for token in tokens[verb + 1 : after] if token.kind == "word" and token.norm != "and"]
    return tokens[verb].kind == "word" and all(token.norm in national_words() for token in said)


def _names(tokens: Sequence[Token], start: int) -> int | None:
    """One past a run of names joined by commas and one `and`, where it ends at a mark."""
    place, joined = start, False
    end = min(len(tokens), start + _LONGEST)
    while place < end:
        token = tokens[place]
        if token.norm == "and" or token.text == ",":
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            if joined and token.text == ",":
                break
            if following is None or not (following.capitalised or following.norm in {"and", "the"}):
                break
            joined = joined or token.norm == "and"
        elif token.text == ")":
            break
        elif not (token.capitalised or token.norm in {"of", "the", "de", "la", "van", "von"} or token.text in "&-."):
            return None
        place += 1
    ended = place >= len(tokens) or tokens[place].kind == "mark"
    return place if joined and ended else None


def _last_word(tokens: Sequence[Token]) -> int:
    end = len(tokens)
    while end and tokens[end - 1].kind == "mark":
        end -= 1
    return end
