"""Pages for the browser's own print, each at an address that nobody can guess.

A screen is drawn on a canvas, of which a browser prints what is in sight: what is to be taken down
a manhole is a plain page of text instead, told by this machine itself, with or without signal.
"""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from asset_model.ids import NewId

PAGES_MAX = 50
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


class Printouts:
    """The last pages that screens have made ready; in memory only."""

    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}
        self._pages: dict[str, bytes] = {}

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
        while len(self._addresses) > PAGES_MAX:
            oldest = next(iter(self._addresses))
            del self._pages[self._addresses.pop(oldest)]
        return f"{FOLDER}/{address}"

    def page_at(self, path: str) -> bytes | None:
        _, folder, address = path.rpartition(f"/{FOLDER}/")
        return self._pages.get(address) if folder else None


async def answer(page: bytes, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": page})
