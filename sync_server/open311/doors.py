"""The doors under `/open311/v2`: the address tells the format, and every answer keeps to it."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from sqlalchemy.exc import DBAPIError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from asset_model.database import Database
from asset_model.errors import Refused
from sync_server.http.problems import CLIENT_CLOSED, STATUSES, refusal_of
from sync_server.intake.forms import form_of
from sync_server.intake.line import Line
from sync_server.intake.pictures import Picture, remade
from sync_server.intake.town import Town
from sync_server.open311.answering import Answering, Asked
from sync_server.open311.faults import UNALLOWED, UNKNOWN, Fault, Faulty, Unallowed
from sync_server.open311.guesses import Guesses
from sync_server.open311.sending import given_of
from sync_server.open311.writing import KINDS, answer
from sync_server.photo_depot import Depot
from sync_server.shared_gate import SharedGate

log = logging.getLogger(__name__)

PREFIX = "/open311/v2"


@dataclass(frozen=True)
class Place:
    """An address: its parts, and the format that it ends with."""

    parts: tuple[str, ...]
    form: str


def open311_doors(
    database: Database,
    *,
    town: Town,
    depot: Depot | None,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    line: Line,
    shared: SharedGate,
) -> ASGIApp:
    """The application to mount at `PREFIX`. Without a depot, no pictures are taken in."""
    guesses = Guesses(shared)
    answering = Answering(database, town, depot, clock, new_id, guesses, line)

    async def door(request: Request) -> Response:
        place = place_of(request)
        try:
            return await _answered(request, place, answering)
        except Faulty as faulty:
            return _told(faulty.faults, faulty.status, place.form)
        except Unallowed as unallowed:
            words = f"{request.method} is not possible here"
            told = _told([Fault(UNALLOWED, words)], UNALLOWED, place.form)
            told.headers["Allow"] = ", ".join(unallowed.allowed)
            return told
        except Refused as refused:
            return _told_of(refused, place.form)
        except ClientDisconnect:
            return Response(status_code=CLIENT_CLOSED)
        except (DBAPIError, OSError, ValueError) as error:
            log.error("%s failed", place.parts, exc_info=error)
            return _told_of(refusal_of(error), place.form)

    async def every(scope: Scope, receive: Receive, send: Send) -> None:
        """No route of Starlette's: a code may hold whatever an address may, a new line too."""
        told = await door(Request(scope, receive, send))
        await told(scope, receive, send)

    return every


async def _answered(request: Request, place: Place, answering: Answering) -> Response:
    pairs = list(request.query_params.multi_items())
    photos: Sequence[Picture] = ()
    if request.method == "POST":
        form = await form_of(request)
        pairs += form.pairs
        photos = await answering.line.beside(lambda: [remade(content) for content in form.files])
    given = given_of(pairs, request.headers.get("idempotency-key"))
    root = f"{request.url.scheme}://{request.url.netloc}"
    method = "GET" if request.method == "HEAD" else request.method
    asked = Asked(place.parts, place.form, method, given, root, photos)
    return await answering.line.beside(answering.to, asked)


def place_of(request: Request) -> Place:
    """The parts of the path as they were sent: a code may hold dots, spaces, even a slash.

    The last dot is the format's; without one, what the client accepts.
    """
    raw = request.scope["raw_path"].decode("latin-1")
    path = raw[raw.find(PREFIX) + len(PREFIX) :].strip("/")
    *before, last = path.split("/")
    name, dot, form = last.rpartition(".")
    if not dot or form.lower() not in KINDS:
        accepts = request.headers.get("accept", "")
        name, form = last, "json" if "json" in accepts else "xml"
    return Place(tuple(unquote(part) for part in (*before, name)), form.lower())


def _told_of(refused: Refused, form: str) -> Response:
    status = STATUSES.get(refused.code, 400)
    words = f"{refused.sentence('en')} / {refused.sentence('fr')}"
    return _told([Fault(status, words)], status, form)


def _told(faults: Sequence[Fault], status: int, form: str) -> Response:
    errors = [{"code": fault.code, "description": fault.description} for fault in faults]
    return answer("errors", errors or [{"code": UNKNOWN, "description": ""}], form, status=status)
