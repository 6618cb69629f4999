"""The same town as that of the tests of synchronization."""

from tests.sync.conftest import filled_postgresql, served, server, tablet

__all__ = ["filled_postgresql", "served", "server", "tablet"]
