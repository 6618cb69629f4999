"""Ids are unique whatever the clock says, and derived ones are the same everywhere."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from asset_model.ids import derived_id, uuid7

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_an_id_is_a_version_7_uuid() -> None:
    made = UUID(uuid7(NOW, Random(1)))

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(NOW.timestamp() * 1000)


def test_ids_sort_by_the_time_they_were_made() -> None:
    chance = Random(1)
    made = [uuid7(NOW + timedelta(milliseconds=n), chance) for n in range(50)]

    assert sorted(made) == made


def test_a_clock_that_stands_still_makes_no_two_ids_alike() -> None:
    chance = Random(1)

    assert len({uuid7(NOW, chance) for _ in range(1_000)}) == 1_000


def test_a_clock_before_1970_still_makes_ids() -> None:
    assert UUID(uuid7(datetime(1960, 1, 1, tzinfo=UTC), Random(1))).version == 7


def test_a_derived_id_belongs_to_its_parts_alone() -> None:
    assert derived_id("a", "b") == derived_id("a", "b")
    assert derived_id("a", "b") != derived_id("ab")
    assert UUID(derived_id("a", "b")).version == 5
