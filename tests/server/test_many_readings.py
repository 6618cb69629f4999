"""Many readings of one meter: what each costs, and that all come to the same however they come."""

from typing import Any

import pytest

from sync_server import feed
from tests.server.test_meter_desk import STREET, a_meter, at, meter, metered, read, reading
from tests.sync.rig import Server, insert

__all__ = ["metered"]


def test_what_a_reading_costs_does_not_grow_with_how_many_there_are(
    metered: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the images that are read: those of all readings of a meter, until lately."""
    loaded: list[int] = []
    images = feed.images

    def counting(session: Any, keys: Any, *, lock: bool) -> Any:
        found = images(session, list(keys), lock=lock)
        loaded.append(sum(image.table == "meter_reading" for image in found))
        return found

    monkeypatch.setattr(feed, "images", counting)
    costs = []
    for day in range(1, 22):
        loaded.clear()
        read(metered, f"r{day}", day, 100.0 * day)
        costs.append(sum(loaded))

    assert len(set(costs)) == 1, costs


def test_readings_of_one_write_in_any_order_come_to_the_same_as_one_by_one(
    metered: Server,
) -> None:
    days = [7, 3, 20, 1, 12, 15]
    metered.write(*(_reading(f"a{day}", day, 50.0 * day) for day in days))
    at_once = meter(metered)
    metered.write(a_meter("other"))
    for day in days:
        read(metered, f"b{day}", day, 50.0 * day, meter="other")

    one_by_one = meter(metered, "other")

    worked_out = ("total", "read_at", "per_day")
    assert [at_once[name] for name in worked_out] == [one_by_one[name] for name in worked_out]
    assert at_once["total"] == 1_000


def test_a_queue_that_a_write_makes_right_is_believed_at_its_end(metered: Server) -> None:
    """One hour of slack goes with each span: what was too fast alone is not so beside another."""
    read(metered, "a", 1, 0)
    read(metered, "b", 2, 1_600)
    assert reading(metered, "b")["review"] == "queued"
    halfway = {"taken_at": "2026-10-02T00:00:00.000Z", "source": "person"}
    metered.write(
        insert("meter_reading", "m", meter_id="km", asset_id=STREET, value=800, **halfway)
    )

    assert (reading(metered, "b")["review"], reading(metered, "b")["total"]) == ("sound", 1_600)
    assert meter(metered)["total"] == 1_600


def test_a_reading_before_all_others_moves_what_follows_where_it_must(metered: Server) -> None:
    """A meter that turned over between them: the later totals follow."""
    metered.write(a_meter("turns", rollover_at=1_000.0))
    read(metered, "late", 20, 100, meter="turns")
    assert meter(metered, "turns")["total"] == 100

    told = read(metered, "soon", 10, 900, meter="turns")

    assert told["total"] == 900
    assert reading(metered, "late")["total"] == meter(metered, "turns")["total"] == 1_100


def _reading(row: str, day: int, value: float, meter: str = "km") -> Any:
    return insert("meter_reading", row, meter_id=meter, asset_id=STREET, value=value,
                  taken_at=at(day), source="person")  # fmt: skip
