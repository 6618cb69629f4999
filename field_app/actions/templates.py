"""Orders from job templates: made, taken back, or a report that a template makes a job of."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.job_templates import JobTemplate
from asset_model.jobs import Job, hours_of, jobs_of, whole_of
from asset_model.roles import check_edit
from asset_model.transitions import OFFICE
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step, WorkOrder
from field_app.actions import work_orders
from field_app.actions.acting import role_of
from field_app.actions.new_orders import NewOrder
from field_app.reads.templates import template_of
from field_app.store.edits import recorded

WRITTEN = (
    "title",
    "kind",
    "priority",
    "description",
    "estimated_hours",
    "safety_note",
    "skill",
    "materials",
    "template",
    "due_at",
    "due_reason",
)
"""What a template writes into a report that it makes a job of."""


@dataclass(frozen=True)
class Wanted:
    """What whoever makes it says beyond the template; None: as the template has it."""

    asset_id: str | None = None
    from_m: float | None = None
    place: str | None = None
    incident_id: str | None = None
    title: str | None = None
    crew_id: str | None = None
    due_at: datetime | None = None
    safety_note: str | None = None
    dispatch: bool = False


def make(
    session: Session, template_id: str, wanted: Wanted, *, by: Author, device_code: str
) -> list[str]:
    """The order of a template, or a family: the parent first, then its jobs. Gives their ids.

    :raises Refused: ``template_unknown``, ``bad_value``, ``role_not_allowed``
    """
    template = _template(session, template_id)
    parent = by.new_id()
    whole = _whole(template, wanted, parent, by)
    news = [whole, *_jobs(template, whole, parent, by)]
    made = work_orders.create_all(session, news, by=by, device_code=device_code)
    return [order.id for order in made]


def take_back(session: Session, ids: Sequence[str], reason: str, *, by: Author) -> None:
    """Undo: what was just made is cancelled, the jobs before their parent.

    :raises Refused: ``illegal_transition``, ``role_not_allowed``
    """
    for id in reversed(ids):
        work_orders.move(session, id, S.CANCELLED, by=by, reason=reason)


@dataclass(frozen=True)
class Applied:
    """What a template did to a report, for an undo."""

    order_id: str
    before: dict[str, Any]
    steps: tuple[str, ...]
    children: tuple[str, ...]


def apply(
    session: Session, order_id: str, template_id: str, *, by: Author, device_code: str
) -> Applied:
    """Make of a report the job, or the family, of a template: what was reported stays readable.

    :raises Refused: ``template_unknown``, ``role_not_allowed``
    """
    template = _template(session, template_id)
    order = session.get_one(WorkOrder, order_id)
    role = role_of(session, by)
    check_edit(role, "work_order", frozenset(WRITTEN))
    if role not in OFFICE:
        raise Refused("role_not_allowed", role=role, what="job_template")
    there = session.scalars(select(Step).where(Step.work_order_id == order_id)).all()
    before = {name: getattr(order, name) for name in WRITTEN}
    whole = _whole(template, _as_reported(order), order_id, by)
    jobs = _jobs(template, whole, order_id, by)
    after = {name: _written(order, whole, name) for name in WRITTEN}
    with recorded(session, by=by):
        for name, value in after.items():
            setattr(order, name, value)
        last = max((step.rank for step in there), default=0)
        steps = work_orders.add_steps(session, order_id, whole.steps, by=by, after=last)
        made = [work_orders.added(session, job, by=by, device_code=device_code) for job in jobs]
    return Applied(order_id, before, tuple(steps), tuple(job.id for job in made))


def take_off(session: Session, applied: Applied, reason: str, *, by: Author) -> None:
    """Undo of `apply`: the report is as it was, its new steps are withdrawn, its jobs cancelled.

    :raises Refused: ``illegal_transition``, ``role_not_allowed``
    """
    take_back(session, applied.children, reason, by=by)
    order = session.get_one(WorkOrder, applied.order_id)
    check_edit(role_of(session, by), "work_order", frozenset(WRITTEN))
    with recorded(session, by=by):
        for name, value in applied.before.items():
            setattr(order, name, value)
        for id in applied.steps:
            session.get_one(Step, id).withdrawn = True


def due_of(job: Job, now: datetime) -> datetime | None:
    """By when it is promised, if it is made now."""
    return None if job.due_hours is None else now + timedelta(hours=job.due_hours)


def _template(session: Session, id: str) -> JobTemplate:
    template = template_of(session, id)
    if template is None:
        raise Refused("template_unknown")
    return template


def _whole(template: JobTemplate, wanted: Wanted, id: str, by: Author) -> NewOrder:
    job = replace(whole_of(template), estimated_hours=hours_of(template))
    said = {name: value for name, value in asdict(wanted).items() if value is not None}
    own = said.pop("due_at", None)
    new = _new(job, template, by, id=id, **{"crew_id": job.crew_id, **said})
    if own is None or own == new.due_at:
        return new
    return replace(new, due_at=own, due_reason=None)


def _jobs(template: JobTemplate, whole: NewOrder, parent: str, by: Author) -> list[NewOrder]:
    """Each where its parent is, and to its own crew; where it names none, to its parent's."""
    jobs = jobs_of(template)
    ids = {job.code: by.new_id() for job in jobs}
    return [
        _new(
            job,
            template,
            by,
            id=ids[job.code],
            parent_id=parent,
            rank=rank,
            after_ids=tuple(ids[code] for code in job.after),
            asset_id=whole.asset_id,
            from_m=whole.from_m,
            place=whole.place,
            crew_id=job.crew_id or whole.crew_id,
            dispatch=whole.dispatch,
        )
        for rank, job in enumerate(jobs, start=1)
    ]


def _new(job: Job, template: JobTemplate, by: Author, **own: Any) -> NewOrder:
    told: dict[str, Any] = {
        "title": job.text("title"),
        "description": job.text("description"),
        "safety_note": job.text("safety"),
        "kind": job.kind,
        "priority": job.priority,
        "estimated_hours": job.estimated_hours,
        "skill": job.skill,
        "materials": tuple(dict(line) for line in job.materials),
        "steps": tuple(dict(line) for line in job.steps),
        "due_at": due_of(job, by.now),
        "due_reason": job.text("due_reason"),
        "template": template.id,
    }
    return NewOrder(**{**told, **own})


def _as_reported(order: WorkOrder) -> Wanted:
    """Where it was reported stands; the template says what is done there."""
    return Wanted(
        asset_id=order.asset_id, from_m=order.from_m, place=order.place, crew_id=order.crew_id
    )


def _written(order: WorkOrder, whole: NewOrder, name: str) -> Any:
    """What stands in a column of the report then: no promise gets later, nothing less urgent."""
    given = getattr(whole, name)
    sooner = _sooner(order.due_at, whole.due_at)
    own: dict[str, Any] = {
        "description": _together((order.title, order.description, whole.description)),
        "safety_note": _together((order.safety_note, whole.safety_note)),
        "priority": min(order.priority, whole.priority),
        "materials": list(whole.materials) or None,
        "due_at": sooner,
        "due_reason": order.due_reason if sooner == order.due_at else whole.due_reason,
    }
    return own.get(name, given)


def _together(texts: Iterable[str | None]) -> str | None:
    return "\n".join(text for text in texts if text) or None


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    known = [moment for moment in (one, other) if moment is not None]
    return min(known, default=None)
