"""Forms with pictures, read from a request: bounded, in whatever encoding they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from asset_model.errors import Refused

BYTES_MAX = 40 * 1024 * 1024
"""Of a whole form, its pictures included."""
FIELDS_MAX, FILES_MAX = 200, 5
FIELD_BYTES_MAX = 64 * 1024

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Form:
    """`pairs` in their order, a name as often as it came; `files` are those that were chosen."""

    pairs: Pairs
    files: Sequence[bytes]


async def form_of(request: Request, *, files_max: int = FILES_MAX) -> Form:
    """:raises Refused: ``change_oversized``, ``malformed_request``"""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request, files_max)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > FIELD_BYTES_MAX * 4:
            raise Refused("change_oversized", size=len(body), limit=FIELD_BYTES_MAX * 4)
    return Form(_pairs(bytes(body)), ())


async def _multipart(request: Request, files_max: int) -> Form:
    bounded = Request(request.scope, _counting(request))
    try:
        async with bounded.form(
            max_files=files_max, max_fields=FIELDS_MAX, max_part_size=FIELD_BYTES_MAX
        ) as form:
            items = form.multi_items()
            chosen = [file for _, file in items if isinstance(file, UploadFile)]
            files = [(file.filename, await file.read()) for file in chosen]
            pairs = [(name, value) for name, value in items if isinstance(value, str)]
    except HTTPException as error:
        raise Refused("malformed_request", why=error.detail.rstrip(".")) from None
    # Where none was chosen, a browser sends one without a name.
    return Form(_checked(pairs), [content for name, content in files if name or content])


def _counting(request: Request) -> Receive:
    """:raises Refused: ``change_oversized``, before anything is read where the sender says so"""
    seen, said = 0, request.headers.get("content-length", "")
    if said.isdecimal() and int(said[:20]) > BYTES_MAX:
        raise Refused("change_oversized", size=int(said[:20]), limit=BYTES_MAX)

    async def receive() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > BYTES_MAX:
            raise Refused("change_oversized", size=seen, limit=BYTES_MAX)
        return message

    return receive


def _pairs(body: bytes) -> Pairs:
    """In UTF-8, or as older Windows programs write French."""
    for encoding in ("utf-8", "cp1252"):
        try:
            pairs = parse_qsl(
                body.decode(encoding),
                keep_blank_values=True,
                encoding=encoding,
                errors="strict",
                max_num_fields=FIELDS_MAX,
            )
        except UnicodeDecodeError:
            continue
        except ValueError as error:
            raise Refused("malformed_request", why=str(error)) from None
        return _checked(pairs)
    raise Refused("malformed_request", why="UTF-8")


def _checked(pairs: Pairs) -> Pairs:
    if any("\x00" in name + value for name, value in pairs):
        raise Refused("malformed_request", why="NUL")
    return pairs
