"""What is to be done on a page in a while; nothing of it is left once the page is closed."""

import asyncio
from collections.abc import Callable
from typing import Any


class Timers:
    """Those of one page, on the thread that draws it.

    Not by `page.run_task`, which wants a client: between a lost one and the next there is none,
    and what a server answers meanwhile is told all the same.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: set[asyncio.TimerHandle] = set()

    def later(self, seconds: float, do: Callable[[], Any]) -> None:
        def due() -> None:
            self._waiting.discard(handle)
            do()

        handle = self._loop.call_later(seconds, due)
        self._waiting.add(handle)

    def close(self) -> None:
        for handle in self._waiting:
            handle.cancel()
        self._waiting.clear()
