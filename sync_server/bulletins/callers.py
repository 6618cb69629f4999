"""Who reported, told to those of 311 who may know; every look is written down."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from asset_model.ids import NewId
from sync_server.bulletins.asking import Asking
from sync_server.intake.contacts import read_contact

WHY_MAX = 200
AT_THE_DESK = "311"
"""Why somebody looked, where they have not said."""


def tell_contact(asking: Asking, said: Mapping[str, Any], new_id: NewId) -> dict[str, Any]:
    number, why = str(said.get("report", "")), str(said.get("why") or AT_THE_DESK)[:WHY_MAX]
    found = read_contact(asking.session, number, asking.person, why=why, now=asking.now)
    return {"contact": {} if found is None else asdict(found)}
