"""The demo town: whole, plausible, and the same for the same seed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from pyproj import Geod

from asset_model.assets import Asset, AssetClass
from asset_model.attributes import problems
from asset_model.base import Base
from asset_model.catalogue import Part, Service
from asset_model.codec import columns_of
from asset_model.geometry import Position, parts
from asset_model.people import Credential, Crew, Person
from asset_model.pins import verify_pin
from asset_model.plans import MaintenancePlan
from asset_model.vocabulary import Role
from asset_model.work_orders import WorkOrder
from sync_server.demo.ground import BOUNDS
from sync_server.demo.people import PEOPLE
from sync_server.demo.town import build
from tests.server.demo import NOW, rows, town


def spelled(rows: list[Any]) -> list[tuple[str, Any]]:
    return [(row.__tablename__, {"id": row.id, **columns_of(row)}) for row in rows]


def test_the_same_seed_and_moment_make_the_same_town() -> None:
    assert spelled(build(now=NOW, seed=7)) == spelled(build(now=NOW, seed=7))


def test_another_seed_makes_another_town() -> None:
    assert spelled(build(now=NOW, seed=7)) != spelled(build(now=NOW, seed=8))


def test_the_town_has_what_a_small_town_has() -> None:
    classes = Counter(asset.class_code for asset in rows(Asset))

    assert 380 <= classes["road_segment"] <= 420
    assert classes["vehicle"] == 14
    assert min(classes[c] for c in ("hydrant", "catch_basin", "street_light")) >= 100
    assert min(classes[c] for c in ("valve", "pipe")) >= 300
    assert min(classes[c] for c in ("sign", "attachment", "culvert", "building")) >= 2
    assert (len(rows(Crew)), len(rows(Person)), len(rows(WorkOrder))) == (4, 10, 68)
    assert (len(rows(Part)), len(rows(MaintenancePlan)), len(rows(Service))) == (20, 12, 12)


def test_every_asset_fits_its_class() -> None:
    schemas = {c.code: c.attributes for c in rows(AssetClass)}

    wrong = {a.tag: list(problems(schemas[a.class_code], a.attributes)) for a in rows(Asset)}

    assert {tag: found for tag, found in wrong.items() if found} == {}


def test_a_length_is_that_of_the_line_on_the_ellipsoid() -> None:
    ground = Geod(ellps="GRS80")
    told = {one.tag: one.length_m for one in rows(Asset) if one.length_m is not None}
    measured = {
        one.tag: _on_the_ground(ground, next(parts(one.geometry)))
        for one in rows(Asset)
        if one.geometry and one.tag in told
    }

    assert len(measured) > 700
    assert told == pytest.approx(measured, abs=0.06)


def test_ids_and_tags_are_each_used_once() -> None:
    # An occurrence and its order are one id in two tables.
    ids = [(row.__tablename__, row.id) for row in town()]  # type: ignore[attr-defined]
    tags = [asset.tag for asset in rows(Asset)]

    assert len(set(ids)) == len(ids)
    assert len(set(tags)) == len(tags)


def test_one_can_drive_from_any_street_to_any_other() -> None:
    neighbours: dict[Any, set[Any]] = defaultdict(set)
    for segment in segments():
        ends = segment.geometry["coordinates"][0], segment.geometry["coordinates"][-1]
        start, end = map(tuple, ends)
        neighbours[start].add(end)
        neighbours[end].add(start)
    seen, ahead = set(), [next(iter(neighbours))]
    while ahead:
        seen.add(node := ahead.pop())
        ahead += neighbours[node] - seen

    assert seen == set(neighbours)


def test_everything_lies_where_the_town_is() -> None:
    west, south, east, north = BOUNDS
    positions = [p for a in rows(Asset) if a.geometry for part in parts(a.geometry) for p in part]

    assert all(west < x < east and south < y < north for x, y in positions)


def test_no_civic_number_of_a_street_is_given_twice() -> None:
    given: Counter[tuple[str, int]] = Counter()
    for segment in segments():
        for side in ("left", "right"):
            first, last = (segment.attributes[f"civic_{side}_{end}"] for end in ("from", "to"))
            given.update((segment.name, number) for number in range(first, last + 1, 2))

    assert max(given.values()) == 1


def test_every_valve_and_hydrant_is_on_a_main() -> None:
    mains = {asset.id for asset in rows(Asset) if asset.class_code == "pipe"}

    on = [a.parent_id for a in rows(Asset) if a.class_code in ("valve", "hydrant")]

    assert set(on) <= mains


def test_french_is_set_as_french_is() -> None:
    texts = [text for row in town() if not isinstance(row, Credential) for text in french_of(row)]

    wrong = [text for text in texts if re.search(r"'|(?<!\u00a0)[:;%»](?= |$)|« |\.\.\.", text)]

    assert wrong == []


def test_every_pin_opens_and_each_is_another() -> None:
    hashes = {credential.person_id: credential.pin_hash for credential in rows(Credential)}

    assert all(verify_pin(person.pin, hashes[person.id]) for person in PEOPLE)
    assert len({person.pin for person in PEOPLE}) == len(PEOPLE)
    assert Counter(person.role for person in PEOPLE)[Role.FOREMAN] == 2


def _on_the_ground(ground: Geod, line: list[Position]) -> float:
    longitudes, latitudes = [one[0] for one in line], [one[1] for one in line]
    return float(ground.line_length(longitudes, latitudes))


def segments() -> list[Any]:
    return [asset for asset in rows(Asset) if asset.class_code == "road_segment"]


def french_of(row: Base) -> Iterator[str]:
    """Every text of a row that a French-speaking person reads."""
    for name, value in columns_of(row).items():
        if isinstance(value, str) and not name.endswith(
            ("_en", "_at", "_on", "rule", "_id", "unit")
        ):
            yield value
        if name == "attributes" and isinstance(value, dict):
            yield from (text for text in value.values() if isinstance(text, str))
        if name in ("steps", "choices") and isinstance(value, list):
            # A photo step's choice is the code of a moment, which nobody reads.
            yield from (item["label_fr"] for item in value if isinstance(item, dict))
