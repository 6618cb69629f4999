"""The doors of the base map: which packs a device may hold, and their files."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from sync_server.basemap.packs import Packs
from sync_server.http.bodies import authenticated
from sync_server.http.snapshots import A_YEAR_S
from sync_server.scope import Scope, scope_of

router = APIRouter(prefix="/sync/v1/base-map")

HELD_MAX = 200


@router.get("")
def offers(
    request: Request,
    held: Annotated[list[str], Query(max_length=HELD_MAX)] = [],  # noqa: B006
) -> Response:
    """A `PackList` as JSON. `held`: `key:contents` of each pack that the device has."""
    known = dict(_pair(each) for each in held)
    packs: Packs = request.app.state.packs
    return JSONResponse(asdict(packs.offers(_scope(request), known)))


@router.get("/{name}")
def fetch(request: Request, name: str) -> Response:
    """A pack or a patch, or the range of it that is asked for. A name never means another file."""
    packs: Packs = request.app.state.packs
    file = packs.file(name, _scope(request))
    headers = {"ETag": f'"{name}"', "Cache-Control": f"private, max-age={A_YEAR_S}, immutable"}
    return FileResponse(file, headers=headers, media_type="application/vnd.sqlite3")


def _pair(told: str) -> tuple[str, str]:
    key, _, contents = told.partition(":")
    return key, contents


def _scope(request: Request) -> Scope:
    with request.app.state.database.reading() as session:
        return scope_of(session, authenticated(session, request))
