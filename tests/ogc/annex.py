"""What the abstract tests of the standard speak of: collections, links, parameters."""

from typing import Any

import pytest

LAYERS = (
    "hydrant", "road_segment", "sector", "service_connection", "street_light", "vehicle",
    "closures", "passes", "work_orders",
)  # fmt: skip

EACH_LAYER = pytest.mark.parametrize("layer", LAYERS)
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


def links(document: Any, rel: str) -> list[Any]:
    return [link for link in document["links"] if link["rel"] == rel]


def parameter(api: Any, layer: str, name: str) -> Any:
    """A query parameter of a layer's items, as the definition describes it."""
    told = api["paths"][f"/collections/{layer}/items"]["get"]["parameters"]
    known = api["components"]["parameters"]
    whole = [known[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in told]
    (found,) = [p for p in whole if p["name"] == name]
    return {key: value for key, value in found.items() if key != "description"}


def every_link(document: Any) -> list[Any]:
    if isinstance(document, dict):
        own = document.get("links", [])
        return [*own, *(one for value in document.values() for one in every_link(value))]
    return (
        [one for each in document for one in every_link(each)] if isinstance(document, list) else []
    )
