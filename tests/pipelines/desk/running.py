"""A desk as people start it: a process, asked over HTTP."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ARTICLE = """Ferry service resumes in the strait

By Ana Reis, 4 March 2025

The first boat left on Tuesday, March 3, 2025, with eleven lorries aboard. The harbour master, Captain [Name], said so.
"""
SLOT = "placeholder-unresolved"
DAY = "weekday-mismatch"
PATIENCE = 120.0
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Running:
    """A desk that runs: `url` is the link that it printed."""

    url: str
    process: "subprocess.Popen[str]"

    @property
    def place(self) -> str:
        return urlsplit(self.url).netloc

    def ask(
        self,
        path: str = "/",
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str | None = None,
    ) -> Answer:
        """What the desk answers, redirections as they are; `path` goes out as it is given."""
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port or 80, timeout=PATIENCE)
        try:
            body = None if form is None else urlencode(form)
            sent = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
            connection.request(method or ("GET" if form is None else "POST"), path, body, {**sent, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode())
        finally:
            connection.close()

    def audited(self, path: str = "/", headers: Mapping[str, str] | None = None) -> Answer:
        """The page, once there is one."""
        end = time.monotonic() + PATIENCE
        while (answer := self.ask(path, headers=headers)).status == 503:
            assert time.monotonic() < end, answer.text
            time.sleep(0.2)
        return answer

    def settle(self, path: str, **given: str) -> Answer:
        """A form of the page, sent as a browser sends it."""
        form = {"form": key_in(self.ask(path).text), **given}
        return self.ask(path, form, {"Origin": f"http://{self.place}", "Sec-Fetch-Site": "same-origin"})


def key_in(page: str) -> str:
    """What stands in every form of a page."""
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found, page
    return found[1]


def finding_in(page: str, rule: str) -> str:
    """The id of the first finding of a rule on a page."""
    found = re.search(rf'id="f-([0-9a-f]{{16}})"(?:(?!id="f-).)*?\b{rule}\b', page, re.DOTALL)
    assert found, f"no {rule} on the page"
    return found[1]


def seen_in(page: str, finding: str) -> str:
    """What the page has seen of the waivers of a finding."""
    found = re.search(rf'name="finding" value="{finding}">\s*<input type="hidden" name="seen" value="(\w+)"', page)
    assert found, f"{finding} cannot be undone on the page"
    return found[1]


def corpus(folder: Path, articles: Mapping[str, str] | None = None) -> Path:
    """A working folder with articles in `seeds`."""
    for name, text in (articles or {"ferry.txt": ARTICLE}).items():
        file = folder / "seeds" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return folder


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    """A desk on the articles in a folder, ended by Ctrl-C as people end it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pipelines.cli", "desk", "--port", "0", "--jobs", "1", *options]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, line + (process.stderr.read() if process.stderr else "")
            yield Running(found[0], process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
