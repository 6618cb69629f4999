"""Taking a copy by file: nothing of the tablet's own is lost, whenever it is interrupted."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from asset_model.sync.wire import Page
from asset_model.vocabulary import WorkOrderStatus
from field_app.actions import work_orders
from field_app.actions.facts import comment
from field_app.actions.work_orders import NewOrder
from field_app.store import bulk_intake, digests, outbox
from field_app.store.local import BucketPosition, LocalChange, LocalSetting, Replica, ServerImage
from field_app.store.opening import open_store
from field_app.sync import engine, first_copy
from field_app.sync.first_copy import Copying
from field_app.sync.part_file import PartFile
from tests.sync import rig, town
from tests.sync.copies import (
    CopyLink,
    FileTablet,
    Killed,
    a_file_tablet,
    indexes_on_disk,
    keep_copies,
    of_all_kinds,
    rows_on_disk,
)

OWN = (LocalChange, ServerImage, LocalSetting, Replica, BucketPosition)


def take(tablet: FileTablet, told: first_copy.Told = lambda _: None) -> int:
    return first_copy.take_if_due(tablet.database, tablet.link, tablet.clock, told)


def pull(tablet: rig.Tablet) -> None:
    """Read to the end by pages, without sending anything."""
    more = True
    while more:
        with tablet.database.reading() as session:
            asked = engine.next_pull(session)
        answer = tablet.link.server.pull(asked)
        with tablet.database.writing() as session:
            if isinstance(answer, Page):
                engine.take_page(session, answer, now=tablet.clock())
                more = answer.more
            else:
                engine.take_terms(session, answer, now=tablet.clock())


def push(tablet: rig.Tablet) -> None:
    """Send what waits, without reading anything."""
    with tablet.database.reading() as session:
        message = engine.next_push(session, now=tablet.clock())
    assert message is not None
    with tablet.database.writing() as session:
        engine.take_reply(session, tablet.link.push(message), now=tablet.clock())


def all_of(tablet: rig.Tablet) -> dict[str, Any]:
    """Everything that is in the database, of the town and of the tablet itself."""
    own: dict[str, Any] = {}
    with tablet.database.reading() as session:
        for model in OWN:
            found = session.execute(select(*model.__table__.columns)).all()
            own[model.__tablename__] = sorted((tuple(row) for row in found), key=repr)
    return own | rows_on_disk(tablet)


def worked_offline(tablet: FileTablet) -> None:
    """Words, a status, a row born here, on rows that will stay, change and leave."""
    tablet.do(work_orders.move, town.order_id(1), WorkOrderStatus.IN_PROGRESS)
    tablet.do(comment, town.order_id(1), "Commencé.")
    tablet.do(work_orders.move, town.order_id(3), WorkOrderStatus.IN_PROGRESS)
    tablet.do(comment, town.order_id(3), "Pas trouvé.")
    tablet.do(
        work_orders.create,
        NewOrder(title="Regard ouvert", crew_id=town.NORTH),
        device_code="T1",
        person=town.LUC,
    )
    with tablet.database.writing() as session:
        session.add(LocalSetting(name="language", value="fr"))


def a_busy_week(server: rig.Server) -> None:
    """More than half of the north's rows change, one order comes, one leaves."""
    of_all_kinds(server)
    server.set("work_order", town.order_id(1), title="Affaissement", priority=1)
    server.set("work_order", town.order_id(3), crew_id=town.SOUTH, district_id=town.SUD)
    server.set("step", town.step_id(1), label_fr="Surface lisse")
    for person in (town.LUC, town.ANNE, town.MARC, town.BOSS):
        server.set("person", person, language="en")
    for crew in (town.NORTH, town.SOUTH):
        server.set("crew", crew, shop="carpentry")


@pytest.fixture
def absent(server: rig.Server, tmp_path: Path) -> Iterator[FileTablet]:
    """A tablet that worked, and has not been heard of for eight busy days."""
    made = a_file_tablet(server, tmp_path / "tablet", keep_copies(server, tmp_path))
    pull(made)
    worked_offline(made)
    a_busy_week(server)
    made.clock.forward(days=8)
    server.clock.forward(days=8)
    yield made
    made.database.close()


@pytest.fixture
def twin(absent: FileTablet, tmp_path: Path) -> dict[str, Any]:
    """All that the same tablet would hold if it had read pages."""
    absent.restart()
    shutil.copytree(absent.folder, tmp_path / "twin")
    database = open_store(tmp_path / "twin", new_id=rig.an_id)
    twin = FileTablet(database, absent.link, absent.clock, folder=tmp_path / "twin")
    pull(twin)
    held = all_of(twin)
    database.close()
    return held


def test_a_copy_leaves_what_pages_would_have_left(absent: FileTablet, twin: dict[str, Any]) -> None:
    assert take(absent) > 0
    pull(absent)

    assert all_of(absent) == twin
    assert not absent.parts.exists()


def test_what_waits_is_kept_shown_and_sent_after_a_copy(
    absent: FileTablet, server: rig.Server
) -> None:
    waiting = [change.id for change in absent.changes()]
    assert take(absent) > 0

    assert [change.id for change in absent.changes()] == waiting
    assert (absent.order(1).status, absent.order(1).title) == ("in_progress", "Affaissement")
    absent.sync()
    assert server.row("work_order", town.order_id(1))["status"] == "in_progress"  # type: ignore[index]
    assert "pending" not in absent.states()
    assert absent.images() == []


def test_an_accepted_change_that_the_copy_does_not_reflect_still_shows(
    absent: FileTablet, server: rig.Server, tmp_path: Path
) -> None:
    assert isinstance(absent.link, CopyLink)
    a_file_tablet(server, tmp_path / "other", absent.link.copies).sync()  # The copy is made here,
    push(absent)  # and these changes land after it.

    assert take(absent) > 0

    assert "accepted" in absent.states()
    assert absent.order(1).status == "in_progress"
    pull(absent)
    assert "accepted" not in absent.states()
    assert absent.order(1).status == "in_progress"


NO_SPACE = OSError(errno.ENOSPC, "no space left")
DATABASE_FULL = sqlite3.OperationalError("database or disk is full")

BOUNDARIES = [
    (PartFile, "begin"),
    (PartFile, "unpack"),
    (first_copy, "examine"),
    (first_copy, "take_copy"),
    (bulk_intake, "_without_indexes"),
    (bulk_intake, "_replace_rows"),
    (bulk_intake, "_lay_over"),
    (outbox, "settle"),
    (digests, "doubt"),
    (bulk_intake, "_settle_log"),
    (PartFile, "clear"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "name"), BOUNDARIES, ids=[name for _, name in BOUNDARIES])
def test_a_death_at_any_step_loses_nothing_and_the_next_start_goes_on(
    absent: FileTablet, twin: dict[str, Any], owner: Any, name: str, after: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, dying(getattr(owner, name), Killed(name), after=after))
        with pytest.raises(Killed):
            take(absent)
    absent.restart()
    indexes = indexes_on_disk(absent)
    take(absent)
    pull(absent)

    assert all_of(absent) == twin
    assert indexes_on_disk(absent) == indexes


def test_a_death_at_any_sign_of_progress_loses_nothing(
    absent: FileTablet, twin: dict[str, Any]
) -> None:
    died = 0
    alive = True
    while alive:
        left = iter(range(died))

        def told(_: Copying, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Killed

        try:
            take(absent, told)
            alive = False
        except Killed:
            died += 1
            absent.restart()
    pull(absent)

    assert died > 5
    assert all_of(absent) == twin


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "name"), BOUNDARIES[:-2], ids=[n for _, n in BOUNDARIES[:-2]])
def test_a_full_disk_at_any_step_leaves_the_tablet_as_it_was_and_pages_follow(
    absent: FileTablet,
    twin: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    name: str,
    after: bool,
) -> None:
    before = all_of(absent)
    failure = NO_SPACE if owner is PartFile else DATABASE_FULL
    monkeypatch.setattr(owner, name, dying(getattr(owner, name), failure, after=after))

    taken = take(absent)

    committed = name == "take_copy" and after
    assert taken == 0
    assert (all_of(absent) == before) is not committed
    assert sorted(file.name for file in absent.parts.iterdir()) == ["offer.json"]
    monkeypatch.undo()
    pull(absent)
    assert all_of(absent) == twin


def test_a_database_that_really_is_full_leaves_the_tablet_as_it_was(absent: FileTablet) -> None:
    before = all_of(absent)
    absent.database.engine.dispose()

    @event.listens_for(absent.database.engine, "connect")
    def limit(connection: Any, record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    # Rows of this size cannot fit into the pages that there are.
    for n in range(40):
        absent.link.server.write(
            rig.insert("part", code=f"P{n}", label_fr="x" * 199, label_en="y" * 199, unit="t")
        )

    assert take(absent) == 0
    assert all_of(absent) == before


def test_a_tablet_without_room_for_the_file_takes_pages(
    absent: FileTablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(absent.folder)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    assert take(absent) == 0
    assert fetches(absent) == []


def test_a_copy_of_a_scope_that_was_left_meanwhile_is_not_taken(
    absent: FileTablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved() -> None:
        with absent.database.writing() as session:
            session.get_one(Replica, 1).scope = "another"

    monkeypatch.setattr(first_copy, "examine", lambda _: moved())
    before = rows_on_disk(absent)

    assert take(absent) == 0
    assert rows_on_disk(absent) == before


@pytest.mark.parametrize("moved", ["epoch", "position"])
def test_a_copy_of_a_history_that_was_left_or_read_further_is_not_taken(
    absent: FileTablet, monkeypatch: pytest.MonkeyPatch, moved: str
) -> None:
    def move(_: object) -> None:
        with absent.database.writing() as session:
            if moved == "epoch":
                session.get_one(Replica, 1).epoch = "another"
            else:
                session.scalars(select(BucketPosition)).first().position = 10_000  # type: ignore[union-attr]

    monkeypatch.setattr(first_copy, "examine", move)
    before = rows_on_disk(absent)

    assert take(absent) == 0
    assert rows_on_disk(absent) == before


def test_the_indexes_are_those_that_were(absent: FileTablet) -> None:
    before = indexes_on_disk(absent)
    take(absent)

    assert indexes_on_disk(absent) == before
    assert len(before) > 5


def fetches(tablet: FileTablet) -> list[int]:
    assert isinstance(tablet.link, CopyLink)
    return tablet.link.starts


def dying(step: Any, death: BaseException, *, after: bool) -> Any:
    """The same step, and the end before or after it."""

    def step_and_die(*given: Any, **more: Any) -> Any:
        if after:
            step(*given, **more)
        raise death

    return step_and_die
