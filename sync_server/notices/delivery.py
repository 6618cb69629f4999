"""Sending what waits: taken one by one, and what becomes of each is written down at once."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from asset_model.database import Database
from sync_server.intake.words import without_contacts
from sync_server.notices import outbox
from sync_server.notices.failures import tell_office
from sync_server.notices.outbox import ATTEMPTS_MAX
from sync_server.notices.tables import Channel, Notice, State
from sync_server.notices.undelivered import Undelivered, Unwanted

log = logging.getLogger(__name__)

TRIED_FOR = timedelta(days=5)
"""While the other side answers nobody at all; then its notices are given up, one by one."""
ROUND_LASTS = timedelta(seconds=30)
"""Whoever stops the server waits for the end of a round: the next one goes on with ten thousand."""
SLOW = timedelta(seconds=3)
"""An endpoint that takes as long for its answer keeps no other one waiting."""
TOLD_AFTER = timedelta(hours=2)
"""So old a letter that cannot leave, and the office is told that the mail server is away."""

Send = Callable[[Notice], None]


class Courier(Protocol):
    """Who carries the notices of a channel.

    With `apart`, a closed door is one recipient's and not the whole channel's.
    """

    @property
    def apart(self) -> bool: ...

    def round(self) -> AbstractContextManager[Send]:
        """A round of sendings; each raises `Undelivered` or `Unwanted`, or has been sent."""


@dataclass(frozen=True)
class Delivery:
    """The sending of one channel by one process. Without a courier, nothing is tried, and said."""

    database: Database
    channel: Channel
    courier: Courier | None
    holder: str
    clock: Callable[[], datetime]
    chance: Callable[[], float]

    def run(self) -> int:
        """Until nothing is due, nothing can leave, or the round is over; how many were sent."""
        if self.courier is None:
            with self.database.writing() as session:
                outbox.set_aside(session, self.channel, "no_mail_server", now=self.clock())
            return 0
        sent, ends, slow = 0, self.clock() + ROUND_LASTS, set[str]()
        with self.courier.round() as send:
            while (begun := self.clock()) < ends and (notice := self._next(slow)) is not None:
                state = self._sent(notice, send)
                if self.courier.apart and self.clock() - begun > SLOW:
                    slow.add(notice.recipient)
                sent += state is State.SENT
                if state is None and not self.courier.apart:
                    break
        return sent

    def _next(self, slow: set[str]) -> Notice | None:
        """Whoever was slow in this round comes after all others."""
        now, mine = self.clock(), (self.database, self.channel, self.holder)
        quick = outbox.claim(*mine, now=now, but_for=slow)
        return quick or (outbox.claim(*mine, now=now) if slow else None)

    def _sent(self, notice: Notice, send: Send) -> State | None:
        """What it has ended as; WAITING: it is tried again; None: so is everything else."""
        try:
            send(notice)
        except Unwanted as unwanted:
            return self._end(notice, State.DROPPED, unwanted.code)
        except Undelivered as failure:
            return self._failed(notice, failure)
        except Exception:
            log.exception("notice %s cannot be made", notice.id)
            return self._failed(notice, Undelivered("notice_unusable"))
        return self._end(notice, State.SENT, None)

    def _end(self, notice: Notice, state: State, code: str | None) -> State:
        with self.database.writing() as session:
            outbox.end(session, notice, state, now=self.clock(), code=code)
        return state

    def _failed(self, notice: Notice, failure: Undelivered) -> State | None:
        now, why = self.clock(), without_contacts(failure.why) or ""
        log.warning("notice %s did not leave: %s %s", notice.id, failure.code, why)
        old = now - notice.made_at
        tired = old > TRIED_FOR if failure.everybody else notice.attempts >= ATTEMPTS_MAX
        with self.database.writing() as session:
            if failure.final or tired:
                if outbox.end(session, notice, State.FAILED, now=now, code=failure.code, why=why):
                    tell_office(session, notice, failure.code, now=now)
                return State.FAILED
            due_at = outbox.postpone(
                session, notice, now=now, chance=self.chance, code=failure.code,
                counted=not failure.everybody, why=why,
            )  # fmt: skip
            if not failure.everybody:
                return State.WAITING
            assert self.courier is not None
            recipient = notice.recipient if self.courier.apart else None
            outbox.postpone_others(session, self.channel, recipient, until=due_at)
            if old > TOLD_AFTER and not self.courier.apart:
                tell_office(session, notice, failure.code, now=now)
        return None
