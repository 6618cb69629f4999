"""311 in the small town of the tests: services, incidents with their reports, an agent."""

from datetime import datetime, timedelta
from typing import Any

from asset_model.catalogue import Service
from asset_model.incidents import Incident, Report
from tests.ui.fleet import add_person
from tests.ui.town import NOW, Town

HERE = {"longitude": -75.6995, "latitude": 45.4001}
QUESTION = {
    "name": "taille",
    "type": "choice",
    "required": True,
    "label_fr": "Taille du trou",
    "label_en": "Size of the hole",
    "choices": [
        {"code": "main", "label_fr": "Comme une main", "label_en": "Like a hand"},
        {"code": "pneu", "label_fr": "Comme un pneu", "label_en": "Like a tire"},
    ],
}


def with_311(town: Town) -> Town:
    for code, french, english, asked in (
        ("NID", "Nid-de-poule", "Pothole", [QUESTION]),
        ("LAMPE", "Lampadaire éteint", "Street light out", []),
    ):
        town.ids[code] = town.workplace.new_id()
        town.add(
            Service(
                id=town.ids[code], code=code, name_fr=french, name_en=english, group_fr="Rues",
                group_en="Streets", keywords="trou, asphalte" if code == "NID" else None,
                questions=asked,
            )
        )  # fmt: skip
    add_person(town, "Isabelle Nguyen", "agent_311")
    return town


def an_incident(town: Town, name: str, **more: Any) -> str:
    """An incident that is here with its number; `name`: how the test calls it."""
    id = town.ids[name] = town.workplace.new_id()
    told: dict[str, Any] = {
        "number": f"INC-2026-{len(town.ids):06d}",
        "service_id": town.ids["NID"],
        "description": "Gros trou",
        "place": f"{len(town.ids)}, rue de l’Église",
        "district_id": town.ids["district"],
        "opened_at": NOW - timedelta(hours=5),
        "reports_count": 1,
        **HERE,
    }
    town.add(Incident(id=id, **{**told, **more}))
    return id


def a_report(
    town: Town, incident: str, name: str, at: datetime = NOW - timedelta(hours=5), **more: Any
) -> str:
    id = town.ids[name] = town.workplace.new_id()
    told: dict[str, Any] = {
        "number": f"REQ-2026-{len(town.ids):06d}",
        "incident_id": town.ids[incident],
        "service_id": town.ids["NID"],
        "source": "web",
        "description": "Gros trou devant chez nous",
        "reported_at": at,
        **HERE,
    }
    town.add(Report(id=id, **{**told, **more}))
    return id
