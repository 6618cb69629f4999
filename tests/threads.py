"""What a test does at the same time: it comes to an end, or fails and says where it stands.

A thread that nobody waits for without end, and that keeps no run alive: a test run that hangs tells
nothing, and on a machine of CI it takes the time of all other tests with it.
"""

import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

PATIENCE_S = 120
"""For what takes seconds: a machine may have other things to do."""
LOOK_S = 0.01

T = TypeVar("T")


class Doing(Generic[T]):
    """Something that is done in a thread of its own, from now on."""

    def __init__(self, do: Callable[..., T], *given: Any, **more: Any) -> None:
        self._told: Future[T] = Future()
        self._thread = threading.Thread(target=self._run, args=(do, given, more), daemon=True)
        self._thread.start()

    def _run(self, do: Callable[..., T], given: tuple[Any, ...], more: dict[str, Any]) -> None:
        try:
            self._told.set_result(do(*given, **more))
        except BaseException as error:  # noqa: BLE001 -- whoever waits for it is told
            self._told.set_exception(error)

    def end(self, within_s: float = PATIENCE_S) -> T:
        """What it answers; what broke in it is raised here.

        :raises AssertionError: it is still at it after so long, and where
        """
        self._thread.join(within_s)
        assert not self._thread.is_alive(), f"After {within_s} s it is still here:\n{self._where}"
        return self._told.result()

    @property
    def _where(self) -> str:
        frame = sys._current_frames().get(self._thread.ident or 0)
        return "".join(traceback.format_stack(frame)) if frame else "(it has just ended)"


def together(*works: Callable[[], T]) -> list[T]:
    """What each of these answers, done in threads that start at one barrier."""
    start = threading.Barrier(len(works), timeout=PATIENCE_S)

    def begin(work: Callable[[], T]) -> T:
        start.wait()
        return work()

    doings = [Doing(begin, work) for work in works]
    return [doing.end() for doing in doings]


def until(holds: Callable[[], Any], within_s: float = PATIENCE_S) -> None:
    """Wait for what another thread brings about, where nothing tells of it."""
    pause, looks = threading.Event(), round(within_s / LOOK_S)
    for _ in range(looks):
        if holds():
            return
        pause.wait(LOOK_S)
    raise AssertionError(f"After {within_s} s it does not hold yet")
