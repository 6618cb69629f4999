"""What a citizen reads, and keeps, when the server, the form or the address is at fault."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from sync_server.intake import forms
from sync_server.public import reporting
from tests.intake.clients import Client, a_picture, a_request
from tests.intake.pages import Visitor, details, report


def flat(width: int, height: int) -> bytes:
    """A picture that is large only once it is opened."""
    out = BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


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


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ([b""], "Ce fichier n’est pas une image lisible"),
        ([a_picture(), a_picture()[:400]], "Photo 2 – Ce fichier n’est pas une image lisible"),
        ([b"\x00\x00\x00\x18ftypheic"], "Formats > Le plus compatible, puis reprenez-la."),
        ([flat(9_000, 9_000)], "(9000 × 9000, 40 000 000 px au plus)"),
    ],
    ids=["empty", "cut short", "of an iPhone", "too many pixels"],
)
def test_a_photo_that_cannot_be_kept_is_told_with_what_to_do(
    client: Client, contents: list[bytes], said: str
) -> None:
    files = [("photos", ("1.jpg", content, "image/jpeg")) for content in contents]

    visitor = details(client).fill("/send", files=files, description="Trou", q_profondeur="grand")

    assert visitor.page.status_code == 422
    assert said in visitor.text


def test_what_is_too_long_is_told_without_words_of_programs(client: Client) -> None:
    files = [("photos", ("", b"", "application/octet-stream"))]
    long = "x" * (forms.FIELD_BYTES_MAX + 1)

    visitor = details(client).fill("/send", files=files, description=long, q_profondeur="grand")

    assert visitor.page.status_code == 400
    assert "n’a pas pu être lu. Rien n’a été enregistré." in visitor.text
    assert "KB" not in visitor.text


def test_a_form_that_says_how_heavy_it_is_is_refused_before_it_is_read(client: Client) -> None:
    host = urlsplit(client.address)
    with socket.create_connection((host.hostname or "", host.port or 0), timeout=20) as line:
        line.sendall(
            b"POST /311/send?lang=fr HTTP/1.1\r\nHost: x\r\nContent-Length: 99000000\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        )
        told = line.makefile("rb").readline()

    assert b" 413 " in told
