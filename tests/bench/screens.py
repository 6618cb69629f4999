"""Measures a tablet in a browser: `python -m tests.bench.screens`.

The town of `maps` with its 70,000 assets and 20,000 orders in a tablet's database, the tablet's
screens from a process of its own, and headless Chromium in front of them: how long a person waits,
and how much processor time the tablet's process takes meanwhile. The floors are of the same run:
an empty Flet page from the same server, and the bare SQL of what is shown. A line of JSON for each.
"""

import argparse
import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import flet as ft
from playwright.sync_api import Browser, sync_playwright

from field_app.tablet import listen
from field_app.ui.app import main_for
from field_app.ui.serving import web_app
from scripts import chromium
from tests.bench.maps import fill
from tests.bench.meters import cpu_s
from tests.bench.processes import Side, side
from tests.browser import FLAGS
from tests.journeys.person import TWO_FRAMES, Person
from tests.ui.town import PIN, found

CRADLED: Any = {"width": 1280, "height": 800}
SEARCH = "Étiquette, rue, adresse"
MIDDLE, REACH_PX, STEPS = (900, 420), 300, 30
FRAMES = """
() => { window.gaps = []; let last = performance.now();
  const tick = now => { window.gaps.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }
"""
BARE = {
    "the list's 20 orders, bare SQL": """
        SELECT o.*, a.name FROM work_order o LEFT JOIN asset a ON a.id = o.asset_id
        WHERE o.crew_id = (SELECT crew_id FROM person WHERE name = 'Luc Bélanger')
        AND o.status IN ('draft', 'planned', 'dispatched', 'accepted', 'in_progress', 'on_hold')
        ORDER BY o.due_at, o.priority, o.id LIMIT 20""",
    "20 assets by a word, bare SQL": """
        SELECT * FROM asset WHERE name LIKE 'Rue 77%' ORDER BY name LIMIT 20""",
}


def lines(repeats: int) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="voirie-bench-screens-") as folder:
        command = [sys.executable, "-m", "tests.bench.screens", "--serve", folder]
        with side(command, Path.cwd()) as tablet, launched() as browser:
            yield from bare(Path(folder), repeats)
            yield told("an empty page is there: the floor", [
                timed(tablet, lambda: blank(browser, tablet.told["blank"])) for _ in range(repeats)
            ])  # fmt: skip
            yield from walks(browser, tablet, repeats)


def walks(browser: Browser, tablet: Side, repeats: int) -> Iterator[dict[str, Any]]:
    """What a person does one after the other, each time in a browser that knows nothing yet."""
    times: dict[str, list[dict[str, float]]] = {}
    gaps: list[float] = []
    for _ in range(repeats):
        page = browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="fr-CA"
        ).new_page()
        luc = Person(page)
        for what, act in acts(luc, tablet.told["address"]):
            times.setdefault(what, []).append(timed(tablet, act))
        gaps += page.evaluate("() => window.gaps.slice(1)")
        page.context.close()
    for what, taken in times.items():
        yield told(what, taken)
    gaps.sort()
    yield {
        "what": "frames while the map is moved",
        "p50_ms": round(median(gaps), 1),
        "p95_ms": round(gaps[int(len(gaps) * 0.95)], 1),
    }


def acts(luc: Person, address: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    rows = luc.page.locator('[flt-semantics-identifier^="order-"]')

    def shown() -> None:
        rows.first.wait_for(state="attached")

    def comes_in() -> None:
        luc.presses("key-ok")
        shown()

    def back() -> None:
        luc.presses("finished")
        shown()

    yield "cold start, to the names of the crew", lambda: luc.opens(address)
    luc.presses_name("Luc Bélanger")
    for digit in PIN:
        luc.presses(f"key-{digit}")
    yield "from the PIN to today's list", comes_in
    yield "an order is opened", lambda: opens(luc)
    yield "20,000 orders, to those that are finished", lambda: luc.chooses("finished")
    yield "and back to the open ones", back
    luc.presses("go-assets")
    luc.page.get_by_role("textbox", name=SEARCH).wait_for(state="attached")
    yield "a word is sought in 70,000 assets", lambda: seeks(luc, "Rue 77")
    yield "the map comes up", lambda: sees_map(luc)
    luc.page.evaluate(FRAMES)
    yield "the map is dragged by 300 px, and rests", lambda: drags(luc)


def opens(luc: Person) -> None:
    luc.page.locator('[flt-semantics-identifier^="order-"]').first.click(force=True)
    luc.key("main").wait_for(state="attached")


def seeks(luc: Person, words: str) -> None:
    luc.page.get_by_role("textbox", name=SEARCH).click(force=True)
    luc.page.keyboard.type(words)
    luc.page.locator('[flt-semantics-identifier^="asset-"]').first.wait_for(state="attached")


def sees_map(luc: Person) -> None:
    luc.presses("go-map")
    luc.key("in-view").wait_for(state="attached")
    rests(luc)


def drags(luc: Person) -> None:
    mouse = luc.page.mouse
    mouse.move(*MIDDLE)
    mouse.down()
    for step in range(1, STEPS + 1):
        mouse.move(MIDDLE[0] - REACH_PX * step // STEPS, MIDDLE[1])
    mouse.up()
    rests(luc)


def rests(luc: Person) -> None:
    """Until the map looks the same twice."""
    clip: Any = {"x": 700, "y": 250, "width": 450, "height": 260}
    before, now = b"", luc.page.screenshot(clip=clip)
    while now != before:
        luc.page.evaluate(TWO_FRAMES)
        before, now = now, luc.page.screenshot(clip=clip)


def blank(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport=CRADLED).new_page()
    Person(page).opens(address)
    page.context.close()


def bare(folder: Path, repeats: int) -> Iterator[dict[str, Any]]:
    (file,) = folder.glob("*.sqlite")
    with sqlite3.connect(file) as connection:
        for what, query in BARE.items():
            times = []
            for _ in range(repeats):
                began = process_time()
                connection.execute(query).fetchall()
                times.append(1_000 * (process_time() - began))
            yield {"what": what, "cpu_ms": round(min(times), 1)}
    connection.close()


def timed(tablet: Side, act: Callable[[], Any]) -> dict[str, float]:
    began, before = perf_counter(), cpu_s([tablet.pid])
    act()
    return {"s": perf_counter() - began, "cpu": cpu_s([tablet.pid]) - before}


def told(what: str, times: list[dict[str, float]]) -> dict[str, Any]:
    return {
        "what": what,
        "s": round(median(each["s"] for each in times), 2),
        "least_s": round(min(each["s"] for each in times), 2),
        "cpu_ms": round(1_000 * median(each["cpu"] for each in times)),
    }


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), headless=True, args=list(FLAGS)
        )
        yield browser
        browser.close()


def serve(folder: Path) -> None:
    """The tablet's screens, and an empty page beside them, until the process is ended."""
    import uvicorn

    town = found(folder)
    fill(town)
    place = town.workplace
    screens = web_app(main_for(place), printouts=place.printouts, tiles=place.tiles)
    empty = web_app(lambda page: page.add(ft.Text("Voirie")))
    listeners = [listen(0), listen(0)]
    ports = [each.getsockname()[1] for each in listeners]
    by_port = dict(zip(ports, (screens, empty), strict=True))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await by_port[scope["server"][1]](scope, receive, send)

    address, blank_address = (f"http://127.0.0.1:{port}/" for port in ports)
    sys.stdout.write(json.dumps({"address": address, "blank": blank_address}) + "\n")
    sys.stdout.flush()
    config: Any = uvicorn.Config(app, lifespan="off", log_level="critical", ws="websockets-sansio")
    uvicorn.Server(config).run(sockets=listeners)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--serve", type=Path)
    options.add_argument("--repeats", type=int, default=3)
    given = options.parse_args()
    if given.serve:
        serve(given.serve)
        return
    for line in lines(given.repeats):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
