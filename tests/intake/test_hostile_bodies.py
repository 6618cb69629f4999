"""Bodies that are meant to hurt: too large, packed too well, cut short, or never ending."""

import io
import json
import socket
import zlib
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from asset_model.incidents import Report
from sync_server.http import bodies
from sync_server.intake import forms, pictures
from sync_server.public.doors import FILES_READ_MAX
from tests.intake.clients import Client, a_picture, a_request
from tests.intake.pages import details
from tests.sync import town as places

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def token(client: Client) -> str:
    return places.add_tablet(client.server.database, "T9", places.NORTH)[1]


def png(width: int, height: int) -> bytes:
    """A picture that is large only once it is opened."""
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def many_files(count: int) -> bytes:
    part = b'--x\r\nContent-Disposition: form-data; name="p"; filename="1.jpg"\r\n\r\n1\r\n'
    return part * count + b"--x--\r\n"


hurtful = pytest.mark.parametrize(
    ("content", "status"),
    [
        (png(9_000, 9_000), 413),
        (b"\xff\xd8\xff" + b"\x00" * (pictures.BYTES_MAX + 1), 413),
        (a_picture()[:400], 415),
        (b"%PDF-1.7", 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415),
        (b"\x00" * 64, 415),
    ],
    ids=["bomb", "oversized", "cut short", "pdf", "svg", "zeros"],
)


@hurtful
def test_a_picture_that_would_hurt_is_refused_and_nothing_is_kept(
    client: Client, content: bytes, status: int
) -> None:
    answer = client.post(
        data=a_request(api_key=client.key), files={"photo1": ("1.jpg", content, "image/jpeg")}
    )

    assert (answer.status_code, answer.json()[0]["code"]) == (status, status)
    assert client.server.rows(Report) == []


@hurtful
def test_the_page_takes_no_picture_that_would_hurt_and_keeps_the_words(
    client: Client, content: bytes, status: int
) -> None:
    files = [("photos", ("1.jpg", content, "image/jpeg"))]

    visitor = details(client).fill("/send", files=files, description="Trou", q_profondeur="grand")

    assert visitor.page.status_code == 422
    assert ">Trou</textarea>" in visitor.page.text
    assert client.server.rows(Report) == []


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data; boundary=x", b"--y\r\n\r\n", 400),
        ("text/plain; charset=utf-16", "é".encode("utf-16"), 400),
        (FORM["Content-Type"], b"service=NID&lat=%00", 400),
        (FORM["Content-Type"], b"description=" + b"x" * (4 * forms.FIELD_BYTES_MAX), 413),
        (FORM["Content-Type"], b"&".join([b"x=1"] * (forms.FIELDS_MAX + 1)), 400),
        ("multipart/form-data; boundary=x", many_files(FILES_READ_MAX + 1), 400),
    ],
    ids=["no part", "utf-16", "NUL", "oversized", "many fields", "many files"],
)
def test_the_page_tells_of_a_form_that_is_none(
    client: Client, kind: str, body: bytes, status: int
) -> None:
    told = client.http.post(
        f"{client.address}/311/send", data=body, headers={"Content-Type": kind}, timeout=20
    )

    assert (told.status_code, told.headers["Content-Type"]) == (status, "text/html; charset=utf-8")


def test_a_form_that_goes_on_is_cut_off_wherever_it_is_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "BYTES_MAX", 100_000)
    files = {f"photo{n}": (f"{n}.jpg", b"\x00" * 60_000, "image/jpeg") for n in range(2)}

    by_program = client.post(data=a_request(api_key=client.key), files=files)
    by_page = client.http.post(f"{client.address}/311/send", files=files, timeout=20)

    assert (by_program.status_code, by_program.json()[0]["code"]) == (413, 413)
    assert by_page.status_code == 413


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data", b"--x", 400),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\n", 400),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n", 400),
        ("application/json", b"{}", 403),
        ("text/plain; charset=utf-16", "é".encode("utf-16"), 400),
        (FORM["Content-Type"], b"lat=\xff\xfe&long=%D8%00", 400),
        (FORM["Content-Type"], b"description=%ED%A0%80", 403),
    ],
)
def test_a_form_that_is_none_is_told(client: Client, kind: str, body: bytes, status: int) -> None:
    answer = client.post(data=body, headers={"Content-Type": kind})

    assert answer.status_code == status, answer.text
    assert answer.json()[0]["code"] == status


def packed(size: int) -> bytes:
    return zlib.compress(b" " * size)


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ({"Content-Encoding": "deflate"}, packed(64 * 1024 * 1024), "change_oversized"),
        ({"Content-Encoding": "gzip"}, b"\x1f\x8b", "message_garbled"),
        ({"Content-Encoding": "deflate"}, packed(1_000)[:-4], "message_garbled"),
        ({}, b"[" * 100_000, "malformed_request"),
        ({}, b"\xff\xfe{}", "message_garbled"),
        ({}, b'{"schema": 1e400}', "malformed_request"),
        ({}, b'{"schema": ' + b"9" * 5_000 + b"}", "message_garbled"),
        ({}, b'{"schema": 1, "schema": "x"}', "malformed_request"),
        ({}, b'"\\ud800"', "malformed_request"),
        ({}, b" " * (bodies.BYTES_MAX + 1), "change_oversized"),
    ],
    ids=["bomb", "gzip", "cut short", "deep", "utf-16", "infinite", "long number", "twice",
         "surrogate", "oversized"],
)  # fmt: skip
def test_a_message_that_would_hurt_is_refused(
    client: Client, token: str, headers: dict[str, str], body: bytes, code: str
) -> None:
    """The agent's screen speaks to `/decisions`."""
    for path in ("/sync/v1/push", "/sync/v1/pull", "/api/enrol", "/decisions/report-take"):
        if path != "/sync/v1/push" and code == "malformed_request" and body != b"[" * 100_000:
            continue  # What else is wrong with it is another matter there.
        answer = client.http.post(
            f"{client.address}{path}",
            data=body,
            headers={"Authorization": f"Bearer {token}", **headers},
            timeout=20,
        )

        assert answer.json()["error"]["code"] == code, (path, answer.text)
        assert answer.status_code in (400, 413)


def test_a_change_with_a_lone_surrogate_or_a_nul_harms_no_other(client: Client, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    change = {"id": "c", "table": "comment", "row": "r", "op": "insert", "before": {}}
    for words in ("\\ud800", "\\u0000"):
        group = {"id": "g", "person": "p", "made_at": "2026-11-23T08:00:00.000Z"}
        whole = {"schema": 1, "install": "i", "incarnation": "i", "sent_at": group["made_at"]}
        body = json.dumps(
            {
                **whole,
                "protocol": 3,
                "groups": [{**group, "changes": [{**change, "after": {"text": "@"}}]}],
            }
        ).replace("@", words)
        answer = client.http.post(
            f"{client.address}/sync/v1/push", data=body, headers=headers, timeout=20
        )
        assert answer.status_code < 500, answer.text


def test_a_body_that_never_ends_keeps_nobody_else_waiting(client: Client) -> None:
    """It holds a line to the server, and no thread and no database."""
    place = urlsplit(client.address)
    assert place.hostname is not None
    assert place.port is not None
    slow: list[Any] = []
    for _ in range(60):
        line = socket.create_connection((place.hostname, place.port), timeout=20)
        line.sendall(
            b"POST /open311/v2/requests.json HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\ndescription="
        )
        slow.append(line)

    assert client.send() == "REQ-2026-000001"
    for line in slow:
        line.close()
