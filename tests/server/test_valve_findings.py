"""What crews find of valves: who may say what, and two that contradict each other."""

from typing import Any

import pytest

from asset_model.builtin_classes import BUILTIN_CLASSES
from asset_model.matters import Matter
from asset_model.sync.wire import Columns
from tests.settling.builders import seen, settle
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import ANNE, LUC, NORD

BEFORE: Columns = {"diameter_mm": 150, "turns_to_close": 20}


@pytest.fixture
def valves(served: Server) -> Server:
    (valve,) = [each for each in BUILTIN_CLASSES if each["code"] == "valve"]
    served.write(
        insert("asset_class", **valve),
        insert("asset", "v", tag="VA-1", class_code="valve", name="Vanne 1", district_id=NORD,
               attributes=BEFORE),
    )  # fmt: skip
    return served


def says(server: Server, person: str = LUC, **found: Any) -> str | None:
    change = edit("asset", "v", {"attributes": BEFORE}, attributes={**BEFORE, **found})
    return server.push(group(change, person=person))[-1].code


def stands(server: Server) -> Columns:
    row = server.row("asset", "v")
    assert row is not None
    attributes: Columns = row["attributes"]
    return attributes


def test_what_a_crew_finds_is_the_valve_s_from_then_on(valves: Server) -> None:
    assert says(valves, condition="not_found") is None

    assert stands(valves) == {**BEFORE, "condition": "not_found"}


def test_findings_of_two_about_different_things_are_both_kept(valves: Server) -> None:
    says(valves, condition="broken")
    says(valves, ANNE, turns_to_close=31, closing_direction="counterclockwise")

    assert stands(valves) == {
        "diameter_mm": 150, "turns_to_close": 31, "closing_direction": "counterclockwise",
        "condition": "broken",
    }  # fmt: skip
    assert valves.rows(Matter) == []


def test_two_crews_that_contradict_are_a_matter_for_the_foreman(valves: Server) -> None:
    says(valves, condition="broken")
    says(valves, ANNE, condition="working")

    assert stands(valves) == {**BEFORE, "condition": "broken"}
    (matter,) = valves.rows(Matter)
    (line,) = matter.changes[0]["lines"]
    assert (line["kept"]["condition"], line["kept_by"]) == ("broken", LUC)
    assert (line["set_aside"]["condition"], line["set_aside_by"]) == ("working", ANNE)

    settle(valves, matter, "take", over=seen(matter))
    assert stands(valves) == {**BEFORE, "condition": "working"}


def test_what_does_not_contradict_stands_meanwhile(valves: Server) -> None:
    says(valves, condition="broken")
    says(valves, ANNE, condition="working", turns_to_close=31)

    assert stands(valves) == {**BEFORE, "condition": "broken", "turns_to_close": 31}
    (matter,) = valves.rows(Matter)
    (line,) = matter.changes[0]["lines"]
    assert line["set_aside"] == {**BEFORE, "condition": "working", "turns_to_close": 31}
    assert line["set_aside_by"] == ANNE


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ({"diameter_mm": 300}, "role_not_allowed"),
        ({"diameter_mm": None}, "role_not_allowed"),
        ({"colour": "red"}, "role_not_allowed"),
        ({"condition": "rusty"}, "bad_value"),
        ({"turns_to_close": 0}, "bad_value"),
        ({"turns_to_close": "many"}, "bad_value"),
    ],
)
def test_nothing_else_of_it_is_changed_from_a_tablet(
    valves: Server, found: Columns, code: str
) -> None:
    assert says(valves, **found) == code
    assert stands(valves) == BEFORE


def test_the_attributes_of_other_things_stay_with_the_office(valves: Server) -> None:
    valves.write(insert("asset", "h", tag="BI-1", class_code="hydrant", name="Borne",
                        district_id=NORD, attributes={}))  # fmt: skip
    change = edit("asset", "h", {"attributes": {}}, attributes={"condition": "broken"})

    assert valves.push(group(change))[-1].code == "role_not_allowed"
