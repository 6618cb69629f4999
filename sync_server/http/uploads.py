"""Where tablets hand in the files of their photos: tus 1.0.0, for devices that may.

A piece is written as it arrives, and what has arrived stays when the link dies: a checksum
judges only a piece that came to its end, and the hash of the whole judges everything.
"""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.photos import BYTES_MAX, is_hash
from sync_server import photo_uploads as uploads
from sync_server.http import tus
from sync_server.http.bodies import authenticated
from sync_server.photo_depot import Depot
from sync_server.tables import PhotoUpload

router = APIRouter(prefix="/photos/uploads", route_class=tus.TusRoute)

SEGMENT_BYTES = 256 * 1024
"""Written at once; a server that dies in mid-piece has kept the ones before."""

WHOLE = "Photo-Sha256"
"""The header by which the server says that it has the file whole, having checked its hash."""


def _upload(request: Request, id: str) -> PhotoUpload:
    with _database(request).reading() as session:
        device = authenticated(session, request)
        return uploads.upload_of(session, device, id, now=_now(request))


Upload = Annotated[PhotoUpload, Depends(_upload)]


@router.options("")
def options() -> Response:
    told = {
        "Tus-Version": tus.VERSION,
        "Tus-Extension": tus.EXTENSIONS,
        "Tus-Checksum-Algorithm": ",".join(tus.ALGORITHMS),
        "Tus-Max-Size": str(BYTES_MAX),
    }
    return Response(status_code=204, headers=told)


@router.post("")
def begin(request: Request) -> Response:
    size = tus.whole_number(request, "Upload-Length")
    sha256 = tus.metadata(request).get("sha256", "")
    with _database(request).writing() as session:
        device = authenticated(session, request)
        if not is_hash(sha256):
            raise Refused("malformed_request", why="Upload-Metadata: sha256")
        upload = uploads.begin(session, _depot(request), device, sha256, size, now=_now(request))
    offset = uploads.standing(_database(request), _depot(request), upload, now=_now(request))
    headers = _told(upload, offset)
    headers["Location"] = f"{request.scope.get('root_path', '')}{router.prefix}/{upload.id}"
    return Response(status_code=201, headers=headers)


@router.head("/{id}")
def offset(request: Request, upload: Upload) -> Response:
    at = uploads.standing(_database(request), _depot(request), upload, now=_now(request))
    headers = {"Upload-Length": str(upload.size), "Cache-Control": "no-store"}
    return Response(status_code=200, headers=headers | _told(upload, at))


@router.patch("/{id}")
async def piece(request: Request, upload: Upload) -> Response:
    if request.headers.get("content-type") != tus.PIECE_TYPE:
        return Response(status_code=415)
    start = tus.whole_number(request, "Upload-Offset")
    checksum = tus.Checksum.of(request)
    depot = _depot(request)
    try:
        end = await _take(request, depot, upload, start, checksum)
    except ClientDisconnect:
        await run_in_threadpool(uploads.settle, depot, upload)
        return Response(status_code=400)  # Nobody is there to read it.
    await run_in_threadpool(_close, request, upload, start, end, checksum)
    return Response(status_code=204, headers=_told(upload, end))


@router.post("/{id}")
async def piece_by_post(request: Request, upload: Upload) -> Response:
    """For proxies that let no PATCH or DELETE through: tus asks that the header be heeded."""
    method = request.headers.get("x-http-method-override", "")
    if method == "PATCH":
        return await piece(request, upload)
    if method == "DELETE":
        return await run_in_threadpool(give_up, request, upload)
    raise Refused("not_found")


@router.delete("/{id}")
def give_up(request: Request, upload: Upload) -> Response:
    with _database(request).writing() as session:
        if noted := session.get(PhotoUpload, upload.id):
            uploads.give_up(session, _depot(request), noted)
    return Response(status_code=204)


async def _take(
    request: Request, depot: Depot, upload: PhotoUpload, start: int, checksum: tus.Checksum | None
) -> int:
    """Write the body from `start` on as it comes; give where it ended.

    :raises ClientDisconnect: with all that came before written
    """
    end, waiting = start, bytearray()
    try:
        async for data in request.stream():
            waiting += data
            if checksum:
                checksum.update(data)
            if len(waiting) >= SEGMENT_BYTES:
                end = await run_in_threadpool(uploads.append, depot, upload, end, bytes(waiting))
                waiting.clear()
    except ClientDisconnect:
        await run_in_threadpool(uploads.append, depot, upload, end, bytes(waiting))
        raise
    return await run_in_threadpool(uploads.append, depot, upload, end, bytes(waiting))


def _close(
    request: Request, upload: PhotoUpload, start: int, end: int, checksum: tus.Checksum | None
) -> None:
    """A piece has come to its end: it is dropped, or on disk; the last one finishes the file."""
    depot = _depot(request)
    if checksum and not checksum.fits:
        uploads.take_back(depot, upload, start, end)
        raise Refused("piece_garbled")
    uploads.settle(depot, upload)
    if end == upload.size:
        uploads.finish(_database(request), depot, upload, now=_now(request))


def _told(upload: PhotoUpload, offset: int) -> dict[str, str]:
    ends = (upload.begun_at + uploads.KEPT).astimezone(UTC)
    told = {"Upload-Offset": str(offset), "Upload-Expires": format_datetime(ends, usegmt=True)}
    return told | ({WHOLE: upload.sha256} if offset == upload.size else {})


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def _depot(request: Request) -> Depot:
    depot: Depot = request.app.state.depot
    return depot


def _now(request: Request) -> datetime:
    now: datetime = request.app.state.clock()
    return now
