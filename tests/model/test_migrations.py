"""Every database of ours can be upgraded, from nothing and from its first revision on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, select, text

from asset_model.base import Base
from asset_model.catalogue import Service
from asset_model.codec import columns_of
from asset_model.database import Database, open_database
from asset_model.migrations import upgrade
from asset_model.people import Crew, District
from asset_model.plans import MaintenancePlan
from asset_model.sync.digest import Digest, wire_text
from asset_model.work_orders import WorkOrder
from field_app.store.digests import digests_of
from field_app.store.local import LocalBase, LocalChange
from field_app.store.schema import VERSIONS as TABLET
from field_app.store.schema import migrate as migrate_tablet
from sync_server.feed import images
from sync_server.schema import VERSIONS as SERVER
from sync_server.schema import migrate as migrate_server
from sync_server.tables import BucketDigest, ServerBase, ServerState

pytestmark = pytest.mark.usefixtures("real_migrations")

FIRST = {SERVER: ("model_0001", "server_0001"), TABLET: ("model_0001", "tablet_0001")}
OWN = {SERVER: ServerBase.metadata, TABLET: LocalBase.metadata}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = open_database(database_url)
    yield made
    made.close()


@pytest.fixture
def tablet(sqlite_url: str) -> Iterator[Database]:
    made = open_database(sqlite_url)
    yield made
    made.close()


def differences(database: Database, versions: str) -> list[Any]:
    """What Alembic would still have to change, so that the tables are as they are mapped.

    The server alone keeps some indexes on shared tables; they are not mapped, nor are the
    indexes of places and of words (`asset_model/bounds.py`, `field_app/store/asset_words.py`).
    """
    with database.engine.connect() as connection:
        options = {"compare_type": True, "include_name": _is_mapped}
        context = MigrationContext.configure(connection, opts=options)
        both: Any = [Base.metadata, OWN[versions]]
        return list(compare_metadata(context, both))


def _is_mapped(name: str | None, kind: str, _: Any) -> bool:
    beside = {"index": ("server_",), "table": ("bounds_", "words_")}
    return not (name or "").startswith(beside.get(kind, ("\0",)))


def to_first(database: Database, versions: str) -> None:
    for revision in FIRST[versions]:
        upgrade(database.engine, versions, OWN[versions], to=revision)


def test_a_server_made_from_nothing_is_as_its_tables_are_mapped(database: Database) -> None:
    migrate_server(database)

    assert differences(database, SERVER) == []


def test_a_tablet_made_from_nothing_is_as_its_tables_are_mapped(tablet: Database) -> None:
    migrate_tablet(tablet)

    assert differences(tablet, TABLET) == []


def test_a_server_of_the_first_revision_becomes_today_s_and_keeps_its_rows(
    database: Database,
) -> None:
    to_first(database, SERVER)
    with database.writing() as session:
        session.execute(text("INSERT INTO server_state (id, epoch, position) VALUES (1, 'e', 7)"))
        session.execute(
            text(
                "INSERT INTO district (id, version, buckets, code, name)"
                " VALUES ('d', 7, 'town', 'N', 'Nord')"
            )
        )

    migrate_server(database)

    assert differences(database, SERVER) == []
    with database.reading() as session:
        assert session.get_one(District, "d").name == "Nord"
        assert session.get_one(ServerState, 1).epoch == "e"


WAITING = text(
    "INSERT INTO local_change (place, id, group_id, person_id, made_at, table_name, row_id, op,"
    " before, after, state, position, columns, set_aside, details)"
    " VALUES (1, 'c', 'g', 'p', '2026-11-23T08:00:00.000Z', 'comment', 'r', 'insert',"
    " '{}', '{\"text\": \"Fait.\"}', 'pending', 0, '{}', '{}', '{}')"
)


def test_a_tablet_of_the_first_revision_becomes_today_s_and_keeps_its_outbox(
    tablet: Database,
) -> None:
    to_first(tablet, TABLET)
    with tablet.writing() as session:
        session.execute(WAITING)

    migrate_tablet(tablet)

    assert differences(tablet, TABLET) == []
    with tablet.reading() as session:
        waiting = session.scalars(select(LocalChange)).one()
    assert (waiting.id, waiting.state, waiting.after) == ("c", "pending", {"text": "Fait."})
    assert waiting.schema == 2


PLAN = (
    "INSERT INTO maintenance_plan (id, version, buckets, code, title_fr, title_en, rule, starts_on,"
    " lead_days, grace_days, steps, active) VALUES ('p', 7, 'town', 'EP-01', 'Vidange',"
    " 'Oil change', 'FREQ=MONTHLY', '2024-01-08', 2, 3, '[]', true)"
)
PLAN_OF_OLD: list[Any] = ["EP-01", "Vidange", "Oil change", None, None, "FREQ=MONTHLY",
                          "2024-01-08", 2, 3, [], None, True]  # fmt: skip


def tell(database: Database, table: str, row: str, columns: list[Any]) -> None:
    """A row of the first revision in the feed of a server of then."""
    told = {"table": table, "row": row, "wire": wire_text(row, columns)}
    with database.writing() as session:
        session.execute(text("INSERT INTO server_state (id, epoch, position) VALUES (1, 'e', 7)"))
        session.execute(text("INSERT INTO row_image VALUES (:table, :row, 7, 'town', :wire)"), told)
        session.execute(
            text("INSERT INTO feed_entry VALUES ('town', :table, :row, 7, NULL, NULL)"), told
        )


def test_a_plan_of_before_is_the_same_on_a_server_and_a_tablet_that_each_upgrade_alone(
    database: Database, tmp_path: Path
) -> None:
    """The feed tells it whole, and the digests agree: no tablet reads the town's lists again."""
    tablet = open_database(f"sqlite:///{tmp_path / 'tablet.sqlite3'}")
    for side, versions in ((database, SERVER), (tablet, TABLET)):
        to_first(side, versions)
        with side.writing() as session:
            session.execute(text(PLAN))
    tell(database, "maintenance_plan", "p", PLAN_OF_OLD)

    migrate_server(database)
    migrate_tablet(tablet)

    with database.reading() as session:
        (image,) = images(session, [("maintenance_plan", "p")], lock=False)
        held = session.get_one(BucketDigest, "town")
        assert image.columns == columns_of(session.get_one(MaintenancePlan, "p"))
        ours = Digest(held.rows, held.sum)
    with tablet.reading() as session:
        assert digests_of(session, {"town"}) == {"town": ours}
    tablet.close()


CREW = "INSERT INTO crew (id, version, buckets, code, name) VALUES ('c', 7, 'town', 'VN', 'Nord')"


def test_a_crew_of_before_is_told_with_all_the_columns_that_crews_have_gained(
    database: Database,
) -> None:
    to_first(database, SERVER)
    with database.writing() as session:
        session.execute(text(CREW))
    tell(database, "crew", "c", ["VN", "Nord", None])

    migrate_server(database)

    with database.reading() as session:
        (image,) = images(session, [("crew", "c")], lock=False)
        assert image.columns == columns_of(session.get_one(Crew, "c"))


def test_a_second_upgrade_changes_nothing(database: Database) -> None:
    migrate_server(database)
    with database.reading() as session:
        before = session.get_one(ServerState, 1).epoch

    migrate_server(database)

    with database.reading() as session:
        assert session.get_one(ServerState, 1).epoch == before


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(database: Database) -> None:
    to_first(database, SERVER)
    before = set(inspect(database.engine).get_table_names())

    @event.listens_for(database.engine, "before_cursor_execute")
    def fail(_: Any, __: Any, statement: str, *rest: Any) -> None:
        if "CREATE TABLE device_report" in statement:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate_server(database)

    assert set(inspect(database.engine).get_table_names()) == before
    assert "hash" not in {c["name"] for c in inspect(database.engine).get_columns("row_image")}


def test_a_tablet_grows_none_of_the_server_s_own_tables(tablet: Database) -> None:
    migrate_tablet(tablet)

    own = {table.name for table in ServerBase.metadata.sorted_tables}
    assert own.isdisjoint(inspect(tablet.engine).get_table_names())


SERVICE = (
    "INSERT INTO service (id, version, buckets, code, name_fr, name_en, group_fr, group_en)"
    " VALUES ('s', 7, 'town', 'NID', 'Nid-de-poule', 'Pothole', 'Rues', 'Streets')"
)
SERVICE_OF_OLD = ["NID", "Nid-de-poule", "Pothole", "Rues", "Streets"]


def test_a_service_of_before_asks_nothing_more_and_both_sides_agree_on_it(
    database: Database, tmp_path: Path
) -> None:
    tablet = open_database(f"sqlite:///{tmp_path / 'tablet.sqlite3'}")
    for side, versions in ((database, SERVER), (tablet, TABLET)):
        to_first(side, versions)
        with side.writing() as session:
            session.execute(text(SERVICE))
    tell(database, "service", "s", SERVICE_OF_OLD)

    migrate_server(database)
    migrate_tablet(tablet)

    with database.reading() as session:
        (image,) = images(session, [("service", "s")], lock=False)
        held = session.get_one(BucketDigest, "town")
        assert image.columns == columns_of(session.get_one(Service, "s"))
        assert (image.columns["questions"], image.columns["active"]) == ([], True)
        ours = Digest(held.rows, held.sum)
    with tablet.reading() as session:
        assert digests_of(session, {"town"}) == {"town": ours}
    tablet.close()


ORDER = (
    "INSERT INTO work_order (id, version, buckets, title, kind, priority, status, source,"
    " created_at) VALUES ('o', 7, 'town', 'Trou', 'corrective', 3, 'draft', 'person',"
    " '2026-11-23T08:00:00.000Z')"
)
MADE_AT = "2026-11-23T08:00:00.000Z"
ORDER_OF_OLD: list[Any] = [None, None, "Trou", None, "corrective", 3, "draft", *[None] * 11,
                           "person", *[None] * 5, MADE_AT, *[None] * 4]  # fmt: skip


def test_an_order_of_before_is_of_no_family_and_both_sides_agree_on_it(
    database: Database, tmp_path: Path
) -> None:
    tablet = open_database(f"sqlite:///{tmp_path / 'tablet.sqlite3'}")
    for side, versions in ((database, SERVER), (tablet, TABLET)):
        to_first(side, versions)
        with side.writing() as session:
            session.execute(text(ORDER))
    tell(database, "work_order", "o", ORDER_OF_OLD)

    migrate_server(database)
    migrate_tablet(tablet)

    with database.reading() as session:
        (image,) = images(session, [("work_order", "o")], lock=False)
        held = session.get_one(BucketDigest, "town")
        assert image.columns == columns_of(session.get_one(WorkOrder, "o"))
        ours = Digest(held.rows, held.sum)
    with tablet.reading() as session:
        assert digests_of(session, {"town"}) == {"town": ours}
    tablet.close()
