"""What the new reports of one write ask of the database: the first that asks, asks for them all.

Each by itself would ask the same few questions, one after the other, and wait for each answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from types import SimpleNamespace

from asset_model.codec import checked, wire_columns
from asset_model.errors import Refused
from asset_model.grouping.sightings import Sighting
from asset_model.grouping.town import Known, around_each, sighting_of
from asset_model.grouping.weights import Weights
from asset_model.ids import derived_id
from asset_model.sync.reading import may_be_id
from asset_model.sync.wire import Change, Columns
from sync_server.feed import Image
from sync_server.fleet_facts import moment
from sync_server.intake.contacts import contacts_of
from sync_server.intake.desk import on_earth
from sync_server.intake.placing import Place, Spot, spot_of, spots_of
from sync_server.intake.tables import ReportContact
from sync_server.intake.told import told_id
from sync_server.workspace import Key, Workspace


def founded_by(report: str) -> str:
    """The id of the incident that a report founds."""
    return derived_id("incident of", report)


def rows_of(change: Change) -> Iterator[Key]:
    """What a new report is likely to touch beside itself."""
    if change.table == "report" and change.op == "insert":
        incident = founded_by(change.row)
        yield "incident", incident
        yield "incident_update", told_id(incident, incident)
        if may_be_id(service := change.after.get("service_id")):
            yield "service", service


def senders(workspace: Workspace, report: str) -> list[ReportContact]:
    """Who sent a report, as far as is known."""
    rows = _new(workspace)
    if report not in rows:
        return contacts_of(workspace.session, [report])
    known = workspace.known("senders ahead", lambda: contacts_of(workspace.session, rows))
    return [each for each in known if each.report_id == report]


def around(workspace: Workspace, newer: Sighting, weights: Weights) -> list[Known]:
    """What is in the tables of its service around it."""

    def of_all() -> dict[Sighting, list[Known]]:
        new = _new(workspace)
        placed = [sighting(row, said) for row, said in new.items() if _is_placed(said)]
        return around_each(workspace.session, placed, weights)

    known = workspace.known("around ahead", of_all)
    if newer in known:
        return known[newer]
    return around_each(workspace.session, [newer], weights)[newer]


def spot(workspace: Workspace, place: Place) -> Spot:
    """Where the incident of a report is, which says that it is at `place`."""

    def of_all() -> dict[Place, Spot]:
        placed = [said for said in _new(workspace).values() if _is_placed(said)]
        places = [place_of(said, workspace.get("service", said["service_id"])) for said in placed]
        spots = spots_of(workspace.session, places)
        workspace.load(("asset", each.asset_id) for each in spots if each.asset_id)
        workspace.load(("district", each.district_id) for each in spots if each.district_id)
        return dict(zip(places, spots, strict=True))

    known = workspace.known("spots ahead", of_all)
    return known[place] if place in known else spot_of(workspace.session, place)


def sighting(row: str, said: Columns) -> Sighting:
    """A report as telling twins apart takes it; it has a place."""
    at = moment(said["reported_at"])
    return sighting_of(SimpleNamespace(**{**said, "id": row, "reported_at": at}))


def place_of(said: Columns, service: Image | None) -> Place:
    """What a report says of where it is, for `spot`."""
    classes = service.columns["asset_classes"] if service else ()
    return Place(said["longitude"], said["latitude"], said["place"], tuple(classes))


def _is_placed(said: Columns) -> bool:
    longitude, latitude = said["longitude"], said["latitude"]
    return longitude is not None and latitude is not None and on_earth(longitude, latitude)


def _new(workspace: Workspace) -> Mapping[str, Columns]:
    """The reports that this write brings, of no incident yet, as far as they are sound."""
    return workspace.known("reports ahead", lambda: dict(_sound(workspace.changes)))


def _sound(changes: Sequence[Change]) -> Iterator[tuple[str, Columns]]:
    for change in changes:
        if change.table != "report" or change.op != "insert":
            continue
        with suppress(Refused):
            said = {**dict.fromkeys(wire_columns("report")), **checked("report", change.after)}
            if said["incident_id"] is None and said["service_id"] and said["reported_at"]:
                yield change.row, said
