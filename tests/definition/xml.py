"""Answers in XML, read back as their schema says and held against it."""

from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
from schemathesis import Case, CheckContext, Response

from sync_server.definition import definition

Schema = dict[str, Any]


def xml_keeps_to_its_schema(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """A check of schemathesis, which itself holds JSON alone against schemas."""
    kinds = response.headers.get("content-type", [""])
    if not kinds[0].startswith("text/xml"):
        return
    whole = definition()
    responses = whole["paths"][case.operation.path][case.operation.method]["responses"]
    if str(response.status_code) not in responses:
        return  # Another check tells of it.
    named = responses[str(response.status_code)]["content"]["text/xml"]["schema"]["$ref"]
    schema = whole["components"]["schemas"][named.rpartition("/")[2]]
    element = ET.fromstring(response.content)
    assert element.tag == schema["xml"]["name"], element.tag
    jsonschema.validate(_read(element, schema), schema)


def _read(element: ET.Element, schema: Schema) -> Any:
    if "anyOf" in schema:  # A value or nothing.
        return _read(element, schema["anyOf"][0]) if element.text or len(element) else None
    match schema["type"]:
        case "array":
            item = schema["items"]
            assert {each.tag for each in element} <= {item["xml"]["name"]}
            return [_read(each, item) for each in element]
        case "object":
            return {each.tag: _read(each, schema["properties"][each.tag]) for each in element}
        case "boolean":
            return {"true": True, "false": False}[element.text or ""]
        case "integer" | "number" as kind:
            return (int if kind == "integer" else float)(element.text or "")
        case _:
            return element.text or ""
