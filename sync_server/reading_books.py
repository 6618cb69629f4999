"""What a write has done to the readings of meters so far, without reading all that are there."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from operator import attrgetter

from asset_model.meter_rules import Point
from asset_model.sync.wire import Columns


@dataclass(frozen=True)
class Held:
    """A reading as it will stand: its id, when it was taken, what it says."""

    id: str
    columns: Columns

    @cached_property
    def point(self) -> Point:
        return Point(moment(self.columns["taken_at"]), self.columns["value"])

    @property
    def place(self) -> tuple[datetime, float, str]:
        """By which readings are in order."""
        return self.point.taken_at, self.point.value, self.id


PLACE = attrgetter("place")


@lru_cache(maxsize=2**14)
def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class Books:
    """By meter, the trusted readings that a write adds, in order; and the meters counted anew.

    Of a meter that was counted anew every reading has been read: it is not in `added` any more.
    """

    added: dict[str, list[Held]] = field(default_factory=dict)
    recounted: set[str] = field(default_factory=set)

    def add(self, meter_id: str, held: Held) -> None:
        mine = self.added.setdefault(meter_id, [])
        place = bisect_left(mine, held.place, key=PLACE)
        if place == len(mine) or mine[place].id != held.id:
            mine.insert(place, held)

    def take(self, other: "Books") -> None:
        for meter_id, held in other.added.items():
            for each in held:
                self.add(meter_id, each)
        self.recounted |= other.recounted

    def beside(self, meter_id: str, held: Held) -> tuple[Held | None, Held | None]:
        """Those just before and after it among the added."""
        mine = self.added.get(meter_id, [])
        place = bisect_left(mine, held.place, key=PLACE)
        before = mine[place - 1] if place else None
        return before, mine[place] if place < len(mine) else None
