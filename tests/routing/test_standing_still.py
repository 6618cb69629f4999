"""A promise that stood still is due later by as much of the time that it counts."""

from datetime import UTC, datetime, time

import pytest

from maintenance.due import TORONTO
from sync_server.routing.calendars import DAYS, Calendar
from sync_server.routing.putting_off import later, soon_at
from sync_server.routing.spans import span_of

OFFICE = Calendar("bureau", DAYS[:5], time(8), time(16, 30), "QC")


def at(text: str) -> datetime:
    """In the town's time."""
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO)


@pytest.mark.parametrize(
    ("span", "due", "since", "until", "wanted"),
    [
        ("14 jours", "2026-11-10 10:00", "2026-11-02 10:00", "2026-11-04 10:00",
         "2026-11-12 10:00"),
        # Two worked days, Friday and Monday; the weekend counts for nothing.
        ("5 jours ouvrables", "2026-11-10 16:30", "2026-11-05 12:00", "2026-11-09 12:00",
         "2026-11-12 16:30"),
        # From a Saturday to the Sunday nobody works: nothing is put off.
        ("5 jours ouvrables", "2026-11-10 16:30", "2026-11-07 09:00", "2026-11-08 09:00",
         "2026-11-10 16:30"),
        # From 15:30 to 9:00 the next day: an hour of each day.
        ("6 heures ouvrables", "2026-11-10 15:30", "2026-11-05 15:30", "2026-11-06 09:00",
         "2026-11-11 09:00"),
        (None, "2026-11-10 10:00", "2026-11-02 10:00", "2026-11-02 11:00", "2026-11-10 11:00"),
    ],
)  # fmt: skip
def test_it_is_put_off_in_its_own_time(
    span: str | None, due: str, since: str, until: str, wanted: str
) -> None:
    put = later(
        at(due), since=at(since), until=at(until), span=span_of(span) if span else None,
        calendar=OFFICE, zone=TORONTO,
    )  # fmt: skip

    assert put.astimezone(UTC) == at(wanted).astimezone(UTC)


@pytest.mark.parametrize(
    ("span", "due", "wanted"),
    [
        ("14 jours", "2026-11-10 10:00", "2026-11-09 10:00"),
        ("4 h", "2026-11-10 10:00", "2026-11-10 09:00"),
        ("2 jours ouvrables", "2026-11-09 16:30", "2026-11-06 16:30"),
        ("1 jour ouvrable", "2026-11-09 16:30", "2026-11-09 08:00"),
    ],
)
def test_it_is_seen_before_it_is_missed(span: str, due: str, wanted: str) -> None:
    meant = span_of(span)
    assert meant is not None

    seen = soon_at(at(due), meant, OFFICE, TORONTO)

    assert seen.astimezone(UTC) == at(wanted).astimezone(UTC)
