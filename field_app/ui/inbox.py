"""Where a browser hands over the files that a screen asked it for: one address for each."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from asset_model.ids import NewId

FOLDER = "chosen"


@dataclass(frozen=True)
class Awaited:
    size: int
    arrived: asyncio.Future[bytes] = field(default_factory=asyncio.Future)


class Inbox:
    """The files that screens wait for; in memory only."""

    def __init__(self) -> None:
        self._awaited: dict[str, Awaited] = {}

    def expect(self, size: int, *, new_id: NewId) -> tuple[str, asyncio.Future[bytes]]:
        """The address of a file, relative to the app's, and the file once it is there."""
        name, awaited = new_id(), Awaited(size)
        self._awaited[name] = awaited
        awaited.arrived.add_done_callback(lambda _: self._awaited.pop(name, None))
        return f"{FOLDER}/{name}", awaited.arrived

    def awaited_at(self, path: str) -> Awaited | None:
        _, folder, name = path.rpartition(f"/{FOLDER}/")
        return self._awaited.get(name) if folder else None


async def take(awaited: Awaited, receive: Any, send: Any) -> None:
    """Reads a file as its browser sends it: as long as was told, or it is not taken."""
    data, more = bytearray(), True
    while more and len(data) <= awaited.size:
        message = await receive()
        data += message.get("body", b"")
        more = message.get("more_body", False)
    whole = len(data) == awaited.size
    if whole and not awaited.arrived.done():
        awaited.arrived.set_result(bytes(data))
    await send({"type": "http.response.start", "status": 204 if whole else 400, "headers": []})
    await send({"type": "http.response.body", "body": b""})
