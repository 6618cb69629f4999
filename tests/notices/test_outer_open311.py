"""The Open311 system that hands a report on is told of it: each step, once, in its language."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from asset_model.errors import Refused
from sync_server.notices import endpoints
from sync_server.notices.delivery import Delivery
from sync_server.notices.tables import Channel, WebhookEndpoint
from sync_server.notices.webhook_courier import WebhookCourier
from sync_server.open311.keys import make_key
from sync_server.open311.updating import STATUSES
from tests.intake.clients import Client
from tests.intake.town import an_order
from tests.notices.hook import Hook, hook_listening
from tests.notices.sending import notices, reported
from tests.sync.rig import Server


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_listening() as made:
        yield made


def outlet(server: Server, hook: Hook, name: str = "FMS") -> None:
    root = hook.url.partition("/hook")[0] + "/open311/v2/"
    with server.database.writing() as session:
        make_key(session, name, now=server.clock(), expires_at=None)
        endpoints.answer_to(
            session, name, root, "their-key", jurisdiction="val-des-pins", private=True,
            now=server.clock(),
        )  # fmt: skip


def handed_on(server: Server, **more: str) -> str:
    """The incident of a report that came from there."""
    said = {"source_name": "FMS", "external_id": "F-77", "language": "en", **more}
    return str(reported(server, None, **said).report.incident_id)


def run(server: Server, **later: float) -> int:
    server.clock.forward(**later)
    courier = WebhookCourier(server.database, server.clock)
    given = (server.database, Channel.WEBHOOK, courier, "worker", server.clock)
    return Delivery(*given, lambda: 0.5).run()


def told(hook: Hook) -> list[dict[str, str]]:
    return [
        {name: values[0] for name, values in parse_qs(body.decode()).items()}
        for _, body in hook.calls
    ]


def test_each_step_is_told_once_under_the_number_it_has_there(either: Server, hook: Hook) -> None:
    outlet(either, hook)
    incident = handed_on(either)
    order = an_order(incident, "in_progress")
    either.write(order)
    assert run(either, minutes=2) == 1
    either.set("incident", incident, answer_fr="Bouché.", answer_en="Filled.")
    either.set("work_order", order.row, status="done", completed_at="2026-11-23T08:00:00.000Z")

    assert [run(either, minutes=2), run(either, hours=1)] == [1, 0]

    begun, done = told(hook)
    assert begun["update_id"] != done["update_id"]
    for update in (begun, done):
        assert update["service_request_id"] == "F-77"
        assert (update["api_key"], update["jurisdiction_id"]) == ("their-key", "val-des-pins")
        assert update["status"] in STATUSES
    assert (begun["status"], begun["description"]) == ("IN_PROGRESS", "A crew is working on it.")
    assert (done["status"], done["description"]) == ("FIXED", "Filled.")
    headers, _ = hook.calls[0]
    assert headers["content-type"] == "application/x-www-form-urlencoded; charset=utf-8"


def test_a_step_has_the_update_id_under_which_it_can_be_asked_for(
    client: Client, hook: Hook
) -> None:
    outlet(client.server, hook)
    client.server.write(an_order(handed_on(client.server), "in_progress"))
    run(client.server, minutes=2)

    asked = client.read("/servicerequestupdates.json")

    (update,) = told(hook)
    described = {each["update_id"]: each["description"] for each in asked}
    assert described[update["update_id"]] == update["description"]


def test_only_what_it_handed_on_is_told_there(desk: Server, hook: Hook) -> None:
    outlet(desk, hook)
    incident = handed_on(desk, source_name="OTHER")
    reported(desk, incident_id=incident)
    desk.write(an_order(incident, "in_progress"))

    assert run(desk, minutes=2) == 0
    assert not hook.calls


def test_what_is_taken_back_at_once_is_not_told_there(desk: Server, hook: Hook) -> None:
    outlet(desk, hook)
    order = an_order(handed_on(desk), "in_progress")
    desk.write(order)
    run(desk, minutes=2)
    desk.set("work_order", order.row, status="done")
    desk.set("work_order", order.row, status="in_progress")

    run(desk, minutes=2)

    assert {update["status"] for update in told(hook)} == {"IN_PROGRESS"}


def test_a_step_waits_until_the_other_side_answers_and_keeps_its_id(
    desk: Server, hook: Hook
) -> None:
    outlet(desk, hook)
    desk.write(an_order(handed_on(desk), "in_progress"))
    hook.status = 503
    assert run(desk, minutes=2) == 0
    hook.status = 200

    assert [run(desk, minutes=5), run(desk, hours=1)] == [1, 0]
    refused, taken = told(hook)
    assert refused == taken
    assert {notice.state for notice in notices(desk)} == {"sent"}


def test_it_answers_the_holder_of_a_key_and_signs_nothing(desk: Server, hook: Hook) -> None:
    outlet(desk, hook)
    with desk.database.writing() as session:
        with pytest.raises(Refused, match="not_found"):
            endpoints.answer_to(
                session, "NOBODY", hook.url.partition("?")[0], "k", jurisdiction=None,
                private=True, now=desk.clock(),
            )  # fmt: skip
        for act in (endpoints.rotate, endpoints.try_out):
            with pytest.raises(Refused, match="bad_value"):
                act(session, "FMS", now=desk.clock())
        assert session.get_one(WebhookEndpoint, "FMS").secret == "their-key"


def test_a_webhook_of_the_same_name_does_not_take_its_place_nor_it_that_of_a_webhook(
    desk: Server, hook: Hook
) -> None:
    outlet(desk, hook)
    with desk.database.writing() as session:
        make_key(session, "SIG", now=desk.clock(), expires_at=None)
        endpoints.add(session, "SIG", hook.url, [], private=True, now=desk.clock())
        with pytest.raises(Refused, match="bad_value"):
            endpoints.add(session, "FMS", hook.url, [], private=True, now=desk.clock())
        with pytest.raises(Refused, match="bad_value"):
            endpoints.answer_to(
                session, "SIG", hook.url.partition("?")[0], "k", jurisdiction=None,
                private=True, now=desk.clock(),
            )  # fmt: skip

    assert {row.name: row.open311 for row in desk.rows(WebhookEndpoint)} == {
        "FMS": True, "SIG": False,
    }  # fmt: skip
