"""Lengths and areas are geodesic, and the plane of a place agrees with them within 0.1 %."""

from typing import Any

import pytest
import shapely
from pyproj import Geod, Transformer
from shapely.affinity import translate

from asset_model.linear.ruler import Ruler
from gis.measuring import Datum, area_m2, length_m, local_system

# Towns from the Îles-de-la-Madeleine to Abitibi, with their zone.
TOWNS = {
    (-61.77, 47.38): 4,
    (-64.48, 48.83): 5,
    (-66.38, 50.21): 6,
    (-71.21, 46.81): 7,
    (-73.57, 45.50): 8,
    (-75.73, 45.43): 9,
    (-79.02, 48.24): 10,
}
BENT = [(0.0, 0.0), (0.01, 0.004), (0.012, 0.015), (0.03, 0.02)]


def at(town: tuple[float, float], shape: Any) -> Any:
    return translate(shape, xoff=town[0], yoff=town[1])


def on_the_plane(shape: Any, town: tuple[float, float], datum: Datum) -> Any:
    to_plane = Transformer.from_crs("EPSG:4326", local_system(town[0], datum=datum), always_xy=True)
    return shapely.transform(shape, to_plane.transform, interleaved=False)


@pytest.mark.parametrize("town", TOWNS)
def test_the_zone_of_a_town_is_that_of_its_longitude(town: tuple[float, float]) -> None:
    zone = TOWNS[town]

    assert local_system(town[0], datum="NAD83") == f"EPSG:{32180 + zone}"
    assert local_system(town[0], datum="NAD83(CSRS)") == f"EPSG:{2942 + zone}"


@pytest.mark.parametrize("longitude", [-57.0, -60.0, -72.0, -75.0, -80.99])
def test_every_longitude_is_within_a_degree_and_a_half_of_its_meridian(longitude: float) -> None:
    zone = int(local_system(longitude, datum="NAD83").removeprefix("EPSG:")) - 32180

    assert abs(longitude - (-58.5 - 3 * (zone - 3))) <= 1.5


def test_a_place_outside_quebec_has_no_zone() -> None:
    with pytest.raises(ValueError, match="no MTM zone"):
        local_system(-123.1, datum="NAD83")


@pytest.mark.parametrize("town", TOWNS)
def test_a_length_is_that_of_the_local_plane_within_a_tenth_of_a_percent(
    town: tuple[float, float],
) -> None:
    line = at(town, shapely.LineString(BENT))

    assert length_m(line) == pytest.approx(on_the_plane(line, town, "NAD83").length, rel=1e-3)


@pytest.mark.parametrize("town", TOWNS)
def test_an_area_is_that_of_the_local_plane_within_a_tenth_of_a_percent(
    town: tuple[float, float],
) -> None:
    outline = at(town, shapely.Polygon([*BENT, (0.0, 0.02)]))

    assert area_m2(outline) == pytest.approx(on_the_plane(outline, town, "NAD83").area, rel=1e-3)


def test_an_area_does_not_depend_on_which_way_the_outline_is_drawn() -> None:
    outline = at((-73.5, 45.5), shapely.Polygon([*BENT, (0.0, 0.02)]))

    assert area_m2(outline.reverse()) == area_m2(outline) > 0


@pytest.mark.parametrize("town", TOWNS)
def test_the_tablet_measures_as_the_geodesic_does(town: tuple[float, float]) -> None:
    line = at(town, shapely.LineString(BENT))

    ruler = Ruler({"type": "LineString", "coordinates": list(line.coords)})

    assert ruler.length_m == pytest.approx(Geod(ellps="WGS84").geometry_length(line), rel=1e-6)
