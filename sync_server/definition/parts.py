"""What every area of the definition is put together from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from asset_model.errors import SENTENCES

Schema = dict[str, Any]
Door = dict[str, Any]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

TEXT: Schema = {"type": "string"}
SPOKEN: Schema = {"type": "string", "pattern": r"^[^\x00]*$"}
"""What a form may say: no program and no database of ours meets a NUL."""
_SPACES = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""As Python knows them; to a schema's own pattern others are spaces."""
SOMETHING: Schema = {"type": "string", "pattern": rf"^[^\x00]*[^\x00{_SPACES}][^\x00]*$"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
OBJECT: Schema = {"type": "object"}
BYTES: Schema = {"type": "string", "format": "binary"}
ID: Schema = {"type": "string", "minLength": 1, "maxLength": 36}

DEVICE = "device"
"""The security scheme of tablets and of the office's own device."""
KEY = "open311Key"
SECURITY: dict[str, Schema] = {
    DEVICE: {
        "type": "http",
        "scheme": "bearer",
        "description": "The token that a device was given once, when it was enrolled.",
    },
    KEY: {
        "type": "apiKey",
        "in": "query",
        "name": "api_key",
        "description": "From `voirie open311-key`. It may come in the form as well.",
    },
}

PROBLEM: Schema = {
    "type": "object",
    "description": "Why it was refused: a code that stays, and a sentence in each language.",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "message_fr", "details"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "enum": sorted(SENTENCES)},
                "message": TEXT,
                "message_fr": TEXT,
                "details": OBJECT,
            },
        }
    },
}

_REASONS = {
    400: "It cannot be read",
    401: "No token, or one that is none",
    403: "This one may not",
    404: "There is nothing of this name",
    409: "It stands elsewhere by now",
    412: "Another version of the protocol",
    413: "Too large",
    415: "Not a kind that is taken here",
    416: "Nothing lies in this range",
    422: "Understood, and not possible",
    429: "Too many at once; Retry-After says when",
    460: "Its bytes do not sum to what was told",
    500: "Our fault; it is in the log",
    503: "The server cannot write",
    507: "The server's disk is full",
}
_TROUBLE = (500, 503, 507)


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def a_list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def an_object(
    needed: Mapping[str, Schema], may: Mapping[str, Schema] | None = None, **more: Any
) -> Schema:
    whole: Schema = {"type": "object", "properties": {**needed, **(may or {})}, **more}
    return whole | ({"required": list(needed)} if needed else {})


def or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(words: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


def in_query(name: str, schema: Schema, description: str = "", **more: Any) -> Schema:
    return _parameter("query", name, schema, description, **more)


def in_path(name: str, schema: Schema = TEXT, description: str = "") -> Schema:
    return _parameter("path", name, schema, description, required=True)


def in_header(name: str, schema: Schema, description: str = "", **more: Any) -> Schema:
    return _parameter("header", name, schema, description, **more)


def _parameter(where: str, name: str, schema: Schema, description: str, **more: Any) -> Schema:
    told = {"description": description} if description else {}
    return {"name": name, "in": where, "schema": schema, **told, **more}


def answer(
    description: str,
    content: Mapping[str, Schema] | None = None,
    headers: Mapping[str, Schema] | None = None,
) -> Schema:
    """`content`: the schema by media type; `headers`: that of each, which are always there."""
    told: Schema = {"description": description}
    if content:
        told["content"] = {kind: {"schema": schema} for kind, schema in content.items()}
    if headers:
        told["headers"] = {
            name: {"schema": schema, "required": True} for name, schema in headers.items()
        }
    return told


def as_json(description: str, schema: Schema) -> Schema:
    return answer(description, {JSON: schema})


def body(schema: Schema, *kinds: str) -> Schema:
    return {
        "required": True,
        "content": {kind: {"schema": schema} for kind in kinds or (JSON,)},
    }


def refusals(statuses: Iterable[int], schema: Schema | None = None, *kinds: str) -> Schema:
    """Answers for these statuses, all with the same document."""
    content = dict.fromkeys(kinds or (JSON,), schema or ref("Problem"))
    return {str(status): answer(_REASONS[status], content) for status in sorted(set(statuses))}


def door(
    id: str,
    summary: str,
    answers: Mapping[int, Schema],
    *,
    tag: str,
    refused: Sequence[int] = (),
    parameters: Sequence[Schema] = (),
    body: Schema | None = None,
    security: str | None = None,
    description: str = "",
) -> Door:
    """One operation. `refused`: by which statuses, besides those of a server in trouble."""
    told = {str(status): each for status, each in answers.items()}
    whole: Door = {
        "operationId": id,
        "summary": summary,
        "tags": [tag],
        "responses": {**refusals({*refused, *_TROUBLE}), **told},
        "security": [{security: []}] if security else [],
    }
    if parameters:
        whole["parameters"] = list(parameters)
    if body:
        whole["requestBody"] = body
    return whole | ({"description": description} if description else {})
