"""Who may change what, role by role."""

import pytest

from asset_model.codec import wire_columns
from asset_model.errors import Refused
from asset_model.roles import FACTS, RIGHTS, check_edit, check_insert, may_insert
from asset_model.tables import SYNCED
from asset_model.vocabulary import Role

FIELD = (Role.CREW_MEMBER, Role.MECHANIC)
OFFICE = (Role.FOREMAN, Role.FLEET_MANAGER, Role.ADMINISTRATOR)
READERS = (Role.DIRECTOR, Role.AUDITOR)

AT_A_UNIT = ("inspection", "countersignature", "defect", "unit_assignment")
OF_SHIFTS = ("alert", "acknowledgement", "handover_note", "note_read")
BY_CREWS = frozenset(
    {
        *("work_order", "step", "settlement", "meter_reading", "plan_event", "store_movement"),
        "asset_document",
        "pass",
        *(*AT_A_UNIT, *OF_SHIFTS, *FACTS),
    }
)
BY_GARAGES = BY_CREWS | {"maintenance_sheet", "brake_measure", "outside_cost", "service_exception"}
AT_311 = frozenset({"incident", "report", "report_photo", "incident_update", "grouping_decision"})
BY_FOREMEN = (
    BY_GARAGES
    | AT_311
    | {
        "closure",
        "meter",
        "shop",
        "maintenance_plan",
        "storage_period",
        "rate",
        "store",
        "job_template",
        "contact",
    }
)
ADDED = {
    Role.CREW_MEMBER: BY_CREWS | {"closure"},
    Role.MECHANIC: BY_GARAGES | {"meter", "repair_certificate"},
    Role.FOREMAN: BY_FOREMEN,
    **dict.fromkeys(
        (Role.FLEET_MANAGER, Role.ADMINISTRATOR),
        BY_FOREMEN | {"legal_rule", "inspection_form", "designation"},
    ),
    **dict.fromkeys(READERS, frozenset()),
    Role.AGENT_311: {"work_order", "comment", "status_change", "alert", "acknowledgement"} | AT_311,
}
ON_AN_ORDER = {
    "status",
    "reason",
    "description",
    "started_at",
    "completed_at",
    "completed_by",
    "crew_id",
    "assignee_id",
}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_adds_these_records_and_no_others(role: Role) -> None:
    assert {table for table in SYNCED if may_insert(role, table)} == ADDED[role]


@pytest.mark.parametrize("role", FIELD)
def test_a_crew_edits_the_work_of_an_order_and_nothing_else_of_it(role: Role) -> None:
    assert editable(role, "work_order") == ON_AN_ORDER
    assert editable(role, "step") == {"answer", "note", "answered_at", "answered_by"}
    coupled_and_found = {"attributes", "note", "parent_id"}
    assert editable(role, "asset") == coupled_and_found


@pytest.mark.parametrize("role", OFFICE)
def test_the_office_edits_orders_and_steps_whole(role: Role) -> None:
    assert editable(role, "work_order") == set(wire_columns("work_order"))
    assert editable(role, "asset") == {"note", "status", "address", "attributes", "parent_id"}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_edits_what_is_contested_or_a_matter_they_settle_it(role: Role) -> None:
    settled = ("contested_value", "matter", "settlement")
    assert {table for table in settled if editable(role, table)} == set()


@pytest.mark.parametrize("role", OFFICE)
def test_the_office_keeps_plans_and_decides_on_readings(role: Role) -> None:
    assert editable(role, "maintenance_plan") == set(wire_columns("maintenance_plan"))
    assert editable(role, "meter_reading") == {"review", "reviewed_at", "reviewed_by"}


@pytest.mark.parametrize("role", list(Role))
def test_an_alert_is_moved_on_by_the_office_and_its_calls_by_the_server_alone(role: Role) -> None:
    assert bool(editable(role, "alert")) == (role in OFFICE)
    for table in ("alert_call", "tablet_standing"):
        assert not may_insert(role, table)
        assert editable(role, table) == set()
    for fact in ("acknowledgement", "handover_note", "note_read"):
        assert editable(role, fact) == set()


@pytest.mark.parametrize("role", list(Role))
def test_nobody_edits_what_was_signed(role: Role) -> None:
    signed = ("inspection", "countersignature", "defect", "repair_certificate")
    assert {table for table in signed if editable(role, table)} == set()


@pytest.mark.parametrize("role", list(Role))
def test_an_exception_is_seen_by_those_who_keep_the_fleet(role: Role) -> None:
    sees = role in (Role.FLEET_MANAGER, Role.ADMINISTRATOR)
    assert editable(role, "service_exception") == ({"seen_at", "seen_by"} if sees else set())


@pytest.mark.parametrize("role", list(Role))
def test_what_plans_have_asked_for_is_written_by_the_server_alone(role: Role) -> None:
    assert not may_insert(role, "occurrence")
    assert editable(role, "occurrence") == set()


@pytest.mark.parametrize("role", [*OFFICE, Role.AGENT_311])
def test_a_report_stays_as_the_citizen_told_it(role: Role) -> None:
    assert editable(role, "report") == {"incident_id", "service_id", "attached_by"}
    assert editable(role, "report_photo") == editable(role, "incident_update") == set()
    assert editable(role, "incident") == set(wire_columns("incident"))


def test_an_agent_edits_no_more_than_incidents_and_what_they_are_made_of() -> None:
    edited = {table for table in SYNCED if editable(Role.AGENT_311, table)}
    assert edited == {"incident", "report"}


@pytest.mark.parametrize("role", FIELD)
def test_a_crew_moves_an_incident_by_its_order_alone_and_says_how_it_ended(role: Role) -> None:
    assert {table for table in AT_311 if editable(role, table)} == {"incident"}
    assert editable(role, "incident") == {"answer_fr", "answer_en"}


@pytest.mark.parametrize("role", READERS)
def test_those_who_read_edit_nothing(role: Role) -> None:
    assert {table for table in SYNCED if editable(role, table)} == set()


@pytest.mark.parametrize("role", list(Role))
def test_nobody_edits_people_credentials_or_facts_from_a_tablet(role: Role) -> None:
    kept = {"person", "credential", "district", "asset_class", *FACTS}

    assert {table for table in kept if editable(role, table)} == set()


@pytest.mark.parametrize("role", list(Role))
def test_of_a_crew_the_office_says_what_it_can_take_in_a_day(role: Role) -> None:
    assert editable(role, "crew") == ({"daily_hours"} if role in OFFICE else set())


def test_a_refused_edit_names_the_fields() -> None:
    with pytest.raises(Refused) as refused:
        check_edit(Role.CREW_MEMBER, "work_order", frozenset({"title", "priority", "status"}))

    assert refused.value.details == {"role": "crew_member", "what": "work_order: priority, title"}


@pytest.mark.parametrize("role", ["", "king", "Foreman"])
def test_a_role_that_is_none_may_nothing(role: str) -> None:
    with pytest.raises(Refused, match="role_not_allowed"):
        check_insert(role, "comment")


def test_every_role_has_its_table() -> None:
    assert set(RIGHTS) == set(Role)


def editable(role: str, table: str) -> set[str]:
    found = set()
    for column in wire_columns(table):
        try:
            check_edit(role, table, frozenset({column}))
        except Refused:
            continue
        found.add(column)
    return found


@pytest.mark.parametrize("role", list(Role))
def test_what_a_garage_has_signed_is_never_edited(role: Role) -> None:
    signed = ("maintenance_sheet", "brake_measure", "outside_cost")
    assert {table for table in signed if editable(role, table)} == set()


@pytest.mark.parametrize("role", OFFICE)
def test_the_office_says_when_a_storage_ends_and_what_things_cost(role: Role) -> None:
    assert editable(role, "storage_period") == {"ends_on"}
    assert editable(role, "rate") == {"amount", "overtime_amount", "source"}


def test_a_crew_lifts_a_closure_and_does_not_move_it() -> None:
    lifting = {"status", "ends_at", "detour", "note", "lifted_at", "lifted_by"}

    assert editable(Role.CREW_MEMBER, "closure") == lifting
    assert {"from_m", "to_m", "kind"} <= editable(Role.FOREMAN, "closure")
