"""Repositories with published articles, and drafts for them."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

# Two sums for one bridge, and a weekday that is wrong: faults that stood there before.
PUBLISHED = {
    "bridge-opens.txt": """Saltby Bridge opens

3 March 2025

By Ana Reis

The Saltby Bridge, which cost $62 million, opened on Monday, 3 March 2025.
""",
    "bridge-tolls.txt": """Tolls for the bridge

10 March 2025

By Ana Reis

Lorries will pay to cross. The $65 million Saltby Bridge has been open for a week.
""",
    "quay.txt": """Quay closed

6 March 2025

By Tom Hale

The quay was closed on Tuesday, 5 March 2025, because of ice.
""",
    "rain.txt": """Rain over the coast

7 March 2025

By Tom Hale

It rained all morning, and nobody came.
""",
    "mayor.txt": """Mayor opens library

8 March 2025

By Tom Hale

The library has 4,000 books. The mayor read from one of them.
""",
}
DRAFT = """Bridge to be painted

12 March 2025

By Ana Reis

Work began on Monday, 11 March 2025. The $46 million Saltby Bridge is to be green, General [Name] said.
"""
MENDED = DRAFT.replace("Monday, 11", "Tuesday, 11").replace("$46", "$62").replace("[Name]", "Hale")


class Repository:
    """A git repository in a folder, with articles in `seeds`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str | Path) -> str:
        identity = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ["git", *identity, *map(str, arguments)], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def write(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            file = self.folder / "seeds" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")

    def commit(self, texts: Mapping[str, str] | None = None) -> str:
        self.write(texts or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Publish")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The working folder: a repository whose branch `main` has the published articles; `draft` is checked out."""
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path)
    (tmp_path / ".gitignore").write_text(".corrigenda/\n", encoding="utf-8")
    made.commit(PUBLISHED)
    made.git("checkout", "--quiet", "-b", "draft")
    return made
