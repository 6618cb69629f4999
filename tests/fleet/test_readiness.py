"""Whether a unit may go, from what is known of it alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.fleet import LegalRule
from asset_model.fleet_rules import figures_on
from asset_model.readiness import (
    Check,
    Exemption,
    Known,
    OpenDefect,
    Readiness,
    Taken,
    Unit,
    check_may_be_planned,
    check_may_start,
    needs_check,
    readiness,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
FIGURES = figures_on([], NOW.date())
PLOW = Unit("u", "214", "Déneigeuse 214", "plow_truck", 29_937)


def a_check(hours_ago: float = 1, person: str = "luc", made_as: str = "driver") -> Check:
    return Check("c", person, made_as, NOW - timedelta(hours=hours_ago))


def a_defect(severity: str, *, due_in_h: float | None = None, id: str = "d") -> OpenDefect:
    due = None if due_in_h is None else NOW + timedelta(hours=due_in_h)
    return OpenDefect(id, severity, "Fêlé", "Cracked", NOW - timedelta(hours=1), due)


def found(*, unit: Unit = PLOW, driver: str | None = None, **known: Any) -> Readiness:
    return readiness(unit, Known(**known), FIGURES, now=NOW, driver_id=driver)


def codes(state: Readiness) -> list[str]:
    return [reason.code for reason in state.reasons]


@pytest.mark.parametrize(
    ("kind", "weight", "needed"),
    [
        ("plow_truck", 29_937, True),
        ("pickup", 4_500, True),
        ("pickup", 4_499, False),
        ("pickup", None, True),
        ("grader", 19_900, False),
        ("minibus", 3_000, True),
    ],
)
def test_which_units_need_a_check(kind: str, weight: float | None, needed: bool) -> None:
    assert needs_check(Unit("u", "1", "1", kind, weight), FIGURES) is needed


def test_a_unit_exempted_by_name_needs_none() -> None:
    rule = LegalRule(code="circle_check_exempt", effective_on=NOW.date(), label_fr="", label_en="",
                     value={"kinds": [], "tags": ["214"]}, confirmed=False)  # fmt: skip

    assert not needs_check(PLOW, figures_on([rule], NOW.date()))


@pytest.mark.parametrize(
    ("hours", "standing"), [(0.1, "ready"), (23.99, "ready"), (24, "check_needed")]
)
def test_a_check_is_valid_for_24_hours(hours: float, standing: str) -> None:
    assert found(checks=(a_check(hours),)).standing == standing


def test_a_unit_never_checked_may_be_planned_and_not_leave() -> None:
    state = found()

    assert (state.standing, codes(state)) == ("check_needed", ["unit_unchecked"])
    assert state.may_be_planned
    assert not state.may_start


def test_the_last_of_several_checks_counts() -> None:
    checks = (a_check(30), Check("newer", "luc", "driver", NOW - timedelta(hours=2)))

    assert found(checks=checks).valid_until == NOW + timedelta(hours=22)


def test_a_major_defect_takes_the_unit_out_of_service_at_once() -> None:
    state = found(checks=(a_check(),), defects=(a_defect("major"),))

    assert state.standing == "out_of_service"
    with pytest.raises(Refused, match="unit_major_defect") as refused:
        check_may_start(state)
    assert "Fêlé" in refused.value.sentence("fr")
    assert "Cracked" in refused.value.sentence("en")
    with pytest.raises(Refused, match="unit_major_defect"):
        check_may_be_planned(state)


@pytest.mark.parametrize(
    ("due_in_h", "standing", "code"),
    [
        (47, "ready", "unit_minor_open"),
        (0.01, "ready", "unit_minor_open"),
        (0, "out_of_service", "unit_minor_overdue"),
        (-5, "out_of_service", "unit_minor_overdue"),
    ],
)
def test_a_minor_defect_stops_the_unit_when_its_delay_is_over(
    due_in_h: float, standing: str, code: str
) -> None:
    state = found(checks=(a_check(),), defects=(a_defect("minor", due_in_h=due_in_h),))

    assert (state.standing, codes(state)) == (standing, [code])


def test_a_driver_goes_on_their_own_check() -> None:
    assert found(checks=(a_check(),), driver="luc").may_start


@pytest.mark.parametrize(("person", "made_as"), [("anne", "driver"), ("luc", "designated")])
def test_a_check_made_for_others_must_be_countersigned(person: str, made_as: str) -> None:
    state = found(checks=(a_check(person=person, made_as=made_as),), driver="luc")

    assert (state.standing, codes(state)) == ("check_needed", ["unit_to_countersign"])


@pytest.mark.parametrize(("result", "starts"), [("acknowledged", True), ("refused", False)])
def test_a_countersignature_lets_go_and_a_refusal_does_not(result: str, starts: bool) -> None:
    state = found(
        checks=(a_check(person="anne"),), taken=(Taken("c", "luc", result),), driver="luc"
    )

    assert state.may_start is starts


def test_an_exception_lets_go_what_it_names_until_it_ends() -> None:
    named = frozenset({"unit_major_defect"})
    signed = Exemption(named, frozenset({"d"}), NOW + timedelta(hours=2))
    known: dict[str, Any] = {"checks": (a_check(),), "defects": (a_defect("major"),)}

    state = found(**known, exemptions=(signed,))
    ended = readiness(PLOW, Known(**known, exemptions=(signed,)), FIGURES, now=signed.until)

    assert (state.standing, state.excepted_until, state.may_start) == (
        "excepted", signed.until, True,
    )  # fmt: skip
    assert ended.standing == "out_of_service"


def test_an_exception_does_not_cover_what_was_found_after_it() -> None:
    named = frozenset({"unit_major_defect"})
    signed = Exemption(named, frozenset({"d"}), NOW + timedelta(hours=2))

    state = found(
        checks=(a_check(),),
        defects=(a_defect("major"), a_defect("major", id="newer")),
        exemptions=(signed,),
    )

    assert state.standing == "out_of_service"


def test_an_exception_for_a_defect_is_none_for_a_missing_check() -> None:
    signed = Exemption(frozenset({"unit_major_defect"}), frozenset({"d"}), NOW + timedelta(hours=2))

    state = found(defects=(a_defect("major"),), exemptions=(signed,))

    assert state.standing == "check_needed"
    assert [reason.code for reason in state.blocking] == ["unit_unchecked"]


def test_a_unit_that_the_office_has_taken_off_is_out_of_service() -> None:
    unit = Unit("u", "214", "214", "plow_truck", 29_937, status="out_of_service")

    assert codes(found(unit=unit, checks=(a_check(),))) == ["unit_at_rest"]
