"""Times are UTC with their zone, spelt alike on both databases and on the wire."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import insert, select

from asset_model.assets import Asset
from asset_model.base import Base, instant
from asset_model.codec import table_of
from asset_model.database import Database, open_database
from asset_model.work_orders import WorkOrder

EASTERN = timezone(timedelta(hours=-5))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = open_database(database_url)
    Base.metadata.create_all(made.engine)
    yield made
    made.close()


def test_a_time_of_any_zone_is_spelt_in_utc_to_the_millisecond() -> None:
    when = datetime(2026, 11, 23, 3, 0, 0, 123_999, tzinfo=EASTERN)

    assert instant(when) == "2026-11-23T08:00:00.123Z"


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without its zone"):
        instant(datetime(2026, 11, 23))  # noqa: DTZ001 -- the very mistake


@pytest.mark.parametrize(
    "given", [datetime(2026, 11, 23, 3, tzinfo=EASTERN), "2026-11-23T08:00:00.000Z"]
)
def test_a_time_comes_back_aware_however_it_was_given(database: Database, given: Any) -> None:
    with database.writing() as session:
        row = {"id": "1", "title": "t", "created_at": given}
        session.execute(insert(table_of("work_order")), [row])

    with database.reading() as session:
        order = session.get_one(WorkOrder, "1")

    assert order.created_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert instant(order.created_at) == "2026-11-23T08:00:00.000Z"


@pytest.mark.parametrize("given", [date(2026, 11, 23), "2026-11-23"])
def test_a_day_comes_back_as_a_day_however_it_was_given(database: Database, given: Any) -> None:
    row = {"id": "1", "tag": "A", "class_code": "c", "name": "n", "status": "planned"}
    with database.writing() as session:
        values = row | {"attributes": {}, "installed_on": given}
        session.execute(insert(table_of("asset")), [values])

    with database.reading() as session:
        assert session.scalar(select(Asset.installed_on)) == date(2026, 11, 23)
