"""Matters and settlements on the town's one tablet, as the server would have told of them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from asset_model.matters import Matter, Settlement
from tests.ui.town import NOW, Town

AT = "2026-11-23T07:40:00.000Z"


def add(town: Town, **told: Any) -> str:
    values = {
        "id": town.workplace.new_id(),
        "kind": "contested",
        "state": "open",
        "work_order_id": town.ids["order"],
        "act_id": "act",
        "person_id": town.ids["anne"],
        "made_at": NOW - timedelta(minutes=30),
        "raised_at": NOW - timedelta(minutes=5),
        "changes": [],
        "details": {},
    }
    matter = Matter(**(values | told))
    town.add(matter)
    return matter.id


def line(town: Town, column: str, kept: Any, set_aside: Any) -> dict[str, Any]:
    return {
        "column": column,
        "kept": kept,
        "kept_by": town.ids["luc"],
        "kept_at": AT,
        "set_aside": set_aside,
        "set_aside_by": town.ids["anne"],
        "set_aside_at": AT,
    }


def contest(town: Town, *lines: tuple[str, Any, Any], table: str = "step", **told: Any) -> str:
    row = town.ids["step-2"] if table == "step" else town.ids["order"]
    told_once = {
        "change": "change",
        "table": table,
        "row": row,
        "lines": [line(town, *values) for values in lines or (("answer", "ok", "defect"),)],
    }
    return add(town, changes=[told_once], **told)


def act(town: Town, **told: Any) -> str:
    change = {
        "change": "change",
        "table": "work_order",
        "row": town.ids["order"],
        "op": "edit",
        "before": {"title": "Réparer un nid-de-poule"},
        "after": {"title": "Affaissement"},
    }
    refused = {"kind": "refused", "code": "out_of_scope", "device_code": "T214"}
    return add(town, **{"changes": [change], **refused, **told})


def settlements(town: Town) -> list[Settlement]:
    with town.database.reading() as session:
        return list(session.scalars(select(Settlement)))


def made(town: Town, matter_id: str, choice: str = "take", **told: Any) -> Settlement:
    return Settlement(
        id=town.workplace.new_id(),
        matter_id=matter_id,
        work_order_id=town.ids["order"],
        person_id=town.ids["diane"],
        choice=choice,
        settled_at=NOW,
        **told,
    )
