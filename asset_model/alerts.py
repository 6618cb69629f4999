"""Alerts: an emergency, who is called and in which order, and who has said that they have it.

Whom it is the turn of is worked out from the rows alone (`calls`), so that the server, a desk and a
tablet without signal tell the same. That a tablet holds an alert says nothing of its people: only
an `Acknowledgement` does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.errors import Refused

SERVER_WINS = {"merge": "server_wins"}
SERVERS = {"server": True}

CALLEES_MAX = 30
MINUTES_MAX = 24 * 60


class Answer(StrEnum):
    MINE = "mine"
    """I have it."""
    CANNOT = "cannot"
    """The next on the list is called at once."""


class Alert(Synced, Base):
    """An emergency. `callees`: ``{"person_id", "minutes"}`` in the order in which they are called;
    after so many minutes without an answer, it is the turn of the next.

    `order_id` is the order that was made of it: not a parent, an alert goes to the whole town.
    `received_at` is when the server learned of it; the calls are counted from there.
    """

    __tablename__ = "alert"
    __table_args__ = (Index("ix_alert_closed_at", "closed_at"),)

    title: Mapped[str] = mapped_column(info=SERVER_WINS)
    details: Mapped[str | None] = mapped_column(info={"merge": "append"})
    asset_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    place: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    longitude: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    latitude: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    callees: Mapped[list[Any]] = mapped_column(default=list, info={"merge": "union"})
    order_id: Mapped[str | None] = mapped_column(String(36), index=True, info=SERVER_WINS)
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(String(36))
    received_at: Mapped[datetime | None] = mapped_column(info=SERVERS)
    closed_at: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    closed_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    closing_word: Mapped[str | None] = mapped_column(info=SERVER_WINS)

    @property
    def begun_at(self) -> datetime:
        return self.received_at or self.created_at


class AlertCall(Synced, Base):
    """Somebody's turn has come. Written by the server alone; its id is that of alert and rank."""

    __tablename__ = "alert_call"

    alert_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    rank: Mapped[int]
    called_at: Mapped[datetime]
    noted_at: Mapped[datetime]


class Acknowledgement(Synced, Base):
    """What a person who was called said, at their device's time. A fact."""

    __tablename__ = "acknowledgement"

    alert_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    answer: Mapped[str] = mapped_column(default=Answer.MINE)
    acknowledged_at: Mapped[datetime]
    received_at: Mapped[datetime | None] = mapped_column(info=SERVERS)

    @property
    def at(self) -> datetime:
        """When it was said; a device whose clock is ahead said it when the server heard it."""
        heard = self.received_at or self.acknowledged_at
        return min(self.acknowledged_at, heard)


@dataclass(frozen=True)
class Call:
    """It is, or was, this person's turn since `at`; `answer` is what they said, if anything."""

    person_id: str
    rank: int
    at: datetime
    answer: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Turns:
    """Those called so far, and when it is the next one's turn (None: nobody else is called)."""

    calls: tuple[Call, ...]
    next_at: datetime | None
    taken: Acknowledgement | None
    nobody_left: bool = False
    """The list is at its end and nobody has it: only the telephone is left."""


def turns(
    alert: Alert,
    answers: Iterable[Acknowledgement],
    *,
    now: datetime,
    noted: Iterable[AlertCall] = (),
) -> Turns:
    """Whom it is the turn of at `now`. `noted`: calls already on record stay, whatever came later
    of an answer that had been given before them.
    """
    said = sorted(answers, key=lambda one: (one.at, one.id))
    taken = next((one for one in said if one.answer == Answer.MINE), None)
    cannot = {one.person_id: one.at for one in reversed(said) if one.answer == Answer.CANNOT}
    on_record = {call.rank: call.called_at for call in noted}
    at, calls, next_at = alert.begun_at, [], None
    over = taken is not None or alert.closed_at is not None
    ended = min(
        [now, *([taken.at] if taken else []), *([alert.closed_at] if alert.closed_at else [])]
    )
    for rank, callee in enumerate(alert.callees):
        at = min(at, on_record.get(rank, at))
        if rank not in on_record and at > ended:
            next_at = None if over else at
            break
        calls.append(_answered(Call(callee["person_id"], rank, at), said))
        declined = cannot.get(callee["person_id"])
        waited = at + timedelta(minutes=callee["minutes"])
        at = waited if declined is None else min(waited, max(at, declined))
    else:
        return Turns(tuple(calls), None, taken, nobody_left=not over and at <= now)
    return Turns(tuple(calls), next_at, taken)


def _answered(call: Call, said: Sequence[Acknowledgement]) -> Call:
    own = [one for one in said if one.person_id == call.person_id]
    if not own:
        return call
    best = next((one for one in own if one.answer == Answer.MINE), own[0])
    return Call(call.person_id, call.rank, call.at, best.answer, best.acknowledged_at)


def check_callees(callees: Any) -> None:
    """:raises Refused: ``bad_value``"""
    sound = isinstance(callees, list) and len(callees) <= CALLEES_MAX
    if not sound or not all(_is_callee(one) for one in callees):
        raise Refused("bad_value", field="callees", value=str(callees)[:80], why="person_id, min")


def _is_callee(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("person_id"), str):
        return False
    minutes = one.get("minutes")
    return isinstance(minutes, int) and not isinstance(minutes, bool) and 0 < minutes <= MINUTES_MAX
