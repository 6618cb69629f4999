"""The parts of `voirie plans forecast --parts`: needed week by week, on hand, to be bought by."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Part
from asset_model.numbers import shown
from maintenance.due import TORONTO
from maintenance.reasons import in_english, in_french
from sync_server.foresight import Ahead
from sync_server.stock import look_at_parts

WORDS = {
    "row": (
        "{part:<14} needed {needed}, on hand {on_hand}{unit}  {label}: {verdict}",
        "{part:<14} requis {needed}, en main {on_hand}{unit}  {label} : {verdict}",
    ),
    "short": ("short on {day}, buy {to_buy}", "manquera le {day}, acheter {to_buy}"),
    "enough": ("enough", "suffisant"),
}


def parts_of(session: Session, ahead: Ahead, now: datetime, spoken: str) -> list[dict[str, Any]]:
    """One line for each part that is needed, those that run short first."""
    found = look_at_parts(session, ahead.foreseen, today=now.astimezone(TORONTO).date())
    known = {part.id: part for part in session.scalars(select(Part))}
    return [
        {
            "part": known[each.part_id].code,
            "label": getattr(known[each.part_id], f"label_{spoken}"),
            "unit": known[each.part_id].unit,
            "on_hand": round(each.on_hand, 3),
            "needed": round(each.needed, 3),
            "short_on": each.short_on.isoformat() if each.short_on else None,
            "to_buy": round(each.to_buy, 3),
            "weeks": {
                f"{year}-W{week:02d}": round(much, 3)
                for (year, week), much in sorted(each.by_week.items())
            },
        }
        for each in found
        if each.part_id in known
    ]


def part_row(line: dict[str, Any], spoken: str) -> str:
    french = spoken == "fr"
    told = {name: shown(line[name], spoken) for name in ("needed", "on_hand", "to_buy")}
    verdict = WORDS["enough"][french]
    if line["short_on"]:
        day = date.fromisoformat(line["short_on"])
        words = in_french(day) if french else in_english(day)
        verdict = WORDS["short"][french].format(
            day=words, to_buy=f"{told['to_buy']} {line['unit']}"
        )
    unit = f" {line['unit']}"
    row = WORDS["row"][french]
    return row.format(part=line["part"], label=line["label"], unit=unit, verdict=verdict, **told)
