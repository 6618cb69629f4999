"""Signing in by PIN: wrong tries are counted on disk, and each further one costs more."""

import pytest

from asset_model.errors import Refused
from field_app.actions import sign_in
from field_app.actions.sign_in import check_pin, people_here
from field_app.store.local import SignInAttempts
from tests.sync.rig import Tablet
from tests.sync.town import ANNE, LUC, MARC

PIN, WRONG = "1234", "0000"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash is slow on purpose, and tested by itself: here a PIN is right by its letters."""
    monkeypatch.setattr(sign_in, "verify_pin", lambda pin, _: pin == PIN)


def attempt(tablet: Tablet, pin: str, person: str = LUC) -> Refused | None:
    with tablet.database.writing() as session:
        return check_pin(session, person, pin, now=tablet.clock())


def told(tablet: Tablet, pin: str, person: str = LUC) -> tuple[str, dict[str, int]] | None:
    refused = attempt(tablet, pin, person)
    return None if refused is None else (refused.code, refused.details)


def test_the_right_pin_signs_in_without_signal(tablet: Tablet) -> None:
    assert attempt(tablet, PIN) is None


def test_a_wrong_pin_says_how_many_tries_are_left(tablet: Tablet) -> None:
    assert [told(tablet, WRONG) for _ in range(4)] == [
        ("pin_wrong", {"left": left}) for left in (4, 3, 2, 1)
    ]


def lock(tablet: Tablet) -> None:
    for _ in range(5):
        attempt(tablet, WRONG)


def test_the_fifth_wrong_pin_locks_for_five_minutes(tablet: Tablet) -> None:
    for _ in range(4):
        attempt(tablet, WRONG)

    assert told(tablet, WRONG) == ("pin_locked", {"minutes": 5})


def test_the_right_pin_does_not_open_a_lock(tablet: Tablet) -> None:
    lock(tablet)
    tablet.clock.forward(minutes=4, seconds=59)

    assert told(tablet, PIN) == ("pin_locked", {"minutes": 1})


def test_the_lock_opens_by_itself(tablet: Tablet) -> None:
    lock(tablet)
    tablet.clock.forward(minutes=5)

    assert attempt(tablet, PIN) is None


def test_a_lock_says_at_once_what_it_says_a_moment_later(tablet: Tablet) -> None:
    for _ in range(4):
        attempt(tablet, WRONG)

    assert told(tablet, WRONG) == told(tablet, WRONG) == ("pin_locked", {"minutes": 5})


def test_each_wrong_pin_after_a_lock_doubles_it_up_to_a_day(tablet: Tablet) -> None:
    lock(tablet)
    minutes = []
    for _ in range(12):
        tablet.clock.forward(days=1)
        refused = attempt(tablet, WRONG)
        assert refused is not None
        minutes.append(refused.details["minutes"])

    assert minutes[:8] == [10, 20, 40, 80, 160, 320, 640, 1280]
    assert minutes[8:] == [1440] * 4


def test_trying_while_locked_does_not_lengthen_the_lock(tablet: Tablet) -> None:
    lock(tablet)
    for _ in range(20):
        attempt(tablet, WRONG)
    tablet.clock.forward(minutes=5)

    assert attempt(tablet, PIN) is None


def test_the_right_pin_forgets_the_wrong_ones(tablet: Tablet) -> None:
    for _ in range(4):
        attempt(tablet, WRONG)
    attempt(tablet, PIN)

    assert told(tablet, WRONG) == ("pin_wrong", {"left": 4})


def test_wrong_pins_of_one_person_do_not_lock_another_out(tablet: Tablet) -> None:
    lock(tablet)

    assert attempt(tablet, PIN, ANNE) is None


def test_a_restart_forgets_no_wrong_pin(tablet: Tablet) -> None:
    for _ in range(3):
        attempt(tablet, WRONG)

    (kept,) = tablet.all(SignInAttempts)
    assert (kept.person_id, kept.wrong) == (LUC, 3)
    assert told(tablet, WRONG) == ("pin_wrong", {"left": 1})


def test_a_clock_set_back_ten_years_begins_the_lock_anew_and_no_more(tablet: Tablet) -> None:
    lock(tablet)
    tablet.clock.forward(days=-3650)

    assert told(tablet, PIN) == ("pin_locked", {"minutes": 5})
    tablet.clock.forward(minutes=5)
    assert attempt(tablet, PIN) is None


def test_somebody_who_is_not_of_this_tablet_has_no_right_pin(tablet: Tablet) -> None:
    assert told(tablet, PIN, MARC) == ("pin_wrong", {"left": 4})


def test_those_of_the_crew_can_sign_in_here_by_name(tablet: Tablet) -> None:
    with tablet.database.reading() as session:
        assert [person.name for person in people_here(session)] == ["Anne Gagnon", "Luc Tremblay"]


def test_somebody_who_left_is_not_among_them(tablet: Tablet) -> None:
    tablet.link.server.set("person", LUC, active=False)
    tablet.sync()

    with tablet.database.reading() as session:
        assert [person.name for person in people_here(session)] == ["Anne Gagnon"]


def test_somebody_who_left_does_not_sign_in_with_the_right_pin(tablet: Tablet) -> None:
    tablet.link.server.set("person", LUC, active=False)
    tablet.sync()

    assert attempt(tablet, PIN) is not None


def test_signing_in_sends_nothing(tablet: Tablet) -> None:
    attempt(tablet, WRONG)
    attempt(tablet, PIN)

    assert tablet.changes() == []
