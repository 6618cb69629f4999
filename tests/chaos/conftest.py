"""The town of the tests of synchronization, for servers that are processes."""

from tests.sync.conftest import filled_postgresql, served

__all__ = ["filled_postgresql", "served"]
