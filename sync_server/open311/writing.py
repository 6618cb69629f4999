"""Answers as the two formats spell them: one document, JSON or XML."""

import re
from typing import Any
from xml.sax.saxutils import escape

import orjson
from starlette.responses import Response

KINDS = {"json": "application/json", "xml": "text/xml"}
ITEMS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
"""What one thing of a list is called in XML; JSON has no such names."""

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML may hold, whoever typed them."""


def answer(root: str, document: Any, form: str, *, status: int = 200) -> Response:
    """`root` is the outermost element of the XML. Every answer says its charset."""
    kind = f"{KINDS[form]}; charset=utf-8"
    return Response(written(root, document, form), status, headers={"Content-Type": kind})


def bare(root: str, document: Any, form: str) -> Response:
    """As discovery is asked to be: its type without a charset."""
    return Response(written(root, document, form), headers={"Content-Type": KINDS[form]})


def written(root: str, document: Any, form: str) -> bytes:
    if form == "json":
        return orjson.dumps(document)
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + _element(root, document)).encode()


def _element(name: str, value: Any) -> str:
    match value:
        case dict():
            inner = "".join(_element(key, each) for key, each in value.items())
        case list():
            inner = "".join(_element(ITEMS[name], each) for each in value)
        case None:
            inner = ""
        case bool():
            inner = str(value).lower()
        case _:
            inner = escape(_FORBIDDEN.sub("", str(value)))
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"
