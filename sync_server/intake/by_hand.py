"""What a person decides of an incident, beyond its status: written down, and kept from the rules.

A report that is taken out founds an incident of its own; a promise that stood still goes on later
by as long; what somebody set of a route no rule sets again.
"""

from dataclasses import asdict, replace
from datetime import datetime

from asset_model.base import instant
from asset_model.catalogue import Service
from asset_model.codec import wire_columns
from asset_model.errors import Refused
from asset_model.ids import derived_id
from asset_model.incident_vocabulary import UpdateKind
from asset_model.people import Crew
from asset_model.sync.wire import Change, Columns
from maintenance.due import TORONTO
from sync_server.feed import Image
from sync_server.fleet_facts import moment
from sync_server.intake.placing import Place, spot_of
from sync_server.intake.told import TOWN_SOURCE
from sync_server.routing.applying import BY_HAND, put_off, reroute
from sync_server.scope import OFFICE, buckets_of
from sync_server.workspace import Draft


def of_birth(draft: Draft, incident: Image, person_id: str | None) -> Image:
    """An incident that a person founds gets its street, its rules and its crew like any other.

    Its words come with its report, which tells whose name is to be hidden in them. The priority
    that the service has is nobody's choice: the rules may set it.
    """
    if person_id is None:
        return incident
    said = incident.columns
    service = draft.workspace.session.get_one(Service, said["service_id"])
    place = Place(said["longitude"], said["latitude"], said["place"], tuple(service.asset_classes))
    spot = spot_of(draft.workspace.session, place)
    known = {name: value for name, value in asdict(spot).items() if said[name] is None}
    columns = {**said, **known, "description": None}
    founded = replace(incident, columns=columns, buckets=buckets_of("incident", columns, {}))
    draft.put(founded)
    unset = {**said["route"], "set": {"priority": service.priority}}
    return reroute(draft, replace(founded, columns={**columns, "route": unset}))


def of_promise(draft: Draft, row: str, before: Columns, after: Columns) -> Columns:
    """The columns of an incident whose promise is made to stand still, or to go on.

    :raises Refused: ``suspend_reason_required``
    """
    was, now = before["suspended_at"], after["suspended_at"]
    if bool(was) == bool(now):
        return after
    if now and not (after["suspend_reason"] or "").strip():
        raise Refused("suspend_reason_required")
    at = instant(draft.workspace.now)
    kind = UpdateKind.SUSPENDED if now else UpdateKind.RESUMED
    words = after["suspend_reason"] if now else None
    note(
        draft, row, kind, at=at, person_id=after["suspended_by"],
        because=f"{kind} {now or was}", words=(words, words),
    )  # fmt: skip
    if now:
        return after
    return put_off(draft, {**after, "suspend_reason": None}, since=moment(was))


def of_route(draft: Draft, incident: Image, change: Change, person_id: str | None) -> None:
    """Who takes it on, how urgent it is and until when, as a person has said."""
    named = sorted(BY_HAND & change.after.keys())
    if person_id is None or not named:
        return
    route = incident.columns["route"]
    by_hand = {**route.get("by_hand", {}), **dict.fromkeys(named, person_id)}
    soon = {name: at for name, at in route.get("soon", {}).items() if name not in named}
    columns = {**incident.columns, "route": {**route, "by_hand": by_hand, "soon": soon}}
    draft.put(replace(incident, columns=columns))
    words = [_routed_words(draft, columns, named, language) for language in ("fr", "en")]
    note(
        draft, incident.row, UpdateKind.ROUTED, at=instant(draft.workspace.now),
        person_id=person_id, because=change.id, words=(words[0], words[1]),
    )  # fmt: skip


def of_crew(draft: Draft, incident: Image, crew_id: str | None, person_id: str | None) -> Image:
    """Whoever was given its order has the incident: their tablet asks what citizens are told."""
    if crew_id is None or incident.columns["crew_id"] == crew_id:
        return incident
    route = incident.columns["route"]
    if person_id is not None:
        route = {**route, "by_hand": {**route.get("by_hand", {}), "crew_id": person_id}}
    columns = {**incident.columns, "crew_id": crew_id, "route": route}
    given = replace(incident, columns=columns, buckets=buckets_of("incident", columns, {}))
    draft.put(given)
    return given


def _routed_words(draft: Draft, columns: Columns, named: list[str], language: str) -> str:
    french = language == "fr"
    told: list[str] = []
    if "crew_id" in named:
        crew = draft.workspace.session.get(Crew, columns["crew_id"] or "")
        name = crew.name if crew else "–"
        told.append(f"équipe\u00a0: {name}" if french else f"crew: {name}")
    if "priority" in named:
        priority = columns["priority"]
        told.append(f"priorité\u00a0: {priority}" if french else f"priority: {priority}")
    if "fix_by" in named and columns["fix_by"]:
        day = _day(moment(columns["fix_by"]))
        told.append(f"promis pour\u00a0: {day}" if french else f"promised for: {day}")
    return ", ".join(told)


def _day(at: datetime) -> str:
    return f"{at.astimezone(TORONTO):%Y-%m-%d %H:%M}"


def of_report(draft: Draft, report: Image, change: Change, person_id: str | None) -> None:
    """A person has moved a report: both incidents tell it."""
    came, went = change.before.get("incident_id"), change.after.get("incident_id")
    if not person_id or not went or report.columns["incident_id"] != went:
        return
    at = instant(draft.workspace.now)
    for incident, kind, other in (
        (came, UpdateKind.LEFT, went),
        (went, UpdateKind.JOINED, came),
    ):
        if incident:
            note(
                draft, incident, kind, at=at, person_id=person_id, because=change.id,
                report_id=report.row, other_id=other,
            )  # fmt: skip


def note(
    draft: Draft,
    incident: str,
    kind: UpdateKind,
    *,
    at: str,
    person_id: str | None,
    because: str,
    report_id: str | None = None,
    other_id: str | None = None,
    words: tuple[str | None, str | None] = (None, None),
) -> None:
    """One line of an incident's history, for the town's own people; no citizen is told of it."""
    values = {
        "incident_id": incident,
        "report_id": report_id,
        "kind": kind,
        "words_fr": words[0] or None,
        "words_en": words[1] or None,
        "source": TOWN_SOURCE,
        "person_id": person_id,
        "made_at": at,
        "received_at": instant(draft.workspace.now),
        "other_id": other_id,
    }
    whole = {name: values.get(name) for name in wire_columns("incident_update")}
    id = derived_id("noted", incident, kind, because)
    draft.put(Image("incident_update", id, whole, frozenset({OFFICE})))
