"""What people are filling in, on a tablet's disk: theirs alone, and not for longer than it may."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.database import Database, open_database
from asset_model.migrations import upgrade
from field_app.station import Station
from field_app.store.drafts import any_past, draft_of, forget_past, keep_draft
from field_app.store.local import Draft, LocalBase, LocalSetting
from field_app.store.schema import VERSIONS, migrate

NOW = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def tablet(sqlite_url: str) -> Iterator[Database]:
    made = open_database(sqlite_url)
    yield made
    made.close()


def entered(session: Session, name: str, person_id: str, now: datetime) -> Any:
    draft = draft_of(session, name, person_id, now=now)
    return draft and draft.entered


@pytest.mark.usefixtures("real_migrations")
def test_drafts_that_were_settings_move_to_their_own_table(tablet: Database) -> None:
    for revision in ("model_0001", "tablet_0006"):
        upgrade(tablet.engine, VERSIONS, LocalBase.metadata, to=revision)
    with tablet.writing() as session:
        check = '{"person": "luc", "started_at": "2026-11-23T08:00:00.000Z", "place": 3}'
        told = [
            ("draft-note-7 luc", '{"text": "À moitié"}'),
            ("circle_check:u", check),
            ("language", "fr"),
        ]
        session.add_all(LocalSetting(name=name, value=value) for name, value in told)

    migrate(tablet)

    with tablet.reading() as session:
        assert entered(session, "note-7", "luc", NOW) == {"text": "À moitié"}
        begun = {"started_at": "2026-11-23T08:00:00.000Z", "place": 3}
        assert entered(session, "check-u", "luc", NOW + 11 * HOUR) == begun
        assert entered(session, "check-u", "luc", NOW + 12 * HOUR) is None
        assert session.scalars(select(LocalSetting.name)).all() == ["language"]


def test_a_draft_is_of_one_person_until_it_is_empty_or_past_its_time(tablet: Database) -> None:
    migrate(tablet)
    with tablet.writing() as session:
        keep_draft(session, "call", "luc", {"phone": "819"}, until=NOW + HOUR)
        keep_draft(session, "note", "luc", {"text": "À moitié"}, until=None)

    with tablet.writing() as session:
        assert entered(session, "call", "luc", NOW) == {"phone": "819"}
        assert entered(session, "call", "anne", NOW) is None
        assert entered(session, "call", "luc", NOW + HOUR) is None
        assert not any_past(session, now=NOW)
        assert any_past(session, now=NOW + HOUR)
        forget_past(session, now=NOW + HOUR)

        assert session.scalars(select(Draft.name)).all() == ["note"]
        keep_draft(session, "note", "luc", {}, until=None)
        assert session.scalars(select(Draft.name)).all() == []


def test_a_station_forgets_at_its_start_what_is_past_its_time(
    tablet: Database, tmp_path: Path
) -> None:
    migrate(tablet)
    with tablet.writing() as session:
        keep_draft(session, "call", "isabelle", {"phone": "819"}, until=NOW)
        keep_draft(session, "note", "luc", {"text": "À moitié"}, until=NOW + HOUR)
    station = Station(
        folder=tmp_path,
        server="http://127.0.0.1:9",
        database=tablet,
        clock=lambda: NOW,
        new_id=lambda: "id",
        random=Random(1),
        zone=ZoneInfo("America/Toronto"),
        enrolment=None,
    )

    station.start()

    with tablet.reading() as session:
        assert session.scalars(select(Draft.name)).all() == ["note"]
