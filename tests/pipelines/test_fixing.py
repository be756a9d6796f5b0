"""What is mended without asking, what is left, and that mending never makes an article worse."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits import waivers
from audits.findings import Findings
from audits.fixes import GRAVE
from audits.waivers import Waiver
from expectations.catalogue import catalogue
from pipelines.audit import audit
from pipelines.fixing import Fixes, fix
from pipelines.reading import Corpus, read_bytes, read_corpus, with_ids
from tests.test_seeds import ROOT

RULES = {name: rule for name, rule in catalogue().items() if rule.default}
TODAY = date(2026, 3, 14)


def corpus_of(texts: Mapping[str, str]) -> Corpus:
    return Corpus(with_ids(read_bytes(text.encode(), name) for name, text in texts.items()), ())


def mend(texts: Mapping[str, str], *accepted: Waiver, only: str | None = None) -> Fixes:
    settle = partial(waivers.settle, waivers=accepted, rules=RULES, today=TODAY)
    return fix(corpus_of(texts), RULES, [only] if only else RULES, settle)


def mended(texts: Mapping[str, str], *accepted: Waiver, only: str | None = None) -> dict[str, str]:
    """The texts as they are mended."""
    changed = {fixed.article.path: fixed.text for fixed in mend(texts, *accepted, only=only).articles}
    return {**texts, **changed}


# What stands in a paragraph, and what of it is mended; where nothing is given, it stays.
MENDED = {
    "weekday": ("It left on Tuesday, March 4, 2026.", "It left on Wednesday, March 4, 2026."),
    "weekday, short": ("It left on Tue., 4 March 2026.", "It left on Wed., 4 March 2026."),
    "weekday behind": ("It left on 4 March 2026, a Tuesday.", "It left on 4 March 2026, a Wednesday."),
    "weekday in parentheses": ("It left on 4 March 2026 (Tuesday).", "It left on 4 March 2026 (Wednesday)."),
    "weekday, numbers": ("A tender is due on Tuesday, 25/03/2026.", "A tender is due on Wednesday, 25/03/2026."),
    "no year": ("It left on Tuesday, March 4, for the isles.", None),
    "two readings": ("It left on Tuesday, 03/04/2026, for the isles.", None),
    "doubled": ("It left with with eleven lorries.", "It left with eleven lorries."),
    "doubled at the beginning": ("The the pier is closed.", "The pier is closed."),
    "doubled pair": ("It lay in the in the harbour.", "It lay in the harbour."),
    "doubled thrice": ("It left with with with eleven lorries.", "It left with eleven lorries."),
    "grammar": ("It had had its day.", None),
    "range": ("It takes between 40-50 lorries a day.", "It takes between 40 and 50 lorries a day."),
    "misread": ("The cafÃ© of MÃ¼ller opened.", "The café of Müller opened."),
    "misread apostrophe": ("The boardâ€™s boat isnâ€™t late.", "The board’s boat isn’t late."),
    "misread marks": (
        "â€œThe tide turns,â€\x9d said Ana Reis, the harbour master. The cafÃ© opened.",
        "“The tide turns,” said Ana Reis, the harbour master. The café opened.",
    ),
    "lost": ("The caf\ufffd of M\ufffdller opened.", None),
    "unseen": ("It lies 5\xa0km up\u200bstream, in a clos\xaded dock.", "It lies 5 km upstream, in a closed dock."),
    "emoji": ("The board flew \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f that day.", None),
    "coded": ("Reis &amp; Sons sailed&nbsp;at noon&#8217;s bell.", "Reis & Sons sailed at noon’s bell."),
    "coded twice": ("Reis &amp;amp; Sons sailed.", "Reis & Sons sailed."),
    "coded tag": ("The page said &lt;strong&gt;late&lt;/strong&gt; again.", None),
    "less than": ("The draught was &lt; 4 metres.", None),
    "in quotation marks": ("“We took took with with the cafÃ© and 5\xa0km,” said Ana Reis, the harbour master.", None),
    "in single marks": ("The sign said 'mind the the step' in red.", None),
    "in a word in marks": ("The “the the” of the sign is wrong.", None),
    "beside a quotation": (
        "“The the tide turns,” said said Ana Reis, the harbour master.",
        "“The the tide turns,” said Ana Reis, the harbour master.",
    ),
    "in coded marks": ("The sign &quot;mind the the step&quot; is new.", 'The sign "mind the the step" is new.'),
    "in a block quotation": ("> The the tide turned at the cafÃ©.", None),
}


def article(words: str) -> str:
    return (
        f"Harbour news\n\nBy Ana Reis, 4 March 2026\n\nThe first boat left at dawn.\n\n{words}\n\nIt is due at noon.\n"
    )


@cache
def all_mended() -> dict[str, str]:
    return mended({f"{name}.txt": article(before) for name, (before, _) in MENDED.items()})


@pytest.mark.parametrize("name", MENDED)
def test_mends_what_is_safe(name: str) -> None:
    before, after = MENDED[name]
    assert all_mended()[f"{name}.txt"] == article(before if after is None else after)


def test_lines_of_the_page_go_with_their_newlines() -> None:
    lines = ["\ufeff3 min read", "Harbour news", "", "By Ana Reis, 4 March 2026", "", "Share this:", "It left.", ""]
    text = "\r\n".join([*lines, "Leave a Reply"])
    kept = ["\ufeffHarbour news", "", "By Ana Reis, 4 March 2026", "", "It left.", "", ""]
    assert mended({"a.txt": text}) == {"a.txt": "\r\n".join(kept)}


def test_markdown_and_its_front_matter_stay_as_they_are() -> None:
    matter = "---\ntitle: The the boat\ndate: 2026-03-04\nauthor: Ana Reis\n---\n\n"
    text = f"{matter}Reis &amp; Sons [sailed](https://a.example/the/the)  \nwith with *five* boats.\n"
    assert mended({"a.md": text}) == {"a.md": text.replace("with with", "with")}


def test_a_waived_finding_is_not_mended() -> None:
    text = article("It left with with eleven lorries, and and came back.")
    waiver = Waiver(rule="repeated-word", words="with with", reason="A refrain.")
    assert mended({"a.txt": text}, waiver) == {"a.txt": text.replace("and and", "and")}


def test_only_the_rules_that_are_chosen() -> None:
    text = article("The cafÃ© left with with eleven lorries.")
    assert mended({"a.txt": text}, only="repeated-word") == {"a.txt": text.replace("with with", "with")}


def test_what_would_bring_up_another_finding_is_left_and_counted() -> None:
    text = article("The sign says &quot;mind the step.") + "\nIt sailed with with five boats.\n"
    found = mend({"a.txt": text})
    assert [fixed.text for fixed in found.articles] == [text.replace("with with", "with")]
    assert (found.settled, found.left) == (1, 1)


def test_an_article_that_is_nothing_but_furniture_is_not_emptied() -> None:
    assert mended({"a.txt": "3 min read\n"}) == {"a.txt": "3 min read\n"}


def test_nothing_is_mended_in_a_text_that_is_no_file() -> None:
    """Offsets into an extraction say nothing of the file that it is from."""
    [read] = corpus_of({"a.txt": article("It left with with care.")}).articles
    extracted = replace(read, sha256="0" * 64)
    assert fix(Corpus((extracted,), ()), RULES, RULES, lambda document: document) == Fixes((), 0, 0)


def grave(document: Findings) -> dict[str, int]:
    """How many errors and warnings of each rule."""
    rules = [finding.rule for finding in document.findings if finding.severity in GRAVE]
    return {rule: rules.count(rule) for rule in rules}


def quoted(corpus: Corpus) -> list[str]:
    return sorted(audit(corpus, RULES).tables["quotations"]["text"])


def test_the_seeds_are_mended_once_and_nothing_comes_up() -> None:
    corpus = read_corpus([ROOT / "seeds"], ROOT)
    texts = {article.path: article.text for article in corpus.articles}
    after = mended(texts)
    assert after != texts
    assert mended(after) == after
    before, now = (grave(audit(corpus_of(each), RULES).findings) for each in (texts, after))
    assert {rule: count for rule, count in now.items() if count > before.get(rule, 0)} == {}
    assert quoted(corpus_of(after)) == quoted(corpus_of(texts))


PIECES = st.sampled_from(
    [
        *(before for before, _ in MENDED.values()),
        *("Share this:", "3 min read", "\ufeff", "> A quotation with with care.", "“", "”", "&quot;", "â€œ", "â€\x9d"),
        *("The board (BSB) met on Tuesday, 4 March 2026.", "The BSB is worth $40 million.", "Advertisement", "'"),
    ]
)
JOINTS = st.sampled_from([" ", "\n", "\n\n", "\r\n\r\n", "\r"])


TEXTS = st.lists(st.tuples(PIECES, JOINTS), min_size=1, max_size=12).map(
    lambda pieces: article("".join(piece + joint for piece, joint in pieces))
)


@pytest.mark.slow
@settings(max_examples=3)
@given(st.lists(TEXTS, min_size=8, max_size=8))
def test_mending_mends_once_and_never_makes_worse(invented: list[str]) -> None:
    before = {f"{number}.txt": text for number, text in enumerate(invented)}
    after = mended(before)
    assert mended(after) == after
    was, now = (grave(audit(corpus_of(texts), RULES).findings) for texts in (before, after))
    assert {rule for rule in now if rule not in was} == set()
