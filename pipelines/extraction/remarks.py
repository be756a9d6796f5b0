"""Remarks of a chat assistant: what it says to the writer about the text, and the codes of its interface.

Three kinds of evidence. Codes and set phrases are nobody else's. A preface (`Here is a polished draft …:`) needs the
frame, a word for a text, and a word for what was done to it. An offer, or a note of what was done (`I can shorten it`),
counts in an article that nowhere else speaks as `I`: in a column they may be the columnist's.
"""

from collections.abc import Iterator
from itertools import pairwise

from pipelines.extraction.document import Document, Sentence
from pipelines.extraction.mark import Mark
from pipelines.language.assistants import OPENER, is_preface, set_phrase
from pipelines.language.patterns import pattern
from pipelines.reading.article import PROSE

_CODE_FAULT = "it is a code of a chat assistant’s interface"
_WORDS_FAULT = "a chat assistant speaks to the writer"
# Without one of these a sentence speaks to nobody.
_CUES = frozenset(
    {"i", "i'm", "i've", "i'd", "i'll", "me", "my", "you", "you're", "you've", "you'd", "you'll", "your"}
    | {"here", "here's", "below", "following", "please", "note", "hope", "disclaimer", "based", "this"}
)
_SELF = frozenset({"i", "i'm", "i've", "i'd", "i'll"})

# ---- codes

_CODES = pattern(
    r"\b(?:cite)?turn\d+(?:search|news|view|image|file|academia|fetch|product|maps?|forecast|finance|sports)\d+"
    r"|:?\bcontentReference\[[^\[\]]{0,60}\](?:\{[^{}]{0,40}\})?"
    r"|\boai_?cite\b[:\]\w=}{]*"
    r"|[?&]utm_source=(?:chatgpt|chat\.openai|openai|perplexity|copilot|gemini|claude|grok)(?:\.\w+)?"
    r"|【\d{1,3}(?::\d{1,3})?†[^【】]{0,60}】"
    r"|[\x{E200}-\x{E20F}]+"
    r"|\[cite_start\]|\[/?INST\]|\[(?:attached_file|web_search|file):\d+\]"
    r"|</?think(?:ing)?>|<\|[a-z_]{2,20}\|>|</?(?:antArtifact|antThinking|grok:render)\b[^<>]{0,80}>"
    r"|\bsandbox:/mnt/data/[^\s)\]]{1,120}"
)

_SAID = pattern(r"[*_#\s]*(?:ChatGPT|Claude|Gemini|Copilot|Grok|Assistant|User|You) said:?[*_\s]*")

# ---- labels

_OPENS = pattern(rf"{OPENER}[,!.:]*", ignore_case=True)
_LABEL = pattern(
    r"[*_#\s]*(?:rewritten|re-written|polished|reworded|rephrased|paraphrased|humani[sz]ed|revised|refined|improved|"
    r"condensed|shortened|optimi[sz]ed|neutral|edited|suggested|alternative|updated)\s(?:\pL+\s)?"
    r"(?:version|draft|article|text|headlines?|copy|rewrite|paragraph|story|lede|summary)"
    r"\s?(?:\([^()]{1,60}\))?:[*_\s]*",
    ignore_case=True,
)
LONGEST_LABEL = 120

# ---- offers, and notes of what was done

_WORK = (
    r"(?:rewrite|re-write|revise|edit|polish|shorten|condense|expand|lengthen|restructure|reorgani[sz]e|reword|rephrase|"
    r"summari[sz]e|adjust|tweak|tailor|remove|add|include|incorporate|format|tighten|simplify|trim|draft|write|translate|"
    r"provide|create|generate|suggest|refine|(?:turn|make) (?:it|this)|change|help|convert|adapt|produce|prepare)"
)
_WORKED_ON = (
    r"(?:kept|keep|made|rewritten|rewrote|revised|edited|polished|shortened|condensed|expanded|restructured|"
    r"reorgani[sz]ed|reworded|rephrased|paraphrased|summari[sz]ed|adjusted|removed|added|included|incorporated|"
    r"preserved|maintained|retained|corrected|updated|formatted|tightened|streamlined|simplified|trimmed|clarified|"
    r"toned down|focused|used|changed|replaced|avoided|drafted|written|translated|structured|aimed|tried|ensured|left|"
    r"fixed|flagged|marked)"
)
_OF_TEXT = (
    r"(?:tone|draft|article|version|wording|structure|headlines?|paragraphs?|sentences?|word count|"
    r"key (?:facts|points|details)|quotes|language|style|piece|flow|readability|length|attributions?|clarity|sections?|"
    r"the (?:original|facts|meaning|text|copy|story|lede|intro|ending)|formatting|bullet points|citations|"
    r"placeholders?|summary|subheads?|subheadings?|if (?:needed|required|you (?:like|prefer|want|wish|need))|further)"
)
_IF_YOU_LIKE = r"if you(?:['’]d| would)? (?:like|prefer|want|wish|need)\b[^.!?]{0,80}, "
_OFFER = pattern(
    rf"(?:{OPENER}[,!.]+ )?(?:{_IF_YOU_LIKE})?(?:please )?"
    r"(?:I(?:(?:['’]ll| can| could| will)|(?:['’]d be|['’]m| am| would be) (?:happy|glad) to)|"
    rf"happy to|shall I|should I|let me) (?:also |then |gladly |further )?{_WORK}\b[^.!?]*\b{_OF_TEXT}\b",
    ignore_case=True,
)
_NOTE = pattern(
    rf"(?:{OPENER}[,!.]+ |(?:please )?note(?: that)?:? )?I(?:['’]ve| have|['’]ll)? (?:\pL+ly |also |now |only )?"
    rf"{_WORKED_ON}\b[^.!?]*\b{_OF_TEXT}\b",
    ignore_case=True,
)
_ASKED = pattern(
    rf"{_IF_YOU_LIKE}(?:just )?(?:let me know|tell me|say so)\b"
    r"|(?:please )?let me know (?:if|whether) (?:you|this|that|it|there)\b[^.!?]{0,80}[.!]$",
    ignore_case=True,
)


def find(document: Document) -> Iterator[Mark]:
    """Every remark outside quotation marks; neighbouring sentences of one paragraph are one remark."""
    yield from _codes(document)
    said = [sentence for sentence in document.sentences if not _CUES.isdisjoint(sentence.tokens.norms)]
    plain = [sentence for sentence in said if not document.quoted(sentence.start, sentence.end)]
    surely = [sentence for sentence in plain if _surely(document, sentence)]
    sure = {sentence.start for sentence in surely}
    perhaps = [s for s in plain if s.start not in sure and _perhaps(document, s)]
    known = sure | {sentence.start for sentence in perhaps}
    speaks = any(s.start not in known and not _SELF.isdisjoint(_unquoted(document, s)) for s in plain)
    found = surely if speaks else sorted([*surely, *perhaps], key=lambda sentence: sentence.start)
    yield from _joined(document, found)
    for _, block in document.blocks(*PROSE, "credit", "furniture"):
        if block.end - block.start < LONGEST_LABEL and any(
            form.fullmatch(document.text, block.start, block.end) for form in (_LABEL, _SAID)
        ):
            yield Mark(block.start, block.end, "remark", _WORDS_FAULT)


def _codes(document: Document) -> Iterator[Mark]:
    for match in _CODES.finditer(document.text):
        if not document.quoted(match.start(), match.end()):
            yield Mark(match.start(), match.end(), "remark", _CODE_FAULT)


def _unquoted(document: Document, sentence: Sentence) -> Iterator[str]:
    return (token.norm for token in sentence.tokens if not document.quoted(token.start, token.end))


def _surely(document: Document, sentence: Sentence) -> bool:
    match = set_phrase(document.text, sentence.start, sentence.end)
    said = match is not None and not document.quoted(match.start(), match.end())
    return said or is_preface(document.text, sentence.start, sentence.end)


def _perhaps(document: Document, sentence: Sentence) -> bool:
    return any(form.match(document.text, sentence.start, sentence.end) for form in (_OFFER, _NOTE, _ASKED))


def _joined(document: Document, found: list[Sentence]) -> Iterator[Mark]:
    """The sentences, those that follow each other in one block as one, each from the interjection before it on."""
    openers = {
        after.start: before.start
        for before, after in pairwise(document.sentences)
        if before.block == after.block and _OPENS.fullmatch(document.text, before.start, before.end)
    }
    run: list[Sentence] = []
    for sentence in found:
        if run and not (run[-1].block == sentence.block and _adjacent(document.text, run[-1].end, sentence.start)):
            yield Mark(openers.get(run[0].start, run[0].start), run[-1].end, "remark", _WORDS_FAULT)
            run = []
        run.append(sentence)
    if run:
        yield Mark(openers.get(run[0].start, run[0].start), run[-1].end, "remark", _WORDS_FAULT)


def _adjacent(text: str, left: int, right: int) -> bool:
    return not text[left:right].strip()
