"""Two desks on one waivers file, at once: it holds exactly what was accepted, whoever came first."""

import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audits import waivers
from expectations.catalogue import catalogue
from tests.pipelines.desk.running import Running, corpus, key_in, running

pytestmark = pytest.mark.slow

SLOTS = ("[Name]", "[Rank]", "[City]", "[Surname]", "[first name]", "[Full name]", "[Date]", "[Number]")
COPY = "Ferry service resumes\n\nBy Ana Reis, 4 March 2025\n\n" + "\n\n".join(
    f"Number {number}: the harbour office names {slot} as the one to ask." for number, slot in enumerate(SLOTS)
)
BY_HAND = """\
# Agreed with the standards editor; this stays.
- rule: spelling-mixed   # the ship’s own name
  words: Harbor Queen
  reason: A proper name.
"""
EDITS = 200
PAGE = "/articles/ferry.html"
OPEN = re.compile(r'name="do" value="accept"><input type="hidden" name="finding" value="(\w+)"')
ACCEPTED = re.compile(
    r'id="f-(\w+)" data-place="[^"]*" tabindex="-1">\s*<details>'
    r'.*?<p class="waiver">(.*?)</p>.*?name="seen" value="(\w+)"',
    re.DOTALL,
)


class Editor:
    """Settles findings at random on the page as last seen, which the other editor may have made out of date."""

    def __init__(self, desk: Running, name: str, seed: int) -> None:
        self.desk, self.name, self.random = desk, name, random.Random(seed)
        self.accepted: list[str] = []
        self.undone: list[str] = []
        self.refused = 0

    def work(self, edits: int) -> None:
        page = self.desk.audited(PAGE).text
        key = key_in(page)
        for number in range(edits):
            if self.random.random() < 0.4:
                page = self.desk.ask(PAGE).text
            free, held = OPEN.findall(page), ACCEPTED.findall(page)
            assert len(free) + len(held) >= len(SLOTS)
            place = self.random.randrange(len(free) + len(held))
            if place < len(free):
                reason = f"{self.name} {number}"
                given = {"do": "accept", "finding": free[place], "reason": reason, "owner": self.name}
                said = self.accepted
            else:
                finding, reason, seen = held[place - len(free)]
                given = {"do": "undo", "finding": finding, "seen": seen}
                said = self.undone
            answer = self.desk.ask(PAGE, {"form": key, **given}, {"Origin": f"http://{self.desk.place}"})
            if answer.status == 303:
                said.append(reason)
            else:
                assert answer.status == 409, answer.text
                assert 'class="notice refused"' in answer.text
                self.refused += 1
                page = answer.text


def test_two_hundred_edits_and_undos_from_two_desks(tmp_path: Path) -> None:
    folder = corpus(tmp_path, {"ferry.txt": COPY})
    file = folder / "audits" / "waivers.yaml"
    file.parent.mkdir()
    file.write_text(BY_HAND, encoding="utf-8")
    done = threading.Event()

    def read_on() -> int:
        """The file is whole whenever anybody reads it."""
        times = 0
        while not done.wait(0.01):
            waivers.read(file, catalogue())
            times += 1
        return times

    with running(folder) as first, running(folder) as second, ThreadPoolExecutor(3) as pool:
        editors = [Editor(first, "first", 1), Editor(second, "second", 2)]
        reading = pool.submit(read_on)
        try:
            for work in [pool.submit(editor.work, EDITS // 2) for editor in editors]:
                work.result()
        finally:
            done.set()
        assert reading.result() > 0
    accepted = {reason for editor in editors for reason in editor.accepted}
    undone = [reason for editor in editors for reason in editor.undone]
    assert len(undone) == len(set(undone))  # what one has taken back, the other cannot
    assert set(undone) <= accepted
    assert len(accepted) + len(undone) + sum(editor.refused for editor in editors) == EDITS
    kept, *written = waivers.read(file, catalogue()).waivers
    assert sorted(waiver.reason for waiver in written) == sorted(accepted - set(undone))
    assert len({waiver.finding for waiver in written}) == len(written)
    assert kept.words == "Harbor Queen"
    assert file.read_text(encoding="utf-8").startswith(BY_HAND)
    assert min(len(accepted), len(undone), sum(editor.refused for editor in editors)) > 5
