"""The demo town as tests look at it: built once for each moment."""

from datetime import UTC, datetime
from functools import cache
from typing import TypeVar

from asset_model.base import Base
from sync_server.demo.town import build

Row = TypeVar("Row", bound=Base)
NOW = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)


@cache
def town(now: datetime = NOW) -> tuple[Base, ...]:
    return tuple(build(now=now))


def rows(model: type[Row], now: datetime = NOW) -> list[Row]:
    return [row for row in town(now) if isinstance(row, model)]
