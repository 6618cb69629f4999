"""Positions become visible in the order of the commits, whatever writes at the same time."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from asset_model import database as databases
from asset_model.catalogue import Part
from asset_model.database import Database
from asset_model.sync.wire import Page
from sync_server import desk
from tests.server.test_pull import head, holding, keys, page_after, pages
from tests.sync.rig import Server, an_id, insert
from tests.sync.town import START
from tests.threads import PATIENCE_S, Doing

WRITERS, WRITES = 4, 12


def add(session: Session, code: str) -> None:
    """A part of the town's list: no row that two writers would both lock."""
    part = insert("part", code=code, label_fr="Sel", label_en="Salt", unit="t")
    desk.write(session, [part], now=START, new_id=an_id)


@pytest.fixture
def hurried(
    served: Server, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """The same database, by connections that fail at once instead of waiting for a lock."""
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_MS", 0)
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        url = url.update_query_dict({"options": "-c lock_timeout=20"})
    database = databases.open_database(url)
    yield database
    database.close()


def test_no_writer_takes_a_position_while_an_earlier_one_is_uncommitted(
    served: Server, hurried: Database
) -> None:
    with served.database.writing() as slow:
        add(slow, "slow")

        with pytest.raises(OperationalError), hurried.writing() as session:
            add(session, "quick")


def test_a_reader_never_sees_a_position_while_an_earlier_one_is_uncommitted(served: Server) -> None:
    before = head(served)
    pull = holding(served, before)
    with served.database.writing() as slow:
        add(slow, "slow")

        page = page_after(served, pull)

    assert (page.position, keys(page)) == (before, [])
    assert head(served) == before + 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_transaction_opened_earlier_and_committed_later_is_not_hidden(served: Server) -> None:
    """It wrote before the other had begun, and takes its position after: behind the reader."""
    pull = holding(served)
    with served.database.writing() as slow:
        slow.execute(text("UPDATE device SET seen_at = enrolled_at WHERE code = 'T1'"))
        with served.database.writing() as quick:
            add(quick, "quick")
        read_to = page_after(served, pull).position
        add(slow, "slow")

    told = page_after(served, holding(served, read_to))

    assert [row[3 + rows.columns.index("code")] for rows in told.tables for row in rows.rows] == [
        "slow"
    ]


def test_a_write_that_is_rolled_back_leaves_no_gap_that_readers_wait_for(served: Server) -> None:
    before = head(served)
    with served.database.writing() as session:
        add(session, "never")
        session.rollback()

    with served.database.writing() as session:
        add(session, "after")

    assert head(served) == before + 1
    assert len(keys(page_after(served, holding(served, before)))) == 1


def test_a_reader_that_follows_busy_writers_misses_nothing(served: Server) -> None:
    begin, done = threading.Barrier(WRITERS + 1, timeout=PATIENCE_S), threading.Event()

    def write(writer: int) -> None:
        begin.wait()
        for n in range(WRITES):
            with served.database.writing() as session:
                add(session, f"{writer}.{n}")

    told: list[Page] = []

    def follow() -> None:
        """Each page is asked for after the last position told, and no row is told again."""
        pull = holding(served, head(served))
        begin.wait()
        last_look = False
        while not last_look:
            last_look = done.is_set()
            told.extend(pages(served, pull))
            pull = holding(served, told[-1].position)

    reader, writers = Doing(follow), [Doing(write, n) for n in range(WRITERS)]
    try:
        for writer in writers:
            writer.end()
    finally:
        done.set()
    reader.end()

    seen = [row for page in told for table, row in keys(page) if table == "part"]
    written = [part for part in served.rows(Part) if "." in part.code]
    assert sorted(seen) == sorted(part.id for part in written)
    assert len({part.version for part in written}) == WRITERS * WRITES
