"""The dispatch board: what nobody has and what crews have, given out by hand or by drop."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from asset_model.dispatching import TabletStanding
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from field_app.store.local import LocalChange
from tests.ui.town import NOW, Town

ORDERS = 12
SPOT = {"x": 1.0, "y": 1.0}
DROPPED = {"l": SPOT, "g": SPOT}


def an_order(town: Town, name: str, **more: Any) -> WorkOrder:
    town.ids[name] = town.workplace.new_id()
    told: dict[str, Any] = {
        "number": f"BT-2026-{len(town.ids):04d}",
        "title": f"Travail {name}",
        "place": f"Rue {name}",
        "kind": "corrective",
        "priority": 3,
        "status": S.DRAFT,
        "source": "person",
        "created_at": NOW,
    }
    return WorkOrder(id=town.ids[name], **{**told, **more})


def order(town: Town, name: str) -> WorkOrder:
    with town.database.reading() as session:
        return session.get_one(WorkOrder, town.ids[name])


def changes(town: Town) -> list[LocalChange]:
    with town.database.reading() as session:
        return list(session.scalars(select(LocalChange).order_by(LocalChange.place)))


def test_a_foreman_s_first_page_is_the_board_and_a_crew_s_is_not(town: Town) -> None:
    with town.signed_in("diane") as screen:
        assert screen.has("lane-nobody")
        assert screen.has(f"lane-{town.ids['north']}")
        assert not screen.failures
    with town.signed_in("luc") as screen:
        assert not screen.has("lane-nobody")


def test_at_most_five_are_on_the_rail_and_the_others_on_one_s_own_page(town: Town) -> None:
    with town.signed_in("diane") as screen:
        keys = screen.keys()
        rail = [key for key in keys if key.startswith("go-")]
        screen.tap("go-me")

        assert len(set(rail) - {"go-me", "go-new"}) == 5
        assert screen.has("go-new")
        assert not screen.failures


def test_an_order_is_given_by_the_keys_of_a_menu_and_the_undo_takes_it_back(town: Town) -> None:
    town.add(an_order(town, "a"), an_order(town, "b"))

    with town.signed_in("diane") as screen:
        for name in ("a", "b"):
            screen.tap(f"choose-{town.ids[name]}")
        screen.tap("bulk-give")
        screen.tap("give-VS")

        assert "2 bons donnés à Voirie Sud." in screen.text
        assert {(order(town, n).status, order(town, n).crew_id) for n in "ab"} == {
            (S.DISPATCHED, town.ids["south"])
        }
        assert len({change.group_id for change in changes(town)}) == 2
        screen.tap("undo")

        assert {(order(town, n).status, order(town, n).crew_id) for n in "ab"} == {(S.DRAFT, None)}
        assert not screen.failures


def test_a_card_that_is_dropped_on_a_crew_is_theirs(town: Town) -> None:
    town.add(an_order(town, "a"))

    with town.signed_in("diane") as screen:
        dragged = screen.one(f"drag-{town.ids['a']}")
        target = screen.one(f"lane-{town.ids['south']}")
        screen.fire(target, "accept", DROPPED | {"src_id": dragged._i})

        assert order(town, "a").crew_id == town.ids["south"]
        assert not screen.failures


def test_what_is_refused_is_told_by_name_and_the_others_stand(town: Town) -> None:
    town.add(an_order(town, "a"), an_order(town, "b", status=S.IN_PROGRESS,
                                           crew_id=town.ids["north"]))  # fmt: skip

    with town.signed_in("diane") as screen:
        for name in ("a", "b"):
            screen.tap(f"choose-{town.ids[name]}")
        screen.tap("bulk-give")
        screen.tap("give-VS")

        assert order(town, "a").crew_id == town.ids["south"]
        assert order(town, "b").crew_id == town.ids["north"]
        assert f"{order(town, 'b').number}\u00a0: Un bon de travail" in screen.text
        screen.tap("refused-seen")
        assert "Laissés comme ils étaient" not in screen.text
        assert not screen.failures


def test_a_day_and_a_priority_are_set_for_all_that_are_chosen(town: Town) -> None:
    due = NOW + timedelta(hours=5)
    town.add(an_order(town, "a", due_at=due), an_order(town, "b", due_at=due, priority=1))

    with town.signed_in("diane") as screen:
        for name in ("a", "b"):
            screen.tap(f"choose-{town.ids[name]}")
        screen.tap("bulk-bump")
        for name in ("a", "b"):
            screen.tap(f"choose-{town.ids[name]}")
        screen.tap("bulk-day")
        screen.tap("day-1")

        assert [order(town, n).priority for n in "ab"] == [2, 1]
        assert {order(town, n).planned_on for n in "ab"} == {date(2026, 11, 24)}
        assert {order(town, n).due_at for n in "ab"} == {due}
        assert not screen.has(f"card-{town.ids['a']}")
        screen.tap("span-tomorrow")
        assert screen.has(f"card-{town.ids['a']}")
        assert not screen.failures


def test_orders_are_cancelled_with_their_reason_and_come_back_by_undo(town: Town) -> None:
    town.add(an_order(town, "a", status=S.PLANNED))

    with town.signed_in("diane") as screen:
        screen.tap(f"choose-{town.ids['a']}")
        screen.tap("bulk-cancel")
        screen.tap("why-0")

        assert (order(town, "a").status, order(town, "a").reason) == (S.CANCELLED, "Doublon")
        screen.tap("undo")
        assert order(town, "a").status == S.PLANNED
        assert not screen.failures


def test_a_long_column_builds_what_it_shows_and_says_how_many_more_there_are(town: Town) -> None:
    town.add(*(an_order(town, f"n{place}") for place in range(ORDERS)))

    with town.signed_in("diane") as screen:
        assert len(_cards(screen.keys())) == 8 + 1  # And the town's own, with its crew.
        assert "4 de plus" in screen.text
        screen.tap("more-nobody")
        assert len(_cards(screen.keys())) == ORDERS + 1
        assert not screen.failures


def test_the_board_is_as_it_was_left(town: Town) -> None:
    town.add(an_order(town, "a"))

    with town.signed_in("diane") as screen:
        screen.tap("span-week")
        screen.enter("search", "travail a")
        screen.tap(f"card-{town.ids['a']}")
        screen.tap("go-dispatch")

        assert screen.one("search").value == "travail a"
        assert _cards(screen.keys()) == [f"card-{town.ids['a']}"]
        assert not screen.failures


def test_a_board_without_work_says_so(town: Town) -> None:
    with town.signed_in("diane") as screen:
        assert "Rien à donner." in screen.text
        assert "Rien ces jours-là." in screen.text


def test_a_card_says_whether_the_crew_s_tablet_has_it_and_never_that_it_was_seen(
    town: Town,
) -> None:
    standing = {"code": "T1", "crew_id": town.ids["north"], "read_at": NOW}
    town.add(
        an_order(town, "old", version=7, status=S.DISPATCHED, crew_id=town.ids["north"]),
        an_order(town, "new", version=9, status=S.DISPATCHED, crew_id=town.ids["north"]),
        an_order(town, "own", version=0, status=S.DISPATCHED, crew_id=town.ids["north"]),
        TabletStanding(id=town.workplace.new_id(), read_to=8,
                       silent_since=NOW - timedelta(hours=1), **standing),
    )  # fmt: skip

    with town.signed_in("diane") as screen:
        said = screen.text.splitlines()
        assert said.count("sur la tablette de l’équipe") == 1
        assert said.count("pas encore sur la tablette de l’équipe") == 3
        assert "Tablette muette depuis 02:12" in screen.text
        assert not screen.failures


def test_how_full_a_crew_s_day_is_stands_in_hours(town: Town) -> None:
    town.add(an_order(town, "a", status=S.DISPATCHED, crew_id=town.ids["north"],
                      estimated_hours=20.0))  # fmt: skip

    with town.signed_in("diane") as screen:
        assert "20 h sur 16 h\u00a0: surcharge" in screen.text.replace("20\u00a0h", "20 h").replace(
            "16\u00a0h", "16 h"
        )


def test_in_the_hand_one_column_is_shown(town: Town) -> None:
    with town.signed_in("diane", width=800) as screen:
        assert screen.has("lane-nobody")
        assert not screen.has(f"lane-{town.ids['north']}")
        screen.tap("open-1")
        assert screen.has(f"lane-{town.ids['north']}")
        assert not screen.failures


def _cards(keys: list[str]) -> list[str]:
    return [key for key in keys if key.startswith("card-")]
