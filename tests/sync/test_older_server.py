"""An app ahead of its server speaks the server's protocol; a poison change lets others pass."""

from collections.abc import Iterator
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from sqlalchemy import update

from asset_model.facts import Comment
from asset_model.sync.wire import PROTOCOL, Pull
from field_app.actions.facts import comment
from field_app.store.local import LocalChange
from field_app.sync import http as tablet_http
from field_app.sync.http import HttpTransport
from field_app.sync.rounds import run_round
from field_app.sync.transport import LinkDown
from sync_server.app import create_app
from sync_server.http import sync as doors
from tests.server.listening import listening
from tests.sync import town
from tests.sync.rig import Tablet, an_id
from tests.sync.town import order_id

ORDER = order_id(1)


@dataclass
class Wired:
    """The north's tablet, joined to its server by HTTP."""

    tablet: Tablet
    transport: HttpTransport

    def sync(self) -> None:
        run_round(self.tablet.database, self.transport, self.tablet.clock)


@pytest.fixture
def wired(tablet: Tablet) -> Iterator[Wired]:
    server = tablet.link.server
    _, token = town.add_tablet(server.database, "T8", town.NORTH)
    with listening(create_app(server.database, clock=server.clock, new_id=an_id)) as address:
        transport = HttpTransport(address, token)
        yield Wired(tablet, transport)
        transport.close()


def test_an_app_ahead_of_its_server_sends_and_reads_all_the_same(wired: Wired) -> None:
    wired.tablet.do(comment, ORDER, "Fait.")

    with patch.object(doors, "SPOKEN", (1, 2)):
        wired.sync()

    assert wired.tablet.states() == ["settled"]


def test_once_the_server_is_updated_the_app_speaks_its_own_protocol_again(wired: Wired) -> None:
    with patch.object(tablet_http, "MESSAGES_IN_OLDER", 3):
        with patch.object(doors, "SPOKEN", (1, 2)):
            wired.sync()
        assert wired.transport._speaks == 2

        for _ in range(4):
            wired.sync()

    assert wired.transport._speaks == PROTOCOL


@pytest.mark.parametrize("spoken", [(1,), (99,), ()])
def test_a_server_that_speaks_nothing_we_know_means_that_the_link_is_down(
    wired: Wired, spoken: tuple[int, ...]
) -> None:
    with patch.object(doors, "SPOKEN", (*spoken, 0)), pytest.raises(LinkDown):
        wired.transport.pull(Pull(schema=1, epoch=None, scope=None, positions={}))


def test_a_change_that_no_server_can_read_is_parked_and_the_others_pass(wired: Wired) -> None:
    tablet = wired.tablet
    for words in ("avant", "poison", "après"):
        tablet.do(comment, ORDER, words)
    garbled = {**tablet.changes()[1].after, "text": nested(50)}
    with tablet.database.writing() as session:
        second = LocalChange.place == tablet.changes()[1].place
        session.execute(update(LocalChange).where(second).values(after=garbled))

    wired.sync()

    assert tablet.states() == ["settled", "parked", "settled"]
    assert tablet.changes()[1].code == "malformed_request"
    assert {c.text for c in tablet.link.server.rows(Comment)} == {"avant", "après"}


def nested(depth: int) -> object:
    """A value as no app of ours makes it: lists within lists."""
    value: object = "x"
    for _ in range(depth):
        value = [value]
    return value
