"""The town's own decisions make weights, and the weights hold for the next report."""

from pathlib import Path

import typer
from typer.testing import CliRunner, Result

from asset_model.grouping.town import town_weights
from asset_model.grouping.weights import first_edition
from sync_server.cli import register
from sync_server.grouping.town_decisions import town_decisions
from tests.intake.test_decided_by_people import by, decision
from tests.intake.test_twins import near
from tests.intake.town import ISABELLE, a_report, incident_of, taken
from tests.sync.rig import Server, edit


def learn(server: Server, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    url = server.database.engine.url.render_as_string(hide_password=False)
    words = ["reports", "learn", "--from-town", *arguments, "--database", url, "--lang", "fr"]
    return CliRunner().invoke(app, words)


def decided(server: Server) -> None:
    """A person joins one doubtful report to the first, and tells another one apart."""
    first = a_report()
    kept = taken(server, first)["id"]
    for metres, verdict in ((42, "same"), (48, "other"), (44, "same")):
        doubtful = near(metres, description="Fissure dans l’asphalte")
        own = taken(server, doubtful)["id"]
        if verdict == "same" and own != kept:
            moved = edit("report", doubtful.row, {"incident_id": own}, incident_id=kept,
                         attached_by=ISABELLE)  # fmt: skip
            by(server, moved)
        by(server, decision(doubtful.row, kept, verdict))


def test_what_people_said_is_read_and_unanswered_doubts_are_left_aside(desk: Server) -> None:
    decided(desk)

    with desk.database.reading() as session:
        found = town_decisions(session)

    assert len(found.sightings) == 4
    assert len(set(found.groups.values())) <= len(found.groups)
    assert all(len(pair) == 2 for pair in found.answered)
    assert len(found.answered) >= 3


def test_weights_learned_here_are_published_and_hold(either: Server, tmp_path: Path) -> None:
    assert "Personne ici n’a encore joint" in learn(either, "--edition", "x", "--out", "x").output
    decided(either)
    out = tmp_path / "poids.json"

    result = learn(
        either, "--edition", "vdp-1", "--out", str(out), "--publish-as", "Isabelle Nguyen"
    )

    assert result.exit_code == 0, result.output
    assert "s’appliquent ici désormais" in result.output
    assert '"edition": "vdp-1"' in out.read_text()
    with either.database.reading() as session:
        weights = town_weights(session)
    assert weights.edition == "vdp-1"
    assert weights.of != first_edition().of
    assert incident_of(either, taken_again(either))["reports_count"] >= 1


def taken_again(server: Server) -> str:
    report = near(3)
    server.write(report)
    return report.row


def test_one_says_from_what_to_learn(desk: Server) -> None:
    app = typer.Typer()
    register(app)

    neither = CliRunner().invoke(app, ["reports", "learn", "--edition", "x", "--out", "y"])

    assert neither.exit_code == 2
