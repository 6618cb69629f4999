"""What is known of one unit, as the database holds it with this write laid over it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from asset_model import fleet_rules
from asset_model.assets import Asset
from asset_model.combinations import TRAILER
from asset_model.fleet import Defect, LegalRule, RepairCertificate, ServiceException
from asset_model.fleet_rules import Figures
from asset_model.readiness import Coupled, Exemption, Known, OpenDefect, Unit
from sync_server.feed import Image
from sync_server.workspace import Draft

VEHICLE = "vehicle"


def unit_of(draft: Draft, asset_id: str) -> Unit | None:
    """The unit, or None where that asset is no vehicle of ours."""
    asset = draft.get("asset", asset_id)
    if asset is None or asset.columns["class_code"] != VEHICLE:
        return None
    said = asset.columns["attributes"] or {}
    return Unit(
        id=asset.row,
        tag=asset.columns["tag"],
        name=asset.columns["name"],
        kind=said.get("kind"),
        gross_weight_kg=said.get("gross_weight_kg"),
        status=asset.columns["status"],
    )


def figures_at(draft: Draft, at: datetime) -> Figures:
    rules = [
        LegalRule(
            **{**rule.columns, "effective_on": date.fromisoformat(rule.columns["effective_on"])}
        )
        for rule in every(draft, LegalRule)
    ]
    return fleet_rules.figures_at(rules, at)


def known_at(draft: Draft, asset_id: str, at: datetime) -> Known:
    """What kept the unit from service at a moment, by all that has been heard of it since."""
    certified = {
        image.columns["defect_id"]
        for image in _of(draft, RepairCertificate, asset_id)
        if moment(image.columns["signed_at"]) <= at
    }
    found = [
        _open(image)
        for image in _of(draft, Defect, asset_id)
        if image.row not in certified and _heard(image, "found_at") <= at
    ]
    exemptions = [
        Exemption(
            frozenset(image.columns["reasons"]),
            frozenset(image.columns["covers"]),
            moment(image.columns["until"]),
        )
        for image in _of(draft, ServiceException, asset_id)
        if moment(image.columns["signed_at"]) <= at
    ]
    return Known(defects=tuple(found), exemptions=tuple(exemptions))


def trailers_at(draft: Draft, asset_id: str, at: datetime) -> list[Coupled]:
    """What is coupled behind a unit now, with what was known of it at a moment."""
    there = every(draft, Asset, class_code=VEHICLE, parent_id=asset_id)
    behind = (unit_of(draft, image.row) for image in there)
    trailers = [unit for unit in behind if unit is not None and unit.kind == TRAILER]
    return [Coupled(unit, known_at(draft, unit.id, at)) for unit in trailers]


def _of(draft: Draft, model: Any, asset_id: str) -> list[Image]:
    return every(draft, model, asset_id=asset_id)


def every(draft: Draft, model: Any, **wanted: Any) -> list[Image]:
    """The rows whose columns are so: those of the database, and those of this write."""
    name = model.__tablename__
    where = [getattr(model, column) == value for column, value in wanted.items()]
    stored = draft.workspace.session.scalars(select(model.id).where(*where)).all()
    draft.workspace.load((name, id) for id in stored)
    mine = [image.row for image in draft.touched(name)]
    images = (draft.get(name, id) for id in dict.fromkeys([*stored, *mine]))
    return [
        image
        for image in images
        if image is not None
        and all(image.columns[column] == value for column, value in wanted.items())
    ]


def _heard(image: Image, column: str) -> datetime:
    """When it was, and never after we heard of it: some clocks run ahead."""
    received = image.columns["received_at"]
    when = moment(image.columns[column])
    return min(when, moment(received)) if received else when


def _open(image: Image) -> OpenDefect:
    said = image.columns
    return OpenDefect(
        id=image.row,
        severity=said["severity"],
        label_fr=said["label_fr"],
        label_en=said["label_en"],
        found_at=moment(said["found_at"]),
        due_at=moment(said["due_at"]) if said["due_at"] else None,
    )


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
