"""What only a chat assistant says: set phrases, and prefaces to what it hands over (`Here is a polished draft …:`)."""

from functools import cache

from pipelines.language.lexicons import entries
from pipelines.language.patterns import Match, Pattern, pattern

_TEXT = (
    r"(?:articles?|drafts?|text|copy|piece|story|stories|report|rewrites?|versions?|paragraphs?|summary|summaries|"
    r"headlines?|lede|introduction|intro|outline|write-up|section|press release|post|blog post|passage|translation|"
    r"wording|essay|content)"
)
_DONE = (
    r"(?:rewritten|re-written|polished|reworded|rephrased|paraphrased|humani[sz]ed|fact-checked|optimi[sz]ed|tightened|"
    r"cleaned-up|streamlined|proofread|copy-?edited|reworked|restructured|refined|improved|revised|condensed|shortened|"
    r"expanded|neutral|concise|publication-ready|ready-to-publish|well-structured|professional|draft|sample|suggested|"
    r"simplified|plagiarism-free|engaging|updated|edited|corrected|shorter|longer|tighter|clearer|more \pL+)"
)
OPENER = (
    r"(?:sure(?: thing)?|certainly|of course|absolutely|great(?: question)?|understood|got it|no problem|okay|ok|done|"
    r"happy to help|thanks for [^.!,:]{1,40}|thank you for [^.!,:]{1,40})"
)
_FRAME = pattern(
    rf"(?P<opener>{OPENER}[,!.:–—-]+\s*)?"
    r"(?:here(?:['’]s| is| are)|below (?:is|are|you(?:['’]ll| will) find)|the following is|this is|please find below|"
    r"I(?:['’]ve| have) (?:prepared|written|drafted|created|put together))\s+"
    rf"(?P<what>(?:an?|the|your|my|some|\w+ )?\s?(?:[\pL\d’'-]+,?\s+){{0,6}}?{_TEXT})\b(?P<rest>.*)",
    ignore_case=True,
)
_WORKED = pattern(rf"\b{_DONE}\b", ignore_case=True)
_YOURS = pattern(r"\byour?\b", ignore_case=True)
_MANNER = pattern(
    r"\b(?:tone|key (?:facts|points|details)|word count|readability|house style|AP style|in \d+ words|"
    r"(?:around|about|under|approximately) \d+ words|requested|original (?:meaning|facts|article|text|draft))\b",
    ignore_case=True,
)
# What newsrooms do print edited, condensed or in full.
_PRINTED = pattern(
    r"(?:of|from) (?:\pL+['’]?s? ){0,4}?(?:speech|interview|conversation|transcript|letter|statement|remarks|talk|"
    r"lecture|address|essay|book|chapter|newsletter|podcast|bill|agreement|treaty|resolution|law|rules|question|answers?)"
    r"\b",
    ignore_case=True,
)


def set_phrase(text: str, start: int, end: int) -> Match | None:
    """The first phrase in the sentence `text[start:end]` that is nobody else's."""
    return _phrases().search(text, start, end)


def is_preface(text: str, start: int, end: int) -> bool:
    """Whether the sentence hands a text over: the frame, a word for a text, and a word for what was done to it."""
    match = _FRAME.fullmatch(text, start, end)
    if match is None or _PRINTED.match(match["rest"].lstrip(" ")):
        return False
    if match["opener"] or _YOURS.search(match["what"]) or _addressed(match):
        return True
    worked = _WORKED.search(match["what"]) is not None
    manner = _MANNER.search(match["rest"]) is not None
    return (worked and manner) or ((worked or manner) and text[end - 1] == ":")


def _addressed(match: Match) -> bool:
    """`a summary of your article`, `a draft that keeps your tone`."""
    return _YOURS.search(match["rest"]) is not None and _MANNER.search(match["rest"]) is not None


@cache
def _phrases() -> Pattern:
    phrases = (phrase.replace("'", "['’]") for phrase in entries("assistant_phrases"))
    return pattern("|".join(f"(?:{phrase})" for phrase in phrases), ignore_case=True)
