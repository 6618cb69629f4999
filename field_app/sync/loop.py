"""The thread that keeps a tablet in step: when to try, when to wait, whom to tell."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from asset_model.database import Database
from field_app.store.unwritten import refusal_of
from field_app.sync.first_copy import Copying
from field_app.sync.network import Whereabouts, whereabouts
from field_app.sync.rounds import Clock, run_round
from field_app.sync.transport import LinkDown, NotEnrolled, Transport

log = logging.getLogger(__name__)

IDLE_S = 15.0
"""Between two rounds that nothing asked for; what is new is told at once by the live line."""
VERIFY_EVERY = timedelta(minutes=1)
"""Reading whole buckets through costs a tablet some tenths of a second."""

LOOK_EVERY_S = 2.0
ASLEEP_FOR = timedelta(seconds=30)
"""By so much must the clock be ahead of a pause; one that is set makes us try once more."""

BACK_OFF_FIRST_S = 1.0
BACK_OFF_MAX_S = 300.0


@dataclass(frozen=True)
class FileMoved:
    """What one step did for a file: how many of its bytes have gone, or come."""

    sha256: str
    moved: int
    size: int


class FileQueue(Protocol):
    """What waits for the rows to leave the link free."""

    def send_next(self) -> FileMoved | None:
        """One short step. None: nothing is to be done, or not now."""


@dataclass(frozen=True)
class LinkState:
    """How the link is doing. `online` is None until the first round has ended."""

    online: bool | None = None
    busy: bool = False
    failures: int = 0
    since: datetime | None = None
    """Since when it has been down."""
    retry_at: datetime | None = None
    trouble: str | None = None
    rows: int = 0
    file: FileMoved | None = None
    """The file that is on its way, between two rounds."""
    copying: Copying | None = None
    """The first copy by file, while it is on its way."""


class SyncLoop:
    """Runs rounds in a thread of its own. `listen` is called, in that thread, after each."""

    def __init__(
        self,
        database: Database,
        transport: Transport,
        *,
        clock: Clock,
        random: Random,
        listen: Callable[[LinkState], None] = lambda _: None,
        files: FileQueue | None = None,
        network: Callable[[], Whereabouts] = whereabouts,
    ) -> None:
        self._database = database
        self._transport = transport
        self._clock = clock
        self._random = random
        self._listen = listen
        self._files = files
        self._network = network
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="voirie-sync", daemon=True)
        self.state = LinkState()
        self._verified_at: datetime | None = None

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Try now: something was saved, the network changed, or someone asked."""
        self._wake.set()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            here = self._network()
            pause = self._try()
            self._rest(self._move_files(pause), here)

    def _rest(self, pause: float, here: Whereabouts) -> None:
        """Until it is time, or sooner: someone wakes us, the network is another one, or the
        machine slept, when the pause would have stood still.
        """
        while pause > 0:
            begun, step = self._clock(), min(pause, LOOK_EVERY_S)
            if self._wake.wait(step):
                return
            pause -= step
            slept = abs(self._clock() - begun) > timedelta(seconds=step) + ASLEEP_FOR
            if not self.state.online and (slept or self._network() != here):
                return

    def _try(self) -> float:
        """One round; how long to wait for the next, unless woken."""
        self._tell(replace(self.state, busy=True, rows=0, copying=None))
        try:
            done = run_round(
                self._database,
                self._transport,
                self._clock,
                stop=self._stop,
                progress=lambda rows: self._tell(replace(self.state, rows=rows, copying=None)),
                copying=lambda step: self._tell(replace(self.state, copying=step)),
                verify=self._is_time_to_verify(),
            )
        except LinkDown as error:
            return self._failed(str(error), error.retry_after_s)
        except NotEnrolled:
            return self._failed("device_unknown", BACK_OFF_MAX_S)
        except Exception as error:
            log.exception("a round of synchronization failed")
            refusal = refusal_of(error)
            return self._failed(refusal.code if refusal else type(error).__name__, None)
        self._tell(LinkState(online=True, rows=done.received))
        return IDLE_S

    def _move_files(self, pause: float) -> float:
        """Files, until something else wants the link or it is time for a round; what is left of
        the pause. One step each time at least: news that never ends must not starve them.
        """
        begun = self._clock()
        while self.state.online and self._files is not None and not self._stop.is_set():
            if abs(self._clock() - begun) >= timedelta(seconds=IDLE_S):
                return 0
            moved = self._step(self._files)
            if moved is None:
                break
            self._tell(replace(self.state, file=moved))
            if self._wake.is_set():
                break
        return pause

    def _step(self, files: FileQueue) -> FileMoved | None:
        try:
            return files.send_next()
        except Exception:
            log.exception("a step of the photos failed; rows go on")
            return None

    def _is_time_to_verify(self) -> bool:
        now = self._clock()
        due = self._verified_at is None or abs(now - self._verified_at) >= VERIFY_EVERY
        if due:
            self._verified_at = now
        return due

    def _failed(self, trouble: str, retry_after_s: float | None) -> float:
        now = self._clock()
        failures = self.state.failures + 1
        pause = min(retry_after_s or back_off_s(failures, self._random), BACK_OFF_MAX_S)
        self._tell(
            LinkState(
                online=False,
                failures=failures,
                since=self.state.since or now,
                retry_at=now + timedelta(seconds=pause),
                trouble=trouble,
            )
        )
        return pause

    def _tell(self, state: LinkState) -> None:
        self.state = state
        try:
            self._listen(state)
        except Exception:
            log.exception("a screen could not be told; synchronization goes on")


def back_off_s(failures: int, random: Random) -> float:
    """1 s doubling to 5 min, each with jitter so that a fleet does not return all at once."""
    ceiling = min(BACK_OFF_MAX_S, BACK_OFF_FIRST_S * 2.0 ** min(failures - 1, 20))
    return ceiling * (0.5 + random.random() / 2)
