"""A real server on a free port, in a thread of this process."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import requests
import uvicorn
from fastapi import FastAPI

from sync_server.app import create_app
from tests.sync import town
from tests.sync.rig import Server, an_id
from tests.threads import Doing

TIMEOUT_S = 20
PUSH, PULL, ENROL = "/sync/v1/push", "/sync/v1/pull", "/api/enrol"


@contextmanager
def listening(app: FastAPI, *, port: int = 0) -> Iterator[str]:
    """The address at which the application answers, until the block ends."""
    listener = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    running = Doing(server.run, sockets=[listener])
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        running.end()


class Caller:
    """Somebody who speaks HTTP to one server, with one token."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.headers["Authorization"] = f"Bearer {token}"

    def post(self, path: str, body: Any, **headers: str) -> requests.Response:
        """Post bytes as they are, anything else as JSON."""
        given = {"data": body} if isinstance(body, bytes) else {"json": body}
        return self.ask("POST", path, headers=headers, **given)

    def ask(self, verb: str, path: str, **more: Any) -> requests.Response:
        return self._http.request(verb, self.address + path, timeout=TIMEOUT_S, **more)

    def close(self) -> None:
        self._http.close()


@contextmanager
def calling(server: Server) -> Iterator[Caller]:
    """A caller at the doors of this server, with the token of a tablet in hand."""
    _, token = town.add_tablet(server.database, "T9", town.NORTH)
    app = create_app(server.database, clock=server.clock, new_id=an_id)
    with listening(app) as address, closing(Caller(address, token)) as caller:
        yield caller


def refusal(answer: requests.Response) -> tuple[int, str]:
    """The status and code of a refusal, once its shape is made sure of."""
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "message_fr", "details"}
    assert body["error"]["message"] != body["error"]["message_fr"]
    return answer.status_code, body["error"]["code"]
