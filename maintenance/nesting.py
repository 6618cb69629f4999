"""Work done within other work: the annual service takes the oil change that is due about then."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.history import History, Readings, Target
from maintenance.next_due import next_due
from maintenance.occurrences import Due, order_of
from maintenance.reasons import Reason
from maintenance.recipes import Recipe

Asked = dict[tuple[str, Target], Due]


@dataclass(frozen=True)
class _Known:
    history: History
    readings: Readings
    today: date
    _concerned: dict[str, frozenset[Target]] = field(default_factory=dict)

    def next(self, recipe: Recipe, target: Target) -> Due | None:
        """What the plan will ask for on the target, however far off; None while one is open."""
        track = self.history.track(recipe.plan.id, target)
        if track.open_id is not None or not self.concerns(recipe, target):
            return None
        found = next_due(recipe, target, track, self.readings, today=self.today)
        return None if found is None else order_of(recipe, target, found)

    def concerns(self, recipe: Recipe, target: Target) -> bool:
        plan = recipe.plan.id
        if plan not in self._concerned:
            self._concerned[plan] = frozenset(self.history.targets.get(plan, ()))
        return target in self._concerned[plan]


def nest(
    asked: Asked,
    recipes: Iterable[Recipe],
    history: History,
    readings: Readings,
    *,
    today: date,
) -> None:
    """Put what is due within a larger plan's window into that plan's order.

    The order comes forward to the earliest of them, so that nothing in it is done late.
    """
    by_code = {recipe.plan.code: recipe for recipe in recipes}
    known = _Known(history, readings, today)
    for outer in _outermost_first(by_code):
        inner = _inside_of(outer, by_code)
        concerned = {recipe.plan.id for recipe in (outer, *inner)}
        targets = dict.fromkeys(target for plan, target in asked if plan in concerned)
        for target in targets:
            if known.concerns(outer, target):
                _nest_on(asked, outer, inner, target, known)


def _outermost_first(by_code: dict[str, Recipe]) -> list[Recipe]:
    """Plans that nest others, each before those it nests; a ring is cut where it is met."""
    order: list[Recipe] = []
    seen: set[str] = set()

    def visit(recipe: Recipe) -> None:
        if recipe.plan.code in seen:
            return
        seen.add(recipe.plan.code)
        for code in recipe.plan.nests:
            if code in by_code:
                visit(by_code[code])
        if recipe.plan.nests:
            order.append(recipe)

    for recipe in by_code.values():
        visit(recipe)
    return order[::-1]


def _inside_of(outer: Recipe, by_code: dict[str, Recipe]) -> list[Recipe]:
    """The plans that it nests, those that they nest, and so on; never itself."""
    found: dict[str, Recipe] = {}
    ahead = list(outer.plan.nests)
    while ahead:
        code = ahead.pop(0)
        if code in by_code and code not in found and code != outer.plan.code:
            found[code] = by_code[code]
            ahead += by_code[code].plan.nests
    return list(found.values())


def _nest_on(
    asked: Asked, outer: Recipe, inner: list[Recipe], target: Target, known: _Known
) -> None:
    track = known.history.track(outer.plan.id, target)
    if track.open_id is not None and track.open_due_on is not None:
        _join_open(asked, outer, inner, target, (track.open_id, track.open_due_on))
        return
    host = asked.get((outer.plan.id, target)) or known.next(outer, target)
    if host is None or host.absorbed_by is not None:
        return
    every = (asked.get((each.plan.id, target)) or known.next(each, target) for each in inner)
    inside = [each for each in every if each is not None and _within(each, outer, host.due_on)]
    if inside and any((each.plan.id, target) in asked for each in (host, *inside)):
        _absorb(asked, outer, host, inside)


def _within(each: Due, outer: Recipe, due_on: date) -> bool:
    """Whether it is due within the window of the larger plan, and is in no other already."""
    return each.absorbed_by is None and abs((each.due_on - due_on).days) <= outer.plan.nest_days


def _absorb(asked: Asked, outer: Recipe, host: Due, inside: list[Due]) -> None:
    day = min(host.wanted_on, *(each.wanted_on for each in inside))
    codes = ", ".join(each.plan.code for each in inside)
    reasons = [*host.reasons, Reason("absorbs", {"codes": codes})]
    if day < host.wanted_on:
        early = [each.plan.code for each in inside if each.wanted_on == day]
        details = {"day": host.wanted_on.isoformat(), "codes": ", ".join(early)}
        reasons.append(Reason("brings_forward", details))
    legal = any(each.plan.legal for each in inside)
    moved = replace(host, wanted_on=day, reasons=tuple(reasons), legal=legal)
    asked[outer.plan.id, host.asset_id] = moved
    for each in inside:
        asked[each.plan.id, each.asset_id] = _absorbed(each, outer, host.id, day)


def _join_open(
    asked: Asked, outer: Recipe, inner: list[Recipe], target: Target, opened: tuple[str, date]
) -> None:
    """The larger plan's order is out already: what comes due about then is done within it."""
    host_id, due_on = opened
    for recipe in inner:
        mine = asked.get((recipe.plan.id, target))
        if mine is not None and _within(mine, outer, due_on):
            day = min(mine.wanted_on, due_on)
            asked[recipe.plan.id, target] = _absorbed(mine, outer, host_id, day)


def _absorbed(each: Due, outer: Recipe, host_id: str, day: date) -> Due:
    reasons = (*each.reasons, Reason("absorbed", {"code": outer.plan.code}))
    return replace(each, state=S.ABSORBED, absorbed_by=host_id, wanted_on=day, reasons=reasons)
