"""Jobs that come back. APScheduler says "now" to every process; a lease says to which of them."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from asset_model.database import Database
from sync_server import leases

log = logging.getLogger(__name__)

TICK_S = 5.0
LEASE_LASTS = timedelta(seconds=30)
RETRY_AFTER = timedelta(minutes=5)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Job:
    """Something to be done every so often by one process. It must bear being done twice."""

    name: str
    every: timedelta
    run: Callable[[], object]


class Jobs:
    """The jobs of one process: `async with jobs.running(): ...`."""

    def __init__(
        self,
        database: Database,
        jobs: Sequence[Job],
        *,
        holder: str,
        clock: Clock,
        tick_s: float = TICK_S,
        lease_lasts: timedelta = LEASE_LASTS,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._holder = holder
        self._clock = clock
        self._tick_s = tick_s
        self._lasts = lease_lasts

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        # It warns at each tick that a job is still at it, which is no trouble: it is passed over.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        scheduler = BackgroundScheduler(timezone="UTC")
        for job in self._jobs:
            # Late, on a busy machine, is better than left out with a warning.
            options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
            scheduler.add_job(
                self.now,
                "interval",
                args=[job],
                id=job.name,
                seconds=self._tick_s,
                next_run_time=self._clock(),
                **options,
            )
        scheduler.start()
        try:
            yield
        finally:
            # A job that is at it ends first: it may be writing.
            await asyncio.to_thread(scheduler.shutdown, wait=True)

    def now(self, job: Job) -> bool:
        """Run the job if it is due and nobody else has it; whether it was run here."""
        try:
            now, name = self._clock(), job.name
            times = {"lasts": self._lasts, "every": job.every}
            if not leases.take(self._database, name, self._holder, now=now, **times):
                return False
            again = self._run(job)
            now = self._clock()
            leases.end(self._database, job.name, self._holder, now=now, due_at=now + again)
        except SQLAlchemyError:
            log.exception("the lease of %s could not be kept; it will end by itself", job.name)
            return False
        return True

    def _run(self, job: Job) -> timedelta:
        """Run it with its lease renewed meanwhile; after how long it is due again."""
        with self._renewed(job):
            try:
                job.run()
            except Exception:
                log.exception("%s failed; it is tried again", job.name)
                return min(RETRY_AFTER, job.every)
        return job.every

    @contextmanager
    def _renewed(self, job: Job) -> Iterator[None]:
        ended = threading.Event()
        thread = threading.Thread(
            target=self._renew, args=(job, ended), name=f"voirie-lease-{job.name}", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _renew(self, job: Job, ended: threading.Event) -> None:
        while not ended.wait(self._lasts.total_seconds() / 3):
            try:
                leases.renew(
                    self._database, job.name, self._holder, now=self._clock(), lasts=self._lasts
                )
            except SQLAlchemyError:
                log.warning("the lease of %s could not be renewed", job.name)
