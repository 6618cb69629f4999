"""The fleet manager's pages: the workshop and moving its work on trial, plans, figures, checks."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.plans import MaintenancePlan
from field_app.store.local import LocalChange
from tests.ui.desk import asked_once, with_desk
from tests.ui.fleet import add_fleet, add_person
from tests.ui.test_units import MIRROR, WIPER, checked
from tests.ui.town import Town, found
from tests.ui.workshops import a_figure_list, a_figure_page, a_plan, a_workshop, work


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    founded = found(tmp_path)
    add_fleet(founded)
    yield founded
    founded.database.close()


def test_the_fleet_manager_comes_to_the_units_and_has_the_pages_of_the_fleet(town: Town) -> None:
    with town.signed_in("sophie") as screen:
        assert "Unité 214" in screen.text
        for key in ("go-units", "go-workshop", "go-plans", "go-rounds", "go-settle"):
            assert screen.has(key), key


def test_the_workshop_tells_the_weeks_and_the_work_of_one(town: Town) -> None:
    desk = with_desk(town, workshop=a_workshop(work(), work("EP-2", legal=True)))

    with town.signed_in("sophie", route="/workshop") as screen:
        asked_once(screen, desk)

        assert "1 semaine dépasse ce que l’atelier peut faire" in screen.text
        assert "Semaine du 2026-11-23\u00a0: 12,5\u00a0h sur 40" in screen.text
        assert "EP-2 · Vidange" in screen.text
        assert not screen.has("skip-EP-2-214-2026-12-04")
        screen.tap("week-2026-W49")
        asked_once(screen, desk, 2)
        assert desk.asked[-1] == ("workshop", {"week": "2026-W49"})
        assert screen.failures == []


def test_a_shop_without_work_says_so(town: Town) -> None:
    desk = with_desk(town, workshop=a_workshop())

    with town.signed_in("sophie", route="/workshop", width=800) as screen:
        asked_once(screen, desk)

        assert "Rien n’est demandé à l’atelier cette semaine-là." in screen.text


DIFFERENCE = {
    "lines": [
        {"plan": "EP-1", "unit": "214", "gone": ["2026-12-04"], "come": ["2026-12-12"]},
        {"shop": "garage", "week": "2026-W50", "hours_before": 38.0, "hours_after": 40.5,
         "too_full": True},
    ]
}  # fmt: skip


def test_work_is_moved_on_trial_seen_then_published(town: Town) -> None:
    bodies: Any = {"workshop": a_workshop(work()), "plans_look": DIFFERENCE,
                   "plans_publish": {"lines": []}}  # fmt: skip
    desk = with_desk(town, **bodies)
    of = "EP-1-214-2026-12-04"

    with town.signed_in("sophie", route="/workshop") as screen:
        asked_once(screen, desk)
        screen.tap(f"move-{of}")
        screen.tap(f"by1-{of}")
        assert "au 2026-12-12, à l’essai" in screen.text
        assert not screen.has("trial-publish")

        screen.tap("trial-look")
        assert "Dites pourquoi" in screen.text
        screen.enter("trial-why", "La fosse est occupée")
        screen.tap("trial-look")
        screen.until(lambda: screen.has("trial-publish"))
        assert "38 → 40,5\u00a0h" in screen.text
        assert "trop pleine" in screen.text
        screen.tap("trial-publish")
        screen.until(lambda: len(desk.decided) == 2 and not screen.has("trial-publish"))

    (_, looked), (name, published) = desk.decided
    assert name == "plans-publish"
    assert published == looked
    move = {"plan": "EP-1", "unit": "214", "due": "2026-12-04", "to": "2026-12-12"}
    assert (published["move"], published["skip"]) == ([move], [])


def test_what_the_server_refuses_of_a_trial_is_said_and_nothing_is_lost(town: Town) -> None:
    desk = with_desk(town, workshop=a_workshop(work()))

    with town.signed_in("sophie", route="/workshop") as screen:
        asked_once(screen, desk)
        screen.tap("skip-EP-1-214-2026-12-04")
        screen.enter("trial-why", "Vendue")
        desk.refusal = Refused("occurrence_legal", code="EP-1", due="2026-12-04")
        screen.tap("trial-look")
        screen.until(lambda: "EP-1 est légal" in screen.text or "loi" in screen.text)

        assert "EP-1 sur 214\u00a0: sautée le 2026-12-04" in screen.text
        assert not screen.has("trial-publish")
        screen.tap("trial-clear")
        assert not screen.has("trial-look")


def test_those_who_only_look_may_not_move_anything(town: Town) -> None:
    add_person(town, "Hélène Marchand", "director")
    desk = with_desk(town, workshop=a_workshop(work()))

    with town.signed_in("hélène", route="/workshop") as screen:
        asked_once(screen, desk)

        assert not screen.has("move-EP-1-214-2026-12-04")


def add_plan(town: Town) -> str:
    id = town.workplace.new_id()
    town.add(MaintenancePlan(id=id, code="EP-1", title_fr="Vidange", title_en="Oil change",
                             starts_on=date(2026, 1, 1), steps=[]))  # fmt: skip
    return id


def test_a_plan_says_its_rule_and_what_it_will_do(town: Town) -> None:
    desk = with_desk(town, plans={"plans": [a_plan(add_plan(town))]})

    with town.signed_in("sophie", route="/plans") as screen:
        asked_once(screen, desk)

        assert (
            "tous les 6 mois ou tous les 10\u00a0000 au compteur, odomètre (km),"
            " selon ce qui vient en premier · du 01/09 au 15/11"
        ) in screen.text
        assert "Unité 214 · au rythme du compteur · entre 2027-01-02 et on ne sait" in screen.text
        assert "3 actifs · 1 bon ouvert" in screen.text


def test_a_plan_is_put_to_rest_without_asking_anybody_and_back(town: Town) -> None:
    desk = with_desk(town, plans={"plans": [a_plan(add_plan(town))]})

    with town.signed_in("sophie", route="/plans") as screen:
        asked_once(screen, desk)
        screen.tap("pause-EP-1")
        assert "En pause · 1" in screen.text
        assert "En pause, il ne demande rien." in screen.text
        with town.database.reading() as session:
            (change,) = session.query(LocalChange)
        assert (change.table, change.after) == ("maintenance_plan", {"active": False})

        screen.tap("plans-resting")
        screen.tap("pause-EP-1")
        assert "Aucun plan ici." in screen.text


def test_a_plan_that_cannot_be_read_says_how_to_mend_it(town: Town) -> None:
    trouble = {"fr": "Un intervalle de zéro ne revient jamais.", "en": "Zero never comes back."}
    told = a_plan(add_plan(town), trouble=trouble, words=[], next=[], units=None)
    desk = with_desk(town, plans={"plans": [told]})

    with town.signed_in("sophie", route="/plans", width=800) as screen:
        asked_once(screen, desk)
        screen.tap("plans-trouble")

        assert "À corriger · 1" in screen.text
        assert "Un intervalle de zéro" in screen.text
        screen.enter("search", "niveleuse")
        assert "Aucun plan ici." in screen.text


def test_figures_stand_by_unit_and_open_to_their_records(town: Town) -> None:
    desk = with_desk(town, figures=a_figure_page("214", "216"), figures_list=a_figure_list())

    with town.signed_in("sophie", route="/figures") as screen:
        asked_once(screen, desk)
        assert "Titre cost" in screen.text
        assert "pas deux relevés" in screen.text
        assert "La règle du chiffre." in screen.text
        screen.tap("period-before")
        asked_once(screen, desk, 2)
        screen.tap("cost-214")
        asked_once(screen, desk, 3)

        days = {"first": "2026-10-01", "last": "2026-10-31"}
        assert desk.asked[-1] == ("figures-list", {**days, "figure": "cost", "unit": "214"})
        assert "80\u00a0$ · 1 fiche" in screen.text
        assert "2026-11-05 10:00 · BT-7 · 2\u00a0h × 40\u00a0$" in screen.text
        screen.tap("back")
        assert screen.one("period-before").checked


def test_a_fleet_without_units_says_what_to_do(town: Town) -> None:
    desk = with_desk(town, figures=a_figure_page())

    with town.signed_in("sophie", route="/figures") as screen:
        asked_once(screen, desk)

        assert "importez d’abord les véhicules" in screen.text


def test_no_more_units_are_drawn_than_are_shown(town: Town) -> None:
    desk = with_desk(town, figures=a_figure_page(*(str(tag) for tag in range(100, 170))))

    with town.signed_in("sophie", route="/figures") as screen:
        asked_once(screen, desk)

        shown = [key for key in screen.keys() if key.startswith("unit-")]  # noqa: SIM118
        assert len(shown) == 30
        assert "Page 1 sur 3" in screen.text


def test_the_checks_of_the_day_are_counted_as_they_are_listed(town: Town) -> None:
    checked(town, WIPER, MIRROR)

    with town.signed_in("sophie", route="/rounds") as screen:
        assert "Sans ronde · 1" in screen.text
        assert "Rondes du jour · 1" in screen.text
        assert "Défectuosités ouvertes · 2" in screen.text
        assert screen.has("unit-216")
        assert not screen.has("unit-205")  # No law asks it of a grader.
        screen.tap("rounds-made")
        assert "1 défectuosité majeure · 1 défectuosité mineure" in screen.text
        screen.tap("rounds-open")
        assert "hors service jusqu’à sa réparation" in screen.text
        shown = [key for key in screen.keys() if key.startswith("defect-")]  # noqa: SIM118
        assert len(shown) == 2


def test_with_nothing_to_see_the_page_of_checks_is_calm(town: Town) -> None:
    for tag in ("214", "216"):
        checked(town, tag=tag)

    with town.signed_in("sophie", route="/rounds", width=800) as screen:
        assert "Chaque unité qui doit avoir une ronde en a une valide." in screen.text
        screen.tap("rounds-open")
        assert "Aucune défectuosité ouverte." in screen.text


def test_the_filters_of_the_units_stay(town: Town) -> None:
    with town.signed_in("sophie", width=800) as screen:
        screen.tap("units-stopped")
        screen.enter("search", "214")
        screen.tap("unit-214")
        screen.tap("back")

        assert screen.has("unit-214")
        assert not screen.has("unit-216")
