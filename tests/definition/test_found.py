"""What schemathesis found, each held by itself."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import requests

from tests.definition.house import House
from tests.server.listening import listening


@dataclass
class Caller:
    house: House
    address: str
    http: requests.Session = field(default_factory=requests.Session)

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        self.http.trust_env = False
        return self.http.request(
            method, f"{self.address}{path}", timeout=20, allow_redirects=False, **more
        )

    def as_tablet(self, method: str, path: str, **headers: str) -> requests.Response:
        known = {"Authorization": f"Bearer {self.house.tablet}", "Tus-Resumable": "1.0.0"}
        return self.ask(method, path, headers=known | headers)


@pytest.fixture(scope="module")
def caller(house: House) -> Iterator[Caller]:
    with listening(house.app) as address:
        made = Caller(house, address)
        yield made
        made.http.close()


def code_of(answer: requests.Response) -> Any:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/open311/v2/discovery.json", {"GET", "HEAD"}),
        ("/open311/v2/requests.json", {"GET", "HEAD", "POST"}),
        ("/photos/uploads", {"GET", "OPTIONS", "POST"}),  # GET: as if it were a photo's hash.
        ("/photos/uploads/x", {"DELETE", "HEAD", "PATCH", "POST"}),
        ("/sync/v1/push", {"POST"}),
        ("/311/", {"GET", "HEAD"}),
    ],
)
def test_what_cannot_be_asked_so_says_how_it_can(
    caller: Caller, path: str, allowed: set[str]
) -> None:
    answer = caller.as_tablet("PUT", path)

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == allowed


def test_open311_refuses_a_way_of_asking_in_the_format_asked_for(caller: Caller) -> None:
    answer = caller.ask("DELETE", "/open311/v2/requests.xml")

    assert ET.fromstring(answer.content).findtext("error/code") == "405"
    assert caller.ask("HEAD", "/open311/v2/discovery.json").status_code == 200


def test_a_new_line_in_an_address_leads_nowhere_else(caller: Caller) -> None:
    assert caller.ask("GET", "/open311/v2/services/%0A.json").json()[0]["code"] == 404
    page = caller.ask("GET", "/311/%0A/photo/0.jpg")
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_whoever_goes_astray_on_the_public_page_reads_a_page(caller: Caller) -> None:
    page = caller.ask("GET", "/311/x/y/z", headers={"Accept-Language": "en"})

    assert page.status_code == 404
    assert '<html lang="en"' in page.text


def test_extensions_are_asked_for_or_not(caller: Caller) -> None:
    asked = [
        caller.ask("GET", "/open311/v2/requests.json", params={"extensions": said})
        for said in ("true", "", "false", "AAA")
    ]

    assert [answer.status_code for answer in asked] == [200, 200, 200, 400]
    assert ["extended_attributes" in answer.json()[0] for answer in asked[:3]] == [
        True, False, False,
    ]  # fmt: skip


def test_an_update_of_long_ago_is_kept(caller: Caller) -> None:
    said = {
        "api_key": caller.house.key,
        "service_request_id": caller.house.known["service_request_id"],
        "update_id": "of long ago",
        "status": "OPEN",
        "updated_datetime": "0395-10-17T15:40:04Z",
    }

    assert caller.ask("POST", "/open311/v2/servicerequestupdates.json", data=said).ok


@pytest.mark.parametrize("name", ["letters", "rating"])
def test_a_form_that_says_nothing_is_not_thanked(caller: Caller, name: str) -> None:
    secret = caller.house.known["secret"]

    assert caller.ask("POST", f"/311/{secret}/{name}").status_code == 400


def test_a_browser_is_sent_to_an_address_that_is_one(caller: Caller) -> None:
    answer = caller.ask("POST", "/311/%C2%80/letters", data={"email": "nobody"})

    assert answer.headers["Location"].startswith("/311/%C2%80?")


@pytest.mark.parametrize("position", ["AAA", "-1", str(2**63)])
def test_a_parameter_that_cannot_be_read_is_refused_as_everything_is(
    caller: Caller, position: str
) -> None:
    answer = caller.as_tablet("GET", f"/sync/v1/snapshot?position={position}")

    assert code_of(answer) == (400, "malformed_request")


@pytest.mark.parametrize("told", ["", "sha256", f"sha256 {b64encode(b'x').decode()}"])
def test_an_upload_without_a_hash_is_none(caller: Caller, told: str) -> None:
    headers = {"Upload-Length": "10", "Upload-Metadata": told}

    answer = caller.as_tablet("POST", "/photos/uploads", **headers)
    of_nobody = caller.as_tablet("POST", "/photos/uploads", Authorization="", **headers)

    assert code_of(answer) == (400, "malformed_request")
    assert code_of(of_nobody) == (401, "device_unknown")
