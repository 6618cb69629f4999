"""Rows whose field has a value: text as a person or a URL gives it, as SQL."""

from datetime import date, datetime
from typing import Any

from asset_model.errors import Refused
from sync_server.layers.columns import Column
from sync_server.layers.layer import Layer

TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def having(layer: Layer, name: str, text: str) -> Any:
    """The condition that a row's field has this value.

    :raises Refused: ``filter_unknown``, ``filter_value``
    """
    column = layer.column(name)
    if column is None:
        known = ", ".join(column.field.name for column in layer.columns)
        raise Refused("filter_unknown", parameter=name, layer=layer.code, known=known)
    try:
        return _equal(column, text)
    except (ValueError, KeyError, OverflowError):
        wanted = column.field.kind
        raise Refused("filter_value", parameter=name, value=text, wanted=wanted) from None


def _equal(column: Column, text: str) -> Any:
    value = column.value
    match column.field.kind:
        case "integer" | "number":
            return (value.as_float() if column.attribute else value) == float(text)
        case "boolean":
            return value.as_boolean() == TRUTHS[text.lower()]
        case "instant":
            return value == datetime.fromisoformat(text)
        case "date" if column.attribute is None:
            return value == date.fromisoformat(text)
    return (value.as_string() if column.attribute else value) == text
