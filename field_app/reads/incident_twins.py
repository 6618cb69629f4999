"""Other incidents that may be the same thing: worked out when somebody looks, with its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from asset_model.grouping.assigning import Candidate
from asset_model.grouping.sightings import Sighting
from asset_model.grouping.told import reasons_told
from asset_model.grouping.town import assignment, sighting_of, town_weights, verdicts
from asset_model.incident_vocabulary import OPEN_INCIDENTS, Verdict
from asset_model.incidents import GroupingDecision, Incident, Report
from field_app.reads.corners import Position

REPORTS_MAX = 8
"""Of an incident that half the town has reported, the latest say enough."""
SHOWN_MAX = 5


@dataclass(frozen=True)
class Twin:
    """An incident that a report may be of. `report_id`: which one; empty for one being typed."""

    incident: Incident
    report_id: str
    probability: float
    distance_m: float
    days: float
    reasons_fr: tuple[str, ...]
    reasons_en: tuple[str, ...]


def twins_of(session: Session, incident_id: str) -> list[Twin]:
    """Those that are open, that nobody has said to be another thing, likest first."""
    reports = session.scalars(
        select(Report)
        .where(Report.incident_id == incident_id, Report.longitude.is_not(None))
        .order_by(Report.reported_at.desc())
        .limit(REPORTS_MAX)
    ).all()
    others = _said_others(session, incident_id, [report.id for report in reports])
    return _likest(
        session,
        ((report.id, sighting_of(report)) for report in reports),
        others | {incident_id},
    )


def twins_at(
    session: Session,
    service_id: str,
    position: Position,
    *,
    words: str,
    place: str,
    now: datetime,
) -> list[Twin]:
    """What a report that is being typed may be of."""
    typed = SimpleNamespace(
        id="", reported_at=now, longitude=position[0], latitude=position[1],
        service_id=service_id, description=words or None, place=place or None, accuracy_m=None,
    )  # fmt: skip
    return _likest(session, [("", sighting_of(typed))], set())


def _said_others(session: Session, incident_id: str, reports: list[str]) -> set[str]:
    """Incidents that a person has told apart from this one, from either side."""
    said = verdicts(
        session,
        or_(
            GroupingDecision.report_id.in_(reports),
            GroupingDecision.incident_id == incident_id,
        ),
    )
    others = {pair for pair, word in said.items() if word == Verdict.OTHER}
    from_here = {incident for report, incident in others if report in reports}
    theirs = [report for report, incident in others if incident == incident_id]
    query = select(Report.incident_id).where(Report.id.in_(theirs))
    return from_here | {each for each in session.scalars(query) if each}


def _likest(
    session: Session, sightings: Iterable[tuple[str, Sighting]], without: set[str]
) -> list[Twin]:
    weights = town_weights(session)
    best: dict[str, tuple[str, Candidate]] = {}
    for report_id, sighting in sightings:
        for candidate in assignment(session, sighting, weights).candidates:
            id = candidate.incident.id
            held = best.get(id)
            if id in without or candidate.incident.closed_at is not None:
                continue
            if held is None or candidate.score.log_odds > held[1].score.log_odds:
                best[id] = report_id, candidate
    ranked = sorted(best.values(), key=lambda each: -each[1].score.log_odds)
    found = (_twin(session, *each) for each in ranked[:SHOWN_MAX])
    return [twin for twin in found if twin.incident.status in OPEN_INCIDENTS]


def _twin(session: Session, report_id: str, candidate: Candidate) -> Twin:
    score = candidate.score
    return Twin(
        incident=session.get_one(Incident, candidate.incident.id),
        report_id=report_id,
        probability=score.probability,
        distance_m=score.distance_m,
        days=score.days,
        reasons_fr=tuple(reasons_told(score, "fr")),
        reasons_en=tuple(reasons_told(score, "en")),
    )
