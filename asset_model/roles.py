"""Who may change what, as data. The tablet hides what is not allowed; the server refuses it."""

from dataclasses import dataclass, field

from asset_model.errors import Refused
from asset_model.vocabulary import Role

FACTS = (
    "time_worked",
    "material_used",
    "equipment_used",
    "comment",
    "photo",
    "order_transfer",
    "status_change",
)


@dataclass(frozen=True)
class Right:
    """What a role may do to one table: add rows, and edit which columns (None: all it has)."""

    insert: bool = False
    edit: frozenset[str] | None = field(default_factory=frozenset)

    def allows(self, column: str) -> bool:
        return self.edit is None or column in self.edit


_FACT = Right(insert=True)
_CHECKS = {
    "inspection": _FACT,
    "countersignature": _FACT,
    "defect": _FACT,
    "unit_assignment": Right(insert=True, edit=frozenset({"released_at", "released_by"})),
}
HANDED_OVER = ("crew_id", "assignee_id")
"""Whose an order is: a crew gives away its own only, and says so in the same breath."""
_RECORDS = dict.fromkeys(("maintenance_sheet", "brake_measure", "outside_cost"), _FACT)
"""What a garage signs and enters of a unit; the server keeps the rest."""
_ATTACHING = Right(insert=True, edit=frozenset({"incident_id", "service_id", "attached_by"}))
_DESK_311 = {
    "incident": Right(insert=True, edit=None),
    "report": _ATTACHING,
    "report_photo": _FACT,
    "incident_update": _FACT,
    "grouping_decision": _FACT,
}
"""A report is the citizen's word: the town says which incident it is of, and changes nothing."""
_OF_SHIFTS = dict.fromkeys(("alert", "acknowledgement", "handover_note", "note_read"), _FACT)
_FIELD = {
    "work_order": Right(
        insert=True,
        edit=frozenset(
            {
                "status",
                "reason",
                "description",
                "started_at",
                "completed_at",
                "completed_by",
                *HANDED_OVER,
            }
        ),
    ),
    "step": Right(insert=True, edit=frozenset({"answer", "note", "answered_at", "answered_by"})),
    "asset": Right(edit=frozenset({"attributes", "note", "parent_id"})),
    "incident": Right(edit=frozenset({"answer_fr", "answer_en"})),
    "settlement": Right(insert=True),
    "meter_reading": Right(insert=True),
    "plan_event": Right(insert=True),
    "store_movement": _FACT,
    "pass": _FACT,
    "asset_document": _FACT,
    **_CHECKS,
    **_OF_SHIFTS,
    **dict.fromkeys(FACTS, _FACT),
}
_OFFICE = {
    "work_order": Right(insert=True, edit=None),
    "step": Right(insert=True, edit=None),
    "asset": Right(edit=frozenset({"note", "status", "address", "attributes", "parent_id"})),
    "settlement": Right(insert=True),
    "meter": Right(insert=True, edit=None),
    "meter_reading": Right(insert=True, edit=frozenset({"review", "reviewed_at", "reviewed_by"})),
    "plan_event": Right(insert=True),
    "shop": Right(insert=True, edit=None),
    "maintenance_plan": Right(insert=True, edit=None),
    "service_exception": _FACT,
    "store": Right(insert=True, edit=None),
    "store_movement": _FACT,
    "pass": _FACT,
    "closure": Right(insert=True, edit=None),
    "asset_document": Right(insert=True, edit=frozenset({"title", "withdrawn_at", "withdrawn_by"})),
    **_CHECKS,
    "storage_period": Right(insert=True, edit=frozenset({"ends_on"})),
    "rate": Right(insert=True, edit=frozenset({"amount", "overtime_amount", "source"})),
    **_RECORDS,
    **_DESK_311,
    **_OF_SHIFTS,
    "alert": Right(insert=True, edit=None),
    "job_template": _FACT,
    "contact": Right(insert=True, edit=None),
    "crew": Right(edit=frozenset({"daily_hours"})),
    **dict.fromkeys(FACTS, _FACT),
}
_FLEET = {
    **_OFFICE,
    "service_exception": Right(insert=True, edit=frozenset({"seen_at", "seen_by"})),
    "legal_rule": Right(insert=True, edit=None),
    "inspection_form": Right(insert=True, edit=None),
    "designation": Right(insert=True, edit=None),
}
_SHOP = {
    **_FIELD,
    **_RECORDS,
    "meter": Right(insert=True, edit=frozenset({"removed_at"})),
    "repair_certificate": _FACT,
    "service_exception": _FACT,
}
_REPORTER = {
    "work_order": Right(insert=True),
    **dict.fromkeys(("comment", "status_change", "alert", "acknowledgement"), _FACT),
    **_DESK_311,
}
_CLOSING = Right(
    insert=True,
    edit=frozenset({"status", "ends_at", "detour", "note", "lifted_at", "lifted_by"}),
)
"""Whoever stands there lifts a closure, or says that it takes longer."""

RIGHTS: dict[Role, dict[str, Right]] = {
    Role.CREW_MEMBER: {**_FIELD, "closure": _CLOSING},
    Role.MECHANIC: _SHOP,
    Role.FOREMAN: _OFFICE,
    Role.FLEET_MANAGER: _FLEET,
    Role.ADMINISTRATOR: _FLEET,
    Role.AGENT_311: _REPORTER,
    Role.DIRECTOR: {},
    Role.AUDITOR: {},
}

SEES_EVERYTHING = frozenset(
    {Role.FOREMAN, Role.FLEET_MANAGER, Role.ADMINISTRATOR, Role.DIRECTOR, Role.AUDITOR}
)

SEES_COSTS = SEES_EVERYTHING
"""Who is shown what an order cost. Crews and mechanics work at rates that are not theirs to see:
no tablet of a crew is sent any (`sync_server/scope.py`).
"""

FOUND_IN_THE_FIELD: dict[str, frozenset[str]] = {
    "valve": frozenset({"condition", "turns_to_close", "closing_direction"}),
}
"""The attributes that people on tablets may change, by class: what one finds by turning a thing."""

SIGNATURES = frozenset(
    {
        "person_id",
        "created_by",
        "completed_by",
        "answered_by",
        "settled_by",
        "reviewed_by",
        "released_by",
        "seen_by",
        "named_by",
        "acknowledged_by",
        "attached_by",
        "lifted_by",
        "closed_by",
        "suspended_by",
        "withdrawn_by",
    }
)
"""Columns that say whose word a value is: everyone writes their own name only."""


def may_insert(role: str, table: str) -> bool:
    return _right(role, table).insert


def may_edit(role: str, table: str, column: str) -> bool:
    return _right(role, table).allows(column)


def check_insert(role: str, table: str) -> None:
    """:raises Refused: ``role_not_allowed``"""
    if not may_insert(role, table):
        raise Refused("role_not_allowed", role=role, what=f"+ {table}")


def check_edit(role: str, table: str, columns: frozenset[str]) -> None:
    """:raises Refused: ``role_not_allowed``, naming the columns"""
    right = _right(role, table)
    denied = sorted(column for column in columns if not right.allows(column))
    if denied:
        raise Refused("role_not_allowed", role=role, what=f"{table}: {', '.join(denied)}")


def _right(role: str, table: str) -> Right:
    try:
        return RIGHTS[Role(role)].get(table, Right())
    except ValueError:
        return Right()
