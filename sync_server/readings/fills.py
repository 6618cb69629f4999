"""Fuel that a row of a card's statement tells, into the server's own table."""

from datetime import datetime

from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.ids import derived_id
from sync_server.readings.brought import Brought
from sync_server.readings.lines import Line
from sync_server.readings.reasons import ReadingProblem
from sync_server.upkeep_tables import FuelFill


def write_fill(session: Session, line: Line, brought: Brought, *, now: datetime) -> None:
    """Note the fill, unless it is here. By the number of its sale, else by all that it says."""
    fill, source = line.fill, brought.mapping.source
    if fill is None:
        return
    own = (fill.reference,) if fill.reference else (
        line.asset_id, instant(line.taken_at), f"{fill.litres}", f"{fill.cost}",
    )  # fmt: skip
    id = derived_id("fill", source, *own)
    told = {
        "asset_id": line.asset_id,
        "filled_at": line.taken_at,
        "litres": fill.litres,
        "cost": fill.cost,
        "reference": fill.reference,
        "card": fill.card,
    }
    standing = session.get(FuelFill, id)
    if standing is None:
        session.add(FuelFill(id=id, source=source, received_at=now, **told))
        session.flush()
        brought.fills += 1
    elif any(getattr(standing, name) != value for name, value in told.items()):
        cost = "–" if standing.cost is None else f"{standing.cost:.10g} $"
        stands = f"{standing.litres:.10g} L, {cost}"
        details = {"reference": fill.reference, "stands": stands}
        brought.problems.append(ReadingProblem("fill_differs", line.row, details))
    else:
        brought.unchanged += 1
