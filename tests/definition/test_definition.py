"""The definition names every door that there is, and no other."""

import re

import pytest
from fastapi.openapi.utils import get_openapi
from openapi_spec_validator import validate
from starlette.routing import Mount, Route

from sync_server.app import create_app
from sync_server.definition import NEEDS, definition
from sync_server.open311.answering import Answering
from tests.definition.house import House
from tests.sync.rig import a_server, an_id

PATHS = definition()["paths"]
Doors = set[tuple[str, str]]


def like(path: str) -> re.Pattern[str]:
    """What a route's path stands for, itself included."""
    parts = re.split(r"\{[^}]+\}", path)
    return re.compile(r"[^/]+".join(map(re.escape, parts)) + r"\Z")


def defined(prefix: str = "") -> Doors:
    return {
        (path.removeprefix(prefix), method)
        for path, methods in PATHS.items()
        for method in methods
        if path.startswith(prefix or "/")
    }


def test_it_is_a_definition_as_openapi_says() -> None:
    validate(definition())


def test_every_door_of_tablets_and_of_the_office_is_defined_and_nothing_else(house: House) -> None:
    worked_out = get_openapi(title="", version="", routes=house.app.routes)["paths"]
    there = {(path, method) for path, methods in worked_out.items() for method in methods}
    told = {(p, m) for p, m in defined() if not p.startswith(("/open311/", "/311/"))}

    undefined = {
        (path, method)
        for path, method in there
        if not any(method == m and like(path).match(p) for p, m in told)
    }
    nowhere = {
        (p, m)
        for p, m in told
        if not any(m == method and like(path).match(p) for path, method in there)
    }
    assert (undefined, nowhere) == (set(), set())


def test_every_door_of_the_public_page_is_defined_and_nothing_else(house: House) -> None:
    (page,) = (each for each in house.app.routes if isinstance(each, Mount) and each.path == "/311")
    routes = [each for each in page.routes if isinstance(each, Route)]
    there = {
        (re.sub(r":\w+\}", "}", route.path), method.lower())
        for route in routes
        for method in route.methods or ()
        if method != "HEAD"
    }

    assert there == defined("/311")


def test_every_door_of_open311_is_defined_and_nothing_else() -> None:
    told = {
        (method.upper(), path.split("/")[1].partition(".")[0], path.count("/"))
        for path, method in defined("/open311/v2")
    }

    assert told == set(Answering.doors)


@pytest.mark.parametrize("prefix", NEEDS)
def test_a_server_tells_of_no_door_that_it_keeps_shut(prefix: str) -> None:
    server = a_server()
    app = create_app(server.database, clock=server.clock, new_id=an_id)

    assert not [path for path in app.openapi()["paths"] if path.startswith(prefix)]
    server.database.close()
