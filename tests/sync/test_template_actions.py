"""Orders from job templates: whole or not at all, and the server takes them as they were made."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.builtin_jobs import builtin_templates
from asset_model.builtin_jobs.water_main import WATER_MAIN_BREAK
from asset_model.codec import columns_of
from asset_model.errors import Refused
from asset_model.jobs import check_template
from asset_model.work_orders import Step, WorkOrder
from field_app.actions import templates, work_orders
from field_app.actions.new_orders import NewOrder
from field_app.actions.templates import Wanted
from tests.sync.rig import Server, Tablet, a_tablet
from tests.sync.town import BOSS, LUC, NORTH, named

STREET = named("street", "1")
BREAK, POTHOLE = (
    next(each.id for each in builtin_templates() if each.code == code)
    for code in ("bris-aqueduc", "nid-de-poule")
)


@pytest.fixture
def office(server: Server, tmp_path: Path) -> Tablet:
    return a_tablet(server, tmp_path / "office", "B1")


def make(office: Tablet, template: str, **wanted: Any) -> list[WorkOrder]:
    asked = Wanted(asset_id=STREET, **wanted)
    ids = office.do(templates.make, template, asked, device_code="B1", person=BOSS)
    with office.database.reading() as session:
        return [session.get_one(WorkOrder, id) for id in ids]


def steps_of(tablet: Tablet, order_id: str) -> list[Step]:
    with tablet.database.reading() as session:
        query = select(Step).where(Step.work_order_id == order_id).order_by(Step.rank)
        return list(session.scalars(query))


def statuses(tablet: Tablet, orders: list[WorkOrder]) -> set[str]:
    with tablet.database.reading() as session:
        return {session.get_one(WorkOrder, order.id).status for order in orders}


@pytest.mark.parametrize("template", builtin_templates(), ids=lambda each: each.code)
def test_every_template_of_the_product_can_be_kept(template: Any) -> None:
    check_template(columns_of(template))

    assert template.code, "the check has not raised"


def test_a_family_is_one_act_and_the_server_takes_it_whole(office: Tablet, server: Server) -> None:
    parent, *jobs = make(office, BREAK, crew_id=NORTH, dispatch=True)

    assert len({change.group_id for change in office.changes()}) == 1
    office.sync()

    rows = [server.row("work_order", job.id) or {} for job in jobs]
    assert {row["parent_id"] for row in rows} == {parent.id}
    assert {row["status"] for row in rows} == {"dispatched"}
    assert set(office.states()) == {"settled"}


def test_each_job_waits_for_those_that_its_template_names(office: Tablet) -> None:
    _, *jobs = make(office, BREAK)

    codes = [child["code"] for child in WATER_MAIN_BREAK["children"]]
    by_code = dict(zip(codes, jobs, strict=True))
    assert by_code["isoler"].after_ids is None
    wanted = {by_code["isoler"].id, by_code["info-excavation"].id}
    assert set(by_code["excaver"].after_ids or ()) == wanted


def test_an_order_takes_along_all_that_its_template_says(office: Tablet) -> None:
    (order,) = make(office, POTHOLE, title="Trou au 12")

    told = (order.title, order.kind, order.priority, order.skill, order.template, order.status)
    assert told == ("Trou au 12", "corrective", 2, "roads", POTHOLE, "planned")
    assert order.due_at is not None
    assert (order.due_at - order.created_at).days == 14
    assert "14\u00a0jours" in (order.due_reason or "")
    assert [step.kind for step in steps_of(office, order.id)][:3] == ["check", "photo", "number"]


def test_taking_a_family_back_cancels_all_of_it(office: Tablet, server: Server) -> None:
    made = make(office, BREAK, crew_id=NORTH, dispatch=True)

    office.do(templates.take_back, [order.id for order in made], "Erreur", person=BOSS)
    office.sync()

    assert statuses(office, made) == {"cancelled"}
    assert set(office.states()) == {"settled"}


def test_a_template_that_is_not_here_is_told(office: Tablet) -> None:
    with pytest.raises(Refused) as refused:
        make(office, named("template", "gone"))

    assert refused.value.code == "template_unknown"


def a_report(tablet: Tablet) -> WorkOrder:
    new = NewOrder(title="Gros trou", asset_id=STREET, priority=1, description="Pneu crevé")
    made: WorkOrder = tablet.do(work_orders.create, new, device_code="T1", person=LUC)
    return made


def test_a_report_becomes_the_job_of_a_template_and_keeps_its_words(
    office: Tablet, tablet: Tablet
) -> None:
    report = a_report(tablet)
    tablet.sync()
    office.sync()

    office.do(templates.apply, report.id, POTHOLE, device_code="B1", person=BOSS)
    office.sync()
    tablet.sync()

    with tablet.database.reading() as session:
        order = session.get_one(WorkOrder, report.id)
    assert (order.title, order.priority) == ("Réparer un nid-de-poule", 1)
    assert (order.description or "").startswith("Gros trou\nPneu crevé\n")
    assert len(steps_of(tablet, report.id)) == 9


def test_a_template_taken_off_leaves_the_report_as_it_was(
    office: Tablet, tablet: Tablet, server: Server
) -> None:
    report = a_report(tablet)
    tablet.sync()
    office.sync()
    applied = office.do(templates.apply, report.id, BREAK, device_code="B1", person=BOSS)

    office.do(templates.take_off, applied, "Erreur", person=BOSS)
    office.sync()

    with office.database.reading() as session:
        order = session.get_one(WorkOrder, report.id)
        jobs = session.scalars(select(WorkOrder).where(WorkOrder.parent_id == report.id)).all()
    assert (order.title, order.template, order.description) == ("Gros trou", None, "Pneu crevé")
    assert {job.status for job in jobs} == {"cancelled"}
    assert (server.row("work_order", report.id) or {})["description"] == "Pneu crevé"
    assert all(step.withdrawn for step in steps_of(office, report.id))
    assert set(office.states()) == {"settled"}


def test_a_crew_makes_no_job_of_a_report(tablet: Tablet) -> None:
    report = a_report(tablet)

    with pytest.raises(Refused) as refused:
        tablet.do(templates.apply, report.id, POTHOLE, device_code="T1", person=LUC)

    assert refused.value.code == "role_not_allowed"
