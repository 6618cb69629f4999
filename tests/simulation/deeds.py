"""What simulated people do on their tablets, through the actions that real ones use."""

from collections.abc import Callable
from hashlib import sha256
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.facts import Comment
from asset_model.ids import Author
from asset_model.matters import Choice, Matter, MatterKind, MatterState
from asset_model.people import Person
from asset_model.photos import Photo
from asset_model.transitions import next_statuses
from asset_model.work_orders import Step, WorkOrder
from field_app.actions import facts, settling, work_orders
from field_app.actions.new_orders import NewOrder
from field_app.store.edits import recorded
from field_app.store.images import keep_image
from field_app.store.local import LocalChange
from tests.sync import town

Deed = Callable[[Session, Author, Random], Any]


def _an_order(session: Session, chance: Random) -> WorkOrder | None:
    orders = session.scalars(select(WorkOrder).order_by(WorkOrder.id)).all()
    return chance.choice(orders) if orders else None


def move(session: Session, by: Author, chance: Random) -> None:
    order = _an_order(session, chance)
    if order is None:
        return
    person = session.get(Person, by.person_id)
    wanted = next_statuses(order.status, role=person.role) if person else []
    if wanted:
        work_orders.move(session, order.id, chance.choice(wanted), by=by, reason="pluie")


def answer(session: Session, by: Author, chance: Random) -> None:
    steps = session.scalars(select(Step).order_by(Step.id)).all()
    if steps:
        value = chance.choice(["ok", "defect", "na", None])
        work_orders.answer(session, chance.choice(steps).id, value, by=by)


def log_time(session: Session, by: Author, chance: Random) -> None:
    if order := _an_order(session, chance):
        facts.log_hours(session, order.id, chance.randint(1, 8), by=by)


def note(session: Session, by: Author, chance: Random) -> None:
    """Words added to the description: both sides' must stay."""
    if order := _an_order(session, chance):
        word = f"n{chance.randrange(10**6)}."
        with recorded(session, by=by):
            order.description = "\n".join(t for t in (order.description, word) if t)


def confirm(session: Session, by: Author, chance: Random) -> None:
    """Two people often say the same: the second changes nothing, and is answered all the same."""
    steps = session.scalars(select(Step).order_by(Step.id)).all()
    if steps:
        with recorded(session, by=by):
            chance.choice(steps).note = "vu"


def rename(session: Session, by: Author, chance: Random) -> None:
    """Only the office may; a crew's is refused by the server, and must not block the rest."""
    if order := _an_order(session, chance):
        with recorded(session, by=by):
            order.title = f"Titre {chance.randrange(1000)}"


def overreach(session: Session, by: Author, chance: Random) -> None:
    """Words added together with a comment in another's name: refused, and both go with it."""
    if order := _an_order(session, chance):
        with recorded(session, by=by):
            order.description = "\n".join(t for t in (order.description, "en trop.") if t)
            session.add(
                Comment(
                    id=by.new_id(),
                    work_order_id=order.id,
                    person_id=town.named("person", "nobody"),
                    text="?",
                    written_at=by.now,
                )
            )


def report(session: Session, by: Author, chance: Random) -> None:
    street = town.named("street", str(chance.randint(1, 4)))
    new = NewOrder(title="Nid-de-poule", asset_id=street)
    work_orders.create(session, new, by=by, device_code="T")


def give(session: Session, by: Author, chance: Random) -> None:
    """The office gives an order to a crew, perhaps another one: it leaves a scope, enters one."""
    if order := _an_order(session, chance):
        work_orders.dispatch(session, order.id, chance.choice([town.NORTH, town.SOUTH]), by=by)


def settle(session: Session, by: Author, chance: Random) -> None:
    """Someone chooses on something that is open, as they see it; another may have before."""
    query = select(Matter).where(Matter.state == MatterState.OPEN).order_by(Matter.id)
    matters = session.scalars(query).all()
    if not matters:
        return
    matter = chance.choice(matters)
    choices = [Choice.KEEP, Choice.TAKE, Choice.SEND_BACK]
    choice = Choice.SEEN if matter.kind == MatterKind.DEVICE else chance.choice(choices)
    settling.settle(session, matter.id, choice, by=by, word="à revoir")


def photograph(session: Session, by: Author, chance: Random) -> None:
    """The row of a photo; its file has a queue and tests of its own."""
    if order := _an_order(session, chance):
        picture = sha256(by.new_id().encode()).hexdigest()
        with recorded(session, by=by):
            session.add(
                Photo(
                    id=by.new_id(),
                    work_order_id=order.id,
                    person_id=by.person_id,
                    sha256=picture,
                    byte_size=9_000,
                    media_type="image/jpeg",
                    width=40,
                    height=30,
                    thumbnail_sha256=picture,
                    thumbnail_size=900,
                    taken_at=by.now,
                )
            )


def write_much(session: Session, by: Author, chance: Random) -> None:
    """More than any message may hold."""
    if order := _an_order(session, chance):
        facts.comment(session, order.id, "Très long. " * 1_000, by=by)


DEEDS: tuple[Deed, ...] = (
    move,
    answer,
    log_time,
    note,
    confirm,
    rename,
    overreach,
    report,
    give,
    settle,
    photograph,
    write_much,
)


def attempt(deed: Deed, session: Session, by: Author, chance: Random) -> None:
    """People also try what they may not; the tablet says no and nothing is written."""
    try:
        deed(session, by, chance)
    except Refused:
        session.rollback()


def leave_poison(session: Session, order_id: str, by: Author) -> None:
    """A change in the outbox that today's server cannot understand; the row is not touched."""
    keep_image(session, "work_order", order_id)
    session.add(
        LocalChange(
            id=by.new_id(),
            group_id=by.new_id(),
            person_id=by.person_id,
            made_at=instant(by.now),
            table="work_order",
            row=order_id,
            op="edit",
            before={"of_tomorrow": None},
            after={"of_tomorrow": "?"},
        )
    )
