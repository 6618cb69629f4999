"""Pictures of the product for its documents: `python -m tests.journeys.pictures [FOLDER]`.

A generated town, its server and one tablet are run for real and driven as a person would; the
folder is `docs/images` when none is named.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from scripts import chromium
from tests.browser import FLAGS
from tests.journeys.person import TWO_FRAMES, Person
from tests.processes import Running, all_killed, run

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PORTS = 8391, 8392
WIDE, TALL = (1280, 800), (800, 1280)
FOREMAN, FOREMAN_PIN = "Marie-Ève Tremblay", "4710"
CREW, CREW_PIN = "Luc Gagnon", "2501"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch)
        server, tablet = _processes(data)
        with all_killed(server, tablet), sync_playwright() as playwright:
            executable = chromium.find()
            browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
            office = server.up().address.replace("health", "office/")
            _of_the_office(browser, office, folder)
            screens = tablet.up().address
            _of_the_tablet(browser, screens, folder, size=WIDE, look="day")
            _of_the_tablet(browser, screens, folder, size=TALL, look="night")
            browser.close()


def _processes(data: Path) -> tuple[Running, Running]:
    server_data, (port, tablet_port) = str(data / "server"), PORTS
    run("demo", "--generate-only", "--data", server_data)
    code = run("enrol", "T214", "--crew", "VN", "--data", server_data).splitlines()[0]
    address = f"http://127.0.0.1:{port}"
    serve = ("serve", "--data", server_data, "--port", str(port))
    tablet = ("tablet", "--server", address, "--data", str(data / "tablet"))
    options = ("--port", str(tablet_port), "--enrol", code)
    screens = f"http://127.0.0.1:{tablet_port}/"
    return (
        Running(serve, f"{address}/health", data / "serve.log"),
        Running((*tablet, *options), screens, data / "tablet.log"),
    )


def _of_the_office(browser: Browser, address: str, folder: Path) -> None:
    foreman = _sits_down(browser, address, WIDE)
    foreman.signs_in(FOREMAN, FOREMAN_PIN)
    foreman.key("span-today").wait_for(state="attached")
    _take(foreman, folder / "office-dispatch-day.png")
    foreman.presses("go-new")
    _take(foreman, folder / "office-new-order-day.png")


def _of_the_tablet(
    browser: Browser, address: str, folder: Path, *, size: tuple[int, int], look: str
) -> None:
    luc = _sits_down(browser, address, size)
    _take(luc, folder / f"tablet-sign-in-{look}.png")
    luc.signs_in(CREW, CREW_PIN)
    luc.presses("go-me")
    luc.presses(f"look-{look}")
    luc.presses("go-today")
    _take(luc, folder / f"tablet-today-{look}.png")
    luc.page.locator('[flt-semantics-identifier^="order-"]').nth(1).click(force=True)
    luc.key("add-time").or_(luc.key("main")).first.wait_for(state="attached")
    _take(luc, folder / f"tablet-order-{look}.png")
    luc.presses("go-report")
    _take(luc, folder / f"tablet-report-{look}.png")
    luc.presses("pill")
    _take(luc, folder / f"tablet-synchronization-{look}.png")


def _sits_down(browser: Browser, address: str, size: tuple[int, int]) -> Person:
    width, height = size
    viewport: ViewportSize = {"width": width, "height": height}
    page = browser.new_context(viewport=viewport, locale="fr-CA").new_page()
    person = Person(page)
    person.opens(address)
    names = page.get_by_role("button", name=CREW)
    names.or_(person.key("other")).first.wait_for(state="attached")
    return person


def _take(person: Person, file: Path) -> None:
    """Once the fonts are there and the ripple of the last press has gone by."""
    person.page.mouse.move(2, 2)
    for _ in range(60):
        person.page.evaluate(TWO_FRAMES)
    person.page.screenshot(path=file)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
