"""The doors under `/ogc`. Each checks the key, opens one reading of the database, answers."""

import base64
import binascii
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from asset_model.database import Database
from asset_model.errors import Refused
from sync_server.http.problems import STATUSES
from sync_server.layers.every import layer_called, layers_of
from sync_server.layers.layer import Layer
from sync_server.layers.sight import Sight
from sync_server.ogc import documents, pages, parameters
from sync_server.ogc.html import api_page, landing_page
from sync_server.ogc.keys import sight_by
from sync_server.ogc.openapi import definition
from sync_server.ogc.systems import CRS_84, checked

log = logging.getLogger(__name__)

ASK_FOR_A_KEY = {"WWW-Authenticate": 'Basic realm="Voirie", charset="UTF-8", Bearer'}

Answer = Callable[[Request, Session, Sight], Response]


def ogc_doors(database: Database, clock: Callable[[], datetime]) -> Starlette:
    """The application to mount: read-only, and all of it behind a key."""

    def door(path: str, answer: Answer) -> Route:
        def behind(request: Request) -> Response:
            with database.reading() as session:
                sight = sight_by(session, _secret(request), now=clock())
                return answer(request, session, sight)

        return Route(path, behind, methods=["GET"])

    def items(request: Request, session: Session, sight: Sight) -> Response:
        return _items(request, session, sight, now=clock())

    routes = [
        door("/", _landing),
        door("/api", _api),
        door("/conformance", _conformance),
        door("/collections", _collections),
        door("/collections/{collection}", _collection),
        door("/collections/{collection}/items", items),
        door("/collections/{collection}/items/{feature:path}", _item),
    ]
    handlers: dict[Any, Any] = {
        Refused: _refused,
        HTTPException: _http,
        DBAPIError: _failed,
        Exception: _failed,
    }
    return Starlette(routes=routes, exception_handlers=handlers)


def _landing(request: Request, session: Session, sight: Sight) -> Response:
    if not _to_be_read(request):
        return _json(documents.landing(_root(request)))
    return _page(landing_page(documents.landing(_root(request), kind=documents.HTML)))


def _api(request: Request, session: Session, sight: Sight) -> Response:
    html = _to_be_read(request)
    told = definition(layers_of(session, sight), _root(request))
    return _page(api_page(told)) if html else _json(told, kind=documents.OPENAPI)


def _conformance(request: Request, session: Session, sight: Sight) -> Response:
    _check_plain(request)
    return _json(documents.conformance())


def _collections(request: Request, session: Session, sight: Sight) -> Response:
    _check_plain(request)
    layers = layers_of(session, sight)
    return _json(documents.collections(session, layers, _root(request)))


def _collection(request: Request, session: Session, sight: Sight) -> Response:
    _check_plain(request)
    layer = _layer(request, session, sight)
    return _json(documents.collection(session, layer, _root(request)))


def _items(request: Request, session: Session, sight: Sight, *, now: datetime) -> Response:
    layer, query = _layer(request, session, sight), _query(request)
    ask = parameters.asked_of(layer, query)
    _check_form(query)
    found = pages.page(session, layer, ask)
    told = documents.items(layer, found, ask.uri, _here(request), query, now)
    return _json(told, kind=documents.GEOJSON, uri=ask.uri)


def _item(request: Request, session: Session, sight: Sight) -> Response:
    layer, query = _layer(request, session, sight), _query(request)
    told = parameters.check_known(query, parameters.OF_AN_ITEM)
    _check_form(query)
    uri = checked(told.get("crs", CRS_84), parameter="crs")
    id = request.path_params["feature"]
    feature = pages.one(session, layer, id) if "\x00" not in id else None
    if feature is None:
        raise Refused("feature_unknown", feature=id, collection=layer.code)
    document = documents.item(layer, feature, uri, _here(request), query)
    return _json(document, kind=documents.GEOJSON, uri=uri)


def _layer(request: Request, session: Session, sight: Sight) -> Layer:
    code = request.path_params["collection"]
    layer = layer_called(session, code, sight) if "\x00" not in code else None
    if layer is None:
        raise Refused("collection_unknown", collection=code)
    return layer


def _secret(request: Request) -> str:
    """The key: a bearer token, the password of any user, or a header of its own.

    :raises Refused: ``key_unknown``
    """
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            raise Refused("key_unknown") from None
    if key := request.headers.get("x-api-key"):
        return key
    raise Refused("key_unknown")


def _query(request: Request) -> parameters.Query:
    return list(request.query_params.multi_items())


def _check_plain(request: Request) -> None:
    parameters.check_known(query := _query(request), ("f",))
    _check_form(query)


def _check_form(query: parameters.Query) -> None:
    """Pages to be read are the landing page and the definition alone."""
    if ("f", "html") in query:
        raise Refused("parameter_invalid", parameter="f", value="html", why="json")


def _to_be_read(request: Request) -> bool:
    """Whether a person's browser asks: by the query, else by what it wishes first."""
    told = parameters.check_known(_query(request), ("f",))
    wished = request.headers.get("accept", "").partition(",")[0]
    return told.get("f", "html" if documents.HTML in wished else "json") == "html"


def _page(html: str) -> Response:
    return Response(html, media_type="text/html; charset=utf-8", headers={"Vary": "Accept"})


def _root(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}{request.scope['root_path']}"


def _here(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


def _json(document: Any, *, kind: str = documents.JSON, uri: str | None = None) -> Response:
    headers = {"Content-Crs": f"<{uri}>"} if uri else None
    return Response(orjson.dumps(document), media_type=kind, headers=headers)


def _refused(_: Request, error: Refused) -> Response:
    status = STATUSES.get(error.code, 400)
    body = {
        "code": error.code,
        "description": error.sentence("en"),
        "description_fr": error.sentence("fr"),
    }
    if "parameter" in error.details:
        body["parameter"] = error.details["parameter"]
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type=documents.JSON,
        headers=ASK_FOR_A_KEY if status == 401 else None,
    )


def _http(request: Request, error: HTTPException) -> Response:
    told = _refused(request, Refused("not_found"))
    told.status_code = error.status_code
    told.headers.update(error.headers or {})
    return told


def _failed(request: Request, error: Exception) -> Response:
    log.error("%s failed", request.url.path, exc_info=error)
    return _refused(request, Refused("server_error"))
