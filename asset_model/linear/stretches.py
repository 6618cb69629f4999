"""Stretches of segments, and what becomes of them when segments are edited.

An edit of segments is told by its *heirs*: which stretch of an old segment is which stretch of a
new one, and whether it now runs the other way. From them what lay on the old segments is found on
the new (`reanchored`), and what was done on the old is found from the new (`ancestry`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from asset_model.linear.ruler import Ruler

Side = Literal["left", "right", "both"]
OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left", "both": "both"}

KEPT_WITHIN_M = 1.0
"""A bend of the old line that is this near the new one has stayed where it was."""


@dataclass(frozen=True)
class Stretch:
    """A part of a segment, on one side or both; a place is a stretch without length."""

    segment: str
    from_m: float
    to_m: float
    side: Side = "both"


@dataclass(frozen=True)
class Heir:
    """The old segment from one measure to another, and where that is now.

    `new_from_m` is where `old_from_m` went: it is the greater one where the direction turned.
    """

    old: str
    old_from_m: float
    old_to_m: float
    new: str
    new_from_m: float
    new_to_m: float

    @property
    def turned(self) -> bool:
        return self.new_from_m > self.new_to_m

    def backwards(self) -> "Heir":
        """The same, told from the new segment to the old: always from its lower measure."""
        old, new = (self.old_from_m, self.old_to_m), (self.new_from_m, self.new_to_m)
        if self.turned:
            old, new = old[::-1], new[::-1]
        return Heir(self.new, *new, self.old, *old)


def split(segment: str, length_m: float, at_m: Sequence[float], into: Sequence[str]) -> list[Heir]:
    """A segment cut at some measures; each piece begins at nought.

    :raises ValueError: a cut is not inside the segment, or the names do not fit the pieces
    """
    bounds = [0.0, *sorted(at_m), length_m]
    if len(into) != len(bounds) - 1 or any(end <= start for start, end in pairwise(bounds)):
        raise ValueError("cuts lie inside the segment, and each piece has a name")
    return [
        Heir(segment, start, end, name, 0.0, end - start)
        for name, (start, end) in zip(into, pairwise(bounds), strict=True)
    ]


def merged(parts: Sequence[tuple[str, float, bool]], into: str) -> list[Heir]:
    """Segments joined end to end: for each its name, its length, and whether it is turned."""
    heirs, reached = [], 0.0
    for name, length_m, turned in parts:
        ends = (reached + length_m, reached) if turned else (reached, reached + length_m)
        heirs.append(Heir(name, 0.0, length_m, into, *ends))
        reached += length_m
    return heirs


def turned(segment: str, length_m: float) -> list[Heir]:
    """The same segment, drawn from its other end."""
    return [Heir(segment, 0.0, length_m, segment, length_m, 0.0)]


def realigned(segment: str, old: Ruler, new: Ruler) -> list[Heir]:
    """A segment drawn anew: bends that stayed keep their place, the rest is spread between them."""
    anchors = [(0.0, 0.0)]
    for measure_m, bend in old.bends():
        found = new.locate(bend)
        if found.offset_m <= KEPT_WITHIN_M and found.measure_m > anchors[-1][1]:
            anchors.append((measure_m, found.measure_m))
    while anchors[-1][1] >= new.length_m:
        anchors.pop()
    anchors.append((old.length_m, new.length_m))
    return [
        Heir(segment, start[0], end[0], segment, start[1], end[1])
        for start, end in pairwise(anchors)
    ]


def composed(before: Sequence[Heir], after: Sequence[Heir]) -> list[Heir]:
    """Two edits after each other as one: where each stretch of the oldest is in the newest."""
    return [
        Heir(
            first.old, *_back(first, low, high), second.new, _across(second, low),
            _across(second, high),
        )
        for first in before
        for second in after
        if first.new == second.old
        for low, high in [_shared(first, second)]
        if low < high
    ]  # fmt: skip


def _shared(first: Heir, second: Heir) -> tuple[float, float]:
    """What the middle segment has from the first edit and gives to the second."""
    start, end = sorted((first.new_from_m, first.new_to_m))
    return max(start, second.old_from_m), min(end, second.old_to_m)


def _back(heir: Heir, low: float, high: float) -> tuple[float, float]:
    """Where two measures of the new segment were on the old one."""
    share = [(at - heir.new_from_m) / (heir.new_to_m - heir.new_from_m) for at in (low, high)]
    span = heir.old_to_m - heir.old_from_m
    return heir.old_from_m + share[0] * span, heir.old_from_m + share[1] * span


def reanchored(stretch: Stretch, heirs: Sequence[Heir]) -> list[Stretch]:
    """Where a stretch of an old segment is now; in pieces when it crosses a cut."""
    return _joined(_moved(stretch, heirs))


def ancestry(stretch: Stretch, heirs: Sequence[Heir]) -> list[Stretch]:
    """Where a stretch of a new segment was before: what was done there is its history."""
    return _joined(_moved(stretch, [heir.backwards() for heir in heirs]))


def _moved(stretch: Stretch, heirs: Sequence[Heir]) -> Iterator[Stretch]:
    mine = sorted((h for h in heirs if h.old == stretch.segment), key=lambda h: h.old_from_m)
    if stretch.from_m == stretch.to_m and mine:
        # A place on a cut is on one piece only: the one that begins there.
        starts = [heir.old_from_m for heir in mine]
        mine = [mine[max(0, bisect_right(starts, stretch.from_m) - 1)]]
    for heir in mine:
        low, high = max(stretch.from_m, heir.old_from_m), min(stretch.to_m, heir.old_to_m)
        if low < high or stretch.from_m == stretch.to_m:
            ends = sorted((_across(heir, low), _across(heir, high)))
            side = OTHER_SIDE[stretch.side] if heir.turned else stretch.side
            yield Stretch(heir.new, ends[0], ends[1], side)


def _across(heir: Heir, measure_m: float) -> float:
    share = (measure_m - heir.old_from_m) / (heir.old_to_m - heir.old_from_m)
    share = min(1.0, max(0.0, share))
    return heir.new_from_m + share * (heir.new_to_m - heir.new_from_m)


def _joined(pieces: Iterator[Stretch]) -> list[Stretch]:
    """Pieces that follow on within one segment are one stretch."""
    joined: list[Stretch] = []
    for piece in sorted(pieces, key=lambda p: (p.segment, p.side, p.from_m)):
        last = joined[-1] if joined else None
        same = last and (last.segment, last.side) == (piece.segment, piece.side)
        if last and same and piece.from_m <= last.to_m + 1e-9:
            joined[-1] = Stretch(last.segment, last.from_m, max(last.to_m, piece.to_m), last.side)
        else:
            joined.append(piece)
    return joined
