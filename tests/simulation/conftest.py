"""What the simulation's tests share."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_is_logged() -> Iterator[None]:
    """Both sides have much to say of what is done to them here."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
