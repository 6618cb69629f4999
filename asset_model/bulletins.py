"""Bulletins: what only the server works out, told to the screens of the office as JSON.

Who may read which, and who may have the server carry something out, as data: the screens hide what
is not allowed, the server refuses it.
"""

from asset_model.errors import Refused
from asset_model.vocabulary import Role

_OVERSIGHT = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR, Role.AUDITOR})
_FLEET = _OVERSIGHT | {Role.FLEET_MANAGER}
_AT_311 = frozenset({Role.AGENT_311, Role.FOREMAN, Role.ADMINISTRATOR})
_PLANNING = frozenset({Role.FLEET_MANAGER, Role.ADMINISTRATOR})

READERS: dict[str, frozenset[Role]] = {
    "dashboard": _OVERSIGHT,
    "dashboard-list": _OVERSIGHT,
    "campaigns": _FLEET,
    "campaign-ready": _FLEET,
    "figures": _FLEET,
    "figures-list": _FLEET,
    "plans": _FLEET,
    "told": _OVERSIGHT | {Role.FOREMAN, Role.AGENT_311},
    "workshop": _FLEET,
}
"""By name of the bulletin."""

DECIDERS: dict[str, frozenset[Role]] = {
    "campaign-look": _PLANNING,
    "campaign-make": _PLANNING,
    "plans-look": _PLANNING,
    "plans-publish": _PLANNING,
    "report-contact": _AT_311,
    "caller-history": _AT_311,
    "report-look": _AT_311,
    "report-take": _AT_311,
    "report-withdraw": _AT_311,
}
"""By name of the decision: what the server works out or carries out from what somebody sends."""


def may_read(role: str, bulletin: str) -> bool:
    return role in READERS.get(bulletin, frozenset())


def may_decide(role: str, decision: str) -> bool:
    return role in DECIDERS.get(decision, frozenset())


def check_may_read(role: str, bulletin: str) -> None:
    """:raises Refused: ``role_not_allowed``"""
    if not may_read(role, bulletin):
        raise Refused("role_not_allowed", role=role, what=bulletin)


def check_may_decide(role: str, decision: str) -> None:
    """:raises Refused: ``role_not_allowed``"""
    if not may_decide(role, decision):
        raise Refused("role_not_allowed", role=role, what=decision)
