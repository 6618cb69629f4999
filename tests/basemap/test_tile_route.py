"""Tiles as the map on the screen asks for them."""

import asyncio
import socket
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from asset_model.database import Database
from field_app.ui.tiles import Tiles
from gis.basemap.mercator import world
from tests.basemap.ground import drawn, edit, point
from tests.basemap.rig import Tablet, a_tablet
from tests.threads import Doing

SPOT = tuple(int(value * 2**17) for value in world(*point(1, 0)["coordinates"]))
TILE = f"/tiles/day/17/{SPOT[0]}/{SPOT[1]}.png"
Answer = tuple[int, dict[str, str], bytes]
Ask = Callable[..., Answer]


@pytest.fixture
def tablet(record: Database, folder: Path, tmp_path: Path) -> Tablet:
    drawn(record, folder)
    made = a_tablet(record, folder, tmp_path / "tablet")
    made.fetch()
    return made


def ask(tiles: Tiles, path: str, query: str = "", **headers: str) -> Answer | None:
    """What is answered; None where the path is no tile's."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()],
    }
    asked = tiles.asked(scope)
    if asked is None:
        return None
    asyncio.run(tiles.answer(asked, scope, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, sent[1]["body"]


def got(tiles: Tiles, path: str, query: str = "", **headers: str) -> Answer:
    answer = ask(tiles, path, query, **headers)
    assert answer is not None
    return answer


def test_a_tile_is_told_by_the_tablet_itself_under_any_mount(tablet: Tablet) -> None:
    tiles = Tiles(tablet.map)
    status, told, body = got(tiles, TILE)

    assert (status, told["content-type"]) == (200, "image/png")
    assert Image.open(BytesIO(body)).size == (256, 256)
    assert got(tiles, f"/office{TILE}")[2] == body
    assert got(tiles, TILE.replace("day", "night"))[2] != body


@pytest.mark.parametrize(
    "path", ["/orders/1", "/tiles/dusk/1/1/1.png", "/tiles/day/1/1/1.jpg", "/tiles/day/x/1/1.png"]
)
def test_what_is_no_tile_is_left_to_the_app(tablet: Tablet, path: str) -> None:
    assert ask(Tiles(tablet.map), path) is None


def test_a_hole_is_a_transparent_pixel(tablet: Tablet) -> None:
    status, _, body = got(Tiles(tablet.map), "/tiles/day/17/5/5.png")

    assert status == 200
    with Image.open(BytesIO(body)) as pixel:
        assert (pixel.size, pixel.convert("RGBA").getpixel((0, 0))) == ((1, 1), (0, 0, 0, 0))


def test_an_address_with_its_edition_is_kept_for_good_and_another_asked_again(
    tablet: Tablet,
) -> None:
    tiles = Tiles(tablet.map)
    query = tiles.template("day").partition("?")[2]
    _, kept, _ = got(tiles, TILE, query)
    _, asked_again, _ = got(tiles, TILE)
    status, _, body = got(tiles, TILE, if_none_match=asked_again["etag"])

    assert "immutable" in kept["cache-control"]
    assert asked_again["cache-control"] == "no-cache"
    assert (status, body) == (304, b"")


def test_a_new_pack_shows_under_a_new_address_and_under_the_old_one(
    record: Database, folder: Path, tablet: Tablet
) -> None:
    tiles = Tiles(tablet.map)
    before, (_, told, body) = tiles.template("day"), got(tiles, TILE)
    edit(record, "D", {"geometry": point(1, 0.05)}, {"geometry": point(3, 0.05)})
    drawn(record, folder)
    tablet.fetch_later()
    status, _, other = got(tiles, TILE, if_none_match=told["etag"])

    assert tiles.template("day") != before
    assert (status, other != body) == (200, True)


def test_an_office_gives_tiles_to_those_who_have_its_address_alone(tablet: Tablet) -> None:
    tiles = Tiles(tablet.map, secret="s3cret")
    query = tiles.template("day").partition("?")[2]

    assert got(tiles, TILE)[0] == 403
    assert got(tiles, TILE, "key=another")[0] == 403
    assert got(tiles, TILE, query)[0] == 200


def test_a_tile_leaves_at_once_and_does_not_wait_for_more(tablet: Tablet) -> None:
    """Nagle's algorithm would hold each small answer back for some 40 ms."""
    import requests
    import uvicorn

    from field_app.tablet import listen
    from field_app.ui.serving import web_app

    app: Any = web_app(lambda _: None, tiles=Tiles(tablet.map))
    listener = listen(0)
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="critical"))
    running = Doing(server.run, sockets=[listener])
    try:
        with requests.Session() as http:
            http.trust_env = False
            answer = http.get(f"http://127.0.0.1:{listener.getsockname()[1]}{TILE}", timeout=20)
            lines = [
                held.transport.get_extra_info("socket") for held in server.server_state.connections
            ]
            at_once = [line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for line in lines]
    finally:
        server.should_exit = True
        running.end()

    assert answer.content.startswith(b"\x89PNG")
    assert at_once == [1]
