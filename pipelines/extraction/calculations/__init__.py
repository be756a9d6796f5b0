"""Calculations: what a sentence states with the numbers that it comes from, checked against them.

`from 40 to 50, a rise of 25 per cent`; `60 boats: 10 tugs, 20 yawls and 30 rafts`; `512 of the 640, or 80 per cent`.
Every number stands for all that it can have been rounded from, and a hedge leaves a tenth open; a statement holds where
any of that fits. Where a sentence can be read in more ways than one, any reading that fits is enough.
"""

from collections.abc import Sequence

from pipelines.extraction.amounts import Amount, amounts
from pipelines.extraction.calculations.changes import check_changed, check_compared, check_up_by
from pipelines.extraction.calculations.checks import Checked, word_at
from pipelines.extraction.calculations.margins import check_margin, check_margin_again, votes_told
from pipelines.extraction.calculations.outcomes import (
    MOST_AMOUNTS,
    OF_THEM,
    check_decided,
    check_exceeded,
    check_remainder,
    check_shares,
    check_shares_decided,
    check_split,
    of_sentence_before,
)
from pipelines.extraction.calculations.rates import (
    check_by_the_period,
    check_converted,
    check_each,
    check_multiplied,
    check_rescaled,
)
from pipelines.extraction.calculations.shares import check_ratio, check_share, check_share_in_words
from pipelines.extraction.calculations.totals import check_parts, check_placed, check_totals, check_totals_of_kinds
from pipelines.extraction.document import Document, Row
from pipelines.language.numbers import holds_number, starts_number
from pipelines.language.tokens import Token

_LATER = 4  # sentences from votes to the margin between them
_POLLED = frozenset({"votes", "ballots", "margin", "majority"})


_READINGS = (
    *(
        check_changed,
        check_compared,
        check_up_by,
        check_margin,
        check_totals,
        check_totals_of_kinds,
        check_parts,
        check_decided,
        check_exceeded,
        check_placed,
        check_remainder,
    ),
    *(check_shares, check_shares_decided, check_share, check_share_in_words, check_ratio, check_each, check_rescaled),
    *(check_split, check_converted, check_by_the_period, check_multiplied),
)


def extract(document: Document) -> list[Row]:
    """Rows of the table `calculations`, in order of place, one a sentence: one that does not hold, if any."""
    rows = []
    last: Sequence[Token] = ()
    told: list[list[Amount]] = []
    for sentence in document.prose:
        tokens = sentence.tokens
        before, last = last, tokens
        numbers = sum(map(starts_number, tokens)) if holds_number(tokens) else 0
        several = numbers > 1 or (numbers and not _POLLED.isdisjoint(tokens.norms))
        read = amounts(tokens, document.text) if several else ()
        cast, told = [votes for some in told for votes in some], [*told[1 - _LATER :], votes_told(tokens, read)]
        if not 1 <= len(read) <= MOST_AMOUNTS:
            continue
        found: list[tuple[Sequence[Token], Checked]]
        found = [(tokens, checked) for checked in check_margin_again(tokens, read, cast)]
        if len(read) > 1:
            found += [(tokens, checked) for reading in _READINGS for checked in reading(tokens, read)]
            if word_at(tokens, 0) == "of" and word_at(tokens, 1) in OF_THEM:
                found += of_sentence_before(tokens, read, before, amounts(before, document.text))
        if not found:
            continue
        own, chosen = min(found, key=lambda pair: pair[1].holds)
        start, end = own[chosen.first].start, own[chosen.after - 1].end
        rows.append(
            document.row(
                start,
                end,
                kind=chosen.kind,
                stated=chosen.stated,
                reckoned=chosen.reckoned,
                holds=chosen.holds,
                quoted=document.quoted(start, start + 1) or document.quoted(end - 1, end),
            )
        )
    return rows
