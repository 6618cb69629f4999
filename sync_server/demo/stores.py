"""The trucks of Val-des-Pins and the parts in them; one was used up further than it was counted."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from asset_model.base import Base
from asset_model.stores import MovementKind, Store, StoreKind, StoreMovement
from sync_server.demo.people import ROADS_NORTH, ROADS_SOUTH, WATER, crew_id
from sync_server.demo.placing import demo_id

# By crew: what was counted in its truck on Monday. By the code of a part.
COUNTED = {
    ROADS_NORTH: {"ENR-FROID": 12.0, "PAN-ARRET": 2.0, "POTEAU-SIG": 3.0, "GRILLE-PUI": 1.0},
    ROADS_SOUTH: {"ENR-FROID": 8.0, "SABLE": 1.5, "GRILLE-PUI": 1.0},
    WATER: {"MANCH-150": 2.0, "MANCH-200": 1.0, "BOITE-VANNE": 2.0, "GRAIS-ALIM": 4.0},
}
USED = ((ROADS_NORTH, "ENR-FROID", 5.0), (ROADS_NORTH, "GRILLE-PUI", 2.0))
COUNTED_BEFORE, USED_BEFORE = timedelta(days=4), timedelta(days=1)


def store_id(crew: str) -> str:
    return demo_id("store", crew)


def store_rows(*, now: datetime) -> Iterator[Base]:
    keeper = demo_id("person", "marie_eve")
    for crew, parts in COUNTED.items():
        yield Store(
            id=store_id(crew),
            code=f"CAM-{crew}",
            label_fr="Camion de l’équipe",
            label_en="The crew’s truck",
            kind=StoreKind.TRUCK,
            crew_id=crew_id(crew),
        )
        for part, quantity in parts.items():
            yield _moved(crew, part, MovementKind.COUNTED, quantity, now - COUNTED_BEFORE, keeper)
    for crew, part, quantity in USED:
        yield _moved(crew, part, MovementKind.LEFT, quantity, now - USED_BEFORE, keeper)


def _moved(
    crew: str, part: str, kind: MovementKind, quantity: float, moved_at: datetime, person: str
) -> StoreMovement:
    return StoreMovement(
        id=demo_id("store movement", f"{crew} {part} {kind}"),
        store_id=store_id(crew),
        part_id=demo_id("part", part),
        person_id=person,
        kind=kind,
        quantity=quantity,
        moved_at=moved_at,
    )
