"""Open incidents around a place, as anybody may see them: what, where, how far; nobody's words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.geometry import distance_m
from asset_model.incident_vocabulary import OPEN_INCIDENTS
from asset_model.incidents import Incident
from asset_model.spatial import Box

WITHIN_M = 120.0
SHOWN_MAX = 5


@dataclass(frozen=True)
class NearbyIncident:
    id: str
    service: Service
    place: str | None
    longitude: float
    latitude: float
    opened_at: datetime
    reports: int
    status: str
    distance_m: float


def nearby(
    session: Session, longitude: float, latitude: float, *, service: Service
) -> list[NearbyIncident]:
    """Of the same group of services; the nearest first, those of the very service before others."""
    box = Box(longitude, latitude, longitude, latitude).wider(WITHIN_M)
    query = (
        select(Incident, Service)
        .join(Service, Service.id == Incident.service_id)
        .where(
            Incident.longitude.between(box.west, box.east),
            Incident.latitude.between(box.south, box.north),
            Incident.status.in_(OPEN_INCIDENTS),
            Service.group_fr == service.group_fr,
        )
    )
    found = [
        _told(incident, its, (longitude, latitude)) for incident, its in session.execute(query)
    ]
    near = [each for each in found if each.distance_m <= WITHIN_M]
    near.sort(key=lambda each: (each.service.id != service.id, each.distance_m, each.id))
    return near[:SHOWN_MAX]


def _told(incident: Incident, service: Service, here: tuple[float, float]) -> NearbyIncident:
    there = (incident.longitude or 0.0, incident.latitude or 0.0)
    return NearbyIncident(
        id=incident.id,
        service=service,
        place=incident.place,
        longitude=there[0],
        latitude=there[1],
        opened_at=incident.opened_at,
        reports=incident.reports_count,
        status=incident.status,
        distance_m=distance_m(here, there),
    )
