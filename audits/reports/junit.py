"""The findings as JUnit's XML, as the xUnit plugin of Jenkins defines it (`junit-10.xsd`) and others read it.

An article is a suite, a finding a test that fails, by its severity; what is waived or held by the baseline is skipped,
an article without findings is one test that passes, a file that could not be read one in error. Tests are named by rule
and words, not by line, so that a viewer knows them again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from audits.findings import Finding, Findings, Rejection
from audits.reports.telling import quoted, reason
from audits.reports.text import place, visible


def render(document: Findings) -> str:
    """The document with a final newline. What XML cannot hold is shown as an escape (`\\x1b`)."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in document.findings:
        found[finding.anchor.path].append(finding)
    suites = [_article(article.path, found.pop(article.path, [])) for article in document.articles]
    suites += [_article(path, findings) for path, findings in sorted(found.items())]
    suites += [_unread(file) for file in document.rejected]
    totals = {name: str(sum(int(suite.get(name, 0)) for suite in suites)) for name in ("tests", "failures", "errors")}
    root = Element("testsuites", {"name": "Corrigenda", **totals})
    root.extend(suites)
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _article(path: str, findings: Iterable[Finding]) -> Element:
    cases = list(_cases(path, findings)) or [_case(path, "nothing found")]
    return _suite(path, cases)


def _cases(path: str, findings: Iterable[Finding]) -> Iterator[Element]:
    seen: Counter[str] = Counter()
    for finding in findings:
        name = f"{finding.rule}: {quoted(finding.anchor)}"
        seen[name] += 1
        case = _case(path, f"{name} ({seen[name]})" if seen[name] > 1 else name)
        if finding.status == "open":
            failure = SubElement(case, "failure", type=finding.severity, message=visible(finding.message))
            failure.text = "\n".join(_told(finding))
        else:
            SubElement(case, "skipped", message=f"{visible(finding.status)}: {reason(finding)}")
        yield case


def _told(finding: Finding) -> Iterator[str]:
    yield f"{place(finding.anchor)}: {finding.severity} {finding.rule} {visible(finding.message)}"
    yield quoted(finding.anchor)
    if finding.suggestion:
        yield f"→ {visible(finding.suggestion)}"
    yield from (f"{place(witness)}: {quoted(witness)}" for witness in finding.spans[1:])


def _unread(file: Rejection) -> Element:
    case = _case(file.path, "not read")
    SubElement(case, "error", type="rejected", message=visible(file.reason))
    return _suite(file.path, [case])


def _case(path: str, name: str) -> Element:
    return Element("testcase", classname=visible(path), name=name)


def _suite(path: str, cases: list[Element]) -> Element:
    counts: Mapping[str, str] = {
        total: str(sum(case.find(kind) is not None for case in cases))
        for total, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    suite = Element("testsuite", {"name": visible(path), "tests": str(len(cases)), **counts})
    suite.extend(cases)
    return suite
