"""What a service asks of citizens, as a form shows it: whatever its schema leaves out is filled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from asset_model.catalogue import Service
from sync_server.public.filing import QUESTION
from sync_server.public.words import sayer


@dataclass(frozen=True)
class Question:
    """`name` is that of its field; with `options` (value and label), one of them is chosen."""

    name: str
    label: str
    type: str
    required: bool
    unit: str
    options: tuple[tuple[str, str], ...]


def questions_of(service: Service, language: str) -> Iterator[Question]:
    """Of a question all but name and type may be missing (`asset_model/attributes.py`)."""
    for asked in service.questions:
        yield Question(
            name=QUESTION + asked["name"],
            label=_label(asked, asked["name"], language),
            type=asked["type"],
            required=bool(asked.get("required")),
            unit=asked.get("unit") or "",
            options=tuple(_options(asked, language)),
        )


def _options(asked: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    if asked["type"] == "boolean":
        say = sayer(language)
        yield from (("true", say("yes")), ("false", say("no")))
    elif asked["type"] == "choice":
        for choice in asked["choices"]:
            yield str(choice["code"]), _label(choice, str(choice["code"]), language)


def _label(named: Mapping[str, Any], otherwise: str, language: str) -> str:
    return named.get(f"label_{language}") or otherwise
