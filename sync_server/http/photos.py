"""Where devices fetch the files of photos that rows of their scope name."""

import re

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from asset_model.errors import Refused
from sync_server.http.bodies import authenticated
from sync_server.photo_depot import Depot
from sync_server.photo_rights import check_sight
from sync_server.tables import StoredPhoto

router = APIRouter(prefix="/photos")

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z", re.ASCII)


@router.get("/{sha256}")
def photo(request: Request, sha256: str) -> Response:
    with request.app.state.database.reading() as session:
        device = authenticated(session, request)
        check_sight(session, device, sha256)
        stored = session.get(StoredPhoto, sha256)
    if stored is None:
        raise Refused("photo_awaited")
    headers = _headers(sha256)
    if request.headers.get("if-none-match") in (headers["ETag"], "*"):
        return Response(status_code=304, headers=headers)
    start, stop = _asked(request, stored.size, headers["ETag"])
    if start >= stop:
        unsatisfied = {"Content-Range": f"bytes */{stored.size}"}
        return Response(status_code=416, headers=headers | unsatisfied)
    headers["Content-Length"] = str(stop - start)
    partial = (start, stop) != (0, stored.size)
    if partial:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{stored.size}"
    return StreamingResponse(
        _depot(request).store.read(sha256, start, stop),
        status_code=206 if partial else 200,
        media_type=stored.media_type,
        headers=headers,
    )


def _headers(sha256: str) -> dict[str, str]:
    return {
        "ETag": f'"{sha256}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def _asked(request: Request, size: int, etag: str) -> tuple[int, int]:
    """The bytes asked for: from, and up to but without. An empty span cannot be answered."""
    asked = _RANGE.match(request.headers.get("range", ""))
    if asked is None or request.headers.get("if-range", etag) != etag:
        return 0, size
    first, last = asked.groups()
    if first:
        return int(first), min(int(last) + 1 if last else size, size)
    if last:
        return max(size - int(last), 0), size
    return 0, size


def _depot(request: Request) -> Depot:
    depot: Depot = request.app.state.depot
    return depot
