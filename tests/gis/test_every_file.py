"""Every file of open data that towns gave: imported, or refused for a reason that is said."""

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from asset_model.class_parts import asset_class, text
from asset_model.vocabulary import GeometryKind
from gis.files import known_mappings, read_mapping, read_table
from gis.mapping import Mapping
from gis.plan import ImportPlan
from gis.planning import plan_import
from gis.problems import ImportRefused
from gis.proposing import propose
from tests.gis.builders import CLASSES

FOLDERS = ("roads", "water", "assets", "places", "snow", "awkward")
OF_TOWNS = Path(__file__).parent / "mappings"

# Classes that a town would add for what is not public works everywhere.
TOWN_CLASSES = {
    made["code"]: made
    for made in (
        asset_class("bus_line", ("Ligne d’autobus", "Bus line"), "x", GeometryKind.LINE),
        asset_class("accident", ("Accident", "Accident"), "x", GeometryKind.POINT),
        asset_class("intersection", ("Intersection", "Intersection"), "x", GeometryKind.POINT),
        asset_class(
            "water_node", ("Nœud", "Node"), "x", GeometryKind.POINT, text("zone", "Zone", "Zone")
        ),
    )
}


@dataclass(frozen=True)
class File:
    """One line of the table: `rows` read become `assets`, but for those refused or left aside."""

    path: str
    mapping: str
    rows: int
    assets: int
    refused: dict[str, int] = field(default_factory=dict)
    left_aside: int = 0
    crs: str | None = None
    """Where a model says nothing of where it is, what its maker says."""


IMPORTED = (
    File("assets/cambridge_ma_litter_barrels.geojson", "cambridge_ma_litter_barrels", 990, 990),
    File("assets/cambridge_ma_signals.geojson", "cambridge_ma_signals", 785, 785),
    File("awkward/derived_gatineau_A_latin1_nocpg_epsg32189.zip", "gatineau_shapefile", 5005, 5005),
    File("awkward/derived_gatineau_A_noprj_epsg2951.zip", "gatineau_shapefile_csrs", 5005, 5005),
    File(
        "awkward/derived_gatineau_secteurs_one_invalid_epsg32189.gpkg",
        "derived_gatineau_secteurs_one_invalid_epsg32189",
        rows=5,
        assets=4,
        refused={"geometry_invalid": 1},
    ),
    File(
        "awkward/drummondville_osm_mixed.geojson",
        "overpass_drummondville",
        rows=115,
        assets=28,
        left_aside=87,
    ),
    File(
        "awkward/gatineau_decoupage_MALFORMED_WKT.csv",
        "gatineau_decoupage",
        rows=5,
        assets=0,
        refused={"ring_parentheses": 5},
    ),
    File(
        "awkward/montreal_bike_accidents_epsg3797.gpkg",
        "montreal_bike_accidents_epsg3797",
        rows=347,
        assets=269,
        refused={"key_repeated": 78},  # Several accidents at one crossing, told apart by nothing.
    ),
    File(
        "awkward/montreal_lieux_interet_500_accented_fields.geojson",
        "montreal_lieux_interet",
        rows=500,
        assets=500,
    ),
    File("awkward/stm_lignes_sig_mtm8_shp.zip", "stm_lignes", 572, 572),
    File("awkward/vermont_newport_lines_epsg4979_3D.geojson", "vermont_newport_3d", 325, 325),
    File("places/gatineau_lieu_public_A.csv", "gatineau_lieu_public", 670, 670),
    File("places/gatineau_secteurs.geojson", "gatineau_secteurs", 5, 5),
    File("places/montreal_rues_pietonnes.geojson", "montreal_rues_pietonnes", 53, 53),
    File(
        "roads/bangor_maine.osm.pbf",
        "openstreetmap_lines",
        rows=1808,
        assets=1760,
        left_aside=48,
    ),
    File("roads/montreal_universite.osm", "openstreetmap_lines", 87, 40, left_aside=47),
    File("roads/cambridge_ma_centerlines.geojson", "cambridge_ma_centerlines", 2643, 2643),
    File("roads/cambridge_ma_intersections.geojson", "cambridge_ma_intersections", 1872, 1872),
    File(
        "roads/gatineau_voie_publique_A.csv",
        "gatineau_voie_publique",
        rows=5073,
        assets=5005,
        refused={"line_of_one_point": 68},
    ),
    File("roads/montreal_network_MTQLambert_epsg3797.gpkg", "montreal_reseau_mtq", 2945, 2945),
    File("roads/montreal_reseau_cyclable.geojson", "montreal_reseau_cyclable", 6987, 6987),
    File("roads/montreal_small_network_MTM8_epsg32188.gpkg", "montreal_reseau_mtm8", 1244, 1244),
    File("snow/cambridge_ma_salt_barrels.geojson", "cambridge_ma_salt_barrels", 11, 11),
    File("snow/cambridge_ma_snow_tow_routes.geojson", "cambridge_ma_snow_tow_routes", 97, 97),
    File("snow/cambridge_ma_sweeping_districts.geojson", "cambridge_ma_sweeping_districts", 14, 14),
    File("snow/lexington_ky_snow_priority_shp.zip", "lexington_ky_snow_priority_shp", 4697, 4697),
    File("water/cambridge_ma_hydrants.geojson", "cambridge_ma_hydrants", 1960, 1960),
    File("water/epanet_ky4.inp", "epanet_pipes", 1156, 1156, crs="EPSG:3547"),
    File("water/gatineau_borne_fontaine_A.csv", "gatineau_borne_fontaine", 3757, 3757),
    File("water/giswater_ws_sample.gpkg", "giswater_ws_arc", 269, 269),
    File("water/giswater_ws_sample.gpkg", "giswater_ws_node", 238, 52, left_aside=186),
    File("water/giswater_ws_sample.gpkg", "giswater_ws_connec", 477, 477),
    File("water/ky4_junctions_epsg3547.geojson", "ky4_junctions_epsg3547", 959, 959),
    File("water/ky4_pipes_epsg3547.geojson", "ky4_pipes", 1156, 1156),
    File("water/swmm_bellinge_small.inp", "swmm_conduits", 15, 15, crs="EPSG:25832"),
    File("water/swmm_state_plane.inp", "swmm_conduits", 44, 44, crs="EPSG:2817"),
    File("water/vermont_derby_sewer_storm_water_lines.geojson", "vermont_lines", 1455, 1455),
    File("water/vermont_newportcity_sewer_storm_water_lines.geojson", "vermont_lines", 2500, 2500),
)

# Refused as a whole, and for which reason.
REFUSED = (
    ("awkward/epanet_bad_syntax.inp", "inp_syntax"),
    ("awkward/pyshp/latin1.dbf", "file_kind"),
    ("awkward/pyshp/latin1.shp", "file_unreadable"),
    ("awkward/pyshp/latin1.shx", "file_kind"),
    ("snow/montreal_planif_neige_A.json", "json_plain"),
)
# Nothing in them says where on earth they are, and nobody can guess.
NOWHERE = ("water/epanet_Net3.inp", "water/epanet_Net6.inp", "water/epanet_L-TOWN.inp")
WITHOUT_PLACES = "awkward/montreal_bikes_latin1_semicolon.csv"


def mapping_called(name: str) -> Mapping:
    own = OF_TOWNS / f"{name}.toml"
    if own.exists():
        return read_mapping(own)
    return next(m for m in known_mappings() if m.title == f"{name}.toml")


def planned(folder: Path, file: File) -> ImportPlan:
    mapping = mapping_called(file.mapping)
    anywhere = (-180.0, -90.0, 180.0, 90.0)
    if file.crs or file.path.startswith(("roads/bangor", "water/giswater")):
        crs = file.crs or mapping.geometry.crs
        mapping = replace(mapping, geometry=replace(mapping.geometry, crs=crs, within=anywhere))
    table = read_table(folder / file.path, layer=mapping.geometry.layer)
    classes = CLASSES | TOWN_CLASSES
    return plan_import(table, mapping=mapping, asset_class=classes[mapping.class_code])


@pytest.mark.parametrize("file", IMPORTED, ids=lambda file: f"{file.path}-{file.mapping}")
def test_a_file_becomes_the_assets_that_it_should(shared_data: Path, file: File) -> None:
    plan = planned(shared_data, file)

    refused = Counter(problem.code for problem in plan.problems)
    found = (plan.read, len(plan.drafts), dict(refused), plan.left_aside)
    assert found == (file.rows, file.assets, file.refused, file.left_aside)


@pytest.mark.parametrize(("path", "code"), REFUSED)
def test_a_file_that_cannot_be_used_is_refused_for_its_reason(
    shared_data: Path, path: str, code: str
) -> None:
    with pytest.raises(ImportRefused) as refusal:
        read_table(shared_data / path)

    assert [problem.code for problem in refusal.value.problems] == [code]


@pytest.mark.parametrize("path", NOWHERE)
def test_a_model_that_is_nowhere_on_earth_is_refused(shared_data: Path, path: str) -> None:
    mapping = mapping_called("epanet_pipes")
    table = read_table(shared_data / path, layer="pipes")

    with pytest.raises(ImportRefused, match="which coordinate system"):
        plan_import(table, mapping=mapping, asset_class=CLASSES["pipe"])


def test_a_file_whose_rows_have_no_place_is_refused(shared_data: Path) -> None:
    table = read_table(shared_data / WITHOUT_PLACES)

    with pytest.raises(ImportRefused, match="Nothing in the file says where its rows are"):
        propose(table, asset_class=CLASSES["street_furniture"])


def test_the_table_has_every_file(shared_data: Path) -> None:
    there = {
        path.relative_to(shared_data).as_posix()
        for folder in FOLDERS
        for path in (shared_data / folder).rglob("*")
        if path.is_file()
    }
    told = {file.path for file in IMPORTED} | {path for path, _ in REFUSED}

    assert told | {*NOWHERE, WITHOUT_PLACES} == there
