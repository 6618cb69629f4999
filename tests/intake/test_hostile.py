"""Whatever is sent, nothing breaks: an answer in the format asked for, no fault of ours."""

import json
import os
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.clients import Client, a_request
from tests.sync import town as places

BOUNDED = settings(
    max_examples=int(os.environ.get("VOIRIE_EXAMPLES", "50")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

ODD = [
    *("", "\x00", "\ud800", "é" * 50, "\u202e", "\ufffe", "%00", "%ff", "9" * 400, "-1", "1e999"),
    *("NaN", "inf", "0x10", "null", "true", "[]", "{}", "'; DROP TABLE report; --", "../../etc"),
    *("2026-13-45T99:99:99Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "\n" * 9),
]
VALUES = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=30),
    st.integers(-(10**30), 10**30).map(str),
    st.floats().map(str),
)
NAMES = st.sampled_from(
    [
        *("service_code", "lat", "long", "description", "address_string", "address_id", "email"),
        *("attribute[profondeur]", "attribute[]", "attribute[x][]", "media_url", "media_url[]"),
        *("jurisdiction_id", "service_request_id", "start_date", "end_date", "status", "page"),
        *("page_size", "updated_after", "updated_before", "extensions", "locale", "api_key"),
        *("update_id", "updated_datetime", "first_name", "phone", "zipcode"),
    ]
)
PAIRS = st.lists(st.tuples(NAMES | st.text(max_size=8), VALUES), max_size=8)
FORMS = st.sampled_from([".json", ".xml", "", ".html", ".", ".JSON", ".json/"])
PATHS = st.sampled_from(["discovery", "services", "requests", "servicerequestupdates"])


def sendable(pairs: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """As bytes, lone surrogates too."""
    return [(n.encode("utf-8", "surrogatepass"), v.encode("utf-8", "surrogatepass"))
            for n, v in pairs]  # fmt: skip


def understood(answer: Any) -> None:
    """No fault of ours, and readable as what it says that it is."""
    assert answer.status_code < 500, (answer.request.url, answer.request.body, answer.text)
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in ("application/json", "text/xml")
    told = json.loads(answer.content) if kind.endswith("json") else ET.fromstring(answer.content)
    if answer.status_code >= 400:
        codes = (
            [e["code"] for e in told]
            if isinstance(told, list)
            else [e.findtext("code") for e in told]
        )
        assert codes


@BOUNDED
@given(path=PATHS, form=FORMS, pairs=PAIRS)
def test_whatever_is_asked_by_open311_is_answered(
    client: Client, path: str, form: str, pairs: list[tuple[str, str]]
) -> None:
    understood(client.http.get(f"{client.root}/{path}{form}", params=sendable(pairs), timeout=20))


@BOUNDED
@given(code=VALUES | st.text(max_size=20), part=st.sampled_from(["services", "requests", "tokens"]))
def test_whatever_is_named_in_an_address_is_answered(client: Client, code: str, part: str) -> None:
    named = quote(code.encode("utf-8", "surrogatepass"), safe="")
    understood(client.http.get(f"{client.root}/{part}/{named}.json", timeout=20))


@BOUNDED
@given(path=st.sampled_from(["requests", "servicerequestupdates"]), form=FORMS, pairs=PAIRS)
def test_whatever_is_sent_by_open311_is_answered(
    client: Client, path: str, form: str, pairs: list[tuple[str, str]]
) -> None:
    whole = [*a_request(api_key=client.key).items(), *pairs]

    understood(client.http.post(f"{client.root}/{path}{form}", data=sendable(whole), timeout=20))


@BOUNDED
@given(
    path=st.sampled_from(["/send", "/follow", "/x/not-fixed", "/x/rating"]),
    pairs=st.lists(
        st.tuples(
            st.sampled_from(
                ["service", "lat", "long", "sending", "description", "q_profondeur", "email",
                 "incident", "rating", "words", "lang", "place", "website", "address"]
            ),
            VALUES,
        ),
        max_size=8,
    ),
)  # fmt: skip
def test_whatever_is_sent_to_the_page_is_a_page(
    client: Client, path: str, pairs: list[tuple[str, str]]
) -> None:
    client.server.clock.forward(minutes=2)
    known = [("service", "NID"), ("lat", "45.4001"), ("long", "-75.695"), ("sending", "1")]
    data = sendable([*known, *pairs])

    sent = client.http.post(f"{client.address}/311{path}", data=data, timeout=20)
    asked = client.http.get(f"{client.address}/311/where", params=data, timeout=20)
    drawn = client.http.get(f"{client.address}/311/map.svg", params=data, timeout=20)

    for answer in (sent, asked, drawn):
        assert answer.status_code < 500, (answer.request.url, answer.request.body, answer.text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = (
    *("protocol", "schema", "epoch", "scope", "positions", "digests", "waiting", "heard", "seal"),
    *("install", "incarnation", "sent_at", "groups", "id", "person", "made_at", "changes"),
)
MESSAGES = JSON | st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8)


@pytest.fixture
def token(client: Client) -> str:
    """Of a crew's tablet."""
    return places.add_tablet(client.server.database, "T9", places.NORTH)[1]


@BOUNDED
@given(path=st.sampled_from(["push", "pull"]), message=MESSAGES)
def test_whatever_a_tablet_sends_is_answered(
    client: Client, token: str, path: str, message: Any
) -> None:
    answer = client.http.post(
        f"{client.address}/sync/v1/{path}",
        data=json.dumps(message),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        timeout=20,
    )

    assert answer.status_code < 500, (message, answer.text)
    assert answer.status_code == 200 or answer.json()["error"]["code"]
