"""What citizens of the demo town have reported lately, and what the town asks of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from asset_model.assets import Asset
from asset_model.geometry import middle
from asset_model.incident_vocabulary import ReportSource
from asset_model.incidents import Report
from sync_server.demo.ground import chance
from sync_server.demo.placing import demo_id
from sync_server.intake.tables import ReportContact

_SIZE = {
    "name": "taille",
    "type": "choice",
    "required": True,
    "label_fr": "Taille du trou",
    "label_en": "Size of the hole",
    "choices": [
        {"code": "main", "label_fr": "Comme une main", "label_en": "Like a hand"},
        {"code": "ballon", "label_fr": "Comme un ballon", "label_en": "Like a ball"},
        {"code": "pneu", "label_fr": "Comme un pneu ou plus", "label_en": "Like a tire or more"},
    ],
}
_SEVERAL = {
    "name": "plusieurs",
    "type": "boolean",
    "label_fr": "Plusieurs lampadaires sont éteints",
    "label_en": "Several street lights are out",
}
_INSIDE = {
    "name": "sous_sol",
    "type": "boolean",
    "required": True,
    "label_fr": "L’eau entre dans un bâtiment",
    "label_en": "Water is coming into a building",
}

# By the code of a service: its columns beyond the names.
ASKED: dict[str, dict[str, Any]] = {
    "NID": {
        "description_fr": "Un trou dans la rue.",
        "description_en": "A hole in the street.",
        "keywords": "trou, nid de poule, pothole, asphalte",
        "questions": [_SIZE],
        "asset_classes": ["road_segment"],
    },
    "FUITE": {
        "description_fr": "De l’eau sort de la rue, du trottoir ou d’une borne.",
        "description_en": "Water comes out of the street, the sidewalk or a hydrant.",
        "questions": [_INSIDE],
        "asset_classes": ["pipe", "hydrant"],
        "priority": 1,
        "orders_at_once": True,
    },
    "LAMPADAIRE": {"questions": [_SEVERAL], "asset_classes": ["street_light"]},
    "PANNEAU": {"asset_classes": ["sign"], "priority": 2},
    "PUISARD": {"asset_classes": ["catch_basin"]},
    "REFOULEMENT": {"priority": 1, "questions": [_INSIDE]},
    "GLACE": {"priority": 2, "reopens_within_days": 2},
    "DENEIGEMENT": {"priority": 2, "reopens_within_days": 2},
}

# Service, class of the asset it is at, hours ago, language, words.
_SAID = (
    ("NID", "road_segment", 3, "fr", "Gros trou dans la courbe, les autos l’évitent de justesse."),
    ("NID", "road_segment", 26, "en", "Deep pothole near the stop sign, I nearly lost a tire."),
    ("LAMPADAIRE", "street_light", 50, "fr", "Éteint depuis une semaine, on ne voit plus le coin."),
    ("LAMPADAIRE", "street_light", 20, "fr", "Clignote toute la nuit devant chez nous."),
    ("PUISARD", "catch_basin", 8, "fr", "Bouché par les feuilles, l’eau monte sur le trottoir."),
    ("PANNEAU", "sign", 30, "en", "The stop sign is bent and turned the wrong way."),
    ("TROTTOIR", "road_segment", 70, "fr", "Dalle soulevée, ma mère a failli tomber."),
    ("GLACE", "road_segment", 2, "fr", "La côte est une patinoire, l’autobus a glissé."),
)


def report_rows(assets: Sequence[Asset], *, now: datetime, seed: int) -> Iterator[Report]:
    """The oldest first, so that their numbers are in that order."""
    random = chance(seed, "reports")
    said = sorted(enumerate(_SAID), key=lambda each: -each[1][2])
    for rank, (service, class_code, hours, language, words) in said:
        at = random.choice([a for a in assets if a.class_code == class_code and a.geometry])
        longitude, latitude = middle(at.geometry or {})
        yield Report(
            id=demo_id("report", str(rank)),
            service_id=demo_id("service", service),
            source=ReportSource.WEB if rank % 3 else ReportSource.PHONE,
            language=language,
            description=words,
            longitude=longitude,
            latitude=latitude,
            reported_at=now - timedelta(hours=hours),
        )


_LEFT = {0: "citoyen@example.com", 1: "resident@example.com", 3: "voisine@example.com"}
"""By the place of a report: an address of a domain that exists nowhere (RFC 2606)."""


def contact_rows(*, now: datetime) -> Iterator[ReportContact]:
    """Who left an address: letters to them lie in the demo's mailbox."""
    for rank, email in _LEFT.items():
        yield ReportContact(report_id=demo_id("report", str(rank)), email=email, kept_at=now)
