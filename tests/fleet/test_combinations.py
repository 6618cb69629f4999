"""A unit and the trailer behind it: each one's list, and what keeps both from going."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from asset_model.assets import Asset
from asset_model.builtin_lists import builtin_forms
from asset_model.errors import Refused
from asset_model.fleet_rules import figures_on
from asset_model.inspection_forms import asked_of
from asset_model.readiness import (
    Check,
    Coupled,
    Exemption,
    Known,
    OpenDefect,
    Readiness,
    Unit,
    needs_check,
    readiness,
)
from field_app.actions.coupling import couple
from sync_server.papers.report import report_content
from tests.fleet.garage import PICKUP, PLOW, TRUCK, checked, items, unit
from tests.fleet.test_proving import DEFECT, said
from tests.sync.rig import Server, Tablet, edit, group, insert
from tests.sync.town import BOSS, LUC, NORTH, named, order_id

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
FIGURES = figures_on([], NOW.date())
HAULER = Unit("p", "211", "Camionnette", "pickup", 3_700)
TRAILER = Unit("t", "301", "Remorque", "trailer", 6_800)
LIGHT = replace(TRAILER, gross_weight_kg=1_200)
TANDEM = named("unit", "301")


@pytest.mark.parametrize(
    ("kind", "behind", "form"),
    [
        ("plow_truck", None, "liste_1"),
        ("tractor", None, "liste_1"),
        (None, None, "liste_1"),
        ("bus", None, "liste_2"),
        ("minibus", None, "liste_2"),
        ("motor_coach", None, "liste_3"),
        ("trailer", None, "liste_1"),
        ("trailer", "dump_truck", "liste_1"),
        ("trailer", "minibus", "liste_2"),
        ("trailer", "motor_coach", "liste_2"),
    ],
)
def test_each_kind_is_checked_by_its_list(kind: str | None, behind: str | None, form: str) -> None:
    what = asked_of(builtin_forms(), kind, [], on=NOW.date(), by_law=True, behind=behind)

    assert what.legal is not None
    assert what.legal.code == form
    assert not what.legal.confirmed


def test_list_3_leaves_out_the_numbers_that_the_regulation_leaves_out() -> None:
    (coach,) = [form for form in builtin_forms() if form.code == "liste_3"]
    codes = {item["code"]: [d["code"] for d in (*item["minor"], *item["major"])]
             for item in coach.items}  # fmt: skip

    assert (codes["1"], codes["2"]) == (["1.1", "1.2", "1.C", "1.F"], ["2.2", "2.3"])


@pytest.mark.parametrize(
    ("puller", "trailer", "needed"),
    [
        (HAULER, TRAILER, (True, True)),
        (HAULER, LIGHT, (False, False)),
        (replace(HAULER, gross_weight_kg=4_500), LIGHT, (True, True)),
        (replace(HAULER, kind="minibus"), LIGHT, (True, True)),
        (replace(HAULER, kind="loader", gross_weight_kg=17_600), LIGHT, (False, False)),
        (replace(HAULER, kind="loader", gross_weight_kg=17_600), TRAILER, (False, True)),
        (HAULER, replace(TRAILER, gross_weight_kg=None), (True, True)),
    ],
)
def test_of_a_combination_each_needs_a_check_as_soon_as_one_does(
    puller: Unit, trailer: Unit, needed: tuple[bool, bool]
) -> None:
    assert needs_check(puller, FIGURES, [trailer]) is needed[0]
    assert needs_check(trailer, FIGURES, [puller]) is needed[1]


def test_by_itself_a_light_pickup_needs_none() -> None:
    assert not needs_check(HAULER, FIGURES)


CHECKED = Known(checks=(Check("c", "luc", "driver", NOW - timedelta(hours=1)),))
TIRE = OpenDefect("d", "major", "Pneu", "Tire", NOW)


def stands(mine: Known, theirs: Known, of: Unit = HAULER) -> Readiness:
    other, known = (TRAILER, theirs) if of is HAULER else (HAULER, mine)
    own = mine if of is HAULER else theirs
    return readiness(of, own, FIGURES, now=NOW, driver_id="luc", beside=[Coupled(other, known)])


def test_a_unit_goes_once_its_trailer_is_checked_too() -> None:
    alone = stands(CHECKED, Known())

    assert [(r.code, r.details["unit"]) for r in alone.blocking] == [("unit_unchecked", "301")]
    assert stands(CHECKED, CHECKED).may_start


def test_a_trailer_out_of_service_keeps_what_pulls_it_and_not_the_other_way_round() -> None:
    broken = replace(CHECKED, defects=(TIRE,))

    assert not stands(CHECKED, broken).may_be_planned
    assert stands(broken, CHECKED, of=TRAILER).may_start


def test_an_exception_of_either_lets_the_combination_go() -> None:
    let = (Exemption(frozenset({"unit_major_defect"}), frozenset({"d"}), NOW + timedelta(hours=2)),)
    broken = replace(CHECKED, defects=(TIRE,))

    assert stands(CHECKED, replace(broken, exemptions=let)).may_start
    assert stands(replace(CHECKED, exemptions=let), broken).may_start


@pytest.fixture
def towing(server: Server, tablet: Tablet) -> Tablet:
    said_of = {"kind": "trailer", "gross_weight_kg": 6_800.0, "plate": "RL301"}
    server.write(insert("asset", TANDEM, tag="301", name="Remorque 301", class_code="vehicle",
                        status="in_service", attributes=said_of))  # fmt: skip
    tablet.sync()
    return tablet


def parent(server: Server) -> Any:
    return (server.row("asset", TANDEM) or {})["parent_id"]


def test_a_trailer_is_coupled_without_signal_and_the_town_hears_of_it(
    server: Server, towing: Tablet
) -> None:
    assert not unit(towing, PICKUP).by_law

    towing.do(couple, TANDEM, PICKUP)

    assert unit(towing, PICKUP).by_law
    assert unit(towing, TANDEM).behind is not None
    towing.sync()
    assert parent(server) == PICKUP
    towing.do(couple, TANDEM, None)
    towing.sync()
    assert parent(server) is None
    assert not unit(towing, PICKUP).by_law


def test_only_trailers_are_coupled_and_only_behind_what_pulls(
    server: Server, towing: Tablet
) -> None:
    for trailer, puller, code in ((TRUCK, PLOW, "not_a_trailer"), (TANDEM, TANDEM, "cannot_pull")):
        with pytest.raises(Refused, match=code):
            towing.do(couple, trailer, puller)
        change = edit("asset", trailer, {"parent_id": None}, parent_id=puller)
        (outcome,) = server.push(group(change, person=LUC))
        assert outcome.code == code
    street = edit("asset", named("street", "1"), {"parent_id": None}, parent_id=PLOW)
    (outcome,) = server.push(group(street, person=LUC))
    assert outcome.code == "not_a_trailer"


def test_the_report_of_a_trailer_has_the_whole_list_and_says_what_is_not_there(
    server: Server, towing: Tablet
) -> None:
    towing.do(couple, TANDEM, PICKUP)
    given = {item["code"] for item in items(towing, TANDEM) if "trailer" in item["absent_on"]}
    assert {"5", "6", "13"} <= given

    done = checked(towing, unit_id=TANDEM, answers=dict.fromkeys(given, "na"))
    towing.sync()

    with server.database.reading() as session:
        content = report_content(session, done.inspection.id, "fr", now=server.clock())
    listed = content["parts"][0]
    assert listed["title"].startswith("Liste 1")
    assert [line["text"].split()[0] for line in listed["items"]][:6] == list("123456")
    assert "5 Direction\u00a0: sans objet" in [line["text"] for line in listed["items"]]


def test_nobody_at_a_desk_gives_work_to_a_unit_whose_trailer_is_out_of_service(
    server: Server, towing: Tablet
) -> None:
    towing.do(couple, TANDEM, TRUCK)
    towing.sync()
    said(server, insert("defect", **{**DEFECT, "asset_id": TANDEM}))

    assigned = insert("unit_assignment", work_order_id=order_id(1), asset_id=TRUCK, person_id=BOSS,
                      assigned_at="2026-11-23T08:00:00.000Z")  # fmt: skip
    assert said(server, assigned, BOSS, "B1").code == "unit_major_defect"


def test_two_tablets_that_couple_one_trailer_ask_a_person(server: Server, towing: Tablet) -> None:
    towing.do(couple, TANDEM, PICKUP)
    server.set("asset", TANDEM, parent_id=TRUCK)

    towing.sync()

    assert parent(server) == TRUCK
    with towing.database.reading() as session:
        seen = session.get(Asset, TANDEM)
        assert seen is not None
        assert seen.parent_id == TRUCK
    assert NORTH
