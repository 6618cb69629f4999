"""Plan compliance by its rule: what was done by its deadline, of what is due and decided."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from maintenance.figures.compliance import Asked, compliance_figures
from maintenance.figures.figure import Figure
from tests.figures.builders import NOVEMBER, UNIT_OF, UNITS, keyed

TODAY = date(2026, 11, 26)


def asked(due: int, status: str = "done", done: int | None = None, **more: Any) -> Asked:
    given = {"id": f"o{due}", "plan": "EP-09", "asset_id": "201", "legal": False, "grace_days": 5}
    done_on = date(2026, 11, done) if done else None
    return Asked(due_on=date(2026, 11, due), status=status, done_on=done_on, **{**given, **more})


def compliance(*every: Asked, unit: str | None = "201") -> Figure:
    found = compliance_figures(every, UNITS, NOVEMBER, today=TODAY, unit_of=UNIT_OF)
    return keyed(found)["compliance", unit]


def test_three_of_four_by_hand() -> None:
    found = compliance(asked(3, done=2), asked(5, done=5), asked(10, done=15), asked(12, done=18))

    # The plan's grace is five days: the 15th is in time for the 10th, the 18th is not for the 12th.
    assert (found.value, found.over, found.under) == (75.0, 3, 4)


def test_the_law_gives_no_grace() -> None:
    assert compliance(asked(10, done=11, legal=True)).value == 0.0


def test_what_may_still_be_done_in_time_is_not_counted_yet() -> None:
    assert compliance(asked(24, "generated"), asked(28, "absorbed")).value is None


def test_what_is_past_its_deadline_is_late_before_it_is_done() -> None:
    assert compliance(asked(20, "generated")).value == 0.0


def test_what_is_skipped_or_missed_is_not_done() -> None:
    found = compliance(asked(3, "skipped"), asked(4, "missed"), asked(5, done=5), asked(6, done=6))

    assert found.value == 50.0
    assert [record.details["status"] for record in found.records].count("done") == 2


def test_other_months_are_not_counted() -> None:
    october = asked(5, done=5)._replace(due_on=date(2026, 10, 31))

    assert compliance(october).value is None


STATUSES = st.sampled_from(["done", "skipped", "missed", "generated", "absorbed", "forecast"])


@given(
    st.lists(
        st.builds(
            lambda due, status, done, unit, legal: asked(
                due, status, done if status == "done" else None, asset_id=unit, legal=legal
            ),
            st.integers(1, 30),
            STATUSES,
            st.integers(1, 30),
            st.sampled_from(UNITS),
            st.booleans(),
        ),
        max_size=25,
    )
)
def test_the_list_makes_the_figure_and_units_make_the_fleet(every: list[Asked]) -> None:
    mine, theirs, fleet = (compliance(*every, unit=unit) for unit in (*UNITS, None))

    assert fleet.over == (mine.over or 0) + (theirs.over or 0)
    assert fleet.under == (mine.under or 0) + (theirs.under or 0)
    assert fleet.under == len(fleet.records)
    assert fleet.over == sum(record.amount or 0 for record in fleet.records)
