"""A plan is checked when it is saved, whoever saves it: what is wrong is told, with its mend."""

from typing import Any

import pytest

from asset_model.errors import SENTENCES, sentence
from asset_model.sync.wire import Change
from tests.server.garage import METER, VEHICLE, a_plan, fill_garage
from tests.sync import town
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import BOSS, LUC


@pytest.fixture
def garage(server: Server) -> Server:
    fill_garage(server)
    return server


def save(server: Server, change: Change) -> tuple[str | None, dict[str, Any]]:
    (outcome,) = server.push(group(change, person=BOSS), device="B1")
    return outcome.code, outcome.details


METERED = [{"kind": "meter", "measure": "odometer", "every": 10_000}]
PLOWS = {"kind": ["plow"]}
ENDS = {"from": "09-01", "to": "11-15"}


@pytest.mark.parametrize(
    ("code", "columns"),
    [
        (None, {}),
        (None, {"triggers": METERED, "asset_filter": PLOWS, "floating": True}),
        (None, {"asset_filter": {"weight_kg": {"minimum": 30_000}}}),
        (None, {"class_code": None, "asset_id": "205"}),
        (None, {"class_code": None}),
        (None, {"rule": "FREQ=MONTHLY", "seasons": [{"from": "11-15", "to": "04-01"}]}),
        ("plan_without_trigger", {"rule": ""}),
        ("plan_rule_unreadable", {"rule": "tous les six mois"}),
        ("plan_interval_zero", {"rule": "FREQ=MONTHLY;INTERVAL=0"}),
        ("plan_interval_zero", {"triggers": [{**METERED[0], "every": 0}]}),
        ("plan_interval_zero", {"triggers": [{"kind": "event", "event": "storm", "every": -1}]}),
        ("plan_trigger_unreadable", {"triggers": [{"kind": "moon"}]}),
        ("plan_trigger_unreadable", {"triggers": ["meter"]}),
        ("plan_trigger_unreadable", {"triggers": [{"kind": "meter", "every": 5}]}),
        ("plan_trigger_unreadable", {"triggers": [{"kind": "condition", "measure": "pci"}]}),
        ("plan_season_unreadable", {"seasons": [{"from": "09-31", "to": "11-15"}]}),
        ("plan_season_unreadable", {"seasons": [{"from": "09-01"}]}),
        ("plan_rule_floats", {"rule": "FREQ=MONTHLY;BYDAY=1MO", "floating": True}),
        ("plan_never_due", {"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}),
        ("plan_never_due", {"rule": "FREQ=YEARLY;UNTIL=20250101T000000Z"}),
        ("plan_out_of_season", {"rule": "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1", "seasons": [ENDS]}),
        ("plan_legal_moves", {"legal": True, "floating": True, "seasons": [ENDS]}),
        ("plan_two_targets", {"asset_id": "201"}),
        ("plan_filter_without_class", {"class_code": None, "asset_filter": PLOWS}),
        ("plan_class_unknown", {"class_code": "submarine"}),
        ("plan_filter_unknown", {"asset_filter": {"colour": ["blue"]}}),
        ("plan_filter_empty", {"asset_filter": {"kind": ["blower"]}}),
        ("plan_filter_empty", {"asset_filter": {"kind": ["sweeper"]}}),
        ("plan_filter_empty", {"asset_filter": {"weight_kg": {"maximum": 5}}}),
        ("plan_asset_unknown", {"class_code": None, "asset_id": "299"}),
        ("plan_meter_without_asset", {"class_code": None, "triggers": METERED}),
        ("plan_meter_missing", {"triggers": METERED}),
        ("plan_lead_too_long", {"rule": "FREQ=WEEKLY", "lead_days": 7}),
        ("plan_lead_too_long", {"rule": "FREQ=DAILY;INTERVAL=10", "floating": True,
                                "lead_days": 10}),
        ("plan_lead_too_long", {"triggers": [{**METERED[0], "lead": 10_000}],
                                "asset_filter": PLOWS}),
        ("plan_lead_negative", {"grace_days": -1}),
        ("plan_nests_unknown", {"nests": ["p9"]}),
        ("plan_nests_itself", {"nests": ["p1"]}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_plan_is_told_when_it_is_saved(
    garage: Server, code: str | None, columns: dict[str, Any]
) -> None:
    found, details = save(garage, a_plan(**columns))

    assert found == code
    if code is not None:
        for language in ("en", "fr"):
            assert "–" not in sentence(code, language, details), "a gap in the sentence"


def test_units_without_a_meter_are_named(garage: Server) -> None:
    _, details = save(garage, a_plan(triggers=METERED))

    assert (details["count"], details["tags"]) == (1, "205")


def test_plans_that_would_nest_one_another_are_told_the_way_round(garage: Server) -> None:
    assert save(garage, a_plan("p2", nests=[]))[0] is None
    assert save(garage, a_plan("p3", nests=["p2"]))[0] is None
    ring = edit("maintenance_plan", "p2", {"nests": []}, nests=["p3"])

    code, details = save(garage, ring)

    assert (code, details["chain"]) == ("plan_nests_itself", "p2 → p3 → p2")


def test_a_plan_is_checked_again_when_it_is_changed(garage: Server) -> None:
    assert save(garage, a_plan())[0] is None

    change = edit("maintenance_plan", "p1", {"rule": "FREQ=MONTHLY;INTERVAL=6"}, rule="FREQ=NEVER")

    assert save(garage, change)[0] == "plan_rule_unreadable"


def test_a_plan_whose_units_are_gone_can_still_be_put_to_rest(garage: Server) -> None:
    assert save(garage, a_plan(asset_filter={"kind": ["grader"]}))[0] is None
    garage.set("asset", "205", status="retired")

    assert save(garage, edit("maintenance_plan", "p1", {"active": True}, active=False))[0] is None


def test_a_plan_may_come_together_with_what_it_is_about(server: Server) -> None:
    """An import and the demo write all in one go."""
    server.write(
        insert("asset_class", "vehicle", **VEHICLE),
        insert("asset", "201", tag="201", name="201", class_code="vehicle", status="in_service",
               attributes={"kind": "plow"}),
        insert("meter", "m", asset_id="201", **METER),
        a_plan(triggers=METERED, asset_filter=PLOWS),
    )  # fmt: skip

    assert server.row("maintenance_plan", "p1") is not None


def test_crews_keep_no_plans(garage: Server) -> None:
    (outcome,) = garage.push(group(a_plan(), person=LUC))

    assert outcome.code == "role_not_allowed"


def test_every_code_of_plans_has_its_words() -> None:
    assert all("{" not in french.format_map(_Anything()) for _, french in SENTENCES.values())


class _Anything(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return town.NORD
