"""The definition of every door over HTTP, in OpenAPI 3.1: `/api/openapi.json`, and `/docs`.

Messages are read by our own readers, strictly and with our own refusals; what they take and give is
written here, from the messages' classes where there is one. `/ogc` defines itself, by the layers
that the town has (`/ogc/api`). `tests/definition` asks the doors whether they keep to all of it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from fastapi import FastAPI

from sync_server.definition import (
    of_office,
    of_open311,
    of_photos,
    of_public,
    of_tablets,
    of_webhooks,
)
from sync_server.definition.messages import messages
from sync_server.definition.open311_documents import documents
from sync_server.definition.parts import SECURITY, Door

AREAS: tuple[Callable[[], dict[str, dict[str, Door]]], ...] = (
    of_tablets.doors,
    of_photos.doors,
    of_office.doors,
    of_open311.doors,
    of_public.doors,
)
ABOUT = """The doors of a Voirie server. The town's assets and work orders are at
[/ogc](/ogc/api), with a definition of their own, read-only."""


NEEDS = {
    "/photos": "depot",
    "/sync/v1/snapshot": "copies",
    "/sync/v1/base-map": "packs",
    "/sync/v1/events": "live",
}
"""What must be there for the doors of a prefix to be open."""


def definition(shut: Iterable[str] = ()) -> dict[str, Any]:
    """The whole of it, but for doors that begin with one of `shut`."""
    prefixes = tuple(shut)
    paths = {path: told for doors in AREAS for path, told in doors().items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Voirie", "version": "0.1.0", "description": ABOUT},
        "paths": {path: told for path, told in paths.items() if not path.startswith(prefixes)},
        "webhooks": of_webhooks.webhooks(),
        "components": {
            "schemas": {**messages(), **documents(), **of_webhooks.schemas()},
            "securitySchemes": SECURITY,
        },
    }


def define(app: FastAPI) -> None:
    """The application tells this definition as its own."""
    shut = [prefix for prefix, need in NEEDS.items() if not hasattr(app.state, need)]

    @cache
    def told() -> dict[str, Any]:
        return definition(shut)

    app.openapi = told  # type: ignore[method-assign]
