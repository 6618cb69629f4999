"""Whether a citizen may still say of something that it is not fixed."""

from datetime import datetime, timedelta

from asset_model.errors import Refused
from asset_model.incident_vocabulary import ANSWERED_INCIDENTS
from asset_model.sync.wire import Columns
from sync_server.fleet_facts import moment


def may_reopen(incident: Columns, service: Columns, *, now: datetime) -> bool:
    try:
        check_reopens(incident, service, now=now)
    except Refused:
        return False
    return True


def check_reopens(incident: Columns, service: Columns, *, now: datetime) -> None:
    """:raises Refused: ``not_resolved_yet``, ``not_fixed_too_late``"""
    if incident["status"] not in ANSWERED_INCIDENTS or incident["resolved_at"] is None:
        raise Refused("not_resolved_yet")
    days = service["reopens_within_days"]
    if now > moment(incident["resolved_at"]) + timedelta(days=days):
        raise Refused("not_fixed_too_late", days=days)
