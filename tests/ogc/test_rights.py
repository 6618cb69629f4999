"""Who may read what at `/ogc`: a key of one's own, its layers, and no names unless allowed."""

import base64
from datetime import timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import select

from asset_model.vocabulary import Role
from sync_server.enrolment import Place, add_device
from sync_server.layers.sight import SEE_PEOPLE
from sync_server.ogc.keys import end_key
from sync_server.tables import OgcKey
from tests.layers import town
from tests.ogc.conftest import TIMEOUT_S, Client, a_key

PERSONAL = ("Luc Tremblay", "Mme Roy", "vu deux fois", "told_in_person", "Nid-de-poule")
PATHS = ("/", "/api", "/conformance", "/collections", "/collections/hydrant/items", "/nowhere")


def status(client: Client, **headers: str) -> int:
    with requests.Session() as http:
        http.trust_env = False
        return http.get(f"{client.root}/", headers=headers, timeout=TIMEOUT_S).status_code


def everything(client: Client) -> str:
    """All that a key can read, as text."""
    listed = client.read("/collections")["collections"]
    told = [client.ask("/api").text, client.ask("/collections").text]
    for layer in listed:
        told.append(client.ask(f"/collections/{layer['id']}/items", limit="5000").text)
        told += [
            client.ask(f"/collections/{layer['id']}/items/{feature['id']}").text
            for feature in client.items(layer["id"], limit="5000")["features"]
        ]
    return "\n".join(told)


def holder(ogc: Client, role: Role = Role.AUDITOR, **more: Any) -> Client:
    return Client(ogc.root, a_key(ogc.database, role, **more), ogc.database)


@pytest.mark.parametrize("path", PATHS[:-1])
def test_without_a_key_nothing_is_told(ogc: Client, path: str) -> None:
    answer = Client(ogc.root, "guess", ogc.database).ask(path)

    assert (answer.status_code, answer.json()["code"]) == (401, "key_unknown")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_a_key_is_shown_in_three_ways(ogc: Client) -> None:
    basic = base64.b64encode(f"anyone:{ogc.key}".encode()).decode()

    assert status(ogc, Authorization=f"Bearer {ogc.key}") == 200
    assert status(ogc, Authorization=f"Basic {basic}") == 200
    assert status(ogc, **{"X-API-Key": ogc.key}) == 200


@pytest.mark.parametrize("garbled", ["Basic %%%", "Basic", "Bearer", "Basic /////w==", "Digest x"])
def test_a_garbled_header_is_no_key(ogc: Client, garbled: str) -> None:
    assert status(ogc, Authorization=garbled) == 401


def test_a_key_in_the_address_is_refused_for_addresses_are_logged(ogc: Client) -> None:
    assert ogc.ask("/", api_key=ogc.key).status_code == 400


def test_a_tablet_s_token_is_no_key(ogc: Client) -> None:
    with ogc.database.writing() as session:
        made = add_device(session, Place("T7", "tablet"), now=town.NOW, new_id=town.new_id)

    assert status(ogc, Authorization=f"Bearer {made.token}") == 401


def test_the_database_keeps_no_key(ogc: Client) -> None:
    with ogc.database.reading() as session:
        kept = [(key.name, key.secret_hash) for key in session.scalars(select(OgcKey))]

    assert kept
    assert all(ogc.key not in text for pair in kept for text in pair)


def test_an_ended_key_and_a_replaced_one_open_nothing(ogc: Client) -> None:
    first = holder(ogc, name="prêt")
    second = holder(ogc, name="prêt")
    assert [c.ask("/").status_code for c in (first, second)] == [401, 200]

    with ogc.database.writing() as session:
        end_key(session, "prêt")

    assert second.ask("/").status_code == 401


@pytest.mark.parametrize(("left_s", "expected"), [(1, 200), (0, 401), (-1, 401)])
def test_a_key_ends_at_its_time(ogc: Client, left_s: int, expected: int) -> None:
    until = town.NOW + timedelta(seconds=left_s)

    assert holder(ogc, name="court", expires_at=until).ask("/").status_code == expected


@pytest.mark.parametrize("role", Role)
def test_only_roles_that_answer_for_it_see_people_and_their_words(ogc: Client, role: Role) -> None:
    told = everything(holder(ogc, role))

    seen = {word for word in PERSONAL if word in told}
    assert seen == (set(PERSONAL) if role in SEE_PEOPLE else set())


def test_what_is_not_shown_cannot_be_guessed_by_filtering(ogc: Client) -> None:
    for layer, name in (
        ("work_orders", "assignee"),
        ("closures", "closed_by"),
        ("service_connection", "told_in_person"),
    ):
        answer = ogc.ask(f"/collections/{layer}/items", **{name: "true"})
        assert (answer.status_code, answer.json()["parameter"]) == (400, name)


def test_a_key_of_one_layer_knows_of_no_other(ogc: Client) -> None:
    narrow = holder(ogc, name="bornes", layers=["hydrant"])

    paths = list(narrow.read("/api")["paths"])
    assert [one["id"] for one in narrow.read("/collections")["collections"]] == ["hydrant"]
    assert narrow.ask("/collections/road_segment").status_code == 404
    assert narrow.ask("/collections/work_orders/items").status_code == 404
    assert not any("road_segment" in path for path in paths)


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/collections", "/collections/hydrant/items"])
def test_nothing_can_be_written(ogc: Client, verb: str, path: str) -> None:
    with requests.Session() as http:
        http.trust_env = False
        answer = http.request(
            verb,
            ogc.root + path,
            json={},
            headers={"Authorization": f"Bearer {ogc.key}"},
            timeout=TIMEOUT_S,
        )

    assert answer.status_code == 405


def test_what_is_not_there_is_said_with_the_town_s_key(ogc: Client) -> None:
    answer = ogc.ask("/nowhere")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
