"""Leases: of several processes one has a job, and who dies with it loses it."""

from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Condition
from typing import Any

import pytest

from asset_model.database import Database
from sync_server import leases
from sync_server.jobs import Job, Jobs
from tests.sync.town import Clock
from tests.threads import PATIENCE_S, together

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LASTS = timedelta(seconds=30)
HOUR = timedelta(hours=1)


def take(database: Database, holder: str, *, after_s: float = 0) -> bool:
    now = NOW + timedelta(seconds=after_s)
    return leases.take(database, "plans", holder, now=now, lasts=LASTS, every=HOUR)


def test_one_has_it_and_no_other(database: Database) -> None:
    assert take(database, "one")
    assert not take(database, "two", after_s=29)


def test_of_many_at_once_one_has_it(database: Database) -> None:
    holders = [f"holder {number}" for number in range(8)]

    taken = together(*[partial(take, database, holder) for holder in holders])

    assert sum(taken) == 1


def test_who_dies_with_it_loses_it_and_it_is_still_due(database: Database) -> None:
    assert take(database, "dies")

    assert take(database, "heir", after_s=31)


def test_a_lease_that_is_renewed_stays(database: Database) -> None:
    take(database, "one")
    later = NOW + timedelta(seconds=20)

    assert leases.renew(database, "plans", "one", now=later, lasts=LASTS)

    assert not take(database, "two", after_s=40)


def test_who_lost_it_cannot_renew_or_end_it(database: Database) -> None:
    take(database, "stalled")
    take(database, "heir", after_s=31)
    later = NOW + timedelta(seconds=32)

    assert not leases.renew(database, "plans", "stalled", now=later, lasts=LASTS)
    assert not leases.end(database, "plans", "stalled", now=later, due_at=later + HOUR)
    assert not take(database, "third", after_s=33)


def test_a_job_that_was_done_is_due_again_at_its_time(database: Database) -> None:
    take(database, "one")
    leases.end(database, "plans", "one", now=NOW, due_at=NOW + HOUR)

    assert not take(database, "two", after_s=3_599)
    assert take(database, "two", after_s=3_600)


def test_a_clock_that_was_a_year_ahead_holds_no_job_back(database: Database) -> None:
    year = 365 * 86_400
    assert take(database, "ahead", after_s=year)
    assert take(database, "right", after_s=60)  # The lease ends in a year.
    leases.end(database, "plans", "right", now=NOW, due_at=NOW + HOUR + timedelta(seconds=year))

    assert take(database, "again", after_s=120)


@pytest.mark.parametrize(("fails", "again_after"), [(False, HOUR), (True, timedelta(minutes=5))])
def test_a_job_that_fails_is_tried_again_sooner(
    database: Database, fails: bool, again_after: timedelta
) -> None:
    ran: list[datetime] = []
    clock = Clock(NOW)

    def work() -> None:
        ran.append(clock())
        if fails and len(ran) == 1:
            raise OSError("the disk is full")

    job = Job("plans", HOUR, work)
    jobs = Jobs(database, [job], holder="one", clock=clock)

    for _ in range(121):
        jobs.now(job)
        clock.forward(seconds=60)

    assert ran[1] - ran[0] == again_after
    assert ran[2] - ran[1] == HOUR


def test_a_job_that_takes_longer_than_its_lease_keeps_it(database: Database) -> None:
    """The lease is renewed while the job runs: at the end nobody else gets in."""
    clock, got_in = Clock(NOW), []
    lasts = timedelta(seconds=0.3)
    renewed = Condition()
    keep = leases.renew

    def work() -> None:
        clock.forward(seconds=0.29)
        with renewed:
            assert renewed.wait(PATIENCE_S), "the lease was never renewed"
        clock.forward(seconds=0.29)
        other = partial(leases.take, database, "plans", "other")
        got_in.append(other(now=clock(), lasts=lasts, every=HOUR))

    def tell(*given: Any, **more: Any) -> bool:
        kept = keep(*given, **more)
        with renewed:
            renewed.notify_all()
        return kept

    job = Job("plans", HOUR, work)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leases, "renew", tell)
        Jobs(database, [job], holder="one", clock=clock, lease_lasts=lasts).now(job)

    assert got_in == [False]
