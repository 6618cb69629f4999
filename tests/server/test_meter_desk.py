"""Readings that come in: what the meter comes to, and what waits for a person."""

from itertools import permutations
from typing import Any

import pytest

from asset_model.sync.wire import Columns
from tests.sync import town
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import BOSS, LUC

STREET = town.named("street", "1")


def at(day: int) -> str:
    return f"2026-10-{day:02d}T12:00:00.000Z"


@pytest.fixture
def metered(server: Server) -> Server:
    server.write(a_meter("km"))
    return server


def a_meter(row: str, **more: Any) -> Any:
    given = {"asset_id": STREET, "measure": "odometer", "unit": "km", "daily_max": 1_500.0}
    return insert("meter", row, **{**given, "installed_at": at(1), **more})


def read(server: Server, row: str, day: int, value: float, meter: str = "km") -> Columns:
    server.write(
        insert("meter_reading", row, meter_id=meter, asset_id=STREET, value=value,
               taken_at=at(day), source="person")
    )  # fmt: skip
    return reading(server, row)


def reading(server: Server, row: str) -> Columns:
    columns = server.row("meter_reading", row)
    assert columns is not None
    return columns


def meter(server: Server, row: str = "km") -> Columns:
    columns = server.row("meter", row)
    assert columns is not None
    return columns


def review(server: Server, row: str, verdict: str, *, before: str = "queued") -> str | None:
    change = edit("meter_reading", row, {"review": before}, review=verdict, reviewed_by=BOSS,
                  reviewed_at=at(20))  # fmt: skip
    (outcome,) = server.push(group(change, person=BOSS), device="B1")
    return outcome.code


def test_readings_make_the_total_and_the_rate(metered: Server) -> None:
    read(metered, "a", 1, 1_000)
    read(metered, "b", 11, 1_500)
    told = read(metered, "c", 21, 2_200)

    assert (told["review"], told["total"], told["received_at"]) == (
        "sound", 2_200, "2026-11-23T08:00:00.000Z",
    )  # fmt: skip
    assert (meter(metered)["total"], meter(metered)["read_at"]) == (2_200, at(21))
    assert meter(metered)["per_day"] == 60
    assert meter(metered)["per_day_error"] == pytest.approx(10)


@pytest.mark.parametrize("order", list(permutations([(1, 100), (5, 900), (9, 2_000), (12, 2_500)])))
def test_readings_come_to_the_same_in_whatever_order_they_arrive(
    metered: Server, order: tuple[tuple[int, float], ...]
) -> None:
    for day, value in order:
        assert read(metered, f"r{day}", day, value)["review"] == "sound"

    assert (meter(metered)["total"], meter(metered)["read_at"]) == (2_500, at(12))
    assert meter(metered)["per_day"] == pytest.approx(2_400 / 11)


@pytest.mark.parametrize(
    ("day", "value", "why"),
    [
        (6, 400, "reading_falls"),
        (6, 9_000, "reading_too_fast"),
        (31, 600, None),
    ],
)
def test_what_cannot_be_is_kept_queued_and_not_used(
    metered: Server, day: int, value: float, why: str | None
) -> None:
    read(metered, "a", 5, 500)

    told = read(metered, "b", day, value)

    assert (told["value"], told["why"]) == (value, why)
    assert told["review"] == ("queued" if why else "sound")
    assert meter(metered)["total"] == (500 if why else value)


def test_a_reading_of_the_future_is_queued(metered: Server) -> None:
    server = metered
    server.write(
        insert("meter_reading", "f", meter_id="km", asset_id=STREET, value=5,
               taken_at="2027-01-01T00:00:00.000Z", source="person")
    )  # fmt: skip

    assert (reading(server, "f")["review"], reading(server, "f")["why"]) == (
        "queued", "reading_in_future",
    )  # fmt: skip


def test_a_queued_reading_is_used_once_somebody_accepts_it(metered: Server) -> None:
    read(metered, "a", 5, 500)
    read(metered, "b", 6, 9_000)

    assert review(metered, "b", "accepted") is None

    assert (reading(metered, "b")["total"], meter(metered)["total"]) == (9_000, 9_000)


def test_a_trusted_reading_that_is_rejected_is_used_no_more(metered: Server) -> None:
    read(metered, "a", 5, 500)
    read(metered, "b", 6, 1_900)

    assert review(metered, "b", "rejected", before="sound") is None

    assert (reading(metered, "b")["total"], meter(metered)["total"]) == (None, 500)


def test_what_one_wrong_value_had_queued_is_used_once_that_value_is_rejected(
    metered: Server,
) -> None:
    """Nobody reads 2,000 km in two days as wrong at once; all that comes after seems to fall."""
    read(metered, "a", 1, 500)
    read(metered, "wrong", 3, 2_900)
    queued = [read(metered, f"r{day}", day, 500 + 40 * day)["why"] for day in (5, 8)]

    review(metered, "wrong", "rejected", before="sound")

    assert queued == ["reading_falls", "reading_falls"]
    assert [reading(metered, row)["review"] for row in ("r5", "r8")] == ["sound", "sound"]
    assert [reading(metered, row)["total"] for row in ("r5", "r8")] == [700, 820]
    assert (meter(metered)["total"], meter(metered)["read_at"]) == (820, at(8))


def test_a_limit_set_right_lets_the_queue_in_and_what_is_rejected_stays_out(
    metered: Server,
) -> None:
    read(metered, "a", 1, 0)
    read(metered, "b", 2, 2_000)
    read(metered, "c", 3, 9_999)
    review(metered, "c", "rejected")

    metered.set("meter", "km", daily_max=2_500.0)

    assert [reading(metered, row)["review"] for row in ("b", "c")] == ["sound", "rejected"]
    assert meter(metered)["total"] == 2_000


def test_a_reading_between_tells_that_a_counter_had_turned(server: Server) -> None:
    """From 9,900 to 9,000 in one turn is more than half of it: until one is read in between."""
    server.write(a_meter("km", rollover_at=10_000.0, daily_max=None))
    read(server, "a", 1, 9_900)
    assert read(server, "b", 20, 9_000)["why"] == "reading_falls"

    read(server, "between", 10, 4_500)

    assert reading(server, "b")["total"] == meter(server)["total"] == 19_000


def test_a_review_is_one_of_the_words_for_it(metered: Server) -> None:
    read(metered, "a", 5, 500)

    assert review(metered, "a", "perhaps", before="sound") == "bad_value"


def test_a_rollover_found_by_a_late_reading_moves_the_totals_after_it(server: Server) -> None:
    server.write(a_meter("km", rollover_at=10_000.0))
    read(server, "a", 1, 3_000)
    read(server, "c", 20, 3_500)

    read(server, "b1", 5, 7_900)
    read(server, "b2", 10, 200)

    assert [reading(server, row)["total"] for row in ("a", "b1", "b2", "c")] == [
        3_000, 7_900, 10_200, 13_500,
    ]  # fmt: skip
    assert meter(server)["total"] == 13_500


def test_a_replaced_meter_goes_on_from_the_total_and_takes_the_old_one_off(metered: Server) -> None:
    read(metered, "a", 5, 5_000)
    metered.write(a_meter("new", replaces_id="km", installed_at=at(10)))

    assert meter(metered)["removed_at"] == at(10)
    assert (meter(metered, "new")["total"], meter(metered, "new")["read_at"]) == (5_000, at(10))
    assert read(metered, "b", 12, 40, "new")["total"] == 5_040
    assert read(metered, "late", 14, 5_100)["why"] == "reading_outside"


def test_a_late_reading_of_the_old_meter_moves_the_new_one_too(metered: Server) -> None:
    read(metered, "a", 5, 5_000)
    metered.write(a_meter("new", replaces_id="km", installed_at=at(10)))
    read(metered, "b", 12, 40, "new")

    read(metered, "late", 9, 5_300)

    assert reading(metered, "b")["total"] == meter(metered, "new")["total"] == 5_340


def test_an_offset_that_the_mechanic_gave_stays(metered: Server) -> None:
    """The old one showed 5,300 when it was taken off; the new one 12 when it was put on."""
    read(metered, "a", 5, 5_000)
    metered.write(a_meter("new", replaces_id="km", installed_at=at(10), offset=5_288.0))

    read(metered, "late", 9, 5_300)

    assert read(metered, "b", 12, 52, "new")["total"] == 5_340


def test_a_reading_of_another_unit_s_meter_is_refused(metered: Server) -> None:
    strange = insert("meter_reading", meter_id="km", asset_id=town.named("street", "3"), value=1,
                     taken_at=at(5), source="person", person_id=LUC)  # fmt: skip

    (outcome,) = metered.push(group(strange))

    assert outcome.code == "meter_unknown"


def test_a_reading_before_its_meter_waits_for_it(server: Server) -> None:
    early = insert("meter_reading", "r", meter_id="km", asset_id=STREET, value=7, taken_at=at(5),
                   source="person", person_id=LUC)  # fmt: skip
    (outcome,) = server.push(group(early))

    server.write(a_meter("km"))

    assert (outcome.result, outcome.code) == ("parked", "row_unknown")
    assert (reading(server, "r")["total"], meter(server)["total"]) == (7, 7)
