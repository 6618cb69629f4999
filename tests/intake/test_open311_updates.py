"""Updates both ways, and a client that is not ours."""

import itertools
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter

import typer
from typer.testing import CliRunner

from asset_model.database import open_database
from asset_model.incidents import IncidentUpdate, Report
from sync_server.cli.open311_key import open311_key
from sync_server.schema import migrate
from tests.intake.clients import Client, a_picture, element
from tests.sync.rig import edit

PATH = "/servicerequestupdates.json"


def an_update(client: Client, number: str, **said: Any) -> Any:
    whole = {
        "api_key": client.key,
        "update_id": "U-1",
        "service_request_id": number,
        "status": "OPEN",
        "description": "Toujours là.",
        "updated_datetime": "2026-11-23T08:00:00Z",
    }
    data = {name: value for name, value in {**whole, **said}.items() if value is not None}
    return client.post(PATH, data=data)


def settle(client: Client) -> None:
    (report,) = client.server.rows(Report)
    client.server.write(
        edit(
            "incident", report.incident_id, {"status": "received"}, status="resolved",
            answer_fr="Bouché.", answer_en="Filled.",
        )
    )  # fmt: skip


def test_each_move_is_told_to_each_request(over_either: Client) -> None:
    number = over_either.send()
    over_either.server.clock.forward(hours=1)
    settle(over_either)

    told = over_either.read(PATH)

    assert [(u["status"], u["description"]) for u in told] == [
        ("OPEN", "Votre signalement est reçu. Nous allons le vérifier."),
        ("FIXED", "Bouché."),
    ]
    assert {u["service_request_id"] for u in told} == {number}
    assert len({u["update_id"] for u in told}) == 2
    in_xml = element(over_either.get("/servicerequestupdates.xml", locale="en"))
    assert in_xml.tag == "service_request_updates"
    assert [u.findtext("description") for u in in_xml.findall("request_update")][1] == "Filled."


def test_an_update_is_kept_once_by_its_id(client: Client) -> None:
    number = client.send()

    first, again = an_update(client, number), an_update(client, number, description="Autre")

    assert first.json() == again.json()
    (kept,) = [u for u in client.server.rows(IncidentUpdate) if u.external_id]
    assert (kept.kind, kept.words_fr) == ("comment", "[OPEN] Toujours là.")
    assert an_update(client, number, update_id="U-2").json() != first.json()


def test_open_of_what_was_closed_reaches_a_foreman_and_fixed_closes_nothing(client: Client) -> None:
    number = client.send()
    an_update(client, number, update_id="U-0", status="FIXED")
    assert client.read(f"/requests/{number}.json")[0]["status"] == "open"
    settle(client)

    an_update(client, number)

    (told,) = client.read(f"/requests/{number}.json", extensions="true")
    assert (told["status"], told["extended_attributes"]["detailed_status"]) == ("open", "OPEN")
    (report,) = client.server.rows(Report)
    assert (client.server.row("incident", report.incident_id) or {})["status"] == "reopened"


def test_what_is_wrong_with_an_update(client: Client) -> None:
    number = client.send()

    def codes(**said: Any) -> list[int]:
        return [error["code"] for error in an_update(client, number, **said).json()]

    assert codes(api_key="x") == [403]
    assert codes(service_request_id="REQ-1") == [404]
    assert codes(update_id=None, status="HAPPY", updated_datetime="hier") == [400] * 3


def test_a_client_that_is_not_ours_reads_and_sends(client: Client) -> None:
    itertools.ifilter = filter  # type: ignore[attr-defined]  # of Python 2, as it still expects
    with catch_warnings():
        simplefilter("ignore")
        from three import Three

    city = Three(client.root, api_key=client.key)
    city.session.trust_env = False

    assert [s["service_code"] for s in city.services()] == ["FUITE", "LAMPE.É 1", "NID"]
    assert city.services("NID")["attributes"][0]["code"] == "profondeur"
    (sent,) = city.post(
        "FUITE", lat=45.4001, long=-75.695, description="Eau dans la rue", name="Luc Roy",
        media=BytesIO(a_picture()),
    )  # fmt: skip
    (told,) = city.request(sent["service_request_id"])
    assert (told["service_code"], told["status"]) == ("FUITE", "open")
    assert city.requests("FUITE") == [told]
    assert city.token(sent["service_request_id"])[0] == {
        "service_request_id": sent["service_request_id"],
        "token": sent["service_request_id"],
    }
    assert len(city.discovery()["endpoints"]) == 2


def test_a_key_is_made_listed_and_ended_by_command(sqlite_url: str) -> None:
    app = typer.Typer()
    app.command()(open311_key)
    migrated = open_database(sqlite_url)
    migrate(migrated)
    migrated.close()

    def run(*words: str) -> tuple[int, str]:
        told = CliRunner().invoke(app, [*words, "--database", sqlite_url])
        return told.exit_code, told.stdout.strip()

    code, secret = run("APP", "--days", "3")

    assert (code, len(secret) > 40) == (0, True)
    assert run()[1].startswith("APP ")
    assert secret not in run()[1]
    assert run("APP", "--end") == (0, "The key APP has ended.")
    assert run("APP", "--end")[0] == 2
