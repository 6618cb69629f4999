"""The manners of the tus protocol (1.0.0): its headers, read and written."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from asset_model.errors import Refused
from sync_server.http.problems import problem

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha256", "sha1")  # tus asks every server for sha1; tablets of ours use sha256.
PIECE_TYPE = "application/offset+octet-stream"


class TusRoute(APIRoute):
    """Every answer names the version, refusals too; a request in another one is refused."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def speak(request: Request) -> Response:
            try:
                _check_version(request)
                answer = await handle(request)
            except Refused as refusal:
                answer = problem(refusal)
            if answer.status_code == 412:
                answer.headers["Tus-Version"] = VERSION
            answer.headers["Tus-Resumable"] = VERSION
            return answer

        return speak


def _check_version(request: Request) -> None:
    asked = request.headers.get("tus-resumable")
    if request.method != "OPTIONS" and asked != VERSION:
        raise Refused("tus_version", spoken=VERSION)


def metadata(request: Request) -> dict[str, str]:
    """`Upload-Metadata`: names, each with a value in base64.

    :raises Refused: ``malformed_request``
    """
    found: dict[str, str] = {}
    for pair in filter(None, request.headers.get("upload-metadata", "").split(",")):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Refused("malformed_request", why="Upload-Metadata") from None
    return found


def whole_number(request: Request, name: str) -> int:
    """:raises Refused: ``malformed_request``"""
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise Refused("malformed_request", why=f"{name}: {text[:20]!r}")
    return int(text)


@dataclass
class Checksum:
    """What a piece should sum to, and what has come of it so far."""

    expected: bytes
    _hash: Any

    @classmethod
    def of(cls, request: Request) -> "Checksum | None":
        """`Upload-Checksum` of the request; None where it has none.

        :raises Refused: ``malformed_request``
        """
        told = request.headers.get("upload-checksum")
        if told is None:
            return None
        algorithm, _, value = told.partition(" ")
        if algorithm not in ALGORITHMS:
            raise Refused("malformed_request", why=f"Upload-Checksum: {algorithm[:20]!r}")
        try:
            expected = base64.b64decode(value, validate=True)
        except binascii.Error:
            raise Refused("malformed_request", why="Upload-Checksum") from None
        return cls(expected, hashlib.new(algorithm, usedforsecurity=False))

    def update(self, data: bytes) -> None:
        self._hash.update(data)

    @property
    def fits(self) -> bool:
        return bool(self._hash.digest() == self.expected)
