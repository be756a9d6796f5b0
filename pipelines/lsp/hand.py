"""A thread of its own for long work: one thing after the other, and nobody waits for it when the process ends."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

Made = TypeVar("Made")


class Hand:
    """Does what it is given, in order."""

    def __init__(self) -> None:
        self._given: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        threading.Thread(target=self._run, name="judging", daemon=True).start()

    def do(self, work: Callable[[], Made]) -> "Future[Made]":
        """The future of what `work` makes, or raises; one that is cancelled before its turn is not begun."""
        made: Future[Made] = Future()
        self._given.put((work, made))
        return made

    def _run(self) -> None:
        while True:
            work, made = self._given.get()
            if not made.set_running_or_notify_cancel():
                continue
            try:
                made.set_result(work())
            except Exception as error:
                made.set_exception(error)
