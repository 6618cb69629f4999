"""A fleet in the town of the tests, as the circle checks have it."""

from tests.fleet.conftest import server, shop

__all__ = ["server", "shop"]
