"""Rows from the server come in by one door: in order, once, and never over what still waits."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from asset_model.facts import Comment
from asset_model.sync.wire import Page, Pull, TableRows
from asset_model.work_orders import Step, WorkOrder
from field_app.actions.facts import comment
from field_app.store.intake import rows_held
from field_app.store.local import BucketPosition
from field_app.sync import engine
from sync_server import pull as pulling
from tests.sync.rig import Tablet, insert
from tests.sync.rig import comment as a_comment
from tests.sync.town import BOSS, NORTH, order_id

ORDER = order_id(1)


def asked(tablet: Tablet) -> Pull:
    with tablet.database.reading() as session:
        return engine.next_pull(session)


def answer_to(tablet: Tablet, pull: Pull | None = None) -> Page:
    told = tablet.link.server.pull(pull or asked(tablet))
    assert isinstance(told, Page)
    return told


def take(tablet: Tablet, page: Page) -> bool:
    with tablet.database.writing() as session:
        return engine.take_page(session, page, now=tablet.clock())


def positions(tablet: Tablet) -> dict[str, int]:
    return {held.bucket: held.position for held in tablet.all(BucketPosition)}


def test_a_tablet_holds_its_scope_after_its_first_round(tablet: Tablet) -> None:
    orders = {order.id for order in tablet.all(WorkOrder)}

    assert orders == {order_id(1), order_id(3)}
    assert {step.work_order_id for step in tablet.all(Step)} == orders


def test_a_page_and_its_position_are_taken_together(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, title="Autre")
    page = answer_to(tablet)

    assert take(tablet, page)

    assert set(positions(tablet).values()) == {page.position}
    assert tablet.order().title == "Autre"


def test_a_tablet_that_dies_within_a_page_has_taken_none_of_it(tablet: Tablet) -> None:
    before = positions(tablet)
    tablet.link.server.set("work_order", ORDER, title="Autre")
    page = answer_to(tablet)

    def die(session: Session) -> None:
        engine.take_page(session, page, now=tablet.clock())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), tablet.database.writing() as session:
        die(session)

    assert (positions(tablet), tablet.order().title) == (before, "Nid-de-poule 1")


def test_a_page_that_comes_twice_is_taken_once(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, title="Autre")
    page = answer_to(tablet)
    take(tablet, page)
    tablet.link.server.set("work_order", ORDER, title="Plus récent")
    tablet.sync()

    assert not take(tablet, page)
    assert tablet.order().title == "Plus récent"


LATE: dict[str, Callable[[Page], Page]] = {
    "of an older scope": lambda page: replace(page, scope="older"),
    "of another history": lambda page: replace(page, epoch="another"),
    "of an older position": lambda page: replace(page, asked=dict.fromkeys(page.asked, 0)),
    "of fewer buckets": lambda page: replace(page, asked={"town": page.asked["town"]}),
}


@pytest.mark.parametrize("late", LATE.values(), ids=LATE.keys())
def test_a_page_that_was_computed_from_something_else_is_not_taken(
    tablet: Tablet, late: Callable[[Page], Page]
) -> None:
    tablet.link.server.set("work_order", ORDER, title="Autre")
    before = positions(tablet)

    assert not take(tablet, late(answer_to(tablet)))
    assert (positions(tablet), tablet.order().title) == (before, "Nid-de-poule 1")


def test_small_pages_bring_the_same_rows(
    tablet: Tablet, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pulling.answer.__kwdefaults__ is not None
    monkeypatch.setitem(pulling.answer.__kwdefaults__, "rows_max", 2)
    for n in range(4):
        tablet.link.server.write(*(a_comment(ORDER, f"{n}.{m}", BOSS) for m in range(3)))

    tablet.sync()

    assert len(tablet.all(Comment)) == 12
    assert len([pull for pull in tablet.link.asked if isinstance(pull, Pull)]) > 4


def newer(page: Page, told: TableRows, column: str) -> Page:
    """The page as a server of tomorrow would tell it: with a column that we do not have."""
    grown = TableRows(
        table=told.table,
        columns=(column, *told.columns),
        rows=[[*row[:3], "new", *row[3:]] for row in told.rows],
    )
    return replace(page, tables=(grown,))


def test_a_column_of_a_newer_server_is_left_out(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, title="Autre")
    page = answer_to(tablet)

    take(tablet, newer(page, page.tables[0], "mood"))

    assert tablet.order().title == "Autre"


def test_a_table_of_a_newer_server_is_left_out(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, title="Autre")
    page = answer_to(tablet)
    moon = TableRows(table="moon", columns=("phase",), rows=[[1, 9, "m", "full"]])

    take(tablet, replace(page, tables=(moon, *page.tables)))

    assert tablet.order().title == "Autre"


def without(told: TableRows, column: str) -> TableRows:
    """The table as a server of yesterday tells it: without a column that we have."""
    place = told.columns.index(column)
    columns = told.columns[:place] + told.columns[place + 1 :]
    return replace(
        told, columns=columns, rows=[row[: 3 + place] + row[4 + place :] for row in told.rows]
    )


def test_a_column_that_an_older_server_does_not_tell_keeps_what_it_holds(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, place="Coin des Érables")
    tablet.sync()
    tablet.link.server.set("work_order", ORDER, title="Autre")
    page = answer_to(tablet)

    take(tablet, replace(page, tables=(without(page.tables[0], "place"),)))

    assert (tablet.order().title, tablet.order().place) == ("Autre", "Coin des Érables")


def test_a_version_older_than_the_one_held_is_passed_over(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, title="Autre")
    page = answer_to(tablet)
    (told,) = page.tables
    stale = [[row[0], 0, *row[2:]] for row in told.rows]

    take(tablet, replace(page, tables=(replace(told, rows=stale),)))

    assert tablet.order().title == "Nid-de-poule 1"


def test_pulling_never_hides_what_still_waits(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    tablet.link.server.set("work_order", ORDER, title="Autre")
    tablet.link.server.write(a_comment(ORDER, "Vu.", BOSS))

    take(tablet, answer_to(tablet))

    assert {c.text for c in tablet.all(Comment)} == {"Fait.", "Vu."}
    assert tablet.states() == ["pending"]


def test_an_idle_round_writes_no_row_and_asks_once(tablet: Tablet) -> None:
    tablet.sync()
    tablet.link.asked.clear()

    done = tablet.sync()

    assert (done.sent, done.received, len(tablet.link.asked)) == (0, 0, 1)


def test_a_tablet_counts_what_it_holds(tablet: Tablet) -> None:
    with tablet.database.reading() as session:
        before = rows_held(session)
    tablet.link.server.write(insert("part", code="S", label_fr="Sel", label_en="Salt", unit="t"))

    tablet.sync()

    with tablet.database.reading() as session:
        assert rows_held(session) == before + 1
    assert NORTH in {order.crew_id for order in tablet.all(WorkOrder)}
