"""The circle check on the screen: item by item, then the signature, then what it came to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.fleet import Defect, Inspection
from tests.ui.fleet import add_fleet, answers, designate, signs, tick
from tests.ui.harness import Screen
from tests.ui.town import Town, found


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    founded = found(tmp_path)
    add_fleet(founded)
    yield founded
    founded.database.close()


def check_of(town: Town, tag: str = "214") -> str:
    return f"/units/{town.ids[tag]}/check"


def all_of(town: Town, model: type[Inspection] | type[Defect]) -> list[Inspection | Defect]:
    with town.database.reading() as session:
        return list(session.query(model))


def says_ok_to_the_rest(town: Town, screen: Screen) -> None:
    for _ in range(50):
        if not screen.has("check-ok"):
            return
        screen.tap("check-ok")
        tick(town)
    raise AssertionError("the check does not end")


def test_a_check_in_order_makes_the_unit_ready(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        assert "1. Attelage" in screen.text
        answers(town, screen)
        assert "Aucune défectuosité." in screen.text
        signs(town, screen)

        assert "L’unité 214 est prête." in screen.text
    (report,) = all_of(town, Inspection)
    assert isinstance(report, Inspection)
    assert (report.signed_name, report.signed_with, report.person_id) == (
        "Luc Bélanger", "pin", town.ids["luc"],
    )  # fmt: skip


def test_a_major_defect_offers_another_unit_at_once(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        answers(town, screen, _6="6.A")
        assert "l’unité 214 est hors service jusqu’à" in screen.text
        signs(town, screen)

        assert "L’unité 214 est hors service" in screen.text
        assert "Prendre une autre unité" in screen.text
        assert screen.has("unit-216")
        screen.tap("to-unit")
        assert "hors service" in screen.text


def test_the_second_press_of_a_glove_answers_nothing(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        screen.tap("check-ok")
        screen.tap("check-ok")

        assert "2. Cadre et carrosserie" in screen.text


def test_a_wrong_pin_signs_nothing(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        answers(town, screen)
        screen.enter("sign-check-pin", "0000")
        screen.tap("sign-check")

        assert "NIP incorrect" in screen.text
    assert all_of(town, Inspection) == []


def test_a_check_survives_a_tablet_that_dies(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        for _ in range(5):
            screen.tap("check-ok")
            tick(town)

    with town.signed_in(route=check_of(town)) as screen:
        assert "6. Essuie-glace et lave-glace" in screen.text


def test_a_unit_says_that_its_check_has_been_begun_to_whoever_began_it(town: Town) -> None:
    page = check_of(town).removesuffix("/check")
    with town.signed_in(route=check_of(town)) as screen:
        screen.tap("check-ok")

    with town.signed_in(route=page) as screen:
        assert "Reprendre la ronde" in screen.text
    with town.signed_in("anne", route=page) as screen:
        assert "Reprendre la ronde" not in screen.text


def test_whoever_comes_next_does_not_go_on_with_somebody_else_s_check(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        screen.tap("check-ok")

    with town.signed_in("anne", route=check_of(town)) as screen:
        assert "1. Attelage" in screen.text


def test_an_answer_can_be_taken_back(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        screen.tap("check-major")
        screen.tap("defect-1.A")
        screen.tap("defect-next")
        tick(town)
        screen.tap("check-back")
        says_ok_to_the_rest(town, screen)
        signs(town, screen)

    assert all_of(town, Defect) == []


def test_what_the_list_does_not_know_is_said_in_words(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        screen.tap("check-minor")
        screen.enter("words", "Chaîne rouillée")
        screen.tap("defect-next")
        tick(town)
        says_ok_to_the_rest(town, screen)
        signs(town, screen)

    (defect,) = all_of(town, Defect)
    assert isinstance(defect, Defect)
    assert (defect.label_fr, defect.severity, defect.defect_code) == (
        "Chaîne rouillée", "minor", None,
    )  # fmt: skip


def test_texts_that_nobody_has_read_officially_say_so(town: Town) -> None:
    with town.signed_in(route=check_of(town)) as screen:
        screen.tap("check-major")

        assert "à confirmer" in screen.text


def test_only_somebody_designated_is_asked_for_whom_they_check(town: Town) -> None:
    designate(town, "réjean")

    for name, is_asked in (("luc", False), ("réjean", True)):
        with town.signed_in(name, route=check_of(town)) as screen:
            answers(town, screen)
            assert screen.has("made-as-designated") is is_asked


def test_a_grader_has_the_operator_s_section_alone(town: Town) -> None:
    with town.signed_in(route=check_of(town, "205")) as screen:
        assert "V5. Gyrophare" in screen.text
        assert "0 sur 2" in screen.text
