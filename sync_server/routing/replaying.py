"""What a draft of the rules would have made of incidents that are past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

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
    """(number, facts) of each incident, as its first report told it; a few are held at a time."""
    each = aliased(Report)
    first = (
        select(each.id)
        .where(each.incident_id == Incident.id)
        .order_by(each.reported_at, each.id)
        .limit(1)
        .correlate(Incident)
        .scalar_subquery()
    )
    query = (
        select(
            Incident.number, Incident.id, Service.code, Service.group_fr, Incident.opened_at,
            Incident.description, Incident.longitude, Incident.latitude, District.code,
            Report.source, Asset.class_code, Report.answers, Incident.reports_count,
        )
        .join(Service, Service.id == Incident.service_id)
        .outerjoin(District, District.id == Incident.district_id)
        .outerjoin(Asset, Asset.id == Incident.asset_id)
        .outerjoin(Report, Report.id == first)
        .where(Incident.opened_at >= since)
        .order_by(Incident.opened_at, Incident.id)
    ).execution_options(yield_per=HELD)  # fmt: skip
    for number, id, service, group, at, words, *more in session.execute(query):
        longitude, latitude, district, source, asset_class, answers, reports = more
        yield number or id, Facts(
            service=service, group=group, at=at, description=words or "", longitude=longitude,
            latitude=latitude, district=district, source=source, asset_class=asset_class,
            answers=answers or {}, reports=reports,
        )  # fmt: skip


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
