"""What every test may ask for."""

import socket
from importlib.util import find_spec

import pytest

pytest_plugins = ["tests.disks", "tests.left_out", "tests.ready_tables", "tests.databases"]
if find_spec("playwright"):  # Where the tablet is installed alone, nothing drives a browser.
    pytest_plugins.append("tests.browser")


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
