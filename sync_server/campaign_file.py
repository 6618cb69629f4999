"""A campaign as a town writes it down: a TOML file, read strictly, every mistake told at once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from asset_model.errors import Refused
from maintenance.campaigns import Campaign

KEYS = {
    "name": str, "plan": str, "with": list, "begins": date, "ends": date, "ready_on": date,
    "also_days": int, "class": str, "filter": dict, "units": list,
}  # fmt: skip
REQUIRED = ("name", "begins", "ends")


@dataclass(frozen=True)
class CampaignFile:
    """What the file says: the campaign, and which units it is for."""

    campaign: Campaign
    ready_on: date
    class_code: str | None
    asset_filter: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    also: tuple[str, ...] | None = None
    """Codes of the plans whose work is taken along; None: every plan of the same shop."""


def read_campaign(path: Path) -> CampaignFile:
    """:raises Refused: ``file_unreadable``, and as `campaign_of`"""
    return campaign_of(read_toml(path))


def campaign_of(said: Mapping[str, Any]) -> CampaignFile:
    """:raises Refused: ``campaign_keys``, ``campaign_backwards``, ``campaign_without_units``"""
    check_keys(said, KEYS, REQUIRED, "campaign_keys")
    if said["ends"] < said["begins"]:
        raise Refused("campaign_backwards", begins=f"{said['begins']}", ends=f"{said['ends']}")
    if not said.get("plan") and not said.get("class") and not said.get("units"):
        raise Refused("campaign_without_units")
    campaign = Campaign(
        said["name"], said["begins"], said["ends"], said.get("plan"), said.get("also_days", 30)
    )
    also = said.get("with")
    return CampaignFile(
        campaign,
        said.get("ready_on", said["ends"]),
        said.get("class"),
        said.get("filter", {}),
        tuple(map(str, said.get("units", ()))),
        None if also is None else tuple(map(str, also)),
    )


def read_toml(path: Path) -> dict[str, Any]:
    """:raises Refused: ``file_unreadable``"""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Refused("file_unreadable", path=str(path), why=why) from None


def check_keys(
    said: Mapping[str, Any], known: Mapping[str, type], required: tuple[str, ...], code: str
) -> None:
    """:raises Refused: naming every key that is missing, unknown or of another type"""
    wrong = [name for name in required if name not in said]
    wrong += [name for name in said if name not in known]
    wrong += [name for name in said if name in known and type(said[name]) is not known[name]]
    if wrong:
        raise Refused(code, wrong=", ".join(wrong), known=", ".join(known))
