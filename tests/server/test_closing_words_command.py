"""`voirie closing-words`: the town's sentences for citizens, checked before any is offered."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest
import typer
from typer.testing import CliRunner

from asset_model.catalogue import Service
from asset_model.database import open_database
from asset_model.people import Person
from sync_server import desk
from sync_server.cli import register
from sync_server.schema import migrate

Voirie = Callable[..., str]
GOOD = """
[[sentence]]
code = "paved"
fr = "Le pavage est refait."
en = "The paving is done."
services = ["NID"]
jobs = ["nid-de-poule"]

[[sentence]]
code = "done"
fr = "C’est fait."
en = "It is done."
"""


@pytest.fixture(scope="module")
def voirie(tmp_path_factory: pytest.TempPathFactory) -> Voirie:
    folder = tmp_path_factory.mktemp("town")
    app = typer.Typer()
    register(app)

    def run(*words: str, file: str = "", code: int = 0) -> str:
        (folder / "phrases.toml").write_text(file, encoding="utf-8")
        named = [str(folder / "phrases.toml") if word == "FILE" else word for word in words]
        result = CliRunner().invoke(app, ["closing-words", *named, "--data", str(folder)])
        assert result.exit_code == code, result.output
        return result.output

    ids = count()
    people = [
        Person(id=role, name=role, role=role, active=True, skills=[])
        for role in ("administrator", "director")
    ]
    hole = Service(
        id="hole", code="NID", name_fr="Nid-de-poule", name_en="Pothole", group_fr="", group_en="",
        questions=[], asset_classes=[], priority=3, orders_at_once=False, reopens_within_days=30,
        active=True,
    )  # fmt: skip
    database = open_database(f"sqlite:///{folder / 'server.sqlite'}")
    migrate(database)
    with database.writing() as session:
        new = [desk.inserted(row, new_id=lambda: f"c{next(ids)}") for row in (hole, *people)]
        now = datetime(2026, 11, 23, tzinfo=UTC)
        desk.write(session, new, now=now, new_id=lambda: f"g{next(ids)}")
    database.close()
    return run


def test_the_product_s_own_are_offered_until_the_town_publishes_some(voirie: Voirie) -> None:
    ours = voirie("export")
    assert 'code = "lasting"' in ours

    assert "2 sentences" in voirie("publish", "FILE", "--by", "administrator", file=GOOD)

    assert voirie("export").strip() == GOOD.strip()
    assert voirie("export", "--ours") == ours
    assert "4 phrases" in voirie("publish", "FILE", "--by", "administrator", "--lang", "fr",
                                 file=ours)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[[sentence]]", "[sentence]", "TOML"),
        (GOOD, "", "there is no [[sentence]]"),
        (GOOD, "sentence = 3", "there is no [[sentence]]"),
        ("jobs =", "job =", "sentence 1, job: means nothing here"),
        ('en = "It is done."', "", "sentence 2, en: must be a text"),
        ('"It is done."', "3", "sentence 2, en: must be a text"),
        ('"done"', '"paved"', "sentence 2, code: “paved” is in a sentence before"),
        ('"It is done."', f'"{"It is. " * 30}"', "sentence 2, en: is 210 characters"),
        ('["NID"]', '"NID"', "sentence 1, services: must be a list of codes"),
        ('["NID"]', '["NIDS"]', "the town has no “NIDS”; “NID” is meant?"),
        (
            GOOD,
            "".join(f"[[sentence]]\ncode = '{n}'\nfr = 'F{n}'\nen = 'E{n}'\n" for n in range(7)),
            "NID: 7 sentences would be offered",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_sentence_and_field(
    voirie: Voirie, before: str, after: str, told: str
) -> None:
    assert told in voirie("lint", "FILE", file=GOOD.replace(before, after, 1), code=2)


def test_a_file_with_faults_is_not_published_and_not_by_anybody(voirie: Voirie) -> None:
    bad = GOOD.replace('"NID"', '"TROU"')

    assert "n’a pas de" in voirie("publish", "FILE", "--by", "administrator", "--lang", "fr",
                                  file=bad, code=2)  # fmt: skip
    assert "may not" in voirie("publish", "FILE", "--by", "director", file=GOOD, code=2)
