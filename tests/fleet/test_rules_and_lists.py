"""Figures and lists as data: which are in force on a day, and what of them is asked."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from asset_model.builtin_lists import builtin_forms
from asset_model.errors import Refused
from asset_model.fleet import InspectionForm, LegalRule
from asset_model.fleet_rules import BUILTIN, check_rule, figures_on, months_after
from asset_model.inspection_forms import asked_of, check_form, every_form

DAY = date(2026, 11, 23)
LIST_1, OWN, *_ = builtin_forms()


def a_rule(on: date, hours: int, code: str = "minor_defect_delay") -> LegalRule:
    return LegalRule(
        code=code, effective_on=on, value={"hours": hours}, label_fr="", label_en="",
        source="Ville", confirmed=True,
    )  # fmt: skip


def an_edition(edition: int, on: date, **more: Any) -> InspectionForm:
    given = {"items": LIST_1.items[:2], "vehicle_kinds": [], "retired_on": None, **more}
    return InspectionForm(
        id=f"e{edition}", code="liste_1", edition=edition, part="legal", title_fr="", title_en="",
        effective_on=on, confirmed=True, **given,
    )  # fmt: skip


def test_the_town_s_figure_holds_from_its_day_on() -> None:
    rules = [a_rule(date(2026, 12, 1), 24), a_rule(date(2026, 1, 1), 36)]

    before, after = figures_on(rules, DAY), figures_on(rules, date(2026, 12, 1))

    assert (before.minor_delay.total_seconds(), after.minor_delay.total_seconds()) == (
        36 * 3_600, 24 * 3_600,
    )  # fmt: skip
    assert before["minor_defect_delay"].named == "minor_defect_delay@2026-01-01"


def test_without_a_figure_of_the_town_the_product_s_own_holds() -> None:
    rules = figures_on([], DAY)

    assert (rules.check_valid.total_seconds(), rules.minor_delay.total_seconds()) == (
        24 * 3_600, 48 * 3_600,
    )  # fmt: skip


def test_reports_are_kept_for_six_months_from_their_date() -> None:
    signed_at = datetime(2026, 8, 31, 12, tzinfo=UTC)

    assert figures_on([], DAY).report_kept_until(signed_at) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2023, 8, 29), 6, date(2024, 2, 29)),
        (date(2026, 12, 15), 24, date(2028, 12, 15)),
    ],
)
def test_months_end_where_there_is_no_such_day(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_what_was_not_read_in_an_official_source_says_so() -> None:
    read = {figure.code for figure in BUILTIN if figure.confirmed}

    assert "minor_defect_delay" not in read
    assert {"circle_check_validity", "circle_check_weight", "circle_check_retention"} <= read
    assert not any(
        defect["confirmed"]
        for form in builtin_forms()
        for item in form.items
        for defect in (*item["minor"], *item["major"])
    )


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("circle_check_validity", {"hours": 0}),
        ("circle_check_validity", {"hours": "24"}),
        ("circle_check_validity", {"days": 1}),
        ("circle_check_validity", 24),
        ("circle_check_exempt", {"kinds": "grader", "tags": []}),
        ("pothole_limits", {"paved": {}, "unpaved": {}, "shoulder": {}}),
        ("speed_of_light", {"kmh": 1}),
    ],
)
def test_a_figure_that_cannot_be_read_is_not_kept(code: str, value: Any) -> None:
    with pytest.raises(Refused, match="form_unreadable"):
        check_rule(code, value)


def test_every_figure_of_ours_can_be_read() -> None:
    for figure in BUILTIN:
        check_rule(figure.code, figure.value)


def test_the_legal_list_comes_whole_and_in_its_order_before_the_operator_s_section() -> None:
    asked = asked_of(builtin_forms(), "plow_truck", ["plow", "spreader"], on=DAY, by_law=True)

    codes = [item["code"] for item in asked.items]
    assert codes == [*(str(n) for n in range(1, 20)), "V1", "V3", "V5", "V6"]
    assert (asked.form_id, asked.own_form_id) == (LIST_1.id, OWN.id)


def test_a_unit_that_the_law_leaves_out_has_the_operator_s_section_alone() -> None:
    asked = asked_of(builtin_forms(), "grader", ["wing"], on=DAY, by_law=False)

    assert [item["code"] for item in asked.items] == ["V2", "V5", "V6"]
    assert (asked.form_id, asked.own_form_id) == (OWN.id, None)


def test_minor_defects_are_numbered_and_major_ones_lettered_as_in_the_schedule() -> None:
    wiper = next(item for item in LIST_1.items if item["code"] == "6")

    assert [d["code"] for d in wiper["minor"]] == ["6.1", "6.2"]
    assert [d["code"] for d in wiper["major"]] == ["6.A"]


def test_the_edition_of_the_day_is_asked() -> None:
    forms = [*builtin_forms(), an_edition(2, date(2026, 12, 1)), an_edition(3, date(2027, 1, 1))]

    used = [
        asked_of(forms, "pickup", [], on=day, by_law=True).form_id
        for day in (DAY, date(2026, 12, 1), date(2027, 6, 1))
    ]

    assert used == [LIST_1.id, "e2", "e3"]


def test_a_list_for_this_kind_comes_before_one_for_all_and_a_retired_one_not_at_all() -> None:
    buses = an_edition(2, date(2020, 1, 1), vehicle_kinds=["bus"])
    retired = an_edition(3, date(2021, 1, 1), retired_on=DAY)
    forms = [*builtin_forms(), buses, retired]

    assert asked_of(forms, "bus", [], on=DAY, by_law=True).form_id == "e2"
    assert asked_of(forms, "pickup", [], on=DAY, by_law=True).form_id == LIST_1.id


def test_a_list_on_record_stands_in_the_place_of_ours() -> None:
    ours = LIST_1
    on_record = InspectionForm(id=ours.id, code="liste_1", edition=1, part="legal")

    assert [form for form in every_form([on_record]) if form.id == ours.id] == [on_record]


@pytest.mark.parametrize("left", [{}, {"1": "ok"}, {"1": "maybe", "2": "ok"}])
def test_an_item_without_an_answer_is_told(left: dict[str, str]) -> None:
    asked = asked_of([an_edition(2, DAY)], "pickup", [], on=DAY, by_law=True)

    with pytest.raises(Refused, match="check_unanswered"):
        asked.check_answered(left)


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "holy"},
        {"items": []},
        {"items": [{"code": "1"}]},
        {"items": [{"code": "1", "label_fr": "a", "label_en": "b", "minor": "x"}]},
        {"items": [{"code": "1", "label_fr": "a", "label_en": "b"}] * 2},
    ],
)
def test_a_list_that_cannot_be_read_is_not_kept(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="form_unreadable"):
        check_form({"part": "legal", "items": LIST_1.items, **wrong})


def test_the_lists_of_the_product_can_be_read() -> None:
    for form in builtin_forms():
        check_form({"part": form.part, "items": form.items})
