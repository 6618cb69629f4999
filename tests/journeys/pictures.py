"""Pictures of the product for its documents: `python -m tests.journeys.pictures [FOLDER]`.

A generated town, its server and one tablet are run for real and driven as a person would, in French
and in English; the folder is `docs/images` when none is named, and has one folder per language.
"""

import re
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from scripts import chromium
from tests.browser import FLAGS
from tests.journeys.person import PATIENCE_MS, TWO_FRAMES, Person
from tests.processes import Running, all_killed, run

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PORTS = 8391, 8392
WIDE, TALL = (1280, 800), (800, 1280)
COLOURS = 128
"""Of a picture's palette: a screen has few, and a third of the size is left."""

CREW = ("Luc Gagnon", "2501")
FOREMAN = ("Marie-Ève Tremblay", "4710")
AGENT = ("Isabelle Nguyen", "3110")
FLEET = ("Sophie Bergeron", "4730")
DIRECTOR = ("Hélène Marchand", "4900")

Takes = Callable[[str], None]
"""Takes a picture of what is on the screen, under a name."""


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch)
        server, tablet = _processes(data)
        with all_killed(server, tablet), sync_playwright() as playwright:
            executable = chromium.find()
            browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
            office = server.up().address.replace("health", "office/")
            screens = tablet.up().address
            for language in ("fr", "en"):
                place = (folder, language)
                _sits(browser, screens, CREW, TALL, "night", place, _by_night)
                _sits(browser, screens, CREW, WIDE, "day", place, _crew)
                for who, tour in TOURS_OF_THE_OFFICE:
                    _sits(browser, office, who, WIDE, "day", place, tour)
            browser.close()


def _processes(data: Path) -> tuple[Running, Running]:
    server_data, (port, tablet_port) = str(data / "server"), PORTS
    run("demo", "--generate-only", "--data", server_data)
    run("tiles", "build", "--data", server_data)
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


def _sits(
    browser: Browser,
    address: str,
    who: tuple[str, str],
    size: tuple[int, int],
    look: str,
    place: tuple[Path, str],
    tour: Callable[[Person, Takes], None],
) -> None:
    """Somebody signs in, in their language and look, and goes round."""
    folder, language = place[0] / place[1], place[1]
    folder.mkdir(parents=True, exist_ok=True)
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, locale=f"{language}-CA")
    person = Person(context.new_page())
    person.opens(address)
    person.page.get_by_role("button", name=who[0]).or_(person.key("other")).first.wait_for(
        state="attached"
    )
    if tour is _crew:
        _take(person, folder / "sign-in.png")
    person.signs_in(*who)
    person.presses("go-me")
    person.presses(f"language-{language}")
    person.presses(f"look-{look}")
    tour(person, lambda name: _take(person, folder / f"{name}.png"))
    context.close()


def _by_night(luc: Person, takes: Takes) -> None:
    luc.presses("go-today")
    takes("today-night")


def _crew(luc: Person, takes: Takes) -> None:
    luc.presses("go-today")
    takes("today")
    luc.page.locator('[flt-semantics-identifier^="order-"]').nth(1).click(force=True)
    luc.key("add-time").or_(luc.key("main")).first.wait_for(state="attached")
    takes("order")
    luc.presses("go-report")
    takes("report")
    luc.presses("go-map")
    luc.key("map-me").wait_for(state="attached")
    expect(luc.key("map-no-tiles")).to_have_count(0, timeout=PATIENCE_MS)
    takes("map")
    luc.presses("go-report")
    luc.presses("to-break")
    luc.page.locator('[flt-semantics-identifier^="spot-CD-"]').first.click(force=True)
    luc.page.locator('[flt-semantics-identifier^="valve-"]').first.wait_for(state="attached")
    takes("break")
    luc.presses("go-units")
    luc.presses("unit-203")
    luc.presses("to-check-203")
    luc.key("check-major").wait_for(state="attached")
    takes("check")
    luc.presses("pill")
    luc.key("try-now").wait_for(state="attached")
    takes("synchronization")


def _foreman(marie_eve: Person, takes: Takes) -> None:
    marie_eve.presses("go-dispatch")
    takes("board")
    marie_eve.presses("go-me")
    marie_eve.presses("go-alerts")
    takes("alerts")
    marie_eve.presses("go-me")
    marie_eve.presses("go-templates")
    _opens_first(marie_eve, "template-")
    takes("templates")


def _agent(isabelle: Person, takes: Takes) -> None:
    isabelle.presses("go-call")
    takes("agent")
    isabelle.presses("go-incidents")
    isabelle.page.get_by_role("button", name=re.compile("INC-")).first.click(force=True)
    takes("incidents")


def _fleet(sophie: Person, takes: Takes) -> None:
    sophie.presses("go-units")
    takes("units")
    sophie.presses("go-workshop")
    takes("workshop")


def _director(helene: Person, takes: Takes) -> None:
    helene.presses("go-board")
    takes("dashboard")


def _opens_first(person: Person, keys: str) -> None:
    row = person.page.locator(f'[flt-semantics-identifier^="{keys}"]').first
    row.wait_for(state="attached")
    row.click(force=True)


TOURS_OF_THE_OFFICE = (
    (FOREMAN, _foreman),
    (AGENT, _agent),
    (FLEET, _fleet),
    (DIRECTOR, _director),
)


def _take(person: Person, file: Path) -> None:
    """Once the fonts are there and the ripple of the last press has gone by."""
    person.page.mouse.move(2, 2)
    for _ in range(60):
        person.page.evaluate(TWO_FRAMES)
    taken = Image.open(BytesIO(person.page.screenshot()))
    taken.convert("RGB").quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
