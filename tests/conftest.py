"""What every test may ask for."""

import gc
import os
import socket
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.disks", "tests.left_out", "tests.ready_tables", "tests.databases"]
if find_spec("playwright"):  # Where the tablet is installed alone, nothing drives a browser.
    pytest_plugins.append("tests.browser")

# The same examples in each run, or a change would be refused for what another one has found;
# `make fuzz` looks for others. No test fails for the time it takes.
settings.register_profile(
    "house",
    derandomize="VOIRIE_EXAMPLES" not in os.environ,
    max_examples=int(os.environ.get("VOIRIE_EXAMPLES", "100")),
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")

# What is loaded before the tests begin stays to the end: it is not looked through again and again
# for garbage, which took a fifth of the run, most of it walking modules, tables and tests.
gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
