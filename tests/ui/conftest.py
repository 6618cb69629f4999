"""The town on one tablet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.town import Town, found


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    founded = found(tmp_path)
    yield founded
    founded.database.close()
