"""What the server asks of reports and signatures, whatever the app that sends them."""

from typing import Any

import pytest

from asset_model.builtin_lists import builtin_forms
from asset_model.sync.wire import Change, Outcome
from tests.fleet.garage import CHIEF, PLOW, REJEAN, TRUCK
from tests.sync.rig import Server, group, insert
from tests.sync.town import ANNE, BOSS, LUC, named, order_id

AT = "2026-11-23T08:00:00.000Z"
LIST_1 = builtin_forms()[0]
SIGNED: dict[str, Any] = {
    "asset_id": PLOW, "person_id": LUC, "signed_name": "Luc Tremblay", "signed_with": "pin",
    "signed_at": AT,
}  # fmt: skip
REPORT: dict[str, Any] = {
    **SIGNED, "form_id": LIST_1.id, "made_as": "driver", "unit_name": "214", "operator": "Ville",
    "place": "Garage", "started_at": AT, "ended_at": AT, "carried": [],
    "answers": {item["code"]: "ok" for item in LIST_1.items},
}  # fmt: skip
DEFECT: dict[str, Any] = {
    "asset_id": PLOW, "person_id": LUC, "severity": "major", "label_fr": "Pneu", "label_en": "Tire",
    "found_at": AT, "found_during": "trip",
}  # fmt: skip


def said(server: Server, change: Change, person: str = LUC, device: str = "T1") -> Outcome:
    (outcome,) = server.push(group(change, person=person), device=device)
    return outcome


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"place": " "}, "check_unreadable"),
        ({"operator": ""}, "check_unreadable"),
        ({"unit_name": ""}, "check_unreadable"),
        ({"made_as": "king"}, "check_unreadable"),
        ({"ended_at": "2026-11-23T07:00:00.000Z"}, "check_unreadable"),
        ({"answers": {"1": "ok"}}, "check_unanswered"),
        ({"answers": []}, "check_unreadable"),
        ({"signed_name": ""}, "signature_needed"),
        ({"signed_with": "blood"}, "check_unreadable"),
        ({"form_id": "nowhere"}, "check_unknown_form"),
        ({"asset_id": named("street", "1")}, "unit_unknown"),
        ({"made_as": "designated"}, "not_designated"),
        ({"person_id": ANNE}, "role_not_allowed"),
    ],
)
def test_a_report_that_does_not_say_enough_is_refused(
    server: Server, wrong: dict[str, Any], code: str
) -> None:
    assert said(server, insert("inspection", **{**REPORT, **wrong})).code == code


def test_a_whole_report_is_taken(server: Server) -> None:
    assert said(server, insert("inspection", **REPORT)).result == "applied"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"severity": "awful"}, "check_unreadable"),
        ({"found_during": "sleep"}, "check_unreadable"),
        ({"label_fr": " "}, "defect_without_words"),
        ({"asset_id": named("street", "1")}, "unit_unknown"),
    ],
)
def test_a_defect_that_says_nothing_is_refused(
    server: Server, wrong: dict[str, Any], code: str
) -> None:
    assert said(server, insert("defect", **{**DEFECT, **wrong})).code == code


def test_a_clock_that_runs_ahead_gives_nobody_more_time(server: Server) -> None:
    ahead = {**DEFECT, "severity": "minor", "found_at": "2026-11-30T08:00:00.000Z"}
    said(server, insert("defect", "minor", **ahead))
    said(server, insert("defect", "major", **{**ahead, "severity": "major"}))
    assigned = insert("unit_assignment", work_order_id=order_id(1), asset_id=PLOW, person_id=BOSS,
                      assigned_at=AT)  # fmt: skip

    assert (server.row("defect", "minor") or {})["due_at"] == "2026-11-25T08:00:00.000Z"
    assert said(server, assigned, BOSS, "B1").code == "unit_major_defect"


def test_an_exception_of_a_clock_that_runs_ahead_is_too_long(server: Server) -> None:
    signed = {**SIGNED, "person_id": BOSS, "signed_at": "2026-11-30T08:00:00.000Z", "reasons": [],
              "covers": [], "word": "x", "until": "2026-11-30T10:00:00.000Z"}  # fmt: skip

    told = said(server, insert("service_exception", **signed), BOSS, "B1")

    assert told.code == "exception_too_long"


def test_a_certificate_waits_for_its_defect(server: Server) -> None:
    signed = {**SIGNED, "person_id": REJEAN, "result": "repaired", "defect_id": "d"}
    certificate = insert("repair_certificate", "c", **signed)

    waits = said(server, certificate, REJEAN, "T9")
    said(server, insert("defect", "d", **DEFECT))

    assert (waits.result, waits.code) == ("parked", "row_unknown")
    assert server.row("repair_certificate", "c") is not None


def test_a_certificate_is_about_a_defect_of_its_unit(server: Server) -> None:
    server.write(insert("defect", "d", **DEFECT))
    signed = {**SIGNED, "person_id": REJEAN, "result": "repaired", "defect_id": "d"}

    told = said(server, insert("repair_certificate", **{**signed, "asset_id": TRUCK}), REJEAN, "T9")

    assert told.code == "defect_unknown"


@pytest.mark.parametrize(("person", "device"), [(LUC, "T1"), (BOSS, "B1"), (CHIEF, "B1")])
def test_nobody_but_a_mechanic_certifies_at_the_server(
    server: Server, person: str, device: str
) -> None:
    server.write(insert("defect", "d", **DEFECT))
    signed = {**SIGNED, "person_id": person, "result": "repaired", "defect_id": "d"}

    told = said(server, insert("repair_certificate", **signed), person, device)

    assert told.code == "role_not_allowed"


@pytest.mark.parametrize("table", ["inspection", "defect", "repair_certificate"])
def test_what_was_signed_is_not_edited(server: Server, table: str) -> None:
    from tests.sync.rig import edit

    server.write(insert("inspection", "inspection", **REPORT), insert("defect", "defect", **DEFECT))
    server.write(
        insert("repair_certificate", "repair_certificate", **SIGNED, result="repaired",
               defect_id="defect")
    )  # fmt: skip
    column = {"inspection": "note", "defect": "severity", "repair_certificate": "word"}[table]

    told = said(server, edit(table, table, {column: None}, **{column: "minor"}), CHIEF, "B1")

    assert told.code == "role_not_allowed"


def test_the_fleet_manager_publishes_an_edition_and_a_foreman_does_not(server: Server) -> None:
    edition = {"code": "liste_1", "edition": 2, "part": "legal", "title_fr": "Liste 1",
               "title_en": "List 1", "vehicle_kinds": [], "items": LIST_1.items,
               "effective_on": "2026-12-01", "confirmed": True}  # fmt: skip

    assert said(server, insert("inspection_form", **edition), CHIEF, "B1").result == "applied"
    assert said(server, insert("inspection_form", **edition), BOSS, "B1").code == "role_not_allowed"
    unreadable = insert("inspection_form", **{**edition, "items": []})
    assert said(server, unreadable, CHIEF, "B1").code == "form_unreadable"


def test_a_town_sets_its_own_figure_for_what_comes_after(server: Server) -> None:
    rule = {"code": "minor_defect_delay", "effective_on": "2026-11-01", "value": {"hours": 24},
            "label_fr": "Délai", "label_en": "Delay", "source": "Politique",
            "confirmed": True}  # fmt: skip

    assert said(server, insert("legal_rule", **rule), CHIEF, "B1").result == "applied"
    said(server, insert("defect", "d", **{**DEFECT, "severity": "minor"}))

    told = server.row("defect", "d") or {}
    assert (told["due_at"], told["due_rule"]) == (
        "2026-11-24T08:00:00.000Z", "minor_defect_delay@2026-11-01",
    )  # fmt: skip


def test_the_repair_order_is_in_the_journal_like_any_other_write(server: Server) -> None:
    from sqlalchemy import select

    from sync_server.tables import JournalEntry

    said(server, insert("defect", "d", **DEFECT))
    order = (server.row("defect", "d") or {})["repair_order_id"]

    with server.database.reading() as session:
        entry = session.scalars(select(JournalEntry).where(JournalEntry.row == order)).one()
    assert (entry.table, entry.op) == ("work_order", "insert")
