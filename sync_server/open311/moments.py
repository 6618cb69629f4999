"""Dates as W3CDTF spells them, and the spans of a search."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from maintenance.due import TORONTO
from sync_server.open311.faults import WRONG, Fault, Faulty

SPAN = timedelta(days=90)
_LOST_PLUS = re.compile(r"(T[\d:.]+) (\d{2}:?\d{2})\Z")
"""A plus sign that nobody escaped arrives as a space."""


def spelled(moment: datetime) -> str:
    """In the town's hours, to the second, with the offset."""
    return moment.astimezone(TORONTO).isoformat(timespec="seconds")


def moment_of(name: str, text: str) -> datetime:
    """:raises Faulty: naming the parameter"""
    try:
        read = datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", text.strip()))
        told = read if read.tzinfo else read.replace(tzinfo=TORONTO)
        return told.astimezone(UTC)
    except (ValueError, OverflowError):
        described = f"{name}: {text[:40]!r} is not a date such as 2026-11-23T08:00:00-05:00"
        raise Faulty(Fault(WRONG, described)) from None


def span(
    given: Mapping[str, str], first: str, last: str, *, now: datetime
) -> tuple[datetime, datetime] | None:
    """From and to, at most 90 days: the end is held to now first, then the start to the end.

    None where neither is asked for.
    """
    start = moment_of(first, given[first]) if given.get(first) else None
    end = moment_of(last, given[last]) if given.get(last) else None
    if start is None and end is None:
        return None
    if end is None:
        assert start is not None
        end = start + SPAN
    end = min(end, now)
    start = max(start, end - SPAN) if start is not None else end - SPAN
    return start, end
