"""The doors of the first copy: what is offered to a device, and the files themselves."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from asset_model.sync.offer import Asked
from asset_model.sync.packing import encodings, media_type
from asset_model.sync.reading import POSITION_MAX
from sync_server.http.bodies import authenticated
from sync_server.scope import Scope, scope_of
from sync_server.snapshots import Snapshots

router = APIRouter(prefix="/sync/v1/snapshot")

A_YEAR_S = 31_536_000


@router.get("")
def offer(
    request: Request,
    epoch: str = "",
    scope: str = "",
    shape: str = "",
    position: Annotated[int, Query(ge=0, le=POSITION_MAX)] = 0,
) -> Response:
    """An `Offer` as JSON; 204 where pages serve better."""
    asked = Asked(epoch=epoch, scope=scope, shape=shape, position=position)
    held = _scope(request)
    copies: Snapshots = request.app.state.copies
    made = copies.offer(held, asked, _accepted(request), request.app.state.clock())
    return Response(status_code=204) if made is None else JSONResponse(asdict(made))


@router.get("/{name}")
def fetch(request: Request, name: str) -> Response:
    """The file, or the range of it that is asked for. What a name stands for never changes."""
    copies: Snapshots = request.app.state.copies
    file = copies.file(name, _scope(request))
    headers = {"ETag": f'"{name}"', "Cache-Control": f"private, max-age={A_YEAR_S}, immutable"}
    return FileResponse(file, headers=headers, media_type=media_type(file.suffix.lstrip(".")))


def _scope(request: Request) -> Scope:
    with request.app.state.database.reading() as session:
        return scope_of(session, authenticated(session, request))


def _accepted(request: Request) -> set[str]:
    told = {part.partition(";")[0].strip() for part in request.headers.get("accept", "").split(",")}
    return {encoding for encoding in encodings() if media_type(encoding) in told}
