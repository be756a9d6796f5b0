"""Figures: sums, shares, counts and quantities, each with what it measures."""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import category

from pipelines.extraction.document import Document, Row, Sentence
from pipelines.extraction.measures import Circumstances, Measured, circumstances, measured
from pipelines.extraction.subjects import Claim, Subject, resolve
from pipelines.extraction.sums import called
from pipelines.language.currencies import Currency, name_after, settle, sign_before
from pipelines.language.lexicons import mapping, members, words
from pipelines.language.numbers import SCALES, Number, between, holds_number, read_number, read_range, starts_number
from pipelines.language.phrases import REACH, Phrase, phrase_at, phrase_before, singular
from pipelines.language.quotes import Quote, Quoted
from pipelines.language.tokens import DASHES, HYPHENS, Token, Tokens, once, touches

_LONGEST_SIGN = 4  # letters
_LONGEST_HEDGE = 4
_PERCENT = frozenset({"%", "percent", "percents", "pct"})
# What a number before these says is a time, an age, a ratio or a fraction, and no count.
_UNCOUNTED = members("count_words", "uncounted")
_PLURALS = members("count_words", "plural")
# What has befallen those counted: `14 killed`, `29 dead`.
_BEFALLEN = members("count_words", "befallen")
_SAYING = members("sum_words", "says") | {"puts"}


class Found(NamedTuple):
    """A figure in its sentence: the places of its words, hedge and unit with them."""

    kind: str
    first: int
    after: int
    number: Number
    unit: str | None = None
    qualifier: str | None = None
    currency: str | None = None
    denomination: str | None = None


def extract(document: Document) -> list[Row]:
    """Rows of the table `figures`, in order of place."""
    found = [(sentence, figure) for sentence in document.prose for figure in find(sentence.tokens, document.text)]
    dates = Quoted([Quote(m.date_start, m.date_end, m.date_start, m.date_end, closed=True) for m in document.dates])
    found = [(s, f) for s, f in found if not dates.overlaps(s.tokens[f.first].start, s.tokens[f.after - 1].end)]
    read = [_measured(sentence, figure) for sentence, figure in found]
    again = {place for place in range(1, len(found)) if _converted(found[place - 1], found[place])}
    claims = [
        Claim(sentence.tokens, None if place in again else of.of, of.measure, of.main, sentence.kind == "headline")
        for place, ((sentence, _), of) in enumerate(zip(found, read, strict=True))
    ]
    subjects = resolve(document, claims)
    for place in sorted(again):
        read[place], subjects[place] = read[place - 1], subjects[place - 1]
    return [
        _row(document, sentence, figure, of, subject)
        for (sentence, figure), of, subject in zip(found, read, subjects, strict=True)
    ]


@once
def find(tokens: Sequence[Token], text: str) -> Sequence[Found]:
    """The figures of one sentence, in order; `text` is the article's, which says which `peso` is meant."""
    figures: list[Found] = []
    if isinstance(tokens, Tokens) and not holds_number(tokens):
        return figures
    after = 0
    for at, token in enumerate(tokens):
        figure = _figure(tokens, at, text) if at >= after and starts_number(token) else None
        if figure and (not figures or figure.first >= figures[-1].after):
            figures.append(figure)
            after = figure.after
    return figures


def _figure(tokens: Sequence[Token], at: int, text: str) -> Found | None:
    """The figure whose number starts at a place."""
    money = read_number(tokens, at, money=True)
    if money is None:
        return None
    if found := _sum(tokens, at, money, text):
        return found
    number = read_number(tokens, at)
    if number is None:
        return None
    number = _signed(tokens, _to_the_end(tokens, number))
    return (
        _name_of_sum(tokens, number, text)
        or _percent(tokens, number)
        or _quantity(tokens, number)
        or _count(tokens, number)
    )


def _sum(tokens: Sequence[Token], at: int, number: Number, text: str) -> Found | None:
    """A sum whose sign stands before it: `$1.2-1.5 billion`, `between $3m and $4m`."""
    sign = sign_before(tokens, at, number)
    if sign is None:
        return None
    whole = _with_upper_end(tokens, sign, number)
    after = whole.after
    if (named := name_after(tokens, whole)) and set(named.codes) & set(sign.codes):
        after = named.after  # `$10 dollars`
    return _money(tokens, sign.first, after, whole, sign, text)


def _with_upper_end(tokens: Sequence[Token], sign: Currency, low: Number) -> Number:
    """The number with its upper end, whether or not that repeats the sign."""
    join = low.after
    ranged = join + 1 < len(tokens) and (
        tokens[join].text in HYPHENS | DASHES
        or (tokens[join].norm == "to" and _before(tokens, sign.first) != "from")
        or (tokens[join].norm == "and" and _before(tokens, sign.first) == "between")
    )
    if not ranged:
        return low
    start = join + 1
    repeated = [token.text for token in tokens[sign.first : sign.after]]
    if [token.text for token in tokens[start : start + len(repeated)]] == repeated:
        start += len(repeated)
    high = read_number(tokens, start, money=True) if start < len(tokens) else None
    return between(low, high) if high else low


def _to_the_end(tokens: Sequence[Token], number: Number) -> Number:
    """A number without a sign, with its upper end: `7 to 7.5 million`, `between 300 and 400`."""
    lead = _before(tokens, number.first)
    if lead == "between" and number.after + 1 < len(tokens) and tokens[number.after].norm == "and":
        high = read_number(tokens, number.after + 1)
        return between(number, high) if high else number
    return number if lead == "from" else read_range(tokens, number)


def _name_of_sum(tokens: Sequence[Token], number: Number, text: str) -> Found | None:
    """A sum whose currency stands after it: `7.4 billion euros`, `312-million-peso`, `3 dollars 50 cents`."""
    name = name_after(tokens, number)
    if name is None:
        return None
    if name.worth != 1:
        number = number._replace(
            low=number.low * name.worth, high=number.high * name.worth, step=number.step * name.worth
        )
    after = name.after
    if number.scale == 1 and after < len(tokens) and tokens[after].norm in SCALES:  # `75 USD million`
        scale, after = SCALES[tokens[after].norm], after + 1
        number = number._replace(low=number.low * scale, high=number.high * scale, step=number.step * scale)
    if name.worth == 1 and (hundredths := _hundredths(tokens, after)):
        after, more = hundredths
        number = number._replace(low=number.low + more, high=number.high + more, step=0.01)
    return _money(tokens, number.first, after, number, name, text)


def _money(tokens: Sequence[Token], first: int, after: int, number: Number, money: Currency, text: str) -> Found:
    currency = settle(money.codes, text)
    called = None if currency else singular(" ".join(token.norm for token in tokens[money.first : money.after]))
    return _found(tokens, "money", first, after, number)._replace(currency=currency, denomination=called)


def _hundredths(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """`[and] 50 cents` after a sum."""
    start = at + 1 if at < len(tokens) and tokens[at].norm == "and" else at
    number = read_number(tokens, start) if start < len(tokens) else None
    name = name_after(tokens, number) if number else None
    return (name.after, number.low * name.worth) if number and name and name.worth != 1 else None


def _percent(tokens: Sequence[Token], number: Number) -> Found | None:
    at = number.after + 1 if _hyphen(tokens, number.after) else number.after
    if at >= len(tokens):
        return None
    word = tokens[at].norm
    if word in _PERCENT or (word in {"percentage", "per"} and at + 1 < len(tokens)):
        following = tokens[at + 1].norm if at + 1 < len(tokens) else ""
        if word == "per" and following != "cent":
            return None
        if word == "percentage" and following not in {"point", "points"}:
            return None
        after = at + 1 if word in _PERCENT else at + 2
        unit = "percentage point" if word == "percentage" else "percent"
        return _found(tokens, "percent", number.first, after, number, unit=unit)
    return None


def _quantity(tokens: Sequence[Token], number: Number) -> Found | None:
    """A number with a unit of measurement: `225-megawatt`, `310 kilometres`, `-5 °C`."""
    at = number.after + 1 if _hyphen(tokens, number.after) else number.after
    units = mapping("units")
    for after in (at + 2, at + 1):
        form = " ".join(token.norm for token in tokens[at:after])
        if after <= len(tokens) and form in units and not _million(tokens, at, form):
            return _found(tokens, "quantity", number.first, after, number, unit=units[form])
    return None


def _million(tokens: Sequence[Token], at: int, form: str) -> bool:
    """Whether `m` may be a million: where it touches the number (`290m`), or is a capital."""
    return form == "m" and (tokens[at].text != form or touches(tokens[at - 1], tokens[at]))


def _count(tokens: Sequence[Token], number: Number) -> Found | None:
    """A number of things or people: `412,000 cars`, `three ministers`, `14 killed`. What is no count: a year, an age, a
    time, a score, a number after a name (`Flight 302`), and one that nothing is counted by."""
    at = number.after
    if number.low == 1 or _of_a_name(tokens, number.first):
        return None
    for place in range(at, min(len(tokens), at + 4)):
        token = tokens[place]
        word = token.norm
        if word in _UNCOUNTED or (token.kind == "mark" and token.text not in HYPHENS):
            return None
        if word in _BEFALLEN and place == at:
            return _found(tokens, "count", number.first, place + 1, number, unit=word)
        if token.kind == "number" or word in words("closed_class"):
            return None
        if word in _PLURALS or word.endswith("men") or singular(word) != word:
            return _found(tokens, "count", number.first, place + 1, number, unit=singular(word))
    return None


def _found(
    tokens: Sequence[Token],
    kind: str,
    first: int,
    after: int,
    number: Number,
    unit: str | None = None,
) -> Found:
    if number.high > number.low and _before(tokens, first) == "between":
        first -= 1
    qualifier, begin = _hedge(tokens, first)
    return Found(kind, begin, after, number, unit, qualifier)


def _hedge(tokens: Sequence[Token], first: int) -> tuple[str | None, int]:
    """The hedge that ends right before a place, and where it starts."""
    hedges = mapping("hedges")
    for begin in range(max(0, first - _LONGEST_HEDGE), first):
        found = hedges.get(" ".join(token.norm for token in tokens[begin:first]))
        if found:
            return found, begin
    return None, first


def _hyphen(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text in HYPHENS and touches(tokens[at - 1], tokens[at])


def _signed(tokens: Sequence[Token], number: Number) -> Number:
    """The number with the minus before it: `-5 °C`, `minus five percent`."""
    at = number.first
    sign = tokens[at - 1] if at else None
    touching = sign and sign.text in {"-", "−"} and touches(sign, tokens[at])
    alone = at < 2 or not touches(tokens[at - 2], tokens[at - 1])
    if sign and alone and (touching or sign.norm in {"minus", "negative"}):
        return number._replace(first=at - 1, low=-number.high, high=-number.low)
    return number


def _of_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number belongs to what stands before it: a name, a hyphen, a point, a stroke."""
    if not at:
        return False
    before = tokens[at - 1]
    if before.kind == "mark":
        return touches(before, tokens[at]) and before.text not in '(“"‘'
    return before.capitalised and before.norm not in words("closed_class") and _hedge(tokens, at)[0] is None


def _before(tokens: Sequence[Token], at: int) -> str:
    return tokens[at - 1].norm if at else ""


def _measured(sentence: Sentence, figure: Found) -> Measured:
    if figure.kind != "money":
        return Measured(None, None)
    return measured(sentence.tokens, figure.first, figure.after)


def _converted(before: tuple[Sentence, Found], then: tuple[Sentence, Found]) -> bool:
    """Whether a sum in parentheses is the one before it in another currency: `42 million pesos ($720,000)`."""
    (sentence, sum_before), (other, sum_then) = before, then
    at, tokens = sum_before.after, sentence.tokens
    return (
        sentence is other
        and sum_before.kind == sum_then.kind == "money"
        and sum_then.first == at + 1
        and tokens[at].text == "("
        and sum_then.after < len(tokens)
        and tokens[sum_then.after].text == ")"
        and (sum_before.currency, sum_before.denomination) != (sum_then.currency, sum_then.denomination)
    )


def _row(document: Document, sentence: Sentence, figure: Found, of: Measured, subject: Subject | None) -> Row:
    tokens = sentence.tokens
    start, end = tokens[figure.first].start, tokens[figure.after - 1].end
    money = figure.kind == "money"
    state = circumstances(tokens, figure.first, figure.after, of) if money else Circumstances(None, None, None)
    itself = called(tokens, figure.first, figure.after) if money else None
    return document.row(
        start,
        end,
        kind=figure.kind,
        low=figure.number.low,
        high=figure.number.high,
        step=max(figure.number.step, document.house.tolerance * abs(figure.number.high)),
        unit=state.rate if money else figure.unit,
        currency=figure.currency,
        denomination=figure.denomination,
        qualifier=figure.qualifier,
        subject=subject.words if subject else None,
        subject_key=subject.key if subject else None,
        thing=subject.kind if subject else None,
        named=subject.name if subject else None,
        about=subject.about if subject else None,
        called=itself.kind if itself else None,
        taken_up=bool(itself and itself.taken_up),
        modifiers=" ".join(itself.modifiers) or None if itself else None,
        owner=itself.owner if itself else None,
        measure="value" if of.measure == "budget" else of.measure,
        phase=state.phase or ("budgeted" if of.measure == "budget" else None),
        as_of=_dated(document, state.as_of),
        speaker=_speaker(tokens, figure.first) if of.stated else None,
        notation=_notation(tokens[figure.first : figure.after], figure),
        headline=sentence.kind in {"headline", "heading"},
        opening=sentence.start == document.lead,
        quoted=document.quoted.overlaps(start, end),
    )


def _notation(tokens: Sequence[Token], figure: Found) -> str | None:
    """How a share, or a sum of a known currency, is written: with a sign, a code, or the words `per cent`. Letters that
    stand for a currency before a number are a sign (`Rs`), whatever country they lead with (`KSh`)."""
    norms = [token.norm for token in tokens]
    if figure.kind == "percent":
        return "per cent" if norms[-2:] == ["per", "cent"] else norms[-1] if norms[-1] in _PERCENT else None
    signs = [token.text for token in tokens if len(token.text) == 1 and category(token.text) == "Sc"]
    coded = figure.currency if figure.currency in {token.text for token in tokens} else None
    if signs or coded or not figure.currency:
        return None if signs and coded else coded or (signs[0] if signs else None)
    return _letters(tokens[figure.number.first - figure.first - 1]) if figure.number.first > figure.first else None


def _letters(sign: Token) -> str | None:
    """The letters that stand for a currency before a number, in the form of their list."""
    if not sign.capitalised or len(sign.text) > _LONGEST_SIGN:
        return None
    return "Sh" if sign.norm.endswith(("sh", "shs")) else "Rs" if sign.norm == "re" else sign.text


def _dated(document: Document, as_of: str | None) -> str | None:
    """`last year` as the year that it was when the article was published, where that is known."""
    published = document.article.published
    steps = {"last year": -1, "this year": 0, "next year": 1}
    if as_of in steps and published and published.day:
        return str(int(published.day[:4]) + steps[as_of])
    return as_of


def _speaker(tokens: Sequence[Token], first: int) -> str | None:
    """Who states the figure in its sentence, case folded: after `according to`, or before the nearest verb of
    saying."""
    near = range(max(0, first - REACH), min(len(tokens), first + REACH))
    for at in near[:-2]:
        if tokens[at].norm == "according" and tokens[at + 1].norm == "to":
            return _words_of(phrase_at(tokens, at + 2))
    saying = [at for at in near if tokens[at].norm in _SAYING]
    if not saying:
        return None
    return _words_of(phrase_before(tokens, min(saying, key=lambda at: (at > first, abs(at - first)))))


def _words_of(phrase: Phrase | None) -> str | None:
    if phrase is None:
        return None
    return phrase.name or " ".join((*phrase.modifiers, phrase.head or "")).strip() or None
