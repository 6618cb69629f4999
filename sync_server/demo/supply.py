"""Where the town's water comes from, and the customers whom one tells in person when it stops."""

from collections.abc import Iterator, Sequence

from asset_model.assets import Asset
from sync_server.demo.ground import beside, point_geometry
from sync_server.demo.placing import district_of, new_asset
from sync_server.demo.roads import Segment

SETBACK_M = 14

# Tag, name, kind, on the north bank.
SOURCES = (
    ("SE-01", "Réservoir nord", "reservoir", True),
    ("SE-02", "Usine de filtration, refoulement sud", "treatment_plant", False),
)
# Name, use, dwellings, to be told in person.
CUSTOMERS = (
    ("École des Pins", "school", None, True),
    ("CPE La Clairière", "school", None, True),
    ("Clinique du Portage", "health", None, True),
    ("Résidence Les Mélèzes", "seniors", 64, True),
    ("Aréna municipal", "public", None, False),
    ("Boulangerie du Marché", "business", None, False),
    ("Buanderie Val-Net", "business", None, True),
    ("Scierie du Nord", "industry", None, False),
    ("Habitations du Lac", "dwelling", 24, False),
    ("Les Terrasses", "dwelling", 36, False),
)


def supply_assets(urban: Sequence[Segment], pipes: Sequence[Asset]) -> Iterator[Asset]:
    """`pipes` are the mains of the `urban` segments, one each."""
    yield from _sources(urban, pipes)
    yield from _customers(urban, pipes)


def _sources(urban: Sequence[Segment], pipes: Sequence[Asset]) -> Iterator[Asset]:
    """Each at the start of the widest main of its bank."""
    for tag, name, kind, north in SOURCES:
        segment, pipe = max(
            (pair for pair in zip(urban, pipes, strict=True) if pair[0].stretch.north is north),
            key=lambda pair: pair[1].attributes["diameter_mm"],
        )
        yield new_asset(
            "water_source",
            tag,
            name,
            geometry=point_geometry(beside(segment.stretch.line, 0, right_m=-SETBACK_M)),
            attributes={"kind": kind, "node": pipe.attributes["from_node"]},
            district_id=district_of(segment.stretch),
        )


def _customers(urban: Sequence[Segment], pipes: Sequence[Asset]) -> Iterator[Asset]:
    """Spread evenly over the streets: a demo shows each of them sooner or later."""
    every = len(urban) // len(CUSTOMERS)
    for number, (name, use, dwellings, in_person) in enumerate(CUSTOMERS, start=1):
        segment, pipe = urban[number * every - 1], pipes[number * every - 1]
        known = {"use": use, "told_in_person": in_person}
        yield new_asset(
            "service_connection",
            f"BR-{number:04}",
            name,
            geometry=point_geometry(
                beside(segment.stretch.line, segment.stretch.length_m / 2, right_m=SETBACK_M)
            ),
            attributes=known | ({"dwellings": dwellings} if dwellings else {}),
            district_id=district_of(segment.stretch),
            parent_id=pipe.id,
            address=segment.address(0.5),
        )
