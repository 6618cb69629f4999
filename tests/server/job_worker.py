"""One server process of several on one database, for the test that kills it.

`python -m tests.server.job_worker URL HOLDER FOLDER EVERY_S LEASE_S`: it runs a job that writes
`began` and `ended` lines to the folder's log, and between the two waits for as long as there is a
file of the holder's name in the folder.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from asset_model.database import open_database
from sync_server.jobs import Job, Jobs

POLL_S = 0.02


def write(folder: Path, words: str) -> None:
    """One line, whole, whoever else writes: appends of this size are not torn."""
    handle = os.open(folder / "log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{words}\n".encode())
    os.close(handle)


def main() -> None:
    url, holder, folder, every_s, lease_s = sys.argv[1:]
    place, poll = Path(folder), Event()

    def work() -> None:
        write(place, f"began {holder}")
        while (place / holder).exists():
            poll.wait(POLL_S)
        write(place, f"ended {holder}")

    job = Job("plans", timedelta(seconds=float(every_s)), work)
    jobs = Jobs(
        open_database(url),
        [job],
        holder=holder,
        clock=lambda: datetime.now(UTC),
        tick_s=0.1,
        lease_lasts=timedelta(seconds=float(lease_s)),
    )

    async def live() -> None:
        async with jobs.running():
            write(place, f"up {holder}")
            await asyncio.Event().wait()

    asyncio.run(live())


if __name__ == "__main__":
    main()
