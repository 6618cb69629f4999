"""The town of 311, in which Odile Lachance has reported, and said who she is."""

from tests.intake.conftest import client, desk, either, over_either
from tests.sync.conftest import filled_postgresql, served, server

__all__ = ["client", "desk", "either", "filled_postgresql", "over_either", "served", "server"]
