"""Listens to the tablet's receiver for as long as somebody is signed in on it.

Where it may not, or there is none, nobody is bothered: places are then chosen by their street.
"""

import logging
from typing import Any

import flet as ft
from flet_geolocator import Geolocator, GeolocatorPositionChangeEvent

from field_app.ui.guard import component
from field_app.ui.position import Fix
from field_app.ui.sitting import Sitting, use_sitting

log = logging.getLogger(__name__)


@component
def Positioning() -> Any:
    sitting = use_sitting()
    kept: Any = ft.use_ref(lambda: _receiver(sitting))
    # Held by the screen: a service that nothing refers to is dropped with its events.
    return ft.Container(height=0, data=kept.current)


def _receiver(sitting: Sitting) -> Geolocator:
    def told(event: GeolocatorPositionChangeEvent) -> None:
        fix = _fix(sitting, event)
        if fix is not None:
            sitting.locate(fix)

    def failed(event: Any) -> None:
        log.info("no position: %s", event.data)

    return Geolocator(on_position_change=told, on_error=failed)


def _fix(sitting: Sitting, event: GeolocatorPositionChangeEvent) -> Fix | None:
    """The time is this tablet's: a receiver's own may be off, and age is all that it is for."""
    told = event.position
    if told.longitude is None or told.latitude is None:
        return None
    return Fix(
        (float(told.longitude), float(told.latitude)),
        accuracy_m=float(told.accuracy or 0),
        speed_kmh=float(told.speed or 0) * 3.6,
        at=sitting.workplace.clock(),
    )
