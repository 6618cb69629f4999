"""Who changes crew signs in on the tablets of the new one, and no longer on those of the old."""

from pathlib import Path

import pytest

from asset_model.people import Credential
from field_app.actions.sign_in import check_pin, people_here
from tests.sync.rig import Server, Tablet, a_tablet, edit, insert
from tests.sync.town import ANNE, LUC, NORTH, SOUTH


def here(tablet: Tablet) -> list[str]:
    tablet.sync()
    with tablet.database.reading() as session:
        return [person.id for person in people_here(session)]


def may_sign_in(tablet: Tablet, person: str) -> bool:
    with tablet.database.writing() as session:
        return check_pin(session, person, "1234", now=tablet.clock()) is None


def test_their_sign_in_goes_with_them(served: Server, tmp_path: Path) -> None:
    north, south = a_tablet(served, tmp_path), a_tablet(served, tmp_path, "T2")
    assert LUC in here(north)

    served.set("person", LUC, crew_id=SOUTH)

    assert (LUC in here(north), LUC in here(south)) == (False, True)
    assert (may_sign_in(north, LUC), may_sign_in(south, LUC)) == (False, True)
    for tablet in (north, south):
        tablet.database.close()


def test_those_who_stay_still_sign_in(served: Server, tmp_path: Path) -> None:
    north = a_tablet(served, tmp_path)

    served.set("person", LUC, crew_id=SOUTH)

    assert here(north) == [ANNE]
    assert may_sign_in(north, ANNE)
    north.database.close()


def test_who_leaves_every_crew_signs_in_at_the_office_only(server: Server) -> None:
    server.set("person", LUC, crew_id=None)

    assert {c.buckets for c in server.rows(Credential) if c.person_id == LUC} == {"office"}


@pytest.mark.parametrize("first", ["person", "credential"])
def test_a_new_pin_in_the_same_write_goes_along(server: Server, first: str) -> None:
    move = edit("person", LUC, {"crew_id": NORTH}, crew_id=SOUTH)
    pin = insert("credential", person_id=LUC, pin_hash="x")

    server.write(*([move, pin] if first == "person" else [pin, move]))

    buckets = {c.buckets for c in server.rows(Credential) if c.person_id == LUC}
    assert buckets == {f"crew:{SOUTH} office"}
