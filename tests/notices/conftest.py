"""The town with 311, and what it sends out."""

from collections.abc import Iterator

import pytest

from tests.intake.conftest import client, desk, either, over_either
from tests.notices.mail_server import MailServer, mail_server_running
from tests.sync.conftest import filled_postgresql, served, server

__all__ = ["client", "desk", "either", "filled_postgresql", "over_either", "served", "server"]


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[MailServer]:
    with mail_server_running() as made:
        yield made


@pytest.fixture
def mail(_mail_server: MailServer) -> MailServer:
    """A mail server that is not ours, with nothing in its boxes."""
    _mail_server.empty()
    return _mail_server
