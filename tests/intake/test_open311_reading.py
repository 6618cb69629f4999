"""What programs read by Open311, held against the standard's own schema files and traps."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from referencing import Registry, Resource

from asset_model.incidents import Report
from sync_server.open311 import searching
from tests.intake.clients import Client, a_picture, a_request, element
from tests.intake.town import incident_of
from tests.sync.rig import edit


def check(shared_data: Path, name: str, document: Any) -> None:
    folder = shared_data / "open311" / "georeport-v2-schema"
    schemas = {f.name: json.loads(f.read_text("utf-8")) for f in folder.glob("*.json")}
    draft = "http://json-schema.org/draft-04/schema#"
    known = Registry().with_resources(
        (file, Resource.from_contents({"$schema": draft, **schema}))
        for file, schema in schemas.items()
    )
    checker = jsonschema.Draft4Validator(
        schemas[name], registry=known, format_checker=jsonschema.FormatChecker()
    )
    checker.validate(document)


def test_every_document_is_as_the_standard_s_schemas_say(client: Client, shared_data: Path) -> None:
    number = client.send()

    check(shared_data, "services.json", client.read("/services.json"))
    check(shared_data, "service-definition.json", client.read("/services/NID.json"))
    check(shared_data, "requests.json", client.read("/requests.json"))
    check(shared_data, "requests.json", client.read(f"/requests/{number}.json"))
    check(
        shared_data,
        "requests.json",
        client.read(f"/requests/{number}.json", api_key=client.key, extensions="true"),
    )


def from_xml(told: ET.Element, alike: Any) -> Any:
    """An answer in XML as the one in JSON would tell it, name by name and in the same order."""
    match alike:
        case dict():
            assert [child.tag for child in told] == list(alike)
            return {child.tag: from_xml(child, alike[child.tag]) for child in told}
        case list():
            assert len({child.tag for child in told}) <= 1
            return [from_xml(child, each) for child, each in zip(told, alike, strict=True)]
        case None:
            return told.text
        case bool():
            return {"true": True, "false": False}[told.text or ""]
        case int() | float():
            return type(alike)(told.text or "")
        case _:
            return told.text or ""


def test_the_same_is_told_in_xml(client: Client, shared_data: Path) -> None:
    client.send(description="Trou & <fissure>", address_string="12, rue des Pins")

    for path, name in (
        ("/services", "services.json"),
        ("/services/NID", "service-definition.json"),
        ("/requests", "requests.json"),
    ):
        alike = client.read(f"{path}.json", api_key=client.key)
        told = from_xml(element(client.get(f"{path}.xml", api_key=client.key)), alike)
        assert told == alike
        check(shared_data, name, told)


def test_no_more_than_a_thousand_requests_are_told_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert searching.REQUESTS_MAX == 1_000
    monkeypatch.setattr(searching, "REQUESTS_MAX", 2)
    for n in range(3):
        client.send(lat=f"45.40{n}")

    assert len(client.read("/requests.json")) == 2


@pytest.mark.parametrize(("form", "kind"), [("json", "application/json"), ("xml", "text/xml")])
def test_discovery_has_a_bare_type_and_two_endpoints(client: Client, form: str, kind: str) -> None:
    answer = client.get(f"/discovery.{form}")

    assert answer.headers["content-type"] == kind
    if form == "json":
        urls = [endpoint["url"] for endpoint in answer.json()["endpoints"]]
    else:
        urls = [e.findtext("url") for e in element(answer).findall("endpoints/endpoint")]
    assert urls == [client.root] * 2


def test_a_slash_at_the_end_is_forgiven(client: Client) -> None:
    assert client.get("/services.json/").json() == client.get("/services.json").json()


def test_a_code_may_hold_dots_spaces_and_accents(client: Client) -> None:
    for path in ("/services/LAMPE.%C3%89%201.json", "/services/LAMPE.É 1.json"):
        assert client.read(path)["service_code"] == "LAMPE.É 1"
    told = element(client.get("/services/LAMPE.%C3%89%201.xml"))
    assert (told.tag, told.findtext("service_code")) == ("service_definition", "LAMPE.É 1")


def test_questions_are_in_both_languages_or_in_the_one_asked_for(client: Client) -> None:
    (both,) = client.read("/services/NID.json")["attributes"]
    (english,) = client.read("/services/NID.json", locale="en_CA")["attributes"]

    assert both["description"] == "Profondeur / Depth"
    assert (both["datatype"], both["required"], both["order"]) == ("singlevaluelist", True, 1)
    assert english["values"][0] == {"key": "petit", "name": "Less than 5 cm"}
    (question,) = element(client.get("/services/NID.xml")).findall("attributes/attribute")
    assert [v.findtext("key") for v in question.findall("values/value")] == ["petit", "grand"]
    assert (question.findtext("variable"), question.findtext("required")) == ("true", "true")


def test_null_dates_are_left_out_and_the_rest_of_the_place_is_not(client: Client) -> None:
    number = client.send()

    (told,) = client.read(f"/requests/{number}.json")
    (in_xml,) = element(client.get(f"/requests/{number}.xml")).findall("request")

    assert "expected_datetime" not in told
    assert {"address", "address_id", "zipcode", "media_url"} <= told.keys()
    assert in_xml.find("media_url") is not None
    assert in_xml.find("expected_datetime") is None
    assert isinstance(told["service_request_id"], str)
    assert told["requested_datetime"] == "2026-11-23T03:00:00-05:00"
    assert (told["lat"], told["long"], told["address"]) == (45.4001, -75.695, "Rue 1")


def test_words_and_pictures_are_for_the_key_that_brought_them(client: Client) -> None:
    files = {"photo1": ("1.jpg", a_picture(), "image/jpeg")}
    client.post(data=a_request(api_key=client.key), files=files)

    (ours,) = client.read("/requests.json", api_key=client.key)
    (anybody,) = client.read("/requests.json")

    assert ours["description"] == "Un gros trou."
    assert ours["media_url"].startswith(f"{client.address}/311/")
    assert (anybody["description"], anybody["media_url"]) == (None, None)


def test_an_incident_that_is_settled_is_closed_with_what_citizens_are_told(client: Client) -> None:
    number = client.send()
    report = client.server.rows(Report)[0]
    incident = incident_of(client.server, report.id)["id"]
    client.server.clock.forward(hours=1)
    client.server.write(
        edit(
            "incident", incident, {"status": "received"}, status="not_retained",
            answer_fr="Terrain privé.", answer_en="Private land.",
        )
    )  # fmt: skip

    (told,) = client.read(f"/requests/{number}.json", locale="en", extensions="true")

    assert (told["status"], told["status_notes"]) == ("closed", "Private land.")
    assert told["updated_datetime"] == "2026-11-23T04:00:00-05:00"
    assert told["extended_attributes"]["detailed_status"] == "NO_FURTHER_ACTION"


def a_year_of_requests(client: Client) -> list[str]:
    """One a month for five months, the last of them now."""
    numbers = []
    for _ in range(5):
        client.server.clock.forward(days=30)
        numbers.append(client.send())
    return numbers


def ids(client: Client, **query: str) -> list[str]:
    return [told["service_request_id"] for told in client.read("/requests.json", **query)]


def test_what_is_asked_for(client: Client) -> None:
    one, two, three, four, five = a_year_of_requests(client)
    now = client.server.clock().isoformat()

    assert ids(client) == [five, four, three, two]  # ninety days
    assert ids(client, start_date="2020-01-01", end_date="2099-01-01") == [five, four, three, two]
    assert ids(client, start_date="2026-12-20", end_date="2027-02-01") == [two, one]
    assert ids(client, start_date=now.replace("+", " ")) == [five]
    assert ids(client, service_request_id=f"{one},{three}", status="closed") == [three, one]
    assert ids(client, page="2", page_size="3") == [two]
    assert ids(client, page_size="1") == [five]
    assert ids(client, service_code="FUITE") == []
    assert ids(client, service_code="FUITE,NID", status="open") == [five, four, three, two]
    assert ids(client, status="closed") == []


def test_what_has_moved_since(client: Client) -> None:
    number = client.send()
    since = datetime.fromisoformat("2026-11-23T08:30:00+00:00").isoformat()

    assert ids(client, updated_after=since) == []
    client.server.clock.forward(hours=1)
    report = client.server.rows(Report)[0]
    client.server.set("incident", report.incident_id, status="under_review")
    assert ids(client, updated_after=since) == [number]


@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "hier"},
        {"page": "0"},
        {"page": "-1"},
        {"page_size": "ten"},
        {"status": "lost"},
        {"updated_after": "9" * 50},
        {"end_date": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_a_filter_that_means_nothing_is_refused(client: Client, query: dict[str, str]) -> None:
    answer = client.get("/requests.json", **query)

    assert (answer.status_code, answer.json()[0]["code"]) == (400, 400)


def test_signs_that_xml_forbids_are_left_out(client: Client) -> None:
    number = client.send(description="a\x07b\ufffe<&>")

    told = element(client.get(f"/requests/{number}.xml", api_key=client.key))

    assert told.findtext("request/description") == "ab<&>"
