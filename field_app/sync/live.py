"""Hearing from the server that something is new, so that nobody has to keep asking."""

import logging
import threading
from collections.abc import Callable, Iterator
from random import Random

import requests

from field_app.sync.loop import back_off_s

TIMEOUT_S = (5, 45)
"""To connect, and between two signs of life; the server gives one every 20 s."""

log = logging.getLogger(__name__)


class LiveLine:
    """Listens in a thread of its own; `news` is called there each time something is new, and when
    the line drops: what was known of the server a moment ago may not be true any more.

    A line that cannot be had costs nothing but speed: the loop asks by itself.
    """

    def __init__(
        self, server: str, token: str, *, random: Random, news: Callable[[], None]
    ) -> None:
        self._url = f"{server.rstrip('/')}/sync/v1/events"
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
        self._random = random
        self._news = news
        self._stop = threading.Event()
        self._answer: requests.Response | None = None
        self._thread = threading.Thread(target=self._run, name="voirie-live", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Hang up, also in the middle of a silence."""
        self._stop.set()
        answer = self._answer
        if answer is not None:
            answer.raw.shutdown()  # Closing alone would wait for the next sign of life.
        self._thread.join()

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            failures = 0 if self._listen() else failures + 1
            self._stop.wait(back_off_s(failures, self._random) if failures else 0)

    def _listen(self) -> bool:
        """Until the line drops. Whether it had been up."""
        up = False
        try:
            with requests.get(
                self._url, headers=self._headers, stream=True, timeout=TIMEOUT_S
            ) as answer:
                if answer.status_code != requests.codes.ok:
                    return False
                self._answer = answer
                for event in events(answer.iter_lines(chunk_size=1)):
                    up = True
                    if self._stop.is_set():
                        break
                    # After a silence of unknown length, "connected" is news as well.
                    if event in ("connected", "new"):
                        self._news()
        except (requests.RequestException, OSError, ValueError) as error:
            # ValueError: hung up by the other thread between two reads.
            log.debug("the live line dropped: %s", type(error).__name__)
        finally:
            self._answer = None
        if up and not self._stop.is_set():
            self._news()  # That it dropped is news: the loop asks at once whether anybody is there.
        return up


def events(lines: Iterator[bytes]) -> Iterator[str]:
    """The names of the events in a stream (WHATWG server-sent events); comments are passed over."""
    name = "message"
    for line in lines:
        if not line:
            name = "message"
        elif line.startswith(b"event:"):
            name = line.removeprefix(b"event:").strip().decode("ascii", "replace")
        elif line.startswith(b"data:"):
            yield name
