"""The maintenance sheets of an order, the newest first, with what was measured."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.upkeep import BrakeMeasure, MaintenanceSheet


@dataclass(frozen=True)
class SheetLine:
    sheet: MaintenanceSheet
    measures: tuple[BrakeMeasure, ...]

    @property
    def outside(self) -> int:
        """How many measures are outside their limit."""
        return sum(1 for each in self.measures if each.within is False)

    @property
    def not_conforming(self) -> int:
        return sum(1 for line in self.sheet.lines if line["result"] == "defect")


def sheets_of(session: Session, order_id: str) -> list[SheetLine]:
    query = select(MaintenanceSheet).where(MaintenanceSheet.order_id == order_id)
    ordered = query.order_by(MaintenanceSheet.signed_at.desc(), MaintenanceSheet.id.desc())
    found = session.scalars(ordered).all()
    measures = session.scalars(
        select(BrakeMeasure)
        .where(BrakeMeasure.sheet_id.in_([sheet.id for sheet in found]))
        .order_by(BrakeMeasure.axle, BrakeMeasure.side)
    ).all()
    return [
        SheetLine(sheet, tuple(each for each in measures if each.sheet_id == sheet.id))
        for sheet in found
    ]
