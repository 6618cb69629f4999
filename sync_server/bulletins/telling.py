"""Every bulletin by its name."""

from collections.abc import Callable
from typing import Any

from sync_server.bulletins.asking import Asking
from sync_server.dashboard.board import board
from sync_server.dashboard.listing import listed

BULLETINS: dict[str, Callable[[Asking], dict[str, Any]]] = {
    "dashboard": board,
    "dashboard-list": listed,
}
