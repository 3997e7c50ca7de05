"""Threads that work for a while, and keep nobody from leaving."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

_T = TypeVar("_T")

LOOK = 0.2
"""Seconds after which it is looked whether somebody asked to stop."""

FAREWELL = 1.0
"""Seconds that work in hand gets to come to its end once nobody waits for it."""


class Threads(Executor):
    """`count` daemon threads.

    The standard library's executor keeps a process from ending until every thread is done: a person
    who stops the program would wait for a voice that hangs.
    """

    def __init__(self, count: int, name: str) -> None:
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._ended, self._guard = False, Lock()
        self._threads = [
            Thread(target=self._work, name=f"{name}-{n}", daemon=True) for n in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, call: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Hand out a call.

        Raises:
            RuntimeError: the threads were ended before, as the standard library's executors say.
        """
        future: Future[_T] = Future()
        with self._guard:
            if self._ended:
                raise RuntimeError("cannot schedule new futures after shutdown")
            self._queue.put(partial(_carry_out, future, partial(call, *args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the threads; those that are at work get FAREWELL seconds if `wait` is not set.

        Futures are cancelled by who holds them.
        """
        with self._guard:
            if not self._ended:
                for _ in self._threads:
                    self._queue.put(None)
            self._ended = True
        deadline = time.monotonic() + FAREWELL
        for thread in self._threads:
            thread.join(None if wait else max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        while (call := self._queue.get()) is not None:
            call()


def meanwhile(call: Callable[[], _T], look: Callable[[], None]) -> _T:
    """What `call` returns or raises, waited for without being deaf to who asks to stop.

    Args:
        call: made in a thread of its own, which keeps nobody from leaving.
        look: called every LOOK seconds; what it raises ends the waiting. The call goes on until
            whoever owns what it waits for closes that.
    """
    future: Future[_T] = Future()
    Thread(target=_carry_out, args=(future, call), name="meanwhile", daemon=True).start()
    while not wait([future], LOOK).done:
        look()
    return future.result()


def _carry_out(future: Future[_T], call: Callable[[], _T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
