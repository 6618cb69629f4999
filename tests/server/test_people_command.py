"""`voirie people`: who works here, and what each is trained for."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from asset_model.database import open_database
from asset_model.people import Person
from sync_server import desk
from sync_server.cli import register

Voirie = Callable[..., str]
EMILY = "Emily Stewart"


@pytest.fixture
def voirie(tmp_path: Path) -> Voirie:
    app = typer.Typer()
    register(app)

    data = ["--data", str(tmp_path)]

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["people", *words, *data])
        assert result.exit_code == code, result.output
        return result.output

    CliRunner().invoke(app, ["migrate", *data])
    ids = count()
    emily = Person(id="emily", name=EMILY, role="crew_member", active=True, skills=[])
    database = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}")
    with database.writing() as session:
        new = desk.inserted(emily, new_id=lambda: f"c{next(ids)}")
        now = datetime(2026, 11, 23, tzinfo=UTC)
        desk.write(session, [new], now=now, new_id=lambda: f"g{next(ids)}")
    database.close()
    return run


def test_what_somebody_is_trained_for_is_said_and_taken_back(voirie: Voirie) -> None:
    assert voirie("skills", EMILY, "sewer", "water") == f"{EMILY}: water, sewer\n"
    assert voirie("skills", EMILY, "sewer", "water") == f"{EMILY}: water, sewer\n"
    assert "water, sewer" in voirie("list")
    assert voirie("skills", EMILY) == f"{EMILY}: nothing\n"

    assert "water" not in voirie("list")


def test_nobody_of_that_name_and_no_such_skill_are_refused(voirie: Voirie) -> None:
    assert "0 people are called 'Emile'" in voirie("skills", "Emile", "water", code=2)
    voirie("skills", EMILY, "magic", code=2)
