"""Where somebody means who writes as people do: without “rue”, without a number, a corner.

What is found is shown on the map before anything is sent, so a guess that is wrong is seen.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.geometry import middle, parts
from asset_model.linear.addresses import civic_ranges, numbered
from asset_model.linear.places import (
    ADDRESS,
    FRONTAGE_M,
    folded,
    place_of_address,
    road_segments,
)
from asset_model.linear.ruler import Ruler

Position = tuple[float, float]
TOUCH_DEGREES = 2e-6
"""Some 20 cm, within which the ends of two streets are one corner."""

_CORNER = re.compile(r"\s*(?:/|&|\bet\b|\band\b|\bcoin\b|\bcorner of\b|\bat\b)\s*", re.IGNORECASE)
_SHORT = {
    "st": "saint",
    "ste": "sainte",
    "boul": "boulevard",
    "blvd": "boulevard",
    "av": "avenue",
    "ave": "avenue",
    "ch": "chemin",
    "rte": "route",
    "mtee": "montee",
}
_SAYS_LITTLE = frozenset(
    {
        *("rue", "avenue", "boulevard", "chemin", "route", "rang", "place", "montee"),
        *("croissant", "impasse", "street", "road"),
        *("de", "du", "des", "d", "la", "le", "les", "l", "the", "of"),
    }
)


@dataclass(frozen=True)
class Meant:
    """`exact`: the number or the corner that was written, and not the street alone; `place` is
    how the town writes it.
    """

    position: Position
    place: str
    exact: bool


def place_meant(session: Session, text: str) -> Meant | None:
    """The likeliest place; None where no street of ours is called so."""
    try:
        found = place_of_address(session, text)
        return Meant(found.position, found.address, exact=True)
    except Refused:
        segments = list(road_segments(session))
    streets = [each for each in _CORNER.split(text) if each.strip()]
    if len(streets) == 2 and (corner := _corner(*(_called(segments, each) for each in streets))):
        return corner
    read = ADDRESS.fullmatch(text)
    number, street = (int(read[1]), read[2]) if read else (None, text)
    named = _called(segments, street)
    at = next(_at_number(named, number), None) if number is not None else None
    if at is not None or not named:
        return at
    nearest = min(named, key=lambda each: _apart(each, number))
    return Meant(middle(nearest.geometry), nearest.name, exact=False)


def _called(segments: Sequence[Any], said: str) -> list[Any]:
    """Those of the streets that have every word that tells one from another."""
    every = _words(said)
    wanted = every - _SAYS_LITTLE
    if not wanted:
        return [each for each in segments if every == _words(each.name)]
    found = [each for each in segments if wanted <= _words(each.name)]
    whole = [each for each in found if every <= _words(each.name)]
    return whole or found


def _words(text: str) -> set[str]:
    return {_SHORT.get(word, word) for word in folded(text).split()}


def _at_number(segments: Iterable[Any], number: int) -> Iterator[Meant]:
    for segment in segments:
        for hand, reach in civic_ranges(segment.attributes).items():
            share = reach.share_of(number)
            if share is not None:
                ruler = Ruler(segment.geometry)
                position = ruler.beside(share * ruler.length_m, FRONTAGE_M, hand)
                yield Meant(
                    position, numbered(number, segment.name, segment.attributes), exact=True
                )


def _apart(segment: Any, number: int | None) -> int:
    """How far the segment's numbers are from this one; without one, the first segment is taken."""
    reaches = civic_ranges(segment.attributes).values()
    ends = [end for reach in reaches for end in (reach.first, reach.last)]
    return min((abs(end - number) for end in ends), default=1_000_000) if number else 0


def _corner(some: Iterable[Any], others: Iterable[Any]) -> Meant | None:
    for one, other in product(some, others):
        if one.name == other.name:
            continue
        for end, met in product(_ends(one), _ends(other)):
            if all(abs(a - b) <= TOUCH_DEGREES for a, b in zip(end, met, strict=True)):
                return Meant(end, f"{one.name} / {other.name}", exact=True)
    return None


def _ends(segment: Any) -> list[Position]:
    lines = list(parts(segment.geometry))
    first, last = lines[0][0], lines[-1][-1]
    return [(first[0], first[1]), (last[0], last[1])]
