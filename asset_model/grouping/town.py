"""The town's own reports: which incidents one may be of, by the weights that hold here.

Asked of the server's database when a report comes, and of the office's when a clerk is to choose.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from math import cos, radians
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Row,
    Select,
    bindparam,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from asset_model.asking import asked_together
from asset_model.grouping.assigning import Assignment, around_of, assign
from asset_model.grouping.assigning import Incident as Thing
from asset_model.grouping.concepts import concepts_of, folded
from asset_model.grouping.evidence import WINDOW_DAYS
from asset_model.grouping.sightings import METRES_PER_DEGREE, Sighting
from asset_model.grouping.weights import Weights, first_edition, read
from asset_model.incident_vocabulary import OPEN_INCIDENTS, IncidentStatus, Verdict
from asset_model.incidents import GroupingDecision, GroupingWeights, Incident, Report

NEAR_MAX = 600
"""Reports that are looked at around a place, the latest first: a crowd beyond says no more."""


@dataclass(frozen=True, slots=True)
class Known:
    """A report that came before, and its incident as it stands."""

    sighting: Sighting
    thing: Thing


def assignment(
    session: Session, newer: Sighting, weights: Weights, also: Iterable[Known] = ()
) -> Assignment:
    """What the machine makes of a report among those of its service around it; `also`: those of the
    same write, which are not in the tables yet.
    """
    return assigned(newer, around_each(session, [newer], weights)[newer], weights, also)


def assigned(
    newer: Sighting, stored: Iterable[Known], weights: Weights, also: Iterable[Known] = ()
) -> Assignment:
    """The same, where what is `stored` around it is known."""
    known = {each.sighting.id: each for each in [*stored, *also]}
    around = around_of(newer, (each.sighting for each in known.values()), weights)
    return assign(newer, around, lambda other: known[other.id].thing, weights=weights)


def sighting_of(row: Any) -> Sighting:
    """Of a report, or of a row that has its columns."""
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


def town_weights(session: Session) -> Weights:
    """The newest edition that was published here; before any, the one that comes with the app."""
    newest = select(GroupingWeights.content).order_by(
        GroupingWeights.published_at.desc(), GroupingWeights.id.desc()
    )
    content = session.scalar(newest.limit(1))
    return first_edition() if content is None else _read(content)


@lru_cache(maxsize=4)
def _read(content: str) -> Weights:
    return read(content)


def verdicts(session: Session, *where: Any) -> dict[tuple[str, str], Verdict]:
    """By (report, incident) the latest word of a person; one that was taken back is none."""
    query = select(GroupingDecision).where(*where)
    rows = session.scalars(query.order_by(GroupingDecision.decided_at, GroupingDecision.id))
    latest = {(row.report_id, row.incident_id): Verdict(row.verdict) for row in rows}
    return {pair: word for pair, word in latest.items() if word != Verdict.UNDECIDED}


def around_each(
    session: Session, several: Sequence[Sighting], weights: Weights
) -> dict[Sighting, list[Known]]:
    """Of each, the reports of its service in the square around, of what is open or was not long
    ago; the latest first.
    """
    found: dict[Sighting, list[Known]] = {each: [] for each in several}
    for part in asked_together(several):
        given: dict[str, Any] = {}
        for place, newer in enumerate(part):
            given |= {f"{name}_{place}": v for name, v in _square(newer, weights).items()}
        rows: Iterable[Row[Any]] = session.connection().execute(_around(len(part)), given)
        for row in rows:
            found[part[row.asked]].append(Known(sighting_of(row), _thing(row)))
    return found


def _square(newer: Sighting, weights: Weights) -> dict[str, Any]:
    north = weights.around_m / METRES_PER_DEGREE
    east = north / cos(radians(newer.lat))
    return {
        "west": newer.lon - east, "east": newer.lon + east,
        "south": newer.lat - north, "north": newer.lat + north,
        "service": newer.category, "itself": newer.id,
        "since": newer.at - timedelta(days=WINDOW_DAYS),
    }  # fmt: skip


@cache
def _around(count: int) -> Select[*tuple[Any, ...]]:
    every = union_all(*(select(_in_square(place).subquery()) for place in range(count)))
    rows = every.subquery()
    return select(rows).order_by(rows.c.reported_at.desc())


def _in_square(place: int) -> Select[*tuple[Any, ...]]:
    """What is in the square of this place, and that place as `asked`."""

    def given(name: str) -> BindParameter[Any]:
        return bindparam(f"{name}_{place}")

    return (
        select(
            *(Report.id, Report.longitude, Report.latitude, Report.service_id),
            *(Report.description, Report.place, Report.accuracy_m, Report.reported_at),
            *(Incident.id.label("incident_id"), Incident.status, Incident.moved_at),
            Incident.longitude.label("at_longitude"),
            Incident.latitude.label("at_latitude"),
            literal_column(str(place), Integer).label("asked"),
        )
        .join(Incident, Incident.id == Report.incident_id)
        .where(
            Report.longitude.between(given("west"), given("east")),
            Report.latitude.between(given("south"), given("north")),
            Report.service_id == given("service"),
            Report.id != given("itself"),
            Incident.status != IncidentStatus.MERGED,
            or_(Incident.status.in_(OPEN_INCIDENTS), Incident.moved_at >= given("since")),
        )
        .order_by(Report.reported_at.desc())
        .limit(NEAR_MAX)
    )


def _thing(row: Row[Any]) -> Thing:
    closed_at = None if row.status in OPEN_INCIDENTS else row.moved_at
    return Thing(row.incident_id, row.at_longitude, row.at_latitude, closed_at)
