"""Telling the segments of one street apart, and finding the one that is meant."""

from typing import Any

from asset_model.assets import Asset
from asset_model.catalogue import Part
from asset_model.work_orders import WorkOrder
from field_app.reads.assets import Found, find_assets
from field_app.reads.orders import Wanted, orders
from field_app.reads.parts import find_parts
from tests.ui.town import Town

LONGITUDE, LATITUDE = -75.60, 45.50
STEP_DEGREES = 0.001


def _road(town: Town, tag: str, name: str, ends: Any, **civic: int) -> Asset:
    (west, south), (east, north) = sorted(ends)
    return Asset(
        id=town.workplace.new_id(),
        tag=tag,
        class_code="road_segment",
        name=name,
        geometry={"type": "LineString", "coordinates": [list(end) for end in ends]},
        west=west,
        south=min(south, north),
        east=east,
        north=max(south, north),
        district_id=town.ids["district"],
        attributes=civic,
    )


def _corner(east: int, north: int = 0) -> tuple[float, float]:
    return LONGITUDE + east * STEP_DEGREES, LATITUDE + north * STEP_DEGREES


def _a_street_and_its_crossings(town: Town) -> None:
    """Three segments of one street, from west to east; two streets come to their corners."""
    for place in range(3):
        first = 2 + 10 * place
        numbers = {"civic_left_from": first, "civic_left_to": first + 8}
        ends = (_corner(place), _corner(place + 1))
        town.add(_road(town, f"P-{place + 1}", "Rue du Pont", ends, **numbers))
    town.add(_road(town, "M-1", "Rue du Moulin", (_corner(1), _corner(1, 1))))
    town.add(_road(town, "Q-1", "Rue du Quai", (_corner(2), _corner(2, 1))))


def _found(town: Town, text: str, **options: Any) -> tuple[Found, ...]:
    with town.database.reading() as session:
        return find_assets(session, text, **options).found


def _tags(town: Town, text: str, **options: Any) -> list[str]:
    return [found.tag for found in _found(town, text, **options)]


def test_a_segment_is_told_by_its_civic_numbers_and_the_streets_it_runs_between(
    town: Town,
) -> None:
    _a_street_and_its_crossings(town)

    with town.signed_in("diane", route="/new") as screen:
        screen.enter("asset-search", "rue du pont")

        assert "2 à 10, au coin de Rue du Moulin" in screen.text
        assert "12 à 20, entre Rue du Moulin et Rue du Quai" in screen.text
        assert "P-2 · Secteur Nord" in screen.text
        assert not screen.failures


def test_the_segments_of_a_street_come_in_the_order_of_their_numbers(town: Town) -> None:
    _a_street_and_its_crossings(town)

    assert _tags(town, "rue du pont") == ["P-1", "P-2", "P-3"]


def test_the_nearest_segments_come_first_where_a_position_is_known(town: Town) -> None:
    _a_street_and_its_crossings(town)

    assert _tags(town, "rue du pont", near=_corner(3)) == ["P-3", "P-2", "P-1"]


def test_a_civic_number_finds_the_segment_it_lies_on(town: Town) -> None:
    _a_street_and_its_crossings(town)

    assert _tags(town, "16 pont") == ["P-2"]
    assert _tags(town, "31 pont") == []


def test_a_tag_is_found_before_a_street_that_has_such_a_number(town: Town) -> None:
    _a_street_and_its_crossings(town)
    town.add(_road(town, "16", "Rue Zénith", (_corner(8), _corner(9))))

    assert _tags(town, "16") == ["16", "P-2"]


def test_the_first_letters_of_a_street_find_it_among_thousands(town: Town) -> None:
    """A loose comparison that reads only the first rows would find none of them."""
    town.add(
        *(_road(town, f"A-{n}", "Avenue Royale", (_corner(9), _corner(9))) for n in range(900))
    )

    assert _tags(town, "rue") == ["T-1", "T-2"]
    assert _tags(town, "rue de l'eglise") == ["T-1"]


def test_it_is_said_how_many_more_there_are(town: Town) -> None:
    town.add(*(_road(town, f"A-{n}", "Avenue Royale", (_corner(9), _corner(9))) for n in range(12)))

    with town.signed_in("diane", route="/new") as screen:
        screen.enter("asset-search", "royale")

        assert "8 résultats sur 12. Précisez votre recherche." in screen.text


def test_orders_and_parts_are_found_by_words_that_thousands_nearly_say(town: Town) -> None:
    crew: str = town.ids["north"]
    for number in range(700):
        town.add(
            WorkOrder(
                id=town.workplace.new_id(),
                title="Vanne à ouvrir",
                kind="corrective",
                priority=1,
                status="dispatched",
                crew_id=crew,
                source="person",
                due_at=town.now,
                created_at=town.now,
                number=f"BT-{number}",
            ),
            Part(
                id=town.workplace.new_id(),
                code=f"B{number}",
                label_fr="Bouchon",
                label_en="Cap",
                unit="u",
            ),
        )
    wanted = Wanted(person_id="", crew_id=crew, text="nid")

    with town.database.reading() as session:
        assert orders(session, wanted, now=town.now).total == 1
        assert [part.code for part in find_parts(session, "roid")] == ["ENR-FR"]
