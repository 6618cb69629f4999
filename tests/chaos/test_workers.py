"""Several servers over one database: no position is hidden, and news reaches everybody."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

import pytest
import requests

from asset_model.facts import Comment
from asset_model.sync.wire import Group, Page, Pull, Terms
from field_app.sync.http import HttpTransport
from field_app.sync.live import LiveLine
from sync_server.high_water import read
from sync_server.tables import Device, JournalEntry
from tests.chaos.fleet import enrolled, serving
from tests.processes import all_killed
from tests.sync import rig, town
from tests.threads import PATIENCE_S, Doing, together

WORKERS, WRITERS, PUSHES, GROUPS = 3, 3, 8, 3


@pytest.fixture
def free_ports() -> list[int]:
    """As many ports of the loopback as there are workers, that nobody listens on."""
    import socket

    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(WORKERS)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextmanager
def at_work(url: str, folder: Path, ports: Sequence[int]) -> Iterator[list[str]]:
    """The addresses of as many servers, started at the same moment."""
    workers = [serving(url, folder, port) for port in ports]
    with all_killed(*workers):
        up = together(*[worker.up for worker in workers])
        yield [worker.address.removesuffix("/health") for worker in up]


def token_of(served: rig.Server, code: str, folder: Path) -> str:
    return enrolled(served.database, code, folder / code, "")


def _groups(writer: int, push: int) -> list[Group]:
    """Words on orders that the other writers write on too, and a change of the order itself."""
    chance = Random(f"{writer}.{push}")
    order = town.order_id(chance.choice((1, 3)))
    return [
        rig.group(
            rig.comment(order, f"{writer}.{push}.{n}"),
            rig.edit("work_order", order, {}, description=f"mot{writer}.{push}.{n}"),
        )
        for n in range(GROUPS)
    ]


def test_a_reader_at_one_server_misses_nothing_that_is_written_at_others(
    served: rig.Server, database_url: str, tmp_path: Path, free_ports: list[int]
) -> None:
    tokens = [token_of(served, code, tmp_path) for code in ("T1", "T3", "B1")]
    done = threading.Event()

    with at_work(database_url, tmp_path / "server", free_ports) as addresses:
        reader = HttpTransport(addresses[1], tokens[2])
        follower = Doing(_followed, reader, done)
        together(*map(partial, [_write] * WRITERS, range(WRITERS), addresses, tokens))
        done.set()
        told = follower.end()
        reader.close()

    written = {comment.text: comment.id for comment in served.rows(Comment)}
    assert len(written) == WRITERS * PUSHES * GROUPS
    assert sorted(row for table, row in told if table == "comment") == sorted(written.values())
    assert {entry.result for entry in served.rows(JournalEntry) if entry.device_id} <= {
        "applied",
        "merged",
    }


def _write(writer: int, address: str, token: str) -> None:
    """What a tablet does, and nobody sends anything twice: the server settles collisions."""
    transport = HttpTransport(address, token)
    for push in range(PUSHES):
        transport.push(rig.a_push(*_groups(writer, push)))
    transport.close()


def _followed(reader: HttpTransport, done: threading.Event) -> list[tuple[str, str]]:
    """Every row told, page after page, each asked for after the last position told.

    Comments are written once: one told twice, or never, was hidden or told again.
    """
    terms = reader.pull(Pull(schema=1, epoch=None, scope=None, positions={}))
    assert isinstance(terms, Terms)
    positions, told, last_look = dict.fromkeys(terms.buckets, 0), [], False
    while not last_look:
        last_look = done.is_set()
        more = True
        while more:
            asked = Pull(schema=1, epoch=terms.epoch, scope=terms.scope, positions=positions)
            page = reader.pull(asked)
            assert isinstance(page, Page)
            told += [(table.table, row[2]) for table in page.tables for row in table.rows]
            positions, more = dict.fromkeys(positions, page.position), page.more
    return told


def test_news_of_a_push_at_one_server_reaches_a_tablet_that_listens_to_another(
    served: rig.Server, database_url: str, tmp_path: Path, free_ports: list[int]
) -> None:
    writing, listening = (token_of(served, code, tmp_path) for code in ("T1", "T3"))
    heard = threading.Semaphore(0)

    with at_work(database_url, tmp_path / "server", free_ports[:2]) as (here, there):
        line = LiveLine(there, listening, random=Random(1), news=heard.release)
        line.start()
        assert heard.acquire(timeout=PATIENCE_S), "never connected"
        transport = HttpTransport(here, writing)
        transport.push(rig.a_push(rig.group(rig.comment(town.order_id(1)))))
        reached = heard.acquire(timeout=PATIENCE_S)
        transport.close()
        line.stop()

    assert reached


def test_servers_that_start_together_on_an_empty_database_make_it_once(
    database_url: str, tmp_path: Path, free_ports: list[int]
) -> None:
    with at_work(database_url, tmp_path / "server", free_ports) as addresses:
        answers = [requests.get(f"{address}/health", timeout=30).json() for address in addresses]

    assert [answer["ok"] for answer in answers] == [True] * WORKERS
    mark = read(tmp_path / "server")
    assert mark is not None
    assert len(mark.positions) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_server_of_a_data_folder_has_the_office_and_the_others_leave_it_alone(
    served: rig.Server, database_url: str, tmp_path: Path, free_ports: list[int]
) -> None:
    first, second = (
        serving(database_url, tmp_path / "server", port, office=True) for port in free_ports[:2]
    )
    with all_killed(first, second):
        first.up()
        token = _office_token(served)
        second.up()
        pages = [
            requests.get(each.address.replace("health", "office/"), timeout=30).status_code
            for each in (first, second)
        ]

    assert "this one serves none" in second.said
    assert pages == [200, 404]
    assert _office_token(served) == token


def _office_token(served: rig.Server) -> str:
    """By which the office's own replica is let in: as a hash."""
    (office,) = (device for device in served.rows(Device) if device.code == "BUREAU")
    token: str = office.token_hash
    return token
