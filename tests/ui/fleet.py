"""Units on the tablet of the screens' tests: two plows, a grader, and their garage's mechanic."""

from datetime import timedelta
from typing import Any

from asset_model.assets import Asset
from asset_model.fleet import Designation
from asset_model.people import Credential, Person
from asset_model.pins import hash_pin
from field_app.reads.fleet import asked, unit_line
from tests.ui.harness import Screen
from tests.ui.town import PIN, Town

UNITS = (("214", "plow_truck", 29_937), ("216", "plow_truck", 30_844), ("205", "grader", 19_900))


def add_fleet(town: Town) -> None:
    for tag, kind, weight in UNITS:
        said = {"kind": kind, "gross_weight_kg": weight, "plate": f"L{tag}"}
        town.ids[tag] = town.workplace.new_id()
        town.add(
            Asset(id=town.ids[tag], tag=tag, class_code="vehicle", name=f"Unité {tag}",
                  status="in_service", attributes=said)
        )  # fmt: skip
    for name, role in (("Réjean Pelletier", "mechanic"), ("Sophie Bergeron", "fleet_manager")):
        add_person(town, name, role)


def add_person(town: Town, name: str, role: str) -> None:
    id = town.ids[name.split(maxsplit=1)[0].lower()] = town.workplace.new_id()
    pin = hash_pin(PIN, salt=b"salt")
    town.add(
        Person(id=id, name=name, role=role, crew_id=town.ids["north"], active=True),
        Credential(id=town.workplace.new_id(), person_id=id, pin_hash=pin),
    )


def designate(town: Town, name: str) -> None:
    town.add(
        Designation(
            id=town.workplace.new_id(), holder_id=town.ids[name], task="circle_check",
            from_on=town.now.date(),
        )
    )  # fmt: skip


def answers(town: Town, screen: Screen, tag: str = "214", **others: str) -> None:
    """All items in order, but those of `others`, by code: `_6="6.A"`, the major defect pressed."""
    with town.database.reading() as session:
        line = unit_line(session, town.ids[tag], now=town.now)
        assert line is not None
        items = asked(session, line, town.now).items
    for item in items:
        wrong = others.get(f"_{item['code']}")
        if wrong is None:
            screen.tap("check-ok")
        else:
            screen.tap("check-major" if wrong[-1].isalpha() else "check-minor")
            screen.tap(f"defect-{wrong}")
            screen.tap("defect-next")
        tick(town)


def tick(town: Town, **span: Any) -> None:
    town.now += timedelta(**(span or {"seconds": 2}))


def signs(town: Town, screen: Screen, key: str = "sign-check") -> None:
    screen.enter(f"{key}-pin", PIN)
    screen.tap(key)
    tick(town)
