"""What an order has cost so far: who sees it, by which rates, and what has none."""

from datetime import date, timedelta
from typing import Any

import pytest

from asset_model.facts import EquipmentUsed, MaterialUsed, TimeWorked
from asset_model.upkeep import OutsideCost, Rate
from asset_model.work_orders import WorkOrder
from tests.ui.fleet import add_fleet, add_person
from tests.ui.town import NOW, Town

SINCE = date(2026, 1, 1)


def fact(town: Town, model: type[Any], *, of: str = "", **columns: Any) -> Any:
    order = of or town.ids["order"]
    return model(id=town.workplace.new_id(), work_order_id=order, person_id=town.ids["luc"],
                 **columns)  # fmt: skip


def hours(town: Town, count: float, *, of: str = "", overtime: bool = False) -> Any:
    begun = NOW - timedelta(hours=5)
    return fact(town, TimeWorked, of=of, started_at=begun, overtime=overtime,
                ended_at=begun + timedelta(hours=count))  # fmt: skip


def rate(kind: str, code: str, amount: float, **more: Any) -> Rate:
    id = f"{kind} {code}"
    return Rate(id=id, kind=kind, code=code, since=SINCE, amount=amount, **more)


@pytest.fixture
def worked(town: Town) -> Town:
    """Two hours, one of overtime, four bags, an excavator and an invoice."""
    add_fleet(town)
    town.add(
        hours(town, 2),
        hours(town, 1, overtime=True),
        fact(town, MaterialUsed, part_id=town.ids["cold"], quantity=4.0, used_at=NOW),
        fact(town, EquipmentUsed, asset_id=town.ids["214"], hours=1.5, used_at=NOW),
        fact(town, OutsideCost, supplier="Excavation Roy", invoice="F-12", invoiced_on=SINCE,
             amount=410.5),
    )  # fmt: skip
    return town


def with_rates(town: Town) -> None:
    town.add(
        rate("labour", "crew_member", 33.8, overtime_amount=50.7),
        rate("equipment", "plow_truck", 92.0),
        rate("part", "*", 12.25),
    )


def test_a_foreman_sees_the_cost_and_the_rate_of_each_line(worked: Town) -> None:
    with_rates(worked)

    with worked.signed_in("diane", route=f"/orders/{worked.ids['order']}") as screen:
        assert "715,80\u00a0$" in screen.text
        assert "33,80" not in screen.text
        screen.tap("cost-lines")

        for said in (
            "2\u00a0h × 33,80\u00a0$, taux «\u00a0membre d’équipe\u00a0» depuis le 2026-01-01",
            (
                "1\u00a0h × 50,70\u00a0$, taux «\u00a0membre d’équipe\u00a0» depuis le 2026-01-01, "
                "heures supplémentaires"
            ),
            "1,5\u00a0h × 92,00\u00a0$, taux de sa sorte depuis",
            "× 12,25\u00a0$, taux général depuis le 2026-01-01",
            "facture F-12, 2026-01-01",
        ):
            assert said in screen.text, said
        assert screen.failures == []


def test_what_has_no_rate_is_said_and_not_counted_as_free(worked: Town) -> None:
    worked.add(rate("labour", "*", 30.0))

    with worked.signed_in("diane", route=f"/orders/{worked.ids['order']}") as screen:
        screen.tap("cost-lines")

        assert "2 lignes n’ont pas de taux\u00a0: elles ne sont pas dans le total." in screen.text
        assert "1,5\u00a0h, aucun taux «\u00a0214\u00a0» le 2026-11-23" in screen.text
        assert "500,50\u00a0$" in screen.text


def test_a_device_that_holds_no_rates_says_so(worked: Town) -> None:
    with worked.signed_in("diane", route=f"/orders/{worked.ids['order']}") as screen:
        assert "les écrans du bureau disent le coût" in screen.text
        assert "aucun taux" in screen.text


def test_an_order_shows_what_its_jobs_cost_with_it(worked: Town) -> None:
    with_rates(worked)
    worked.add(
        WorkOrder(id="child", title="Excaver", parent_id=worked.ids["order"], kind="emergency",
                  status="in_progress", priority=1, source="person", created_at=NOW),
    )  # fmt: skip
    worked.add(hours(worked, 10, of="child"))

    with worked.signed_in("diane", route=f"/orders/{worked.ids['order']}") as screen:
        assert "Avec 1 travail" in screen.text
        assert "1\u00a0053,80\u00a0$" in screen.text


@pytest.mark.parametrize("role", ["crew_member", "mechanic"])
def test_those_who_do_the_work_see_no_money(worked: Town, role: str) -> None:
    with_rates(worked)
    add_person(worked, "Réal Roy", role)

    with worked.signed_in("réal", route=f"/orders/{worked.ids['order']}") as screen:
        assert "Travail fait" in screen.text
        assert "Coût à ce jour" not in screen.text
        assert "$" not in screen.text
