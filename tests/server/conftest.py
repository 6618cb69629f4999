"""The same town as that of the tests of synchronization."""

from tests.sync.conftest import served, server, tablet

__all__ = ["served", "server", "tablet"]
