"""What became of some reports of the demo town: its rules, and what people have decided."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.grouping.sightings import METRES_PER_DEGREE
from asset_model.ids import NewId, derived_id
from asset_model.incident_vocabulary import IncidentStatus, ReportSource, UpdateKind
from asset_model.incidents import IncidentUpdate, Report
from asset_model.people import Person
from asset_model.sync.wire import Change, Columns
from sync_server.demo.people import BY_KEY, ROADS_NORTH, ROADS_SOUTH, WATER
from sync_server.demo.placing import NORTH, SOUTH, demo_id
from sync_server.desk import edited, inserted, write
from sync_server.intake.acts import make_order
from sync_server.routing.editions import publish

HOLE, SIDEWALK, LAMP, GIVEN = "0", "6", "2", "1"
"""The reports of `reports.py` that have a story."""
RESOLVED_AGO, BACK_AGO = timedelta(hours=20), timedelta(hours=5)
_WORKING = "2 jours ouvrables"

RULES: dict[str, Any] = {
    "edition": "val-des-pins-1",
    "calendars": {
        "bureau": {
            "days": ["mon", "tue", "wed", "thu", "fri"],
            "from": "08:00",
            "to": "16:30",
            "holidays": "QC",
        }
    },
    "rule": [
        {
            "name": "Mots de danger",
            "when": {"text_any": ["danger", "accident", "swerve"]},
            "then": {"priority": 1, "fix_within": "4 h"},
        },
        {
            "name": "Glace et neige",
            "when": {"service": ["GLACE", "DENEIGEMENT"]},
            "then": {"priority": 2, "fix_within": "12 h"},
        },
        {
            "name": "Eau et égout",
            "when": {"service": ["FUITE", "REFOULEMENT", "PUISARD"]},
            "then": {"crew": WATER, "acknowledge_within": "2 h", "fix_within": "24 h"},
        },
        {
            "name": "Lampadaires",
            "when": {"service": ["LAMPADAIRE"]},
            "then": {
                "acknowledge_within": _WORKING,
                "fix_within": "10 jours ouvrables",
                "calendar": "bureau",
            },
        },
        {
            "name": "Secteur Nord",
            "when": {"district": [NORTH]},
            "then": {"crew": ROADS_NORTH},
        },
        {
            "name": "Secteur Sud",
            "when": {"district": [SOUTH]},
            "then": {"crew": ROADS_SOUTH},
        },
        {
            "name": "Tout signalement",
            "then": {
                "acknowledge_within": _WORKING,
                "fix_within": "14 jours",
                "calendar": "bureau",
            },
        },
    ],
}


def publish_rules(session: Session, *, now: datetime) -> None:
    publish(session, RULES, id=demo_id("rules", "first"), person_id=BY_KEY["isabelle"].id, now=now)
    session.flush()


def decide(session: Session, *, now: datetime, new_id: NewId) -> None:
    """Others tell of the latest hole, one so far off that a clerk is asked; a promise stands still
    until spring; a lamp that was mended is said to be out again; one hole is given to a crew.
    """
    hole = session.get_one(Report, demo_id("report", HOLE))
    for report in _again(hole, now):  # One by one, as they come: each is compared with the others.
        write(session, [inserted(report, new_id=new_id)], now=now, new_id=new_id)
    for at, person, change in _acts(now, new_id):
        write(session, [change], now=at, new_id=new_id, person_id=BY_KEY[person].id)
    given = session.get_one(Report, demo_id("report", GIVEN))
    foreman = session.get_one(Person, BY_KEY["marie_eve"].id)
    make_order(session, given.number or "", foreman, crew=ROADS_NORTH, now=now, new_id=new_id)


# How far north of the latest hole, hours ago, words.
_AGAIN = (
    (5.0, 2, "Nid-de-poule dans la courbe, ça brasse fort."),
    (50.0, 1, "La chaussée est défoncée, un trou à éviter."),
)


def _again(hole: Report, now: datetime) -> Iterator[Report]:
    for rank, (metres, hours, words) in enumerate(_AGAIN):
        assert hole.latitude is not None
        yield Report(
            id=demo_id("report", f"again {rank}"),
            service_id=hole.service_id,
            source=ReportSource.WEB,
            language="fr",
            description=words,
            longitude=hole.longitude,
            latitude=hole.latitude + metres / METRES_PER_DEGREE,
            reported_at=now - timedelta(hours=hours),
        )


def _acts(now: datetime, new_id: NewId) -> Iterator[tuple[datetime, str, Change]]:
    suspended: Columns = {
        "suspended_at": instant(now - RESOLVED_AGO),
        "suspended_by": BY_KEY["marie_eve"].id,
        "suspend_reason": "Sol gelé\u00a0: la dalle sera refaite au printemps",
    }
    before: Columns = dict.fromkeys(suspended)
    yield (
        now - RESOLVED_AGO,
        "marie_eve",
        edited("incident", incident_of(SIDEWALK), before, suspended, new_id=new_id),
    )
    answered: Columns = {
        "status": IncidentStatus.RESOLVED,
        "answer_fr": "L’ampoule est remplacée.",
        "answer_en": "The bulb has been replaced.",
    }
    yield (
        now - RESOLVED_AGO,
        "isabelle",
        edited(
            "incident",
            incident_of(LAMP),
            {"status": IncidentStatus.RECEIVED, "answer_fr": None, "answer_en": None},
            answered,
            new_id=new_id,
        ),
    )
    back = IncidentUpdate(
        id=demo_id("not fixed", LAMP),
        incident_id=incident_of(LAMP),
        report_id=demo_id("report", LAMP),
        kind=UpdateKind.NOT_FIXED,
        words_fr="Il s’est éteint de nouveau dès le lendemain.",
        source=ReportSource.WEB,
        made_at=now - BACK_AGO,
    )
    yield now, "isabelle", inserted(back, new_id=new_id)


def incident_of(report: str) -> str:
    return derived_id("incident of", demo_id("report", report))
