"""A very small town for the tests of synchronization, and the parts of a fleet."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from zlib import crc32

from asset_model.assets import Asset, AssetClass
from asset_model.base import Base
from asset_model.catalogue import Part
from asset_model.database import Database, open_database
from asset_model.ids import Author, derived_id, uuid7
from asset_model.people import Credential, Crew, District, Person
from asset_model.pins import hash_pin
from asset_model.vocabulary import Role
from asset_model.work_orders import Step, WorkOrder
from field_app.store.opening import identify
from field_app.store.schema import migrate as migrate_tablet
from sync_server import desk
from sync_server.enrolment import Place, add_device
from sync_server.schema import migrate as migrate_server
from sync_server.tables import Device

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that tests move by hand."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def ids(seed: int, clock: Callable[[], datetime]) -> Callable[[], str]:
    chance = Random(seed)
    return lambda: uuid7(clock(), chance)


def named(*words: str) -> str:
    """The id of the town's thing of this name: `named("crew", "north")`."""
    return derived_id("town", *words)


NORTH, SOUTH = named("crew", "north"), named("crew", "south")
NORD, SUD = named("district", "nord"), named("district", "sud")
LUC, ANNE, MARC, BOSS = (named("person", n) for n in ("luc", "anne", "marc", "boss"))


def rows(orders: int = 4) -> list[Base]:
    return [*_lists(), *_people(), *_streets(), *_orders(orders)]


def _lists() -> list[Base]:
    return [
        District(id=NORD, code="N", name="Nord"),
        District(id=SUD, code="S", name="Sud"),
        Crew(id=NORTH, code="VN", name="Voirie nord", district_id=NORD),
        Crew(id=SOUTH, code="VS", name="Voirie sud", district_id=SUD),
        AssetClass(
            id=named("class", "road_segment"),
            code="road_segment",
            label_fr="Tronçon",
            label_en="Road segment",
            icon="road",
            geometry_kind="line",
            attributes=[],
        ),
        Part(
            id=named("part", "asphalt"), code="A1", label_fr="Enrobé", label_en="Asphalt", unit="t"
        ),
    ]


def _people() -> list[Base]:
    crew = [(LUC, "Luc Tremblay", NORTH), (ANNE, "Anne Gagnon", NORTH), (MARC, "Marc Roy", SOUTH)]
    people: list[Base] = [
        Person(id=id, name=name, language="fr", role=Role.CREW_MEMBER, crew_id=its, active=True)
        for id, name, its in crew
    ]
    people.append(Person(id=BOSS, name="Julie Côté", language="fr", role=Role.FOREMAN, active=True))
    pin = hash_pin("1234", salt=b"salt of the tests")
    people += [
        Credential(id=named("credential", id), person_id=id, pin_hash=pin)
        for id in (LUC, ANNE, MARC, BOSS)
    ]
    return people


def _streets() -> list[Base]:
    return [
        Asset(
            id=named("street", str(n)),
            tag=f"TR-{n}",
            class_code="road_segment",
            name=f"Rue {n}",
            status="in_service",
            district_id=NORD if n % 2 else SUD,
            geometry={"type": "LineString", "coordinates": [[-75.7, 45.4], [-75.69, 45.4]]},
            attributes={},
        )
        for n in range(1, 5)
    ]


def order_id(n: int) -> str:
    return named("order", str(n))


def step_id(n: int) -> str:
    return named("step", str(n))


def _orders(count: int) -> list[Base]:
    made: list[Base] = []
    for n in range(1, count + 1):
        north = n % 2 == 1
        made.append(
            WorkOrder(
                id=order_id(n),
                title=f"Nid-de-poule {n}",
                kind="corrective",
                priority=3,
                status="dispatched",
                asset_id=named("street", str(n if n < 5 else 1)),
                district_id=NORD if north else SUD,
                crew_id=NORTH if north else SOUTH,
                source="person",
                created_at=START,
                created_by=BOSS,
            )
        )
        made.append(
            Step(
                id=step_id(n),
                work_order_id=order_id(n),
                rank=1,
                kind="pass_fail",
                label_fr="Surface compactée",
                label_en="Surface compacted",
                required=True,
            )
        )
    return made


def fill_server(database: Database, *, orders: int = 4) -> None:
    migrate_server(database)
    new_id = ids(1, lambda: START)
    with database.writing() as session:
        changes = (desk.inserted(row, new_id=new_id) for row in rows(orders))
        desk.write(session, changes, now=START, new_id=new_id)


def add_tablet(database: Database, code: str, crew: str | None) -> tuple[Device, str]:
    """A device of a crew (None: the office), and its token."""
    district = {NORTH: NORD, SOUTH: SUD}.get(crew or "")
    place = Place(code, "tablet" if crew else "office", crew, district)
    with database.writing() as session:
        seed = crc32(code.encode())
        told = add_device(session, place, now=START, new_id=ids(seed, lambda: START))
    with database.reading() as session:
        return session.get_one(Device, told.device_id), told.token


def open_tablet(folder: object, seed: int) -> Database:
    """An empty tablet in memory; `folder` holds its marker."""
    from pathlib import Path

    database = open_database("sqlite://")
    migrate_tablet(database)
    identify(database, Path(str(folder)) / f"install-{seed}.json", new_id=ids(seed, lambda: START))
    return database


def author(person: str, clock: Clock, seed: int = 7) -> Author:
    return Author(person, clock(), ids(seed, clock))
