"""The figures of a week that the page has of the month too: what plans asked for, and the cost."""

from collections.abc import Sequence

from asset_model.facts import EquipmentUsed, MaterialUsed, TimeWorked
from asset_model.plans import Occurrence
from asset_model.upkeep import OutsideCost
from maintenance.figures.compliance import in_time
from maintenance.figures.costs import total
from sync_server.dashboard.came import Came, Question, Weekly
from sync_server.dashboard.compliance import KEPT, LATE, asked_in, compliance_list, settled
from sync_server.dashboard.cost import by_kind, spent_in, spent_list, unpriced_notes
from sync_server.dashboard.figure import Listing
from sync_server.dashboard.weeks import Week


def _kept(asked: Question, weeks: Sequence[Week]) -> list[Came]:
    return [_week_kept(asked, week) for week in weeks]


def _week_kept(asked: Question, week: Week) -> Came:
    every = asked_in(asked.session, asked.narrowed, week)
    lines = [line for line in every if settled(line, asked.now)]
    kept = sum(in_time(line.asked) for line in lines)
    late = len(lines) - kept
    parts = {KEPT: Came(float(kept), kept), LATE: Came(float(late), late)}
    share = 100 * kept / len(lines) if lines else None
    return Came(share, len(lines), parts, undecided=len(every) - len(lines))


def _kept_list(asked: Question, week: Week, part: str | None, page: int | None) -> Listing:
    return compliance_list(asked.session, part, asked.narrowed, week, asked.now, page)


def _cost(asked: Question, weeks: Sequence[Week]) -> list[Came]:
    return [_week_cost(asked, week) for week in weeks]


def _week_cost(asked: Question, week: Week) -> Came:
    lines = spent_in(asked.session, asked.narrowed, week)
    parts = {
        kind: Came(total(records), len(records), notes=unpriced_notes(records))
        for kind, records in by_kind(lines).items()
    }
    records = [line.record for line in lines]
    return Came(total(records), len(records), parts, unpriced_notes(records))


def _cost_list(asked: Question, week: Week, part: str | None, page: int | None) -> Listing:
    return spent_list(asked.session, part, asked.narrowed, week, page)


_ANY_COST = (
    TimeWorked.started_at,
    MaterialUsed.used_at,
    EquipmentUsed.used_at,
    OutsideCost.invoiced_on,
)

OF_MONTHS = {
    "week_compliance": Weekly("%", _kept, _kept_list, (Occurrence.due_on,)),
    "week_cost": Weekly("$", _cost, _cost_list, _ANY_COST),
}
