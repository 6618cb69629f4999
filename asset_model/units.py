"""Units of the fleet: what their identification must be, and what of it only raises a question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from asset_model import vin

VEHICLE = "vehicle"
"""The class of assets that are units of the fleet."""

OFF_ROAD = frozenset({"grader", "loader", "backhoe", "sidewalk_tractor"})
"""Kinds of vehicles that are tools: their makers number them as they like."""


@dataclass(frozen=True)
class Doubt:
    """Something about a unit's number: a code of `errors.py`. Where `grave` it is not kept so."""

    code: str
    details: dict[str, Any]
    grave: bool


def doubts(attributes: Mapping[str, Any]) -> Iterator[Doubt]:
    """What is doubtful in the number that these attributes of a unit give.

    An on-road unit of North America must have a sound one, by law of where it was made; of any
    other it is told, and kept.
    """
    number = attributes.get("vin")
    if not number:
        return
    binding = vin.north_american(number) and attributes.get("kind") not in OFF_ROAD
    found = list(vin.faults(number))
    yield from (Doubt(code, details, grave=binding) for code, details in found)
    if not found:
        yield from _against_the_year(number, attributes.get("model_year"))


def _against_the_year(number: str, said: Any) -> Iterator[Doubt]:
    years = vin.decoded(number).years
    if vin.north_american(number) and isinstance(said, int) and years and said not in years:
        told = {"vin": vin.normal(number), "year": str(said)}
        yield Doubt("vin_year", {**told, "years": ", ".join(map(str, years))}, grave=False)
