"""What the simulation's tests share."""

import gc
import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_is_logged() -> Iterator[None]:
    """Both sides have much to say of what is done to them here."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def garbage_is_looked_for_less_often() -> Iterator[None]:
    """Thousands of short lives leave much behind, and little of it in rings: a tenth is saved."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    yield
    gc.set_threshold(*before)
