"""What is known of one unit, as the database holds it with this write laid over it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from asset_model import fleet_rules
from asset_model.fleet import Defect, LegalRule, RepairCertificate, ServiceException
from asset_model.fleet_rules import Figures
from asset_model.readiness import Exemption, Known, OpenDefect, Unit
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
    return fleet_rules.figures_at(draft.workspace.session.scalars(select(LegalRule)), at)


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
        if image.row not in certified and moment(image.columns["found_at"]) <= at
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


def _of(draft: Draft, model: Any, asset_id: str) -> list[Image]:
    name = model.__tablename__
    session = draft.workspace.session
    stored = session.scalars(select(model.id).where(model.asset_id == asset_id)).all()
    draft.workspace.load((name, id) for id in stored)
    mine = [i.row for i in draft.touched(name) if i.columns["asset_id"] == asset_id]
    images = (draft.get(name, id) for id in dict.fromkeys([*stored, *mine]))
    return [image for image in images if image is not None]


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
