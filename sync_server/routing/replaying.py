"""What a draft of the rules would have made of incidents that are past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.catalogue import Service
from asset_model.grouping.concepts import folded
from asset_model.incidents import Incident, Report
from asset_model.people import Crew, District
from sync_server.routing.book import SPANS, Book
from sync_server.routing.routes import Facts, Route, routed

HELD = 500
"""Incidents that are read at a time, however long the past is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One output of one incident that the draft would have given otherwise."""

    number: str
    output: str
    before: Any
    after: Any
    rule: str


def facts_of_past(session: Session, *, since: datetime) -> Iterator[tuple[str, Facts]]:
    """(number, facts) of each incident, with all that its reports said; some held at a time."""
    query = (
        select(
            Incident.id, Incident.number, Service.code, Service.group_fr, Incident.opened_at,
            Incident.description, Incident.longitude, Incident.latitude, District.code,
            Asset.class_code, Incident.reports_count,
        )
        .join(Service, Service.id == Incident.service_id)
        .outerjoin(District, District.id == Incident.district_id)
        .outerjoin(Asset, Asset.id == Incident.asset_id)
        .where(Incident.opened_at >= since)
        .order_by(Incident.opened_at, Incident.id)
    )  # fmt: skip
    read = session.execute(query.execution_options(yield_per=HELD))
    for rows in read.partitions():
        said = _said_of(session, [row.id for row in rows])
        for id, number, service, group, at, words, *more in rows:
            longitude, latitude, district, asset_class, count = more
            reports = said.get(id, [])
            yield number or id, Facts(
                service=service, group=group, at=at, longitude=longitude, latitude=latitude,
                words=(words or "", *(each.description or "" for each in reports)),
                district=district, source=reports[0].source if reports else None,
                asset_class=asset_class, answers=reports[0].answers or {} if reports else {},
                reports=count,
            )  # fmt: skip


def _said_of(session: Session, incidents: list[str]) -> dict[str, list[Any]]:
    """By incident what its reports said, that of the first one first."""
    query = (
        select(Report.incident_id, Report.source, Report.answers, Report.description)
        .where(Report.incident_id.in_(incidents))
        .order_by(Report.reported_at, Report.id)
    )
    said: dict[str, list[Any]] = {}
    for row in session.execute(query):
        said.setdefault(row.incident_id, []).append(row)
    return said


def turns(number: str, facts: Facts, *, standing: Book | None, draft: Book) -> Iterator[Turn]:
    """What would be otherwise of one incident."""
    old = routed(facts, standing) if standing else Route("", {}, {})
    new = routed(facts, draft)
    for name in sorted({*old.outputs, *new.outputs}):
        before, after = _plain(old, name), _plain(new, name)
        if before != after:
            yield Turn(number, name, before, after, new.because.get(name, ""))


def _plain(route: Route, name: str) -> Any:
    value = route.outputs.get(name)
    return value.text if name in SPANS and value is not None else value


def names_known(session: Session) -> dict[str, frozenset[str]]:
    """The names that rules may use, folded as rules fold them; crews as they are."""

    def of(*columns: Any) -> frozenset[str]:
        return frozenset(
            folded(each) for column in columns for each in session.scalars(select(column))
        )

    return {
        "service": of(Service.code),
        "group": of(Service.group_fr),
        "district": of(District.code),
        "asset_class": of(AssetClass.code),
        "crew": frozenset(session.scalars(select(Crew.code))),
    }


def town_box(session: Session) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all assets; None where none is placed."""
    least, most = func.min, func.max
    edges = (least(Asset.west), least(Asset.south), most(Asset.east), most(Asset.north))
    west, south, east, north = session.execute(select(*edges)).one()
    if west is None or south is None or east is None or north is None:
        return None
    return west, south, east, north
