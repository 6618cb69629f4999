"""One house for all questions: nobody's question spoils another's."""

from collections.abc import Iterator

import pytest

from tests.definition.house import House, a_house
from tests.sync import rig


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = a_house(rig.a_server(), tmp_path_factory.mktemp("house"))
    yield made
    made.server.database.close()
