"""Refusals as HTTP: the one place where a code meets a status."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from asset_model.errors import Refused
from asset_model.troubles import Trouble, trouble_of

log = logging.getLogger(__name__)

STATUSES = {
    "device_unknown": 401,
    "code_invalid": 403,
    "code_expired": 403,
    "code_used": 403,
    "malformed_request": 400,
    "message_garbled": 400,
    "protocol_unknown": 400,
    "change_oversized": 413,
    "too_many_attempts": 429,
    "not_found": 404,
    "snapshot_out_of_scope": 403,
    "office_only": 403,
    "role_not_allowed": 403,
    "person_unknown": 403,
    "person_inactive": 403,
    "unit_unknown": 404,
    "unit_not_in_fleet": 404,
    "figure_unknown": 404,
    "snapshot_gone": 404,
    "pack_out_of_scope": 403,
    "pack_gone": 404,
    "photo_unknown": 404,
    "photo_awaited": 404,
    "upload_unknown": 404,
    "upload_elsewhere": 409,
    "tus_version": 412,
    "photo_too_large": 413,
    "photo_unreadable": 415,
    "photo_heic": 415,
    "uploads_too_many": 429,
    "photo_garbled": 460,  # tus: Checksum Mismatch
    "piece_garbled": 460,
    "storage_full": 507,
    "storage_unwritable": 503,
    "parameter_unknown": 400,
    "parameter_invalid": 400,
    "filter_value": 400,
    "collection_unknown": 404,
    "feature_unknown": 404,
    "key_unknown": 401,
    "server_error": 500,
}

CLIENT_CLOSED = 499
WHY_MAX = 200

_TROUBLES = {Trouble.FULL: "storage_full", Trouble.UNWRITABLE: "storage_unwritable"}

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_HTTP_CODES = {404: "not_found", 405: "not_found"}


def answer_with_problems(app: FastAPI) -> None:
    """Every error leaves as ``{"error": {code, message, message_fr, details}}``."""

    @app.exception_handler(Refused)
    def refused(_: Request, error: Refused) -> JSONResponse:
        return problem(error)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        code = _HTTP_CODES.get(error.status_code, "malformed_request")
        told = problem(Refused(code, why=error.detail), status=error.status_code)
        if error.status_code == 405:
            told.headers["Allow"] = ", ".join(_allowed(request))
        return told

    @app.exception_handler(RequestValidationError)
    def unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        where = ", ".join(".".join(map(str, each["loc"])) for each in error.errors())
        return problem(Refused("malformed_request", why=where[:WHY_MAX]))

    @app.exception_handler(DBAPIError)
    def database_failed(request: Request, error: DBAPIError) -> JSONResponse:
        trouble = trouble_of(error)
        log.error("%s %s failed (%s)", request.method, request.url.path, trouble, exc_info=error)
        return problem(refusal_of(error))

    @app.exception_handler(ClientDisconnect)
    def hung_up(request: Request, _: ClientDisconnect) -> Response:
        """A bad link, not an error: nobody is there to read the answer, and it will be sent again.

        The status is nginx's, for whoever reads the access log.
        """
        log.info("%s %s was cut off", request.method, request.url.path)
        return Response(status_code=CLIENT_CLOSED)

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> JSONResponse:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return problem(Refused("server_error"))


def refusal_of(error: Exception) -> Refused:
    """What whoever asked is told of an error that nobody foresaw."""
    return Refused(_TROUBLES.get(trouble_of(error) or Trouble.OTHER, "server_error"))


def _allowed(request: Request) -> list[str]:
    """What this address can be asked. A route knows its own method, not those of its neighbours."""
    routes = request.app.router.routes
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes
        )
    ]


def problem(error: Refused, *, status: int | None = None) -> JSONResponse:
    body: dict[str, Any] = {
        "code": error.code,
        "message": error.sentence("en"),
        "message_fr": error.sentence("fr"),
        "details": error.details,
    }
    headers = {"Retry-After": str(error.details["seconds"])} if "seconds" in error.details else None
    return JSONResponse(
        {"error": body}, status_code=status or STATUSES.get(error.code, 422), headers=headers
    )
