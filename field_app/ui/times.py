"""Times as people say them, in the town's own zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from asset_model.geometry import Position, distance_m
from field_app.ui.words import Words

DOUBLE_PRESS = timedelta(milliseconds=600)
"""A gloved finger presses twice; the second press must do nothing more."""


def clock(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M")


def day_and_clock(moment: datetime, *, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """`03:12` today, `yesterday 15:40`, else `2026-11-23 15:40`."""
    days = (now.astimezone(zone).date() - moment.astimezone(zone).date()).days
    at = clock(moment, zone)
    if days == 0:
        return at
    if days == 1:
        return words.say("yesterday {at}", at=at)
    if days == -1:
        return words.say("tomorrow {at}", at=at)
    return f"{moment.astimezone(zone):%Y-%m-%d} {at}"


def due(due_at: datetime | None, *, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """When it should be done, as a word on the street would put it."""
    if due_at is None:
        return words.say("no due date")
    if due_at < now:
        return words.say("{span} late", span=span(now - due_at, words))
    local, today = due_at.astimezone(zone), now.astimezone(zone)
    days = (local.date() - today.date()).days
    if days == 0:
        return words.say("before {at}", at=clock(due_at, zone))
    if days == 1:
        return words.say("before tomorrow {at}", at=clock(due_at, zone))
    if days < 7:
        return words.several("in {count} day", "in {count} days", days)
    return words.say("before {day}", day=f"{local:%Y-%m-%d}")


def span(length: timedelta, words: Words) -> str:
    """A length of time, in its one most telling unit."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return words.say("{count} min", count=minutes)
    if minutes < 60 * 48:
        return words.say("{count} h", count=minutes // 60)
    return words.several("{count} day", "{count} days", minutes // (60 * 24))


def late_by(length: timedelta, words: Words) -> str:
    """`4 d late`, where there is room for some ten letters."""
    days = length // timedelta(days=1)
    short = words.say("{count} d", count=days) if days >= 2 else span(length, words)
    return words.say("{short} late", short=short)


def seconds(length: timedelta, words: Words) -> str:
    """A short wait, to the second below a minute."""
    count = int(length.total_seconds())
    return words.say("{count} s", count=count) if count < 60 else span(length, words)


def between(here: Position, there: Position, words: Words) -> str:
    return apart(distance_m(here, there), words)


def apart(metres: float, words: Words) -> str:
    """How far it is, as one says it on the radio: to ten metres, then to a tenth of a kilometre."""
    if metres < 1_000:
        return words.say("{metres} m away", metres=10 * round(metres / 10))
    return words.say("{km} km away", km=words.number(round(metres / 1_000, 1)))


def hours(length: timedelta) -> str:
    """`1 h 25`, as time sheets have it."""
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"
