"""A matter with everything that a screen says of it: values, whose they are, what was chosen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.catalogue import Part
from asset_model.matters import Matter, MatterKind, Settlement, SettlementResult
from asset_model.people import Crew, District, Person
from asset_model.work_orders import Step, WorkOrder
from field_app.store.images import stored


@dataclass(frozen=True)
class Side:
    """One of two values: what it is, whose, and since when."""

    value: Any
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Contest:
    """A column with the value that was kept and the one that was set aside."""

    table: str
    column: str
    kept: Side
    set_aside: Side
    now: Any
    """What the row holds today, here."""
    step: Step | None


@dataclass(frozen=True)
class Asked:
    """One change of an act that was not taken."""

    change: str
    table: str
    op: str
    before: dict[str, Any]
    after: dict[str, Any]
    step: Step | None


@dataclass(frozen=True)
class Attempt:
    """A settlement and who made it. Its `result` is None until the server has answered."""

    settlement: Settlement
    person: str


@dataclass(frozen=True)
class MatterPage:
    """`raised` is False for an act of this tablet that the server has not told of as a matter."""

    matter: Matter
    order: WorkOrder | None
    street: str
    person: str
    settled_by: str
    contests: tuple[Contest, ...]
    asked: tuple[Asked, ...]
    attempts: tuple[Attempt, ...]
    """The newest first."""
    names: dict[str, Any]
    """What the ids among the values are called; a part is itself, with its unit."""
    raised: bool = True

    @property
    def waiting(self) -> Attempt | None:
        """What was chosen here and is on its way to the server."""
        return self._last(None)

    @property
    def failed(self) -> Attempt | None:
        """The last choice, where it could not be done."""
        return self._last(SettlementResult.NOT_TAKEN)

    def _last(self, result: str | None) -> Attempt | None:
        last = self.attempts[0] if self.attempts else None
        return last if last is not None and last.settlement.result == result else None


def matter_page(session: Session, matter_id: str) -> MatterPage | None:
    matter = session.get(Matter, matter_id)
    return matter_pages(session, [matter])[0] if matter else None


def matter_pages(
    session: Session, found: Sequence[Matter], *, raised: bool = True
) -> list[MatterPage]:
    """The pages of these matters, in as many queries for many as for one."""
    orders = _by_id(session, WorkOrder, {matter.work_order_id for matter in found})
    assets = _by_id(session, Asset, {order.asset_id for order in orders.values()})
    told = [change for matter in found for change in matter.changes]
    steps = _by_id(session, Step, {c["row"] for c in told if c["table"] == "step"})
    places = [matter.details for matter in found]
    names = _names(session, set(_ids([told, places])) | {id for m in found for id in _people(m)})
    attempts = _attempts(session, found)
    return [
        MatterPage(
            matter=matter,
            order=(order := orders.get(matter.work_order_id or "")),
            street=_street(order, assets),
            person=_name(names, matter.person_id),
            settled_by=_name(names, matter.settled_by),
            contests=tuple(_contests(session, matter, names, steps)),
            asked=tuple(_asked(matter, steps)),
            attempts=tuple(attempts.get(matter.id, ())),
            names=names,
            raised=raised,
        )
        for matter in found
    ]


def _by_id(session: Session, model: Any, ids: Iterable[str | None]) -> dict[str, Any]:
    wanted = [id for id in ids if id]
    if not wanted:
        return {}
    return {row.id: row for row in session.scalars(select(model).where(model.id.in_(wanted)))}


def _people(matter: Matter) -> list[str]:
    return [id for id in (matter.person_id, matter.settled_by) if id]


def _ids(told: Any) -> Iterator[str]:
    """Every text in what was told that is as long as an id."""
    if isinstance(told, str) and len(told) == 36:
        yield told
    for part in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from _ids(part)


def _names(session: Session, ids: set[str]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for model in (Person, Crew, District, Asset):
        found = _by_id(session, model, ids)
        names |= {id: row.name or getattr(row, "tag", "") for id, row in found.items()}
    return names | _by_id(session, Part, ids)


def _name(names: dict[str, Any], id: str | None) -> str:
    return str(names.get(id or "", ""))


def _street(order: WorkOrder | None, assets: dict[str, Any]) -> str:
    if order is None:
        return ""
    asset = assets.get(order.asset_id or "")
    return (asset.name if asset else None) or order.place or ""


def _contests(
    session: Session, matter: Matter, names: dict[str, Any], steps: dict[str, Any]
) -> Iterator[Contest]:
    if matter.kind != MatterKind.CONTESTED:
        return
    for told in matter.changes:
        row = stored(session, told["table"], told["row"]) or {}
        for line in told["lines"]:
            yield Contest(
                table=told["table"],
                column=line["column"],
                kept=_side(line, "kept", names),
                set_aside=_side(line, "set_aside", names),
                now=row.get(line["column"], line["kept"]),
                step=steps.get(told["row"]),
            )


def _side(line: dict[str, Any], name: str, names: dict[str, Any]) -> Side:
    at = line[f"{name}_at"]
    by = _name(names, line[f"{name}_by"])
    return Side(line[name], by, datetime.fromisoformat(at) if at else None)


def _asked(matter: Matter, steps: dict[str, Any]) -> Iterator[Asked]:
    if matter.kind == MatterKind.CONTESTED:
        return
    for told in matter.changes:
        yield Asked(
            change=told["change"],
            table=told["table"],
            op=told["op"],
            before=told["before"],
            after=told["after"],
            step=steps.get(told["row"]),
        )


def _attempts(session: Session, found: Sequence[Matter]) -> dict[str, list[Attempt]]:
    query = (
        select(Settlement, Person.name)
        .outerjoin(Person, Person.id == Settlement.person_id)
        .where(Settlement.matter_id.in_([matter.id for matter in found]))
        .order_by(Settlement.result.is_not(None), Settlement.settled_at.desc(), Settlement.id)
    )
    attempts: dict[str, list[Attempt]] = {}
    for settlement, name in session.execute(query):
        attempts.setdefault(settlement.matter_id, []).append(Attempt(settlement, name or ""))
    return attempts
