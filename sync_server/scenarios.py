"""Carrying out what somebody would change in the plans: to look at it, or for good.

Looking is doing it and undoing it: what is shown is what publishing makes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.base import instant
from asset_model.codec import checked, columns_of
from asset_model.errors import Refused
from asset_model.ids import NewId
from asset_model.people import Person
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.sync.wire import Change
from asset_model.vocabulary import OccurrenceStatus as S
from asset_model.vocabulary import WorkOrderStatus
from asset_model.work_orders import WorkOrder
from maintenance.due import TORONTO, due_at
from maintenance.history import Track
from maintenance.next_due import Candidate, next_due
from maintenance.reasons import HELD, Reason, sentence
from maintenance.recipes import Recipe, recipe_of
from sync_server import desk, plan_desk
from sync_server.generation import LANGUAGE
from sync_server.plan_facts import load
from sync_server.scenario_file import Scenario, Wish
from sync_server.stock import plan_called
from sync_server.upkeep_tables import PlanPublication
from sync_server.workspace import Draft, Workspace

NOT_BEGUN = (WorkOrderStatus.DRAFT, WorkOrderStatus.PLANNED, WorkOrderStatus.DISPATCHED)


@dataclass(frozen=True)
class Publisher:
    """Who changes the plans, when, and the ids of what comes of it."""

    session: Session
    person: Person
    now: datetime
    new_id: NewId

    @property
    def today(self) -> date:
        return self.now.astimezone(TORONTO).date()

    def publish(self, scenario: Scenario, *, id: str | None = None) -> None:
        """Rules first: what is moved or skipped is what they ask for then.

        `id`: of the publication, where whoever sends it may send it again.

        :raises Refused: codes ``plan_…``, ``occurrence_…``, ``unit_not_here``
        """
        changes: list[Change] = []
        for code, columns in scenario.plans.items():
            changes += self._write([self._plan_changed(code, columns)])
        for wish in scenario.wishes:
            changes += self._write(self._granted(wish))
        self.session.add(
            PlanPublication(
                id=id or self.new_id(),
                person_id=self.person.id,
                why=scenario.why,
                changes=[change.id for change in changes],
                published_at=self.now,
            )
        )
        self.session.flush()

    def _write(self, changes: Sequence[Change]) -> Sequence[Change]:
        desk.write(
            self.session, changes, now=self.now, new_id=self.new_id, person_id=self.person.id
        )
        self.session.expire_all()
        return changes

    def _plan_changed(self, code: str, columns: Mapping[str, Any]) -> Change:
        plan = plan_called(self.session, code)
        before, columns = columns_of(plan), checked("maintenance_plan", dict(columns))
        after = {**before, **columns}
        try:
            plan_desk.check(Draft(Workspace(self.session, now=self.now)), plan.id, after)
        except (TypeError, ValueError, AttributeError) as error:
            raise Refused("scenario_value", code=plan.code, why=str(error)[:80]) from None
        return desk.edited("maintenance_plan", plan.id, before, columns, new_id=self.new_id)

    def _granted(self, wish: Wish) -> list[Change]:
        plan = plan_called(self.session, wish.plan)
        unit = self._unit(wish.unit)
        if wish.to is not None and wish.to < self.today:
            raise Refused("occurrence_to_past", to=f"{wish.to}")
        standing = self._open(plan, unit, wish.due)
        if standing is not None:
            return self._of_an_order(wish, plan, standing)
        recipe = recipe_of(plan)
        known = load(self.session, [recipe], zone=TORONTO)
        if unit not in known.history.targets.get(plan.id, ()):
            raise Refused("occurrence_not_his", code=plan.code, tag=wish.unit or "–")
        track = known.history.track(plan.id, unit)
        found = next_due(recipe, unit, track, known.readings, today=self.today)
        if found is None or track.open_id or wish.due not in (found.due_on, found.wanted_on):
            raise Refused("occurrence_not_next", code=plan.code, tag=wish.unit or "–",
                          due=f"{wish.due}", next=_next(found, track))  # fmt: skip
        self._check(wish, plan, found.due_on)
        self._check_room(wish, recipe, found)
        return self._of_what_is_to_come(wish, plan, unit, track, found)

    def _unit(self, tag: str | None) -> str | None:
        if tag is None:
            return None
        id = self.session.scalar(select(Asset.id).where(Asset.tag == tag))
        if id is None:
            raise Refused("unit_not_here", tag=tag)
        return id

    def _open(self, plan: MaintenancePlan, unit: str | None, day: date) -> Occurrence | None:
        query = select(Occurrence).where(
            Occurrence.plan_id == plan.id,
            Occurrence.asset_id == unit,
            Occurrence.status.in_((S.GENERATED, S.ABSORBED)),
        )
        every = self.session.scalars(query.order_by(Occurrence.due_on)).all()
        return next((each for each in every if day in (each.due_on, each.wanted_on)), None)

    def _check(self, wish: Wish, plan: MaintenancePlan, due_on: date) -> None:
        """A legal date is met or brought forward: it is neither put off nor skipped."""
        if plan.legal and (wish.to is None or wish.to > due_on):
            raise Refused("occurrence_legal", code=plan.code, due=f"{due_on}")

    def _check_room(self, wish: Wish, recipe: Recipe, found: Candidate) -> None:
        """Moved past the next of its calendar, that one would never be asked for."""
        if wish.to is None or recipe.chained or recipe.calendar is None:
            return
        following = recipe.calendar.first_from(date.fromordinal(found.due_on.toordinal() + 1))
        if following is not None and wish.to >= following:
            raise Refused("occurrence_past_next", to=f"{wish.to}", next=f"{following}")

    def _reason(self, wish: Wish, day: date) -> Reason:
        who = {"who": self.person.name, "why": wish.why}
        if wish.to is None:
            return Reason("skipped_by", who)
        return Reason(HELD, {**who, "day": day.isoformat()})

    def _of_what_is_to_come(
        self,
        wish: Wish,
        plan: MaintenancePlan,
        unit: str | None,
        track: Track,
        found: Candidate,
    ) -> list[Change]:
        """It is written down before its time: with the day that was set, or as skipped."""
        reasons = [r.stored() for r in found.reasons if r.code != HELD]
        reasons.append(self._reason(wish, found.wanted_on).stored())
        told: dict[str, Any] = {
            "wanted_on": wish.to or found.due_on,
            "status": S.SKIPPED if wish.to is None else S.FORECAST,
            "reasons": reasons,
        }
        if track.waiting_id is not None:
            before = columns_of(self.session.get_one(Occurrence, track.waiting_id))
            after = {name: to for name, to in told.items() if name != "wanted_on"}
            after["wanted_on"] = told["wanted_on"].isoformat()
            return [desk.edited("occurrence", found.id, before, after, new_id=self.new_id)]
        row = Occurrence(id=found.id, plan_id=plan.id, asset_id=unit, due_on=found.due_on,
                         made_at=self.now, **told)  # fmt: skip
        return [desk.inserted(row, new_id=self.new_id)]

    def _of_an_order(self, wish: Wish, plan: MaintenancePlan, standing: Occurrence) -> list[Change]:
        """Its order is out: the order moves with all that is in it, or is cancelled."""
        if standing.absorbed_by is not None:
            raise Refused("occurrence_absorbed", code=plan.code, due=f"{wish.due}")
        query = select(Occurrence).where(Occurrence.absorbed_by == standing.id)
        inside = self.session.scalars(query.order_by(Occurrence.id)).all()
        for each in (standing, *inside):
            owner = self.session.get_one(MaintenancePlan, each.plan_id)
            self._check(wish, owner, each.due_on)
        order = self.session.get(WorkOrder, standing.id)
        if order is None or order.status not in NOT_BEGUN:
            number = order.number if order else "–"
            raise Refused("occurrence_begun", code=plan.code, number=number or "–")
        reason = self._reason(wish, standing.wanted_on)
        told = [reason.stored() for reason in self._reasons(standing)] + [reason.stored()]
        if wish.to is None:
            cancelled = {"status": WorkOrderStatus.CANCELLED, "reason": wish.why}
            return [
                self._edited(standing, {"reasons": told}),
                self._edited(order, cancelled),
            ]
        reasons = [*self._reasons(standing), reason]
        moved = {
            "due_at": instant(due_at(wish.to)),
            "due_reason": sentence(plan, standing.due_on, reasons, LANGUAGE),
        }
        to = wish.to.isoformat()
        return [
            self._edited(standing, {"wanted_on": to, "reasons": told}),
            *(self._edited(each, {"wanted_on": to}) for each in inside),
            self._edited(order, moved),
        ]

    def _reasons(self, standing: Occurrence) -> list[Reason]:
        return [r for r in map(Reason.of, standing.reasons) if r.code != HELD]

    def _edited(self, row: Any, after: dict[str, Any]) -> Change:
        return desk.edited(row.__tablename__, row.id, columns_of(row), after, new_id=self.new_id)


def _next(found: Candidate | None, track: Track) -> str:
    if track.open_id is not None:
        return f"{track.open_due_on}"
    return "–" if found is None else f"{found.wanted_on}"
