"""The doors under `/311`, which everybody may open."""

from collections.abc import Callable
from datetime import datetime
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from asset_model.database import Database
from asset_model.errors import Refused
from sync_server.http.problems import CLIENT_CLOSED
from sync_server.intake.forms import form_of
from sync_server.intake.line import Line
from sync_server.intake.town import Town
from sync_server.notices.tokens import Tokens
from sync_server.photo_depot import Depot
from sync_server.public import failing, following, letters, reporting
from sync_server.public.asking import Asking, Hands
from sync_server.public.flood import Flood
from sync_server.public.rendering import HEADERS, language_of, page
from sync_server.shared_gate import SharedGate

_STATIC = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
}
FILES_READ_MAX = 20
"""More than a report may have: whoever chose too many is told so beside the field."""
_KEPT = {**HEADERS, "Cache-Control": "public, max-age=3600"}

Answer = Callable[[Asking, Hands], Response]


def public_doors(
    database: Database,
    *,
    town: Town,
    depot: Depot | None,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    tokens: Tokens,
    line: Line,
    shared: SharedGate,
) -> Starlette:
    """The application to mount at `/311`."""
    hands = Hands(database, town, depot, clock, new_id, Flood(shared), tokens, line)

    def door(path: str, answer: Answer, *methods: str) -> Route:
        async def behind(request: Request) -> Response:
            return await _answered(request, answer, hands, path)

        return Route(path, behind, methods=list(methods or ("GET",)))

    routes = [
        door("/", reporting.home),
        door("/where", reporting.where),
        door("/details", reporting.details, "GET", "POST"),
        door("/send", reporting.send, "POST"),
        door("/follow", following.follow, "POST"),
        door("/map.svg", reporting.map_picture),
        *(Route(f"/{name}", _static(name, kind)) for name, kind in _STATIC.items()),
        door("/mail/confirm/{token}", letters.confirm, "GET", "POST"),
        door("/mail/stop/{token}", letters.stop, "GET", "POST"),
        door("/{secret}", following.standing),
        door("/{secret}/letters", letters.wish, "POST"),
        door("/{secret}/not-fixed", following.not_fixed, "POST"),
        door("/{secret}/rating", following.rating, "POST"),
        door("/{secret}/photo/{rank:int}.jpg", following.photo),
        door("/{secret}/done/{rank:int}.jpg", following.work_photo),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _astray(town)})


def _astray(town: Town) -> Callable[[Request, Exception], Response]:
    """Whoever asks for what there is not reads that on a page too."""

    def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        language = language_of(request, dict(request.query_params))
        sentence = Refused("not_found").sentence(language)
        told = page("gone", request, language, town, status=error.status_code, sentence=sentence)
        told.headers.update(error.headers or {})
        return told

    return answer


async def _answered(request: Request, answer: Answer, hands: Hands, door: str) -> Response:
    pairs = list(request.query_params.multi_items())
    photos: tuple[bytes, ...] = ()
    try:
        if request.method == "POST":
            form = await form_of(request, files_max=FILES_READ_MAX)
            pairs, photos = pairs + form.pairs, tuple(form.files)
        given = dict(pairs)
        language = language_of(request, given)
        return await hands.line.beside(answer, Asking(request, given, photos, language), hands)
    except ClientDisconnect:
        return Response(status_code=CLIENT_CLOSED)
    except Exception as error:  # noqa: BLE001 -- whatever it is, a citizen reads a page of ours
        return failing.page_of(error, request, pairs, hands.town, door=door)


def _static(name: str, kind: str) -> Callable[[Request], Response]:
    content = (files("sync_server.public") / "static" / name).read_bytes()

    def answer(_: Request) -> Response:
        return Response(content, headers={**_KEPT, "Content-Type": kind})

    return answer
