"""A ruler: measures, sides, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.linear.nearest import Lines
from asset_model.linear.ruler import OnLine, Ruler, stretch_m
from tests.network.ground import line, place

BENT = Ruler(line((0, 0), (100, 0), (100, 50)))


def located(east_m: float, north_m: float) -> OnLine:
    return BENT.locate(place(east_m, north_m))


def test_a_line_is_as_long_as_its_stretches() -> None:
    assert BENT.length_m == pytest.approx(150, abs=0.01)


def test_a_place_beside_the_line_has_its_measure_its_distance_and_its_side() -> None:
    found = located(40, 7)

    assert found.measure_m == pytest.approx(40, abs=0.01)
    assert found.offset_m == pytest.approx(7, abs=0.01)
    assert found.side == "left"
    assert located(40, -7).side == "right"


def test_a_place_on_the_line_is_on_no_side() -> None:
    assert located(40, 0).side == "on"


def test_a_place_beyond_an_end_is_at_that_end() -> None:
    assert located(-30, 0).measure_m == 0
    assert located(100, 90).measure_m == pytest.approx(BENT.length_m)


def test_the_parts_of_a_broken_line_follow_on() -> None:
    first, second = line((0, 0), (100, 0)), line((120, 0), (200, 0))
    broken = {
        "type": "MultiLineString",
        "coordinates": [first["coordinates"], second["coordinates"]],
    }

    assert Ruler(broken).length_m == pytest.approx(180, abs=0.01)


@given(measure_m=st.floats(0, 150))
def test_the_place_at_a_measure_has_that_measure(measure_m: float) -> None:
    assert BENT.locate(BENT.at(measure_m)).measure_m == pytest.approx(measure_m, abs=0.01)


@given(measure_m=st.floats(1, 90), offset_m=st.floats(0.1, 30), left=st.booleans())
def test_the_place_beside_a_measure_is_found_at_that_measure(
    measure_m: float, offset_m: float, left: bool
) -> None:
    straight = Ruler(line((0, 0), (100, 0)))

    found = straight.locate(straight.beside(measure_m, offset_m, "left" if left else "right"))

    assert found.measure_m == pytest.approx(measure_m, abs=0.01)
    assert found.offset_m == pytest.approx(offset_m, abs=0.01)
    assert found.side == ("left" if left else "right")


@given(
    lines=st.lists(
        st.tuples(*[st.integers(-400, 400)] * 4).filter(lambda xy: xy[:2] != xy[2:]),
        min_size=1,
        max_size=12,
    ),
    at=st.tuples(st.integers(-500, 500), st.integers(-500, 500)),
    within_m=st.sampled_from([20.0, 150.0, 1000.0]),
)
def test_the_nearest_of_many_lines_is_the_one_that_measuring_each_finds(
    lines: list[tuple[int, int, int, int]], at: tuple[int, int], within_m: float
) -> None:
    geometries = {f"L{n:02}": line((a, b), (c, d)) for n, (a, b, c, d) in enumerate(lines)}
    position = place(*at)
    each = {name: Ruler(shape).locate(position).offset_m for name, shape in geometries.items()}

    found = Lines(geometries).nearest(position, within_m=within_m)

    least = min(each.values())
    if least > within_m:
        assert found is None
    else:
        assert found is not None
        assert found.on_line.offset_m == pytest.approx(least, abs=1e-6)


def test_a_metre_is_a_metre() -> None:
    # A second of latitude at 45.5° on the ellipsoid, by the tables: 30.87 m.
    assert stretch_m((-73.5, 45.5), (-73.5, 45.5 + 1 / 3600)) == pytest.approx(30.87, abs=0.01)
