"""Whether an answer is what the definition says of its door."""

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from sync_server.definition import definition


def check_answer(path: str, told: Any, *, method: str = "get", status: int = 200) -> None:
    """:raises jsonschema.ValidationError: it is not"""
    _validator(path, method, status).validate(told)


@cache
def _validator(path: str, method: str, status: int) -> Draft202012Validator:
    """References lead into the whole definition, of which this door's answer is looked at."""
    answer = definition()["paths"][path][method]["responses"][str(status)]
    schema = answer["content"]["application/json"]["schema"]
    components = definition()["components"]
    return Draft202012Validator({**schema, "components": components})
