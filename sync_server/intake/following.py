"""What follows from a report, and from the work of an incident's order."""

from dataclasses import asdict, replace

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.ids import derived_id
from asset_model.incident_moves import BY_ORDER
from asset_model.incident_vocabulary import IncidentStatus, UpdateKind
from asset_model.sync.wire import Change, Columns
from asset_model.vocabulary import WorkOrderStatus as S
from sync_server.decide import Maker
from sync_server.feed import Image
from sync_server.fleet_facts import moment
from sync_server.intake import ahead, by_hand
from sync_server.intake.carrying import carry_photo, carry_photos, count_reports, reports_of
from sync_server.intake.entailing import OWN_HAND, entail, entail_edit
from sync_server.intake.grouping import incident_for
from sync_server.intake.orders import order_of
from sync_server.intake.reopening import may_reopen
from sync_server.intake.told import move, tell
from sync_server.privacy.hiding import hider_of
from sync_server.routing.applying import reroute, route_columns
from sync_server.routing.hearing import said_in
from sync_server.workspace import Draft


def follow(draft: Draft, change: Change, maker: Maker) -> None:
    """:raises Refused: ``row_unknown``, and what refuses the order that a service asks for"""
    match change.table, change.op:
        case "report", "insert":
            _attach(draft, change.row)
        case "report", "edit":
            if change.after.get("incident_id"):
                _give_words(draft, _here(draft, "report", change.row))
            _count_both(draft, change)
            by_hand.of_report(draft, _here(draft, "report", change.row), change, maker.person_id)
        case "report_photo", "insert":
            carry_photo(draft, change.row)
        case "incident", "insert":
            by_hand.of_birth(draft, _here(draft, "incident", change.row), maker.person_id)
            _of_birth(draft, change.row)
        case "incident", "edit":
            by_hand.of_route(draft, _here(draft, "incident", change.row), change, maker.person_id)
            _of_hand(draft, change, maker)
        case "incident_update", "insert":
            _of_update(draft, change.row)
        case "work_order", _:
            _of_order(draft, change, maker)


def _attach(draft: Draft, row: str) -> None:
    """A new report gets its incident: the one it is of, or its own."""
    report = _here(draft, "report", row)
    if report.columns["incident_id"] is None:
        draft.put(replace(report, columns={**report.columns, **_attached(draft, report)}))
    else:
        _give_words(draft, report)
    _count(draft, _here(draft, "report", row).columns["incident_id"])


def _attached(draft: Draft, report: Image) -> Columns:
    found = incident_for(draft, report)
    if found is None:
        return {"incident_id": _found(draft, report)}
    recurs = {"recurrence_of_id": found.incident_id} if found.recurs else {}
    return {
        "incident_id": _found(draft, report, **recurs) if found.recurs else found.incident_id,
        "attach_score": found.score,
        "attach_reasons": list(found.reasons),
    }


def _found(draft: Draft, report: Image, **known: str) -> str:
    """The incident of a report that is of none yet; `known`: what is told of it beforehand."""
    said = report.columns
    service = _here(draft, "service", said["service_id"])
    spot = ahead.spot(draft.workspace, ahead.place_of(said, service))
    id = ahead.founded_by(report.row)
    columns: Columns = {
        "service_id": said["service_id"],
        "description": _nameless(draft, report),
        "priority": service.columns["priority"],
        "opened_at": said["reported_at"],
        **asdict(spot),
        **known,
    }
    route = route_columns(draft, columns, [said_in(said)])
    explained = route.pop("route", {})
    born = entail(draft, "incident", id, {**columns, **route})
    founded = _here(draft, "incident", id)
    draft.put(replace(founded, columns={**founded.columns, "route": explained}))
    follow(draft, born, OWN_HAND)
    return id


def _nameless(draft: Draft, report: Image) -> str | None:
    """The words of a report, without whoever is known to have written them."""
    words = report.columns["description"]
    return hider_of(ahead.senders(draft.workspace, report.row))(words) if words else None


def _give_words(draft: Draft, report: Image) -> None:
    """An incident without words has those of the report that a person puts into it."""
    incident = _here(draft, "incident", report.columns["incident_id"])
    if incident.columns["description"] is None and (words := _nameless(draft, report)):
        draft.put(replace(incident, columns={**incident.columns, "description": words}))


def _count_both(draft: Draft, change: Change) -> None:
    for side in (change.before, change.after):
        if incident := side.get("incident_id"):
            _count(draft, incident)


def _count(draft: Draft, row: str) -> None:
    incident = _here(draft, "incident", row)
    count = count_reports(draft, row)
    counted = replace(incident, columns={**incident.columns, "reports_count": count})
    draft.put(counted)
    reroute(draft, counted)


def _of_birth(draft: Draft, row: str) -> None:
    incident = _here(draft, "incident", row)
    tell(draft, incident, at=incident.columns["opened_at"], person_id=None, because=row)
    service = _here(draft, "service", incident.columns["service_id"])
    if service.columns["orders_at_once"]:
        order = derived_id("order of", row)
        follow(draft, entail(draft, "work_order", order, order_of(draft, incident)), OWN_HAND)


def _of_hand(draft: Draft, change: Change, maker: Maker) -> None:
    """A person has moved it: that is told; one that was merged hands its reports over."""
    incident = _here(draft, "incident", change.row)
    now = instant(draft.workspace.now)
    if "status" not in change.after or incident.columns["moved_at"] != now:
        return
    if maker.person_id and incident.columns["acknowledged_at"] is None:
        seen = {"acknowledged_at": now, "acknowledged_by": maker.person_id}
        incident = replace(incident, columns={**incident.columns, **seen})
        draft.put(incident)
    if incident.columns["status"] == IncidentStatus.MERGED:
        _hand_over(draft, incident, change, maker)
    else:
        tell(draft, incident, at=now, person_id=maker.person_id, because=change.id)


def _hand_over(draft: Draft, incident: Image, change: Change, maker: Maker) -> None:
    target = incident.columns["merged_into_id"]
    for report in reports_of(draft, incident.row):
        before = {"incident_id": incident.row, "attached_by": report.columns["attached_by"]}
        after = {"incident_id": target, "attached_by": maker.person_id}
        moved = entail_edit(draft, "report", report.row, before, after, because=change.id)
        follow(draft, moved, replace(OWN_HAND, person_id=maker.person_id))


def _of_update(draft: Draft, row: str) -> None:
    """“Not fixed” of what was resolved reaches a foreman again."""
    update = _here(draft, "incident_update", row)
    if update.columns["kind"] != UpdateKind.NOT_FIXED:
        return
    incident = _here(draft, "incident", update.columns["incident_id"])
    service = _here(draft, "service", incident.columns["service_id"])
    at = update.columns["made_at"]
    if may_reopen(incident.columns, service.columns, now=moment(at)):
        move(draft, incident, IncidentStatus.REOPENED, at=at, person_id=None, because=row)


def _of_order(draft: Draft, change: Change, maker: Maker) -> None:
    """The incident goes where its latest order goes, and to the crew that has it."""
    order = _here(draft, "work_order", change.row)
    said = order.columns
    given = change.op == "insert" or "crew_id" in change.after
    if said["incident_id"] is None or not (given or _has_moved(change, said)):
        return
    incident = _here(draft, "incident", said["incident_id"])
    if change.op == "insert":
        incident = replace(incident, columns={**incident.columns, "order_id": order.row})
        draft.put(incident)
        carry_photos(draft, incident, order)
    if incident.columns["order_id"] != order.row:
        return
    if given:
        incident = by_hand.of_crew(draft, incident, said["crew_id"], maker.person_id)
    if not _has_moved(change, said):
        return
    done_at = said["completed_at"] if said["status"] == S.DONE else None
    at = done_at or maker.made_at or instant(draft.workspace.now)
    person, status = maker.person_id, BY_ORDER[S(said["status"])]
    move(draft, incident, status, at=at, person_id=person, because=change.id)


def _has_moved(change: Change, said: Columns) -> bool:
    """Whether the order has come to where citizens are told something else of it.

    To close an order that is done is none: a citizen may have said meanwhile that it is not fixed.
    """
    if change.op == "insert":
        return True
    before, after = change.before.get("status"), change.after.get("status")
    if after is None or said["status"] != after:
        return False
    return before is None or BY_ORDER[S(before)] != BY_ORDER[S(after)]


def _here(draft: Draft, table: str, row: str) -> Image:
    """:raises Refused: ``row_unknown``"""
    image = draft.get(table, row)
    if image is None:
        raise Refused("row_unknown", row=row)
    return image
