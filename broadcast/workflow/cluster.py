"""Segments made by the machines of a dask.distributed cluster ([cluster]).

The cluster sees self-contained tasks and gives back bytes; the files of a station are written here.
A task whose worker dies is given to another by the scheduler.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from broadcast.errors import BroadcastError
from broadcast.workflow.workshop import Workers

if TYPE_CHECKING:
    from distributed import Client

TIMEOUT = 10.0
"""Seconds in which a scheduler has to answer, and to have a worker."""

PATIENCE = 30.0
"""Seconds that a cluster may be without any worker; one that is started again is back by then."""

_LIKE = "tcp://MÁY:8786"
_ADDRESS = re.compile(r"(?:(?:tcp|tls|wss?)://)?[^\s/]+:\d{1,5}")

_LOOK = 1.0
"""Seconds after which it is looked whether there are workers."""

_SAME = "lameenc", "numpy", "miniaudio", "pydub"
"""Packages whose versions may change the bytes of a segment."""

_T = TypeVar("_T")


class ClusterError(BroadcastError):
    """The cluster cannot be had, or can no longer work: no fault of a script or of a voice."""


@contextmanager
def cluster_workers(
    address: str, timeout: float | None = None, patience: float | None = None
) -> Iterator[Workers]:
    """The workers of the cluster whose scheduler has this address, "tcp://MACHINE:8786".

    Args:
        timeout: seconds, TIMEOUT if None; patience: seconds, PATIENCE if None.

    Raises:
        ClusterError: it cannot be reached, has no worker, or has workers with other versions.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other versions (we look ourselves) and of large tasks
        client = _connected(address, TIMEOUT if timeout is None else timeout)
        executor = None
        try:
            threads = _threads(client, address)
            executor = _Executor(client, address, PATIENCE if patience is None else patience)
            yield Workers(executor, 2 * threads, remote=True)
        finally:
            if executor:
                executor.shutdown()
            with suppress(Exception):  # whatever a lost connection says when it is closed
                client.close(timeout=2)


def _connected(address: str, timeout: float) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        mend = "cài thêm: pip install 'broadcast[cluster]'"
        raise ClusterError("Chưa dùng được cụm máy", "chưa cài dask.distributed", mend) from error
    _quieten()
    if not _ADDRESS.fullmatch(address):  # a client of such an address is never whole, nor closed
        happened = f"«{address}» không phải địa chỉ máy điều phối"
        raise ClusterError("Không nối được tới cụm máy", happened, f"viết như {_LIKE}")
    client = None
    try:
        client = Client(address, timeout=timeout, set_as_default=False)
        client.wait_for_workers(1, timeout=timeout)
    except (OSError, ValueError, TypeError) as error:
        if client is None:
            mend = f"xem máy điều phối (dask scheduler) đã chạy chưa, địa chỉ viết như {_LIKE}"
            raise ClusterError(
                "Không nối được tới cụm máy", f"{address} không trả lời", mend
            ) from error
        client.close(timeout=2)
        happened = f"{address} chưa có máy nào nhận việc"
        mend = "chạy dask worker trên các máy rồi làm lại"
        raise ClusterError("Chưa dùng được cụm máy", happened, mend) from error
    return client


def _quieten() -> None:
    """Let the libraries log nothing: what matters is told as one message."""
    known = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    for name in (*known, "distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def versions_here() -> dict[str, str]:
    """Versions, on the machine that is asked, of all that may change a segment's bytes."""
    from broadcast import __version__  # noqa: PLC0415 - asked on another machine

    found = {"broadcast": __version__}
    for name in _SAME:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "chưa cài"
    return found


def _threads(client: Client, address: str) -> int:
    """How many tasks the cluster does at once.

    Raises:
        ClusterError: a worker has other versions than this machine.
    """
    wanted, problems = versions_here(), []
    try:
        told: dict[str, Any] = client.run(versions_here, on_error="return")
        threads: int = sum(client.nthreads().values())
    except Exception as error:
        raise _lost(address) from error
    for worker, found in sorted(told.items()):
        if not isinstance(found, dict):
            problems.append(f"{worker}: chưa cài broadcast {wanted['broadcast']}")
            continue
        other = [f"{k} {found.get(k)} (cần {v})" for k, v in wanted.items() if found.get(k) != v]
        if other:
            problems.append(f"{worker}: {', '.join(other)}")
    if problems:
        mend = "cài đúng các phiên bản ấy trên máy đó rồi chạy lại dask worker"
        happened = f"phiên bản trên máy khác không giống máy này: {'; '.join(problems)}"
        raise ClusterError("Chưa dùng được cụm máy", happened, mend)
    return max(1, threads)


def _lost(address: str) -> ClusterError:
    happened = f"{address} không còn máy nào nhận việc, hoặc máy điều phối đã tắt"
    mend = "chạy lại các máy rồi làm lại lệnh này; đoạn nào đã đọc xong thì được giữ"
    return ClusterError("Mất cụm máy giữa chừng", happened, mend)


class _Executor(Executor):
    """The client's executor, whose failures are ours, and which does not wait for nobody."""

    def __init__(self, client: Client, address: str, patience: float) -> None:
        self._client, self._address, self._patience = client, address, patience
        self._inner: Executor = client.get_executor(pure=False)
        self._waiting: set[Future[Any]] = set()
        self._lock = Lock()
        self._gone = Event()
        self._end = Event()
        self._watch = Thread(target=self._look, name="cluster", daemon=True)
        self._watch.start()

    def submit(self, call: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Hand out a task.

        Raises:
            ClusterError: nobody is left to do it.
        """
        if self._gone.is_set():
            raise _lost(self._address)
        try:
            inner = self._inner.submit(call, *args, **kwargs)
        except Exception as error:
            raise _lost(self._address) from error
        outer: Future[_T] = Future()
        with self._lock:
            self._waiting.add(outer)

        def forget(one: Future[_T]) -> None:
            with self._lock:
                self._waiting.discard(one)
            if one.cancelled():
                inner.cancel()

        outer.add_done_callback(forget)
        inner.add_done_callback(lambda one: self._settle(outer, one))
        if self._gone.is_set():
            self._fail()
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Begin nothing more; what is still on its way is dropped."""
        self._end.set()
        with self._lock:
            waiting = list(self._waiting)
        for future in waiting:
            future.cancel()
        self._watch.join(2 * _LOOK if wait else 0)

    def _settle(self, outer: Future[_T], inner: Future[_T]) -> None:
        with suppress(InvalidStateError):  # nobody waits for it any more
            try:
                result = inner.result()
            except BroadcastError as error:
                outer.set_exception(error)
            except CancelledError:
                outer.set_exception(_lost(self._address))
            except Exception as error:
                outer.set_exception(self._failure(error))
            else:
                outer.set_result(result)

    def _failure(self, error: Exception) -> ClusterError:
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - an extra

        if isinstance(error, KilledWorker):
            happened = "máy nhận việc tắt ngang nhiều lần khi làm cùng một đoạn"
            mend = "xem các máy còn đủ bộ nhớ không rồi làm lại"
            return ClusterError("Cụm máy không làm được", happened, mend)
        happened = f"một máy báo lỗi {type(error).__name__}: {error}"
        mend = "xem các máy cài cùng phiên bản broadcast không rồi làm lại"
        return ClusterError("Cụm máy không làm được", happened, mend)

    def _look(self) -> None:
        """Until the end: fail what waits once there has been no worker for too long."""
        missing = 0.0
        while not self._end.wait(_LOOK):
            missing = 0.0 if self._has_workers() else missing + _LOOK
            if missing >= self._patience:
                self._gone.set()
                self._fail()

    def _has_workers(self) -> bool:
        if self._client.status != "running":
            return False
        try:
            return bool(self._client.nthreads())
        except Exception:
            return False

    def _fail(self) -> None:
        with self._lock:
            waiting = list(self._waiting)
        for future in waiting:
            with suppress(InvalidStateError):  # done at this very moment
                future.set_exception(_lost(self._address))
