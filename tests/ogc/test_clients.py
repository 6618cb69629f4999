"""What GDAL, geopandas and OWSLib make of `/ogc`: programs that are not ours."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
import shapely
from owslib.ogcapi.features import Features
from owslib.util import Authentication

from tests.layers import town
from tests.ogc.conftest import LIGHTS, TIMEOUT_S, Client

READ = """
import json, sys, pyogrio
source, layer, options = json.loads(sys.argv[1])
box = {"bbox": tuple(options.pop("bbox"))} if "bbox" in options else {}
read = pyogrio.read_dataframe(source, layer=layer, **box, **options)
read["wkt"] = [None if shape is None else shape.wkt for shape in read.geometry]
print(read.drop(columns="geometry").to_json(orient="records"))
print(json.dumps([None if read.crs is None else read.crs.to_string()]))
"""
LIST = """
import json, sys, pyogrio
print(json.dumps([str(name) for name, _ in pyogrio.list_layers(json.loads(sys.argv[1]))]))
"""


class Gdal:
    """GDAL in a process of its own: in ours it would keep the server's thread from answering."""

    def __init__(self, client: Client) -> None:
        self.source = f"OAPIF:{client.root}"
        self._key = {"GDAL_HTTP_USERPWD": f"anyone:{client.key}", "GDAL_HTTP_AUTH": "BASIC"}

    def layers(self) -> set[str]:
        (listed,) = self._ran(LIST, self.source)
        return set(listed)

    def read(self, layer: str, **options: Any) -> tuple[dict[str, Any], str]:
        """The rows by tag or title, and the name of their system."""
        rows, (system,) = self._ran(READ, [self.source, layer, options])
        return {row.get("tag") or row["title"]: row for row in rows}, system

    def _ran(self, code: str, told: Any) -> list[Any]:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code, json.dumps(told)],
            env=os.environ | self._key | {"no_proxy": "127.0.0.1"},
            capture_output=True,
            text=True,
            check=True,
            timeout=TIMEOUT_S * 3,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def gdal(ogc: Client) -> Gdal:
    return Gdal(ogc)


@pytest.fixture
def owslib(ogc: Client) -> Features:
    return Features(f"{ogc.root}/", auth=Authentication("anyone", ogc.key))


def test_gdal_lists_the_layers(gdal: Gdal, ogc: Client) -> None:
    assert gdal.layers() == {one["id"] for one in ogc.read("/collections")["collections"]}


def test_gdal_reads_every_feature_page_after_page(gdal: Gdal) -> None:
    read, _ = gdal.read("street_light", PAGE_SIZE="4")

    assert len(read) == LIGHTS + 1


def test_gdal_reads_shapes_and_values_as_they_are(gdal: Gdal) -> None:
    read, system = gdal.read("road_segment")

    first = read["TR-1"]
    assert [list(p) for p in shapely.from_wkt(first["wkt"]).coords] == town.LINE
    assert (first["speed_limit_kmh"], first["source_key"], system) == (40, "007", "OGC:CRS84")
    assert read["TR-3"]["wkt"].startswith("MULTILINESTRING")


def test_gdal_lets_the_server_filter_by_box_and_by_field(gdal: Gdal) -> None:
    boxed, _ = gdal.read("hydrant", bbox=(-75.741, 45.43, -75.74, 45.431))
    named, _ = gdal.read("road_segment", where="road_class = 'local'")

    assert (list(boxed), list(named)) == (["BF-1"], ["TR-1"])


def test_gdal_reads_in_the_system_of_the_town(gdal: Gdal, ogc: Client) -> None:
    read, system = gdal.read("hydrant", CRS="EPSG:2951")

    uri = "http://www.opengis.net/def/crs/EPSG/0/2951"
    (told,) = ogc.items("hydrant", tag="BF-1", crs=uri)["features"]
    assert system == "EPSG:2951"
    assert list(shapely.from_wkt(read["BF-1"]["wkt"]).coords) == [
        tuple(told["geometry"]["coordinates"])
    ]


def test_gdal_reads_an_item_that_has_no_place(gdal: Gdal) -> None:
    read, _ = gdal.read("work_orders")

    assert (read["Nulle part"]["wkt"], read["Voir"]["wkt"]) == (None, "POINT (-75.7 45.4)")


def test_owslib_finds_its_way(owslib: Features) -> None:
    assert "hydrant" in owslib.feature_collections()
    assert owslib.api()["openapi"].startswith("3.0.")
    assert owslib.conformance()["conformsTo"]
    assert owslib.collection("hydrant")["id"] == "hydrant"


def test_owslib_reads_pages_and_one_feature(owslib: Features) -> None:
    page = owslib.collection_items("street_light", limit=3, bbox=[-75.91, 45.5, -75.85, 45.7])
    (first, *_) = page["features"]

    assert (page["numberMatched"], page["numberReturned"]) == (LIGHTS, 3)
    assert owslib.collection_item("street_light", first["id"])["properties"] == first["properties"]
