"""A family of orders on its pages: the jobs, what comes before, and a start out of turn."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.matters import Matter
from asset_model.work_orders import WorkOrder
from tests.ui.test_templates import a_place
from tests.ui.town import Town

DIG, REPAIR = "Excaver", "Réparer"


@pytest.fixture
def family(town: Town) -> dict[str, str]:
    """A parent, a job to dig, one to repair after it; all with the crew of Luc."""
    ids = {name: town.workplace.new_id() for name in ("parent", DIG, REPAIR)}
    same = {
        "kind": "emergency", "priority": 1, "status": "dispatched", "source": "person",
        "crew_id": town.ids["north"], "district_id": town.ids["district"],
        "created_at": town.now - timedelta(hours=1), "created_by": town.ids["diane"],
    }  # fmt: skip
    town.add(
        WorkOrder(id=ids["parent"], title="Bris d’aqueduc", number="BT-2026-0010", **same),
        WorkOrder(id=ids[DIG], title=DIG, parent_id=ids["parent"], rank=1, skill="water", **same),
        WorkOrder(
            id=ids[REPAIR], title=REPAIR, parent_id=ids["parent"], rank=2, after_ids=[ids[DIG]],
            estimated_hours=2.5, **same,
        ),
    )  # fmt: skip
    return ids


def moved(town: Town, id: str, status: str) -> None:
    with town.database.writing() as session:
        session.get_one(WorkOrder, id).status = status


def status_of(town: Town, id: str) -> str:
    with town.database.reading() as session:
        return session.get_one(WorkOrder, id).status


def test_a_parent_shows_its_jobs_how_far_they_are_and_what_they_wait_for(
    town: Town, family: dict[str, str]
) -> None:
    moved(town, family[DIG], "in_progress")

    with town.signed_in("diane", route=f"/orders/{family['parent']}") as screen:
        assert "Travaux · 0 sur 2" in screen.text
        assert f"Attend\u00a0: {DIG}" in screen.text
        assert "2,5\u00a0h" in screen.text
        screen.tap("job-2")
        assert "Doit être fini avant celui-ci" in screen.text
        screen.tap("to-parent")
        assert "Travaux · 0 sur 2" in screen.text
        assert not screen.failures


def test_a_start_before_its_turn_is_warned_of_and_not_prevented(
    town: Town, family: dict[str, str]
) -> None:
    moved(town, family[REPAIR], "accepted")

    with town.signed_in("luc", route=f"/orders/{family[REPAIR]}") as screen:
        assert f"Pas encore fini\u00a0: {DIG}." in screen.text
        assert "Commencer quand même" in screen.text
        screen.tap("main")
        assert "Commencé avant son tour" in screen.text
        screen.tap("undo")

    assert status_of(town, family[REPAIR]) == "accepted"


def test_a_start_in_its_turn_is_a_start_like_another(town: Town, family: dict[str, str]) -> None:
    moved(town, family[DIG], "done")
    moved(town, family[REPAIR], "accepted")

    with town.signed_in("luc", route=f"/orders/{family[REPAIR]}") as screen:
        assert not screen.has("turn")
        assert "Pas encore fini" not in screen.text
        screen.tap("main")

    assert status_of(town, family[REPAIR]) == "in_progress"


def test_a_job_before_it_that_is_not_on_this_tablet_is_told(
    town: Town, family: dict[str, str]
) -> None:
    with town.database.writing() as session:
        order = session.get_one(WorkOrder, family[REPAIR])
        order.after_ids = [family[DIG], town.workplace.new_id()]

    with town.signed_in("luc", route=f"/orders/{family[REPAIR]}") as screen:
        assert "1 travail d’avant n’est pas sur cette tablette" in screen.text


def test_a_parent_with_open_jobs_says_so_in_place_of_ending(
    town: Town, family: dict[str, str]
) -> None:
    moved(town, family["parent"], "done")
    moved(town, family[DIG], "closed")

    with town.signed_in("diane", route=f"/orders/{family['parent']}") as screen:
        assert "1 de ses travaux n’est pas fini." in screen.text
        assert screen.one("main").disabled
        moved(town, family[REPAIR], "closed")
        town.workplace.changed()
        screen.settle()
        screen.tap("main")

    assert status_of(town, family["parent"]) == "closed"


def test_a_report_becomes_a_family_and_is_put_back_by_one_press(town: Town) -> None:
    with town.signed_in("luc", route="/report") as screen:
        a_place(screen)
        screen.enter("what", "Eau sur la chaussée")
        screen.tap("report")
    with town.database.reading() as session:
        report = session.scalars(select(WorkOrder).where(WorkOrder.status == "draft")).one()

    with town.signed_in("diane", route=f"/orders/{report.id}") as screen:
        screen.tap("take-template")
        screen.tap("template-soufflage")
        screen.tap("template-apply")
        assert "ce qui a été signalé est gardé" in screen.text
        assert "Étapes · 0 sur 9" in screen.text
        screen.tap("undo")
        assert "Eau sur la chaussée" in screen.text
        assert "Étapes · 0" not in screen.text
        assert not screen.failures


def test_the_foreman_reads_who_began_before_what_and_says_that_they_have_seen_it(
    town: Town, family: dict[str, str]
) -> None:
    matter = a_matter(town, family)
    town.add(matter)

    with town.signed_in("diane", route=f"/settle/{matter.id}") as screen:
        assert "Travail commencé avant son tour" in screen.text
        assert f"BT-2026-0011 · {DIG}" in screen.text
        screen.tap(f"seen-{matter.id}")
        assert "Noté comme vu" in screen.text
        assert not screen.failures


def test_a_crew_sees_on_the_order_that_it_was_begun_before_its_turn(
    town: Town, family: dict[str, str]
) -> None:
    matter = a_matter(town, family)
    town.add(matter)

    with town.signed_in("luc", route=f"/orders/{family[REPAIR]}") as screen:
        assert "Travail commencé avant son tour" in screen.text
        assert not screen.has(f"seen-{matter.id}")


def a_matter(town: Town, family: dict[str, str]) -> Any:
    waited = {"id": family[DIG], "number": "BT-2026-0011", "title": DIG}
    return Matter(
        id=town.workplace.new_id(), kind="turn", state="open", work_order_id=family[REPAIR],
        act_id=town.workplace.new_id(), person_id=town.ids["luc"], made_at=town.now,
        raised_at=town.now, changes=[], details={"before": [waited]},
    )  # fmt: skip
