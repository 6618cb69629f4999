"""What an edit changes, in sentences: for a dry run, and once it is done."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.closures import Closure
from asset_model.findings import Finding, sentence
from asset_model.plans import MaintenancePlan
from asset_model.sync.wire import Change
from asset_model.vocabulary import AssetStatus
from asset_model.work_orders import WorkOrder
from sync_server.segments.words import WORDS


def say(code: str, language: str, **details: Any) -> str:
    return sentence(Finding(code, details), WORDS, language)


def told(session: Session, changes: Sequence[Change], language: str) -> Iterator[str]:
    """To be called before the changes are written."""
    born = {
        change.row: change.after["tag"]
        for change in changes
        if change.op == "insert" and change.table == "asset"
    }

    def tag_of(asset_id: str | None) -> str:
        asset = session.get(Asset, asset_id) if asset_id else None
        return born.get(asset_id or "") or (asset.tag if asset else "–")

    for change in changes:
        if change.table == "asset":
            yield from _asset(session, change, tag_of, language)
        elif change.table == "work_order":
            yield _order(session, change, tag_of, language)
        elif change.table == "closure":
            yield _closure(session, change, tag_of, language)
        elif change.table == "maintenance_plan":
            yield _plan(session, change, tag_of, language)
        elif change.table == "meter":
            named = {"measure": change.after["measure"], "tag": tag_of(change.after["asset_id"])}
            yield say("meter", language, **named)


def _asset(session: Session, change: Change, tag_of: Any, language: str) -> Iterator[str]:
    after = change.after
    if change.op == "insert":
        yield say("born", language, tag=after["tag"], length=round(after["length_m"], 1))
    elif "parent_id" in after:
        parent = tag_of(after["parent_id"])
        yield say("rehung", language, tag=tag_of(change.row), parent=parent)
    elif "geometry" in after:
        length = after.get("length_m") or session.get_one(Asset, change.row).length_m or 0.0
        yield say("redrawn", language, tag=tag_of(change.row), length=round(length, 1))
    elif "status" in after:
        gone = after["status"] == AssetStatus.RETIRED
        yield say("retired" if gone else "restored", language, tag=tag_of(change.row))


def _closure(session: Session, change: Change, tag_of: Any, language: str) -> str:
    stood = session.get(Closure, change.row)
    now = {
        name: change.after.get(name, getattr(stood, name, None))
        for name in ("asset_id", "from_m", "to_m")
    }
    measures = {name: round(now[name] or 0.0, 1) for name in ("from_m", "to_m")}
    return say("closed", language, tag=tag_of(now["asset_id"]), **measures)


def _plan(session: Session, change: Change, tag_of: Any, language: str) -> str:
    stood = session.get(MaintenancePlan, change.row)
    code = change.after.get("code", stood.code if stood else "")
    if "asset_id" not in change.after:
        return say("plan_ended", language, plan=code)
    return say("plan", language, plan=code, tag=tag_of(change.after["asset_id"]))


def _order(session: Session, change: Change, tag_of: Any, language: str) -> str:
    order = session.get_one(WorkOrder, change.row)
    now = {name: change.after.get(name, getattr(order, name)) for name in ("from_m", "to_m")}
    start = now["from_m"] or 0.0
    return say(
        "order",
        language,
        number=order.number or order.alias or order.title,
        tag=tag_of(change.after.get("asset_id", order.asset_id)),
        from_m=round(start, 1),
        to_m=round(start if now["to_m"] is None else now["to_m"], 1),
    )
