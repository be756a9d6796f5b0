"""Time that an extractor takes on text that is made to be slow."""

import time
from collections.abc import Callable

from pipelines.extraction.document import Document, Row
from tests.pipelines.extraction.documents import document


def grows_with_the_text(extract: Callable[[Document], list[Row]], unit: str) -> bool:
    """Whether ten times as much of a text takes little more than ten times as long, reading it not counted."""

    def seconds(length: int) -> float:
        read = document(unit * (length // len(unit)))
        _ = read.prose, read.quotes, read.quoted, read.dates
        start = time.process_time()
        extract(read)
        return time.process_time() - start

    return seconds(100_000) < 30 * seconds(10_000) + 1
