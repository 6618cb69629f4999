"""A fleet of simulated tablets for the capacity of a server: few bytes of state each, real lines.

`python -m tests.bench.fleet ADDRESS TOKENS` in a process of its own. Words: enter, idle, work,
idle_calm, work_calm, listen. Each tablet has one kept-alive connection, and speaks HTTP by hand:
a client library would cost more processor time than the server that is measured.
"""

import asyncio
import json
import sys
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from asset_model.base import instant
from asset_model.ids import uuid7
from asset_model.sync.wire import PROTOCOL
from asset_model.tables import SCHEMA
from tests.bench.speaking import say
from tests.sync.town import named

FLAT_OUT_S = 6.0
"""So long everyone asks again and again."""

CALM_S = 15.0
"""As tablets do by themselves: one round each in so long, spread evenly."""

QUIET_S = 10.0

ASPHALT = named("part", "asphalt")
NOTHING_HELD: dict[str, Any] = {
    "schema": SCHEMA,
    "protocol": PROTOCOL,
    "epoch": None,
    "scope": None,
    "positions": {},
    "digests": {},
    "waiting": [],
    "heard": 0,
}

_random = Random(5)


def _new_id() -> str:
    return uuid7(datetime.now(UTC), _random)


@dataclass
class Simulated:
    """One tablet: its line, what it holds of the server's history, the orders of its crew."""

    token: str
    person: str
    order: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    pull: dict[str, Any] = field(default_factory=lambda: dict(NOTHING_HELD))
    description: str | None = None
    made: int = 0

    async def ask(self, path: str, message: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps(message, separators=(",", ":")).encode()
        packed = len(body) >= 1_000
        head = (
            f"POST {path} HTTP/1.1\r\nHost: server\r\nAuthorization: Bearer {self.token}\r\n"
            "Content-Type: application/json\r\nAccept-Encoding: gzip\r\n"
        )
        if packed:
            body = zlib.compress(body, 6)
            head += "Content-Encoding: deflate\r\n"
        self.writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer: dict[str, Any] = json.loads(await self._answer())
        return answer

    async def _answer(self) -> bytes:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = head.partition("content-length: ")[2].partition("\r\n")[0]
        body = await self.reader.readexactly(int(length))
        if " 200 " not in head.partition("\r\n")[0]:
            raise RuntimeError(f"{head[:60]!r}: {body[:200]!r}")
        return zlib.decompress(body, 31) if "content-encoding: gzip" in head else body

    async def read_on(self) -> None:
        """Ask for what is new until there is nothing more."""
        more = True
        while more:
            told = await self.ask("/sync/v1/pull", self.pull)
            if "asked" not in told:
                positions = dict.fromkeys(told["buckets"], 0)
                self.pull |= {k: told[k] for k in ("epoch", "scope")} | {"positions": positions}
                continue
            reached = {b: max(p, told["position"]) for b, p in self.pull["positions"].items()}
            self.pull["positions"], more = reached, told["more"]

    async def idle(self) -> None:
        """A pull that brings nothing, as most are."""
        await self.ask("/sync/v1/pull", self.pull)

    async def work(self) -> None:
        """One group of four changes, handed over and answered; then what is new for the crew."""
        told = await self.ask("/sync/v1/push", self._push())
        turned_down = [o for o in told["outcomes"] if o["result"] != "applied"]
        if turned_down or len(told["outcomes"]) != 4:
            raise RuntimeError(str(turned_down[:1]))
        await self.read_on()

    def _push(self) -> dict[str, Any]:
        at, before = instant(datetime.now(UTC)), self.description
        self.description = f"Passage {self.made}: joint scellé, surface compactée."
        self.made += 1
        fact = {"work_order_id": self.order, "person_id": self.person}
        edit = {"description": self.description}
        changes = [
            _insert("time_worked", fact | {"started_at": at, "ended_at": at}),
            _insert("material_used", fact | {"part_id": ASPHALT, "quantity": 2.5, "used_at": at}),
            _insert("comment", fact | {"text": "Photo prise du côté nord.", "written_at": at}),
            _change("edit", "work_order", self.order, {"description": before}, edit),
        ]
        group = {"id": _new_id(), "person": self.person, "made_at": at, "changes": changes}
        who = {"schema": SCHEMA, "protocol": PROTOCOL, "install": "bench", "incarnation": "bench"}
        return {**who, "sent_at": at, "groups": [group]}


def _insert(table: str, after: dict[str, Any]) -> dict[str, Any]:
    return _change("insert", table, _new_id(), {}, after)


def _change(
    op: str, table: str, row: str, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    shared = {"id": _new_id(), "table": table, "row": row}
    return {**shared, "op": op, "before": before, "after": after}


Deed = Callable[[Simulated], Awaitable[None]]


class Fleet:
    def __init__(self, address: str, told: list[dict[str, Any]]) -> None:
        self.host, _, self.port = address.removeprefix("http://").partition(":")
        self.told = told
        self.tablets: list[Simulated] = []
        self.lines: list[asyncio.StreamWriter] = []

    async def enter(self) -> dict[str, Any]:
        """All of them connect, and read what they do not have."""
        for one in self.told:
            line = await asyncio.open_connection(self.host, int(self.port))
            self.tablets.append(Simulated(**one, reader=line[0], writer=line[1]))
        for tablet in self.tablets:
            await tablet.read_on()
        return {"tablets": len(self.tablets)}

    async def flat_out(self, deed: Deed) -> dict[str, Any]:
        """Everyone at once, again and again: what the server can do at most."""
        began = perf_counter()

        async def again(tablet: Simulated) -> list[float]:
            spans = []
            while perf_counter() < began + FLAT_OUT_S:
                spans.append(await _timed(deed, tablet))
            return spans

        spans = await asyncio.gather(*map(again, self.tablets))
        return _summary([s for part in spans for s in part], perf_counter() - began)

    async def calm(self, deed: Deed) -> dict[str, Any]:
        """As tablets do by themselves, spread over their pause: how long one waits."""

        async def in_turn(place: int, tablet: Simulated) -> float:
            await asyncio.sleep(CALM_S * place / len(self.tablets))
            return await _timed(deed, tablet)

        began = perf_counter()
        spans = await asyncio.gather(*(in_turn(n, t) for n, t in enumerate(self.tablets)))
        return _summary(spans, perf_counter() - began)

    async def listen(self) -> dict[str, Any]:
        """Every tablet opens its live line."""
        for one in self.told:
            reader, writer = await asyncio.open_connection(self.host, int(self.port))
            head = "GET /sync/v1/events HTTP/1.1\r\nHost: server\r\nAuthorization: Bearer {}"
            writer.write(f"{head.format(one['token'])}\r\n\r\n".encode())
            await reader.readuntil(b"event: connected")
            self.lines.append(writer)
        return {"lines": len(self.lines)}

    async def quiet(self) -> dict[str, Any]:
        """Nothing happens, and the lines are open."""
        await asyncio.sleep(QUIET_S)
        return {"s": QUIET_S}


async def _timed(deed: Deed, tablet: Simulated) -> float:
    began = perf_counter()
    await deed(tablet)
    return perf_counter() - began


def _summary(spans: list[float], took: float) -> dict[str, Any]:
    cuts = quantiles(spans, n=20)
    return {
        "rounds": len(spans),
        "s": took,
        "per_s": len(spans) / took,
        "p50_ms": median(spans) * 1000,
        "p95_ms": cuts[-1] * 1000,
    }


async def main(fleet: Fleet) -> None:
    words: dict[str, Callable[[], Awaitable[dict[str, Any]]]] = {
        "enter": fleet.enter,
        "idle": lambda: fleet.flat_out(Simulated.idle),
        "work": lambda: fleet.flat_out(Simulated.work),
        "idle_calm": lambda: fleet.calm(Simulated.idle),
        "work_calm": lambda: fleet.calm(Simulated.work),
        "listen": fleet.listen,
        "quiet": fleet.quiet,
    }
    say({"ready": True})
    while word := (await asyncio.to_thread(sys.stdin.readline)).strip():
        say(await words[word]())


if __name__ == "__main__":
    asyncio.run(main(Fleet(sys.argv[1], json.loads(Path(sys.argv[2]).read_text()))))
