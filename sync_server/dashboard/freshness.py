"""Which tablets have not been heard of: what they hold is in no figure yet."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.matters import Matter, MatterState
from asset_model.people import Crew
from sync_server.tables import Device

QUIET_AFTER = timedelta(hours=1)
"""A tablet with a signal is heard of every quarter of a minute."""


def freshness(session: Session, now: datetime) -> dict[str, Any]:
    """Every tablet and when it was last heard of, the quietest first; and what waits for a word."""
    query = (
        select(Device.code, Crew.name, Device.seen_at)
        .join(Crew, Crew.id == Device.crew_id, isouter=True)
        .where(Device.revoked_at.is_(None), Device.kind != "office")
        .order_by(Device.seen_at.is_not(None), Device.seen_at, Device.code)
    )
    tablets = [
        {
            "code": code,
            "crew": crew,
            "seen_at": instant(seen) if seen else None,
            "quiet": seen is None or seen < now - QUIET_AFTER,
        }
        for code, crew, seen in session.execute(query)
    ]
    to_settle = session.scalar(select(func.count()).where(Matter.state == MatterState.OPEN)) or 0
    return {"tablets": tablets, "to_settle": to_settle}
