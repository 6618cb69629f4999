"""311's incidents: the list, late ones first, and beside it or after it, one of them."""

from typing import Any

import flet as ft

from field_app.ui.guard import component
from field_app.ui.parts import panes
from field_app.ui.parts.incident_list import IncidentListPane
from field_app.ui.parts.incident_sheet import IncidentSheet
from field_app.ui.sitting import use_sitting


@component
def Incidents(incident_id: str) -> Any:
    sitting = use_sitting()
    if not sitting.wide:
        if incident_id:
            return IncidentSheet(incident_id, key=incident_id)
        return IncidentListPane("", key="incident-list")
    detail: Any = panes.nothing_chosen(
        sitting.say("Choose an incident in the list."), icon=ft.Icons.REPORT
    )
    if incident_id:
        detail = IncidentSheet(incident_id, key=incident_id)
    return panes.side_by_side(IncidentListPane(incident_id, key="incident-list"), detail)
