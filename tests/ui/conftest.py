"""The town on one tablet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.incidents import with_311
from tests.ui.town import Town, found
from tests.ui.water import lay_main


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    founded = found(tmp_path)
    yield founded
    founded.database.close()


@pytest.fixture
def main(town: Town) -> Town:
    """The same, with a water main under it, its valves, and an order for its break."""
    lay_main(town)
    return town


@pytest.fixture
def at_311(town: Town) -> Town:
    """The same, with services of 311 and an agent."""
    return with_311(town)
