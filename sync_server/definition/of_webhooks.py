"""What we send to those who listen: the other way round, so it is not a path of ours."""

import json
from importlib.resources import files
from typing import Any

from sync_server.definition.parts import TEXT, Schema, answer, body, in_header, ref

_FILE = files("sync_server.notices") / "events.schema.json"


def webhooks() -> dict[str, Any]:
    """By name; `voirie webhooks` keeps who listens, docs/notices.md tells of the signature."""
    signed = [
        in_header(f"webhook-{name}", TEXT, required=True)
        for name in ("id", "timestamp", "signature")
    ]
    return {
        "happening": {
            "post": {
                "operationId": "webhooks.happening",
                "summary": "Something happened",
                "parameters": signed,
                "requestBody": body(ref("Happening")),
                "responses": {"2XX": answer("Heard; anything else is tried again")},
            }
        }
    }


def schemas() -> dict[str, Schema]:
    """The schema file of webhooks, its parts beside it."""
    told = _FILE.read_text("utf-8").replace("#/$defs/", "#/components/schemas/Happening.")
    whole = json.loads(told)
    parts = whole.pop("$defs")
    whole.pop("$schema")
    return {"Happening": whole, **{f"Happening.{name}": part for name, part in parts.items()}}
