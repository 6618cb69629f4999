"""What people are filling in, on a tablet's disk: theirs alone, and not for longer than it may."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from asset_model.database import Database, open_database
from asset_model.migrations import upgrade
from field_app.store.drafts import any_past, entered_in, forget_past, keep_draft
from field_app.store.local import Draft, LocalBase, LocalSetting
from field_app.store.schema import VERSIONS, migrate

NOW = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def tablet(sqlite_url: str) -> Iterator[Database]:
    made = open_database(sqlite_url)
    yield made
    made.close()


@pytest.mark.usefixtures("real_migrations")
def test_drafts_that_were_settings_move_to_their_own_table(tablet: Database) -> None:
    for revision in ("model_0001", "tablet_0006"):
        upgrade(tablet.engine, VERSIONS, LocalBase.metadata, to=revision)
    with tablet.writing() as session:
        told = [("draft-note-7 luc", '{"text": "À moitié"}'), ("language", "fr")]
        session.add_all(LocalSetting(name=name, value=value) for name, value in told)

    migrate(tablet)

    with tablet.reading() as session:
        assert entered_in(session, "note-7", "luc", now=NOW) == {"text": "À moitié"}
        assert session.scalars(select(LocalSetting.name)).all() == ["language"]


def test_a_draft_is_of_one_person_until_it_is_empty_or_past_its_time(tablet: Database) -> None:
    migrate(tablet)
    with tablet.writing() as session:
        keep_draft(session, "call", "luc", {"phone": "819"}, until=NOW + HOUR)
        keep_draft(session, "note", "luc", {"text": "À moitié"}, until=None)

    with tablet.writing() as session:
        assert entered_in(session, "call", "luc", now=NOW) == {"phone": "819"}
        assert entered_in(session, "call", "anne", now=NOW) == {}
        assert entered_in(session, "call", "luc", now=NOW + HOUR) == {}
        assert not any_past(session, now=NOW)
        assert any_past(session, now=NOW + HOUR)
        forget_past(session, now=NOW + HOUR)

        assert session.scalars(select(Draft.name)).all() == ["note"]
        keep_draft(session, "note", "luc", {}, until=None)
        assert session.scalars(select(Draft.name)).all() == []
