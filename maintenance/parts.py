"""Parts that plans will take, against what the stores hold: what runs short, and when. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from maintenance.forecast import Foreseen
from maintenance.history import Week
from maintenance.moving import week_of


class Moved(NamedTuple):
    """A part was counted, or came (more than zero) or left (less) at a moment."""

    at: datetime
    quantity: float
    counted: bool = False


def on_hand(moved: Iterable[Moved]) -> float:
    """What is there: the last count, and what has come and gone since.

    A count says what was there at its moment, whatever is heard later of days before. It may come
    out below zero: the truck knows better than the office.
    """
    left = 0.0
    for each in sorted(moved, key=lambda one: (one.at, one.counted)):
        left = each.quantity if each.counted else left + each.quantity
    return left


class Need(NamedTuple):
    """So much of a part, for the work of a day."""

    part_id: str
    day: date
    quantity: float


Recipes = Mapping[str, Mapping[str, float]]
"""By plan: how much of each part one occurrence takes."""


def needs_of(foreseen: Iterable[Foreseen], recipes: Recipes) -> Iterable[Need]:
    for each in foreseen:
        for part, quantity in recipes.get(each.plan.id, {}).items():
            yield Need(part, each.due_on, quantity)


@dataclass(frozen=True)
class PartAhead:
    """One part over the time looked at."""

    part_id: str
    on_hand: float
    by_week: Mapping[Week, float]
    """How much is asked for, week by week."""
    short_on: date | None
    """The first day on which there is not enough; None: it suffices."""

    @property
    def needed(self) -> float:
        return sum(self.by_week.values())

    @property
    def to_buy(self) -> float:
        return max(0.0, self.needed - self.on_hand)


def parts_ahead(needs: Iterable[Need], stock: Mapping[str, float]) -> list[PartAhead]:
    """Each part that is needed: those that run short first, the soonest of them at the top.

    What is on hand below zero is short from the first day that asks for more.
    """
    by_part: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        by_part[need.part_id].append(need)
    found = [
        _ahead(part, sorted(mine, key=lambda need: need.day), stock.get(part, 0.0))
        for part, mine in by_part.items()
    ]
    return sorted(found, key=lambda each: (each.short_on or date.max, each.part_id))


def _ahead(part: str, needs: Sequence[Need], stock: float) -> PartAhead:
    by_week: dict[Week, float] = defaultdict(float)
    left, short_on = stock, None
    for need in needs:
        by_week[week_of(need.day)] += need.quantity
        left -= need.quantity
        if left < 0 and short_on is None:
            short_on = need.day
    return PartAhead(part, stock, dict(by_week), short_on)
