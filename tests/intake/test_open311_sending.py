"""Programs send requests by Open311: understood whole, kept once, refused in their own format."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from asset_model.incidents import Report, ReportPhoto
from sync_server.intake.tables import ReportContact
from sync_server.tables import StoredPhoto
from tests.intake.clients import Client, a_picture, a_request, element
from tests.intake.town import incident_of


def count(client: Client, model: type[Any] = Report) -> int:
    with client.server.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def errors(answer: Any) -> list[tuple[int, str]]:
    return [(error["code"], error["description"].split()[0]) for error in answer.json()]


def test_a_request_is_kept_with_all_that_was_said(over_either: Client) -> None:
    number = over_either.send(
        address_string="12, rue des Pins",
        address_id="A-12",
        zipcode="J8X 1A1",
        email="luc@exemple.ca",
        first_name="Luc",
        media_url="https://photos.example/1.jpg",
    )

    (report,) = over_either.server.rows(Report)
    assert number == report.number == "REQ-2026-000001"
    assert (report.latitude, report.longitude) == (45.4001, -75.695)
    assert (report.place, report.address_id) == ("12, rue des Pins", "A-12")
    assert (report.answers, report.media_urls) == (
        {"profondeur": "grand"},
        ["https://photos.example/1.jpg"],
    )
    (contact,) = over_either.server.rows(ReportContact)
    assert (contact.first_name, contact.email) == ("Luc", "luc@exemple.ca")
    assert incident_of(over_either.server, report.id)["status"] == "received"


def test_pictures_that_lie_elsewhere_may_be_several(client: Client) -> None:
    urls = ["https://photos.example/1.jpg", "https://photos.example/2.jpg"]

    client.send(media_url=urls)

    assert [report.media_urls for report in client.server.rows(Report)] == [urls]


def test_the_answer_in_xml_and_in_json(client: Client) -> None:
    json = client.post(data=a_request(api_key=client.key))
    xml = client.post("/requests.xml", data=a_request(api_key=client.key, lat="45.5"))

    assert json.headers["content-type"] == "application/json; charset=utf-8"
    assert json.json() == [
        {"service_request_id": "REQ-2026-000001", "service_notice": None, "account_id": None}
    ]
    assert xml.headers["content-type"] == "text/xml; charset=utf-8"
    assert element(xml).tag == "service_requests"
    assert element(xml).findtext("request/service_request_id") == "REQ-2026-000002"


@pytest.mark.parametrize(
    ("said", "code", "named"),
    [
        ({"api_key": None}, 403, [(403, "a")]),
        ({"api_key": "wrong"}, 403, [(403, "a")]),
        ({"service_code": "RIEN"}, 404, [(404, "service_code")]),
        ({"jurisdiction_id": "laval.ca"}, 404, [(404, "jurisdiction_id")]),
        ({"service_code": None}, 400, [(400, "service_code")]),
        ({"lat": None, "long": None}, 400, [(400, "a")]),
        ({"lat": "45.4"}, 201, []),
        ({"lat": None}, 400, [(400, "lat,"), (400, "a")]),
        ({"lat": "nord"}, 400, [(400, "lat,"), (400, "a")]),
        ({"lat": "91"}, 400, [(400, "lat,"), (400, "a")]),
        ({"attribute[profondeur]": None}, 400, [(400, "attribute")]),
        ({"attribute[profondeur]": "abyssal"}, 400, [(400, "attribute")]),
        ({"description": "x" * 4_001}, 400, [(400, "description:")]),
        ({"media_url": "javascript:alert(1)"}, 400, [(400, "media_url:")]),
        (
            {"service_code": None, "lat": None, "long": None, "media_url": "x"},
            400,
            [(400, "service_code"), (400, "a"), (400, "media_url:")],
        ),
    ],
)
def test_what_is_wrong_is_told_all_at_once(
    client: Client, said: dict[str, Any], code: int, named: list[tuple[int, str]]
) -> None:
    answer = client.post(data=a_request(**{"api_key": client.key, **said}))

    assert answer.status_code == code
    if named:
        assert errors(answer) == named
    assert count(client) == (0 if named else 1)


def test_errors_come_in_the_format_that_was_asked_for(client: Client) -> None:
    answer = client.post("/requests.xml", data=a_request())

    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert [e.findtext("code") for e in element(answer).findall("error")] == ["403"]
    assert element(client.get("/nothing.xml")).findtext("error/code") == "404"


def test_key_and_jurisdiction_may_come_in_the_query(client: Client) -> None:
    answer = client.post(
        "/requests.json",
        params={"api_key": client.key, "jurisdiction_id": "val-des-pins.ca"},
        data=a_request(),
    )

    assert answer.status_code == 201


def test_the_same_sending_twice_makes_one_request(over_either: Client) -> None:
    said = a_request(api_key=over_either.key)

    with ThreadPoolExecutor(4) as several:
        answers = list(several.map(lambda _: over_either.post(data=said), range(4)))

    numbers = {answer.json()[0]["service_request_id"] for answer in answers}
    assert numbers == {"REQ-2026-000001"}
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert count(over_either) == 1


def test_a_number_of_the_sender_s_own_means_that_request_for_good(client: Client) -> None:
    first = client.send(**{"attribute[external_id]": "77"})
    client.server.clock.forward(days=30)

    assert client.send(**{"attribute[external_id]": "77"}, description="Mis à jour.") == first
    assert client.send(**{"attribute[external_id]": "78"}) != first
    assert client.read("/tokens/77.json", api_key=client.key)[0]["service_request_id"] == first


def test_the_same_words_two_days_later_are_another_request(client: Client) -> None:
    first = client.send()
    client.server.clock.forward(days=2)

    assert client.send() != first


def test_an_idempotency_key_tells_two_alike_apart(client: Client) -> None:
    def sent(key: str) -> Any:
        headers = {"Idempotency-Key": key}
        return client.post(data=a_request(api_key=client.key), headers=headers).json()

    assert sent("a") == sent("a") != sent("b")


def test_photos_come_as_parts_and_lose_what_the_phone_noted(client: Client) -> None:
    files = [
        ("photo1", ("1.jpg", a_picture("green"), "image/jpeg")),
        ("file_2", ("2.jpg", a_picture("red"), "application/octet-stream")),
        ("media", ("", b"", "application/octet-stream")),
    ]

    answer = client.post(data=a_request(api_key=client.key), files=files)

    assert answer.status_code == 201, answer.text
    kept = client.server.rows(ReportPhoto)
    assert [(p.rank, p.width, p.height) for p in sorted(kept, key=lambda p: p.rank)] == [
        (0, 640, 480),
        (1, 640, 480),
    ]
    assert count(client, StoredPhoto) == 4


@pytest.mark.parametrize(
    ("content", "status"), [(b"GIF89a" + b"x" * 50, 415), (a_picture()[:40], 415)]
)
def test_a_file_that_is_no_picture_is_told(client: Client, content: bytes, status: int) -> None:
    answer = client.post(
        data=a_request(api_key=client.key), files={"photo1": ("1.jpg", content, "image/jpeg")}
    )

    assert (answer.status_code, answer.json()[0]["code"]) == (status, status)
    assert count(client) == 0


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("description=%C3%A9t%C3%A9", "été"),
        ("description=%E9t%E9", "été"),
        ("description=d%C3%A9gât".encode(), "dégât"),
    ],
)
def test_french_arrives_in_the_encodings_in_which_programs_send_it(
    client: Client, body: str | bytes, heard: str
) -> None:
    rest = f"&service_code=NID&lat=45.4&long=-75.7&attribute[profondeur]=petit&api_key={client.key}"
    whole = (body.encode() if isinstance(body, str) else body) + rest.encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = client.post(data=whole, headers=kind)

    assert answer.status_code == 201, answer.text
    assert [report.description for report in client.server.rows(Report)] == [heard]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"description=%00", 400), (b"a=b&" * 300, 400), (b"x" * 300_000, 413)],
)
def test_a_body_that_cannot_be_read_is_told(client: Client, body: bytes, status: int) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = client.post(data=body, headers=kind)

    assert (answer.status_code, answer.json()[0]["code"]) == (status, status)
