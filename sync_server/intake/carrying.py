"""Citizens' pictures on the incident's order: the crew sees them, and not who took them."""

from sqlalchemy import select

from asset_model.ids import derived_id
from asset_model.incidents import Report, ReportPhoto
from asset_model.sync.wire import Columns
from asset_model.vocabulary import OPEN_STATUSES
from sync_server.feed import Image
from sync_server.intake.entailing import entail
from sync_server.routing.hearing import stored
from sync_server.workspace import Draft

NOBODY = ""
"""Whose a citizen's picture is, among the town's people."""
_FILE = (
    *("sha256", "byte_size", "media_type", "width", "height"),
    *("thumbnail_sha256", "thumbnail_size", "taken_at"),
)


def carry_photos(draft: Draft, incident: Image, order: Image) -> None:
    """Everything that was sent of an incident, onto the order that has just been made."""
    for report in reports_of(draft, incident.row):
        query = select(ReportPhoto.id).where(ReportPhoto.report_id == report.row)
        stored = {("report_photo", id) for id in draft.workspace.session.scalars(query)}
        draft.workspace.load(stored)
        here = {
            i.row for i in draft.touched("report_photo") if i.columns["report_id"] == report.row
        }
        for row in sorted(here | {id for _, id in stored}):
            _carry(draft, row, report, order)


def carried_id(picture: str, order: str) -> str:
    """The id of a citizen's picture on an order."""
    return derived_id("carried", picture, order)


def carry_photo(draft: Draft, row: str) -> None:
    """A picture that comes while an order is open goes onto that order."""
    photo = draft.get("report_photo", row)
    report = draft.get("report", photo.columns["report_id"]) if photo else None
    incident = draft.get("incident", report.columns["incident_id"] or "") if report else None
    order = draft.get("work_order", incident.columns["order_id"] or "") if incident else None
    if report and order and order.columns["status"] in OPEN_STATUSES:
        _carry(draft, row, report, order)


def reports_of(draft: Draft, incident: str) -> list[Image]:
    """The reports of an incident, with this write laid over what is stored."""
    query = select(Report.id).where(Report.incident_id == incident)
    stored = list(draft.workspace.session.scalars(query))
    draft.workspace.load(("report", id) for id in stored)
    images = {row: draft.get("report", row) for row in stored}
    images |= {image.row: image for image in draft.touched("report")}
    found = [image for image in images.values() if image is not None]
    return [image for image in found if image.columns["incident_id"] == incident]


def count_reports(draft: Draft, incident: str) -> int:
    """How many reports an incident has, with this write laid over what is stored."""
    touched = {image.row: image.columns["incident_id"] for image in draft.touched("report")}
    return len(stored(draft.workspace, incident).keys() - touched) + [*touched.values()].count(
        incident
    )


def _carry(draft: Draft, row: str, report: Image, order: Image) -> None:
    id = carried_id(row, order.row)
    if draft.get("photo", id) is not None:
        return
    photo = draft.get("report_photo", row)
    assert photo is not None
    after: Columns = {name: photo.columns[name] for name in _FILE}
    caption = report.columns["number"]
    entail(
        draft,
        "photo",
        id,
        {**after, "work_order_id": order.row, "person_id": NOBODY, "caption": caption},
    )
