"""The published rules at work: on new incidents, and again when something changes."""

import json
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

from sync_server.cli import register
from sync_server.routing.editions import publish
from tests.intake.town import ISABELLE, POTHOLE, a_report, taken
from tests.sync.rig import Server, edit, group

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULES = """
edition = "2026-12"

[calendars.bureau]
days = ["mon", "tue", "wed", "thu", "fri"]
holidays = "QC"

[[rule]]
name = "Mots de danger"
when = { text_any = ["danger", "accident"] }
then = { priority = 1, fix_within = "4 h" }

[[rule]]
name = "Souvent signalé"
when = { reports_min = 2 }
then = { priority = 2 }

[[rule]]
name = "Nids-de-poule"
when = { service = ["NID"] }
then.crew = "VN"
then.priority = 3
then.acknowledge_within = "2 jours ouvrables"
then.fix_within = "14 jours"
then.calendar = "bureau"
"""


def run(server: Server, tmp_path: Path, *arguments: str, rules: str = RULES) -> Result:
    file = tmp_path / "regles.toml"
    file.write_text(rules, encoding="utf-8")
    app = typer.Typer()
    register(app)
    url = server.database.engine.url.render_as_string(hide_password=False)
    words = [str(file) if each == "FILE" else each for each in arguments]
    return CliRunner().invoke(app, ["routing", *words, "--database", url, "--lang", "fr"])


def published(server: Server) -> Server:
    with server.database.writing() as session:
        publish(session, tomllib.loads(RULES), id="book", person_id=ISABELLE, now=NOW)
    return server


def rule_of(incident: dict[str, Any], output: str) -> str:
    return str(incident["route"]["because"][output]["rule"])


def test_an_incident_gets_its_crew_its_promises_and_why(either: Server, tmp_path: Path) -> None:
    said = run(either, tmp_path, "publish", "FILE", "--by", "Isabelle Nguyen")

    incident = taken(either, a_report())

    assert said.exit_code == 0, said.output
    assert (incident["priority"], incident["crew_id"] is not None) == (3, True)
    assert incident["acknowledge_by"] == "2026-11-25T21:30:00.000Z"
    assert incident["fix_by"] == "2026-12-07T07:30:00.000Z"
    assert incident["promise_reason"] == "14 jours (Nids-de-poule)"
    assert rule_of(incident, "crew") == "Nids-de-poule"


def test_danger_words_make_it_urgent_and_the_crew_stays(desk: Server) -> None:
    report = a_report(description="Trou dangereux, presque un accident")

    incident = taken(published(desk), report)

    assert incident["priority"] == 1
    assert rule_of(incident, "priority") == "Mots de danger"
    assert rule_of(incident, "crew") == "Nids-de-poule"


def test_a_second_report_routes_it_again(desk: Server) -> None:
    first = taken(published(desk), a_report())
    desk.write(a_report())

    again = desk.row("incident", first["id"]) or {}

    assert (first["priority"], again["priority"]) == (3, 2)
    assert rule_of(again, "priority") == "Souvent signalé"


def test_danger_in_a_later_report_makes_it_urgent_too(desk: Server) -> None:
    first = taken(published(desk), a_report())

    desk.write(a_report(description="Toujours là. DANGER!"))

    again = desk.row("incident", first["id"]) or {}
    assert (first["priority"], again["priority"]) == (3, 1)
    assert rule_of(again, "priority") == "Mots de danger"


def test_what_the_first_report_said_holds_when_another_comes(desk: Server) -> None:
    of_the_first = {"name": "un", "when": {"source": ["phone"]}, "then": {"priority": 1}}
    rules = [of_the_first, {"name": "tout", "then": {"priority": 4}}]
    with desk.database.writing() as session:
        publish(session, {"edition": "v1", "rule": rules}, id="b", person_id=None, now=NOW)
    first = taken(desk, a_report(source="phone"))

    desk.write(a_report(source="web"))

    again = desk.row("incident", first["id"]) or {}
    assert (again["reports_count"], again["priority"]) == (2, 1)
    assert rule_of(again, "priority") == "un"


def test_what_an_edition_no_longer_gives_a_later_one_may_set(desk: Server) -> None:
    first = taken(published(desk), a_report())

    for n, then in enumerate(({"crew": "VN"}, {"priority": 4}), 1):
        rules = [{"name": f"édition {n}", "then": then}]
        with desk.database.writing() as session:
            document = {"edition": f"v{n}", "rule": rules}
            later = NOW + timedelta(days=n)
            publish(session, document, id=f"b{n}", person_id=None, now=later)
        desk.write(a_report())

    again = desk.row("incident", first["id"]) or {}
    assert (again["priority"], again["crew_id"]) == (4, first["crew_id"])
    assert rule_of(again, "crew") == "édition 1"


def test_what_a_person_set_no_rule_undoes(desk: Server) -> None:
    first = taken(published(desk), a_report())
    by_hand = edit("incident", first["id"], {"priority": 3}, priority=4)
    desk.push(group(by_hand, person=ISABELLE), device="OFFICE")

    desk.write(a_report())

    assert (desk.row("incident", first["id"]) or {})["priority"] == 4


def test_a_draft_is_replayed_on_what_is_past_and_writes_nothing(
    either: Server, tmp_path: Path
) -> None:
    first = taken(published(either), a_report(POTHOLE))
    draft = RULES.replace("14 jours", "10 jours").replace("2026-12", "2027-01")

    result = run(either, tmp_path, "replay", "FILE", "--since", "2026-11-01", "--json", rules=draft)

    assert result.exit_code == 0, result.output
    (turn,) = [json.loads(line) for line in result.output.splitlines()]
    assert (turn["output"], turn["before"], turn["after"]) == ("fix_within", "14 jours", "10 jours")
    assert (either.row("incident", first["id"]) or {})["fix_by"] == first["fix_by"]


def test_rules_with_a_name_nobody_has_are_not_published(either: Server, tmp_path: Path) -> None:
    wrong = RULES.replace('"VN"', '"LUNE"')

    refused = run(either, tmp_path, "publish", "FILE", "--by", "Isabelle Nguyen", rules=wrong)
    shown = run(either, tmp_path, "show")

    assert refused.exit_code == 2
    assert "crew LUNE" in refused.output
    assert "Aucune règle" in shown.output
