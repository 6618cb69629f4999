"""Models of EPANET and SWMM: beside wntr, and the mistakes in them."""

from dataclasses import replace
from pathlib import Path

import pytest
import wntr

from gis.files import known_mappings, read_table
from gis.mapping_document import mapping_from
from gis.planning import plan_import
from gis.problems import ImportRefused
from tests.gis.builders import CLASSES
from tests.gis.test_every_file import mapping_called

SMALL = """
[JUNCTIONS]
A 10 0
B 12 0 ;a remark
[PIPES]
P1 A B 100 6 130 0 Open
[OPTIONS]
Units GPM
[COORDINATES]
A -75.74 45.43
B -75.75 45.44
[VERTICES]
P1 -75.742 45.435
[END]
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "reseau.inp"
    path.write_text(SMALL)
    return path


@pytest.mark.parametrize("name", ["Net3", "ky4", "Net6", "L-TOWN"])
def test_a_water_model_has_the_pipes_that_wntr_reads(shared_data: Path, name: str) -> None:
    path = shared_data / "water" / f"epanet_{name}.inp"
    model = wntr.network.WaterNetworkModel(str(path))

    rows = read_table(path, layer="pipes").frame.set_index("id")

    assert set(rows.index) == set(model.pipe_name_list)
    for tag, pipe in model.pipes():
        told = rows.loc[tag]
        assert (told["from_node"], told["to_node"]) == (pipe.start_node_name, pipe.end_node_name)
        assert float(told["length_m"]) == pytest.approx(pipe.length)
        assert float(told["diameter_mm"]) == pytest.approx(pipe.diameter * 1000)


def test_the_bends_of_a_pipe_are_its_vertices(model: Path) -> None:
    row = read_table(model, layer="pipes").frame.iloc[0]

    assert row["_wkt"] == "LINESTRING (-75.74 45.43, -75.742 45.435, -75.75 45.44)"


def test_inches_and_feet_become_millimetres_and_metres(model: Path) -> None:
    row = read_table(model, layer="pipes").frame.iloc[0]

    assert (row["diameter_mm"], row["length_m"]) == ("152.4", "30.48")


def test_the_conduits_of_a_sewer_have_the_height_of_their_section(shared_data: Path) -> None:
    table = read_table(shared_data / "water" / "swmm_bellinge_small.inp", layer="conduits")
    heights = table.frame.set_index("id")["diameter_mm"]

    assert heights["G72F820_G72F810_l1"] == "350"


def test_a_model_of_several_layers_asks_which(model: Path) -> None:
    with pytest.raises(ImportRefused, match="several layers: pipes, junctions"):
        read_table(model)


def test_a_section_that_does_not_exist_is_told_with_its_line(model: Path) -> None:
    model.write_text(SMALL + "[FOO]\nbar\n")

    with pytest.raises(ImportRefused, match=r"Line 15 of the model .*: \[FOO\]"):
        read_table(model, layer="pipes")


def test_a_pipe_without_its_nodes_or_their_places_costs_only_itself(model: Path) -> None:
    more = "P2 A C 100 6 130 0 Open\nP3 A\n[OPTIONS]"
    model.write_text(SMALL.replace("[OPTIONS]", more))
    mapping = mapping_called("epanet_pipes")
    mapping = replace(mapping, geometry=replace(mapping.geometry, crs="EPSG:4326"))

    plan = plan_import(
        read_table(model, layer="pipes"), mapping=mapping, asset_class=CLASSES["pipe"]
    )

    assert [draft.tag for draft in plan.drafts] == ["CD-P1"]
    assert [(p.row, p.code) for p in plan.problems] == [(2, "geometry_missing"), (3, "inp_line")]


def test_a_number_may_be_brought_into_the_unit_of_its_attribute(tmp_path: Path) -> None:
    path = tmp_path / "conduites.csv"
    path.write_text('ID,DIAM,FORME\na,"0,15","LINESTRING (-75.74 45.43, -75.75 45.44)"\n')
    document = {
        "source": "essai", "class": "pipe", "key": "ID", "tag": "CD-{ID}", "name": "{ID}",
        "geometry": {"wkt": "FORME", "crs": "EPSG:4326"},
        "attributes": {"diameter_mm": {"column": "DIAM", "times": 1000}},
    }  # fmt: skip
    mapping = mapping_from(document, title="essai.toml")

    plan = plan_import(read_table(path), mapping=mapping, asset_class=CLASSES["pipe"])

    assert plan.drafts[0].attributes["diameter_mm"] == pytest.approx(150)


def test_every_mapping_that_comes_with_the_project_is_sound() -> None:
    assert len({mapping.source for mapping in known_mappings()}) == len(known_mappings()) > 10
