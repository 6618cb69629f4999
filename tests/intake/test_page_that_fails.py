"""What a citizen reads, and keeps, when the server, the form or the address is at fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sync_server.public import reporting
from tests.intake.clients import Client, a_request
from tests.intake.pages import Visitor, details, report


@contextmanager
def a_disk_that_takes_nothing(client: Client) -> Iterator[None]:
    def only_read(yes: str) -> None:
        with client.server.database.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA query_only={yes}")

    only_read("ON")
    try:
        yield
    finally:
        only_read("OFF")


def test_a_full_disk_is_told_in_the_citizen_s_words_and_what_was_typed_stays(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    health, typed = f"{client.address}/health", {"q_profondeur": "grand", "name": "Luc Roy"}
    visitor = details(client)
    with a_disk_that_takes_nothing(client):
        visitor.fill("/send", description="Un gros trou.", **typed)
        page, followed = visitor.page, client.http.post(f"{client.address}/311/x/not-fixed",
            data={"words": "Encore là"}, headers={"Accept-Language": "en"}, timeout=20)  # fmt: skip
        by_program = client.post(data=a_request(api_key=client.key))
        ill = client.http.get(health, timeout=20).json()

    assert page.status_code == 503
    assert "Rien n’a été enregistré" in page.text
    assert ">Un gros trou.</textarea>" in page.text
    assert (followed.status_code, "Nothing was recorded" in followed.text) == (503, True)
    assert 'name="words" value="Encore là"' in followed.text
    assert (by_program.status_code, by_program.json()[0]["code"]) == (503, 503)
    assert (ill["ok"], ill["trouble"]) == (False, "unwritable")
    assert "POST /311/{secret}/not-fixed failed" in caplog.text
    assert not any(word in caplog.text for word in ("Luc Roy", "Encore là", "gros trou"))
    visitor.fill("/send", description="Un gros trou.", **typed)
    assert "Merci. C’est reçu." in visitor.text
    assert client.http.get(health, timeout=20).json()["ok"] is True


def test_what_nobody_foresaw_is_a_page_of_the_town_s(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise LookupError("Luc Roy")

    monkeypatch.setattr(reporting, "nearby", broken)

    page = Visitor(client, "en").open("/where", service="NID", lat=45.4001, long=-75.695).page

    assert (page.status_code, page.headers["cache-control"]) == (500, "no-store")
    assert "This is a fault of ours." in page.text


def test_the_other_language_keeps_what_was_typed(client: Client) -> None:
    visitor = details(client)
    visitor.fill("/send", description="Un trou", name="Luc", q_profondeur="grand", email="luc")
    form = {**visitor.hidden("/send"), "description": "Un trou", "name": "Luc", "photos": "1.jpg",
            "q_profondeur": "grand", "tongue": "en"}  # fmt: skip

    page = client.http.post(f"{client.address}/311/details", data=form, timeout=20).text

    for kept in (">Un trou</textarea>", 'value="Luc"', "checked> <span>5 cm or more"):
        assert kept in page
    assert "Choose your photos again" in page
    assert 'name="lang" value="en"' in page


def test_a_form_that_comes_back_counts_little_and_one_sent_too_often_keeps_its_words(
    client: Client,
) -> None:
    refused = [report(client, "", name="Luc").page.status_code for _ in range(7)]
    taken = [report(client, f"Trou {n}").page.status_code for n in range(6)]
    stopped = report(client, "Le septième.")

    assert (refused, taken) == ([422] * 7, [200] * 6)
    assert stopped.page.status_code == 429
    assert int(stopped.page.headers["retry-after"]) > 0
    assert "Trop d’essais." in stopped.text
    assert ">Le septième.</textarea>" in stopped.page.text


def test_a_service_that_is_none_leads_back_to_the_list(client: Client) -> None:
    visitor = Visitor(client).open("/where", service="NIMPORTE")

    assert visitor.page.status_code == 404
    assert "Ce genre de problème ne se signale pas ici. Choisissez dans la liste" in visitor.text
