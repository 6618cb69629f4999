"""Pages for the browser's own print, each at an address that nobody can guess.

A screen is drawn on a canvas, of which a browser prints what is in sight: what is to be taken down
a manhole is a plain page of text instead, told by this machine itself, with or without signal.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from asset_model.ids import NewId

PAGES_MAX = 200
NOT_BROKEN = "\u2011"
"""A hyphen at which no line ends: a tag cut in two is misread."""
FOLDER = "printed"

ONLY_OURS = b"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", ONLY_OURS),
]


@dataclass(frozen=True)
class Made:
    """A file as it is answered; `refused`: in its place, why there is none."""

    content: bytes
    media_type: str
    refused: bool = False


Make = Callable[[], Made]


class Printouts:
    """The last pages that screens have made ready; in memory only."""

    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}
        self._pages: dict[str, bytes] = {}
        self._makers: dict[str, Make] = {}

    def keep(
        self, name: str, lines: Iterable[str], *, language: str, press: str, new_id: NewId
    ) -> str:
        """The address of a page, relative to the app's; the same one each time for a name."""
        told = list(lines)
        title = escape(told[0]) if told else ""
        text = escape("\n".join(told)).replace("-", NOT_BROKEN)
        page = Template((files("field_app.ui") / "printed.html").read_text("utf-8")).substitute(
            language=language, title=title, press=escape(press), text=text
        )
        address = self._addresses.pop(name, None) or new_id()
        self._addresses[name] = address
        self._pages[address] = page.encode()
        self._forget()
        return f"{FOLDER}/{address}"

    def promise(self, name: str, make: Make, *, new_id: NewId) -> str:
        """The address of a file that is made when somebody opens it."""
        address = self._addresses.pop(name, None) or new_id()
        self._addresses[name] = address
        self._makers[address] = make
        self._forget()
        return f"{FOLDER}/{address}"

    def maker_at(self, path: str) -> Make | None:
        _, folder, address = path.rpartition(f"/{FOLDER}/")
        return self._makers.get(address) if folder else None

    def _forget(self) -> None:
        while len(self._addresses) > PAGES_MAX:
            oldest = self._addresses.pop(next(iter(self._addresses)))
            self._pages.pop(oldest, None)
            self._makers.pop(oldest, None)

    def page_at(self, path: str) -> bytes | None:
        _, folder, address = path.rpartition(f"/{FOLDER}/")
        return self._pages.get(address) if folder else None


async def answer(page: bytes, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": page})


async def answer_made(make: Make, send: Any) -> None:
    """Makes the file in a thread, since it may wait for the network, and answers it."""
    made = await asyncio.to_thread(make)
    headers = [
        (b"content-type", made.media_type.encode()),
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]
    status = 503 if made.refused else 200
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": made.content})
