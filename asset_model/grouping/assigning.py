"""To which incident a new report belongs: attached, suggested, come back, or new."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asset_model.grouping.evidence import SPOT_M, Crowd, Score, scored
from asset_model.grouping.nearby import CANDIDATES_MAX, nearest
from asset_model.grouping.sightings import Sighting, metres_between
from asset_model.grouping.weights import Weights


class Outcome(StrEnum):
    ATTACH = "attach"
    SUGGEST = "suggest"
    RECURRENCE = "recurrence"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing in the street as it stood when the report came: its centre, open or closed."""

    id: str
    lon: float
    lat: float
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident by its likest member."""

    incident: Incident
    member: Sighting
    score: Score


@dataclass(frozen=True, slots=True)
class Assignment:
    """What becomes of a report; `candidates` are what a clerk may choose from, likest first."""

    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()

    @property
    def chosen(self) -> Candidate | None:
        return None if self.outcome is Outcome.NEW else self.candidates[0]


Measured = Sequence[tuple[float, Sighting]]
IncidentOf = Callable[[Sighting], Incident]


def assign(
    newer: Sighting, around: Measured, incident_of: IncidentOf, *, weights: Weights
) -> Assignment:
    """What becomes of `newer` among the sightings `around` it, (metres, sighting), nearest first.

    `around` goes as far as `weights.around_m`. It is compared with each incident's likest member,
    and yet never joins one whose centre is farther than `weights.reach_m`: members could else
    follow each other down the street. One that was closed when the report came is not opened
    again: it has come back, and that is told.
    """
    alike = [(metres, other) for metres, other in around if comparable(newer, other, weights)]
    crowd = crowd_of(newer, alike, incident_of, weights)
    likest: dict[str, Candidate] = {}
    for metres, other in alike:
        incident = incident_of(other)
        if metres > weights.reach_m or _too_far(newer, incident, weights.reach_m):
            continue
        closed = was_closed(incident, newer)
        score = scored(newer, other, crowd=crowd, closed=closed, weights=weights)
        best = likest.get(incident.id)
        if best is None or score.log_odds > best.score.log_odds:
            likest[incident.id] = Candidate(incident, other, score)
    return _decided(newer, likest.values(), weights)


def _decided(newer: Sighting, candidates: Iterable[Candidate], weights: Weights) -> Assignment:
    shown = sorted(
        (each for each in candidates if each.score.probability >= weights.suggest_at),
        key=lambda each: (-each.score.log_odds, each.incident.id),
    )
    if not shown:
        return Assignment(Outcome.NEW)
    best = shown[0]
    if best.score.probability < weights.attach_at:
        return Assignment(Outcome.SUGGEST, tuple(shown))
    back = was_closed(best.incident, newer)
    return Assignment(Outcome.RECURRENCE if back else Outcome.ATTACH, tuple(shown))


def comparable(newer: Sighting, older: Sighting, weights: Weights) -> bool:
    if newer.category == older.category:
        return True
    return family(newer, weights) is not None and family(newer, weights) == family(older, weights)


def family(sighting: Sighting, weights: Weights) -> str | None:
    return weights.families.get(sighting.category, sighting.family)


def was_closed(incident: Incident, newer: Sighting) -> bool:
    return incident.closed_at is not None and incident.closed_at <= newer.at


def crowd_of(newer: Sighting, alike: Measured, incident_of: IncidentOf, weights: Weights) -> Crowd:
    """Of a crowd that was cut off, as far as it goes.

    Things are counted, not who told of them: forty reports of one hole are no crowd of holes.
    """
    radius_m = weights.around_m if len(alike) < CANDIDATES_MAX else max(1.0, alike[-1][0])
    things = [(metres, incident_of(other)) for metres, other in alike]
    open_around = {thing.id for _, thing in things if not was_closed(thing, newer)}
    on_the_spot = sum(metres <= SPOT_M for metres, _ in things)
    return Crowd(len(open_around), on_the_spot, radius_m)


def _too_far(newer: Sighting, incident: Incident, reach_m: float) -> bool:
    centre = Sighting("", newer.at, incident.lon, incident.lat, newer.category)
    return metres_between(newer, centre) > reach_m


def around_of(newer: Sighting, others: Iterable[Sighting], weights: Weights) -> Measured:
    """`others` measured from `newer`, for those who hold them in a list or read tables."""
    measured = ((metres_between(newer, other), other) for other in others)
    return nearest(pair for pair in measured if pair[0] <= weights.around_m)
