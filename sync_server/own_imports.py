"""Bringing back what `voirie export` wrote: assets by their ids, districts by their codes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.ids import derived_id
from asset_model.people import District
from gis.own_files import OWN
from gis.plan import AssetDraft, ImportPlan
from gis.spool import Spool

OF_DISTRICTS = ("district", "district_name")


def resolved(session: Session, plan: ImportPlan) -> tuple[ImportPlan, list[District]]:
    """The plan with districts by their ids, and those that are to be made for it."""
    if plan.mapping.source != OWN:
        return plan, []
    known = dict(session.execute(select(District.code, District.id)).all())
    made: dict[str, District] = {}
    drafts = Spool[AssetDraft]()
    for draft in plan.drafts:
        code = draft.others.get("district")
        if code and code not in known:
            name = draft.others.get("district_name") or code
            made[code] = District(id=derived_id("district", code), code=code, name=name)
            known[code] = made[code].id
        drafts.append(replace(draft, others=_columns(draft, known)))
    return replace(plan, drafts=drafts), list(made.values())


def _columns(draft: AssetDraft, districts: dict[str, str]) -> dict[str, Any]:
    """The columns of the table that the file's others are."""
    columns = {name: v for name, v in draft.others.items() if name not in OF_DISTRICTS}
    if "district" in draft.others:
        code = draft.others["district"]
        columns["district_id"] = districts[code] if code else None
    return columns


def id_of(draft: AssetDraft) -> str:
    """The id of a new asset: its own, where it comes back from a file of ours."""
    if draft.source == OWN and _is_uuid(draft.source_key):
        return draft.source_key
    return derived_id("asset", draft.source, draft.source_key)


def origin_of(draft: AssetDraft) -> dict[str, str | None]:
    """Where an asset came from: a file of ours says it itself, or it came from nowhere."""
    if draft.source == OWN:
        return {"source": None, "source_key": None}
    return {"source": draft.source, "source_key": draft.source_key}


def own_keys(drafts: Iterable[AssetDraft]) -> list[str]:
    return [draft.source_key for draft in drafts if _is_uuid(draft.source_key)]


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
