"""Extraction on this machine: in this process, or in several where there is enough to share out."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from pipelines.extraction import Records, extract, gather
from pipelines.language.house import ANY, House
from pipelines.reading.article import Article

# Below this many articles a process costs more to start than it saves.
WORTH_SHARING = 64
CHUNK = 32

Told = Callable[[int, int], None]
Given = TypeVar("Given")
Made = TypeVar("Made")


def beside(work: Callable[[Given], Made], given: Given, meanwhile: Callable[[], None]) -> Made:
    """`work(given)` in a process of its own while `meanwhile()` runs in this one; `work` is a function of a module."""
    with _processes(1) as pool:
        made = pool.submit(work, given)
        meanwhile()
        return made.result()


def records(
    articles: Sequence[Article], jobs: int, tell: Told, meanwhile: Callable[[], None], house: House = ANY
) -> Records:
    """The records of the articles, by table, in the articles' order whatever the number of processes.

    `tell(done, total)` is called as articles are done. `meanwhile` is called once, in this process, as soon as other
    processes are at work (with one process: before it starts), so that slow imports pass beside extraction.
    """
    extracting = partial(extract, house=house)
    if jobs < 2 or len(articles) < WORTH_SHARING:
        meanwhile()
        return gather(_counted(map(extracting, articles), len(articles), tell))
    with _processes(min(jobs, -(-len(articles) // CHUNK))) as pool:
        extracted = pool.map(extracting, articles, chunksize=CHUNK)
        meanwhile()
        return gather(_counted(extracted, len(articles), tell))


def _processes(number: int) -> ProcessPoolExecutor:
    """Spawned: the same on every platform, and safe beside threads. Ctrl-C is for this process to handle alone."""
    return ProcessPoolExecutor(number, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))


def _counted(extracted: Iterator[Records], total: int, tell: Told) -> Iterator[Records]:
    done = 0
    while batch := list(islice(extracted, CHUNK)):
        done += len(batch)
        tell(done, total)
        yield from batch
