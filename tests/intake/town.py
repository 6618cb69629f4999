"""The small town of the tests of synchronization, with services of 311, a lamp, and an agent."""

from typing import Any

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.catalogue import Service
from asset_model.people import Person
from asset_model.sync.wire import Change, Columns
from asset_model.vocabulary import Role
from sync_server import desk
from tests.sync.rig import Server, an_id, insert
from tests.sync.town import NORD, named

POTHOLE, LAMP, LEAK = (named("service", code) for code in ("NID", "LAMPE", "FUITE"))
THE_LAMP = named("asset", "LMP-7")
ISABELLE = named("person", "isabelle")
AT = "2026-11-23T07:30:00.000Z"
HERE = {"longitude": -75.695, "latitude": 45.4001}
"""Eleven metres north of the middle of the streets."""

DEPTH = {
    "name": "profondeur",
    "type": "choice",
    "required": True,
    "label_fr": "Profondeur",
    "label_en": "Depth",
    "choices": [
        {"code": "petit", "label_fr": "Moins de 5 cm", "label_en": "Less than 5 cm"},
        {"code": "grand", "label_fr": "5 cm ou plus", "label_en": "5 cm or more"},
    ],
}


def rows() -> list[Base]:
    streets, water = ("Rues", "Streets"), ("Eau", "Water")
    services: Any = (
        (POTHOLE, "NID", "Nid-de-poule", "Pothole", streets, ["road_segment"], False, [DEPTH]),
        (LAMP, "LAMPE.É 1", "Lampadaire éteint", "Street light out", streets, ["lamp"], False, []),
        (LEAK, "FUITE", "Fuite d’aqueduc", "Water leak", water, [], True, []),
    )
    return [
        *(
            Service(
                id=id, code=code, name_fr=french, name_en=english, group_fr=group[0],
                group_en=group[1], asset_classes=classes, orders_at_once=at_once,
                questions=questions, priority=2,
            )
            for id, code, french, english, group, classes, at_once, questions in services
        ),
        Asset(
            id=THE_LAMP, tag="LMP-7", class_code="lamp", name="Lampadaire 7", district_id=NORD,
            geometry={"type": "Point", "coordinates": [-75.6951, 45.4001]}, attributes={},
            west=-75.6951, east=-75.6951, south=45.4001, north=45.4001,
        ),
        Person(id=ISABELLE, name="Isabelle Nguyen", language="fr", role=Role.AGENT_311),
    ]  # fmt: skip


def with_services(server: Server) -> Server:
    """The town's streets get their boxes, without which nothing is near them."""
    server.write(*(desk.inserted(row, new_id=an_id) for row in rows()))
    box = {"west": -75.7, "east": -75.69, "south": 45.4, "north": 45.4}
    for n in range(1, 5):
        server.set("asset", named("street", str(n)), **box)
    server.add_device("OFFICE", None)
    return server


def a_report(service: str = POTHOLE, row: str | None = None, /, **more: Any) -> Change:
    said: dict[str, Any] = {"description": "Un gros trou.", "source": "web", "reported_at": AT}
    return insert("report", row, service_id=service, **{**said, **HERE, **more})


def incident_of(server: Server, report: Change | str) -> Columns:
    """The incident, with its id."""
    row = server.row("report", report if isinstance(report, str) else report.row) or {}
    return {"id": row["incident_id"], **(server.row("incident", row["incident_id"]) or {})}


def taken(server: Server, *changes: Change) -> Columns:
    server.write(*changes)
    return incident_of(server, changes[0])


def an_order(incident: str, status: str = "planned", **more: Any) -> Change:
    born = {"title": "Nid-de-poule", "status": status, "created_at": AT, "incident_id": incident}
    return insert("work_order", **{**born, **more})


def in_words(outcomes: list[Any]) -> list[str]:
    return [outcome.code or outcome.result for outcome in outcomes]
