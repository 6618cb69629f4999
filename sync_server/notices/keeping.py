"""How long it is kept what was told outside the town: so many months after it left, or did not.

What waits stays, and so does all that was told of an incident that is open.
"""

from datetime import datetime, time

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from asset_model.fleet import LegalRule
from asset_model.fleet_rules import TOWN_ZONE, figures_at, months_after
from asset_model.incident_vocabulary import OPEN_INCIDENTS
from asset_model.incidents import Incident
from sync_server.notices.tables import Notice, State
from sync_server.row_counts import changed

RULE = "notice_retention"


def forget_past(session: Session, *, now: datetime) -> int:
    """Forget the notices whose time is past; how many. Without a number of months: none."""
    figures = figures_at(session.scalars(select(LegalRule)), now)
    months = figures[RULE].value["months"]
    if months is None:
        return 0
    first_kept = months_after(now.astimezone(TOWN_ZONE).date(), -months)
    before = datetime.combine(first_kept, time.min, TOWN_ZONE)
    still_open = select(Incident.id).where(Incident.status.in_(OPEN_INCIDENTS))
    return changed(
        session,
        delete(Notice).where(
            Notice.state != State.WAITING,
            Notice.ended_at < before,
            or_(Notice.incident_id.is_(None), Notice.incident_id.not_in(still_open)),
        ),
    )
