"""The base map's tiles, told to the map by this machine itself: `/tiles/{look}/{z}/{x}/{y}.png`.

Where an office serves many, the address carries a secret of this run: the network's pipes are for
those who have signed in. A tablet serves loopback alone, and needs none.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from asset_model.base_map import LOOKS
from field_app.store.base_map import NONE, BaseMap

FOLDER = "tiles"
PATH = re.compile(rf"/{FOLDER}/({'|'.join(LOOKS)})/(\d{{1,2}})/(\d{{1,8}})/(\d{{1,8}})\.png$")

NOTHING = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A transparent pixel: the map draws it as large as a tile, and tries no other address."""

FOR_GOOD = "private, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
"""For an address that does not name the edition: it is asked each time whether that is another."""

Scope = Mapping[str, Any]


@dataclass(frozen=True)
class Tiles:
    """`secret` is asked for where it is not empty."""

    base_map: BaseMap
    secret: str = ""

    def has(self, look: str) -> bool:
        """Whether there is anything to show yet."""
        return self.base_map.edition(look) != NONE

    def template(self, look: str) -> str:
        """The address of a look's tiles for the map, relative to the app's.

        It changes when the map does: then the map asks for all that it shows anew.
        """
        secret = f"&key={self.secret}" if self.secret else ""
        edition = self.base_map.edition(look)
        return f"{FOLDER}/{look}/{{z}}/{{x}}/{{y}}.png?edition={edition}{secret}"

    def asked(self, scope: Scope) -> re.Match[str] | None:
        """What is asked for, where it is a tile."""
        return PATH.search(scope["path"]) if scope["type"] == "http" else None

    async def answer(self, asked: re.Match[str], scope: Scope, send: Any) -> None:
        look, zoom, x, y = asked[1], int(asked[2]), int(asked[3]), int(asked[4])
        query = parse_qs(bytes(scope["query_string"]).decode("ascii", "replace"))
        if self.secret and query.get("key") != [self.secret]:
            await _send(send, 403, [], b"")
            return
        edition = self.base_map.edition(look)
        etag = f'"{edition}"'.encode()
        kept = FOR_GOOD if query.get("edition") == [edition] else ASK_AGAIN
        headers = [(b"etag", etag), (b"cache-control", kept.encode())]
        if etag in dict(scope["headers"]).get(b"if-none-match", b""):
            await _send(send, 304, headers, b"")
            return
        png = await asyncio.to_thread(self.base_map.tile, look, zoom, x, y)
        await _send(send, 200, [*headers, (b"content-type", b"image/png")], png or NOTHING)


async def _send(send: Any, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = [(b"content-length", str(len(body)).encode())] if status != 304 else []
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": body})
