"""The two doors of synchronization: what tablets send, and what they ask for."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from asset_model.errors import Refused
from asset_model.sync.reading import Malformed, pull_from, push_from
from asset_model.sync.squeezing import packed
from asset_model.sync.wire import SPOKEN
from sync_server import exchange
from sync_server.http.bodies import authenticated, json_body

router = APIRouter(prefix="/sync/v1")

Body = Annotated[Any, Depends(json_body)]


@router.post("/push")
def push(request: Request, body: Body) -> Response:
    message = _read(push_from, body)
    with request.app.state.database.reading() as session:
        device = authenticated(session, request)
    state = request.app.state
    reply = exchange.push(state.database, device, message, now=_now(request), seals=state.seals)
    return _packed(request, reply)


@router.post("/pull")
def pull(request: Request, body: Body) -> Response:
    message = _read(pull_from, body)
    with request.app.state.database.reading() as session:
        device = authenticated(session, request)
    state = request.app.state
    answer = exchange.pull(state.database, device, message, now=_now(request), seals=state.seals)
    return _packed(request, answer)


def _packed(request: Request, answer: bytes) -> Response:
    """In this thread, not in the one that serves everybody's lines."""
    told = request.headers.get("accept-encoding", "").split(",")
    body, form = packed(answer, {part.partition(";")[0].strip() for part in told})
    headers = {"Content-Encoding": form} if form else None
    return Response(body, media_type="application/json", headers=headers)


def _read(reader: Any, body: Any) -> Any:
    try:
        message = reader(body)
    except Malformed as error:
        raise Refused("malformed_request", why=str(error)) from None
    if message.protocol not in SPOKEN:
        raise Refused("protocol_unknown", spoken=max(SPOKEN), asked=message.protocol)
    return message


def _now(request: Request) -> datetime:
    now: datetime = request.app.state.clock()
    return now
