"""Vehicles that are coupled: what pulls, and the trailers behind it. A trailer is a unit as well.

Which trailer is behind which unit is said by the trailer's parent, as with what is mounted.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from asset_model.errors import Refused
from asset_model.units import VEHICLE

TRAILER = "trailer"


def is_trailer(class_code: str, attributes: Mapping[str, Any] | None) -> bool:
    return class_code == VEHICLE and (attributes or {}).get("kind") == TRAILER


def may_pull(class_code: str, attributes: Mapping[str, Any] | None) -> bool:
    """A vehicle of its own: a trailer pulls no other here."""
    return class_code == VEHICLE and not is_trailer(class_code, attributes)


def check_coupling(trailer: Mapping[str, Any], puller: Mapping[str, Any] | None) -> None:
    """Columns of the asset that is coupled, and of what it goes behind; None: it is uncoupled.

    :raises Refused: ``not_a_trailer``, ``cannot_pull``
    """
    if not is_trailer(trailer["class_code"], trailer["attributes"]):
        raise Refused("not_a_trailer", unit=trailer["tag"])
    if puller is not None and not may_pull(puller["class_code"], puller["attributes"]):
        raise Refused("cannot_pull", unit=puller["tag"])


def kinds_of(kind: str | None, behind: str | None) -> tuple[str, ...]:
    """By which words a list may name a unit, the closest first: ``trailer:bus``, ``trailer``."""
    plain = (kind,) if kind else ()
    return (f"{kind}:{behind}", *plain) if kind == TRAILER and behind else plain


def rank_of(named: Iterable[str], kinds: tuple[str, ...]) -> int:
    """How closely a list names the unit; 0: by no word of its own."""
    there = set(named)
    return max((len(kinds) - place for place, kind in enumerate(kinds) if kind in there), default=0)
