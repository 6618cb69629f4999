"""A wire between a tablet and the server's application that tests can cut at any byte."""

import asyncio
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from tests.threads import PATIENCE_S

Asgi = Callable[..., Any]


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)


def call(
    app: Asgi,
    method: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    *,
    cut: int | None = None,
) -> Answer:
    """One request to the application. `cut`: the client hangs up after so many bytes of body."""
    arriving = [{"type": "http.request", "body": body, "more_body": False}]
    if cut is not None:
        arriving = [
            {"type": "http.request", "body": body[:cut], "more_body": True},
            {"type": "http.disconnect"},
            {"type": "http.disconnect"},
        ]
    answer = Answer()

    async def receive() -> Mapping[str, Any]:
        if not arriving:  # The client waits for its answer, for as long as it takes.
            await asyncio.Event().wait()
        return arriving.pop(0)

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            told = message["headers"]
            answer.headers = {name.decode().lower(): value.decode() for name, value in told}
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")

    async def ask() -> None:
        async with asyncio.timeout(PATIENCE_S):
            await app(_scope(method, path, headers or {}), receive, send)

    asyncio.run(ask())
    return answer


def _scope(method: str, path: str, headers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("tablet", 1),
        "server": ("server", 80),
    }


@dataclass
class Wire(BaseAdapter):
    """Carries what `requests` sends to the application; breaks where it is told to.

    `body_left`: so many bytes of bodies pass, then the line is dead in the middle of one.
    `answers_left`: so many answers pass, then the line is dead after the server has acted.
    """

    app: Asgi
    body_left: int | None = None
    answers_left: int | None = None
    asked: list[str] = field(default_factory=list)
    seen: list[requests.PreparedRequest] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def heal(self) -> None:
        self.body_left = self.answers_left = None

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        assert request.method
        assert request.url
        path = urlsplit(request.url).path
        self.asked.append(request.method)
        self.seen.append(request)
        body = request.body or b""
        assert isinstance(body, bytes)
        headers = {name: str(value) for name, value in request.headers.items()}
        if self.body_left is not None and len(body) > self.body_left:
            cut, self.body_left = self.body_left, 0
            call(self.app, request.method, path, headers, body, cut=cut)
            raise requests.ConnectionError("cut")
        try:
            answer = call(self.app, request.method, path, headers, body)
        except Exception as death:
            raise requests.ConnectionError("the server died") from death
        if self.body_left is not None:
            self.body_left -= len(body)
        if self.answers_left is not None:
            if self.answers_left == 0:
                raise requests.ConnectionError("cut")
            self.answers_left -= 1
        return _response(request, answer)

    def close(self) -> None:
        pass


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.headers.update(answer.headers)
    response.raw = HTTPResponse(
        io.BytesIO(bytes(answer.body)), headers=answer.headers, preload_content=False
    )
    response.request = request
    response.url = request.url or ""
    return response
