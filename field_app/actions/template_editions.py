"""What the office does to job templates: each change is an edition more, and takes none away."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Part
from asset_model.codec import columns_of
from asset_model.errors import Refused
from asset_model.facts import MaterialUsed
from asset_model.ids import Author
from asset_model.job_templates import JobTemplate
from asset_model.jobs import CODE_LENGTH_MAX, LINE, Job, check_template
from asset_model.network import told
from asset_model.roles import check_insert
from asset_model.work_orders import Step, WorkOrder
from field_app.actions.acting import role_of
from field_app.reads.templates import all_editions, template_of
from field_app.store.edits import recorded
from field_app.store.folding import folded

OF_AN_EDITION = ("edition", "made_at", "created_by")
Told = dict[str, Any]
"""The columns of a template, without those that tell one edition from another."""


def told_of(template: JobTemplate) -> Told:
    whole = columns_of(template)
    return {name: value for name, value in whole.items() if name not in OF_AN_EDITION}


def publish(session: Session, told: Told, *, by: Author) -> JobTemplate:
    """Add an edition; orders that were made keep what they were made of.

    :raises Refused: ``role_not_allowed``, ``bad_value``
    """
    check_insert(role_of(session, by), "job_template")
    code = told.get("code") or _free_code(session, told["title_fr"])
    known = [each.edition for each in all_editions(session) if each.code == code]
    columns = {**told, "code": code, "edition": max(known, default=0) + 1}
    check_template(columns)
    made = JobTemplate(id=by.new_id(), made_at=by.now, created_by=by.person_id, **columns)
    with recorded(session, by=by):
        session.add(made)
    return made


def set_active(session: Session, template_id: str, active: bool, *, by: Author) -> JobTemplate:
    """Retire it, or take it up again.

    :raises Refused: ``role_not_allowed``, ``template_unknown``
    """
    return publish(session, {**_known(session, template_id), "active": active}, by=by)


def take_up(session: Session, template_id: str, *, by: Author) -> JobTemplate:
    """Make an older edition that of today.

    :raises Refused: ``role_not_allowed``, ``template_unknown``
    """
    return publish(session, _known(session, template_id), by=by)


def copied(told: Told, title_fr: str, title_en: str) -> Told:
    """A template of its own, that begins as another is."""
    return {**told, "code": "", "title_fr": title_fr, "title_en": title_en, "active": True}


def from_order(session: Session, order_id: str) -> Told:
    """What an order would be as a template: its steps, the material that it took, its jobs."""
    order = session.get_one(WorkOrder, order_id)
    jobs = select(WorkOrder).where(WorkOrder.parent_id == order_id).order_by(WorkOrder.rank)
    children = session.scalars(jobs).all()
    codes = {child.id: f"{rank}" for rank, child in enumerate(children, start=1)}
    made = [
        _as_job(session, child, codes[child.id], [codes[id] for id in child.after_ids or ()
                                                  if id in codes])
        for child in children
    ]  # fmt: skip
    whole = _as_job(session, order, "-", []).told()
    blank = {"kind": order.kind, "priority": order.priority, "steps": [], "materials": []}
    rest = {"class_codes": [], "active": True, "children": [job.told() for job in made]}
    return {**blank, **whole, **rest, "code": ""}


def _as_job(session: Session, order: WorkOrder, code: str, after: list[str]) -> Job:
    steps = session.scalars(
        select(Step)
        .where(Step.work_order_id == order.id, Step.withdrawn.is_(False))
        .order_by(Step.rank)
    )
    return Job(
        code=code,
        title_fr=order.title,
        title_en=order.title,
        kind=order.kind,
        priority=order.priority,
        estimated_hours=order.estimated_hours,
        safety_fr=order.safety_note,
        safety_en=order.safety_note,
        skill=order.skill,
        crew_id=order.crew_id,
        steps=tuple(_line(step) for step in steps if told.about(step) is None),
        materials=_taken(session, order),
        after=tuple(after),
    )


def _line(step: Step) -> Told:
    said = {name: getattr(step, name) for name in LINE}
    return {name: value for name, value in said.items() if value is not None}


def _taken(session: Session, order: WorkOrder) -> tuple[Told, ...]:
    """What was used; before any was, what it should take."""
    query = (
        select(Part.code, MaterialUsed.quantity)
        .join(Part, Part.id == MaterialUsed.part_id)
        .where(MaterialUsed.work_order_id == order.id)
    )
    sums: dict[str, float] = {}
    for code, quantity in session.execute(query):
        sums[code] = sums.get(code, 0) + quantity
    used = tuple({"part": code, "quantity": quantity} for code, quantity in sums.items())
    return used or tuple(order.materials or ())


def _known(session: Session, template_id: str) -> Told:
    template = template_of(session, template_id)
    if template is None:
        raise Refused("template_unknown")
    return told_of(template)


def _free_code(session: Session, title: str) -> str:
    """Short, of the title's letters, and nobody else's."""
    letters = "".join(c if c.isalnum() and c.isascii() else "-" for c in folded(title))
    start = "-".join(filter(None, letters.split("-")))[: CODE_LENGTH_MAX - 4] or "modele"
    taken = {each.code for each in all_editions(session)}
    tries = (start, *(f"{start}-{count}" for count in range(2, len(taken) + 3)))
    return next(code for code in tries if code not in taken)
