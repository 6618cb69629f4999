"""The town's vehicles with what is mounted on them, and the buildings they work from."""

from collections.abc import Iterator
from typing import NamedTuple

from asset_model.assets import Asset
from asset_model.combinations import TRAILER
from sync_server.demo.ground import box_geometry
from sync_server.demo.placing import SOUTH, demo_id, new_asset

GARAGE_TAG, PLANT_TAG = "BAT-01", "BAT-02"
GARAGE_ADDRESS = "75, rue de la Gare"


class Unit(NamedTuple):
    """One line of the fleet's list. Weights are the gross vehicle weight rating."""

    number: int
    label: str
    kind: str
    manufacturer: str
    model: str
    year: int
    plate: str
    gross_weight_kg: int
    fuel: str = "diesel"
    mounted: tuple[str, ...] = ()
    behind: int | None = None
    """Of a trailer: the unit that it is coupled to."""


FRONT, SIDE, SPREADER, BLOWER = "plow", "wing", "spreader", "blower"

UNITS = (
    Unit(201, "Déneigeuse", "plow_truck", "Western Star", "4700SF", 2019, "L704118", 29_937,
         mounted=(FRONT, SIDE, SPREADER)),
    Unit(202, "Déneigeuse", "plow_truck", "Freightliner", "114SD", 2021, "L711640", 31_298,
         mounted=(FRONT, SIDE, SPREADER)),
    Unit(203, "Déneigeuse", "plow_truck", "International", "HV613", 2018, "L698275", 29_937,
         mounted=(FRONT, SIDE, SPREADER)),
    Unit(204, "Camion à benne", "dump_truck", "Mack", "Granite 64FR", 2023, "L722903", 30_844,
         mounted=(FRONT, SPREADER)),
    Unit(205, "Niveleuse", "grader", "Caterpillar", "140", 2016, "C413072", 19_900,
         mounted=(SIDE,)),
    Unit(206, "Chargeuse", "loader", "Volvo", "L90H", 2017, "C415586", 17_600,
         mounted=(BLOWER,)),
    Unit(207, "Rétrocaveuse", "backhoe", "John Deere", "410L", 2020, "C420194", 10_900),
    Unit(208, "Chenillette à trottoirs", "sidewalk_tractor", "Prinoth", "SW50", 2020, "C421337",
         4_900, mounted=(FRONT, SPREADER)),
    Unit(209, "Balai mécanique", "sweeper", "Elgin", "Pelican", 2015, "C409951", 12_200),
    Unit(210, "Camion-écureur", "vacuum_truck", "Freightliner", "114SD Vactor 2100i", 2018,
         "L699804", 29_937),
    Unit(211, "Camionnette", "pickup", "Ford", "F-250", 2022, "L718226", 4_536, "gasoline"),
    Unit(212, "Camionnette", "pickup", "Ford", "F-150 Lightning", 2023, "L724471", 3_742,
         "electric"),
    Unit(213, "Minibus adapté", "minibus", "Ford", "E-450", 2021, "A71904", 6_577, "gasoline"),
    Unit(301, "Remorque plateau", "trailer", "Remorques du Nord", "RP-20", 2017, "RA4418K", 6_350,
         behind=211),
)  # fmt: skip

# By kind: label, manufacturer, model, width in metres.
MOUNTED = {
    FRONT: ("chasse-neige", "Larochelle", "SR-11", 3.4),
    SIDE: ("aile de côté", "Larochelle", "A-12", 3.0),
    SPREADER: ("épandeur", "Épandeurs du Nord", "EP-10", 2.4),
    BLOWER: ("souffleuse", "Larue", "D-60", 2.6),
}


def fleet_assets() -> Iterator[Asset]:
    """Buildings, then each unit followed by its attachments. Units serve the whole town."""
    yield from _buildings()
    garage = demo_id("asset", GARAGE_TAG)
    for unit in UNITS:
        vehicle = new_asset(
            "vehicle",
            str(unit.number),
            f"{unit.label} {unit.number}",
            attributes={
                "kind": unit.kind,
                "manufacturer": unit.manufacturer,
                "model": unit.model,
                "model_year": unit.year,
                "plate": unit.plate,
                "gross_weight_kg": unit.gross_weight_kg,
                **({} if unit.kind == TRAILER else {"fuel": unit.fuel}),
            },
            parent_id=demo_id("asset", str(unit.behind)) if unit.behind else garage,
            address=GARAGE_ADDRESS,
        )
        yield vehicle
        yield from _attachments(unit, vehicle)


def _attachments(unit: Unit, vehicle: Asset) -> Iterator[Asset]:
    for rank, kind in enumerate(unit.mounted, start=1):
        label, manufacturer, model, width_m = MOUNTED[kind]
        yield new_asset(
            "attachment",
            f"{unit.number}-{rank}",
            f"{vehicle.name}, {label}",
            attributes={
                "kind": kind,
                "manufacturer": manufacturer,
                "model": model,
                "model_year": unit.year,
                "width_m": width_m,
            },
            parent_id=vehicle.id,
            address=GARAGE_ADDRESS,
        )


def _buildings() -> Iterator[Asset]:
    yield new_asset(
        "building",
        GARAGE_TAG,
        "Garage municipal",
        geometry=box_geometry((1475, 150), wide_m=48, deep_m=22),
        attributes={"use": "Garage et cour", "year_built": 1988, "floors": 1, "area_m2": 1_056},
        district_id=demo_id("district", SOUTH),
        address=GARAGE_ADDRESS,
    )
    yield new_asset(
        "building",
        PLANT_TAG,
        "Usine de filtration",
        geometry=box_geometry((660, 590), wide_m=30, deep_m=20),
        attributes={"use": "Eau potable", "year_built": 2006, "floors": 2, "area_m2": 1_150},
        district_id=demo_id("district", SOUTH),
        address="2, rue de la Rivière",
    )
