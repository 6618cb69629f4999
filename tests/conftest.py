"""What every test may ask for."""

import socket

import pytest

pytest_plugins = [
    "tests.disks",
    "tests.left_out",
    "tests.ready_tables",
    "tests.databases",
    "tests.browser",
]


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
