"""schemathesis asks every door what its definition allows, and what it does not allow.

The same questions in each run; `make fuzz` asks many more.
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.types import Receive, Scope, Send

from sync_server.definition import definition
from sync_server.http import tus
from tests.definition.house import House
from tests.definition.knowing import bearing, with_what_is_known
from tests.definition.xml import xml_keeps_to_its_schema
from tests.threads import PATIENCE_S

BOUNDED = settings(
    max_examples=int(os.environ.get("VOIRIE_EXAMPLES", "8")),
    suppress_health_check=list(HealthCheck),
)
REJECTED = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "429", "460"]
"""412 and 460 are refusals of tus. No 5xx is one."""
# Else words found in our code would be asked too: other questions after every edit.
ANALYSIS = {"constants": {"enabled": False}}
CHECKS = {
    # What is understood may still be impossible: a place out of town, bytes that are no picture.
    "positive_data_acceptance": {
        "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "415", "422"]
    },
    "negative_data_rejection": {"expected-statuses": REJECTED},
    "missing_required_header": {"expected-statuses": REJECTED},
}


class Door:
    """To the house that is asked: schemathesis must know an application before there is one."""

    house: House | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.house is not None
        await self.house.app(scope, receive, send)


# News never end: tests/live listens to them.
schemathesis.serializer.alias(tus.PIECE_TYPE, "application/octet-stream")
schema = schemathesis.openapi.from_dict(
    definition(["/sync/v1/events"]),
    config=schemathesis.Config.from_dict({"checks": CHECKS, "analysis": ANALYSIS}),
)
door = schema.app = Door()


@pytest.fixture(autouse=True)
def _behind_the_door(house: House) -> None:
    door.house = house


@schema.include(tag="open311").parametrize()
@BOUNDED
def test_open311(case: schemathesis.Case[Any], house: House) -> None:
    with_what_is_known(case, house.known)

    case.call_and_validate(
        timeout=PATIENCE_S,
        params={"api_key": house.key},
        additional_checks=[xml_keeps_to_its_schema],
    )


@schema.include(tag="public page").parametrize()
@BOUNDED
def test_the_public_page(case: schemathesis.Case[Any], house: House) -> None:
    with_what_is_known(case, house.known)

    case.call_and_validate(timeout=PATIENCE_S)


@schema.include(tag=["tablets", "photos"]).parametrize()
@BOUNDED
def test_what_tablets_ask(case: schemathesis.Case[Any], house: House) -> None:
    with_what_is_known(case, house.known)

    case.call_and_validate(headers=bearing(case, house.tablet), timeout=PATIENCE_S)


@schema.include(tag="office").parametrize()
@BOUNDED
def test_what_the_office_asks(case: schemathesis.Case[Any], house: House) -> None:
    with_what_is_known(case, house.known)

    case.call_and_validate(headers=bearing(case, house.office), timeout=PATIENCE_S)
