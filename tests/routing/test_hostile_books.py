"""A book of rules as people get it wrong: each mistake is told with its line and how to mend it."""

import json
from pathlib import Path
from typing import Any

import pytest

from gis.problems import ImportRefused
from sync_server.routing.book import Book, book_as_kept, read_book
from sync_server.routing.linting import remarks
from sync_server.routing.routes import Facts, routed
from tests.routing.test_rules import HOLE, NOON, OFFICE, SQUARE, a_book, facts

TOP = 'edition = "v1"\n'
RULE = '[[rule]]\nname = "un"\n'


def refused(folder: Path, text: str) -> str:
    path = folder / "regles.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportRefused) as raised:
        read_book(path)
    assert "None" not in raised.value.told("fr")
    return raised.value.told("en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TOP + '[rule]\nname = "un"\n', ["“rule” must be tables, each below [[rule]]"]),
        (TOP + 'rule = ["un"]\n', ["“rule” must be tables"]),
        (TOP + '[[rules]]\nname = "un"\n', ["“rules”", "“rule”?"]),
        (TOP + RULE + "then.priority = true\n", ["regles.toml:4", "priority", "a whole number"]),
        (TOP + RULE + 'stop = "no"\nthen.priority = 1\n', ["regles.toml:4", "true or false"]),
        (TOP + RULE + "then = { priorty = 1 }\n", ["regles.toml:4", "then.priorty", "“priority”?"]),
        (TOP + RULE + "then.priority = 1\n" + RULE + "then.crew = 'N'\n",
         ["regles.toml:6", "rule 2 (un).name", "no rule before it has"]),
        (TOP + RULE + "when.service = []\nthen.priority = 1\n", ["regles.toml:4", "when.service"]),
        (TOP + RULE + 'when.text_any = ["!"]\nthen.priority = 1\n', ["none of them empty"]),
        (TOP + RULE + 'when.source = ["phon"]\nthen.priority = 1\n', ["“phone”?", ":4"]),
        (TOP + RULE + 'when.season = "02-30 04-15"\nthen.priority = 1\n', ["11-15 04-15"]),
        (TOP + RULE + 'when.within = "burau"\nthen.priority = 1\n[calendars.bureau]\n',
         ["regles.toml:4", "rule 1 (un).when.within", "“bureau”?"]),
        (TOP + RULE + f'then.fix_within = "{"9" * 5000} h"\n', ["regles.toml:4", "fix_within"]),
        (TOP + '[calendars.b]\nholidays = "QUEBEC"\n', ["regles.toml:3", "a province: AB"]),
        (TOP + '[calendars.b]\ndays = ["mon", "tuseday"]\n', ["regles.toml:3", "“tuesday”?"]),
        (TOP + '[calendars.b]\nfrom = "08:00"\nto = "08:00"\n', ["regles.toml:4", "another time"]),
        (TOP + '[calendars.b]\nclosed = ["noël"]\n', ["regles.toml:3", "easter monday"]),
        (TOP + '[calendars.b]\ndays = ["sat"]\nfrom = "09:00"\nto = "10:00"\n' + RULE
         + 'then.fix_within = "300 working hours"\n', ["regles.toml:8", "within four years"]),
        (TOP + 'zones = "z.geojson"\n', ["regles.toml:2", "“zones” must be a table"]),
        (TOP + 'zones = { file = "z.geojson", nom = "NOM" }\n', ["zones.nom", "“name”?"]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_line(tmp_path: Path, text: str, words: list[str]) -> None:
    a_zone_file(tmp_path, {"name": "Hull"}, polygon(SQUARE))

    told = refused(tmp_path, text)

    for each in words:
        assert each in told


def test_a_book_that_was_published_before_a_check_was_made_goes_on(tmp_path: Path) -> None:
    calendar = {**OFFICE, "holidays": "QUEBEC"}
    rules = [{"name": "un", "then": {"priority": 2}}, {"name": "un", "then": {"crew": "N"}}]

    book = book_as_kept({"edition": "v1", "calendars": {"b": calendar}, "rule": rules})

    assert routed(facts(), book).outputs == {"priority": 2, "crew": "N"}


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("Inondation! Tout est mouillé", True),
        ("Une INONDATION, vite", True),
        ("Risque d’inondation", True),
        ("réinondation", False),
        ("", False),
    ],
)
def test_a_word_is_heard_whatever_stands_beside_it(words: str, *, heard: bool) -> None:
    book = a_book({"when": {"text_any": ["inondation"]}, "then": {"priority": 1}})

    assert bool(routed(facts(words=[words]), book).outputs) is heard


@pytest.mark.parametrize("answer", [["petit", "Grand"], "grand", "GRAND"])
def test_an_answer_of_several_choices_is_any_of_them(answer: Any) -> None:
    book = a_book({"when": {"answers": {"taille": ["grand"]}}, "then": {"priority": 1}})

    assert routed(facts(answers={"taille": answer}), book).outputs == {"priority": 1}
    assert routed(facts(answers={"autre": "grand"}), book).outputs == {}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": rings}


def a_zone_file(folder: Path, properties: dict[str, Any], *shapes: dict[str, Any]) -> None:
    features = [
        {"type": "Feature", "properties": properties, "geometry": shape} for shape in shapes
    ]
    told = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "z.geojson").write_text(told, encoding="utf-8")


def zoned(folder: Path, *shapes: dict[str, Any]) -> Book:
    a_zone_file(folder, {"NOM": "Hull"}, *shapes)
    rule = RULE + 'when.zone_any = ["hull"]\nthen.crew = "N"\n'
    text = TOP + 'zones = { file = "z.geojson", name = "NOM" }\n' + rule
    (folder / "r.toml").write_text(text, encoding="utf-8")
    return read_book(folder / "r.toml")[0]


def held(book: Book, longitude: float | None, latitude: float | None) -> bool:
    return bool(routed(facts(longitude=longitude, latitude=latitude), book).outputs)


def test_parts_that_overlap_and_lines_that_cross_are_one_area(tmp_path: Path) -> None:
    east = [[x + 0.1, y] for x, y in SQUARE]
    bow_tie = [[-75.8, 45.6], [-75.6, 45.8], [-75.6, 45.6], [-75.8, 45.8], [-75.8, 45.6]]
    several = {"type": "MultiPolygon", "coordinates": [[SQUARE], [east]]}

    book = zoned(tmp_path, several, polygon(bow_tie), polygon(SQUARE, HOLE))

    assert held(book, -75.65, 45.45)  # In both parts: even-odd would call that outside.
    assert held(book, -75.61, 45.7)
    assert held(book, -75.79, 45.7)
    assert not held(book, -75.7, 45.75)
    assert not held(book, None, None)


def test_a_place_on_a_shared_border_is_in_one_of_the_two(tmp_path: Path) -> None:
    cut = [[-75.7, 45.3], [-75.6531, 45.5]]
    west = polygon([[-75.8, 45.3], *cut, [-75.8, 45.5], [-75.8, 45.3]])
    east = polygon([*cut, [-75.6, 45.5], [-75.6, 45.3], [-75.7, 45.3]])
    (tmp_path / "w").mkdir()
    (tmp_path / "e").mkdir()
    books = zoned(tmp_path / "w", west), zoned(tmp_path / "e", east)

    for step in range(1, 200):
        latitude = 45.3 + step / 1000
        longitude = -75.7 + 0.0469 * (latitude - 45.3) / 0.2
        assert sum(held(book, longitude, latitude) for book in books) == 1


@pytest.mark.parametrize(
    ("properties", "shape", "words"),
    [
        ({"NOM": "Hull"}, polygon([[300000, 5030000], [301000, 5030000], [301000, 5031000],
                                   [300000, 5030000]]), ["EPSG:4326", "“Hull”"]),
        ({"NOM": "Hull"}, polygon([[-75.8, 45.3], [-75.6, 45.3], [-75.8, 45.3]]), ["areas"]),
        ({"NOM": "Hull"}, polygon(), ["areas"]),
        ({"NOM": None}, polygon(SQUARE), ["a property of every zone"]),
        ({"Nom": "Hull"}, polygon(SQUARE), ["“Nom”?"]),
        ({"NOM": "Hull"}, {"type": "Point", "coordinates": [-75.7, 45.4]}, ["not a polygon"]),
        ({"NOM": "Hull"}, polygon([["a", "b"]] * 4), ["cannot be read"]),
        ({"NOM": "Hull"}, None, ["cannot be read"]),
    ],
)  # fmt: skip
def test_zones_that_are_no_areas_in_degrees_are_refused(
    tmp_path: Path, properties: dict[str, Any], shape: Any, words: list[str]
) -> None:
    a_zone_file(tmp_path, properties, shape)

    told = refused(tmp_path, TOP + 'zones = { file = "z.geojson", name = "NOM" }\n')

    for each in words:
        assert each in told


def test_what_cannot_hold_counts_without_a_calendar_or_lies_elsewhere_is_remarked() -> None:
    book = a_book(
        {"name": "a", "when": {"text_any": ["feu"], "text_none": ["feu", "eau"]},
         "then": {"priority": 1}},
        {"name": "b", "when": {"within": "b", "outside": "b"}, "then": {"priority": 1}},
        {"name": "c", "when": {"service": ["NID"]}, "then": {"fix_within": "2 jours ouvrables"}},
        {"name": "d", "when": {"service": ["EAU"]}, "then": {"fix_within": "2 jours ouvrables"}},
        {"name": "e", "when": {"service": ["EAU", "FEU"]}, "then": {"calendar": "b"}},
        calendars={"b": OFFICE}, zones=[{"name": "Mer", "rings": [SQUARE]}],
    )  # fmt: skip

    found = {(each.code, each.rule or each.other) for each in remarks(book, {}, town=(0, 0, 1, 1))}

    assert found == {("never", "a"), ("never", "b"), ("calendarless", "c"), ("elsewhere", "Mer")}


def test_a_hostile_text_is_read_in_no_time() -> None:
    """No condition is a pattern: a text costs what it is long."""
    book = a_book({"when": {"text_any": ["a " * 500 + "b"]}, "then": {"priority": 1}})

    assert routed(Facts("NID", "Rues", NOON, ["a " * 20_000]), book).outputs == {}
