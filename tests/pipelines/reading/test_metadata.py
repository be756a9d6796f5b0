"""Date, byline and source: by cases (metadata.yaml)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.reading import read_bytes
from tests.pipelines.reading.test_structure import PARAGRAPH

CASES = yaml.safe_load((Path(__file__).parent / "metadata.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_states(case: dict[str, Any]) -> None:
    parts = [
        "Ferry service resumes in the strait",
        case.get("header", ""),
        case.get("opening", "") + PARAGRAPH,
        PARAGRAPH,
        case.get("footer", ""),
    ]
    article = read_bytes("\n\n".join(parts).encode(), "article.txt")
    published = article.published
    assert (published and [published.stated.value, published.stated.place, published.day]) == case.get("published")
    assert (article.byline and article.byline.value) == case.get("byline")
    assert (article.source and article.source.value) == case.get("source")
    for stated in (published.stated if published else None, article.byline, article.source, article.headline):
        assert stated is None or article.text[stated.start : stated.end] == stated.value
