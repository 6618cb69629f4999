"""What a draft of the rules would have made of incidents that are past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from asset_model.assets import Asset, AssetClass
from asset_model.catalogue import Service
from asset_model.grouping.concepts import folded
from asset_model.incidents import Incident, Report
from asset_model.people import Crew, District
from sync_server.routing.book import SPANS, Book
from sync_server.routing.routes import Facts, Route, routed


@dataclass(frozen=True, slots=True)
class Turn:
    """One output of one incident that the draft would have given otherwise."""

    number: str
    output: str
    before: Any
    after: Any
    rule: str


def facts_of_past(session: Session, *, since: datetime) -> Iterator[tuple[str, Facts]]:
    """(number, facts) of each incident, as its first report told it."""
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
            Incident, Service.code, Service.group_fr, District.code, Asset.class_code,
            Report.source, Report.answers,
        )
        .join(Service, Service.id == Incident.service_id)
        .outerjoin(District, District.id == Incident.district_id)
        .outerjoin(Asset, Asset.id == Incident.asset_id)
        .outerjoin(Report, Report.id == first)
        .where(Incident.opened_at >= since)
        .order_by(Incident.opened_at, Incident.id)
    )  # fmt: skip
    for incident, service, group, district, asset_class, source, answers in session.execute(query):
        yield incident.number or incident.id, Facts(
            service=service, group=group, at=incident.opened_at,
            description=incident.description or "", longitude=incident.longitude,
            latitude=incident.latitude, district=district, source=source,
            asset_class=asset_class, answers=answers or {}, reports=incident.reports_count,
        )  # fmt: skip


def turns(
    past: Iterator[tuple[str, Facts]], *, standing: Book | None, draft: Book
) -> Iterator[Turn]:
    for number, facts in past:
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
