"""The rules at work on an incident: its crew, its priority and its promises, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from asset_model.base import instant
from asset_model.incident_vocabulary import IncidentStatus
from asset_model.people import Crew
from asset_model.sync.wire import Columns
from maintenance.due import TORONTO
from sync_server.feed import Image
from sync_server.fleet_facts import moment
from sync_server.routing.book import SPANS, Book
from sync_server.routing.calendars import ALWAYS, Calendar
from sync_server.routing.editions import of_edition, published
from sync_server.routing.hearing import Said, said_of
from sync_server.routing.putting_off import later, soon_at
from sync_server.routing.routes import Facts, Route, routed
from sync_server.routing.spans import Span, span_of
from sync_server.routing.working_time import due_at
from sync_server.scope import buckets_of
from sync_server.workspace import Draft

STILL_OPEN_TO_RULES = (
    IncidentStatus.RECEIVED,
    IncidentStatus.UNDER_REVIEW,
    IncidentStatus.REOPENED,
)
"""Once it is planned, people have it in hand."""

_COLUMN_OF = {"crew": "crew_id", "priority": "priority"}
_PROMISES = {"acknowledge_within": "acknowledge_by", "fix_within": "fix_by"}
BY_HAND = frozenset({*_COLUMN_OF.values(), *_PROMISES.values(), "promise_reason"})
"""What a person may set of a route; the rules leave it alone from then on."""


def route_columns(draft: Draft, columns: Columns, reports: Sequence[Said]) -> Columns:
    """What the published rules say of an incident with these reports; nothing where none are."""
    book = _book(draft)
    if book is None:
        return {}
    route = routed(_facts(draft, columns, reports), book)
    return _written(draft, route, book, moment(columns["opened_at"]))


def reroute(draft: Draft, incident: Image) -> Image:
    """Ask the rules again after something changed; what a person has set since stays."""
    if incident.columns["status"] not in STILL_OPEN_TO_RULES:
        return incident
    route: Mapping[str, Any] = incident.columns["route"]
    fresh = route_columns(draft, incident.columns, said_of(draft, incident.row))
    if not fresh:
        return incident
    free = _free(incident.columns, fresh)
    columns = {**incident.columns, **{name: fresh[name] for name in free}}
    columns["route"] = {**_merged(route, fresh["route"]), "soon": _soon(route, fresh, free)}
    routed_anew = replace(incident, columns=columns, buckets=buckets_of("incident", columns, {}))
    if columns != incident.columns:
        draft.put(routed_anew)
    return routed_anew


def _free(columns: Columns, fresh: Columns) -> set[str]:
    """What the rules may set anew: no person has, and no promise that stood still is due later."""
    route: Mapping[str, Any] = columns["route"]
    before, by_hand = route.get("set", {}), route.get("by_hand", {})
    free = {
        name for name in fresh.keys() - {"route", *by_hand} if _as_it_was(columns, before, name)
    }
    return free if "fix_by" in free else free - {"promise_reason"}


def _merged(route: Mapping[str, Any], fresh: Mapping[str, Any]) -> dict[str, Any]:
    """What no rule gives any more stays, with the rule that gave it: it is no person's choice."""
    kept = {name: {**route.get(name, {}), **fresh[name]} for name in ("set", "because")}
    by_hand = {"by_hand": route["by_hand"]} if route.get("by_hand") else {}
    return {**fresh, **kept, **by_hand}


def _soon(route: Mapping[str, Any], fresh: Columns, free: set[str]) -> dict[str, str]:
    """From when each promise is about to be missed: of one that stands, what it was."""
    was = {name: at for name, at in route.get("soon", {}).items() if name not in free}
    return was | {name: at for name, at in fresh["route"]["soon"].items() if name in free}


def put_off(draft: Draft, columns: Columns, *, since: datetime) -> Columns:
    """An incident whose promises stood still since then: each is due later by as long.

    That of an answer to whoever reported stands where it has been kept.
    """
    because = columns["route"].get("because", {})
    calendar, zone = _calendar(draft, columns["route"])
    moved: Columns = {}
    soon = dict(columns["route"].get("soon", {}))
    for output, column in _PROMISES.items():
        kept = output == "acknowledge_within" and columns["acknowledged_at"]
        if columns[column] is not None and not kept:
            due, span = moment(columns[column]), _span(because.get(output))
            now = draft.workspace.now
            put = later(due, since=since, until=now, span=span, calendar=calendar, zone=zone)
            moved[column] = instant(put)
            if span:
                soon[column] = instant(soon_at(put, span, calendar, zone))
    # `route` keeps what the rules had made of it, so that they do not bring the earlier date back.
    route = {**columns["route"], "soon": soon} if soon else columns["route"]
    return {**columns, **moved, "route": route}


def _calendar(draft: Draft, route: Mapping[str, Any]) -> tuple[Calendar, ZoneInfo]:
    """That of a promise, as the rules have it now; where they name it no more, as they had it."""
    named = route.get("because", {}).get("calendar", {}).get("value", "")
    book = _book(draft)
    if book and named and named not in book.calendars:
        book = of_edition(draft.workspace.session, route["edition"]) or book
    return (book.calendars.get(named, ALWAYS), book.zone) if book else (ALWAYS, TORONTO)


def _span(told: Mapping[str, Any] | None) -> Span | None:
    return span_of(str(told["value"])) if told else None


def _as_it_was(columns: Columns, before: Mapping[str, Any], name: str) -> bool:
    """Whether a value is still what the rules had made of it."""
    return bool(columns[name] == before[name]) if name in before else columns[name] is None


def _written(draft: Draft, route: Route, book: Book, opened_at: datetime) -> Columns:
    told: Columns = {}
    for output, column in _COLUMN_OF.items():
        if output in route.outputs:
            told[column] = route.outputs[output]
    if "crew_id" in told:
        told["crew_id"] = _crew(draft, told["crew_id"])
    calendar = book.calendars.get(route.outputs.get("calendar", ""), ALWAYS)
    soon: dict[str, str] = {}
    for output, column in _PROMISES.items():
        if span := route.outputs.get(output):
            due = due_at(opened_at, span, calendar, book.zone)
            told[column] = instant(due)
            soon[column] = instant(soon_at(due, span, calendar, book.zone))
    if "fix_within" in route.outputs:
        span, rule = route.outputs["fix_within"], route.because["fix_within"]
        told["promise_reason"] = f"{span.text} ({rule})"
    return {**told, "route": {**_explained(route, told), "soon": soon}}


def _explained(route: Route, told: Columns) -> dict[str, Any]:
    values = {name: value.text if name in SPANS else value for name, value in route.outputs.items()}
    because = {
        name: {"value": value, "rule": route.because[name]} for name, value in values.items()
    }
    return {"edition": route.edition, "because": because, "set": dict(told)}


def _book(draft: Draft) -> Book | None:
    workspace = draft.workspace
    return workspace.known("the book of rules", lambda: published(workspace.session))


def _crew(draft: Draft, code: str) -> str | None:
    connection = draft.workspace.session.connection()
    rows = draft.workspace.known("crews", lambda: connection.execute(_CREWS).all())
    return next((row.id for row in rows if row.code == code), None)


_CREWS = select(Crew.id, Crew.code)


def _facts(draft: Draft, columns: Columns, reports: Sequence[Said]) -> Facts:
    service = draft.get("service", columns["service_id"])
    district = draft.get("district", columns.get("district_id") or "")
    asset = draft.get("asset", columns.get("asset_id") or "")
    assert service is not None
    return Facts(
        service=service.columns["code"],
        group=service.columns["group_fr"],
        at=moment(columns["opened_at"]),
        words=(columns.get("description") or "", *(each.words or "" for each in reports)),
        longitude=columns.get("longitude"),
        latitude=columns.get("latitude"),
        district=district.columns["code"] if district else None,
        source=reports[0].source if reports else None,
        asset_class=asset.columns["class_code"] if asset else None,
        answers=reports[0].answers if reports else {},
        reports=columns.get("reports_count") or 1,
    )
