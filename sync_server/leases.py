"""Leases of jobs: of several server processes on one database, one runs each job when it is due.

A lease is taken by updating a row on a condition, which one process alone meets, and renewed while
the job runs. Whoever dies leaves a lease that ends: then another takes the job, which is still due.
A process that only seemed dead may end its work late; jobs must bear that, and do, by writing
nothing twice.

A clock that was ahead for a while leaves times that no right clock could have written: they are
taken for past, or a job would rest for as long as the clock was wrong.
"""

from datetime import datetime, timedelta

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from asset_model.database import Database
from sync_server.row_counts import changed
from sync_server.tables import JobLease

CLOCKS_DIFFER = timedelta(minutes=5)
"""By no more than this do the clocks of a town's servers differ."""


def take(
    database: Database, job: str, holder: str, *, now: datetime, lasts: timedelta, every: timedelta
) -> bool:
    """Whether the job is due, nobody has it, and it is now ours. It comes back `every` so often."""
    ahead = now + lasts + CLOCKS_DIFFER
    free = or_(JobLease.holder.is_(None), JobLease.expires_at <= now, JobLease.expires_at > ahead)
    latest = now + every + CLOCKS_DIFFER
    due = or_(JobLease.due_at <= now, JobLease.due_at > latest)
    mine = update(JobLease).where(JobLease.job == job, due, free)
    with database.reading() as session:
        known = session.scalar(select(JobLease.due_at).where(JobLease.job == job))
    if known is None:
        _add(database, job, now=now)
    elif now < known <= latest:
        return False  # Nothing is written four times a minute to learn that.
    with database.writing() as session:
        return changed(session, mine.values(holder=holder, expires_at=now + lasts)) == 1


def _add(database: Database, job: str, *, now: datetime) -> None:
    try:
        with database.writing() as session:
            session.execute(insert(JobLease).values(job=job, due_at=now))
    except IntegrityError:
        pass  # Another process was first.


def renew(database: Database, job: str, holder: str, *, now: datetime, lasts: timedelta) -> bool:
    """Whether the job is still ours, for so much longer."""
    mine = update(JobLease).where(JobLease.job == job, JobLease.holder == holder)
    with database.writing() as session:
        return changed(session, mine.values(expires_at=now + lasts)) == 1


def end(database: Database, job: str, holder: str, *, now: datetime, due_at: datetime) -> bool:
    """Give the job back; it is due again at `due_at`. False: somebody else has it by now."""
    mine = update(JobLease).where(JobLease.job == job, JobLease.holder == holder)
    after = {"holder": None, "expires_at": None, "ended_at": now, "due_at": due_at}
    with database.writing() as session:
        return changed(session, mine.values(after)) == 1
