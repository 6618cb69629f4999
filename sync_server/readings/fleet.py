"""Finding the unit that a row names, and the meter on it that was read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.meter_rules import SLACK
from asset_model.meters import Meter
from asset_model.vocabulary import AssetStatus

SERIALS = ("serial", "serial_number", "pin")
"""Attributes in which a town notes the number that a maker gave."""


def plain(text: str) -> str:
    """A number as it is compared: signs and capitals apart."""
    return "".join(c for c in text.casefold() if c.isalnum())


@dataclass
class Fleet:
    """The units in use by all that names them, and their meters."""

    tags: dict[str, str] = field(default_factory=dict)
    by: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """By way and plain text: the ids of the units that have it."""
    meters: dict[tuple[str, str], list[Meter]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    def named(self, ways: Mapping[str, tuple[str, str]]) -> str:
        """The unit that a row's cells name: by way, the column and its cell. All must agree.

        :raises LookupError: with a code of `reasons.py` and its details
        """
        said = {way: told for way, told in ways.items() if told[1].strip()}
        columns = ", ".join(column for column, _ in ways.values())
        if not said:
            raise LookupError("unit_missing", {"column": columns})
        found: dict[str, str] = {}
        for way, (column, cell) in said.items():
            one = self._one(way, column, cell)
            if one is not None:
                found[column] = one
        if not found:
            column, cell = next(iter(said.values()))
            raise LookupError("unit_unknown", {"column": column, "value": cell.strip()})
        (column, asset), *others = found.items()
        for other, also in others:
            if also != asset:
                details = {"tag": self.tags[asset], "other": other, "other_tag": self.tags[also]}
                raise LookupError("unit_contradicts", {"column": column, **details})
        return asset

    def _one(self, way: str, column: str, cell: str) -> str | None:
        alias = self.aliases.get(plain(cell))
        if alias is not None:
            matching = self.by["tag"].get(plain(alias), [])
        else:
            matching = self.by[way].get(plain(cell), []) if way in self.by else []
        if len(matching) > 1:
            tags = ", ".join(sorted(self.tags[id] for id in matching))
            raise LookupError(
                "unit_several", {"column": column, "value": cell.strip(), "tags": tags}
            )
        return matching[0] if matching else None

    def meter(self, asset: str, measure: str, moment: datetime) -> Meter | None:
        """The meter that was on the unit then; else the one that is on it now."""
        every = self.meters.get((asset, measure), [])
        for meter in every:
            ended = meter.removed_at is not None and moment > meter.removed_at
            if meter.installed_at - SLACK <= moment and not ended:
                return meter
        return next((meter for meter in every if meter.removed_at is None), None)


def the_fleet(session: Session, aliases: Mapping[str, str]) -> Fleet:
    """Every asset that has meters or is a vehicle; those retired are not read any more."""
    fleet = Fleet(aliases={plain(name): tag for name, tag in aliases.items()})
    by: dict[str, dict[str, list[str]]] = {
        way: defaultdict(list) for way in ("tag", "vin", "serial", "plate")
    }
    query = select(Asset.id, Asset.tag, Asset.attributes).where(
        Asset.status != AssetStatus.RETIRED,
        (Asset.class_code == "vehicle") | Asset.id.in_(select(Meter.asset_id)),
    )
    for id, tag, attributes in session.execute(query.order_by(Asset.tag)):
        fleet.tags[id] = tag
        by["tag"][plain(tag)].append(id)
        for way, names in (("vin", ("vin", *SERIALS)), ("serial", SERIALS), ("plate", ("plate",))):
            said = {plain(str((attributes or {}).get(name) or "")) for name in names} - {""}
            for number in said:
                by[way][number].append(id)
    fleet.by = {way: dict(known) for way, known in by.items()}
    for meter in session.scalars(select(Meter).order_by(Meter.installed_at.desc(), Meter.id)):
        fleet.meters.setdefault((meter.asset_id, meter.measure), []).append(meter)
    return fleet
