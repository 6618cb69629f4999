"""What comes back by the calendar in Val-des-Pins: vehicles, culverts, lights, the garage."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from asset_model.catalogue import MaintenancePlan
from sync_server.demo.checklists import (
    CLEAN,
    LOCKED_OUT,
    REMARKS,
    SIGNALLED,
    check,
    choice,
    number,
    pass_fail,
)
from sync_server.demo.fleet import GARAGE_TAG, PLANT_TAG
from sync_server.demo.people import GARAGE, ROADS_NORTH, ROADS_SOUTH, WATER, crew_id
from sync_server.demo.placing import demo_id

SERVICE_STEPS = [
    LOCKED_OUT,
    check("Huile et filtre changés", "Oil and filter changed"),
    number("Profondeur de la semelle, pneus avant", "Front tire tread depth", "mm", 3, 25),
    pass_fail("Freins : usure et réglage", "Brakes: wear and adjustment"),
    pass_fail("Phares, feux et gyrophare", "Headlights, lamps and beacon"),
    REMARKS,
]
GREASE_STEPS = [
    LOCKED_OUT,
    check("Points de graissage faits", "Grease points done"),
    pass_fail("Boyaux hydrauliques", "Hydraulic hoses"),
    REMARKS,
]
GENERATOR_STEPS = [
    check("Essai en charge de 30 minutes", "30-minute run under load"),
    number("Tension de la batterie", "Battery voltage", "V", 12, 14.8),
    number("Niveau du réservoir", "Fuel level", "%", 50, 100),
]
EXTINGUISHER_STEPS = [
    pass_fail("Extincteurs en place, pression dans le vert", "Extinguishers in place, in green"),
    pass_fail("Trousses de premiers soins complètes", "First aid kits complete"),
    REMARKS,
]
CULVERT_STEPS = [
    SIGNALLED,
    choice(
        "État du ponceau",
        "Condition of the culvert",
        good=("Bon", "Good"),
        worn=("À surveiller", "To watch"),
        poor=("À refaire", "To replace"),
    ),
    number("Obstruction", "Blockage", "%", 0, 25),
    pass_fail("Remblai et extrémités", "Backfill and ends"),
    REMARKS,
]
LIGHT_STEPS = [
    check("Circuits Nord parcourus", "North circuits driven"),
    check("Circuits Sud parcourus", "South circuits driven"),
    REMARKS,
]
SAMPLE_STEPS = [
    number("Chlore résiduel libre", "Free residual chlorine", "mg/L", 0.3, 2),
    number("Turbidité", "Turbidity", "UTN", 0, 1),
    check("Échantillon remis au laboratoire", "Sample handed to the laboratory"),
]
CATCH_BASIN_STEPS = [SIGNALLED, number("Sédiments enlevés", "Sediment", "m³", 0, 3), CLEAN]


def plan_rows() -> Iterator[MaintenancePlan]:
    """The plans; the fleet's come by unit, so that two units are not in the shop at once."""
    yield _plan(
        "EP-01",
        "Entretien de la déneigeuse 201",
        "Service of plow truck 201",
        "FREQ=MONTHLY;INTERVAL=2",
        SERVICE_STEPS,
        GARAGE,
        asset="201",
        lead_days=7,
    )
    yield _plan(
        "EP-02",
        "Graissage de la niveleuse 205",
        "Greasing of grader 205",
        "FREQ=WEEKLY;INTERVAL=2",
        GREASE_STEPS,
        GARAGE,
        asset="205",
        lead_days=2,
    )
    yield _plan(
        "EP-03",
        "Essai de la génératrice du garage",
        "Garage generator test",
        "FREQ=WEEKLY;BYDAY=MO",
        GENERATOR_STEPS,
        GARAGE,
        asset=GARAGE_TAG,
        lead_days=3,
    )
    yield _plan(
        "EP-04",
        "Extincteurs et premiers soins du garage",
        "Garage extinguishers, first aid",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        EXTINGUISHER_STEPS,
        GARAGE,
        asset=GARAGE_TAG,
        lead_days=5,
    )
    yield _plan(
        "EP-05",
        "Inspection du ponceau",
        "Culvert inspection",
        "FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=25",
        CULVERT_STEPS,
        ROADS_NORTH,
        on="culvert",
        lead_days=14,
    )
    yield _plan(
        "EP-06",
        "Tournée de nuit des lampadaires",
        "Night round of the street lights",
        "FREQ=MONTHLY;BYDAY=1TU",
        LIGHT_STEPS,
        ROADS_SOUTH,
        lead_days=4,
    )
    yield _plan(
        "EP-07",
        "Échantillonnage à l’usine de filtration",
        "Sampling at the water plant",
        "FREQ=WEEKLY;BYDAY=WE",
        SAMPLE_STEPS,
        WATER,
        asset=PLANT_TAG,
        lead_days=2,
    )
    yield _plan("EP-08", "Nettoyage du puisard", "Catch basin cleaning",
                "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=15", CATCH_BASIN_STEPS, WATER,
                on="catch_basin", lead_days=30)  # fmt: skip


def _plan(
    code: str,
    title_fr: str,
    title_en: str,
    rule: str,
    steps: list[dict[str, Any]],
    crew: str,
    *,
    asset: str | None = None,
    on: str | None = None,
    lead_days: int,
) -> MaintenancePlan:
    return MaintenancePlan(
        id=demo_id("plan", code),
        code=code,
        title_fr=title_fr,
        title_en=title_en,
        class_code=on,
        asset_id=demo_id("asset", asset) if asset else None,
        rule=rule,
        starts_on=date(2024, 1, 8),
        lead_days=lead_days,
        grace_days=21,
        steps=steps,
        crew_id=crew_id(crew),
        active=True,
    )
