"""What the journeys ask of the machine."""

import socket

import pytest


@pytest.fixture
def free_ports() -> tuple[int, int]:
    """Two ports of the loopback that nobody listens on at this moment."""
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


@pytest.fixture
def third_port() -> int:
    with socket.socket() as third:
        third.bind(("127.0.0.1", 0))
        port: int = third.getsockname()[1]
        return port
