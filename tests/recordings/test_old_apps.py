"""A tablet of any protocol ever released can hand over its outbox, and is answered in its words."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from asset_model.database import open_database
from asset_model.facts import TimeWorked
from asset_model.sync.reading import pull_from, push_from
from asset_model.sync.wire import SPOKEN
from asset_model.work_orders import WorkOrder
from sync_server import exchange
from tests.sync import town
from tests.sync.rig import Server, with_devices

FOLDER = Path(__file__).parent
RECORDINGS = sorted(FOLDER.glob("protocol_*.json"))


@pytest.fixture
def server(database_url: str) -> Any:
    database = open_database(database_url)
    town.fill_server(database)
    yield with_devices(Server(database))
    database.close()


def replay(server: Server, heard: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say it all again; what today's server answers."""
    device = server.devices["T1"]
    answers = []
    for said in heard:
        if "push" in said:
            message = push_from(said["push"])
            answers.append(exchange.push(server.database, device, message, now=server.clock()))
        else:
            pull = pull_from(said["pull"])
            answers.append(exchange.pull(server.database, device, pull, now=server.clock()))
    return [json.loads(answer) for answer in answers]


def test_every_protocol_spoken_has_its_recording() -> None:
    assert [f"protocol_{spoken}.json" for spoken in SPOKEN] == [file.name for file in RECORDINGS]


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda file: file.stem)
def test_its_outbox_is_answered_as_it_was_then(server: Server, recording: Path) -> None:
    heard = json.loads(recording.read_text("utf-8"))

    answers = replay(server, heard)

    results = [
        [[outcome["result"], outcome["code"]] for outcome in answer["outcomes"]]
        for said, answer in zip(heard, answers, strict=True)
        if "push" in said
    ]
    assert results == [said["results"] for said in heard if "push" in said]
    assert {answer["protocol"] for answer in answers} == {heard[0]["pull"]["protocol"]}


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda file: file.stem)
def test_saying_it_all_twice_has_one_effect(server: Server, recording: Path) -> None:
    heard = json.loads(recording.read_text("utf-8"))

    replay(server, heard)
    replay(server, heard)

    with server.database.reading() as session:
        order = session.get_one(WorkOrder, town.order_id(1))
        hours = session.scalar(select(func.count()).select_from(TimeWorked))
        orders = session.scalar(select(func.count()).select_from(WorkOrder))
    assert (order.status, hours, orders) == ("done", 1, 5)
