"""How an order came to where it stands: the statuses it went through, and when."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from asset_model.vocabulary import WorkOrderStatus as S
from maintenance.due import DUE_BY, TORONTO

PATHS = {
    S.DRAFT: (S.DRAFT,),
    S.PLANNED: (S.DRAFT, S.PLANNED),
    S.DISPATCHED: (S.DRAFT, S.DISPATCHED),
    S.ACCEPTED: (S.DRAFT, S.DISPATCHED, S.ACCEPTED),
    S.IN_PROGRESS: (S.DRAFT, S.DISPATCHED, S.ACCEPTED, S.IN_PROGRESS),
    S.ON_HOLD: (S.DRAFT, S.DISPATCHED, S.IN_PROGRESS, S.ON_HOLD),
    S.DONE: (S.DRAFT, S.DISPATCHED, S.ACCEPTED, S.IN_PROGRESS, S.DONE),
    S.CLOSED: (S.DRAFT, S.DISPATCHED, S.ACCEPTED, S.IN_PROGRESS, S.DONE, S.CLOSED),
    S.CANCELLED: (S.DRAFT, S.CANCELLED),
}
AT_WORK = (S.IN_PROGRESS, S.ON_HOLD)
WORKED = (S.DONE, S.CLOSED)
BY_DAY_HOURS = 48
"""A delay of this or more ends with the day shift, not at the minute."""

Move = tuple[S, datetime]


@dataclass(frozen=True)
class Course:
    """The moves of one order, oldest first, and when it is due."""

    moves: tuple[Move, ...]
    due_at: datetime

    @property
    def created_at(self) -> datetime:
        return self.moves[0][1]

    @property
    def status(self) -> S:
        return self.moves[-1][0]

    def at(self, status: S) -> datetime | None:
        """When it first reached a status; None when it never did."""
        return next((moment for reached, moment in self.moves if reached == status), None)


def course_of(
    status: S, *, now: datetime, due_hours: float, hours: float, late: bool, random: Random
) -> Course:
    """A plausible way to `status`, all of it before `now`; `late`: it is due before `now` too."""
    share = random.uniform(1.15, 1.5) if late else random.uniform(0.1, 0.6)
    created = now - timedelta(hours=due_hours * share)
    tail: list[Move] = []
    if status in WORKED:
        tail = _finished(status, now, hours, random)
        created = tail[0][1] - timedelta(hours=due_hours * random.uniform(0.15, 0.5))
    elif status in AT_WORK:
        tail = _begun(status, created, now, random)
    end = tail[0][1] if tail else now
    lead = PATHS[status][: len(PATHS[status]) - len(tail)]
    piece = (end - created) / len(lead)
    moves = [*((step, created + piece * rank) for rank, step in enumerate(lead)), *tail]
    return Course(
        tuple((step, moment.replace(microsecond=0)) for step, moment in moves),
        _due_at(created, due_hours),
    )


def _finished(status: S, now: datetime, hours: float, random: Random) -> list[Move]:
    """Begun and done in a shift of the days before, and seen by the foreman by the next day."""
    began = _shift_start(now, random)
    done = began + timedelta(hours=hours * random.uniform(0.8, 1.3))
    moves = [(S.IN_PROGRESS, began), (S.DONE, done)]
    if status == S.CLOSED:
        seen = done + timedelta(hours=random.uniform(3, 18))
        moves.append((S.CLOSED, min(seen, now - timedelta(minutes=5))))
    return moves


def _begun(status: S, created: datetime, now: datetime, random: Random) -> list[Move]:
    """Begun in the last hours; what is on hold was left half-way since."""
    at_it = min(timedelta(hours=2.5) * random.uniform(0.3, 1), (now - created) / 3)
    moves = [(S.IN_PROGRESS, now - at_it)]
    return moves if status == S.IN_PROGRESS else [*moves, (S.ON_HOLD, now - at_it / 2)]


def planned_course(
    status: S, *, made_at: datetime, due_at: datetime, now: datetime, hours: float, random: Random
) -> Course:
    """The way of an order that a plan made: it is born planned, and done on its day."""
    path = [S.PLANNED, *PATHS[status][1:]] if status != S.PLANNED else [S.PLANNED]
    began = min(due_at - timedelta(hours=random.uniform(2, 7)), now - timedelta(hours=hours + 1))
    moments = {
        S.PLANNED: made_at,
        S.DISPATCHED: made_at + (began - made_at) / 2,
        S.ACCEPTED: began - timedelta(minutes=random.randint(5, 25)),
        S.IN_PROGRESS: began,
        S.DONE: began + timedelta(hours=hours),
        S.CLOSED: began + timedelta(hours=hours, minutes=45),
    }
    moves = tuple((step, moments[step].replace(microsecond=0)) for step in path)
    return Course(moves, due_at)


def _shift_start(now: datetime, random: Random) -> datetime:
    """Some morning or noon of the two weeks before, on the town's clock."""
    days = random.randint(1, 9) * 3 // 2
    day = now.astimezone(TORONTO).date() - timedelta(days=days)
    start = datetime.combine(day, time(7, 30), tzinfo=TORONTO).astimezone(now.tzinfo)
    return start + timedelta(minutes=random.randint(0, 240))


def _due_at(created: datetime, due_hours: float) -> datetime:
    due_at = (created + timedelta(hours=due_hours)).replace(microsecond=0, second=0)
    if due_hours < BY_DAY_HOURS:
        return due_at
    day = due_at.astimezone(TORONTO).date()
    return datetime.combine(day, DUE_BY, tzinfo=TORONTO).astimezone(created.tzinfo)
