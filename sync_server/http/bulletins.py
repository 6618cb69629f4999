"""The doors of bulletins: the office's device asks, in the name of whoever sits at the screen.

As with changes, the device says who that is; whether they may is decided by their role here.
"""

from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.bulletins import check_may_decide, check_may_read
from asset_model.errors import Refused
from asset_model.people import Person
from sync_server.bulletins.asking import Asking
from sync_server.bulletins.decisions import DECISIONS
from sync_server.bulletins.files import TYPES, made_file
from sync_server.bulletins.telling import BULLETINS
from sync_server.http.bodies import authenticated, json_body

PERSON = "voirie-person"
"""The header that says who asks."""

router = APIRouter()


@router.get("/bulletins/{name}")
def bulletin(request: Request, name: str) -> dict[str, Any]:
    """What the server works out under this name; the question is in the parameters."""
    if name not in BULLETINS:
        raise Refused("not_found")
    with request.app.state.database.reading() as session:
        asking = asked(session, request)
        check_may_read(asking.person.role, name)
        body = BULLETINS[name](asking)
    return {"made_at": instant(asking.now), "body": body}


@router.get("/files/{name}.{form}")
def file(request: Request, name: str, form: str) -> Response:
    """A bulletin to take away; whoever may read the page may."""
    with request.app.state.database.reading() as session:
        asking = asked(session, request)
        check_may_read(asking.person.role, name)
        made = made_file(asking, name, form)
    headers = {
        "Content-Disposition": f'inline; filename="{name}.{form}"',
        "Cache-Control": "private, no-store",
    }
    return Response(made, media_type=TYPES[form], headers=headers)


@router.post("/decisions/{name}")
async def decision(request: Request, name: str) -> dict[str, Any]:
    """What the server works out, or carries out, from what a screen sends."""
    said = await json_body(request)
    return await run_in_threadpool(_decided, request, name, said)


class _Undone(Exception):
    """A look ends as if it had failed: all of it was done, and nothing stands."""


def _decided(request: Request, name: str, said: Any) -> dict[str, Any]:
    if name not in DECISIONS:
        raise Refused("not_found")
    if not isinstance(said, dict):
        raise Refused("malformed_request", why="object")
    told: dict[str, Any] = {}
    with suppress(_Undone), request.app.state.database.writing() as session:
        asking = asked(session, request)
        check_may_decide(asking.person.role, name)
        body = DECISIONS[name].work(asking, said, request.app.state.new_id)
        told = {"made_at": instant(asking.now), "body": body}
        if not DECISIONS[name].stands:
            raise _Undone
    return told


def asked(session: Session, request: Request) -> Asking:
    """Who asks, proven to work here, and what.

    :raises Refused: ``device_unknown``, ``office_only``, ``person_unknown``, ``person_inactive``
    """
    if authenticated(session, request).kind != "office":
        raise Refused("office_only")
    person = session.get(Person, request.headers.get(PERSON, ""))
    if person is None:
        raise Refused("person_unknown")
    if not person.active:
        raise Refused("person_inactive")
    return Asking(session, request.app.state.clock(), person, dict(request.query_params))
