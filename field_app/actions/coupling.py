"""Coupling a trailer behind a unit, and taking it off: with or without a signal."""

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.codec import columns_of
from asset_model.combinations import check_coupling
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.roles import check_edit
from field_app.actions.acting import role_of
from field_app.store.edits import recorded


def couple(session: Session, trailer_id: str, unit_id: str | None, *, by: Author) -> None:
    """The trailer is behind that unit now; None: behind none.

    :raises Refused: ``role_not_allowed``, ``unit_unknown``, ``not_a_trailer``, ``cannot_pull``
    """
    check_edit(role_of(session, by), "asset", frozenset({"parent_id"}))
    trailer = session.get(Asset, trailer_id)
    unit = session.get(Asset, unit_id) if unit_id else None
    if trailer is None or (unit_id is not None and unit is None):
        raise Refused("unit_unknown", unit=trailer_id if trailer is None else unit_id)
    check_coupling(_told(trailer), _told(unit) if unit is not None else None)
    with recorded(session, by=by):
        trailer.parent_id = unit_id


def _told(asset: Asset) -> dict[str, object]:
    return {"tag": asset.tag, **columns_of(asset)}
