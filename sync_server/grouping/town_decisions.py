"""What this town's own people decided, as learning reads it; and the weights made of it, published.

Where nobody said anything, what stands counts: somebody could have mended it. Pairs that the
machine only asked about, and nobody answered, tell nothing and are left aside.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.grouping.sightings import Sighting
from asset_model.grouping.town import sighting_of, town_weights, verdicts
from asset_model.grouping.weights import Weights, written
from asset_model.ids import NewId
from asset_model.incidents import GroupingWeights, Report
from sync_server import desk
from sync_server.grouping.learning import learned

Pair = frozenset[str]


@dataclass(frozen=True)
class TownDecisions:
    """`groups`: by report the first one of its incident; `answered`: pairs on which somebody gave
    their word.
    """

    sightings: list[Sighting]
    groups: dict[str, str]
    answered: frozenset[Pair]


def town_decisions(session: Session, *, until: datetime | None = None) -> TownDecisions:
    query = select(Report).where(Report.longitude.is_not(None), Report.incident_id.is_not(None))
    if until is not None:
        query = query.where(Report.reported_at < until)
    reports = session.scalars(query.order_by(Report.reported_at, Report.id)).all()
    members: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        members[report.incident_id or ""].append(report.id)
    together = [ids for ids in members.values() if len(ids) > 1]
    return TownDecisions(
        sightings=[sighting_of(report) for report in reports],
        groups={report: ids[0] for ids in together for report in ids},
        answered=frozenset(
            frozenset((report, other))
            for report, incident in verdicts(session)
            for other in members.get(incident, ())
            if other != report
        ),
    )


def learned_here(session: Session, *, edition: str, until: datetime | None = None) -> Weights:
    """:raises ValueError: nobody has decided anything yet"""
    found = town_decisions(session, until=until)
    if not found.answered:
        raise ValueError("nobody has decided on two reports yet")
    return learned(
        found.sightings,
        found.groups,
        before=town_weights(session),
        edition=edition,
        answered=found.answered,
    )


def publish_weights(
    session: Session, weights: Weights, *, person_id: str, now: datetime, new_id: NewId
) -> None:
    """They hold from now on, here and at the office."""
    row = GroupingWeights(
        id=new_id(),
        edition=weights.edition,
        content=written(weights),
        person_id=person_id,
        published_at=now,
    )
    change = desk.inserted(row, new_id=new_id)
    desk.write(session, [change], now=now, new_id=new_id, person_id=person_id)
