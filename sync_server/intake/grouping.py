"""Which incident a report is of, by the reasons of `asset_model/grouping`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from asset_model.grouping.assigning import (
    Assignment,
    Candidate,
    Outcome,
    around_of,
    assign,
)
from asset_model.grouping.assigning import Incident as Thing
from asset_model.grouping.concepts import concepts_of, folded
from asset_model.grouping.evidence import WINDOW_DAYS
from asset_model.grouping.sightings import METRES_PER_DEGREE, Sighting
from asset_model.grouping.told import reasons_told
from asset_model.grouping.weights import Weights, first_edition
from asset_model.incident_vocabulary import OPEN_INCIDENTS, IncidentStatus
from asset_model.incidents import Incident, Report
from sync_server.feed import Image
from sync_server.fleet_facts import moment
from sync_server.workspace import Draft

NEAR_MAX = 600
"""Reports that are looked at around a place, the latest first: a crowd beyond says no more."""

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Attachment:
    """The incident that is meant, how sure that is, and what was gone by, in both languages.

    `recurs`: that incident was closed when the report came; it has come back as a new one.
    """

    incident_id: str
    score: float
    reasons: tuple[dict[str, str], ...]
    recurs: bool = False


def incident_for(draft: Draft, report: Image) -> Attachment | None:
    """The incident that a new report is of; None: it founds its own."""
    if report.columns["longitude"] is None:
        return None
    assignment = _assignment(draft, report, first_edition())
    best = assignment.chosen
    if best is None or assignment.outcome is Outcome.SUGGEST:
        return None
    return Attachment(
        best.incident.id,
        round(best.score.probability, 4),
        _reasons(best),
        recurs=assignment.outcome is Outcome.RECURRENCE,
    )


def _reasons(candidate: Candidate) -> tuple[dict[str, str], ...]:
    told = [reasons_told(candidate.score, language) for language in LANGUAGES]
    return tuple(dict(zip(LANGUAGES, each, strict=True)) for each in zip(*told, strict=True))


def _assignment(draft: Draft, report: Image, weights: Weights) -> Assignment:
    newer = _of_report(report)
    known = {each.sighting.id: each for each in _stored(draft, newer, weights)}
    known |= {each.sighting.id: each for each in _of_this_write(draft, newer)}
    around = around_of(newer, (each.sighting for each in known.values()), weights)
    return assign(newer, around, lambda other: known[other.id].thing, weights=weights)


@dataclass(frozen=True, slots=True)
class _Known:
    """A report that came before, and its incident as it stands."""

    sighting: Sighting
    thing: Thing


def _stored(draft: Draft, newer: Sighting, weights: Weights) -> Iterator[_Known]:
    """Reports of the same service in the square around, of what is open or was not long ago."""
    north = weights.around_m / METRES_PER_DEGREE
    east = north / cos(radians(newer.lat))
    given = {
        "west": newer.lon - east, "east": newer.lon + east,
        "south": newer.lat - north, "north": newer.lat + north,
        "service": newer.category, "itself": newer.id,
        "since": newer.at - timedelta(days=WINDOW_DAYS),
    }  # fmt: skip
    rows: Iterable[Row[Any]] = draft.workspace.session.connection().execute(_AROUND, given)
    for row in rows:
        yield _Known(_of_row(row), _thing(row))


def _of_this_write(draft: Draft, newer: Sighting) -> Iterator[_Known]:
    """Those that came with the same write, and are not in the tables yet."""
    for report in draft.touched("report"):
        same = report.columns["service_id"] == newer.category and report.row != newer.id
        incident = draft.get("incident", report.columns["incident_id"] or "") if same else None
        placed = report.columns["longitude"] is not None
        if incident is not None and placed and incident.columns["status"] in OPEN_INCIDENTS:
            said = incident.columns
            thing = Thing(incident.row, said["longitude"], said["latitude"], None)
            yield _Known(_of_report(report), thing)


# Built once: to build this query takes longer than to run it.
_AROUND = (
    select(
        *(Report.id, Report.longitude, Report.latitude, Report.service_id),
        *(Report.description, Report.place, Report.accuracy_m, Report.reported_at),
        *(Incident.id.label("incident_id"), Incident.status, Incident.moved_at),
        Incident.longitude.label("at_longitude"),
        Incident.latitude.label("at_latitude"),
    )
    .join(Incident, Incident.id == Report.incident_id)
    .where(
        Report.longitude.between(bindparam("west"), bindparam("east")),
        Report.latitude.between(bindparam("south"), bindparam("north")),
        Report.service_id == bindparam("service"),
        Report.id != bindparam("itself"),
        Incident.status != IncidentStatus.MERGED,
        or_(Incident.status.in_(OPEN_INCIDENTS), Incident.moved_at >= bindparam("since")),
    )
    .order_by(Report.reported_at.desc())
    .limit(NEAR_MAX)
)


def _of_report(report: Image) -> Sighting:
    said = report.columns
    return Sighting(
        id=report.row,
        at=moment(said["reported_at"]),
        lon=said["longitude"],
        lat=said["latitude"],
        category=said["service_id"],
        concepts=concepts_of(said["description"]),
        address=folded(said["place"]) if said["place"] else None,
        accuracy_m=said["accuracy_m"] or 0.0,
    )


def _of_row(row: Row[Any]) -> Sighting:
    return Sighting(
        id=row.id,
        at=row.reported_at,
        lon=row.longitude,
        lat=row.latitude,
        category=row.service_id,
        concepts=concepts_of(row.description),
        address=folded(row.place) if row.place else None,
        accuracy_m=row.accuracy_m or 0.0,
    )


def _thing(row: Row[Any]) -> Thing:
    closed_at = None if row.status in OPEN_INCIDENTS else row.moved_at
    return Thing(row.incident_id, row.at_longitude, row.at_latitude, closed_at)
