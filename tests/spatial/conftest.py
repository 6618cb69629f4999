"""An empty database for each spatial index: R*Tree, a plain table, and PostgreSQL's own."""

import pytest

from asset_model import bounds
from tests.sync.conftest import filled_postgresql, server

__all__ = ["filled_postgresql", "server"]


@pytest.fixture(params=["rtree", "plain", "postgresql"])
def indexed_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """`plain`: as on a machine whose SQLite has no R*Tree."""
    if request.param == "plain":
        monkeypatch.setattr(bounds, "has_tree", lambda _: False)
    engine = "postgresql" if request.param == "postgresql" else "sqlite"
    url: str = request.getfixturevalue(f"{engine}_url")
    return url
