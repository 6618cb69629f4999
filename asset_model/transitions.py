"""How a work order may move from status to status, as data; and what happens when two cross."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from asset_model.errors import Refused
from asset_model.sync.merge import Settled
from asset_model.vocabulary import OPEN_STATUSES, Flag, Role
from asset_model.vocabulary import WorkOrderStatus as S

OFFICE = frozenset({Role.FOREMAN, Role.FLEET_MANAGER, Role.ADMINISTRATOR})
FIELD = OFFICE | {Role.CREW_MEMBER, Role.MECHANIC}
BEFORE_WORK = (S.DRAFT, S.PLANNED, S.DISPATCHED, S.ACCEPTED)


@dataclass(frozen=True)
class Transition:
    """One arrow: who may go along it, and whether they must say why."""

    current: S
    wanted: S
    roles: frozenset[Role]
    reason: bool = False
    steps_answered: bool = False
    own: frozenset[Role] = frozenset()
    """Others who may, with an order that they made themselves."""


TRANSITIONS: tuple[Transition, ...] = (
    Transition(S.DRAFT, S.PLANNED, OFFICE),
    Transition(S.DRAFT, S.DISPATCHED, OFFICE),
    Transition(S.PLANNED, S.DISPATCHED, OFFICE),
    Transition(S.DISPATCHED, S.PLANNED, OFFICE),
    Transition(S.DISPATCHED, S.DRAFT, OFFICE),
    Transition(S.DISPATCHED, S.ACCEPTED, FIELD),
    Transition(S.DISPATCHED, S.IN_PROGRESS, FIELD),
    Transition(S.ACCEPTED, S.DISPATCHED, FIELD),
    Transition(S.ACCEPTED, S.IN_PROGRESS, FIELD),
    Transition(S.IN_PROGRESS, S.ACCEPTED, FIELD),
    Transition(S.IN_PROGRESS, S.ON_HOLD, FIELD, reason=True),
    Transition(S.ON_HOLD, S.IN_PROGRESS, FIELD),
    Transition(S.IN_PROGRESS, S.DONE, FIELD, steps_answered=True),
    Transition(S.DONE, S.IN_PROGRESS, FIELD, reason=True),
    Transition(S.DONE, S.CLOSED, OFFICE),
    Transition(S.CLOSED, S.IN_PROGRESS, OFFICE, reason=True),
    *(Transition(S.ON_HOLD, back, OFFICE) for back in BEFORE_WORK),
    *(Transition(current, S.ON_HOLD, OFFICE, reason=True) for current in BEFORE_WORK),
    Transition(S.DRAFT, S.CANCELLED, OFFICE, reason=True, own=FIELD),
    *(Transition(current, S.CANCELLED, OFFICE, reason=True) for current in OPEN_STATUSES[1:]),
    *(Transition(S.CANCELLED, back, OFFICE, reason=True) for back in OPEN_STATUSES),
)

_ARROWS = {(t.current, t.wanted): t for t in TRANSITIONS}

WORKED = frozenset({S.IN_PROGRESS, S.ON_HOLD, S.DONE})
"""Statuses that mean a crew was at it."""

_ALONG = {S.DISPATCHED: 0, S.ACCEPTED: 1, S.IN_PROGRESS: 2, S.ON_HOLD: 2, S.DONE: 3, S.CLOSED: 4}
"""How far along the work is; only statuses on the crew's path have a place."""


def transition(current: str, wanted: str, *, role: str, own: bool = False) -> Transition:
    """The arrow from `current` to `wanted`, for somebody who made the order (`own`) or did not.

    :raises Refused: ``illegal_transition``, or ``role_not_allowed`` when others may
    """
    try:
        arrow = _ARROWS[S(current), S(wanted)]
    except (KeyError, ValueError):
        raise Refused("illegal_transition", current=current, wanted=wanted) from None
    if role not in arrow.roles and not (own and role in arrow.own):
        raise Refused("role_not_allowed", role=role, what=f"{current} → {wanted}")
    return arrow


def next_statuses(current: str, *, role: str) -> list[S]:
    """Where someone of this role may take an order from here, in the order of the table."""
    return [t.wanted for t in TRANSITIONS if t.current == current and role in t.roles]


def check_transition(
    current: str,
    wanted: str,
    *,
    role: str,
    reason: str | None,
    unanswered: int,
    own: bool = False,
) -> None:
    """All that must hold before someone moves an order on.

    :raises Refused: ``illegal_transition``, ``role_not_allowed``, ``reason_required``,
        ``steps_unanswered``
    """
    arrow = transition(current, wanted, role=role, own=own)
    if arrow.reason and not (reason or "").strip():
        raise Refused("reason_required", wanted=wanted)
    if arrow.steps_answered and unanswered:
        raise Refused("steps_unanswered", count=unanswered)


def status_rule(before: Any, server: Any, device: Any) -> Settled:
    """Two people moved one order: whose status stands?

    Work that goes on from where the server is goes on. Work that is behind the server's (another
    crew finished first) is overtaken, and nobody need decide anything: the facts of both stay.
    The rest (work on an order cancelled meanwhile, say) keeps the server's status and is
    contested, for a foreman to settle.
    """
    if _is_ahead(server, device):
        return Settled(device)
    overtaken = server in _ALONG and device in _ALONG
    return Settled(server, set_aside=device, contested=not overtaken)


def _is_ahead(server: str, device: str) -> bool:
    on_the_path = server in _ALONG and device in _ALONG and server != S.CLOSED
    if on_the_path:
        return _ALONG[S(device)] > _ALONG[S(server)]
    return server in (S.DRAFT, S.PLANNED) and device in _ALONG


def flag_for(kept: str, set_aside: str) -> Flag | None:
    """What a foreman should be told when `set_aside` lost against `kept`."""
    worked = kept == S.CANCELLED and set_aside in WORKED
    return Flag.WORKED_AFTER_CANCEL if worked else None


def unanswered(steps: Iterable[Any]) -> int:
    """How many required steps have no answer yet; one that was withdrawn asks for none."""
    asked = (step for step in steps if step.required and not step.withdrawn)
    return sum(1 for step in asked if step.answer in (None, ""))
