"""Who a citizen is, no tablet is sent, no log tells, and no answer of Open311."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import text

from asset_model.incidents import Incident, Report
from asset_model.work_orders import WorkOrder
from sync_server.scope import OFFICE
from tests.intake.clients import Client
from tests.intake.town import an_order
from tests.privacy.a_citizen import TRACES, by_open311, by_the_page, traces
from tests.sync import rig
from tests.sync.town import NORTH


def found(content: str) -> list[str]:
    return [trace for trace in TRACES if trace in content.lower()]


def test_a_crew_is_sent_the_problem_and_nothing_of_whoever_reported_it(
    client: Client, tmp_path: Path
) -> None:
    by_open311(client)
    by_the_page(client)
    for incident in client.server.rows(Incident):
        client.server.write(an_order(incident.id, "dispatched", crew_id=NORTH))

    crew = rig.a_tablet(client.server, tmp_path / "crew")

    words = {order.description for order in crew.all(WorkOrder) if order.incident_id}
    assert words == {"Gros trou. […] […], […], […]."}
    assert traces(crew.database) == []


def test_no_replica_has_the_table_of_contacts(client: Client, tmp_path: Path) -> None:
    """The office's own has reports with the words that were typed, and no column of who sent it."""
    by_open311(client, words="Gros trou.")

    office = rig.a_tablet(client.server, tmp_path / "office", "OFFICE")

    assert [report.description for report in office.all(Report)] == ["Gros trou."]
    assert traces(office.database) == []
    assert [row.buckets for row in client.server.rows(Report)] == [OFFICE]


def test_a_failure_tells_the_log_neither_who_it_was_nor_their_key(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with client.server.database.writing() as session:
        session.execute(text("DROP TABLE report_contact"))

    by_open311(client, status=500)
    by_the_page(client, status=503)  # Who wrote it gets their own words back, to send again.

    assert "report_contact" in caplog.text
    assert found(caplog.text) == []
    assert client.key not in caplog.text


def test_open311_tells_nobody_who_it_was(client: Client) -> None:
    number = by_open311(client)

    for form in ("json", "xml"):
        anybody = client.get(f"/requests/{number}.{form}", extensions="true").text
        mine = client.get(f"/requests/{number}.{form}", words="1", api_key=client.key).text
        assert found(anybody) == []
        assert "email" not in mine
