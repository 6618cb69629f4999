"""The queue of readings, and what people decide of them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.meters import Meter, MeterReading
from sync_server.cli import readings, readings_review, register
from sync_server.tables import JournalEntry
from tests.server.garage import fill_garage
from tests.server.test_readings_import import NOW, sheet
from tests.server.test_readings_import import run as bring
from tests.sync.rig import Server, insert

MANAGER = {"name": "Réjeanne Côté", "role": "fleet_manager"}


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """Truck 201 was read at 12,000 and then, twice, far below; a third reading is sound."""
    monkeypatch.chdir(tmp_path)
    for module in (readings, readings_review):
        monkeypatch.setattr(module, "clock", lambda: NOW)
    fill_garage(served)
    served.write(insert("person", "boss", **MANAGER),
                 insert("person", "crew", name="Luc Roy", role="crew_member"))  # fmt: skip
    served.set("meter", "km 201", daily_max=1_500.0)
    bring(served, sheet("201;2026-11-10;12000;", "201;2026-11-12;40;", "201;2026-11-14;160;"))
    return served


def run(garage: Server, command: str, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(
        app, ["readings", command, *arguments, "--database", url, "--lang", "fr"]
    )


def queue(garage: Server) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(garage, "queue", "--json").stdout.splitlines()]


def ids(garage: Server) -> list[str]:
    return [line["id"] for line in queue(garage)]


def review(garage: Server, *arguments: str, by: str = "réjeanne  côté") -> Result:
    return run(garage, "review", *arguments, "--by", by)


def meters(garage: Server) -> dict[str, Meter]:
    return {each.id: each for each in garage.rows(Meter) if each.asset_id == "201"}


def test_the_queue_says_why_and_what_was_read_around_it(garage: Server) -> None:
    result = run(garage, "queue")

    first = result.stdout.splitlines()[0]
    assert result.exit_code == 1
    assert "201      odomètre (km) 40 (2026-11-12 12:00)  Le compteur aurait reculé" in first
    assert "[avant 12\u00a0000 (2026-11-10 12:00)]" in first
    assert [(line["value"], line["code"]) for line in queue(garage)] == [
        (40, "reading_falls"), (160, "reading_falls"),
    ]  # fmt: skip


def test_a_reading_that_is_accepted_stands_and_its_history_says_who(garage: Server) -> None:
    first, _ = ids(garage)

    assert review(garage, first[:8], "--accept").exit_code == 0

    assert meters(garage)["km 201"].total == 160, "what came after it can be, now"
    assert queue(garage) == []
    with garage.database.reading() as session:
        entries = session.query(JournalEntry).filter_by(row=first, op="edit").all()
    assert [(entry.person_id, entry.after["review"]) for entry in entries] == [("boss", "accepted")]


def test_several_are_discarded_at_once(garage: Server) -> None:
    result = review(garage, *ids(garage), "--discard", "--json")

    assert json.loads(result.stdout.splitlines()[-1]) == {"decided": 2, "left": 0}
    assert meters(garage)["km 201"].total == 12_000
    assert run(garage, "queue").stdout == "Aucun relevé à examiner.\n"


def test_a_corrected_value_is_a_reading_beside_the_one_that_was_read(garage: Server) -> None:
    first, second = ids(garage)

    result = review(garage, first, "--correct", "12400")

    assert "corrigé à 12\u00a0400" in result.stdout
    assert meters(garage)["km 201"].total == 12_400
    kept = {each.id: each for each in garage.rows(MeterReading)}
    assert (kept[first].value, kept[first].review) == (40, "rejected")
    (beside,) = [each for each in kept.values() if each.value == 12_400]
    assert (beside.taken_at, beside.person_id, beside.source) == (
        kept[first].taken_at, "boss", "person",
    )  # fmt: skip
    assert ids(garage) == [second]


def test_a_correction_that_cannot_be_either_is_told(garage: Server) -> None:
    first, _ = ids(garage)

    result = review(garage, first, "--correct", "11999")

    assert result.exit_code == 2
    assert "est impossible aussi" in result.stderr
    assert len(queue(garage)) == 2


def test_a_replaced_meter_takes_the_queue_along_and_the_total_goes_on(garage: Server) -> None:
    first, _ = ids(garage)

    result = review(garage, first, "--replaced")

    assert "le total continue" in result.stdout
    old, new = meters(garage)["km 201"], next(m for m in meters(garage).values() if m.replaces_id)
    assert old.removed_at == new.installed_at == datetime(2026, 11, 10, 17, tzinfo=UTC)
    assert (new.offset, new.total, new.daily_max) == (12_000, 12_160, 1_500)
    assert queue(garage) == []


def test_after_that_the_same_file_brings_nothing_and_the_next_is_of_the_new_meter(
    garage: Server,
) -> None:
    review(garage, ids(garage)[0], "--replaced", "--since", "2026-11-11", "--starts-at", "10")

    bring(garage, sheet("201;2026-11-10;12000;", "201;2026-11-12;40;", "201;2026-11-14;160;"))
    bring(garage, sheet("201;2026-11-16;210;", name="suite.csv"))

    assert max(each.total or 0 for each in meters(garage).values()) == 12_200
    assert len(garage.rows(MeterReading)) == 3 + 2 + 1
    assert queue(garage) == []


@pytest.mark.parametrize(
    ("arguments", "by", "why"),
    [
        (["--accept"], "Luc Roy", "ne permet pas"),
        (["--accept"], "Personne", "n’est pas connue ici"),
        (["--accept", "--discard"], "boss", "un seul"),
        ([], "boss", "un seul"),
        (["--replaced", "--since", "2026-11-13"], "boss", "n’était pas sur l’unité"),
    ],
)
def test_what_cannot_be_decided_says_why_and_nothing_is_written(
    garage: Server, arguments: list[str], by: str, why: str
) -> None:
    result = review(garage, ids(garage)[0], *arguments, by=by)

    assert result.exit_code == 2
    assert why in result.stderr
    assert len(queue(garage)) == 2


def test_an_id_that_is_none_is_told(garage: Server) -> None:
    assert "ne commence par «\u00a0zzz\u00a0»" in review(garage, "zzz", "--accept").stderr


def test_what_is_discarded_is_not_corrected_twice(garage: Server) -> None:
    first, _ = ids(garage)
    review(garage, first, "--correct", "12400")

    result = review(garage, first, "--correct", "12400")

    assert result.exit_code == 2
    assert "déjà écarté" in result.stderr
