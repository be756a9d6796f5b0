"""Extraction on this machine: in this process, or in several where there is enough to share out."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context

from pipelines.extraction import Records, extract, gather
from pipelines.language.house import ANY, House
from pipelines.reading.article import Article

# Below this many articles a process costs more to start than it saves.
WORTH_SHARING = 64
CHUNK = 32

Told = Callable[[int, int], None]


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
    # spawn: the same on every platform, and safe beside threads
    with ProcessPoolExecutor(min(jobs, -(-len(articles) // CHUNK)), mp_context=get_context("spawn")) as pool:
        extracted = pool.map(extracting, articles, chunksize=CHUNK)
        meanwhile()
        return gather(_counted(extracted, len(articles), tell))


def _counted(extracted: Iterator[Records], total: int, tell: Told) -> Iterator[Records]:
    done = 0
    while batch := list(islice(extracted, CHUNK)):
        done += len(batch)
        tell(done, total)
        yield from batch
