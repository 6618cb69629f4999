"""A real browser for tests: Chromium, driven by Playwright."""

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


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[OpenPage]:
    """Open pages, each in a fresh context: `browser_page(width=800, height=1280)`."""
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
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
