"""Campaigns on a screen: what one can be made of, those that were made, and who is ready."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.people import Person
from asset_model.plans import MaintenancePlan
from maintenance.campaigns import Slot, hours_of
from sync_server import campaigns
from sync_server.bulletins.asking import Asking
from sync_server.bulletins.workshop import spelled
from sync_server.campaign_file import CampaignFile, campaign_of
from sync_server.days import day_of
from sync_server.plan_desk import LOOKED_AFTER
from sync_server.readiness import readiness
from sync_server.upkeep_tables import MadeCampaign

VEHICLE = "vehicle"
DAYS = ("begins", "ends", "ready_on")


def made_campaigns(asking: Asking) -> dict[str, Any]:
    """The kinds of units and the plans to choose from; then what was made, the newest first."""
    session = asking.session
    plans = session.execute(
        select(MaintenancePlan.code, MaintenancePlan.title_fr, MaintenancePlan.title_en)
        .where(MaintenancePlan.active, MaintenancePlan.class_code == VEHICLE)
        .order_by(MaintenancePlan.code)
    )
    made = select(MadeCampaign, Person.name).join(
        Person, Person.id == MadeCampaign.person_id, isouter=True
    )
    return {
        "kinds": _kinds(session),
        "plans": [{"code": code, "title": {"fr": fr, "en": en}} for code, fr, en in plans],
        "campaigns": [
            {"id": row.id, "name": row.name, "by": by, "at": instant(row.made_at), **row.wanted}
            for row, by in session.execute(made.order_by(MadeCampaign.made_at.desc()))
        ],
    }


def _kinds(session: Session) -> list[dict[str, Any]]:
    """The kinds of units that the town looks after, as their class calls them, and how many."""
    query = select(Asset.attributes).where(
        Asset.class_code == VEHICLE, Asset.status.in_(LOOKED_AFTER)
    )
    counts: dict[str, int] = {}
    for attributes in session.scalars(query):
        kind = str(attributes.get("kind") or "")
        counts[kind] = counts.get(kind, 0) + 1
    schema = session.scalar(select(AssetClass.attributes).where(AssetClass.code == VEHICLE)) or []
    choices = next((each.get("choices") for each in schema if each["name"] == "kind"), None) or []
    labels = {each["code"]: each for each in choices}
    return [
        {
            "code": kind,
            "fr": labels.get(kind, {}).get("label_fr", kind),
            "en": labels.get(kind, {}).get("label_en", kind),
            "count": count,
        }
        for kind, count in sorted(counts.items())
        if kind
    ]


def wanted_of(said: Any) -> CampaignFile:
    """What a screen sends, read as strictly as a file.

    :raises Refused: ``campaign_keys``, ``campaign_backwards``, ``campaign_without_units``
    """
    if not isinstance(said, Mapping):
        raise Refused("campaign_keys", wrong=str(said)[:40], known="name, begins, ends")
    told = dict(said)
    for name in DAYS:
        try:
            told[name] = day_of(told[name]) if name in told else None
        except (TypeError, ValueError):
            raise Refused("campaign_keys", wrong=name, known="2026-11-15") from None
    return campaign_of({name: value for name, value in told.items() if value is not None})


def laid_out(asking: Asking, wanted: CampaignFile) -> tuple[list[Slot], dict[str, Any]]:
    """The slots of a campaign, and what they say."""
    session = asking.session
    fleet = campaigns.the_fleet(session, wanted, now=asking.now)
    slots = campaigns.lay_out(fleet, wanted)
    numbers = campaigns.numbers_of(session, slots)
    lines = [campaigns.told_slot(slot, fleet, numbers) for slot in slots]
    names = {unit.tag: unit.name for unit in fleet.units.values()}
    return slots, {
        "units": [{**line, "name": names[line["unit"]]} for line in lines],
        "weeks": [
            {"week": spelled(week), "hours": hours} for week, hours in hours_of(slots).items()
        ],
        "orders": sum(line["state"] == "order" for line in lines),
    }


def campaign_readiness(asking: Asking) -> dict[str, Any]:
    """Each unit of a campaign on its day, or on another, and all that holds it back.

    :raises Refused: ``not_found``
    """
    session = asking.session
    made = session.get(MadeCampaign, asking.text("id") or "")
    if made is None:
        raise Refused("not_found")
    wanted = wanted_of(made.wanted)
    day = asking.day("on", wanted.ready_on)
    fleet = campaigns.the_fleet(session, wanted, now=asking.now)
    units = readiness(session, fleet, wanted, on=day, now=asking.now)
    return {
        "id": made.id,
        "name": made.name,
        "on": day.isoformat(),
        "ready": sum(unit.ready for unit in units),
        "units": [
            {
                "id": unit.asset_id,
                "unit": unit.tag,
                "name": unit.name,
                "ready": unit.ready,
                "holds": [{"fr": h.sentence("fr"), "en": h.sentence("en")} for h in unit.holds],
            }
            for unit in units
        ],
    }
