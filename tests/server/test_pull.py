"""A tablet is told whole commits, in order, of the buckets it may hold, and nothing else."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from asset_model.people import Credential
from asset_model.sync.wire import Page, Pull, Terms
from sync_server import feed
from sync_server import pull as pulling
from sync_server.tables import RowImage
from tests.sync.rig import Server, comment
from tests.sync.town import ANNE, BOSS, LUC, NORD, NORTH, SOUTH, SUD, named, order_id

NOTHING = Pull(schema=1, epoch=None, scope=None, positions={})
T1_HOLDS = ("town", f"crew:{NORTH}", f"district:{NORD}")


def terms_of(server: Server, device: str = "T1") -> Terms:
    told = server.pull(NOTHING, device=device)
    assert isinstance(told, Terms)
    return told


def holding(server: Server, position: int = 0, device: str = "T1") -> Pull:
    """The pull of a tablet that has read its buckets up to a position."""
    terms = terms_of(server, device)
    return replace(
        NOTHING,
        epoch=terms.epoch,
        scope=terms.scope,
        positions=dict.fromkeys(terms.buckets, position),
    )


def page_after(server: Server, pull: Pull, device: str = "T1") -> Page:
    told = server.pull(pull, device=device)
    assert isinstance(told, Page)
    return told


def pages(server: Server, pull: Pull, device: str = "T1") -> Iterator[Page]:
    more = True
    while more:
        page = page_after(server, pull, device)
        yield page
        more, pull = page.more, replace(pull, positions=dict.fromkeys(page.asked, page.position))


def keys(page: Page) -> list[tuple[str, str]]:
    return [(told.table, row[2]) for told in page.tables for row in told.rows]


def head(server: Server) -> int:
    with server.database.reading() as session:
        return feed.state(session)[1]


def held_by(server: Server, *buckets: str) -> set[tuple[str, str]]:
    images = server.rows(RowImage)
    return {(i.table, i.row) for i in images if not set(buckets).isdisjoint(i.buckets.split())}


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pulling.answer.__kwdefaults__ is not None
    monkeypatch.setitem(pulling.answer.__kwdefaults__, "rows_max", 3)


def test_a_tablet_that_holds_nothing_is_told_what_it_should_hold(served: Server) -> None:
    terms = terms_of(served)

    assert set(terms.buckets) == set(T1_HOLDS)


def test_a_first_copy_is_every_row_of_the_scope_and_no_other(served: Server) -> None:
    told = [key for page in pages(served, holding(served)) for key in keys(page)]

    assert set(told) == held_by(served, *T1_HOLDS)
    assert len(told) == len(set(told))
    assert ("work_order", order_id(2)) not in told


def test_the_office_is_told_everything(served: Server) -> None:
    told = {key for page in pages(served, holding(served, device="B1"), "B1") for key in keys(page)}

    assert told == {(image.table, image.row) for image in served.rows(RowImage)}


def test_credentials_go_to_the_tablets_of_their_crew_only(server: Server) -> None:
    told = {key for page in pages(server, holding(server)) for key in keys(page)}

    here = {row.person_id for row in server.rows(Credential) if ("credential", row.id) in told}
    assert here == {LUC, ANNE}


def test_a_page_says_which_of_its_buckets_hold_a_row(server: Server) -> None:
    page = page_after(server, holding(server))

    (mask,) = [
        row[0]
        for t in page.tables
        if t.table == "work_order"
        for row in t.rows
        if row[2] == order_id(1)
    ]
    in_these = {bucket for bit, bucket in enumerate(page.buckets) if mask >> bit & 1}
    assert in_these == {f"crew:{NORTH}", f"district:{NORD}"}


def test_a_page_tells_parents_before_children(server: Server) -> None:
    tables = [told.table for told in page_after(server, holding(server)).tables]

    assert tables.index("crew") < tables.index("person") < tables.index("credential")
    assert tables.index("work_order") < tables.index("step")


def test_a_pull_that_knows_everything_is_told_nothing_in_few_bytes(served: Server) -> None:
    page = page_after(served, holding(served, head(served)))

    assert (page.tables, page.removed, page.more) == ((), (), False)
    assert len(json.dumps(page.__dict__)) < 1_000


def test_a_change_is_told_to_those_who_hold_its_bucket(served: Server) -> None:
    before = head(served)
    served.write(comment(order_id(1), person=BOSS))

    north = page_after(served, holding(served, before))
    south = page_after(served, holding(served, before, "T2"), "T2")

    assert [table for table, _ in keys(north)] == ["comment"]
    assert keys(south) == []


def test_a_row_written_many_times_is_told_once_as_it_is_now(served: Server) -> None:
    before = head(served)
    for words in ("un", "deux", "trois"):
        served.set("work_order", order_id(1), title=words)

    (told,) = page_after(served, holding(served, before)).tables

    assert [row[3 + told.columns.index("title")] for row in told.rows] == ["trois"]


def test_small_pages_tell_the_same_as_a_large_one(served: Server, small_pages: None) -> None:
    for n in range(5):
        served.write(*(comment(order_id(1), f"{n}.{m}", BOSS) for m in range(2)))

    told = list(pages(served, holding(served)))

    assert len(told) > 5
    assert {key for page in told for key in keys(page)} == held_by(served, *T1_HOLDS)
    assert [page.position for page in told] == sorted({page.position for page in told})


def test_a_page_never_ends_within_a_commit(served: Server, small_pages: None) -> None:
    for n in range(5):
        served.write(*(comment(order_id(1), f"{n}.{m}", BOSS) for m in range(2)))

    in_pages = [
        {row[1] for told in page.tables for row in told.rows}
        for page in pages(served, holding(served))
    ]

    assert sum(map(len, in_pages)) == len(set().union(*in_pages))


def test_a_commit_larger_than_a_page_is_told_whole(served: Server, small_pages: None) -> None:
    before = head(served)
    served.write(*(comment(order_id(1), str(n), BOSS) for n in range(10)))
    served.write(comment(order_id(1), "after", BOSS))

    first, second = pages(served, holding(served, before))

    assert (len(keys(first)), first.more) == (10, True)
    assert (len(keys(second)), second.more) == (1, False)


def test_a_bulk_write_is_cut_into_commits_for_its_readers(
    served: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ROWS_PER_POSITION_MAX", 4)
    before = head(served)

    served.write(*(comment(order_id(1), str(n), BOSS) for n in range(10)))

    (told,) = page_after(served, holding(served, before)).tables
    assert sorted(row[1] - before for row in told.rows) == [1] * 4 + [2] * 4 + [3] * 2
    assert head(served) == before + 3


def test_a_bucket_new_to_the_tablet_is_read_from_its_beginning(served: Server) -> None:
    everything = holding(served, head(served))
    crew = f"crew:{NORTH}"

    page = page_after(served, replace(everything, positions={**everything.positions, crew: 0}))

    assert set(keys(page)) == held_by(served, crew)


def test_an_order_that_moves_leaves_its_old_buckets_and_enters_its_new_ones(served: Server) -> None:
    before = head(served)
    served.set("work_order", order_id(1), crew_id=SOUTH, district_id=SUD)

    north = page_after(served, holding(served, before))
    south = page_after(served, holding(served, before, "T2"), "T2")

    left = {(gone.table, gone.row, gone.bucket) for gone in north.removed}
    with_its_step = {("work_order", order_id(1)), ("step", named("step", "1"))}
    assert left == {
        (*key, bucket) for key in with_its_step for bucket in (f"crew:{NORTH}", f"district:{NORD}")
    }
    assert set(keys(south)) == with_its_step
    assert keys(north) == []


def test_an_order_that_comes_back_is_told_again_and_not_removed(served: Server) -> None:
    before = head(served)
    served.set("work_order", order_id(1), crew_id=SOUTH)
    served.set("work_order", order_id(1), crew_id=NORTH)

    page = page_after(served, holding(served, before))

    assert page.removed == ()
    assert ("work_order", order_id(1)) in keys(page)


@pytest.mark.parametrize(
    "odd",
    [
        {"epoch": "another"},
        {"scope": "another"},
        {"positions": {"town": 0}},
        {"positions": {"town": 0, f"crew:{NORTH}": 0, f"district:{NORD}": 0, "office": 0}},
    ],
)
def test_who_holds_something_else_is_told_the_terms(server: Server, odd: dict[str, Any]) -> None:
    told = server.pull(replace(holding(server), **odd))

    assert isinstance(told, Terms)
    assert set(told.buckets) == set(T1_HOLDS)


def test_a_tablet_cannot_ask_for_the_buckets_of_another(server: Server) -> None:
    told = server.pull(holding(server, device="T2"), device="T1")

    assert isinstance(told, Terms)
