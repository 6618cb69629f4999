"""A campaign: one order for each unit of a fleet, with all that comes due, spread over a season.

Legal dates bind: an order comes no later than the earliest of those within it, nor than the grace
of the others. The campaign's own plan may lie anywhere in the window, where the shop has most room.
Pure, and the same whoever works it out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.history import History, Readings, Target, Week
from maintenance.moving import SATURDAY, Moving, week_of
from maintenance.next_due import next_due
from maintenance.occurrences import Due, order_of
from maintenance.reasons import Reason
from maintenance.recipes import Recipe

WORKING_DAYS = 5


@dataclass(frozen=True)
class Campaign:
    """What is to be done on which days. `plan`: whose order takes the others' work, if due."""

    name: str
    begins: date
    ends: date
    plan: str | None = None
    """Its code; None: on each unit the one that nests most, then the longest."""
    also_days: int = 30
    """What comes due so soon after the end is done within it as well."""


@dataclass(frozen=True)
class Slot:
    """One unit's place in the campaign: the order to make, or why there is none."""

    asset_id: str
    host: Due | None = None
    inside: tuple[Due, ...] = ()
    open_ids: tuple[str, ...] = ()
    """Occurrences whose orders are out already: nothing of them is made twice."""
    next_on: date | None = None
    """Where nothing comes due in the campaign: when something will."""

    @property
    def hours(self) -> float:
        every = (self.host, *self.inside) if self.host else ()
        return sum(each.plan.estimated_hours or 0.0 for each in every)

    @property
    def found(self) -> tuple[Due, ...]:
        return (self.host, *self.inside) if self.host else ()


@dataclass
class _Load:
    """What a shop has to do, by day and week; a week with a day off takes less."""

    moving: Moving
    campaign: Campaign
    by_day: dict[tuple[str, date], float] = field(default_factory=dict)

    def place(self, shop: str, hours: float, days: Sequence[date]) -> tuple[date, bool]:
        """The day on which the work lies best, and whether its week can take it."""
        scores = {week: self._filled(shop, week, hours) for week in {week_of(d) for d in days}}
        week = min(scores, key=lambda one: (scores[one], one))
        mine = [day for day in days if week_of(day) == week]
        day = min(mine, key=lambda one: (self.by_day.get((shop, one), 0.0), one))
        self.by_day[shop, day] = self.by_day.get((shop, day), 0.0) + hours
        slot = (shop, week)
        self.moving.booked[slot] = self.moving.booked.get(slot, 0.0) + hours
        return day, scores[week] <= 1.0

    def _filled(self, shop: str, week: Week, hours: float) -> float:
        """How full the week would be, 1 being full. A shop without a limit: by its hours."""
        booked = self.moving.booked.get((shop, week), 0.0) + hours
        share = self._open_days(week) / WORKING_DAYS
        limit = self.moving.weekly_hours.get(shop)
        if limit is None:
            return booked / 1e6 / share
        return booked / (limit * share) if limit else float("inf")

    def _open_days(self, week: Week) -> int:
        first = date.fromisocalendar(*week, 1)
        days = (first + timedelta(days=n) for n in range(WORKING_DAYS))
        return max(1, sum(day not in self.moving.days_off for day in days))


def plan_campaign(
    campaign: Campaign,
    units: Sequence[str],
    recipes: Sequence[Recipe],
    history: History,
    readings: Readings,
    moving: Moving,
) -> list[Slot]:
    """A slot for every unit, in the order of `units`; none is left out."""
    today = moving.today
    known = {unit: _due_on(campaign, unit, recipes, history, readings, today) for unit in units}
    load = _Load(moving, campaign)
    slots = {unit: slot for unit, slot in known.items() if slot.host is None}
    waiting = [slot for slot in known.values() if slot.host is not None]
    waiting.sort(key=lambda slot: (_deadline(slot, campaign), -slot.hours))  # Ties: by `units`.
    for slot in waiting:
        slots[slot.asset_id] = _placed(slot, campaign, load)
    return [slots[unit] for unit in units]


def _due_on(
    campaign: Campaign,
    unit: str,
    recipes: Sequence[Recipe],
    history: History,
    readings: Readings,
    today: date,
) -> Slot:
    opened: list[str] = []
    coming: list[Due] = []
    for recipe in recipes:
        if unit not in _targets(history, recipe):
            continue
        track = history.track(recipe.plan.id, unit)
        if track.open_id is not None:
            opened.append(track.open_id)
            continue
        found = next_due(recipe, unit, track, readings, today=today)
        if found is not None:
            coming.append(order_of(recipe, unit, found))
    mine = [each for each in coming if _belongs(each, campaign, today)]
    if not mine:
        later = min((each.due_on for each in coming), default=None)
        return Slot(unit, open_ids=tuple(opened), next_on=later)
    host = min(mine, key=lambda each: _rank(each, campaign))
    inside = tuple(each for each in mine if each is not host)
    return Slot(unit, host, inside, tuple(opened))


def _targets(history: History, recipe: Recipe) -> Collection[Target]:
    return history.targets.get(recipe.plan.id, ())


def _belongs(each: Due, campaign: Campaign, today: date) -> bool:
    """Due in the campaign, or late. What is due before it begins, its plan orders by itself; the
    campaign's own plan it moves.
    """
    if each.due_on > campaign.ends + timedelta(days=campaign.also_days):
        return False
    begun = today >= campaign.begins or each.plan.code == campaign.plan
    return begun or each.due_on >= campaign.begins


def _rank(each: Due, campaign: Campaign) -> tuple[bool, int, float, str]:
    hours = each.plan.estimated_hours or 0.0
    return (each.plan.code != campaign.plan, -len(each.plan.nests), -hours, each.plan.code)


def _deadline(slot: Slot, campaign: Campaign) -> date:
    """The last day for the order: the law's, that of the others' grace, the campaign's own."""
    days = [campaign.ends]
    for each in slot.found:
        if each.plan.legal:
            days.append(each.due_on)
        elif each.plan.code != campaign.plan:
            days.append(max(each.due_on + timedelta(each.plan.grace_days), campaign.begins))
    return min(days)


def _placed(slot: Slot, campaign: Campaign, load: _Load) -> Slot:
    host = slot.host
    assert host is not None, "only slots with an order are placed"
    last = max(_deadline(slot, campaign), load.moving.today)
    days = _days(max(campaign.begins, load.moving.today), last, load.moving)
    day, fits = load.place(host.plan.shop or "", slot.hours, days)
    reasons = [*host.reasons, Reason("campaign", {"name": campaign.name})]
    if slot.inside:
        codes = ", ".join(each.plan.code for each in slot.inside)
        reasons.append(Reason("absorbs", {"codes": codes}))
    if not fits:
        reasons.append(Reason("over_capacity"))
    legal = host.plan.legal or any(each.plan.legal for each in slot.inside)
    placed = replace(host, wanted_on=day, reasons=tuple(reasons), legal=legal)
    inside = tuple(
        replace(
            each,
            state=S.ABSORBED,
            absorbed_by=host.id,
            wanted_on=day,
            reasons=(*each.reasons, Reason("absorbed", {"code": host.plan.code})),
        )
        for each in slot.inside
    )
    return replace(slot, host=placed, inside=inside)


def _days(first: date, last: date, moving: Moving) -> list[date]:
    """The working days of the window; its last day, where there is none."""
    first = min(first, last)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = [d for d in every if d.weekday() < SATURDAY and d not in moving.days_off]
    return working or [last]


def hours_of(slots: Sequence[Slot]) -> Mapping[Week, float]:
    """The campaign's own hours, week by week."""
    found: dict[Week, float] = {}
    for slot in slots:
        if slot.host is not None:
            week = week_of(slot.host.wanted_on)
            found[week] = found.get(week, 0.0) + slot.hours
    return dict(sorted(found.items()))
