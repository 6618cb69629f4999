"""What somebody would change in the plans, as they write it down: a TOML file, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from asset_model.codec import to_wire
from asset_model.errors import Refused
from asset_model.plans import MaintenancePlan
from sync_server.campaign_file import check_keys, read_toml

TOP = {"why": str, "move": list, "skip": list, "plan": dict}
MOVE = {"plan": str, "unit": str, "due": date, "to": date, "why": str}
SKIP = {"plan": str, "unit": str, "due": date, "why": str}
FIXED = ("id", "code", "version", "buckets")
"""Columns of a plan that are its own: no scenario changes them."""


@dataclass(frozen=True)
class Wish:
    """One occurrence to be moved `to` a day, or skipped; `unit` is a tag, None for the whole town.

    It is named by its day: that on which it is due, or wanted.
    """

    plan: str
    unit: str | None
    due: date
    why: str
    to: date | None = None


@dataclass(frozen=True)
class Scenario:
    why: str
    wishes: tuple[Wish, ...] = ()
    plans: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By code: the columns that change, as the wire spells them."""


def read_scenario(path: Path) -> Scenario:
    """:raises Refused: ``file_unreadable``, ``scenario_keys``, ``scenario_empty``"""
    return scenario_of(read_toml(path))


def scenario_of(said: Mapping[str, Any]) -> Scenario:
    check_keys(said, TOP, ("why",), "scenario_keys")
    why, moves, skips = said["why"], said.get("move", ()), said.get("skip", ())
    wishes = [_wish(each, why, MOVE, ("plan", "due", "to")) for each in moves]
    wishes += [_wish(each, why, SKIP, ("plan", "due")) for each in skips]
    plans = {str(code): _columns(given) for code, given in said.get("plan", {}).items()}
    if not wishes and not plans:
        raise Refused("scenario_empty")
    return Scenario(said["why"], tuple(wishes), plans)


def _wish(given: Any, why: str, keys: Mapping[str, type], required: tuple[str, ...]) -> Wish:
    if not isinstance(given, Mapping):
        raise Refused("scenario_keys", wrong=str(given)[:40], known=", ".join(keys))
    check_keys(given, keys, required, "scenario_keys")
    return Wish(
        given["plan"], given.get("unit"), given["due"], given.get("why", why), given.get("to")
    )


def _columns(given: Any) -> dict[str, Any]:
    known = [c.name for c in MaintenancePlan.__table__.columns if c.name not in FIXED]
    if not isinstance(given, Mapping) or not given or set(given) - set(known):
        wrong = ", ".join(set(given) - set(known)) if isinstance(given, Mapping) else str(given)
        raise Refused("scenario_keys", wrong=wrong or "plan", known=", ".join(known))
    return {name: to_wire(value) for name, value in given.items()}
