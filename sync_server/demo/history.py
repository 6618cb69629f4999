"""What has been done and said on an order, as far as its course has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from asset_model.base import Base
from asset_model.facts import Comment, MaterialUsed, StatusChange, TimeWorked
from asset_model.ids import uuid7
from asset_model.vocabulary import StepKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step, WorkOrder
from sync_server.demo.course import Course
from sync_server.demo.job import Job
from sync_server.demo.people import BY_KEY
from sync_server.demo.placing import demo_id

AGENT = "isabelle"
BY_CREW = (S.ACCEPTED, S.IN_PROGRESS, S.ON_HOLD, S.DONE)
REASONS = {
    S.ON_HOLD: (
        "Équipe appelée sur une urgence.",
        "Matériel attendu du fournisseur.",
        "Visibilité nulle, à reprendre.",
    ),
    S.CANCELLED: (
        "Doublon d’un autre bon.",
        "Déjà réparé, constaté sur place.",
        "Requête retirée.",
    ),
}
CITIZEN_SAYS = (
    "Requête 311 : le citoyen signale que c’est pire depuis hier.",
    "Requête 311 : deux appels pour le même endroit.",
    "Requête 311 : le citoyen demande une réponse par courriel.",
)
NOTHING_TO_SAY = "Rien à signaler."
DEFECT_NOTE = "À reprendre dans un autre bon."


@dataclass(frozen=True)
class Team:
    """A crew, who directs it, and who works in it, by their keys in `people`."""

    crew: str
    foreman: str
    members: tuple[str, ...]


def history_rows(
    order: WorkOrder,
    course: Course,
    team: Team,
    lines: Sequence[dict[str, Any]],
    job: Job | None,
    random: Random,
) -> Iterator[Base]:
    """The order's steps and facts; who did what is written on the order itself too."""
    worker = BY_KEY[random.choice(team.members)].id
    foreman = BY_KEY[team.foreman].id
    reporter = BY_KEY[AGENT].id if job is not None and job.by_citizen else foreman
    started, done = course.at(S.IN_PROGRESS), course.at(S.DONE)
    order.created_by = None if order.source == WorkOrderSource.PLAN else reporter
    order.assignee_id = worker if course.at(S.ACCEPTED) or started else None
    order.completed_by = worker if done else None
    yield from _steps(order, lines, worker, random)
    if reporter != foreman:
        said = random.choice(CITIZEN_SAYS)
        yield _comment(order, reporter, said, course.created_at, random)
    yield from _moves(order, course, {"first": reporter, "crew": worker, "office": foreman}, random)
    if started and done:
        yield from _work(order, started, done, worker, job, random)


def _moves(
    order: WorkOrder, course: Course, who: dict[str, str], random: Random
) -> Iterator[StatusChange]:
    (first, born), *_ = course.moves
    yield _moved(order, None, first, born, who["first"], random)
    for (current, _), (wanted, moment) in pairwise(course.moves):
        person = who["crew" if wanted in BY_CREW else "office"]
        change = _moved(order, current, wanted, moment, person, random)
        if wanted in REASONS:
            change.reason = order.reason = random.choice(REASONS[wanted])
        yield change


def _moved(
    order: WorkOrder,
    current: S | None,
    wanted: S,
    moment: datetime,
    person_id: str,
    random: Random,
) -> StatusChange:
    return StatusChange(
        id=uuid7(moment, random),
        work_order_id=order.id,
        person_id=person_id,
        from_status=current,
        to_status=wanted,
        changed_at=moment,
    )


def _work(
    order: WorkOrder,
    started: datetime,
    done: datetime,
    worker: str,
    job: Job | None,
    random: Random,
) -> Iterator[Base]:
    """Hours, material and a word at the end of finished work."""
    yield TimeWorked(
        id=uuid7(done, random),
        work_order_id=order.id,
        person_id=worker,
        started_at=started,
        ended_at=done,
        overtime=False,
    )
    for code, quantity in job.parts if job else ():
        yield MaterialUsed(
            id=uuid7(done, random),
            work_order_id=order.id,
            person_id=worker,
            part_id=demo_id("part", code),
            quantity=float(quantity),
            used_at=done,
        )
    if job is not None and job.done_note:
        yield _comment(order, worker, job.done_note, done, random)


def _comment(
    order: WorkOrder, person_id: str, text: str, moment: datetime, random: Random
) -> Comment:
    return Comment(
        id=uuid7(moment, random),
        work_order_id=order.id,
        person_id=person_id,
        text=text,
        written_at=moment,
    )


def _steps(
    order: WorkOrder, lines: Sequence[dict[str, Any]], worker: str, random: Random
) -> Iterator[Step]:
    """All answered on finished work, the first half on work that has begun.

    What pictures and meters answer is asked on work to come only: nobody has made them up.
    """
    if order.started_at is not None:
        lines = [line for line in lines if line["kind"] not in NOT_MADE_UP]
    answered = len(lines) if order.completed_at else len(lines) // 2 if order.started_at else 0
    for rank, line in enumerate(lines, start=1):
        step = Step(id=uuid7(order.created_at, random), work_order_id=order.id, rank=rank, **line)
        if rank <= answered and order.started_at is not None:
            step.answer = _answer(line, random)
            step.note = DEFECT_NOTE if step.answer == "defect" else None
            step.answered_at = order.started_at + timedelta(minutes=rank)
            step.answered_by = worker
        yield step


NOT_MADE_UP = (StepKind.PHOTO, StepKind.SIGNATURE, StepKind.METER_READING)


def _answer(line: dict[str, Any], random: Random) -> str:
    match line["kind"]:
        case StepKind.NUMBER:
            low, high = line["minimum"], line["maximum"]
            value = low + (high - low) * random.uniform(0.2, 0.6)
            return f"{value:.1f}" if high - low < 20 else f"{value:.0f}"
        case StepKind.CHOICE:
            return str(random.choice(line["choices"])["code"])
        case StepKind.TEXT:
            return NOTHING_TO_SAY
        case StepKind.PASS_FAIL:
            return random.choice(("ok", "ok", "ok", "ok", "defect", "na"))
    return "ok"
