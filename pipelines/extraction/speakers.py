"""Speakers: who says what stands between quotation marks, by the words around it."""

from bisect import bisect_left
from collections.abc import Sequence

from pipelines.extraction.document import Document, Sentence
from pipelines.language.datelines import after_dateline
from pipelines.language.dates import WEEKDAYS
from pipelines.language.lexicons import words
from pipelines.language.names import name_spans
from pipelines.language.quotes import Quote
from pipelines.language.tokens import Token, tokenise

# Words around a quotation in which its speaker is looked for.
REACH = 30
# Words between `said` and the name in `said the port’s head of security, Ana Reis`.
ROLE_WORDS = 8
# Sentences back from a pronoun to the one that it stands for.
BACK = 3
# Words before the name that a sentence begins with: `Former transport minister Ana Reis …`.
LEADING_WORDS = 4
NAME_WORDS = 6
_PERSONAL = frozenset({"he", "she"})
_BEFORE_VERB = frozenset({"also", "earlier", "had", "has", "have", "later", "then"})
_AND = frozenset({"and", "&", "nor", "or"})

Tokens = Sequence[Token]
Place = tuple[int, int]


def speaker_of(document: Document, parts: Sequence[Quote]) -> Tokens | None:
    """The name of the one who says a quotation (its `parts`), as told between them, after, before, or by the sentence
    before; None where a speaker without a name does."""
    first, last = document.sentence_place(parts[0].start), document.sentence_place(parts[-1].end - 1)
    if first is None or last is None:
        return None
    opening, closing = document.sentences[first], document.sentences[last]
    between = tokenise(document.text, parts[0].end, parts[1].start) if len(parts) > 1 else []
    after, before = window(document, closing, parts[-1].end, forward=True), window(document, opening, parts[0].start)
    found = _sayers(between) or _sayers(after)[:1] or _sayers(before)[-1:]
    if found:
        return found[0]
    if before and before[-1].text == ":":
        return _leading(before)
    own = [*before, *between, *after]
    said = any(token.norm in words("speech_verbs") for token in own)
    if said and _PERSONAL.isdisjoint(token.norm for token in own):
        return None
    return _told_before(document, first)


def _told_before(document: Document, place: int) -> Tokens | None:
    """Whom the sentences before speak of: the sayer or subject of the last that is not of a pronoun.

    A quotation that opens a paragraph goes on with the one who has the last word in the paragraph before.
    """
    block = document.sentences[place].block
    for before in range(place - 1, max(-1, place - 1 - BACK), -1):
        sentence = document.sentences[before]
        if sentence.block != block:
            told = window(document, sentence, sentence.end)
            sayers = _sayers(told)
            opens = before == place - 1 and sentence.kind == document.sentences[place].kind
            return sayers[0] if opens and len(sayers) == 1 and sayers[0] == _leading(told) else None
        told = window(document, sentence, sentence.end)
        sayers = _sayers(told)
        named = sayers[-1] if sayers else _leading(told)
        if named is not None or _PERSONAL.isdisjoint(token.norm for token in told):
            return named
    return None


def window(document: Document, sentence: Sentence, offset: int, *, forward: bool = False) -> list[Token]:
    """The sentence's tokens next to the offset, before or after it, without those that other quotations hold."""
    at = bisect_left(sentence.tokens, offset, key=lambda token: token.start)
    first = max(after_dateline(sentence.tokens), at - REACH)
    near = sentence.tokens[at : at + REACH] if forward else sentence.tokens[first:at]
    return [token for token in near if not document.quoted(token.start, token.end)]


def _leading(tokens: Tokens) -> Tokens | None:
    """The name that a sentence begins with, its subject: a few words of description may stand before it."""
    names = [name for name in _names(tokens[: LEADING_WORDS + NAME_WORDS]) if name[0] <= LEADING_WORDS]
    name = next((name for name in names if name[1] - name[0] > 1), names[0] if names else None)
    if name is None or tokens[name[1] - 1].possessive:
        return None
    lead = {token.norm for token in tokens[: name[0]]}
    joined = name[1] < len(tokens) and tokens[name[1]].norm in _AND
    return None if joined or lead & words("prepositions") else tokens[slice(*name)]


def _sayers(tokens: Tokens) -> list[Tokens]:
    """The names, in order, that are subjects of verbs of speech, or follow `according to`."""
    sayers = []
    names = [name for name in _names(tokens) if not tokens[name[1] - 1].possessive]
    for at, token in enumerate(tokens):
        if token.norm == "to" and at and tokens[at - 1].norm == "according":
            name = next(((first, last) for first, last in names if at < first <= at + 2), None)
        elif token.norm in words("speech_verbs"):
            name = _before(tokens, names, at) or _after(tokens, names, at)
        else:
            continue
        if name is not None:
            first, last = name
            sayers.append(tokens[first : last - (tokens[last - 1].text in WEEKDAYS)])  # `said Reis Tuesday`
    return [sayer for sayer in sayers if sayer]


def _names(tokens: Tokens) -> list[Place]:
    """The names, those after a title that ends in a point with it: `Dr. Ana Reis`."""
    names: list[Place] = []
    for first, last in name_spans(tokens):
        if _is_participle(tokens, first, last):
            continue
        before = names[-1] if names else None
        if before and before[1] + 1 == first and _is_abbreviated_title(tokens[before[1] - 1 : first]):
            names[-1] = before[0], last
        else:
            names.append((first, last))
    return names


def _is_participle(tokens: Tokens, first: int, last: int) -> bool:
    """`Asked again about the bridge, …`: what begins a sentence so, and no verb follows, names nobody."""
    if first or last > 1 or not tokens[0].norm.endswith(("ed", "ing")):
        return False
    after = tokens[1] if len(tokens) > 1 else None
    verbs = words("speech_verbs") | words("auxiliaries") | _BEFORE_VERB
    return after is not None and after.text.islower() and after.norm not in verbs and not after.norm.endswith("ed")


def _is_abbreviated_title(tokens: Tokens) -> bool:
    return tokens[0].norm in words("abbreviations") and tokens[-1].text == "."


def _before(tokens: Tokens, names: Sequence[Place], at: int) -> Place | None:
    """`Ana Reis said`, `Ana Reis, the minister, said`, `The minister, Ana Reis, said`."""
    while at and tokens[at - 1].norm in _BEFORE_VERB:
        at -= 1
    if at and tokens[at - 1].text == ",":
        near = [name for name in names if name[1] < at and tokens[name[1]].text == "," and not _is_place(tokens, name)]
        beside = next(
            (name for name in near if name[1] == at - 1 and name[0] and tokens[name[0] - 1].text == ","), None
        )
        return beside or (near[0] if near else None)
    return next((name for name in names if name[1] == at), None)


def _is_place(tokens: Tokens, name: Place) -> bool:
    return name[0] > 0 and tokens[name[0] - 1].norm in words("prepositions")


def _after(tokens: Tokens, names: Sequence[Place], at: int) -> Place | None:
    """`said Ana Reis`, `said transport minister Ana Reis`, `said the minister, Ana Reis`: where no other subject stands
    before the verb."""
    if at and tokens[at - 1].kind != "mark":
        return None
    name = next((name for name in names if name[0] > at), None)
    if name is None:
        return None
    role = tokens[at + 1 : name[0]]
    apposed = len(role) > 1 and role[-1].text == ","
    plain = all(token.kind == "word" or token.text == "-" for token in (role[:-1] if apposed else role))
    return name if len(role) <= ROLE_WORDS and plain else None
