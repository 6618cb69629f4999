"""What every test may ask for."""

import socket
from importlib.util import find_spec

import pytest

# A tablet that is installed alone has neither a PostgreSQL to try nor a browser to drive.
LIBRARIES = {
    "tests.disks": "pytest",
    "tests.left_out": "pytest",
    "tests.ready_tables": "pytest",
    "tests.databases": "psycopg",
    "tests.browser": "playwright",
}
pytest_plugins = [name for name, library in LIBRARIES.items() if find_spec(library)]


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
