"""A break as its screen shows it: what to close, who is dry, and what the crew has told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.linear.places import ADDRESS, place_of_address
from asset_model.network import told
from asset_model.network.ground import Ground, Grounds
from asset_model.network.report import Question, Report, isolation_report
from asset_model.people import Person
from asset_model.spatial import orders_within
from asset_model.vocabulary import OPEN_STATUSES, WorkOrderKind
from asset_model.work_orders import Step, WorkOrder
from field_app.reads.assets import Found, find_assets, nearest_assets
from field_app.reads.corners import Position

TWINS_MAX = 2
SAME_BREAK_M, SAME_BREAK = 150.0, timedelta(hours=2)
WATER = ("pipe", "hydrant", "valve", "service_connection")


@dataclass(frozen=True)
class BreakPage:
    """`report` is None where it is not known on which pipe the break is."""

    order: WorkOrder
    words: told.Words
    people: Mapping[str, str]
    report: Report | None
    twins: tuple["Twin", ...] = ()


@dataclass(frozen=True)
class Twin:
    """Another emergency so near, and told so shortly before or after, that it may be the same."""

    id: str
    number: str
    metres: int


@dataclass(frozen=True)
class Spot:
    """Where a break may be: the asset, how far along it, and how people call the place."""

    asset_id: str
    tag: str
    at_m: float | None
    name: str
    class_fr: str = ""
    class_en: str = ""


def break_of(session: Session, order_id: str, grounds: Grounds) -> BreakPage | None:
    """None: this tablet does not hold the order."""
    order = session.get(WorkOrder, order_id)
    if order is None:
        return None
    ground = grounds.of(session)
    steps = session.scalars(select(Step).where(Step.work_order_id == order_id))
    words = told.words_of(steps)
    question = _question(session, order, words, ground)
    report = isolation_report(session, question, ground=ground) if question else None
    return BreakPage(order, words, _names(session, words), report, _twins(session, order))


def _twins(session: Session, order: WorkOrder) -> tuple[Twin, ...]:
    if order.longitude is None or order.latitude is None:
        return ()
    place, since = (order.longitude, order.latitude), order.created_at - SAME_BREAK
    found = (
        Twin(other.id, other.number or other.alias or "", round(metres))
        for other, metres in orders_within(session, place, SAME_BREAK_M, since=since)
        if _family(other) != _family(order)
        and other.kind == WorkOrderKind.EMERGENCY
        and other.status in OPEN_STATUSES
        and other.created_at <= order.created_at + SAME_BREAK
    )
    return tuple(islice(found, TWINS_MAX))


def _family(order: WorkOrder) -> str:
    """The jobs of one break are no other break."""
    return order.parent_id or order.id


def spots(
    session: Session, text: str, *, near: Position | None, grounds: Grounds
) -> tuple[Spot, ...]:
    """Places that `text` may mean: an address first, then assets; without text, what is near."""
    ground = grounds.of(session)
    if not text.strip():
        if near is None:
            return ()
        here = _under(session, near, ground, "")
        around = nearest_assets(session, near, classes=WATER)
        return (*here, *(_spot(each) for each in around if each.tag not in {s.tag for s in here}))
    found = find_assets(session, text, near=near, classes=WATER).found
    return (*_addressed(session, text, ground), *map(_spot, found))


def _addressed(session: Session, text: str, ground: Ground) -> tuple[Spot, ...]:
    if ADDRESS.fullmatch(text) is None:
        return ()
    try:
        place = place_of_address(session, text)
    except Refused:
        return ()
    return _under(session, place.position, ground, place.address)


def _under(session: Session, position: Position, ground: Ground, name: str) -> tuple[Spot, ...]:
    """The pipe under or beside a place; none, where none is near enough."""
    nearest = ground.pipe_near(position)
    asset = _asset(session, nearest.name) if nearest else None
    if nearest is None or asset is None:
        return ()
    at_m = round(nearest.on_line.measure_m, 1)
    return (Spot(asset.id, asset.tag, at_m, name or asset.name),)


def _spot(found: Found) -> Spot:
    return Spot(found.id, found.tag, None, found.name, found.class_fr, found.class_en)


def _asset(session: Session, tag: str) -> Asset | None:
    return session.scalars(select(Asset).where(Asset.tag == tag)).first()


def _question(
    session: Session, order: WorkOrder, words: told.Words, ground: Ground
) -> Question | None:
    where = _where(session, order, words, ground)
    if where is None:
        return None
    valves = ground.graph.network.valves
    return Question(
        *where,
        broken_valves=_known(told.failed(words), valves),
        closed_valves=_known(told.closed(words), valves),
    )


def _where(
    session: Session, order: WorkOrder, words: told.Words, ground: Ground
) -> tuple[str, float | None] | None:
    """What the crew said; else what the order is about; else the pipe under its place."""
    said = told.break_told(words)
    if said is not None and ground.knows(said[0]):
        return said
    asset = session.get(Asset, order.asset_id) if order.asset_id else None
    if asset is not None and ground.knows(asset.tag):
        return asset.tag, order.from_m
    if order.longitude is None or order.latitude is None:
        return None
    nearest = ground.pipe_near((order.longitude, order.latitude))
    return (nearest.name, nearest.on_line.measure_m) if nearest else None


def _known(tags: Iterable[str], valves: Mapping[str, object]) -> tuple[str, ...]:
    """Without those that have left the network since."""
    return tuple(tag for tag in tags if tag in valves)


def _names(session: Session, words: told.Words) -> dict[str, str]:
    ids = {word.person_id for word in words.values() if word.person_id}
    query = select(Person.id, Person.name).where(Person.id.in_(ids))
    return {row.id: row.name for row in session.execute(query)}
