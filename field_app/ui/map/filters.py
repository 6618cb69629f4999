"""What a person has on the map; it stays as they left it, on the tablet they left it on."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

import flet as ft

from asset_model.spatial import Box
from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.reads.orders import Wanted
from field_app.ui.parts.status import STATUSES, Sign
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD
from field_app.ui.words import noted


@dataclass(frozen=True)
class Group:
    """Statuses that are switched on and off together."""

    code: str
    sign: Sign
    statuses: tuple[str, ...]


GROUPS = (
    Group(
        "todo",
        Sign(ft.Icons.OUTBOX, ACTION, noted("to do")),
        (Status.DRAFT, Status.PLANNED, Status.DISPATCHED, Status.ACCEPTED),
    ),
    Group("working", STATUSES[Status.IN_PROGRESS], (Status.IN_PROGRESS,)),
    Group("held", STATUSES[Status.ON_HOLD], (Status.ON_HOLD,)),
    Group("finished", Sign(ft.Icons.CHECK_CIRCLE, GOOD, noted("finished")), (Status.DONE,)),
)
URGENT = Sign(ft.Icons.PRIORITY_HIGH, BAD, noted("urgent only"))
URGENT_MAX = 2
"""Priorities 1 and 2: at once, and today."""

PREFERENCE = "map"


@dataclass(frozen=True)
class Filters:
    """`groups` are codes of GROUPS; `classes` those of assets; `in_view` is about the list;
    `passes` is the kind that is drawn.
    """

    whose: str = "crew"
    groups: tuple[str, ...] = ("todo", "working", "held")
    urgent: bool = False
    classes: tuple[str, ...] = ()
    in_view: bool = False
    passes: str = ""

    def turned(self, what: str, code: str) -> Self:
        """With one of its groups or classes switched over."""
        held: tuple[str, ...] = getattr(self, what)
        rest = tuple(one for one in held if one != code)
        changed: dict[str, Any] = {what: rest if code in held else (*held, code)}
        return replace(self, **changed)

    def wanted(self, sitting: Sitting, box: Box | None) -> Wanted:
        """The orders asked for, of those that have their place in a box."""
        person = sitting.signed
        shown = (group.statuses for group in GROUPS if group.code in self.groups)
        return Wanted(
            person.id,
            person.crew_id,
            self.whose,
            statuses=tuple(status for statuses in shown for status in statuses),
            priority_max=URGENT_MAX if self.urgent else None,
            box=box,
        )


def kept_filters(sitting: Sitting) -> Filters:
    """As this person left them here; the first time, the crew's open work."""
    person = sitting.signed
    first = Filters(whose="crew" if person.crew_id and not person.in_office else "all")
    kept = sitting.workplace.preference_of(person.id, PREFERENCE, "")
    if not kept:
        return first
    told: Mapping[str, Any] = json.loads(kept)
    known = {name: _frozen(told[name]) for name in asdict(first) if name in told}
    return replace(first, **known)


def keep_filters(sitting: Sitting, filters: Filters) -> None:
    sitting.workplace.keep_for(sitting.signed.id, PREFERENCE, json.dumps(asdict(filters)))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
