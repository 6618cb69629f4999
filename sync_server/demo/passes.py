"""A night of salting in the demo town: the main streets both ways, then what time allowed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from asset_model.assets import Asset
from asset_model.passes import Pass
from sync_server.demo.people import BY_KEY
from sync_server.demo.placing import NORTH, SOUTH, demo_id

TRUCKS = ((NORTH, "nadia", "201"), (SOUTH, "jean_francois", "202"))
"""In each half of the town one truck, and whoever drives it."""
RANKS = ("major_arterial", "minor_arterial", "major_collector", "minor_collector", "local")
LOCAL_MAX = 20
"""So far they came in the side streets, of which they took one side only."""
BEGAN, EACH = timedelta(hours=6), timedelta(minutes=4)


def pass_rows(assets: Sequence[Asset], *, now: datetime) -> Iterator[Pass]:
    for district, driver, unit in TRUCKS:
        made = list(_night(assets, district, driver, unit, now=now))
        yield from made
        if district == NORTH:
            yield _taken_back(made[-1], now)


def _night(
    assets: Sequence[Asset], district: str, driver: str, unit: str, *, now: datetime
) -> Iterator[Pass]:
    main = main_streets(assets, district)
    ranked = _ranked(assets, district)
    aside = [street for street in ranked if street.attributes["road_class"] == "local"]
    done = [(street, way) for street in main for way in ("forward", "backward")]
    done += [(street, "forward") for street in aside[:LOCAL_MAX]]
    pace = min(EACH, (BEGAN - EACH) / len(done))
    for place, (street, way) in enumerate(done):
        if way == "backward" and street.attributes["one_way"]:
            continue
        at, id = now - BEGAN + pace * place, demo_id("pass", f"{street.tag} {way}")
        material = "salt" if place % 3 else "mix"
        yield spreading(street, driver, unit, way, at, id=id, material=material)


def spreading(
    street: Asset,
    driver: str,
    unit: str,
    way: str,
    at: datetime,
    *,
    id: str,
    material: str = "salt",
) -> Pass:
    """A street from end to end."""
    return Pass(
        id=id, asset_id=street.id, place=street.name, person_id=BY_KEY[driver].id,
        unit_id=demo_id("asset", unit), kind="spreading", direction=way, from_m=0.0,
        to_m=street.length_m or 50.0, done_at=at, noted_at=at, blade_down=False,
        material=material, rate=120.0, rate_unit="kg_per_km",
    )  # fmt: skip


def main_streets(assets: Sequence[Asset], district: str) -> list[Asset]:
    """Those that are salted first, in their order."""
    return [
        street for street in _ranked(assets, district) if street.attributes["road_class"] != "local"
    ]


def _ranked(assets: Sequence[Asset], district: str) -> list[Asset]:
    mine = demo_id("district", district)
    streets = [a for a in assets if a.class_code == "road_segment" and a.district_id == mine]
    return sorted(streets, key=lambda a: (RANKS.index(a.attributes["road_class"]), a.tag))


def _taken_back(last: Pass, now: datetime) -> Pass:
    """The last street was told by mistake."""
    return Pass(
        id=demo_id("pass", "taken back"), asset_id=last.asset_id, place=last.place,
        person_id=last.person_id, unit_id=last.unit_id, kind=last.kind, direction=last.direction,
        from_m=last.from_m, to_m=last.to_m, done_at=last.done_at, noted_at=now,
        blade_down=last.blade_down, material=last.material, rate=last.rate,
        rate_unit=last.rate_unit, reverses_id=last.id, note="Mauvaise rue",
    )  # fmt: skip
