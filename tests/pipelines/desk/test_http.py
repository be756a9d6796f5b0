"""The desk over HTTP: what is done, and what is refused."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from audits import waivers
from expectations.catalogue import catalogue
from tests.pipelines.desk.running import ARTICLE, DAY, SLOT, Running, corpus, finding_in, key_in, running, seen_in

pytestmark = pytest.mark.slow

PAGE = "/articles/ferry.html"
TOKEN = "a-token-of-the-newsroom"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Running]:
    with running(folder) as desk:
        desk.audited()
        yield desk


def notice(page: str) -> str:
    found = re.search(r'class="notice[^>]*>\s*<p dir="auto">(.*?)</p>', page, re.DOTALL)
    assert found, page
    return found[1]


def followed(desk: Running, location: str) -> str:
    return desk.ask(location.partition("#")[0]).text


def test_a_finding_is_accepted_and_opened_again(desk: Running, folder: Path) -> None:
    file = folder / "audits" / "waivers.yaml"
    finding = finding_in(desk.ask(PAGE).text, SLOT)
    answer = desk.settle(
        PAGE, do="accept", finding=finding, reason="Embargoed until <Friday>.", owner="A. Reis", until="2999-01-31"
    )
    assert answer.status == 303
    assert answer.headers["location"].startswith(f"{PAGE}?notice=")
    assert answer.headers["location"].endswith(f"#f-{finding}")
    page = followed(desk, answer.headers["location"])
    assert notice(page) == f"Accepted: {SLOT}, “[Name]”."
    assert "Embargoed until &lt;Friday&gt;." in page
    assert "<bdi>A. Reis</bdi>, until <time>2999-01-31</time>" in page
    [waiver] = waivers.read(file, catalogue()).waivers
    assert (waiver.rule, waiver.words, waiver.finding) == (SLOT, "[Name]", finding)

    again = desk.settle(PAGE, do="accept", finding=finding, reason="Mine.")
    assert again.status == 409
    assert notice(again.text) == (
        "It has been accepted meanwhile: “Embargoed until &lt;Friday&gt;.” (A. Reis). Nothing was written."
    )
    assert desk.settle(PAGE, do="undo", finding=finding, seen=seen_in(page, finding)).status == 303
    assert waivers.read(file, catalogue()).waivers == ()
    twice = desk.settle(PAGE, do="undo", finding=finding, seen=seen_in(page, finding))
    assert (twice.status, "open already" in notice(twice.text)) == (409, True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "  "}, "a waiver needs a reason"),
        ({"reason": "Yes.", "until": "2020-01-01"}, "2020-01-01 has passed"),
        ({"reason": "Yes.", "until": "<next> month"}, "“&lt;next&gt; month” is no day"),
    ],
)
def test_what_was_typed_is_kept_where_it_cannot_be_used(
    desk: Running, folder: Path, given: dict[str, str], said: str
) -> None:
    finding = finding_in(desk.ask(PAGE).text, SLOT)
    answer = desk.settle(PAGE, do="accept", finding=finding, owner='"Ana"', **given)
    assert answer.status == 409
    assert said in notice(answer.text)
    assert '<details class="accept" open>' in answer.text
    assert 'value="&#34;Ana&#34;"' in answer.text


def test_a_finding_that_is_not_there_cannot_be_accepted(desk: Running) -> None:
    answer = desk.settle(PAGE, do="accept", finding="0" * 16, reason="Yes.")
    assert (answer.status, "The finding is gone" in notice(answer.text)) == (409, True)


def test_a_waivers_file_that_people_have_broken_is_said_and_left_alone(desk: Running, folder: Path) -> None:
    file = folder / "audits" / "waivers.yaml"
    file.parent.mkdir(exist_ok=True)
    before = file.read_bytes() if file.exists() else b""
    file.write_text("- rule: [\n", encoding="utf-8")
    try:
        page = desk.ask(PAGE).text
        assert "waivers.yaml:2: is not YAML" in page
        answer = desk.settle(PAGE, do="accept", finding=finding_in(page, SLOT), reason="Yes.")
        assert (answer.status, "is not YAML" in notice(answer.text)) == (409, True)
        assert file.read_text(encoding="utf-8") == "- rule: [\n"
    finally:
        file.write_bytes(before)


def test_what_people_write_into_the_file_is_seen_at_the_next_page_and_can_be_undone(
    desk: Running, folder: Path
) -> None:
    file = folder / "audits" / "waivers.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"# ours\n- rule: {SLOT}\n  words: '[name]'\n  reason: House style.\n", encoding="utf-8")
    page = desk.ask(PAGE).text
    assert "House style." in page
    finding = finding_in(page, SLOT)
    file.write_text(file.read_text(encoding="utf-8").replace("House style", "Embargo"), encoding="utf-8")
    stale = desk.settle(PAGE, do="undo", finding=finding, seen=seen_in(page, finding))
    assert stale.status == 409
    assert notice(stale.text) == "The waiver has changed meanwhile, and stays: “Embargo.”."
    page = desk.ask(PAGE).text
    assert desk.settle(PAGE, do="undo", finding=finding, seen=seen_in(page, finding)).status == 303
    assert waivers.read(file, catalogue()).waivers == ()


def test_fixed_is_believed_once_the_words_are_gone(desk: Running, folder: Path) -> None:
    article = folder / "seeds" / "ferry.txt"
    page = desk.ask(PAGE).text
    finding, key = finding_in(page, DAY), key_in(page)
    form = {"form": key, "do": "fixed", "finding": finding}
    assert notice(followed(desk, desk.ask(PAGE, form).headers["location"])) == (
        f"Not mended yet: {DAY}, “Tuesday, March 3, 2025” still stands in line 5 of seeds/ferry.txt."
    )
    article.write_text(ARTICLE.replace("Tuesday", "Monday"), encoding="utf-8")
    try:
        page = followed(desk, desk.ask(PAGE, form).headers["location"])
        assert notice(page) == f"Mended: {DAY}, “Tuesday, March 3, 2025” is gone."
        assert finding not in page
    finally:
        article.write_text(ARTICLE, encoding="utf-8")
    assert finding in desk.ask(PAGE).text  # the page is of the file as it is


def test_a_new_article_is_audited_at_the_next_page(desk: Running, folder: Path) -> None:
    state = desk.ask("/state").text
    article = folder / "seeds" / "tram.txt"
    article.write_text(ARTICLE.replace("Ferry", "Tram"), encoding="utf-8")
    try:
        assert desk.ask("/articles/tram.html").status == 200
        assert desk.ask("/state").text != state
    finally:
        article.unlink()
    assert desk.ask("/articles/tram.html").status == 404
    assert desk.ask("/state").text == state


# ---- what is refused ----


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost@evil"])
def test_another_name_is_refused(desk: Running, host: str) -> None:
    answer = desk.ask("/", headers={"Host": host})
    assert answer.status in {400, 421}
    assert "Ferry" not in answer.text


def test_this_machine_s_names_are_not(desk: Running) -> None:
    port = desk.place.partition(":")[2]
    assert {desk.ask("/", headers={"Host": f"{name}:{port}"}).status for name in ("localhost", "127.0.0.1")} == {200}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://PLACE"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_from_another_site_is_refused(desk: Running, folder: Path, headers: dict[str, str]) -> None:
    page = desk.ask(PAGE).text
    form = {"form": key_in(page), "do": "accept", "finding": finding_in(page, SLOT), "reason": "Taken."}
    answer = desk.ask(PAGE, form, {name: value.replace("PLACE", desk.place) for name, value in headers.items()})
    assert (answer.status, "another site" in answer.text) == (403, True)
    file = folder / "audits" / "waivers.yaml"
    assert not file.exists() or "Taken." not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", [None, "", "x" * 43, "é"])
def test_a_form_without_the_desk_s_key_is_refused(desk: Running, key: str | None) -> None:
    form = {"do": "accept", "finding": finding_in(desk.ask(PAGE).text, SLOT), "reason": "Taken."}
    answer = desk.ask(PAGE, form if key is None else form | {"form": key})
    assert (answer.status, "not from this desk" in answer.text) == (403, True)


def test_other_ways_to_send_are_refused(desk: Running) -> None:
    form = {"form": key_in(desk.ask(PAGE).text), "do": "audit"}
    assert desk.ask(PAGE, form, {"Content-Type": "text/plain"}).status == 415
    assert desk.ask(PAGE, form | {"do": "rm"}).status == 400
    assert desk.ask(PAGE, form | {"reason": "x" * 100_000}).status == 413
    assert desk.ask(PAGE, {f"field{number}": "" for number in range(50)}).status == 400
    assert {desk.ask(PAGE, method=method).status for method in ("PUT", "DELETE", "PATCH")} == {405}


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/articles/../../seeds/ferry.txt",
        "/articles/..%2f..%2fseeds%2fferry.txt",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/articles/%00",
        "/seeds/ferry.txt",
        "/audits/waivers.yaml",
        "/base.html",
        "/settling.html",
        "/desk.css/../desk.js%00.html",
    ],
)
def test_nothing_is_served_but_the_report(desk: Running, path: str) -> None:
    answer = desk.ask(path)
    assert answer.status == 404
    assert "root:" not in answer.text
    assert "eleven lorries" not in answer.text


@pytest.mark.parametrize("path", ["/", PAGE, "/rules.html", "/report.js", "/desk.css", "/state", "/none.html", "/%zz"])
def test_every_answer_keeps_the_browser_to_the_desk(desk: Running, path: str) -> None:
    headers = desk.ask(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert "server" not in headers


def test_another_address_asks_for_the_token(tmp_path: Path) -> None:
    with running(corpus(tmp_path), "--host", "0.0.0.0", "--token", TOKEN) as desk:
        assert desk.url.endswith(f"?token={TOKEN}")
        port = desk.place.rpartition(":")[2]
        here = Running(f"http://127.0.0.1:{port}/", desk.process)
        for path in ("/", PAGE, "/report.css", "/state", "/?token=", f"/?token={TOKEN}x", "/?token=%C3%A9"):
            answer = here.ask(path)
            assert (answer.status, "asks for a token" in answer.text) == (403, True), path
        assert here.ask(PAGE, {"token": TOKEN, "do": "audit"}).status == 403
        entered = here.ask(f"{PAGE}?token={TOKEN}")
        assert (entered.status, entered.headers["location"]) == (303, "/")
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        known = {"Cookie": cookie.partition(";")[0]}
        assert "Ferry service" in here.audited("/", headers=known).text
        assert here.ask("/", headers={"Cookie": f"corrigenda-desk-{port}={TOKEN}x"}).status == 403
        assert here.ask("/", headers={**known, "Host": "evil.example"}).status == 421


def test_a_token_is_made_up_and_printed(tmp_path: Path) -> None:
    with running(corpus(tmp_path), "--host", "0.0.0.0") as desk:
        assert re.fullmatch(r"http://\S+:\d+/\?token=[\w-]{32}", desk.url)


# ---- how it ends ----


@pytest.mark.parametrize("audited", [True, False])
def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path, audited: bool) -> None:
    with running(corpus(tmp_path)) as desk:
        if audited:
            desk.audited()
        desk.process.send_signal(signal.SIGINT)
        _, err = desk.process.communicate(timeout=30)
        assert desk.process.returncode == 130
        assert err.strip() == "Stopped; what had been written before stands."
