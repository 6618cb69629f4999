"""Each page, for each role, in the states it may be found in: it is drawn, and says something.

What a page shows of each state is held by the page's own tests; here nothing is left out.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import flet as ft
import pytest
from sqlalchemy import delete, select

from asset_model.assets import Asset
from asset_model.people import Crew, District, Person
from asset_model.vocabulary import Role
from asset_model.work_orders import Step, WorkOrder
from field_app.ui.guard import component
from field_app.ui.shell import OPENED, SCREENS
from tests.ui.fleet import add_person
from tests.ui.harness import Screen
from tests.ui.incidents import an_incident, with_311
from tests.ui.town import Town

PLACES = [f"/{place}" for place in (*SCREENS, *OPENED, "orders", "settle", "break")]
OF_ONE = [f"/{place}/not-here" for place in (*OPENED, "orders", "settle", "break")]
"""Those with a row of an id that this tablet does not have."""
FAILED = "n’a pas pu s’afficher"
LONG = "Réfection du ponceau de la montée Saint-Pierre-de-Wakefield-Nord " * 12


def ordinary(town: Town) -> None:
    """The town as the other tests have it, with a case of 311."""
    an_incident(with_311(town), "case")


def bare(town: Town) -> None:
    """A tablet that has received nobody's work yet: its people, and nothing else."""
    with town.database.writing() as session:
        for table in (Step, WorkOrder, Asset):
            session.execute(delete(table))


def cut_off(town: Town) -> None:
    """Days without the server, which refused the tablet when last it was heard of."""
    ordinary(town)
    town.now += timedelta(days=9)
    town.link.online, town.link.trouble = False, "device_unknown"
    town.link.retry_at = town.now + timedelta(minutes=4)


def long(town: Town) -> None:
    """Names, titles and places longer than any screen."""
    ordinary(town)
    with town.database.writing() as session:
        for table, column in ((Asset, "name"), (WorkOrder, "title"), (WorkOrder, "safety_note"),
                              (Crew, "name"), (Person, "name"), (District, "name")):  # fmt: skip
            for row in session.scalars(select(table)):
                setattr(row, column, LONG)


def dangling(town: Town) -> None:
    """Rows that name others which have not come: what a cut between two packets leaves."""
    ordinary(town)
    with town.database.writing() as session:
        session.execute(delete(Asset))
        session.execute(delete(Crew))
        for order in session.scalars(select(WorkOrder)):
            order.created_by = order.assignee_id = town.workplace.new_id()


def walked(screen: Screen, routes: list[str]) -> list[str]:
    """What is wrong with the pages of some routes: each is one that fails, or says nothing."""
    wrong, said = [], {}
    for route in routes:
        screen.fire(screen.page, "route_change", {"route": route})
        said[route] = set(screen.text.splitlines())
        if screen.failures or any(FAILED in line for line in said[route]):
            wrong.append(f"{route} fails: {screen.failures}")
    frame = set.intersection(*said.values())
    return wrong + [f"{route} says nothing" for route, lines in said.items() if lines == frame]


def of_role(town: Town, role: Role) -> str:
    add_person(town, f"quelqu-un-{role} Roy", role)
    return f"quelqu-un-{role}"


@pytest.mark.parametrize("role", list(Role))
def test_every_page_is_drawn_for_every_role(town: Town, role: Role) -> None:
    ordinary(town)

    with town.signed_in(of_role(town, role)) as screen:
        assert walked(screen, PLACES) == []


@pytest.mark.parametrize("state", [bare, cut_off, long, dangling], ids=lambda state: state.__name__)
@pytest.mark.parametrize(("role", "width"), [(Role.CREW_MEMBER, 800), (Role.ADMINISTRATOR, 1280)])
def test_every_page_is_drawn_in_every_state(
    town: Town, state: Callable[[Town], None], role: Role, width: int
) -> None:
    state(town)

    with town.signed_in(of_role(town, role), width=width) as screen:
        assert walked(screen, PLACES) == []


@pytest.mark.parametrize("role", [Role.CREW_MEMBER, Role.ADMINISTRATOR, Role.DIRECTOR])
def test_what_this_tablet_does_not_have_is_said(town: Town, role: Role) -> None:
    ordinary(town)

    with town.signed_in(of_role(town, role)) as screen:
        assert walked(screen, OF_ONE) == []


def test_a_page_that_fails_or_says_nothing_would_be_seen(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise ValueError("a page with a fault")

    monkeypatch.setitem(OPENED, "map", component(fails))
    monkeypatch.setitem(OPENED, "board", lambda *_, **__: ft.Text("", key="board"))

    with town.signed_in("diane") as screen:
        wrong = walked(screen, ["/map", "/board", "/me"])

    assert wrong == ["/map fails: []", "/board says nothing"]
