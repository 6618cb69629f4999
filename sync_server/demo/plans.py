"""What comes back in Val-des-Pins: vehicles, culverts, lights, the garage."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from asset_model.plans import MaintenancePlan, Shop
from asset_model.vocabulary import WorkOrderKind
from maintenance.templates import TEMPLATES
from sync_server.demo.checklists import (
    CLEAN,
    LOCKED_OUT,
    REMARKS,
    SIGNALLED,
    Line,
    check,
    choice,
    number,
    pass_fail,
)
from sync_server.demo.fleet import GARAGE_TAG, PLANT_TAG
from sync_server.demo.people import CREWS, GARAGE, ROADS_NORTH, ROADS_SOUTH, WATER, crew_id
from sync_server.demo.placing import demo_id

STARTS_ON = date(2024, 1, 8)
GRACE_DAYS = 21

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


SHEET_STEPS = [
    LOCKED_OUT,
    pass_fail("Freins\u00a0: garnitures, tambours et fuites", "Brakes: linings, drums and leaks"),
    number("Garniture de frein la plus mince", "Thinnest brake lining", "mm", 8, 25),
    pass_fail("Direction et suspension", "Steering and suspension"),
    pass_fail("Châssis, cabine et fixations", "Frame, cab and mountings"),
    REMARKS,
]
OIL_STEPS = [
    check("Huile et filtre changés", "Oil and filter changed"),
    check("Étiquette du prochain entretien posée", "Next service sticker put on"),
]
WINTER_STEPS = [
    check("Lames, patins et boulons vérifiés", "Blades, shoes and bolts checked"),
    check("Épandeur calibré", "Spreader calibrated"),
    pass_fail("Gyrophare, feux et essuie-glaces", "Beacon, lamps and wipers"),
    REMARKS,
]

TRUCKS = ["plow_truck", "dump_truck", "vacuum_truck"]
HEAVY = {"gross_weight_kg": {"minimum": 4_500}, "kind": [*TRUCKS, "sweeper", "pickup"]}
SNOW_FLEET = {"kind": ["plow_truck", "grader", "loader", "sidewalk_tractor"]}
BEFORE_WINTER = [{"from": "09-01", "to": "11-15"}]
OIL_BY_METER = [{"kind": "meter", "measure": "odometer", "every": 10_000, "lead": 500}]
SIX_MONTHS, TWELVE_MONTHS = (TEMPLATES[code].basis_told for code in ("LEG-EM6", "LEG-VM12"))


class _Plan(NamedTuple):
    code: str
    title_fr: str
    title_en: str
    rule: str
    steps: list[Line]
    crew: str
    lead_days: int
    asset: str | None = None
    class_code: str | None = None
    hours: float = 1.5
    more: Mapping[str, Any] = MappingProxyType({})


# The garage's first four come by unit, so that two units are not in the shop at once.
PLANS = (
    _Plan("EP-01", "Entretien de la déneigeuse 201", "Service of plow truck 201",
          "FREQ=MONTHLY;INTERVAL=2", SERVICE_STEPS, GARAGE, 7, "201"),
    _Plan("EP-02", "Graissage de la niveleuse 205", "Greasing of grader 205",
          "FREQ=WEEKLY;INTERVAL=2", GREASE_STEPS, GARAGE, 2, "205"),
    _Plan("EP-03", "Essai de la génératrice du garage", "Garage generator test",
          "FREQ=WEEKLY;BYDAY=MO", GENERATOR_STEPS, GARAGE, 3, GARAGE_TAG, hours=0.5),
    _Plan("EP-04", "Extincteurs et premiers soins du garage", "Garage extinguishers, first aid",
          "FREQ=MONTHLY;BYMONTHDAY=-1", EXTINGUISHER_STEPS, GARAGE, 5, GARAGE_TAG, hours=0.5),
    _Plan("EP-05", "Inspection du ponceau", "Culvert inspection",
          "FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=25", CULVERT_STEPS, ROADS_NORTH, 14,
          class_code="culvert", more={"kind": "inspection"}),
    _Plan("EP-06", "Tournée de nuit des lampadaires", "Night round of the street lights",
          "FREQ=MONTHLY;BYDAY=1TU", LIGHT_STEPS, ROADS_SOUTH, 4, hours=4),
    _Plan("EP-07", "Échantillonnage à l’usine de filtration", "Sampling at the water plant",
          "FREQ=WEEKLY;BYDAY=WE", SAMPLE_STEPS, WATER, 2, PLANT_TAG, hours=0.5),
    _Plan("EP-08", "Nettoyage du puisard", "Catch basin cleaning",
          "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=15", CATCH_BASIN_STEPS, WATER, 30,
          class_code="catch_basin", hours=0.5),
    _Plan("EP-09", "Vidange d’huile", "Oil change",
          "FREQ=MONTHLY;INTERVAL=6", OIL_STEPS, GARAGE, 7, class_code="vehicle", hours=1,
          more={"floating": True, "triggers": OIL_BY_METER, "asset_filter": {"kind": TRUCKS}}),
    _Plan("EP-10", "Entretien obligatoire des six mois", "Mandatory six-month maintenance",
          "FREQ=MONTHLY;INTERVAL=6", SHEET_STEPS, GARAGE, 21, class_code="vehicle", hours=3,
          more={"floating": True, "legal": True, "basis": SIX_MONTHS, "asset_filter": HEAVY,
                "nests": ["EP-09"], "nest_days": 21}),
    _Plan("EP-11", "Vérification mécanique annuelle", "Yearly mechanical verification",
          "FREQ=YEARLY", SHEET_STEPS, GARAGE, 30, class_code="vehicle", hours=5,
          more={"floating": True, "legal": True, "basis": TWELVE_MONTHS, "asset_filter": HEAVY,
                "nests": ["EP-10", "EP-09"], "nest_days": 30}),
    _Plan("EP-12", "Mise en état hivernale", "Made ready for winter",
          "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=15", WINTER_STEPS, GARAGE, 14, class_code="vehicle",
          hours=6, more={"seasons": BEFORE_WINTER, "asset_filter": SNOW_FLEET}),
)  # fmt: skip

WEEKLY_HOURS = {"voirie": 120.0, "aqueduc": 60.0, "garage": 40.0}


def shop_rows() -> Iterator[Shop]:
    for code, hours in WEEKLY_HOURS.items():
        name = code.capitalize()
        yield Shop(id=demo_id("shop", code), code=code, name=name, weekly_hours=hours)


def plan_rows() -> Iterator[MaintenancePlan]:
    for plan in PLANS:
        given = {
            "kind": WorkOrderKind.PREVENTIVE,
            "priority": 3,
            "asset_filter": {},
            "triggers": [],
            "seasons": [],
            "nests": [],
            "nest_days": 0,
            "floating": False,
            "legal": False,
        }
        yield MaintenancePlan(
            id=demo_id("plan", plan.code),
            code=plan.code,
            title_fr=plan.title_fr,
            title_en=plan.title_en,
            class_code=plan.class_code,
            asset_id=demo_id("asset", plan.asset) if plan.asset else None,
            rule=plan.rule,
            starts_on=STARTS_ON,
            lead_days=plan.lead_days,
            grace_days=GRACE_DAYS,
            steps=plan.steps,
            crew_id=crew_id(plan.crew),
            shop=CREWS[plan.crew][2],
            estimated_hours=plan.hours,
            active=True,
            **(given | {**plan.more}),
        )
