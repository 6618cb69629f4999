"""The lists and figures of the town, its last circle checks, and what they found."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from asset_model.base import Base
from asset_model.builtin_fleet_rules import BUILTIN_RULES
from asset_model.builtin_lists import builtin_forms
from asset_model.fleet import Defect, Designation, Inspection, LegalRule
from asset_model.fleet_vocabulary import Answer, FoundDuring, MadeAs, Severity, SignedWith, Task
from asset_model.ids import derived_id, uuid7
from asset_model.meters import Meter, MeterReading
from sync_server.demo.fleet import GARAGE_ADDRESS, UNITS
from sync_server.demo.ground import chance
from sync_server.demo.people import BY_KEY
from sync_server.demo.placing import demo_id

OPERATOR = {"name": "Ville de Val-des-Pins", "place": f"{GARAGE_ADDRESS}, Val-des-Pins"}
LEGAL, OWN = builtin_forms()[:2]


class Told(NamedTuple):
    """One check: of which unit, how long ago, by whom, and the defect that it found."""

    unit: int
    hours_ago: float
    person: str
    made_as: str = MadeAs.DRIVER
    item: str = ""
    severity: str = ""
    note: str | None = None


CHECKS = (
    Told(201, 3, "luc"),
    Told(202, 20, "rejean", MadeAs.DESIGNATED, "11", Severity.MINOR, "Rétroviseur droit fêlé"),
    Told(203, 26, "nadia"),
    Told(204, 2, "jean_francois", MadeAs.DRIVER, "6", Severity.MAJOR, "Bras d’essuie-glace cassé"),
    Told(210, 5, "emily"),
    Told(203, 24 * 200, "nadia"),
)


def check_rows(meters: Iterable[Base], *, now: datetime, seed: int) -> Iterator[Base]:
    """Units that may go, one to countersign, one whose check has ended, one out of service; and a
    report past its keeping.
    """
    for rule in BUILTIN_RULES:
        own = {"value": OPERATOR, "confirmed": True} if rule["code"] == "operator" else {}
        yield LegalRule(id=demo_id("legal_rule", rule["code"]), **{**rule, **own})
    yield from builtin_forms()
    yield Designation(
        id=demo_id("designation", "rejean"),
        holder_id=BY_KEY["rejean"].id,
        task=Task.CIRCLE_CHECK,
        from_on=now.date() - timedelta(days=400),
        named_by=BY_KEY["sophie"].id,
    )
    random = chance(seed, "circle checks")
    read = _odometers(meters)
    for told in CHECKS:
        at = now - timedelta(hours=told.hours_ago)
        report = _report(told, uuid7(at, random), at, read)
        yield report
        if told.item:
            yield _defect(told, report)


def _odometers(rows: Iterable[Base]) -> dict[str, list[tuple[datetime, float]]]:
    """By unit what was read, in the order it was taken."""
    every = list(rows)
    counting = {row.id for row in every if isinstance(row, Meter) and row.measure == "odometer"}
    found: dict[str, list[tuple[datetime, float]]] = {}
    for row in every:
        if isinstance(row, MeterReading) and row.meter_id in counting:
            found.setdefault(row.asset_id, []).append((row.taken_at, row.value))
    return {unit: sorted(points) for unit, points in found.items()}


def _km_at(points: list[tuple[datetime, float]], at: datetime) -> float | None:
    """On the line from the reading before to the one after."""
    before = [point for point in points if point[0] <= at]
    later = [point for point in points if point[0] > at]
    if not before:
        return None
    (sooner, low), (after, high) = before[-1], later[0] if later else (at, before[-1][1])
    share = (at - sooner) / (after - sooner) if after > sooner else 0.0
    return round(low + (high - low) * share, 1)


def _report(
    told: Told, id: str, at: datetime, read: dict[str, list[tuple[datetime, float]]]
) -> Inspection:
    unit = next(each for each in UNITS if each.number == told.unit)
    items = [*LEGAL.items, *OWN.items]
    answers = {
        item["code"]: Answer.OK
        for item in items
        if not item["mounted"] or set(item["mounted"]) & set(unit.mounted)
    }
    person = BY_KEY[told.person]
    return Inspection(
        id=id,
        asset_id=demo_id("asset", str(told.unit)),
        person_id=person.id,
        signed_name=person.name,
        signed_with=SignedWith.PIN,
        signed_at=at,
        form_id=LEGAL.id,
        own_form_id=OWN.id,
        made_as=told.made_as,
        unit_name=str(told.unit),
        plate=unit.plate,
        operator=OPERATOR["name"],
        started_at=at - timedelta(minutes=14),
        ended_at=at,
        place=OPERATOR["place"],
        answers={**answers, **({told.item: told.severity} if told.item else {})},
        odometer_km=_km_at(read.get(demo_id("asset", str(told.unit)), []), at),
        carried=[],
    )


def _defect(told: Told, report: Inspection) -> Defect:
    item = next(each for each in LEGAL.items if each["code"] == told.item)
    listed = item[told.severity][0]
    return Defect(
        id=derived_id("defect", report.id, told.item, "0"),
        asset_id=report.asset_id,
        person_id=report.person_id,
        inspection_id=report.id,
        item_code=told.item,
        defect_code=listed["code"],
        severity=told.severity,
        label_fr=listed["label_fr"],
        label_en=listed["label_en"],
        note=told.note,
        found_at=report.ended_at,
        found_during=FoundDuring.CHECK,
    )
