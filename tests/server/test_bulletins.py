"""The doors of bulletins: told to the office, in the name of somebody who may read them."""

from collections.abc import Iterator

import pytest

from asset_model.bulletins import READERS
from asset_model.vocabulary import Role
from sync_server.app import create_app
from sync_server.bulletins.telling import BULLETINS
from sync_server.enrolment import Place, add_device
from sync_server.http.bulletins import PERSON
from sync_server.upkeep_tables import MadeCampaign
from tests.definition.answers import check_answer
from tests.server.listening import Caller, calling, listening, refusal
from tests.sync.rig import Server, an_id, insert

QUESTIONS = {
    "dashboard-list": "?figure=overdue",
    "figures-list": "?figure=cost",
    "campaign-ready": "?id=c",
}
WHO = [(name, role) for name in BULLETINS for role in Role]


@pytest.fixture
def office(server: Server) -> Iterator[Caller]:
    """The office's own device; somebody of each role works here, and one who has left."""
    with server.database.writing() as session:
        made = add_device(session, Place("BUREAU", "office"), now=server.clock(), new_id=an_id)
    server.write(
        *(insert("person", f"a {role}", name=role, role=role, active=True) for role in Role),
        insert("person", "gone", name="Gone", role="director", active=False),
        insert("asset", "201", tag="201", name="201", class_code="vehicle", attributes={}),
    )
    wanted = {"name": "Hiver", "begins": "2026-11-01", "ends": "2026-12-01", "class": "vehicle"}
    with server.database.writing() as session:
        session.add(
            MadeCampaign(
                id="c", name="Hiver", wanted=wanted, person_id="a director", made_at=server.clock()
            )
        )
    with listening(create_app(server.database, clock=server.clock, new_id=an_id)) as address:
        caller = Caller(address, made.token)
        yield caller
        caller.close()


def test_every_bulletin_has_its_readers_and_every_reader_a_bulletin() -> None:
    assert READERS.keys() == BULLETINS.keys()


def test_each_bulletin_is_told_to_its_readers_and_to_nobody_else(office: Caller) -> None:
    told = set()
    for name, role in WHO:
        path = f"/bulletins/{name}{QUESTIONS.get(name, '')}"
        answer = office.ask("GET", path, headers={PERSON: f"a {role}"})
        if answer.ok:
            told.add((name, role))
            check_answer(f"/bulletins/{name}", answer.json())
        else:
            assert refusal(answer) == (403, "role_not_allowed")

    assert told == {(name, role) for name, role in WHO if role in READERS[name]}


@pytest.mark.parametrize(
    ("person", "code"),
    [("", "person_unknown"), ("luke", "person_unknown"), ("gone", "person_inactive")],
)
def test_nobody_is_told_anything_without_a_name(office: Caller, person: str, code: str) -> None:
    answer = office.ask("GET", "/bulletins/dashboard", headers={PERSON: person})

    assert refusal(answer) == (403, code)


def test_a_crews_tablet_is_turned_away_whoever_it_names(server: Server) -> None:
    server.write(insert("person", "d", name="D", role="director", active=True))
    with calling(server) as tablet:
        answer = tablet.ask("GET", "/bulletins/dashboard", headers={PERSON: "d"})

    assert refusal(answer) == (403, "office_only")


@pytest.mark.parametrize(
    "question",
    [
        *("dashboard?month=0001-01", "dashboard?week=0001-01-01", "dashboard?week=9999-12-27"),
        *("figures?first=0001-01-01&last=0001-01-02", "figures?last=9999-12-31"),
        "campaign-ready?id=c&on=9999-12-31",
    ],
)
def test_days_at_the_ends_of_the_calendar_are_refused(office: Caller, question: str) -> None:
    answer = office.ask("GET", f"/bulletins/{question}", headers={PERSON: "a director"})

    assert refusal(answer) == (422, "bad_value")


def test_there_is_no_bulletin_of_another_name(office: Caller) -> None:
    answer = office.ask("GET", "/bulletins/moon", headers={PERSON: "a director"})

    assert refusal(answer) == (404, "not_found")
