"""What the fleet's pages ask of the server: weeks, plans, figures, what-ifs and campaigns."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from asset_model.plans import Occurrence
from asset_model.vocabulary import Role
from asset_model.work_orders import WorkOrder
from sync_server.app import create_app
from sync_server.bulletins.decisions import DECISIONS
from sync_server.dashboard.week_rules import WEEK_RULES
from sync_server.enrolment import Place, add_device
from sync_server.http.bulletins import PERSON
from sync_server.papers.spelling import Spelling
from sync_server.tables import Device
from sync_server.upkeep_tables import MadeCampaign, PlanPublication
from tests.definition.answers import check_answer
from tests.papers.reading import Paper
from tests.server.garage import a_plan, fill_garage
from tests.server.listening import Caller, listening, refusal
from tests.server.plan_rig import NOW, run
from tests.sync.rig import Server, an_id, insert

WEEKLY = {"rule": "FREQ=WEEKLY", "shop": "garage", "estimated_hours": 3.0, "lead_days": 1}
HALF_YEAR = {"shop": "garage", "estimated_hours": 2.0, "floating": True}


class Office:
    """Somebody at the office's screens."""

    def __init__(self, caller: Caller, server: Server) -> None:
        self.caller, self.server = caller, server

    def reads(self, path: str, who: str = "fleet_manager") -> dict[str, Any]:
        answer = self.caller.ask("GET", f"/bulletins/{path}", headers={PERSON: f"a {who}"})
        assert answer.ok, answer.text
        check_answer(f"/bulletins/{path.partition('?')[0]}", answer.json())
        body: dict[str, Any] = answer.json()["body"]
        return body

    def asks_file(self, name: str, who: str = "fleet_manager") -> Any:
        return self.caller.ask("GET", f"/files/{name}", headers={PERSON: f"a {who}"})

    def asks(self, decision: str, body: Any, who: str = "fleet_manager") -> Any:
        headers = {PERSON: f"a {who}"}
        return self.caller.ask("POST", f"/decisions/{decision}", headers=headers, json=body)

    def decides(self, decision: str, body: Any) -> dict[str, Any]:
        answer = self.asks(decision, body)
        assert answer.ok, answer.text
        told: dict[str, Any] = answer.json()["body"]
        return told


@pytest.fixture
def office(server: Server) -> Iterator[Office]:
    server.clock.now = NOW
    fill_garage(server)
    server.write(
        insert("shop", "s1", code="garage", name="Garage", weekly_hours=4.0),
        insert("shop", "s2", code="water", name="Aqueduc", weekly_hours=None),
        *(insert("person", f"a {role}", name=role, role=role, active=True) for role in Role),
        a_plan("weekly", code="EP-1", asset_id="205", class_code=None, **WEEKLY),
        a_plan("oil", code="EP-2", **HALF_YEAR),
        a_plan("winter", code="EP-4", **HALF_YEAR, starts_on="2027-01-15",
               asset_filter={"kind": ["plow"]}),
        a_plan("rest", code="EP-3", active=False, shop="water"),
    )  # fmt: skip
    run(server)
    with server.database.writing() as session:
        made = add_device(session, Place("BUREAU", "office"), now=server.clock(), new_id=an_id)
    with listening(create_app(server.database, clock=server.clock, new_id=an_id)) as address:
        caller = Caller(address, made.token)
        yield Office(caller, server)
        caller.close()


def test_the_hours_of_each_week_are_those_of_its_work(office: Office) -> None:
    told = office.reads("workshop?weeks=8")

    assert (told["shop"], len(told["weeks"])) == ("garage", 8)
    for week in told["weeks"]:
        work = office.reads(f"workshop?weeks=8&week={week['week']}")["work"]
        assert sum(each["hours"] for each in work) == week["ordered"] + week["coming"]
        assert week["over"] == (week["ordered"] + week["coming"] > 4.0)
        assert all(each["why"]["fr"] and each["why"]["en"] for each in work)
    assert any(week["over"] for week in told["weeks"])


def test_a_shop_without_work_has_its_weeks_all_the_same(office: Office) -> None:
    told = office.reads("workshop?shop=water")

    assert [week["capacity"] for week in told["weeks"]] == [None] * 13
    assert told["work"] == []


def test_plans_tell_their_rule_and_what_they_do_next(office: Office) -> None:
    plans = {plan["code"]: plan for plan in office.reads("plans")["plans"]}

    assert plans["EP-1"]["words"] == [{"fr": "chaque semaine", "en": "every week"}]
    assert plans["EP-2"]["words"][0]["en"] == "every 6 months since the last time"
    assert (plans["EP-2"]["units"], plans["EP-1"]["open"]) == (3, 1)
    assert plans["EP-1"]["next"][0]["asset"] == "205"
    assert (plans["EP-3"]["active"], plans["EP-3"]["next"]) == (False, [])


def test_figures_of_a_unit_are_as_long_as_their_lists(office: Office) -> None:
    told = office.reads("figures")

    for unit in told["units"]:
        for code, figure in unit["figures"].items():
            listed = office.reads(f"figures-list?figure={code}&unit={unit['tag']}")
            assert listed["count"] == figure["records"], code
            assert listed["value"] == figure["value"]
    assert told["rules"]["mtbf"]["title"]["fr"]


def _coming(office: Office) -> Any:
    """The first occurrence of the winter plan, which has no order yet."""
    for week in office.reads("workshop")["weeks"]:
        for each in office.reads(f"workshop?week={week['week']}")["work"]:
            if each["plan"] == "EP-4" and each["state"] == "coming" and each["movable"]:
                return each
    raise LookupError("nothing to come")


def _scenario(office: Office, id: str = "s") -> dict[str, Any]:
    work = _coming(office)
    skip = {"plan": "EP-4", "unit": work["unit"], "due": work["due"]}
    return {"id": id, "why": "La fosse est occupée", "skip": [skip], "move": []}


def test_a_look_shows_the_difference_and_leaves_nothing(office: Office) -> None:
    scenario = _scenario(office)

    lines = office.decides("plans-look", scenario)["lines"]

    assert lines[0]["gone"] == [scenario["skip"][0]["due"]]
    assert {line["shop"] for line in lines if "shop" in line} == {"garage"}
    assert office.server.rows(PlanPublication) == []
    assert _scenario(office) == scenario


def test_what_is_published_twice_is_published_once(office: Office) -> None:
    scenario = _scenario(office)

    first = office.decides("plans-publish", scenario)["lines"]
    again = office.decides("plans-publish", scenario)["lines"]

    (publication,) = office.server.rows(PlanPublication)
    assert (publication.id, publication.person_id) == ("s", "a fleet_manager")
    assert (bool(first), again) == (True, [])
    skipped = [row for row in office.server.rows(Occurrence) if row.status == "skipped"]
    assert [row.due_on.isoformat() for row in skipped] == [scenario["skip"][0]["due"]]


CAMPAIGN = {"name": "Hiver", "begins": "2026-11-27", "ends": "2027-01-31", "class": "vehicle",
            "ready_on": "2027-02-01", "also_days": 20, "plan": "EP-4",
            "filter": {"kind": ["plow"]}}  # fmt: skip


def test_a_campaign_is_looked_at_made_once_and_read_on_its_day(office: Office) -> None:
    said = {"id": "c", "campaign": CAMPAIGN}
    before = len(office.server.rows(WorkOrder))

    seen = office.decides("campaign-look", said)
    assert (len(office.server.rows(WorkOrder)), office.server.rows(MadeCampaign)) == (before, [])
    made = office.decides("campaign-make", said)
    office.decides("campaign-make", said)

    assert seen["orders"] == made["orders"] > 0
    assert len(office.server.rows(WorkOrder)) == before + made["orders"]
    (listed,) = office.reads("campaigns")["campaigns"]
    assert (listed["id"], listed["name"], listed["by"]) == ("c", "Hiver", "fleet_manager")
    ready = office.reads("campaign-ready?id=c", "director")
    assert (ready["on"], len(ready["units"])) == ("2027-02-01", 2)
    assert all(unit["ready"] or unit["holds"] for unit in ready["units"])


WRONG: list[tuple[str, Any, str]] = [
    ("plans-look", {"id": "s", "why": " "}, "scenario_keys"),
    ("plans-look", {"id": "s", "why": "x"}, "scenario_empty"),
    ("plans-look", {"id": "s", "why": "x", "move": [{"plan": "EP-1"}]}, "scenario_keys"),
    ("plans-look", {"id": "s", "why": "x", "move": 7}, "scenario_keys"),
    ("plans-publish", {"why": "x", "skip": [{"plan": "EP-1", "due": "2026-12-01"}]},
     "scenario_keys"),
    ("campaign-look", {"campaign": {"name": "x"}}, "campaign_keys"),
    ("campaign-look", {"campaign": {**CAMPAIGN, "ends": "soon"}}, "campaign_keys"),
    ("campaign-look", {"campaign": {**CAMPAIGN, "ends": "2026-01-01"}}, "campaign_backwards"),
    ("campaign-look", {"campaign": {**CAMPAIGN, "filter": {"kind": ["boat"]}}}, "campaign_empty"),
    ("campaign-make", {"campaign": CAMPAIGN}, "scenario_keys"),
    ("campaign-look", [], "malformed_request"),
]  # fmt: skip


@pytest.mark.parametrize(("decision", "body", "code"), WRONG, ids=str)
def test_what_cannot_be_carried_out_is_said_so(
    office: Office, decision: str, body: Any, code: str
) -> None:
    assert refusal(office.asks(decision, body))[1] == code


def test_only_those_who_plan_or_answer_at_311_may_decide(office: Office) -> None:
    planning = {Role.FLEET_MANAGER, Role.ADMINISTRATOR}
    at_311 = {Role.AGENT_311, Role.FOREMAN, Role.ADMINISTRATOR}
    for name in DECISIONS:
        may = {
            role for role in Role if refusal(office.asks(name, {}, role))[1] != "role_not_allowed"
        }
        assert may == (at_311 if name.startswith(("report-", "caller-")) else planning), name


def test_there_is_no_decision_of_another_name(office: Office) -> None:
    assert refusal(office.asks("moon", {})) == (404, "not_found")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_for_the_council_is_a_paper_of_either_language(
    office: Office, language: str
) -> None:
    with office.server.database.writing() as session:
        made = add_device(session, Place("T1", "tablet"), now=NOW, new_id=an_id)
        session.get_one(Device, made.device_id).seen_at = NOW

    answer = office.asks_file(f"dashboard.pdf?language={language}", "director")

    title = {"fr": "Tableau de bord des travaux publics", "en": "Dashboard of public works"}
    paper = Paper(answer.content)
    assert paper.title == title[language]
    assert {"fr": "Respect des plans", "en": "Plan compliance"}[language] in paper.text
    assert {"fr": "La semaine précédente", "en": "The week before"}[language] in paper.text
    assert {"fr": "rien d’inscrit", "en": "nothing on record"}[language] in paper.text
    assert {"fr": "Fraîcheur des données", "en": "How fresh this is"}[language] in paper.text
    heard_of = Spelling(language).moment(NOW).replace("\u00a0", " ")
    assert f"T1 – {heard_of}" in paper.text


def test_files_have_as_many_rows_as_the_lists(office: Office) -> None:
    listed = office.reads("figures-list?figure=compliance")
    told = csv.DictReader(
        io.StringIO(
            office.asks_file("figures-list.csv?figure=compliance").content.decode("utf-8-sig")
        )
    )
    rows = ET.fromstring(office.asks_file("figures-list.xml?figure=compliance").content)

    assert len(list(told)) == len(rows) == listed["count"] > 0
    board = ET.fromstring(office.asks_file("dashboard.xml", "director").content)
    weekly = [row for row in board if row.get("week")]
    assert {row.get("figure") for row in weekly} == set(WEEK_RULES)
    orders = office.reads("dashboard-list?figure=backlog", "director")
    file = ET.fromstring(office.asks_file("dashboard-list.xml?figure=backlog", "director").content)
    assert len(file) == orders["count"] > 0


def test_a_file_is_for_those_who_read_the_page(office: Office) -> None:
    assert refusal(office.asks_file("dashboard.pdf")) == (403, "role_not_allowed")
    assert refusal(office.asks_file("figures.csv", "mechanic")) == (403, "role_not_allowed")
    assert refusal(office.asks_file("figures.exe")) == (404, "not_found")
    assert refusal(office.asks_file("dashboard-list.pdf?figure=cost", "director"))[0] == 404


def test_the_file_of_a_unit_is_for_those_who_read_the_fleets_figures(office: Office) -> None:
    def refused(who: str) -> tuple[int, str]:
        headers = {PERSON: f"a {who}"}
        return refusal(office.caller.ask("GET", "/papers/units/999.pdf", headers=headers))

    assert refused("fleet_manager") == (404, "unit_not_in_fleet")
    assert refused("crew_member") == (403, "role_not_allowed")
