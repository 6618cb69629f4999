"""A water main break, worked on one screen of a tablet without its server."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.network import told
from asset_model.work_orders import Step, WorkOrder
from field_app.store.local import LocalChange
from tests.network.ground import an_id
from tests.ui.harness import Screen
from tests.ui.town import NOW, Town

VALVE = re.compile("valve-(.+)-closed")


@pytest.fixture
def screen(main: Town) -> Iterator[Screen]:
    with main.signed_in(route="/break/break") as opened:
        yield opened
        assert not opened.failures


def _valves(screen: Screen) -> list[str]:
    """The valves on the screen, from its top."""
    return [found[1] for found in map(VALVE.fullmatch, screen.keys()) if found]


def _words(town: Town) -> told.Words:
    with town.database.reading() as session:
        return told.words_of(session.scalars(select(Step).where(Step.work_order_id == "break")))


def _order(town: Town) -> WorkOrder:
    with town.database.reading() as session:
        return session.get_one(WorkOrder, "break")


def _touch(town: Town, screen: Screen, key: str) -> None:
    town.now += timedelta(seconds=5)
    screen.tap(key)


def test_the_valves_are_told_in_the_order_of_the_walk(screen: Screen) -> None:
    assert _valves(screen) == ["VA-1", "VA-2"]
    assert "Vannes à fermer · 0 sur 2" in screen.text
    assert "20\u00a0tours" in screen.text


def test_who_is_without_water_is_counted_and_listed(screen: Screen) -> None:
    assert "1\nabonné\n" in screen.text
    assert "À aviser en personne\nBR-1" in screen.text

    screen.tap("dry-list")

    assert "Rue des Pins\u00a0: 2–20, 1–19" in screen.text
    assert "BI-1" in screen.text


def test_one_touch_closes_a_valve_and_starts_the_order(main: Town, screen: Screen) -> None:
    _touch(main, screen, "valve-VA-1-closed")

    assert "Vannes à fermer · 1 sur 2" in screen.text
    assert "Fermée par Luc Bélanger" in screen.text
    word = _words(main)[told.CLOSE, "VA-1"]
    assert (word.answer, word.person_id, word.at) == ("closed", main.ids["luc"], main.now)
    assert _order(main).status == "in_progress"


@pytest.mark.parametrize("answer", ["cannot_turn", "not_found"])
def test_a_valve_that_does_not_hold_brings_the_next_ring_at_once(
    main: Town, screen: Screen, answer: str
) -> None:
    _touch(main, screen, f"valve-VA-2-{answer}")

    assert "VA-2 ne retient pas l’eau. Fermez à la place\u00a0: VA-3." in screen.text
    assert _valves(screen) == ["VA-1", "VA-3", "VA-2"]
    assert "Ne retiennent pas l’eau" in screen.text


def test_a_touch_can_be_taken_back(main: Town, screen: Screen) -> None:
    _touch(main, screen, "valve-VA-2-not_found")
    _touch(main, screen, "undo")

    assert _valves(screen) == ["VA-1", "VA-2"]
    assert _words(main)[told.CLOSE, "VA-2"].answer is None


def test_a_valve_closed_and_not_asked_for_any_more_is_not_forgotten(
    main: Town, screen: Screen
) -> None:
    _touch(main, screen, "valve-VA-2-not_found")
    _touch(main, screen, "valve-VA-3-closed")
    _touch(main, screen, "valve-VA-2-closed")

    assert "Fermées, et plus nécessaires" in screen.text
    assert screen.has("line-open-VA-3")


def test_the_same_answer_touched_twice_is_one_change(main: Town, screen: Screen) -> None:
    _touch(main, screen, "valve-VA-1-closed")
    with main.database.reading() as session:
        before = len(session.scalars(select(LocalChange.id)).all())
    _touch(main, screen, "valve-VA-1-closed")
    with main.database.reading() as session:
        assert len(session.scalars(select(LocalChange.id)).all()) == before


def test_the_second_half_of_a_double_press_does_not_land_on_the_valve_that_came_instead(
    main: Town, screen: Screen
) -> None:
    _touch(main, screen, "valve-VA-2-not_found")
    screen.tap("valve-VA-3-not_found")

    assert (told.CLOSE, "VA-3") not in _words(main)


def test_an_order_is_not_finished_while_a_closed_valve_is_not_open_again(
    main: Town, screen: Screen
) -> None:
    _touch(main, screen, "valve-VA-1-closed")
    _touch(main, screen, "to-order")
    assert "Fermées en ce moment\u00a0: VA-1" in screen.text
    _touch(main, screen, "main")
    assert "Étapes obligatoires sans réponse\u00a0: 1." in screen.text

    screen.tap("to-break")
    _touch(main, screen, "line-open-VA-1")
    assert "Rouverte par Luc Bélanger" in screen.text
    _touch(main, screen, "to-order")
    _touch(main, screen, "main")

    assert _order(main).status == "done"


def test_a_valve_that_was_not_closed_after_all_need_not_be_opened(
    main: Town, screen: Screen
) -> None:
    _touch(main, screen, "valve-VA-1-closed")
    _touch(main, screen, "valve-VA-1-cannot_turn")

    assert _words(main)[told.OPEN, "VA-1"].answer == told.NOT_CLOSED


def test_a_valve_is_opened_only_once_it_was_closed(main: Town, screen: Screen) -> None:
    assert not screen.has("line-open-VA-1")
    assert "pas encore fermée" in screen.text

    _touch(main, screen, "valve-VA-1-closed")

    assert screen.has("line-open-VA-1")


def test_the_reopening_is_checked_line_by_line(main: Town, screen: Screen) -> None:
    _touch(main, screen, "line-confirm_repair")

    assert "Remise en eau · 1 sur" in screen.text
    assert "Luc Bélanger, 03" in screen.text
    assert screen.has("line-confirm_water-BR-1")


def test_two_tablets_that_disagree_leave_the_valve_uncertain(main: Town) -> None:
    for number, answer in enumerate(("closed", "not_found")):
        main.add(
            Step(
                id=f"s{number}",
                work_order_id="break",
                rank=number + 1,
                **told.line(told.CLOSE, "VA-2"),
                answer=answer,
                answered_at=NOW,
                answered_by=main.ids[("luc", "anne")[number]],
            )
        )
    with main.signed_in(route="/break/break") as screen:
        assert "État incertain" in screen.text
        assert _valves(screen) == ["VA-1", "VA-3", "VA-2"]

        _touch(main, screen, "valve-VA-2-closed")

        assert "État incertain" not in screen.text
        assert _valves(screen) == ["VA-1", "VA-2"]


def test_the_list_is_read_aloud_as_it_is_printed(main: Town, screen: Screen) -> None:
    screen.tap("to-read")

    assert "Vannes à fermer, dans cet ordre\u00a0:\n  [ ] 1. VA-1" in screen.text
    address = screen.one("to-print").action.args["url"].url
    page = main.workplace.printouts.page_at(f"/{address}")
    assert page is not None
    assert "[ ] 1. VA\u20111" in page.decode()


def test_a_printed_page_is_found_at_its_own_address_only(main: Town) -> None:
    kept = main.workplace.printouts.keep(
        "x", ["A & B"], language="fr", press="Imprimer", new_id=main.workplace.new_id
    )

    assert b"A &amp; B" in (main.workplace.printouts.page_at(f"/office/{kept}") or b"")
    assert main.workplace.printouts.page_at("/printed/other") is None
    assert main.workplace.printouts.page_at("/break/x") is None


def test_the_screen_is_in_english_too_and_fits_a_tablet_in_the_hand(main: Town) -> None:
    with main.signed_in(width=800, route="/me") as screen:
        screen.tap("language-en")
        for key in ("go-today", "order-break", "to-break"):
            screen.tap(key)

        assert "Valves to close · 0 of 2" in screen.text
        assert "Without water once the valves are closed" in screen.text
        assert not screen.failures


def _condition(town: Town, tag: str) -> str | None:
    with town.database.reading() as session:
        valve = session.scalars(select(Asset).where(Asset.tag == tag)).one()
        found: str | None = valve.attributes.get("condition")
        return found


@pytest.mark.parametrize(
    ("answer", "condition"),
    [("closed", "working"), ("cannot_turn", "broken"), ("not_found", "not_found")],
)
def test_what_is_found_of_a_valve_is_kept_of_it(
    main: Town, screen: Screen, answer: str, condition: str
) -> None:
    _touch(main, screen, f"valve-VA-1-{answer}")

    assert _condition(main, "VA-1") == condition
    with main.database.reading() as session:
        sent = session.scalars(select(LocalChange).where(LocalChange.table == "asset")).all()
    assert [change.after["attributes"]["condition"] for change in sent] == [condition]
    assert sent[0].person_id == main.ids["luc"]


def test_a_touch_taken_back_leaves_the_valve_as_it_was(main: Town, screen: Screen) -> None:
    _touch(main, screen, "valve-VA-1-not_found")
    _touch(main, screen, "undo")

    assert _condition(main, "VA-1") is None


def test_the_next_break_passes_over_a_valve_that_was_not_found(main: Town, screen: Screen) -> None:
    _touch(main, screen, "valve-VA-1-not_found")
    main.add(
        WorkOrder(id="next", title="Bris", kind="emergency", priority=1, status="dispatched",
                  asset_id=an_id("CD-2"), crew_id=main.ids["north"], from_m=20.0,
                  source="person", created_at=NOW)
    )  # fmt: skip

    with main.signed_in(route="/break/next") as other:
        assert _valves(other)[:2] == ["VA-0", "VA-2"]
        assert "Ne retiennent pas l’eau" in other.text
