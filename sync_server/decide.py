"""What becomes of one change, against the rows the server holds: nothing is written here."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from asset_model.codec import checked, kept_by_server, rules_of, table_of, wire_columns
from asset_model.combinations import check_coupling
from asset_model.errors import Refused
from asset_model.roles import FOUND_IN_THE_FIELD, SIGNATURES, check_edit, check_insert, may_insert
from asset_model.sync.merge import Merged, Rule, device_wins, merge
from asset_model.sync.wire import Change, Columns, Outcome
from asset_model.tables import OF_AN_ASSET, OF_AN_ORDER
from asset_model.transitions import OFFICE, check_transition
from asset_model.vocabulary import WorkOrderStatus as S
from sync_server import (
    asset_desk,
    consequences,
    dispatch_desk,
    feed,
    field_desk,
    fleet_desk,
    pass_desk,
    unit_desk,
)
from sync_server.feed import Image
from sync_server.intake.orders import carried
from sync_server.matters import Whose
from sync_server.scope import GRACE, Scope, buckets_of, left_at
from sync_server.workspace import Draft, of_crew

GOES_WITH = {
    "settlement": ("matter", "matter_id"),
    "store_movement": ("store", "store_id"),
    "acknowledgement": ("alert", "alert_id"),
    "note_read": ("handover_note", "note_id"),
}
"""What belongs to a row of another table, named in that column, and is wherever that is."""

PARENTS = (
    ("work_order", "work_order_id"),
    ("work_order", "parent_id"),
    ("pass", "reverses_id"),
    *GOES_WITH.values(),
)
"""What else a change touches, by the column in which it names that."""


@dataclass(frozen=True)
class Maker:
    """Whose change it is: the person with the role and crew they have, and what they may reach.

    The server's own hand (imports, plans) has no `scope`: it reaches everything.
    """

    person_id: str | None
    role: str
    crew_id: str | None
    scope: Scope | None
    made_at: str | None = None


def decide(draft: Draft, change: Change, maker: Maker) -> Outcome:
    """Stage what the change does in `draft`, and say what became of it.

    :raises Refused: with the code of the first rule it breaks
    """
    table_of(change.table)
    change = replace(change, after=checked(change.table, change.after))
    if change.op == "insert":
        return _insert(draft, change, maker)
    return _edit(draft, change, maker)


def _insert(draft: Draft, change: Change, maker: Maker) -> Outcome:
    if draft.get(change.table, change.row) is not None:
        raise Refused("row_exists")
    columns = _complete(change.table, change.after)
    if maker.scope is not None:
        check_insert(maker.role, change.table)
        _check_signatures(columns, maker)
        _check_birth(change.table, columns, maker)
        asset_desk.check_maker(change.table, columns, maker.role)
        _check_unit(draft, change.table, columns, maker)
        _check_pass(draft, change.table, columns, maker)
    if change.table == "work_order":
        columns = carried(draft, columns)
    buckets = _buckets(draft, change.table, columns)
    if maker.scope is not None and not maker.scope.meets(buckets):
        _check_order_in_reach(draft, columns, maker.scope)
    columns = consequences.of_insert(draft, change, columns)
    draft.put(Image(change.table, change.row, columns, buckets))
    return Outcome(change=change.id, result="applied")


def _complete(table: str, given: Columns) -> Columns:
    """All columns of a new row: what was given, else the default; the server's own left empty."""
    columns: Columns = {}
    for name, taken, default, nullable in _at_birth(table):
        if taken and name in given:
            columns[name] = given[name]
        elif default is not None:
            columns[name] = default.arg(None) if default.is_callable else default.arg
        elif nullable:
            columns[name] = None
        else:
            raise Refused("bad_value", field=name, value="", why="a value is needed")
    return columns


@cache
def _at_birth(table: str) -> tuple[tuple[str, bool, Any, bool], ...]:
    """Of each column: whether what is given is taken, its default, and whether it may be empty."""
    columns, own = table_of(table).columns, kept_by_server(table)
    return tuple(
        (name, name not in own, columns[name].default, bool(columns[name].nullable))
        for name in wire_columns(table)
    )


def _check_birth(table: str, columns: Columns, maker: Maker) -> None:
    """An order is born as its maker's role allows."""
    if table != "work_order" or columns["status"] in (S.DRAFT, None):
        return
    own = columns["status"] == S.DISPATCHED and columns["crew_id"] == maker.crew_id
    planned = columns["status"] in (S.PLANNED, S.DISPATCHED) and maker.role in OFFICE
    if not own and not planned:
        raise Refused("illegal_transition", current="–", wanted=columns["status"])


def _check_unit(draft: Draft, table: str, columns: Columns, maker: Maker) -> None:
    """A desk gives no work to a unit that is out of service; what the field used, it has used."""
    if table == "unit_assignment" and maker.role in OFFICE:
        fleet_desk.check_planned(draft, [columns["asset_id"]])


def _check_pass(draft: Draft, table: str, columns: Columns, maker: Maker) -> None:
    if table == pass_desk.TABLE:
        pass_desk.check_own(draft, columns, maker.person_id, maker.role)


def _check_signatures(columns: Columns, maker: Maker) -> None:
    """Nobody signs for somebody else."""
    for name in SIGNATURES & columns.keys():
        if columns[name] not in (None, maker.person_id):
            raise Refused("role_not_allowed", role=maker.role, what="signs for someone else")


def _buckets(draft: Draft, table: str, columns: Columns) -> frozenset[str]:
    """:raises Refused: ``row_unknown`` when what the row belongs to is not here"""
    if table in OF_AN_ASSET and columns["asset_id"] is not None:
        asset = draft.get("asset", columns["asset_id"])
        if asset is None:
            raise Refused("row_unknown", row=columns["asset_id"])
        return buckets_of(table, columns, {asset.row: asset.buckets})
    if table == "credential":
        person = draft.get("person", columns["person_id"])
        return buckets_of(table, columns, {} if person is None else {person.row: of_crew(person)})
    if table in GOES_WITH:
        parent, column = GOES_WITH[table]
        image = draft.get(parent, columns[column])
        if image is None:
            raise Refused("row_unknown", row=columns[column])
        return image.buckets
    if table not in OF_AN_ORDER or columns["work_order_id"] is None:
        return buckets_of(table, columns, {})
    order = draft.get("work_order", columns["work_order_id"])
    if order is None:
        raise Refused("row_unknown", row=columns["work_order_id"])
    return buckets_of(table, columns, {order.row: order.buckets})


def _edit(draft: Draft, change: Change, maker: Maker) -> Outcome:
    image = draft.get(change.table, change.row)
    if image is None:
        raise Refused("row_unknown", row=change.row)
    if maker.scope is not None:
        _check_reach(draft, image, maker.scope)
        check_edit(maker.role, change.table, frozenset(change.after))
        _check_columns(change)
        _check_signatures(change.after, maker)
        _check_found(draft, image, change, maker)
        _check_status(draft, image, change, maker)
        _check_dispatch(draft, image, change, maker)
        _check_coupling(draft, image, change)
        if maker.role not in OFFICE:
            field_desk.check_hand_over(image, change, maker.person_id, maker.crew_id)
        if not may_insert(maker.role, "incident"):
            field_desk.check_answer(draft, change)
    rules = rules_of(change.table) if maker.scope is not None else _Overrule()
    merged = merge(change, image.columns, rules)
    columns = {**image.columns, **merged.columns}
    columns = consequences.of_edit(draft, image, columns, merged)
    if columns != image.columns:
        buckets = _buckets(draft, change.table, columns)
        draft.put(replace(image, columns=columns, buckets=buckets))
    whose = Whose(maker.person_id, maker.made_at)
    consequences.contest(draft, change, merged, columns, whose)
    return _outcome(change, merged, columns)


class _Overrule(dict[str, Rule]):
    """The server's own hand has read the row in the same transaction: its value stands."""

    def __missing__(self, column: str) -> Rule:
        return device_wins


def _check_reach(draft: Draft, image: Image, scope: Scope) -> None:
    """An edit of a row that left is judged by the right at the time of the edit.

    Nobody's clock says when that was; a month after the row left, a supervisor decides. So they do
    once removals have been forgotten: it may be one of those.
    """
    if scope.reaches(image.buckets):
        return
    workspace = draft.workspace
    left = left_at(workspace.session, scope, image.table, image.row)
    if left is None and not feed.floor(workspace.session):
        raise Refused("out_of_scope")
    if left is None or left <= workspace.now - GRACE:
        raise Refused("left_long_ago")


def _check_order_in_reach(draft: Draft, columns: Columns, scope: Scope) -> None:
    """A fact of an order that left the tablet lately was worked while it was there."""
    order = draft.get("work_order", columns.get("work_order_id") or "")
    if order is None:
        raise Refused("out_of_scope")
    _check_reach(draft, order, scope)


def _check_columns(change: Change) -> None:
    for name in change.after:
        if name not in rules_of(change.table):
            raise Refused("column_read_only", field=name)


def _check_found(draft: Draft, image: Image, change: Change, maker: Maker) -> None:
    """Of an asset's attributes, a tablet changes what is found in the field, to what can be."""
    if change.table != "asset" or "attributes" not in change.after:
        return
    before, after = change.before.get("attributes") or {}, change.after["attributes"] or {}
    moved = {name for name in {**before, **after} if after.get(name) != before.get(name)}
    beyond = moved - FOUND_IN_THE_FIELD.get(image.columns["class_code"], frozenset())
    if beyond:
        what = f"asset: {', '.join(sorted(beyond))}"
        raise Refused("role_not_allowed", role=maker.role, what=what)
    unit_desk.check_attributes(draft, image.columns["class_code"], moved, after)


def _check_status(draft: Draft, image: Image, change: Change, maker: Maker) -> None:
    """The step the person took must be one they may take, from where they saw the order."""
    if change.table != "work_order" or "status" not in change.after:
        return
    check_transition(
        change.before.get("status") or image.columns["status"],
        change.after["status"],
        role=maker.role,
        reason=change.after.get("reason", image.columns["reason"]),
        unanswered=0,  # Asked on the tablet; a step added meanwhile must not void the work.
        own=image.columns["created_by"] == maker.person_id,
    )
    dispatch_desk.check_family(draft, image.row, change.after["status"])


def _check_dispatch(draft: Draft, image: Image, change: Change, maker: Maker) -> None:
    given = change.after.get("status") == S.DISPATCHED and maker.role in OFFICE
    if change.table == "work_order" and given:
        fleet_desk.check_planned(draft, fleet_desk.units_on(draft, image.row))


def _check_coupling(draft: Draft, image: Image, change: Change) -> None:
    """What people move of an asset's parent is a trailer, behind a vehicle or behind none."""
    if change.table != "asset" or "parent_id" not in change.after:
        return
    parent = change.after["parent_id"]
    puller = draft.get("asset", parent) if parent else None
    if parent and puller is None:
        raise Refused("row_unknown", row=parent)
    columns = {"tag": "", **image.columns}
    check_coupling(columns, puller.columns if puller else None)


def _outcome(change: Change, merged: Merged, columns: Columns) -> Outcome:
    stands = {name: columns[name] for name in change.after if columns[name] != change.after[name]}
    return Outcome(
        change=change.id,
        result="merged" if stands or merged.set_aside else "applied",
        columns=stands,
        set_aside=merged.set_aside,
    )
