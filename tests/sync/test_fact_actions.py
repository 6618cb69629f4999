"""What a crew adds to an order: time, material, words."""

from datetime import timedelta
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.facts import Comment, MaterialUsed, TimeWorked
from field_app.actions.facts import comment, log_hours, log_time, use_material
from tests.sync.rig import Tablet
from tests.sync.town import LUC, START, named, order_id

ORDER = order_id(1)
ASPHALT = named("part", "asphalt")


def refused(tablet: Tablet, verb: Any, *given: Any) -> bool:
    with pytest.raises(Refused, match="bad_value"):
        tablet.do(verb, ORDER, *given)
    return tablet.changes() == []


def test_hours_worked_are_the_last_ones_until_now(tablet: Tablet) -> None:
    tablet.do(log_hours, ORDER, 1.5)

    (worked,) = tablet.all(TimeWorked)
    assert (worked.person_id, worked.started_at, worked.ended_at) == (
        LUC,
        START - timedelta(hours=1.5),
        START,
    )
    assert worked.overtime is False


@pytest.mark.parametrize("hours", [0, -1, 24.01, 1e15, float("nan")])
def test_nobody_works_no_time_or_more_than_a_day(tablet: Tablet, hours: float) -> None:
    assert refused(tablet, log_hours, hours)


def test_a_shift_of_a_whole_day_is_taken(tablet: Tablet) -> None:
    tablet.do(log_time, ORDER, START - timedelta(hours=24), START, activity="déneigement")

    (worked,) = tablet.all(TimeWorked)
    assert worked.activity == "déneigement"


def test_material_says_what_and_how_much(tablet: Tablet) -> None:
    tablet.do(use_material, ORDER, ASPHALT, 0.75)

    (used,) = tablet.all(MaterialUsed)
    assert (used.part_id, used.quantity, used.used_at) == (ASPHALT, 0.75, START)


@pytest.mark.parametrize("quantity", [0, -2, 1e6, float("nan"), float("inf")])
def test_material_is_used_in_sensible_quantities(tablet: Tablet, quantity: float) -> None:
    assert refused(tablet, use_material, ASPHALT, quantity)


def test_words_are_kept_without_the_blanks_around_them(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "  Bordure brisée.\n")

    assert [c.text for c in tablet.all(Comment)] == ["Bordure brisée."]


@pytest.mark.parametrize("words", ["", "  \n\t"])
def test_nothing_said_is_nothing_kept(tablet: Tablet, words: str) -> None:
    assert refused(tablet, comment, words)


def test_every_fact_arrives_on_the_server_with_who_and_when(tablet: Tablet) -> None:
    tablet.do(log_hours, ORDER, 2)
    tablet.do(use_material, ORDER, ASPHALT, 1.0)
    tablet.do(comment, ORDER, "Fait.")

    tablet.sync()

    server = tablet.link.server
    facts = [server.rows(model)[0] for model in (TimeWorked, MaterialUsed, Comment)]
    assert {fact.person_id for fact in facts} == {LUC}
    assert facts[2].written_at == START
    assert set(tablet.states()) == {"settled"}
