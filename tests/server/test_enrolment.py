"""A device is let in by a code that works once, for a while, and is not easily guessed."""

from datetime import timedelta

import pytest

from asset_model.errors import Refused
from sync_server.enrolment import (
    Enrolled,
    Place,
    add_device,
    check_code,
    device_of,
    enrol,
    keep_device,
    new_code,
)
from sync_server.http.gate import Gate
from sync_server.tables import Device, EnrolmentCode
from tests.server.test_pull import terms_of
from tests.sync.rig import Server, an_id
from tests.sync.town import NORD, NORTH, START, named

PLACE = Place("T214", "tablet", NORTH, NORD)


def a_code(server: Server) -> str:
    with server.database.writing() as session:
        return new_code(session, PLACE, now=START)


def show(server: Server, text: str) -> Enrolled | str:
    """What comes of showing a code: a device, or the code of the refusal."""
    with server.database.writing() as session:
        code = check_code(session, text, now=server.clock())
        if isinstance(code, Refused):
            return code.code
        return enrol(session, code, now=server.clock(), new_id=an_id)


def test_a_code_makes_the_device_it_was_given_for(server: Server) -> None:
    told = show(server, a_code(server))

    assert isinstance(told, Enrolled)
    (device,) = [device for device in server.rows(Device) if device.code == "T214"]
    assert (device.kind, device.crew_id, device.district_id) == ("tablet", NORTH, NORD)
    assert (told.device_id, told.device_code) == (device.id, "T214")


def test_a_code_works_once(server: Server) -> None:
    code = a_code(server)
    show(server, code)

    assert show(server, code) == "code_used"


def test_a_code_works_for_a_day_and_no_longer(server: Server) -> None:
    code = a_code(server)
    server.clock.forward(hours=24)

    assert show(server, code) == "code_expired"


def test_a_code_works_to_its_last_second(server: Server) -> None:
    code = a_code(server)
    server.clock.forward(hours=23, minutes=59, seconds=59)

    assert isinstance(show(server, code), Enrolled)


@pytest.mark.parametrize("spelt", [str.lower, lambda code: code.replace("-", " "), "  {}\n".format])
def test_a_code_is_read_however_it_is_spelt(server: Server, spelt: object) -> None:
    assert callable(spelt)

    assert isinstance(show(server, spelt(a_code(server))), Enrolled)


@pytest.mark.parametrize("text", ["", "----", "ABCD", "ABCD-EFGH-JKMN", "é", "0" * 5_000])
def test_a_code_that_was_never_given_is_not_valid(server: Server, text: str) -> None:
    assert show(server, text) == "code_invalid"


def wrong(code: str) -> str:
    last = "A" if code[-1] != "A" else "B"
    return code[:-1] + last


def test_five_wrong_tries_burn_a_code(server: Server) -> None:
    code = a_code(server)

    told = [show(server, wrong(code)) for _ in range(5)]

    assert told == ["code_invalid"] * 5
    assert show(server, code) == "code_invalid"


def test_four_wrong_tries_leave_it_good(server: Server) -> None:
    code = a_code(server)
    for _ in range(4):
        show(server, wrong(code))

    assert isinstance(show(server, code), Enrolled)


def test_neither_code_nor_token_is_in_the_database(server: Server) -> None:
    code = a_code(server)
    told = show(server, code)

    assert isinstance(told, Enrolled)
    (kept,) = server.rows(EnrolmentCode)
    kept_words = [str(value) for value in vars(kept).values()]
    kept_words += [str(v) for device in server.rows(Device) for v in vars(device).values()]
    assert not [w for w in kept_words if told.token in w or code.replace("-", "")[4:] in w]
    assert kept.secret_hash.startswith("scrypt$")


def test_a_device_is_known_by_its_token(server: Server) -> None:
    told = show(server, a_code(server))
    assert isinstance(told, Enrolled)

    with server.database.reading() as session:
        assert device_of(session, told.token).code == "T214"
        with pytest.raises(Refused, match="device_unknown"):
            device_of(session, told.token + "x")


def test_a_device_enrolled_anew_under_its_name_ends_the_former_one(server: Server) -> None:
    former, new = show(server, a_code(server)), show(server, a_code(server))
    assert isinstance(former, Enrolled)
    assert isinstance(new, Enrolled)

    with server.database.reading() as session:
        assert device_of(session, new.token).id == new.device_id
        with pytest.raises(Refused, match="device_unknown"):
            device_of(session, former.token)


def test_the_office_keeps_its_device_and_takes_a_token_for_each_run(server: Server) -> None:
    office = Place("BUREAU", "office")
    with server.database.writing() as session:
        first = keep_device(session, office, now=START, new_id=an_id)
    with server.database.writing() as session:
        second = keep_device(session, office, now=START, new_id=an_id)

    assert first.device_id == second.device_id
    assert first.token != second.token


def test_a_crew_of_the_code_is_the_scope_of_the_device(server: Server) -> None:
    with server.database.writing() as session:
        add_device(session, PLACE, now=START, new_id=an_id)
    server.devices["T214"] = next(d for d in server.rows(Device) if d.code == "T214")

    assert f"crew:{NORTH}" in terms_of(server, "T214").buckets
    assert f"crew:{named('crew', 'south')}" not in terms_of(server, "T214").buckets


def test_the_gate_lets_so_many_through_a_minute() -> None:
    gate = Gate(passes_per_minute=2)
    gate.pass_through(START)
    gate.pass_through(START + timedelta(seconds=20))

    with pytest.raises(Refused) as refused:
        gate.pass_through(START + timedelta(seconds=50))

    assert refused.value.details == {"seconds": 11}
    gate.pass_through(START + timedelta(seconds=60))
