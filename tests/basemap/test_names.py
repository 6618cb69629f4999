"""Where names stand: along their streets, readable, apart from each other."""

from itertools import combinations, pairwise
from math import hypot, pi
from pathlib import Path

from gis.basemap.chains import chains
from gis.basemap.labels import place_labels
from gis.basemap.lettering import Label
from gis.basemap.scene import scene_of
from gis.basemap.style import read_style
from tests.basemap.ground import street
from tests.sources import REPOSITORY

STYLE = read_style()
LOCAL = STYLE.rule_of("road_segment") or 0


def names(*features: object, zoom: int = 17) -> list[Label]:
    scene = scene_of(STYLE, features)  # type: ignore[arg-type]
    return place_labels(STYLE, scene._streets, scene._spots, zoom)


def test_segments_of_one_name_that_follow_on_carry_it_together() -> None:
    parts = [street("Rue Lafontaine", (n * 0.4, 0), (n * 0.4 + 0.4, 0)) for n in range(6)]
    alone = names(parts[0])

    assert alone == []
    assert [label.text for label in names(*parts)] == ["Rue Lafontaine"]


def test_a_chain_ends_where_three_segments_of_its_name_meet() -> None:
    parts = [
        (street("Place du Marché", (0, 0), (1, 0)), LOCAL),
        (street("Place du Marché", (1, 0), (2, 0)), LOCAL),
        (street("Place du Marché", (1, 0), (1, 1)), LOCAL),
    ]

    assert len(chains(parts)) == 3


def test_every_name_is_read_from_the_left_whichever_way_its_street_was_drawn() -> None:
    for ends in ((0, 0), (3, 1)), ((3, 1), (0, 0)), ((0, 3), (0.3, 0)), ((0.3, 0), (0, 3)):
        (label,) = names(street("Rue Papineau", *ends))
        first, last = label.letters[0], label.letters[-1]

        assert (first.x, -first.y) <= (last.x, last.y)
        assert all(abs(letter.turn) <= pi / 2 + 0.01 for letter in label.letters)


def test_a_name_bends_with_its_street_and_not_around_a_corner() -> None:
    bend = street("Rue Montcalm", (0, 0), (0.4, 0), (0.7, 0.08), (1, 0.25), (1.4, 0.6))
    corner = street("Rue Montcalm", (0, 0), (0.5, 0), (0.5, 0.5))

    (label,) = names(bend)
    assert len({round(letter.turn, 2) for letter in label.letters}) > 2
    assert names(corner) == []


def test_a_long_street_says_its_name_again_and_again_but_not_too_often() -> None:
    labels = names(street("Chemin du Lac", (0, 0), (30, 0)))
    across = sorted(label.letters[0].x for label in labels)
    apart = [b - a for a, b in pairwise(across)]

    assert len(labels) > 4
    assert min(apart) >= STYLE.names["repeat_px"]


def test_no_name_lies_on_another() -> None:
    grid = [
        *(street(f"Rue Horizontale {n}", (0, n), (8, n)) for n in range(6)),
        *(street(f"Rue Verticale {n}", (n, 0), (n, 6)) for n in range(8)),
    ]
    labels = names(*grid)

    assert len(labels) > 10
    for one, other in combinations(labels, 2):
        reach = (one.face.size + other.face.size) / 2 * 0.9
        assert not any(
            hypot(a.x - b.x, a.y - b.y) < reach for a in one.letters for b in other.letters
        )


def test_a_name_that_does_not_fit_is_shortened_as_the_office_of_the_language_does() -> None:
    full = names(street("Boulevard Saint-Joseph", (0, 0), (3, 0)))
    short = names(street("Boulevard Saint-Joseph", (0, 0), (1.25, 0)))

    assert [label.text for label in full] == ["Boulevard Saint-Joseph"]
    assert [label.text for label in short] == ["Boul. Saint-Joseph"]


def test_arteries_are_named_before_the_streets_they_cross() -> None:
    labels = names(
        street("Rue Principale", (0, 1), (2, 1), road="major_arterial"),
        street("Rue des Ormes", (1, 0), (1, 2)),
    )

    assert labels[0].text == "Rue Principale"


def test_the_letters_are_those_of_the_screens() -> None:
    screens = REPOSITORY / "field_app" / "ui" / "assets" / "fonts"
    own = REPOSITORY / "gis" / "basemap" / "fonts"
    files = sorted(file.name for file in own.iterdir())

    assert "OFL.txt" in files
    for name in files:
        assert Path(own / name).read_bytes() == Path(screens / name).read_bytes()
