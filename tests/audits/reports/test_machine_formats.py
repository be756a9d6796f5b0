"""SARIF, reviewdog, GitHub, GitLab, JUnit and CSV: each valid by its own standard, whatever articles say."""

import csv as reader
import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

from audits.findings import Finding, Findings
from audits.reports import csv, github, gitlab, junit, rdjson, sarif
from expectations.catalogue import catalogue
from tests.audits.reports import hostile
from tests.audits.reports.hostile import PATHS, RULES, TEXTS

HERE = Path(__file__).parent
SCHEMAS = HERE / "schemas"
GOLDEN = HERE / "golden"


@pytest.fixture
def ill() -> Findings:
    return hostile.document()


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return loaded


def rendered(document: Findings) -> dict[str, str]:
    return {
        "hostile.sarif": sarif.render(document, RULES, TEXTS),
        "hostile.rdjson": rdjson.render(document, TEXTS),
        "hostile.github.txt": github.render(document, TEXTS),
        "hostile.gitlab.json": gitlab.render(document, TEXTS),
        "hostile.junit.xml": junit.render(document),
        "hostile.csv": csv.render(document, TEXTS),
    }


@pytest.mark.parametrize("name", sorted(rendered(hostile.document())))
def test_golden(ill: Findings, name: str) -> None:
    assert rendered(ill)[name].encode("utf-8") == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize("text", [text for name, text in rendered(hostile.document()).items() if ".csv" not in name])
def test_no_control_character_of_an_article_is_written_as_it_is(text: str) -> None:
    assert all(character == "\n" or character.isprintable() or character == "\u202e" for character in text)


def test_what_is_open_is_told_by_every_format(ill: Findings) -> None:
    open_ = [finding for finding in ill.findings if finding.status == "open"]
    results = run(ill)["results"]
    assert [r["properties"]["id"] for r in results if not r["suppressions"]] == [f.id for f in open_]
    assert len(json.loads(rdjson.render(ill, TEXTS))["diagnostics"]) == len(open_)
    assert len(json.loads(gitlab.render(ill, TEXTS))) == len(open_)
    assert len(github.render(ill, TEXTS).splitlines()) == len(open_) + len(ill.rejected)
    assert len(list(tree(ill).iter("failure"))) == len(open_)
    rows = list(reader.DictReader(StringIO(csv.render(ill, TEXTS), newline="")))
    assert [row["id"] for row in rows if row["status"] == "open"] == [f.id for f in open_]


@pytest.mark.parametrize("status", ["waived", "known"])
def test_what_is_waived_or_in_the_baseline_is_no_failure_in_any_format(ill: Findings, status: str) -> None:
    settled = replace(ill, findings=tuple(replace(f, status=status) for f in ill.findings), rejected=())
    assert all(result["suppressions"] for result in run(settled)["results"])
    assert json.loads(rdjson.render(settled, TEXTS))["diagnostics"] == []
    assert json.loads(gitlab.render(settled, TEXTS)) == []
    assert github.render(settled, TEXTS) == ""
    assert tree(settled).get("failures") == "0"
    assert len(list(tree(settled).iter("skipped"))) == len(ill.findings)


# SARIF


def run(document: Findings) -> dict[str, Any]:
    [only] = json.loads(sarif.render(document, RULES, TEXTS))["runs"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize("rules", [RULES, catalogue()], ids=["ours", "catalogue"])
def test_sarif_is_valid(ill: Findings, rules: Any) -> None:
    log = json.loads(sarif.render(ill, rules, TEXTS))
    assert list(Draft4Validator(schema("sarif-2.1.0.json")).iter_errors(log)) == []
    assert [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]] == list(rules)


def test_sarif_without_anything_found_is_valid(ill: Findings) -> None:
    log = json.loads(sarif.render(replace(ill, findings=(), rejected=()), RULES, TEXTS))
    assert list(Draft4Validator(schema("sarif-2.1.0.json")).iter_errors(log)) == []


def test_a_rule_is_declared_with_its_help_and_named_by_its_results(ill: Findings) -> None:
    found = run(ill)
    rules = found["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in found["results"])
    [declared] = [rule for rule in rules if rule["id"] == "valuation-conflict"]
    assert declared["shortDescription"]["text"] == "Two sums [of] {{one}} thing"
    assert declared["defaultConfiguration"] == {"enabled": True, "level": "error"}
    assert declared["properties"]["tags"] == ["dates", "within"]
    assert declared["help"]["markdown"].startswith("# Two sums")


def regions(document: Findings) -> Iterator[tuple[str, dict[str, Any]]]:
    for result in run(document)["results"]:
        for where in (*result["locations"], *result.get("relatedLocations", ())):
            place = where["physicalLocation"]
            yield place["artifactLocation"]["uri"], place["region"]


def test_a_region_is_where_the_words_stand_and_a_byte_order_mark_does_not_count(ill: Findings) -> None:
    texts = {sarif.uri(PATHS[name]): text.removeprefix("\ufeff") for name, text in TEXTS.items()}
    for uri, region in regions(ill):
        text = texts[uri]
        start = region["charOffset"]
        end = start + region["charLength"]
        assert text[start:end] == region["snippet"]["text"]
        lines = text.replace("\r\n", "\0\n").replace("\r", "\n").replace("\0\n", "\r\n").split("\n")
        for offset, line, column in (
            (start, region["startLine"], region["startColumn"]),
            (end, region["endLine"], region["endColumn"]),
        ):
            assert sum(len(before) + 1 for before in lines[: line - 1]) + column - 1 == offset


def test_a_mark_at_the_head_of_the_file_moves_no_column_of_the_first_line(ill: Findings) -> None:
    first = replace(ill, findings=(hostile.finding(9, "number-style", "note", hostile.span("quay", "Quay")),))
    [(_, region)] = regions(first)
    assert (region["startColumn"], region["endColumn"], region["charOffset"]) == (3, 7, 2)


def test_uris_are_relative_and_lead_back_to_the_path(ill: Findings) -> None:
    for artifact, path in zip(run(ill)["artifacts"], PATHS.values(), strict=True):
        uri = artifact["location"]["uri"]
        parts = urlsplit(uri)
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        assert parts.path == uri
        assert unquote(uri) == path
        assert uri.isascii()


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_any_path_leads_back_from_its_uri(path: str) -> None:
    assert unquote(sarif.uri(path), errors="strict") == path


def test_witnesses_are_related_locations_that_the_message_links_to(ill: Findings) -> None:
    [conflict] = [result for result in run(ill)["results"] if result["ruleId"] == "valuation-conflict"]
    assert [related["id"] for related in conflict["relatedLocations"]] == [1, 2]
    assert [related["message"]["text"] for related in conflict["relatedLocations"]] == ["“$7 million”", "“=cmd()”"]
    assert conflict["message"]["text"].endswith(" See [-dock\\\\xff.txt:4](1), [news/a b#%,::error:: 'quay'.txt:5](2).")


def test_words_of_an_article_are_no_link_and_no_placeholder_of_a_message() -> None:
    assert sarif.plain("{0} [here](javascript:x)") == "{{0}} [here] (javascript:x)"


def test_fingerprints_are_of_the_words_and_differ_within_an_article(ill: Findings) -> None:
    def prints(document: Findings) -> list[tuple[str, dict[str, str]]]:
        return [(r["properties"]["id"], r["partialFingerprints"]) for r in run(document)["results"]]

    def moved(finding: Finding) -> Finding:
        return replace(finding, spans=tuple(replace(span, line=span.line + 7, column=1) for span in finding.spans))

    before = prints(ill)
    assert prints(replace(ill, findings=tuple(map(moved, ill.findings)))) == before
    by_id = dict(before)
    assert by_id["0000000000000006"]["corrigendaWords/v1"] == "f000000000000002:1"
    assert by_id["000000000000000a"]["corrigendaWords/v1"] == "f000000000000002:2"


def test_waivers_and_the_baseline_are_suppressions_with_their_reason(ill: Findings) -> None:
    found = [result["suppressions"] for result in run(ill)["results"] if result["suppressions"]]
    assert found == [
        [{"kind": "external", "status": "accepted", "justification": "Held by the baseline."}],
        [{"kind": "external", "status": "accepted", "justification": "Agreed: {so} [be](it)\\x00."}],
    ]


def test_a_fix_is_offered_where_the_text_is_the_file(ill: Findings) -> None:
    [fix] = [result["fixes"] for result in run(ill)["results"] if "fixes" in result]
    [replacement] = fix[0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "Wednesday"}
    assert (replacement["deletedRegion"]["startLine"], replacement["deletedRegion"]["startColumn"]) == (3, 4)
    assert not any("fixes" in result for result in run(extracted(ill))["results"])


def extracted(document: Findings) -> Findings:
    """The document as if the articles' texts had been read out of files of another format."""
    return replace(document, articles=tuple(replace(article, sha256="0" * 64) for article in document.articles))


def test_words_in_an_extracted_text_have_no_place_in_the_file(ill: Findings) -> None:
    document = extracted(ill)
    results = run(document)["results"]
    log = json.loads(sarif.render(document, RULES, TEXTS))
    assert list(Draft4Validator(schema("sarif-2.1.0.json")).iter_errors(log)) == []
    assert "region" not in str(results)
    assert results[0]["locations"][0]["message"]["text"] == "Line 3 of its text: “$9 million\\x1b[31m”."
    diagnostics = json.loads(rdjson.render(document, TEXTS))["diagnostics"]
    assert all(set(diagnostic["location"]) == {"path"} for diagnostic in diagnostics)
    assert not any("suggestions" in diagnostic for diagnostic in diagnostics)
    assert diagnostics[0]["message"].endswith("Line 3 of its text: “$9 million\\x1b[31m”.")
    issues = json.loads(gitlab.render(document, TEXTS))
    assert list(Draft202012Validator(schema("gitlab.json")).iter_errors(issues)) == []
    assert all(issue["location"]["lines"] == {"begin": 1} for issue in issues)
    assert not any("line" in properties for _, properties, _ in commands(github.render(document, TEXTS)))


def test_a_witness_in_an_article_that_is_not_judged_is_taken_by_the_name_of_its_file(ill: Findings) -> None:
    conflict = ill.findings[0]
    judged = replace(ill, articles=tuple(a for a in ill.articles if a.id != "quay"), findings=(conflict,))
    [result] = run(judged)["results"]
    assert "region" in result["relatedLocations"][1]["physicalLocation"]
    page = replace(conflict, spans=(*conflict.spans[:2], replace(conflict.spans[2], path="quay.HTML")))
    [result] = run(replace(judged, findings=(page,)))["results"]
    assert "region" not in result["relatedLocations"][1]["physicalLocation"]


def test_files_that_were_not_read_are_notifications(ill: Findings) -> None:
    [invocation] = run(ill)["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "Not read: not UTF-8 ::error::at byte 0"


# reviewdog


def test_rdjson_is_valid(ill: Findings) -> None:
    result = json.loads(rdjson.render(ill, TEXTS))
    assert list(Draft202012Validator(schema("rdjson.json")).iter_errors(result)) == []


def test_columns_of_rdjson_are_bytes_with_the_end_exclusive(ill: Findings) -> None:
    lines = {PATHS[name]: text.encode().splitlines() for name, text in TEXTS.items()}
    for diagnostic, finding in zip(
        json.loads(rdjson.render(ill, TEXTS))["diagnostics"],
        (finding for finding in ill.findings if finding.status == "open"),
        strict=True,
    ):
        where = diagnostic["location"]["range"]
        line = lines[diagnostic["location"]["path"]][where["start"]["line"] - 1]
        words = line[where["start"]["column"] - 1 : where["end"]["column"] - 1]
        assert words.decode() == finding.anchor.text


# GitHub


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """As the runner reads them: of each line its command, the properties and the message, unescaped."""

    def unescaped(value: str, codes: dict[str, str]) -> str:
        for code, character in codes.items():
            value = value.replace(code, character)
        return value.replace("%25", "%")

    data = {"%0D": "\r", "%0A": "\n"}
    found = []
    for line in text.split("\n")[:-1]:
        assert line.startswith("::")
        head, _, message = line[2:].partition("::")
        name, _, properties = head.partition(" ")
        pairs = (pair.split("=", 1) for pair in properties.split(","))
        named = {key: unescaped(value, data | {"%3A": ":", "%2C": ","}) for key, value in pairs}
        found.append((name, named, unescaped(message, data)))
    return found


def test_commands_hold_what_was_said_and_nothing_else(ill: Findings) -> None:
    found = commands(github.render(ill, TEXTS))
    assert [name for name, _, _ in found] == ["error", "error", "error", "warning", "notice", "notice"]
    _, properties, message = found[3]
    assert properties == {
        "file": PATHS["quay"],
        "line": "4",
        "endLine": "4",
        "col": "1",
        "endColumn": "33",
        "title": "Corrigenda: spelling-mixed",
    }
    assert message.startswith("“::error::gone %0A::warning::\\u202eסוף” is wrong, 100%0A.")


@given(st.text(), st.text())
def test_a_command_is_one_line_that_reads_back(value: str, message: str) -> None:
    line = github.command("error", {"file": value}, message)
    assert "\n" not in line
    assert "\r" not in line
    assert commands(f"{line}\n") == [("error", {"file": value}, message)]


def many(document: Findings, severity: Any, number: int) -> tuple[Finding, ...]:
    span = hostile.span("pier", "TBC")
    return tuple(hostile.finding(n, "number-style", severity, span) for n in range(100, 100 + number))


def test_ten_of_a_kind_are_annotations_and_the_others_are_left_to_the_summary(ill: Findings) -> None:
    crowd = replace(ill, findings=(*many(ill, "error", 14), *many(ill, "warning", 11), *many(ill, "note", 10)))
    *lines, last = github.render(crowd, TEXTS).splitlines()
    names = [line[2:].partition(" ")[0] for line in lines]
    assert {name: names.count(name) for name in names} == {"error": 10, "warning": 10, "notice": 10}
    assert last == "5 errors, 1 warning more: see the summary of the job."
    assert github.summary(crowd).count("- 🔴") == 14


def test_words_over_several_lines_have_no_columns(ill: Findings) -> None:
    opened = replace(ill, findings=tuple(replace(f, status="open") for f in ill.findings), rejected=())
    long = next(p for _, p, m in commands(github.render(opened, TEXTS)) if m.startswith("“<script>"))
    assert (long["line"], long["endLine"]) == ("4", "5")
    assert "col" not in long


@pytest.mark.parametrize("most", [0, 50, 300, 1000, 4000])
def test_a_summary_is_cut_between_lines(ill: Findings, most: int) -> None:
    whole = github.summary(ill)
    short = github.summary(ill, most)
    assert len(short.encode()) <= most
    assert short == whole or not short or (short.endswith(github.CUT) and whole.startswith(short[: -len(github.CUT)]))


def test_a_summary_of_many_findings_is_small_enough_for_github(ill: Findings) -> None:
    crowd = replace(ill, findings=many(ill, "error", 20_000))
    assert 1_000_000 < len(github.summary(crowd).encode()) <= 1024 * 1024


# GitLab


def test_gitlab_is_valid_and_its_fingerprints_are_unique(ill: Findings) -> None:
    twice = replace(ill, findings=(*ill.findings, *ill.findings))
    issues = json.loads(gitlab.render(twice, TEXTS))
    assert list(Draft202012Validator(schema("gitlab.json")).iter_errors(issues)) == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert {issue["severity"] for issue in issues} == {"major", "minor", "info"}


# JUnit


def tree(document: Findings) -> Any:
    return etree.fromstring(junit.render(document).encode("utf-8"))


def test_junit_is_valid(ill: Findings) -> None:
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(tree(ill))


def test_a_suite_counts_its_cases_and_an_article_without_findings_passes(ill: Findings) -> None:
    suites = {suite.get("name"): suite for suite in tree(ill)}
    assert list(suites)[:4] == [PATHS["quay"].replace("\n", " "), *list(PATHS.values())[1:]]
    quay = suites[PATHS["quay"].replace("\n", " ")]
    assert [quay.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["3", "2", "0", "1"]
    [passed] = suites["calm.txt"]
    assert len(passed) == 0


def test_tests_of_an_article_have_names_of_their_own(ill: Findings) -> None:
    names = [(case.get("classname"), case.get("name")) for case in tree(ill).iter("testcase")]
    assert len(set(names)) == len(names)
    assert ("=pier&\"<i>'.txt", "number-style: “@SUM(1)” (2)") in names


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_whatever_an_article_says_junit_is_xml(words: str) -> None:
    ill = hostile.document()
    said = replace(ill.findings[0], message=words, waiver=words)
    document = replace(ill, findings=(said, replace(said, status="waived")))
    assert tree(document).get("failures") == "1"


# CSV


def test_csv_is_rfc_4180(ill: Findings) -> None:
    text = csv.render(ill, TEXTS)
    assert text.count("\r\n") == text.count("\n") == len(ill.findings) + 1
    rows = list(reader.reader(StringIO(text, newline=""), strict=True))
    assert tuple(rows[0]) == csv.COLUMNS
    assert {len(row) for row in rows} == {len(csv.COLUMNS)}


@given(st.text(st.characters(codec="utf-8"), max_size=20), st.sampled_from(["", " ", "\t", "\r", "\n", "\u00a0"]))
def test_no_cell_is_a_formula(words: str, before: str) -> None:
    ill = hostile.document()
    said = [replace(ill.findings[0], message=f"{before}{sign}{words}") for sign in "=+-@\t\r＝"]
    text = csv.render(replace(ill, findings=tuple(said)), TEXTS)
    for row in reader.reader(StringIO(text, newline=""), strict=True):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)
