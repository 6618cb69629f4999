"""What a finger does on the map, and more of the town to see there."""

from datetime import timedelta
from typing import Any

import flet as ft
import flet_map as fm

from asset_model.assets import Asset, AssetClass
from asset_model.work_orders import WorkOrder
from tests.ui.harness import Screen
from tests.ui.town import NOW, Town

CHURCH = (-75.6995, 45.4)
"""Where the order of the town is."""
HYDRANT = (-75.6940, 45.4010)
Position = tuple[float, float]


def map_of(screen: Screen) -> Any:
    return drawn(screen, fm.Map)[0]


def drawn(screen: Screen, kind: type[Any]) -> list[Any]:
    return [control for control in screen.controls() if isinstance(control, kind)]


def marks_at(screen: Screen, position: Position) -> list[str]:
    """The icons of the marks that stand at a place."""
    return [
        marker.content.content.icon.name
        for marker in drawn(screen, fm.Marker)
        if isinstance(marker.content.content, ft.Icon)
        and abs(marker.coordinates.longitude - position[0]) < 1e-5
        and abs(marker.coordinates.latitude - position[1]) < 1e-5
    ]


def taps(screen: Screen, position: Position) -> None:
    at = {"longitude": position[0], "latitude": position[1]}
    screen.fire(map_of(screen), "tap", {"k": "touch", "coordinates": at})


def glides(screen: Screen, position: Position, *, zoom: float) -> None:
    """Moves the map there, and waits until it has come to rest and is read anew."""
    at = {"longitude": position[0], "latitude": position[1]}
    camera = {"center": at, "zoom": zoom, "min_zoom": 9, "max_zoom": 19, "rotation": 0}
    data = {"coordinates": at, "camera": camera, "has_gesture": True}
    screen.fire(map_of(screen), "position_change", data)
    kept = screen.page.data.kept.held(f"map {screen.page.data.signed.id}", lambda: None)
    screen.until(lambda: not kept.hand.moving)
    screen.settle()


def orders_around(town: Town, position: Position, count: int) -> None:
    town.add(
        *(
            WorkOrder(
                id=f"near-{number}",
                number=f"BT-2026-1{number:03}",
                title="Nid-de-poule",
                kind="corrective",
                priority=3,
                status="dispatched",
                crew_id=town.ids["north"],
                longitude=position[0] + number * 1e-6,
                latitude=position[1],
                source="person",
                created_at=NOW - timedelta(hours=number),
            )
            for number in range(count)
        )
    )


def put_hydrants(town: Town, count: int) -> None:
    """In rows of twenty, 20 m apart."""
    town.add(
        AssetClass(
            id="hydrant",
            code="hydrant",
            label_fr="Borne-fontaine",
            label_en="Hydrant",
            icon="fire_hydrant_alt",
            geometry_kind="point",
            attributes=[],
        ),
        *(_hydrant(number) for number in range(count)),
    )


def _hydrant(number: int) -> Asset:
    east = HYDRANT[0] + (number % 20) * 0.00025
    north = HYDRANT[1] + (number // 20) * 0.00018
    tag, name = f"BI-{number}", "Rue des Érables, borne"
    return _standing(f"hydrant-{number}", tag, "hydrant", name, (east, north))


def put_lamp(town: Town) -> None:
    """A street light beside the Rue des Érables."""
    name = "Rue des Érables, lampadaire"
    town.add(
        AssetClass(
            id="street_light",
            code="street_light",
            label_fr="Lampadaire",
            label_en="Street light",
            icon="light",
            geometry_kind="point",
            attributes=[],
        ),
        _standing("lamp", "LA-1", "street_light", name, (-75.69760, 45.40008)),
    )


def _standing(id: str, tag: str, class_code: str, name: str, position: Position) -> Asset:
    east, north = position
    return Asset(
        id=id,
        tag=tag,
        class_code=class_code,
        name=name,
        geometry={"type": "Point", "coordinates": [east, north]},
        west=east,
        east=east,
        south=north,
        north=north,
        attributes={},
    )
