"""A small town on one tablet: two crews, three people, some segments, one dispatched order."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from asset_model.assets import Asset, AssetClass
from asset_model.catalogue import Part
from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.ids import uuid7
from asset_model.people import Credential, Crew, District, Person
from asset_model.pins import hash_pin
from asset_model.vocabulary import StepKind, WorkOrderStatus
from asset_model.work_orders import Step, WorkOrder
from field_app.store.opening import open_store
from field_app.ui.app import main_for
from field_app.ui.workplace import Workplace
from tests.ui.harness import Screen

NOW = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
PIN = "2580"


@dataclass
class Link:
    """A link that the test holds in its hand."""

    enrolled: bool = True
    device_code: str = "T214"
    online: bool | None = True
    retry_at: datetime | None = None
    trouble: str | None = None
    woken: int = 0
    codes: dict[str, Refused | None] = field(default_factory=dict)

    def wake(self) -> None:
        self.woken += 1

    def enrol(self, code: str) -> None:
        refused = self.codes.get(code, Refused("code_invalid"))
        if refused is not None:
            raise refused
        self.enrolled, self.trouble = True, None


@dataclass
class Town:
    """The tablet's database, its workplace, and the clock of both."""

    database: Database
    link: Link
    workplace: Workplace
    ids: dict[str, str]
    now: datetime = NOW

    def screen(self, *, width: int = 1280, route: str = "/") -> Screen:
        return Screen(main_for(self.workplace), width=width, route=route)

    def signed_in(self, name: str = "luc", *, width: int = 1280, route: str = "/") -> Screen:
        return SignedIn(main_for(self.workplace), self.ids[name], width=width, route=route)

    def add(self, *rows: Any) -> None:
        with self.database.writing() as session:
            session.add_all(rows)


class SignedIn(Screen):
    """A screen whose person has already typed their PIN."""

    def __init__(self, main: Any, person_id: str, **first: Any) -> None:
        super().__init__(main, **first)
        self._person_id = person_id

    def __enter__(self) -> "SignedIn":
        super().__enter__()
        self.tap(f"person-{self._person_id}")
        for digit in PIN:
            self.tap(f"key-{digit}")
        self.tap("key-ok")
        return self


def found(folder: Path) -> Town:
    """A town founded in a folder, at 03:12 of a November night in its own zone."""
    random = Random(1)
    database = open_store(folder, new_id=lambda: uuid7(NOW, random))
    link = Link()
    town = Town(database, link, workplace=None, ids={})  # type: ignore[arg-type]
    town.workplace = Workplace(
        database=database,
        clock=lambda: town.now,
        new_id=lambda: uuid7(town.now, random),
        zone=ZoneInfo("America/Toronto"),
        link=link,
    )
    town.add(*_people(town), *_assets(town), *_order(town))
    return town


def _id(town: Town, name: str) -> str:
    return town.ids.setdefault(name, town.workplace.new_id())


def _people(town: Town) -> list[Any]:
    hashed = hash_pin(PIN, salt=b"salt")
    people = {
        "luc": ("Luc Bélanger", "crew_member", "north"),
        "anne": ("Anne Côté", "crew_member", "north"),
        "diane": ("Diane Roy", "foreman", None),
    }
    rows: list[Any] = [
        District(id=_id(town, "district"), code="NORD", name="Secteur Nord"),
        Crew(
            id=_id(town, "north"), code="VN", name="Voirie Nord", district_id=_id(town, "district")
        ),
        Crew(
            id=_id(town, "south"), code="VS", name="Voirie Sud", district_id=_id(town, "district")
        ),
    ]
    for key, (name, role, crew) in people.items():
        crew_id = _id(town, crew) if crew else None
        rows.append(Person(id=_id(town, key), name=name, role=role, crew_id=crew_id, active=True))
        rows.append(
            Credential(id=_id(town, f"pin-{key}"), person_id=_id(town, key), pin_hash=hashed)
        )
    return rows


def _assets(town: Town) -> list[Any]:
    rows: list[Any] = [
        AssetClass(
            id=_id(town, "road_segment"),
            code="road_segment",
            label_fr="Tronçon",
            label_en="Road segment",
            icon="route",
            geometry_kind="line",
            attributes=[
                {
                    "name": "speed",
                    "type": "integer",
                    "label_fr": "Vitesse",
                    "label_en": "Speed",
                    "unit": "km/h",
                }
            ],
        ),
        Part(
            id=_id(town, "cold"),
            code="ENR-FR",
            label_fr="Enrobé froid",
            label_en="Cold mix",
            unit="kg",
        ),
    ]
    for place, name in enumerate(("Rue de l’Église", "Rue des Érables", "Chemin du Lac")):
        west = -75.70 + place / 500
        rows.append(
            Asset(
                id=_id(town, name),
                tag=f"T-{place + 1}",
                class_code="road_segment",
                name=name,
                geometry={
                    "type": "LineString",
                    "coordinates": [[west, 45.4], [west + 0.001, 45.4]],
                },
                west=west,
                south=45.4,
                east=west + 0.001,
                north=45.4,
                length_m=85.0,
                district_id=_id(town, "district"),
                attributes={"speed": 50},
            )
        )
    return rows


def _order(town: Town) -> list[Any]:
    order_id = _id(town, "order")
    order = WorkOrder(
        id=order_id,
        number="BT-2026-0007",
        title="Réparer un nid-de-poule",
        kind="corrective",
        priority=2,
        status=WorkOrderStatus.DISPATCHED,
        asset_id=_id(town, "Rue de l’Église"),
        district_id=_id(town, "district"),
        crew_id=_id(town, "north"),
        longitude=-75.6995,
        latitude=45.4,
        source="person",
        due_at=NOW - timedelta(hours=2),
        due_reason="Classe 4, 14 jours",
        safety_note="Circulation alternée, deux signaleurs",
        created_at=NOW - timedelta(days=1),
        created_by=_id(town, "diane"),
    )
    lines: list[dict[str, Any]] = [
        {"kind": StepKind.CHECK, "label_fr": "Signalisation en place", "required": True},
        {"kind": StepKind.PASS_FAIL, "label_fr": "État du pavage", "required": True},
        {"kind": StepKind.NUMBER, "label_fr": "Surface", "unit": "m²", "minimum": 0, "maximum": 20},
        {"kind": StepKind.TEXT, "label_fr": "Remarque"},
    ]
    steps = [
        Step(
            id=_id(town, f"step-{rank}"),
            work_order_id=order_id,
            rank=rank,
            label_en=f"Step {rank}",
            **line,
        )
        for rank, line in enumerate(lines, start=1)
    ]
    return [order, *steps]
