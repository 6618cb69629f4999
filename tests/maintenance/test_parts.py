"""Parts that plans take: what is on hand, what runs short, and when."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from maintenance.forecast import foresee
from maintenance.parts import Moved, Need, needs_of, on_hand, parts_ahead
from tests.maintenance.builders import NO_READINGS, a_history, a_plan, at

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
TODAY = date(2026, 11, 26)


def on_day(day: int, quantity: float, *, counted: bool = False) -> Moved:
    return Moved(START + timedelta(days=day), quantity, counted)


def test_on_hand_is_the_sum_of_what_came_and_went() -> None:
    assert on_hand([on_day(1, 40), on_day(2, -15), on_day(3, 5)]) == 30
    assert on_hand([]) == 0


def test_a_count_stands_against_all_that_is_heard_later_of_days_before() -> None:
    """A truck's tablet tells only now that it took 10 the day before the count."""
    counted = [on_day(1, 40), on_day(5, 27, counted=True), on_day(6, -2)]

    assert on_hand(counted) == on_hand([*counted, on_day(4, -10)]) == 25


def test_it_may_come_out_below_zero() -> None:
    assert on_hand([on_day(1, 3, counted=True), on_day(2, -5)]) == -2


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(-9, 9), st.booleans()), max_size=9),
    st.integers(0, 99),
)
def test_it_is_the_same_in_whatever_order_it_is_heard_of(
    told: list[tuple[int, int, bool]], seed: int
) -> None:
    """Two counts at one moment contradict each other: nobody's order settles that."""
    once = {day: (day, quantity, counted) for day, quantity, counted in told}
    moved = [on_day(day, quantity, counted=counted) for day, quantity, counted in once.values()]
    shuffled = Random(seed).sample(moved, len(moved))

    assert on_hand(shuffled) == on_hand(moved)


def test_a_part_runs_short_on_the_first_day_that_finds_too_little() -> None:
    needs = [Need("oil", TODAY + timedelta(days=7 * n), 38) for n in range(4)]

    (found,) = parts_ahead(needs, {"oil": 100})

    assert found.short_on == TODAY + timedelta(days=14)
    assert (found.needed, found.to_buy) == (152, 52)
    assert found.by_week == {(2026, 48): 38, (2026, 49): 38, (2026, 50): 38, (2026, 51): 38}


def test_what_suffices_is_told_last_and_has_no_day() -> None:
    needs = [Need("b", TODAY, 1), Need("a", TODAY, 1), Need("c", TODAY + timedelta(days=1), 1)]

    found = parts_ahead(needs, {"b": 1, "c": 0.5, "a": 0})

    assert [(each.part_id, each.short_on) for each in found] == [
        ("a", TODAY), ("c", TODAY + timedelta(days=1)), ("b", None),
    ]  # fmt: skip


def test_each_occurrence_that_is_foreseen_takes_what_its_plan_does() -> None:
    plan = a_plan("FREQ=MONTHLY;BYMONTHDAY=1")
    foreseen = foresee(
        [plan], a_history([plan]), NO_READINGS, at(TODAY), until=TODAY + timedelta(days=70)
    )

    needs = list(needs_of(foreseen, {plan.id: {"oil": 38, "filter": 1}, "other": {"oil": 5}}))

    assert [(n.part_id, n.day, n.quantity) for n in needs] == [
        ("oil", date(2026, 12, 1), 38), ("filter", date(2026, 12, 1), 1),
        ("oil", date(2027, 1, 1), 38), ("filter", date(2027, 1, 1), 1),
        ("oil", date(2027, 2, 1), 38), ("filter", date(2027, 2, 1), 1),
    ]  # fmt: skip
