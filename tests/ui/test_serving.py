"""The screens as a web application, without a browser."""

import asyncio
from importlib import import_module
from pathlib import Path
from typing import Any

import flet as ft
import httpx
import msgpack  # type: ignore[import-untyped]
import pytest
from fastapi import WebSocketDisconnect
from flet_web.fastapi.flet_app_manager import app_manager

from field_app.ui.serving import web_app
from tests.threads import PATIENCE_S

ASSETS = Path(__file__).parents[2] / "field_app" / "ui" / "assets"
REGISTER: bytes = b"\x00" + msgpack.packb(
    [1, {"session_id": None, "page_name": "", "page": {"route": "/", "width": 1280}}]
)


def _main(page: ft.Page) -> None:
    page.add(ft.Text("bonjour"))


class Vanishing:
    """The socket of a client that registers, and is gone when it is next sent to."""

    def __init__(self) -> None:
        self.client = None
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self.url = _Address()
        self._gone = asyncio.Event()
        self._said = [REGISTER]

    async def accept(self) -> None: ...

    async def receive_bytes(self) -> bytes:
        if self._said:
            return self._said.pop()
        async with asyncio.timeout(PATIENCE_S):
            await self._gone.wait()
        raise WebSocketDisconnect

    async def send_bytes(self, message: bytes) -> None:
        self._gone.set()
        raise ConnectionResetError("gone")


class _Address:
    path = "/ws"

    def __str__(self) -> str:
        return "http://127.0.0.1/ws"


def _sessions() -> dict[str, Any]:
    sessions: dict[str, Any] = app_manager._FletAppManager__sessions
    return sessions


def _get(*paths: str) -> list[httpx.Response]:
    async def asked() -> list[httpx.Response]:
        transport = httpx.ASGITransport(web_app(_main))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await client.get(path) for path in paths]

    return asyncio.run(asked())


def _open_for_good() -> int:
    """Sessions that no eviction will ever take, though nobody is there."""
    return sum(1 for session in _sessions().values() if session.expires_at is None)


def test_sessions_of_clients_that_vanish_are_all_left_to_expire() -> None:
    web_app(_main)
    mounting = import_module("flet_web.fastapi.app")
    before = _open_for_good()

    async def twenty_vanish() -> None:
        for _ in range(20):
            served = mounting.FletApp(asyncio.get_running_loop(), app_manager.executor, _main, None)
            with pytest.raises(ConnectionResetError):
                await served.handle(Vanishing())

    asyncio.run(twenty_vanish())

    assert _open_for_good() == before


def test_the_page_needs_nothing_from_the_internet() -> None:
    page = _get("/")[0].text

    assert "flet.noCdn=true" in page
    assert "https://" not in page
    assert "http://" not in page


def test_any_route_opens_the_app_and_the_fonts_come_from_here() -> None:
    fonts = sorted((ASSETS / "fonts").glob("*.ttf"))

    deep, *served = _get("/orders/1", *(f"/fonts/{font.name}" for font in fonts))

    assert "flutter_bootstrap.js" in deep.text
    assert [answer.content for answer in served] == [font.read_bytes() for font in fonts]


def test_the_page_lets_nothing_in_from_elsewhere_and_brings_its_own_script() -> None:
    page, script = _get("/", "/connection.js")

    assert "Content-Security-Policy\" content=\"default-src 'self' data: blob:;" in page.text
    assert '<script src="connection.js"></script>' in page.text
    assert script.content == (ASSETS / "connection.js").read_bytes()
