"""Settling a contested value: what is chosen is written to its row, if the row has not moved on."""

from dataclasses import replace

from asset_model.base import UtcDateTime, instant
from asset_model.codec import table_of
from asset_model.errors import Refused
from asset_model.ids import derived_id
from asset_model.matters import Choice
from asset_model.roles import SIGNATURES, check_edit
from asset_model.sync.wire import Change, Columns, Group
from asset_model.vocabulary import Role
from sync_server.decide import Maker, decide
from sync_server.feed import Image
from sync_server.workspace import Draft


def settle_contest(draft: Draft, settlement: Image, matter: Image, maker: Maker) -> None:
    """Write what the choice wants in place of what the person saw.

    :raises Refused: ``moved_on``, ``role_not_allowed``, ``bad_value``
    """
    (contest,) = matter.columns["changes"]
    row = draft.get(contest["table"], contest["row"])
    if row is None:
        raise Refused("row_unknown", row=contest["row"])
    wanted = _wanted(settlement, matter, contest, maker)
    moving = {name: value for name, value in wanted.items() if value != row.columns[name]}
    if moving:
        _check_unmoved(row, settlement, moving)
        check_edit(maker.role, row.table, frozenset(moving))
    _unflag(draft, row, contest)
    if moving:
        _write(draft, settlement, row, moving, maker)
    _stamp(draft, settlement, contest, maker)


def _wanted(settlement: Image, matter: Image, contest: Columns, maker: Maker) -> Columns:
    """What the columns should hold by this choice; empty where what stands is to stay."""
    choice = settlement.columns["choice"]
    lines = contest["lines"]
    if choice == Choice.TAKE:
        return {line["column"]: line["set_aside"] for line in lines}
    if choice == Choice.EDIT:
        return _written(settlement, contest, maker)
    if choice == Choice.REOPEN and matter.columns["choice"] in (Choice.TAKE, Choice.EDIT):
        return {line["column"]: line["kept"] for line in lines}
    return {}


def _written(settlement: Image, contest: Columns, maker: Maker) -> Columns:
    """What the person wrote; who and when beside it become theirs."""
    own: Columns = settlement.columns["value"]
    columns = {line["column"] for line in contest["lines"]}
    if not own or "status" in own or not columns >= own.keys():
        raise Refused("bad_value", field="value", value=", ".join(own)[:80], why="?")
    types = table_of(contest["table"]).columns
    written = dict(own)
    for column in columns - own.keys():
        if column in SIGNATURES:
            written[column] = maker.person_id
        elif isinstance(types[column].type, UtcDateTime):
            written[column] = settlement.columns["settled_at"]
    return written


def _check_unmoved(row: Image, settlement: Image, moving: Columns) -> None:
    """Nothing newer than what the person looked at is written over."""
    seen = settlement.columns["over"]
    for column in moving:
        if column not in seen or seen[column] != row.columns[column]:
            raise Refused("moved_on", field=column)


def _unflag(draft: Draft, row: Image, contest: Columns) -> None:
    """The flag was to bring a person here; they have come."""
    if "status" in {line["column"] for line in contest["lines"]} and row.columns["flag"]:
        draft.put(replace(row, columns={**row.columns, "flag": None}))


def _write(draft: Draft, settlement: Image, row: Image, moving: Columns, maker: Maker) -> None:
    """By the server's own hand, since the right was checked; in the journal as the person's."""
    change = Change(
        id=derived_id("change of a settlement", settlement.row),
        table=row.table,
        row=row.row,
        op="edit",
        before={name: row.columns[name] for name in moving},
        after=moving,
    )
    outcome = decide(draft, change, Maker(maker.person_id, Role.ADMINISTRATOR, None, None))
    outcome.details["settlement"] = settlement.row
    group = Group(
        id=derived_id("group of a settlement", settlement.row),
        person=maker.person_id or "",
        made_at=settlement.columns["settled_at"],
        changes=(change,),
    )
    draft.ensuing.entailed.append((group, [outcome]))


def _stamp(draft: Draft, settlement: Image, contest: Columns, maker: Maker) -> None:
    """The contested values themselves say by whom they are settled."""
    reopened = settlement.columns["choice"] == Choice.REOPEN
    settled: Columns = {
        "settled_by": None if reopened else maker.person_id,
        "settled_at": None if reopened else instant(draft.workspace.now),
    }
    for line in contest["lines"]:
        id = derived_id("contested", contest["change"], line["column"])
        value = draft.get("contested_value", id)
        if value is not None:
            draft.put(replace(value, columns=value.columns | settled))
