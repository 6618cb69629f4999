"""An order and the jobs it is made of: it ends when they have, and each waits for those before it.

A job names its parent when it is born and never another: it cannot be orphaned.
"""

from collections.abc import Iterable

from asset_model.errors import Refused
from asset_model.vocabulary import OPEN_STATUSES
from asset_model.vocabulary import WorkOrderStatus as S

SETTLED = frozenset({S.CLOSED, S.CANCELLED})
FINISHED = frozenset({S.DONE, S.CLOSED, S.CANCELLED})


def holding_back(wanted: str, children: Iterable[str]) -> int:
    """How many jobs, by their statuses, keep their parent from going to `wanted`."""
    if wanted == S.CLOSED:
        return sum(status not in SETTLED for status in children)
    if wanted in (S.DONE, S.CANCELLED):
        return sum(status in OPEN_STATUSES for status in children)
    return 0


def check_children(wanted: str, children: Iterable[str]) -> None:
    """:raises Refused: ``children_open``"""
    if count := holding_back(wanted, children):
        raise Refused("children_open", count=count, wanted=wanted)


def waited_for(before: Iterable[tuple[str, str]]) -> list[str]:
    """`before`: what people call each order that must be done first, and its status.

    Those that are not done. Nobody is held back by it: the field knows better than the plan.
    """
    return [name for name, status in before if status not in FINISHED]
