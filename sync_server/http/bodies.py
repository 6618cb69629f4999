"""Reading the body of a request: bounded, decompressed, JSON, and whose it is."""

import json
import zlib
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from sync_server.enrolment import device_of
from sync_server.tables import Device

BYTES_MAX = 4 * 1024 * 1024
"""Of one message, unpacked; a tablet sends 256 KB at most."""


async def json_body(request: Request) -> Any:
    """The body as JSON.

    What may have been garbled on the way is told apart from what was sent so: a tablet sends the
    one again, and puts the other aside.

    :raises Refused: ``message_garbled``, ``malformed_request``, ``change_oversized``
    """
    packed = bytearray()
    async for piece in request.stream():
        packed += piece
        if len(packed) > BYTES_MAX:
            raise Refused("change_oversized", size=len(packed), limit=BYTES_MAX)
    encoding = request.headers.get("content-encoding", "")
    try:
        return json.loads(_unpacked(bytes(packed), encoding))
    except RecursionError as error:
        raise Refused("malformed_request", why=type(error).__name__) from None
    except (ValueError, zlib.error) as error:
        # Only what was compressed has a checksum, by which it is known to be as it was sent.
        proven = encoding == "deflate" and not isinstance(error, zlib.error)
        code = "malformed_request" if proven else "message_garbled"
        raise Refused(code, why=type(error).__name__) from None


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding in ("", "identity"):
        return body
    if encoding != "deflate":
        raise Refused("message_garbled", why=f"Content-Encoding {encoding[:20]!r}")
    reader = zlib.decompressobj()
    text = reader.decompress(body, BYTES_MAX)
    if reader.unconsumed_tail:
        raise Refused("change_oversized", size=BYTES_MAX, limit=BYTES_MAX)
    if not reader.eof:
        raise Refused("message_garbled", why="the compressed body is cut short")
    return text


def authenticated(session: Session, request: Request) -> Device:
    """The device whose token the request carries.

    :raises Refused: ``device_unknown``
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused("device_unknown")
    return device_of(session, token)
