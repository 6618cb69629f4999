"""A town at `/ogc`, on a real server, and who asks there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import requests
from sqlalchemy import URL

from asset_model.database import Database, open_database
from asset_model.ids import uuid7
from asset_model.vocabulary import Role
from sync_server import desk
from sync_server.app import create_app
from sync_server.ogc.keys import make_key
from tests.layers import town
from tests.server.listening import listening

TIMEOUT_S = 20
LIGHTS = 25
"""On a row from west to east, so that pages and boxes have something to cut."""


@dataclass
class Client:
    """A program that reads `/ogc` with a key."""

    root: str
    key: str
    database: Database
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, **query: str) -> requests.Response:
        """Get a path under the root, or an address that a link gave."""
        address = path if path.startswith("http") else self.root + path
        headers = {"Authorization": f"Bearer {self.key}"} | self.headers
        with requests.Session() as http:
            http.trust_env = False
            return http.get(address, params=query, headers=headers, timeout=TIMEOUT_S)

    def read(self, path: str, **query: str) -> Any:
        answer = self.ask(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def items(self, layer: str, **query: str) -> Any:
        return self.read(f"/collections/{layer}/items", **query)

    def tags(self, layer: str, **query: str) -> set[str]:
        found = self.items(layer, **{"limit": "1000", **query})["features"]
        return {feature["properties"]["tag"] for feature in found}


def fill(database: Database) -> None:
    town.fill(database)
    lights = [
        town.asset("street_light", f"RANG-{n:02}", "Point", [-75.9 + n / 1000, 45.6])
        for n in range(LIGHTS)
    ]
    changes = [desk.inserted(light, new_id=town.new_id) for light in lights]
    with database.writing() as session:
        desk.write(session, changes, now=town.NOW, new_id=town.new_id)


def a_key(database: Database, role: Role = Role.AUDITOR, **more: Any) -> str:
    told = {"layers": None, "expires_at": None, "now": town.NOW} | more
    with database.writing() as session:
        return make_key(session, told.pop("name", town.new_id()), role=role, **told)


@contextmanager
def serving(url: str | URL) -> Iterator[Client]:
    database = open_database(url)
    fill(database)
    chance = Random(3)
    app = create_app(database, clock=lambda: town.NOW, new_id=lambda: uuid7(town.NOW, chance))
    with listening(app) as address:
        yield Client(f"{address}/ogc", a_key(database), database)
    database.close()


@pytest.fixture(scope="session")
def ogc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One server for all tests that only read: over SQLite."""
    folder: Path = tmp_path_factory.mktemp("ogc")
    with serving(f"sqlite:///{folder / 'town.sqlite'}") as client:
        yield client


@pytest.fixture(scope="session")
def over_postgresql(postgres_server: URL) -> Iterator[Client]:
    name = f"voirie_ogc_{uuid4().hex}"
    _on(postgres_server, f"CREATE DATABASE {name} TEMPLATE template0")
    with serving(postgres_server.set(database=name)) as client:
        yield client
    _on(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Client:
    """A server over each engine, for what is said in SQL: nobody writes there."""
    over = "ogc" if request.param == "sqlite" else "over_postgresql"
    client: Client = request.getfixturevalue(over)
    return client


@pytest.fixture
def alone(database_url: str) -> Iterator[Client]:
    """A server of the test's own, over each engine."""
    with serving(database_url) as client:
        yield client


def _on(server: URL, statement: str) -> None:
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())
