"""What commands write findings as: the formats' names, where each goes, and its bytes."""

import os
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.nearest import nearest
from pipelines.commands.common import UnusableError

if TYPE_CHECKING:
    from audits.findings import AuditedArticle, Findings
    from expectations.catalogue import Rule
    from pipelines.audit import Audit

FORMATS = ("text", "json", "sarif", "github", "rdjson", "junit", "gitlab", "csv", "md", "xlsx", "docx")
HELP = (
    f"Print the findings, or write them to FILE: {', '.join(FORMATS)}. May be given several times. "
    "sarif (2.1.0), rdjson (reviewdog), junit and gitlab (code quality) are for other tools; github prints annotations "
    "for GitHub Actions, and adds the whole to the summary of the job. "
    "docx=FOLDER writes a Word document for each article with findings, with a comment for each."
)
SUMMARY = "GITHUB_STEP_SUMMARY"  # the variable that names a step's file of Markdown for the job's summary

Outputs = Sequence[tuple[str, Path | None]]


def outputs(formats: Sequence[str], output: Path | None) -> list[tuple[str, Path | None]]:
    """Every format with its file; None is standard output, which one format can have.

    Raises UnusableError for an unknown format, and for files that do not go together.
    """
    chosen: list[tuple[str, Path | None]] = []
    for given in formats:
        name, equals, file = given.partition("=")
        if name not in FORMATS:
            raise UnusableError(f"no format {name!r}{nearest(name, FORMATS)}; the formats are {', '.join(FORMATS)}")
        if equals and not file:
            raise UnusableError(f"--format {given}: a file name is missing after '='")
        chosen.append((name, Path(file) if file else None))
    if ("docx", None) in chosen:
        raise UnusableError("a Word document is written for each article; give them a folder: --format docx=FOLDER")
    if output is not None:
        if len(chosen) != 1 or chosen[0][1] is not None:
            raise UnusableError("--output goes with a single --format NAME; for several, use --format NAME=FILE")
        chosen = [(chosen[0][0], output)]
    if ("xlsx", None) in chosen and sys.stdout.isatty():
        raise UnusableError("a spreadsheet is binary; give it a file: --format xlsx=FILE")
    if sum(file is None for _, file in chosen) > 1:
        raise UnusableError("only one format can go to standard output; give the others a file: --format NAME=FILE")
    if len({file and file.absolute() for _, file in chosen}) < len(chosen):
        raise UnusableError("two formats cannot go to one file")
    return chosen


def rendered(
    name: str, document: "Findings", rules: "Mapping[str, Rule]", texts: Mapping[str, str], *, colour: bool
) -> bytes:
    """The document in any format but docx. `rules` are those to declare, at least those that findings name; `texts`
    are the articles' by id."""
    if name == "xlsx":
        from audits.reports import xlsx

        return xlsx.render(document)
    return _rendered(name, document, rules, texts, colour=colour).encode("utf-8")


def _rendered(
    name: str, document: "Findings", rules: "Mapping[str, Rule]", texts: Mapping[str, str], *, colour: bool
) -> str:
    from audits.reports import csv, github, gitlab, json, junit, markdown, rdjson, sarif, text

    match name:
        case "json":
            return json.render(document)
        case "md":
            return markdown.render(document)
        case "junit":
            return junit.render(document)
        case "sarif":
            return sarif.render(document, rules, texts)
        case "text":
            return text.render(document, colour=colour, texts=texts)
    render = {"csv": csv.render, "github": github.render, "gitlab": gitlab.render, "rdjson": rdjson.render}[name]
    return render(document, texts)


def write_documents(outcome: "Audit", root: Path, folder: Path) -> None:
    """Write the Word documents with comments; `root` is what the articles' paths are relative to.

    Raises UnusableError where a document was changed since it was audited, or the folder cannot be written.
    """
    from audits.reports import docx
    from pipelines.audit import blocks_of, texts_of

    def original(article: "AuditedArticle") -> bytes | None:
        if not article.path.lower().endswith(".docx"):
            return None
        data = (root / article.path).read_bytes()
        if sha256(data).hexdigest() != article.sha256:
            raise UnusableError(f"{article.path}: was changed while it was audited; run the audit again")
        return data

    try:
        docx.write(outcome.findings, texts_of(outcome.tables), blocks_of(outcome.tables), original, folder)
    except OSError as error:
        raise UnusableError(
            f"the Word documents cannot be written: {error.filename or folder}: {error.strerror}"
        ) from None


def summarise(chosen: Outputs, document: "Findings") -> None:
    """Add the whole to the summary of the job, where a step of GitHub Actions prints annotations.

    Raises UnusableError where the summary's file cannot be written.
    """
    named = os.environ.get(SUMMARY)
    if not named or ("github", None) not in chosen:
        return
    from audits.reports import github

    file = Path(named)
    try:
        written = file.stat().st_size if file.exists() else 0
        with file.open("ab") as stream:
            stream.write(github.summary(document, github.SUMMARY_BYTES - written).encode("utf-8"))
    except OSError as error:
        raise UnusableError(f"{file}: cannot be written: {error.strerror}; {SUMMARY} names it") from None
