"""Where people go, by their role: at most five on the rail, the others on their own page."""

from dataclasses import dataclass

import flet as ft

from asset_model.transitions import OFFICE
from asset_model.vocabulary import Role
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted


@dataclass(frozen=True)
class Destination:
    route: str
    word: str
    icon: ft.IconData
    key: str = ""

    @property
    def name(self) -> str:
        return self.key or f"go-{self.route.strip('/')}"


TODAY = Destination("/", noted("Today"), ft.Icons.TODAY, "go-today")
DISPATCH = Destination("/", noted("Dispatching"), ft.Icons.DASHBOARD, "go-dispatch")
ORDERS = Destination("/orders", noted("Orders"), ft.Icons.ASSIGNMENT)
MAP = Destination("/map", noted("Map"), ft.Icons.MAP)
CALL = Destination("/call", noted("New call"), ft.Icons.PHONE_IN_TALK)
INCIDENTS = Destination("/incidents", noted("Incidents"), ft.Icons.REPORT)
SETTLE = Destination("/settle", noted("To settle"), ft.Icons.BALANCE)
CREATE = Destination("/new", noted("New order"), ft.Icons.ADD_BOX)
ASSETS = Destination("/assets", noted("Assets"), ft.Icons.QR_CODE_SCANNER)
REPORT = Destination("/report", noted("Report"), ft.Icons.ADD_ALERT)
UNITS = Destination("/units", noted("Units"), ft.Icons.LOCAL_SHIPPING)
FLEET = Destination("/units", noted("Fleet"), ft.Icons.LOCAL_SHIPPING)
WORKSHOP = Destination("/workshop", noted("Workshop"), ft.Icons.HOME_REPAIR_SERVICE)
PLANS = Destination("/plans", noted("Plans"), ft.Icons.EVENT_REPEAT)
ROUNDS = Destination("/rounds", noted("Circle checks"), ft.Icons.FACT_CHECK)
FIGURES = Destination("/figures", noted("Fleet figures"), ft.Icons.QUERY_STATS)
CAMPAIGNS = Destination("/campaigns", noted("Campaigns"), ft.Icons.CAMPAIGN)
TEMPLATES = Destination("/templates", noted("Job templates"), ft.Icons.ACCOUNT_TREE)
NOTES = Destination("/notes", noted("Notes between shifts"), ft.Icons.STICKY_NOTE_2)
ALERTS = Destination("/alerts", noted("Emergencies"), ft.Icons.NOTIFICATIONS_ACTIVE)
BOARD = Destination("/board", noted("Dashboard"), ft.Icons.INSIGHTS)
ME = Destination("/me", noted("Me"), ft.Icons.PERSON)

OVERSIGHT = (Role.DIRECTOR, Role.AUDITOR)
"""Who looks at the whole and does none of the work: their first page is that of figures."""

WITHIN = {FLEET.route: FIGURES.route, PLANS.route: CAMPAIGNS.route}
"""Pages that are opened from another's, by the route of that one."""

_CREW = (TODAY, MAP, REPORT, ASSETS, UNITS)
_FOREMAN = (DISPATCH, MAP, ORDERS, INCIDENTS, SETTLE)
_AGENT = (CALL, INCIDENTS, MAP, ALERTS, ME)
_FLEET = (FLEET, WORKSHOP, PLANS, ROUNDS, SETTLE)
_OVERSIGHT = (BOARD, MAP, FLEET, PLANS, ME)
_BESIDE_FOREMAN = (ALERTS, CALL, CREATE, TEMPLATES, NOTES, UNITS, ASSETS)
_BESIDE_CREW = (ALERTS, NOTES)
_BESIDE_FLEET = (ALERTS, NOTES, ORDERS, CREATE, TEMPLATES, MAP, ASSETS, FIGURES, CAMPAIGNS)
_BESIDE_ADMINISTRATOR = (
    ALERTS,
    CALL,
    CREATE,
    TEMPLATES,
    NOTES,
    UNITS,
    ASSETS,
    BOARD,
    WORKSHOP,
    PLANS,
    ROUNDS,
    FIGURES,
    CAMPAIGNS,
)
_BESIDE_OVERSIGHT = (WORKSHOP, ROUNDS, FIGURES, CAMPAIGNS)


def destinations_of(sitting: Sitting) -> tuple[Destination, ...]:
    """Those of the rail: five at most. One's own page, where it is not among them, is behind the
    name at the top.
    """
    role = sitting.signed.role
    if role in OVERSIGHT:
        return _OVERSIGHT
    if role == Role.FLEET_MANAGER:
        return _FLEET
    if role == Role.AGENT_311:
        return _AGENT
    return _FOREMAN if role in OFFICE else _CREW


def beside(sitting: Sitting) -> tuple[Destination, ...]:
    """The others, reached from one's own page."""
    role = sitting.signed.role
    if role in OVERSIGHT:
        return _BESIDE_OVERSIGHT
    if role == Role.FLEET_MANAGER:
        return _BESIDE_FLEET
    if role == Role.AGENT_311:
        return ()
    if role == Role.ADMINISTRATOR:
        return _BESIDE_ADMINISTRATOR
    return _BESIDE_FOREMAN if role in OFFICE else _BESIDE_CREW
