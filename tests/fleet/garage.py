"""A fleet in the small town of the tests: units, a garage with its mechanic, a fleet manager."""

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from asset_model.fleet_vocabulary import Answer, Severity
from asset_model.ids import Author
from asset_model.inspection_forms import Item
from asset_model.sync.wire import Change
from field_app.actions.circle_checks import Done, Found, NewCheck, finish_check
from field_app.reads.fleet import UnitLine, asked, unit_line
from tests.sync.rig import Server, Tablet, a_tablet, insert
from tests.sync.town import LUC, named

GARAGE = named("crew", "garage")
REJEAN, CHIEF = named("person", "rejean"), named("person", "chief")
PLOW, TRUCK, GRADER, PICKUP = (named("unit", tag) for tag in ("214", "216", "205", "212"))

VEHICLE = {"code": "vehicle", "label_fr": "Véhicule", "label_en": "Vehicle", "icon": "x",
           "geometry_kind": "none", "attributes": []}  # fmt: skip
WIPER = Found(
    Severity.MAJOR, "6", "6.A", "Essuie-glace du conducteur manquant", "Driver’s wiper missing"
)
MIRROR = Found(Severity.MINOR, "11", "11.1", "Rétroviseur fêlé", "Mirror cracked")


def fill(server: Server) -> None:
    server.write(
        insert("crew", GARAGE, code="AT", name="Atelier", shop="garage"),
        *_people(),
        insert("asset_class", named("class", "vehicle"), **VEHICLE),
        _unit(PLOW, "214", "plow_truck", 29_937.0),
        _unit(TRUCK, "216", "dump_truck", 30_844.0),
        _unit(GRADER, "205", "grader", 19_900.0),
        _unit(PICKUP, "212", "pickup", 3_742.0),
        *(_mounted(kind) for kind in ("plow", "wing")),
        insert("meter", named("meter", "214"), asset_id=PLOW, measure="odometer", unit="km",
               installed_at="2026-01-01T00:00:00.000Z"),
    )  # fmt: skip
    server.devices["T9"] = server.add_device("T9", GARAGE)


def _people() -> list[Change]:
    return [
        insert("person", REJEAN, name="Réjean Pelletier", role="mechanic", crew_id=GARAGE),
        insert("person", CHIEF, name="Sophie Bergeron", role="fleet_manager"),
    ]


def _unit(id: str, tag: str, kind: str, weight: float) -> Change:
    said = {"kind": kind, "gross_weight_kg": weight, "plate": f"L{tag}000"}
    return insert("asset", id, tag=tag, name=f"Unité {tag}", class_code="vehicle",
                  status="in_service", attributes=said)  # fmt: skip


def _mounted(kind: str) -> Change:
    return insert("asset", named("attachment", kind), tag=f"214-{kind}", name=kind,
                  class_code="attachment", parent_id=PLOW, status="in_service",
                  attributes={"kind": kind})  # fmt: skip


def garage_tablet(server: Server, folder: Path) -> Tablet:
    return a_tablet(server, folder, "T9")


def unit(tablet: Tablet, unit_id: str = PLOW, driver: str | None = None) -> UnitLine:
    with tablet.database.reading() as session:
        line = unit_line(session, unit_id, now=tablet.clock(), driver_id=driver)
    assert line is not None
    return line


def items(tablet: Tablet, unit_id: str = PLOW) -> tuple[Item, ...]:
    with tablet.database.reading() as session:
        line = unit_line(session, unit_id, now=tablet.clock())
        assert line is not None
        return asked(session, line, tablet.clock()).items


def checked(
    tablet: Tablet, *found: Found, unit_id: str = PLOW, person: str = LUC, **more: Any
) -> Done:
    """A whole check: all in order but what was found."""
    done: Done = tablet.do(_check, unit_id, found, person=person, **more)
    return done


def _check(
    session: Session, unit_id: str, found: tuple[Found, ...], *, by: Author, **more: Any
) -> Done:
    line = unit_line(session, unit_id, now=by.now)
    assert line is not None
    answers: dict[str, str] = {
        item["code"]: Answer.OK for item in asked(session, line, by.now).items
    }
    answers |= {each.item_code: each.severity for each in found if each.item_code}
    answers |= more.pop("answers", {})
    new = NewCheck(unit_id, started_at=by.now, answers=answers, found=found, **more)
    return finish_check(session, new, by=by)
