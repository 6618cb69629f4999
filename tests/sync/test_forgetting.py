"""Removals are forgotten after half a year; who might have missed one reads all anew."""

import asyncio
from dataclasses import replace
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import func, select

from asset_model.facts import Comment
from asset_model.sync.wire import Page, Pull, Terms
from asset_model.tables import SCHEMA
from asset_model.work_orders import WorkOrder
from field_app.actions.facts import comment
from field_app.sync.transport import LinkDown
from sync_server import feed, forgetting, pull
from sync_server.tables import FeedEntry
from tests.sync import town
from tests.sync.rig import DirectLink, Server, Tablet, a_tablet, edit, group
from tests.sync.town import NORTH, SOUTH, SUD, order_id

ORDER = order_id(1)


def removals(server: Server) -> int:
    with server.database.reading() as session:
        query = select(func.count()).select_from(FeedEntry).where(FeedEntry.gone.is_not(None))
        return session.scalar(query) or 0


def floor(server: Server) -> int:
    with server.database.reading() as session:
        return feed.floor(session)


def give_away(server: Server, order: str = ORDER) -> None:
    """The order and what belongs to it leave the north's buckets."""
    server.set("work_order", order, crew_id=SOUTH, district_id=SUD)


def half_a_year_later(server: Server) -> None:
    server.clock.forward(days=181)
    forgetting.forget_removals(server.database, now=server.clock())


def orders(tablet: Tablet) -> set[str]:
    return {order.id for order in tablet.all(WorkOrder)}


def test_a_removal_is_remembered_for_half_a_year_and_no_longer(served: Server) -> None:
    give_away(served)
    there = removals(served)
    served.clock.forward(days=179)
    assert forgetting.forget_removals(served.database, now=served.clock()) == 0
    assert (removals(served), floor(served)) == (there, 0)

    served.clock.forward(days=2)
    forgotten = forgetting.forget_removals(served.database, now=served.clock())

    assert (forgotten, removals(served)) == (there, 0)
    with served.database.reading() as session:
        assert feed.floor(session) == feed.state(session)[1]


def test_many_are_forgotten_in_steps(served: Server) -> None:
    give_away(served)
    served.clock.forward(days=181)
    with patch.object(forgetting, "AT_ONCE", 1):
        forgetting.forget_removals(served.database, now=served.clock())

    assert removals(served) == 0


def test_a_row_that_is_back_is_not_forgotten(served: Server) -> None:
    give_away(served)
    served.set("work_order", ORDER, crew_id=NORTH)
    served.clock.forward(days=181)
    forgetting.forget_removals(served.database, now=served.clock())

    page = served.pull(asked(served))

    assert isinstance(page, Page)
    told = {row[2] for rows in page.tables for row in rows.rows}
    assert ORDER in told


def hang_up_after(tablet: Tablet, *, pulls: int) -> None:
    answered = count()

    def before(_: str) -> None:
        if next(answered) == pulls:
            raise LinkDown("tunnel")

    tablet.link.before = before


def asked(server: Server, *, protocol: int = 3, position: int = 0) -> Pull:
    """What a tablet of the north asks, having read all its buckets up to a position."""
    terms = server.pull(Pull(schema=SCHEMA, epoch=None, scope=None, positions={}))
    return Pull(
        schema=SCHEMA,
        epoch=terms.epoch,
        scope=terms.scope,
        positions=dict.fromkeys(terms.buckets, position),
        protocol=protocol,
    )


def test_a_tablet_that_missed_a_removal_drops_the_row_and_keeps_its_work(
    served: Server, tmp_path: Path
) -> None:
    tablet = a_tablet(served, tmp_path)
    give_away(served)
    half_a_year_later(served)
    tablet.do(comment, order_id(3), "Hors réseau.")

    tablet.sync()
    tablet.sync()

    assert orders(tablet) == {order_id(3)}
    assert [c.text for c in served.rows(Comment)] == ["Hors réseau."]
    assert tablet.states() == ["settled"]
    tablet.database.close()


def test_rows_stay_in_sight_until_all_has_been_read_anew(server: Server, tablet: Tablet) -> None:
    give_away(server)
    half_a_year_later(server)
    hang_up_after(tablet, pulls=1)

    with pytest.raises(LinkDown):
        tablet.sync()

    assert orders(tablet) == {order_id(1), order_id(3)}


def test_a_tablet_that_missed_none_goes_on_where_it_was(server: Server, tablet: Tablet) -> None:
    give_away(server)
    tablet.sync()
    half_a_year_later(server)
    server.set("work_order", order_id(3), title="Trottoir")

    before = len(tablet.link.asked)
    tablet.sync()

    assert len(tablet.link.asked) == before + 1
    assert [order.title for order in tablet.all(WorkOrder)] == ["Trottoir"]


def test_a_first_copy_by_pages_comes_to_its_end_below_the_floor(
    server: Server, tmp_path: Path
) -> None:
    give_away(server)
    half_a_year_later(server)
    server.set("work_order", order_id(3), title="Trottoir")

    with patch.object(pull, "ROWS_PER_PAGE_MAX", 2):
        tablet = a_tablet(server, tmp_path)

    assert orders(tablet) == {order_id(3)}


def test_a_first_copy_that_was_broken_off_for_half_a_year_begins_anew(
    server: Server, tmp_path: Path
) -> None:
    server.set("work_order", order_id(3), title="Bordure")
    broken = Tablet(town.open_tablet(tmp_path, 10), DirectLink(server, "T1"))
    hang_up_after(broken, pulls=2)
    with patch.object(pull, "ROWS_PER_PAGE_MAX", 2), pytest.raises(LinkDown):
        broken.sync()
    assert ORDER in orders(broken)
    give_away(server)
    half_a_year_later(server)
    server.set("work_order", order_id(3), title="Trottoir")

    broken.link.before = lambda _: None
    broken.sync()

    assert orders(broken) == {order_id(3)}


@pytest.mark.parametrize("protocol", [1, 2])
def test_an_older_app_is_told_to_hold_nothing_and_then_all(server: Server, protocol: int) -> None:
    give_away(server)
    half_a_year_later(server)

    nothing = server.pull(asked(server, protocol=protocol, position=1))
    assert isinstance(nothing, Terms)
    again = replace(asked(server, protocol=protocol), scope=nothing.scope, positions={})
    terms = server.pull(again)

    assert (nothing.buckets, nothing.epoch, nothing.anew) == ((), terms.epoch, False)
    assert isinstance(terms, Terms)
    assert terms.buckets


@pytest.mark.parametrize("protocol", [1, 2])
def test_the_first_page_of_an_older_app_does_not_end_below_the_floor(
    server: Server, protocol: int
) -> None:
    give_away(server)
    half_a_year_later(server)
    server.set("work_order", order_id(3), title="Trottoir")

    with patch.object(pull, "ROWS_PER_PAGE_MAX", 2):
        page = server.pull(asked(server, protocol=protocol))

    assert isinstance(page, Page)
    assert page.position >= floor(server)
    assert page.more


def test_an_edit_of_a_row_whose_leaving_was_forgotten_waits_for_a_supervisor(
    served: Server,
) -> None:
    give_away(served)
    half_a_year_later(served)

    (outcome,) = served.push(group(edit("work_order", ORDER, description="Bosse.")))

    assert (outcome.result, outcome.code) == ("parked", "left_long_ago")
    assert (served.row("work_order", ORDER) or {})["description"] is None


def test_a_row_that_was_never_here_stays_out_of_reach_while_all_is_remembered(
    server: Server,
) -> None:
    (outcome,) = server.push(group(edit("work_order", order_id(2), description="Bosse.")))

    assert (outcome.result, outcome.code) == ("refused", "out_of_scope")


def test_a_server_forgets_by_itself_while_it_runs(served: Server) -> None:
    give_away(served)
    served.clock.forward(days=181)

    async def run() -> None:
        async with forgetting.running(served.database, served.clock):
            pass  # What has begun is brought to its end.

    asyncio.run(run())

    assert removals(served) == 0
