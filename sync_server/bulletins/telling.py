"""Every bulletin by its name."""

from collections.abc import Callable
from typing import Any

from sync_server.bulletins.asking import Asking
from sync_server.bulletins.campaigns import campaign_readiness, made_campaigns
from sync_server.bulletins.fleet_figures import fleet_figure_list, fleet_figures
from sync_server.bulletins.plans import plans
from sync_server.bulletins.told_outside import told_outside
from sync_server.bulletins.workshop import workshop
from sync_server.dashboard.board import board
from sync_server.dashboard.listing import listed

BULLETINS: dict[str, Callable[[Asking], dict[str, Any]]] = {
    "dashboard": board,
    "dashboard-list": listed,
    "campaigns": made_campaigns,
    "campaign-ready": campaign_readiness,
    "figures": fleet_figures,
    "figures-list": fleet_figure_list,
    "plans": plans,
    "told": told_outside,
    "workshop": workshop,
}
