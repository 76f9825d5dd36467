"""Where documents are drawn: worker processes, or this one."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any


class Here(Executor):
    """Runs each task at once in this process: for a machine with one core."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def executor() -> Iterator[Executor]:
    """2 worker processes where there are 2 cores; else everything is done here."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2:
        yield Here()
        return
    # Forking is cheap and safe on Linux while nothing heavy is imported. A process that has drawn before would
    # hand its fonts on, and the bytes would depend on what it drew.
    fresh = sys.platform == "linux" and "weasyprint" not in sys.modules
    context = get_context("fork" if fresh else "spawn")
    pool = ProcessPoolExecutor(2, mp_context=context, initializer=_leave_ctrl_c_to_the_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
