"""Rules: the first that holds wins for each output, every route says why, mistakes are told."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.problems import ImportRefused
from sync_server.routing.book import Book, book_from, read_book
from sync_server.routing.calendars import Calendar
from sync_server.routing.linting import remarks
from sync_server.routing.routes import Facts, routed
from sync_server.routing.spans import span_of
from sync_server.routing.working_time import due_at

TORONTO = ZoneInfo("America/Toronto")
SQUARE = [[-75.8, 45.3], [-75.6, 45.3], [-75.6, 45.5], [-75.8, 45.5], [-75.8, 45.3]]
HOLE = [[-75.71, 45.39], [-75.69, 45.39], [-75.69, 45.41], [-75.71, 45.41], [-75.71, 45.39]]
OFFICE = {
    "days": ["mon", "tue", "wed", "thu", "fri"],
    "from": "08:00",
    "to": "16:30",
    "holidays": "QC",
}
NOON = datetime(2026, 5, 4, 16, tzinfo=UTC)


def a_book(*rules: dict[str, Any], **more: Any) -> Book:
    named = [{"name": f"rule {n}", **rule} for n, rule in enumerate(rules, 1)]
    return book_from({"edition": "v1", "rule": named, **more}, title="rules.toml")


def facts(**more: Any) -> Facts:
    return Facts(**{"service": "NID", "group": "Rues", "at": NOON, **more})


def test_the_first_rule_that_holds_gives_each_output_and_is_named() -> None:
    book = a_book(
        {"name": "Danger", "when": {"text_any": ["danger"]}, "then": {"priority": 1}},
        {"name": "Nord", "when": {"district": ["nord"]}, "then": {"crew": "N", "priority": 3}},
        {"name": "Le reste", "then": {"crew": "S", "priority": 4}},
    )

    route = routed(facts(words=["C’est DANGEREUX"], district="NORD"), book)

    assert route.outputs == {"priority": 1, "crew": "N"}
    assert route.because == {"priority": "Danger", "crew": "Nord"}


def test_a_rule_that_stops_is_the_last_one_read() -> None:
    book = a_book({"then": {"priority": 2}, "stop": True}, {"then": {"crew": "N"}})

    assert routed(facts(), book).outputs == {"priority": 2}


@pytest.mark.parametrize("words", ["La chaussée est dangereuse", "Cars swerve", "auto accidentée"])
def test_danger_is_heard_in_both_languages_by_concept_or_by_word(words: str) -> None:
    book = a_book(
        {"when": {"text_any": ["danger", "swerve", "accidentée"]}, "then": {"priority": 1}}
    )

    assert routed(facts(words=[words]), book).outputs == {"priority": 1}


def test_zones_are_polygons_with_holes() -> None:
    zones = [{"name": "Île", "rings": [SQUARE, HOLE]}]
    book = a_book({"when": {"zone_any": ["Île"]}, "then": {"crew": "N"}}, zones=zones)

    inside = routed(facts(longitude=-75.75, latitude=45.45), book)
    in_the_hole = routed(facts(longitude=-75.70, latitude=45.40), book)
    outside = routed(facts(longitude=-75.50, latitude=45.40), book)

    assert inside.outputs == {"crew": "N"}
    assert in_the_hole.outputs == outside.outputs == {}


@pytest.mark.parametrize(
    ("month", "day", "holds"), [(11, 15, True), (1, 2, True), (4, 15, True), (4, 16, False)]
)
def test_a_season_may_wrap_the_year(month: int, day: int, holds: bool) -> None:
    book = a_book({"when": {"season": "11-15 04-15"}, "then": {"crew": "NEIGE"}})
    at = datetime(2026, month, day, 12, tzinfo=TORONTO)

    assert bool(routed(facts(at=at), book).outputs) is holds


def test_outside_office_hours_holidays_count() -> None:
    book = a_book(
        {"when": {"outside": "bureau"}, "then": {"crew": "GARDE"}}, calendars={"bureau": OFFICE}
    )

    saint_jean = datetime(2026, 6, 24, 10, tzinfo=TORONTO)
    the_day_after = datetime(2026, 6, 25, 10, tzinfo=TORONTO)

    assert routed(facts(at=saint_jean), book).outputs == {"crew": "GARDE"}
    assert routed(facts(at=the_day_after), book).outputs == {}


def test_every_mistake_of_a_book_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "regles.toml"
    path.write_text(
        """
        edition = "v1"
        zone = "Amérique/Toronto"
        [[rule]]
        name = "un"
        when = { servce = ["NID"], within = "nuit" }
        then = { priority = 7, fix_within = "bientôt" }
        """,
        encoding="utf-8",
    )

    with pytest.raises(ImportRefused) as refused:
        read_book(path)

    told = refused.value.told("fr")
    for name in ("rule 1 (un).when.servce", "priority", "fix_within", "nuit", "America/Toronto"):
        assert name in told


def test_a_zone_file_is_kept_within_the_book(tmp_path: Path) -> None:
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    feature = {"type": "Feature", "properties": {"NOM": "Hull"}, "geometry": shape}
    (tmp_path / "z.geojson").write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    (tmp_path / "r.toml").write_text(
        'edition = "v1"\nzones = { file = "z.geojson", name = "NOM" }\n'
        '[[rule]]\nname = "h"\nwhen = { zone_any = ["hull"] }\nthen = { crew = "N" }\n',
        encoding="utf-8",
    )

    _, document = read_book(tmp_path / "r.toml")

    again = book_from(json.loads(json.dumps(document)), title="published")
    assert routed(facts(longitude=-75.7, latitude=45.4), again).outputs == {"crew": "N"}


def test_rules_that_never_speak_and_unknown_names_are_found() -> None:
    book = a_book(
        {"name": "large", "when": {"service": ["NID", "LAMPE"]}, "then": {"priority": 2}},
        {"name": "étroite", "when": {"service": ["nid"]}, "then": {"priority": 1}},
        {"name": "ailleurs", "when": {"service": ["EGOUT"]}, "then": {"crew": "X"}},
    )
    known = {"service": frozenset({"nid", "lampe"}), "crew": frozenset({"N"})}

    found = {(each.code, each.rule, each.other) for each in remarks(book, known)}

    assert found == {
        ("shadowed", "étroite", "large"),
        ("unknown", "ailleurs", "service egout"),
        ("unknown", "ailleurs", "crew X"),
    }


CALENDAR = Calendar("bureau", ("mon", "tue", "wed", "thu", "fri"), time(8), time(16, 30), "QC")


@pytest.mark.parametrize(
    ("span", "begins", "due"),
    [
        ("4 h", "2026-05-01 15:00", "2026-05-01 19:00"),
        ("14 jours", "2026-05-01 15:00", "2026-05-15 15:00"),
        ("2 jours ouvrables", "2026-05-01 15:00", "2026-05-05 16:30"),
        ("2 working days", "2026-06-23 09:00", "2026-06-26 16:30"),
        ("3 heures ouvrables", "2026-05-01 15:00", "2026-05-04 09:30"),
        ("3 working hours", "2026-05-02 11:00", "2026-05-04 11:00"),
        ("24 h", "2026-03-07 12:00", "2026-03-08 13:00"),
    ],
)
def test_promises_count_working_time_or_hours_that_pass(span: str, begins: str, due: str) -> None:
    start = datetime.fromisoformat(begins).replace(tzinfo=TORONTO)
    told = span_of(span)
    assert told is not None

    found = due_at(start, told, CALENDAR, TORONTO).astimezone(TORONTO)

    assert f"{found:%Y-%m-%d %H:%M}" == due


@given(
    day=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    minute=st.integers(0, 24 * 60 - 1),
    count=st.integers(1, 15),
    unit=st.sampled_from(["working days", "working hours"]),
)
def test_a_promise_ends_while_somebody_works_and_after_it_began(
    day: date, minute: int, count: int, unit: str
) -> None:
    start = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=TORONTO)
    told = span_of(f"{count} {unit}")
    assert told is not None

    due = due_at(start, told, CALENDAR, TORONTO).astimezone(TORONTO)

    assert due > start.astimezone(TORONTO)
    assert CALENDAR.works_at(due - timedelta(minutes=1))


@pytest.mark.parametrize(
    "text", ["", "bientôt", "0 h", "-3 days", "4 moons", "367 days", "99999999999 weeks"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    assert span_of(text) is None
