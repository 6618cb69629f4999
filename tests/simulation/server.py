"""The server of a simulated world: its database, and the door that tablets knock at."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlalchemy.exc import OperationalError

from asset_model.errors import Refused
from asset_model.sync.reading import pull_from, push_from
from sync_server import exchange
from sync_server.http.problems import STATUSES
from sync_server.http.sync import _read
from sync_server.seals import KEY_BYTES, Seals
from sync_server.tables import Device
from tests.simulation.databases import Crash, Fragile, reused
from tests.simulation.letters import Answer, Kind
from tests.sync import town
from tests.sync.town import Clock

DEVICES = {"T1": town.NORTH, "T2": town.SOUTH, "T3": town.NORTH, "B1": None}

MESSAGE_BYTES_MAX = 10_000
"""Small, so that someone who writes much has to be told; a few changes are far below it."""

SEALS = Seals(b"k" * KEY_BYTES)
"""The key lies beside the database: no copy that is put back brings another one."""

_COLUMNS = ("id", "code", "kind", "crew_id", "district_id", "seen_at")
_DEVICE = f"SELECT {', '.join(_COLUMNS)} FROM device WHERE code = ?"


class ServerFailed(Exception):
    """The server answers 500."""


@cache
def template() -> Fragile:
    """A server with its town and its devices, from which each schedule begins."""
    database = Fragile()
    town.fill_server(database)
    for code, crew in DEVICES.items():
        town.add_tablet(database, code, crew)
    return database


@dataclass
class Server:
    clock: Clock
    protocol: int
    """The newest that it speaks."""
    database: Fragile = field(default_factory=lambda: reused("server"))
    refusing: set[str] = field(default_factory=set)
    """Devices whose token has expired."""
    heard: int = 0
    """How often someone knocked."""

    def answer(self, code: str, kind: Kind, body: bytes) -> Answer | None:
        """What comes back, or None: it died over it."""
        self.heard += 1
        try:
            return Answer(200, self._told(code, kind, body))
        except Refused as refusal:
            told = {"error": {"code": refusal.code, "details": refusal.details}}
            return Answer(STATUSES.get(refusal.code, 422), json.dumps(told).encode())
        except (ServerFailed, OperationalError):
            return Answer(500, b'{"error": {"code": "server_error"}}')
        except Crash:
            return None

    def _told(self, code: str, kind: Kind, body: bytes) -> bytes:
        device = self._device(code)
        if len(body) > MESSAGE_BYTES_MAX:
            raise Refused("change_oversized", size=len(body), limit=MESSAGE_BYTES_MAX)
        try:
            data = json.loads(body)
        except ValueError:
            raise Refused("malformed_request", why="cut short") from None
        if kind == "push":
            push = _read(push_from, data)
            self._check_protocol(push.protocol)
            return exchange.push(self.database, device, push, now=self.clock(), seals=SEALS)
        pull = _read(pull_from, data)
        self._check_protocol(pull.protocol)
        return exchange.pull(self.database, device, pull, now=self.clock(), seals=SEALS)

    def _device(self, code: str) -> Device:
        if code in self.refusing:
            raise Refused("device_unknown")
        values = dict(
            zip(_COLUMNS, self.database.raw.execute(_DEVICE, (code,)).fetchone(), strict=True)
        )
        seen_at = values["seen_at"] and datetime.fromisoformat(values["seen_at"])
        return Device(**values | {"seen_at": seen_at})

    def _check_protocol(self, asked: int) -> None:
        if asked > self.protocol:
            raise Refused("protocol_unknown", spoken=self.protocol, asked=asked)
