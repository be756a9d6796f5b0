"""A thread of its own for long work: one thing at a time, and nobody waits for it when the process ends."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue


class Worker:
    """Does the one thing that it is there for, as often as it is asked to; requests that come before it begins are
    one."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._asked: SimpleQueue[None] = SimpleQueue()
        self._next: Future[None] | None = None
        self._lock = threading.Lock()
        threading.Thread(target=self._run, name="audit", daemon=True).start()

    def ask(self) -> "Future[None]":
        """Have it done once more: what is done when, begins after now."""
        with self._lock:
            if self._next is None:
                self._next = Future()
                self._asked.put(None)
            return self._next

    def _run(self) -> None:
        while True:
            self._asked.get()
            with self._lock:
                done, self._next = self._next, None
            try:
                self._work()
            finally:
                if done is not None:
                    done.set_result(None)
