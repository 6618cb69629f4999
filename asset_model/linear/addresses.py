"""Civic numbers along a segment: where a number is, and which numbers lie between two measures.

A segment says the first and the last number of each hand, in the direction of its line. Between
them lots are taken to be equally wide, which is what such a range can tell and no more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Hand = Literal["left", "right"]
HANDS: tuple[Hand, Hand] = ("left", "right")


def numbered(number: int, street: str, attributes: Mapping[str, Any]) -> str:
    """As French writes an address: ``208, rue des Cèdres``, its generic without a capital.

    What the generic is, the segment's attributes say; a name that does not begin with it stays.
    """
    generic = attributes.get("name_generic") or ""
    begins = bool(generic) and street.lower().startswith(f"{generic.lower()} ")
    return f"{number}, {street[0].lower() + street[1:] if begins else street}"


@dataclass(frozen=True)
class CivicRange:
    """The numbers on one hand, from the line's start to its end; they may go down."""

    first: int
    last: int

    @property
    def step(self) -> int:
        """Two where one hand has the even or the odd numbers, one where it has both."""
        size = 2 if (self.last - self.first) % 2 == 0 else 1
        return size if self.last >= self.first else -size

    @property
    def lots(self) -> int:
        return (self.last - self.first) // self.step + 1

    def share_of(self, number: int) -> float | None:
        """How far along, to the middle of its lot; None when the number is not of this hand."""
        lot, over = divmod(number - self.first, self.step)
        return (lot + 0.5) / self.lots if over == 0 and 0 <= lot < self.lots else None

    def number_at(self, share: float) -> int:
        lot = min(self.lots - 1, max(0, int(share * self.lots)))
        return self.first + lot * self.step

    def between(self, from_share: float, to_share: float) -> Iterator[int]:
        """The numbers whose lot has its middle between two shares."""
        for lot in range(self.lots):
            if from_share <= (lot + 0.5) / self.lots <= to_share:
                yield self.first + lot * self.step


def civic_ranges(attributes: Mapping[str, Any]) -> dict[Hand, CivicRange]:
    """The ranges that a road segment's attributes give, by hand; both ends must be known."""
    ranges: dict[Hand, CivicRange] = {}
    for hand in HANDS:
        first, last = (attributes.get(f"civic_{hand}_{end}") for end in ("from", "to"))
        if first is not None and last is not None:
            ranges[hand] = CivicRange(first, last)
    return ranges
