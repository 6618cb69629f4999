"""What a plan asks for once, before it is written down."""

from dataclasses import dataclass
from datetime import date, timedelta

from asset_model.plans import MaintenancePlan
from asset_model.vocabulary import OccurrenceStatus
from maintenance.history import Target
from maintenance.next_due import Candidate
from maintenance.reasons import Reason, sentence
from maintenance.recipes import Recipe


@dataclass(frozen=True)
class Due:
    """One occurrence: to be ordered, absorbed by another's order, or missed."""

    id: str
    plan: MaintenancePlan
    asset_id: str | None
    due_on: date
    wanted_on: date
    """When the work is asked for: earlier or later than due, where it may be."""
    state: OccurrenceStatus
    reasons: tuple[Reason, ...]
    absorbed_by: str | None = None
    legal: bool = False
    """Its order does work whose date is the law's."""
    held: bool = False
    """Somebody has set the day: neither a day off nor a full week moves it."""

    @property
    def make_on(self) -> date:
        """The day the order should exist, so that the crew can plan it."""
        return self.wanted_on - timedelta(self.plan.lead_days)

    def reason(self, language: str) -> str:
        return sentence(self.plan, self.due_on, self.reasons, language)


def order_of(recipe: Recipe, target: Target, candidate: Candidate) -> Due:
    """The candidate, to be ordered for the day on which it is due."""
    return Due(
        id=candidate.id,
        plan=recipe.plan,
        asset_id=target,
        due_on=candidate.due_on,
        wanted_on=candidate.wanted_on,
        state=OccurrenceStatus.GENERATED,
        reasons=candidate.reasons,
        held=candidate.held_on is not None,
    )
