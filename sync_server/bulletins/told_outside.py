"""What citizens and other systems were told of an incident, for a screen of the office.

Letters are known by the number of their report: whose address that is, is looked at elsewhere, and
every look is kept.
"""

from typing import Any

from asset_model.base import instant
from asset_model.errors import sentence
from sync_server.bulletins.asking import Asking
from sync_server.notices.told import Told, notices_of


def told_outside(asking: Asking) -> dict[str, Any]:
    found = notices_of(asking.session, asking.text("incident") or "")
    return {"lines": [_line(told) for told in found]}


def _line(told: Told) -> dict[str, Any]:
    why = None
    if told.code is not None:
        why = {language: sentence(told.code, language, {}) for language in ("fr", "en")}
    return {
        "kind": told.kind,
        "channel": told.channel,
        "state": told.state,
        "to": told.to,
        "language": told.language,
        "at": instant(told.at),
        "why": why,
    }
