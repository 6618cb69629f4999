"""How an incident may move on: by a person's hand, and by the work of its order."""

from asset_model.errors import Refused
from asset_model.incident_vocabulary import IncidentStatus as I
from asset_model.sync.wire import Columns
from asset_model.vocabulary import WorkOrderStatus as S

_DECIDED = frozenset({I.UNDER_REVIEW, I.NOT_RETAINED, I.RESOLVED, I.MERGED})

BY_HAND: dict[I, frozenset[I]] = {
    I.RECEIVED: _DECIDED,
    I.UNDER_REVIEW: _DECIDED,
    I.REOPENED: _DECIDED,
    I.RESOLVED: frozenset({I.REOPENED}),
    I.NOT_RETAINED: frozenset({I.REOPENED}),
    I.MERGED: frozenset({I.UNDER_REVIEW}),
    I.PLANNED: frozenset(),
    I.IN_PROGRESS: frozenset(),
}
"""While an order stands, its crew's work alone says where the incident is."""

BY_ORDER: dict[S, I] = {
    S.DRAFT: I.UNDER_REVIEW,
    S.PLANNED: I.PLANNED,
    S.DISPATCHED: I.PLANNED,
    S.ACCEPTED: I.PLANNED,
    S.IN_PROGRESS: I.IN_PROGRESS,
    S.ON_HOLD: I.IN_PROGRESS,
    S.DONE: I.RESOLVED,
    S.CLOSED: I.RESOLVED,
    S.CANCELLED: I.UNDER_REVIEW,
}
"""Where an incident is by the status of its order. Work that was cancelled is nobody's answer."""


def check_by_hand(before: Columns, after: Columns) -> None:
    """:raises Refused: ``illegal_incident_move``, ``answer_required``, ``merge_target_missing``"""
    current, wanted = before["status"], after["status"]
    if wanted not in BY_HAND.get(current, frozenset()):
        raise Refused("illegal_incident_move", current=current, wanted=wanted)
    answered = (after["answer_fr"] or after["answer_en"] or "").strip()
    if wanted in (I.NOT_RETAINED, I.RESOLVED) and not answered:
        raise Refused("answer_required", wanted=wanted)
    if wanted == I.MERGED and not after["merged_into_id"]:
        raise Refused("merge_target_missing")
