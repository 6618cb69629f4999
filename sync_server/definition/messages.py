"""The schemas of messages that have a class: worked out from the class, so that there is one."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from asset_model.sync.offer import Offer
from asset_model.sync.pack_offer import PackList
from asset_model.sync.reading import ID_LENGTH_MAX, POSITION_MAX, SCHEMA_MAX
from asset_model.sync.wire import Page, Pull, Push, PushReply, Removal, Terms
from sync_server.definition.parts import PROBLEM, Schema
from sync_server.enrolment import Enrolled
from sync_server.intake.contacts import Contact

_CLASSES: tuple[Any, ...] = (Push, PushReply, Pull, Page, Terms, Offer, PackList, Enrolled, Contact)
_REMOVAL = {
    "description": f"{Removal.__doc__} As [table, row, bucket, reason].",
    "type": "array",
    "items": {"type": "string"},
    "minItems": 4,
    "maxItems": 4,
}
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


@cache
def messages() -> dict[str, Schema]:
    """By the name of the class."""
    found: dict[str, Schema] = {"Problem": PROBLEM}
    for each in _CLASSES:
        schema = TypeAdapter(each).json_schema(ref_template="#/components/schemas/{model}")
        found |= schema.pop("$defs", {})
        found[each.__name__] = schema
    for schema in found.values():
        schema.pop("title", None)
        for part in schema.get("properties", {}).values():
            part.pop("title", None)
    found["Removal"] = _REMOVAL
    _tighten(found)
    return found


def _tighten(found: dict[str, Schema]) -> None:
    """What readers of messages ask beyond the types (`asset_model/sync/reading.py`)."""
    id = {"type": "string", "minLength": 1, "maxLength": ID_LENGTH_MAX, "pattern": PRINTABLE}
    position = {"type": "integer", "minimum": 0, "maximum": POSITION_MAX}
    for name in ("id", "row"):
        found["Change"]["properties"][name] = id
    for name in ("id", "person"):
        found["Group"]["properties"][name] = id
    found["Change"]["required"] += ["before", "after"]
    found["Group"]["properties"]["changes"]["minItems"] = 1
    for message in ("Push", "Pull"):
        found[message]["required"].append("protocol")
        found[message]["properties"]["protocol"]["enum"] = [1, 2, 3]
        found[message]["properties"]["schema"] |= {"minimum": -SCHEMA_MAX, "maximum": SCHEMA_MAX}
    found["Pull"]["required"] = ["protocol", "schema", "positions"]  # Who is new has no more.
    pull = found["Pull"]["properties"]
    pull["positions"]["additionalProperties"] = position
    pull["since"]["additionalProperties"] = position
    pull["heard"] |= position
    pull["digests"]["additionalProperties"] |= {"minItems": 2, "maxItems": 2}
