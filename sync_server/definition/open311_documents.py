"""The documents of Open311 as schemas; the names of their XML are in `xml`."""

from typing import Any

from sync_server.definition.parts import (
    MOMENT,
    TEXT,
    Schema,
    a_list,
    an_object,
    one_of,
    or_none,
)
from sync_server.open311.documents import DETAILED
from sync_server.open311.writing import ITEMS

_MAYBE = or_none(TEXT)
_ID: Schema = {"type": "string", "minLength": 1}
_PLACE: dict[str, Schema] = {
    "address": _MAYBE,
    "address_id": _MAYBE,
    "zipcode": _MAYBE,
    "lat": or_none({"type": "number", "minimum": -90, "maximum": 90}),
    "long": or_none({"type": "number", "minimum": -180, "maximum": 180}),
    "media_url": _MAYBE,
}


def documents() -> dict[str, Schema]:
    told = {
        "Discovery": _discovery(),
        "Services": _several("services", _service()),
        "ServiceDefinition": _definition(),
        "Requests": _several("service_requests", _request()),
        "Received": _several("service_requests", _received()),
        "Tokens": _several("service_requests", _whole({"service_request_id": _ID, "token": TEXT})),
        "Updates": _several("service_request_updates", _update()),
        "ReceivedUpdates": _several("service_request_updates", _whole({"update_id": _ID})),
        "Errors": _several(
            "errors", _whole({"code": {"type": "integer"}, "description": TEXT}), minItems=1
        ),
    }
    return {f"Open311{name}": schema for name, schema in told.items()}


def _whole(needed: dict[str, Schema], may: dict[str, Schema] | None = None) -> Schema:
    return an_object(needed, may, additionalProperties=False)


def _several(name: str, item: Schema, **more: Any) -> Schema:
    """A list: in XML, elements within one of that name."""
    one = {**item, "xml": {"name": ITEMS[name]}}
    return a_list(one, xml={"name": name, "wrapped": True}, **more)


def _discovery() -> Schema:
    endpoint = _whole(
        {
            "specification": TEXT,
            "url": TEXT,
            "changeset": TEXT,
            "type": one_of(["production", "test"]),
            "formats": _several("formats", TEXT, minItems=1),
        }
    )
    told = {
        "changeset": TEXT,
        "contact": TEXT,
        "key_service": TEXT,
        "endpoints": _several("endpoints", endpoint, minItems=2),
    }
    return _whole(told) | {"xml": {"name": "discovery"}}


def _service() -> Schema:
    return _whole(
        {
            "service_code": _ID,
            "service_name": TEXT,
            "description": TEXT,
            "metadata": {"type": "boolean"},
            "type": one_of(["realtime"]),
            "keywords": TEXT,
            "group": TEXT,
        }
    )


def _definition() -> Schema:
    kinds = ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")
    attribute = _whole(
        {
            "variable": {"type": "boolean"},
            "code": _ID,
            "datatype": one_of(kinds),
            "required": {"type": "boolean"},
            "datatype_description": _MAYBE,
            "order": {"type": "integer", "minimum": 1},
            "description": TEXT,
        },
        {"values": _several("values", _whole({"key": TEXT, "name": TEXT}))},
    )
    told = {"service_code": _ID, "attributes": _several("attributes", attribute)}
    return _whole(told) | {"xml": {"name": "service_definition"}}


def _request() -> Schema:
    extended = _whole(
        {
            "detailed_status": one_of(DETAILED.values()),
            "incident_id": _MAYBE,
            "reports": {"type": "integer"},
        }
    )
    return _whole(
        {
            "service_request_id": _ID,
            "status": one_of(["open", "closed"]),
            "status_notes": TEXT,
            "service_name": TEXT,
            "service_code": _ID,
            "description": _MAYBE,
            "agency_responsible": _MAYBE,
            "service_notice": _MAYBE,
            "requested_datetime": MOMENT,
            "updated_datetime": MOMENT,
            **_PLACE,
        },
        {"expected_datetime": MOMENT, "extended_attributes": extended},
    )


def _received() -> Schema:
    return _whole({"service_request_id": _ID, "service_notice": _MAYBE, "account_id": _MAYBE})


def _update() -> Schema:
    return _whole(
        {
            "update_id": _ID,
            "service_request_id": _ID,
            "status": one_of(DETAILED.values()),
            "updated_datetime": MOMENT,
            "description": TEXT,
            "media_url": _MAYBE,
        }
    )
