"""A burst: many senders at once, some of them twice; nothing is lost or doubled, crews go on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from asset_model.facts import Comment
from asset_model.incidents import Incident, Report, ReportPhoto
from field_app.actions.facts import comment
from sync_server.feed_check import feed_findings
from sync_server.intake import line
from sync_server.intake.receiving import receive_all
from sync_server.intake.tables import ReportContact, ReportLink
from sync_server.open311.sending import given_of, sent_of
from tests.intake.clients import Client, a_picture, a_request
from tests.intake.pages import details
from tests.sync import rig
from tests.sync.town import order_id

SENDINGS, TWICE, WITH_PHOTO = 160, 40, 8
CONNECTIONS = 12
PICTURE = a_picture()
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not depend on the engine; a database in memory serves one at a time."""


def sendings(client: Client) -> list[dict[str, Any]]:
    """What is posted, in the order in which it is: a part of it comes again soon after."""
    chance = Random(311)
    once = [
        {
            "data": a_request(
                api_key=client.key,
                lat=f"{45.4 + chance.uniform(0, 0.002):.6f}",
                description=f"Trou {n}",
                email=f"citoyen{n}@exemple.ca",
            ),
            "files": {"photo1": ("1.jpg", PICTURE, "image/jpeg")} if n < WITH_PHOTO else None,
        }
        for n in range(SENDINGS)
    ]
    whole = [*once, *once[:TWICE]]
    chance.shuffle(whole)
    return whole


def test_a_burst_is_taken_in_once_and_whole_while_a_crew_synchronizes(
    over_either: Client, tmp_path: Path
) -> None:
    client = over_either
    crew = rig.a_tablet(client.server, tmp_path / "crew")

    with ThreadPoolExecutor(CONNECTIONS) as several:
        answers = several.map(lambda sending: client.post(**sending), sendings(client))
        for n in range(5):
            crew.do(comment, order_id(1), f"Fait {n}.")
            crew.sync()
        told = [(answer.status_code, answer.json()[0]) for answer in answers]

    assert [status for status, _ in told].count(201) == SENDINGS, told
    assert [status for status, _ in told].count(200) == TWICE
    assert len({each["service_request_id"] for _, each in told}) == SENDINGS
    counts = {
        model: len(client.server.rows(model)) for model in (Report, ReportContact, ReportLink)
    }
    assert set(counts.values()) == {SENDINGS}
    assert len(client.server.rows(ReportPhoto)) == WITH_PHOTO
    incidents = client.server.rows(Incident)
    assert sum(incident.reports_count for incident in incidents) == SENDINGS > len(incidents)
    assert list(feed_findings(client.server.database, mend=False)) == []
    crew.sync()
    assert crew.states() == ["settled"] * 5
    assert {each.text for each in client.server.rows(Comment)} >= {f"Fait {n}." for n in range(5)}
    theirs = {each.id for each in incidents if each.district_id is not None}
    assert {each.id for each in crew.all(Incident)} == theirs


def test_reports_of_one_write_know_of_each_other(desk: rig.Server) -> None:
    """Forty of one hole in one write: the first founds what the others join."""
    with desk.database.reading() as session:
        several = [
            sent_of(session, given_of(list(a_request(description=f"Trou {n}").items()), None), (),
                    by="APP", now=desk.clock())
            for n in range(40)
        ]  # fmt: skip

    with desk.database.writing() as session:
        received = receive_all(session, [*several, several[0]], now=desk.clock(), new_id=rig.an_id)

    (incident,) = desk.rows(Incident)
    assert incident.reports_count == 40
    assert [each.again for each in received] == [False] * 40 + [True]
    assert received[0].secret == received[40].secret


def test_more_reports_ask_hardly_more_of_the_database(over_either: Client) -> None:
    """Each question is a wait where the database is a process of its own."""
    client = over_either
    town = client.server
    said = [each["data"] for each in sendings(client)]

    def asked_for(requests: list[dict[str, str]]) -> int:
        with town.database.reading() as session:
            several = [
                sent_of(session, given_of(list(each.items()), None), (), by="APP", now=town.clock())
                for each in requests
            ]
        with counted(town) as asked, town.database.writing() as session:
            receive_all(session, several, now=town.clock(), new_id=rig.an_id)
        return len(asked)

    sixteen, thirty_two = asked_for(said[:16]), asked_for(said[16:48])
    with counted(town) as alone:
        assert client.post(data=said[48]).status_code == 201

    assert sixteen <= 36
    assert thirty_two <= 42
    assert len(alone) <= 34


@contextmanager
def counted(town: rig.Server) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        asked.append(statement)

    engine = town.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@on_sqlite
def test_one_that_cannot_be_kept_takes_none_with_it(
    over_either: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def picky(session: Any, several: Any, **more: Any) -> Any:
        if any(sent.description == "Trou 3" for sent in several):
            raise ValueError("not this one")
        return receive_all(session, several, **more)

    client = over_either
    monkeypatch.setattr(line, "receive_all", picky)
    said = [a_request(api_key=client.key, description=f"Trou {n}") for n in range(12)]

    with ThreadPoolExecutor(CONNECTIONS) as several:
        codes = list(several.map(lambda each: client.post(data=each).status_code, said))

    assert codes == [201] * 3 + [500] + [201] * 8
    assert len(client.server.rows(Report)) == 11


@on_sqlite
def test_a_slow_machine_takes_fewer_at_once(
    over_either: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counted(session: Any, several: Any, **more: Any) -> Any:
        sizes.append(len(several))
        return receive_all(session, several, **more)

    client = over_either
    monkeypatch.setattr(line, "receive_all", counted)
    monkeypatch.setattr(line, "PATIENCE_S", 0.0)
    monkeypatch.setattr(line, "AT_LEAST", 4)
    said = [a_request(api_key=client.key, description=f"Trou {n}") for n in range(36)]

    with ThreadPoolExecutor(CONNECTIONS) as several:
        codes = list(several.map(lambda each: client.post(data=each).status_code, said))

    assert codes == [201] * 36
    assert sum(sizes) == 36
    assert max(sizes[1:]) <= line.AT_LEAST


@on_sqlite
def test_the_public_page_waits_in_the_same_line(over_either: Client) -> None:
    client = over_either
    visitors = [details(client) for _ in range(4)]

    with ThreadPoolExecutor(4) as several:
        sent = several.map(
            lambda visitor: visitor.fill("/send", description="Trou", q_profondeur="grand"),
            visitors,
        )
        assert [visitor.page.status_code for visitor in sent] == [200] * 4

    assert len(client.server.rows(Report)) == 4
