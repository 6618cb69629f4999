"""The synchronization pill: always there, never in the way, never claiming more than it knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import flet as ft

from field_app.reads.waiting import Tally
from field_app.ui import times
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD, WARN

SURE_FOR = timedelta(seconds=60)
"""The loop asks every fifteen: after four of them nobody knows whether all is received."""


@dataclass(frozen=True)
class Pill:
    icon: ft.IconData
    colour: str
    sentence: str


def pill(sitting: Sitting, tally: Tally) -> Pill:
    say, zone = sitting.say, sitting.workplace.zone
    link = sitting.workplace.link
    if tally.to_settle:
        sentence = sitting.words.several("{count} to settle", "{count} to settle", tally.to_settle)
        return Pill(ft.Icons.REPORT_PROBLEM, BAD, sentence)
    to_send = sitting.words.several("{count} to send", "{count} to send", tally.to_send)
    if link.online is False:
        if not tally.oldest_at:
            return Pill(ft.Icons.CLOUD_OFF, WARN, say("Offline · nothing to send"))
        since = times.clock(tally.oldest_at, zone)
        sentence = say("Offline · {to_send} since {at}", to_send=to_send, at=since)
        return Pill(ft.Icons.CLOUD_OFF, WARN, sentence)
    if tally.to_send:
        return Pill(ft.Icons.CLOUD_UPLOAD, ACTION, to_send)
    if tally.received_at is None:
        return Pill(ft.Icons.CLOUD_SYNC, ACTION, say("First exchange"))
    return _received(sitting, tally.received_at)


def _received(sitting: Sitting, received_at: datetime) -> Pill:
    """All is received, as long as that is known; then when it last was."""
    at = times.clock(received_at, sitting.workplace.zone)
    if sitting.workplace.clock() - received_at > SURE_FOR:
        return Pill(
            ft.Icons.CLOUD_SYNC, ACTION, sitting.say("Last word from the server · {at}", at=at)
        )
    return Pill(ft.Icons.CLOUD_DONE, GOOD, sitting.say("All received · {at}", at=at))
