"""A stream of reports put into incidents one by one, as they would have come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from asset_model.grouping.assigning import Assignment, Incident, Outcome, assign
from asset_model.grouping.nearby import Grid
from asset_model.grouping.sightings import Sighting
from asset_model.grouping.weights import Weights


@dataclass(frozen=True, slots=True)
class Placed:
    """A report and the incident it went to, by the id of the report that founded that."""

    sighting: Sighting
    incident_id: str
    assignment: Assignment


def placed(sightings: Iterable[Sighting], *, weights: Weights) -> Iterator[Placed]:
    """Every sighting in the order of its time, with only what was known before it.

    What came back founds an incident of its own, and what is only suggested does too: nobody is
    here to say yes.
    """
    ordered = sorted(sightings, key=attrgetter("at", "id"))
    if not ordered:
        return
    stream = _Stream(weights, latitude=ordered[len(ordered) // 2].lat)
    for sighting in ordered:
        yield stream.place(sighting)


class _Stream:
    def __init__(self, weights: Weights, *, latitude: float) -> None:
        self._weights = weights
        self._grid = Grid(weights.around_m, latitude=latitude)
        self._incident_of: dict[str, Incident] = {}

    def place(self, sighting: Sighting) -> Placed:
        assignment = assign(
            sighting,
            self._grid.around(sighting),
            lambda other: self._incident_of[other.id],
            weights=self._weights,
        )
        if assignment.outcome is Outcome.ATTACH:
            incident = assignment.candidates[0].incident
        else:
            incident = Incident(sighting.id, sighting.lon, sighting.lat, sighting.closed_at)
        self._incident_of[sighting.id] = incident
        self._grid.add(sighting)
        return Placed(sighting, incident.id, assignment)
