"""A real browser for tests: Chromium, driven by Playwright."""

import socket
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts import chromium

FLAGS = (
    "--no-sandbox",  # CI runs as root, where Chromium's sandbox refuses to start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Nothing of the browser's own goes to the network while we watch for requests.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

CHROMIUMS_OWN = "CONNECT content-autofill.googleapis.com:443"
"""Asks about forms, whatever the page; the switch against it would undo all those of Playwright."""

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the tests of a module.

    Not for the whole session: while Playwright runs, its event loop counts as running in this
    thread, and `asyncio.run` in another module's tests would be refused.
    """
    executable = chromium.find()
    if executable is None:
        pytest.fail(f"No Chromium on this machine. {chromium.HOW_TO_MEND}", pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=executable, headless=True, args=list(FLAGS)
        )
        yield running
        running.close()


class Outside:
    """The way out to the internet: a proxy that notes who calls, and answers nobody.

    Only the loopback is reached without it.
    """

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.setblocking(False)
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def callers(self) -> list[str]:
        """The first line of each call since the last time: `CONNECT cdn.example:443 HTTP/1.1`."""
        return [line for line in self._lines() if not line.startswith(CHROMIUMS_OWN)]

    def _lines(self) -> Iterator[str]:
        while True:
            try:
                caller, _ = self._door.accept()
            except BlockingIOError:
                return
            with caller:
                caller.settimeout(1)
                yield caller.recv(200).decode("latin-1").partition("\r\n")[0]

    def close(self) -> None:
        self._door.close()


@pytest.fixture
def outside() -> Iterator[Outside]:
    door = Outside()
    yield door
    door.close()


@pytest.fixture
def browser_page(browser: Browser, outside: Outside) -> Iterator[OpenPage]:
    """Open pages, each in a fresh context: `browser_page(width=800, height=1280)`.

    None of them may ask the internet for anything.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        *,
        width: int = 1280,
        height: int = 800,
        locale: str = "fr-CA",
        color_scheme: str = "light",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if color_scheme == "dark" else "light",
            proxy={"server": outside.address, "bypass": "127.0.0.1"},
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    callers = outside.callers()
    for context in contexts:
        context.close()
    assert callers == []
