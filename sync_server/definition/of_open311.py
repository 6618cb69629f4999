"""The doors of Open311, as GeoReport v2 describes them, and the updates that others send."""

from typing import Any

from sync_server.definition.parts import (
    BYTES,
    FORM,
    JSON,
    KEY,
    MOMENT,
    MULTIPART,
    SOMETHING,
    SPOKEN,
    TEXT,
    Door,
    Schema,
    a_list,
    an_object,
    answer,
    body,
    door,
    in_path,
    in_query,
    one_of,
    ref,
    refusals,
)
from sync_server.intake.desk import WORDS_MAX
from sync_server.open311 import searching, updating
from sync_server.open311.sending import URL
from sync_server.open311.writing import KINDS

TAG = "open311"
PREFIX = "/open311/v2"
XML = "text/xml"
_FORM = in_path("form", one_of(KINDS), "XML or JSON; every answer keeps to it, errors too.")
_WHERE = in_query("jurisdiction_id", TEXT, "Another town's is refused.")
_LANGUAGE = in_query("locale", TEXT, "fr or en; what begins otherwise is as if it were not there.")
PLACED = (["lat", "long"], ["address_string"], ["address_id"])
WORDS: Schema = {**SPOKEN, "maxLength": WORDS_MAX}
FIELDS: Schema = {"additionalProperties": SPOKEN, "propertyNames": SPOKEN}
_EMPTY: Schema = {"type": "string", "maxLength": 0}
_DATE: Schema = {"anyOf": [MOMENT, _EMPTY]}


def doors() -> dict[str, dict[str, Door]]:
    of = {
        "/discovery.{form}": {"get": _read("discovery", "What is offered here", "Discovery")},
        "/services.{form}": {
            "get": _read("services", "What may be reported", "Services", _LANGUAGE)
        },
        "/services/{service_code}.{form}": {"get": _definition()},
        "/requests.{form}": {"get": _requests(), "post": _new_request()},
        "/requests/{service_request_id}.{form}": {"get": _request()},
        "/tokens/{token}.{form}": {"get": _token()},
        "/servicerequestupdates.{form}": {"get": _updates(), "post": _new_update()},
    }
    return {f"{PREFIX}{path}": doors for path, doors in of.items()}


def _definition() -> Door:
    code = in_path("service_code", TEXT, "It may hold dots, spaces and accents.")
    summary = "The questions of a service"
    return _read("serviceDefinition", summary, "ServiceDefinition", code, _LANGUAGE)


def _requests() -> Door:
    page = {"type": "integer", "minimum": 1, "maximum": searching.PAGE_MAX}
    size = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    statuses = a_list(one_of(searching.STATUSES))
    return _read(
        "requests",
        "Requests, the latest first",
        "Requests",
        in_query("service_request_id", TEXT, "Several with commas; overrides all other filters."),
        in_query("service_code", TEXT, "Several with commas."),
        in_query("status", statuses, style="form", explode=False),
        in_query("start_date", _DATE, "Made since; 90 days at most are told."),
        in_query("end_date", _DATE, "Made until."),
        in_query("updated_after", _DATE),
        in_query("updated_before", _DATE),
        in_query("page", page),
        in_query("page_size", size, f"{searching.PAGE_SIZE_MAX} at most are given."),
        in_query("extensions", one_of(["true", "false"])),
        in_query("api_key", TEXT, "Whoever sent a request reads its words and pictures back."),
        _LANGUAGE,
    )


def _request() -> Door:
    id = in_path("service_request_id")
    extensions = in_query("extensions", one_of(["true", "false"]))
    return _read("request", "One request", "Requests", id, extensions, _LANGUAGE)


def _token() -> Door:
    summary = "The id of a request: known at once, so that no client needs to wait for it"
    return _read("token", summary, "Tokens", in_path("token"))


def _updates() -> Door:
    return _read(
        "updates",
        "What was told of requests, the oldest first",
        "Updates",
        in_query("service_request_id", TEXT),
        in_query("start_date", _DATE),
        in_query("end_date", _DATE),
        _LANGUAGE,
    )


def _new_request() -> Door:
    latitude = {"type": "number", "minimum": -90, "maximum": 90}
    longitude = {"type": "number", "minimum": -180, "maximum": 180}
    url = {"type": "string", "maxLength": 2_000, "pattern": f"^{URL}$"}
    names = ("zipcode", "email", "device_id", "account_id", "first_name",
             "last_name", "phone", "external_id")  # fmt: skip
    form = an_object(
        {"service_code": SOMETHING},
        {
            "lat": latitude,
            "long": longitude,
            "address_string": SOMETHING,
            "address_id": SOMETHING,
            "description": WORDS,
            "media_url": url,
            **dict.fromkeys(names, SPOKEN),
        },
        description="With `attribute[CODE]` for each question of the service.",
        anyOf=[
            {"required": each} for each in (["lat", "long"], ["address_string"], ["address_id"])
        ],
        **FIELDS,
        dependentRequired={"lat": ["long"], "long": ["lat"]},
    )
    pictures = {"photo1": BYTES, "photo2": BYTES}
    photos = {**form, "properties": {**form["properties"], **pictures}}
    content = {FORM: {"schema": form}, MULTIPART: {"schema": photos}}
    told = {200: _told("The same came before", "Received"), 201: _told("Taken in", "Received")}
    return _sent("newRequest", "Report something", told, {"required": True, "content": content})


def _new_update() -> Door:
    form = an_object(
        {"service_request_id": SOMETHING, "update_id": SOMETHING},
        {
            "status": one_of(sorted(updating.STATUSES)),
            "updated_datetime": _DATE,
            "description": WORDS,
        },
        **FIELDS,
    )  # fmt: skip
    told = {200: _told("Kept, once for each update_id", "ReceivedUpdates")}
    return _sent("newUpdate", "Tell of a request", told, body(form, FORM))


def _read(id: str, summary: str, document: str, *parameters: Schema) -> Door:
    return _door(id, summary, {200: _told(summary, document)}, (400, 404), *parameters)


def _sent(id: str, summary: str, told: dict[int, Schema], form: dict[str, Any]) -> Door:
    whole = _door(id, summary, told, (400, 403, 404, 413, 415, 422, 429))
    return {**whole, "requestBody": form, "security": [{KEY: []}]}


def _door(
    id: str, summary: str, told: dict[int, Schema], refused: tuple[int, ...], *parameters: Schema
) -> Door:
    whole = door(f"open311.{id}", summary, told, tag=TAG, parameters=[_FORM, _WHERE, *parameters])
    answers = refusals({*refused, 500, 503, 507}, ref("Open311Errors"), JSON, XML)
    return {**whole, "responses": {**answers, **{str(code): each for code, each in told.items()}}}


def _told(description: str, document: str) -> Schema:
    return answer(description, {JSON: ref(f"Open311{document}"), XML: ref(f"Open311{document}")})
