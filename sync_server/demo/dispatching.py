"""Telephones of those who work here, and how an emergency of last week was taken."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from asset_model.alerts import Acknowledgement, Alert, AlertCall
from asset_model.base import Base
from asset_model.dispatching import Contact
from sync_server.demo.people import BY_KEY, PEOPLE
from sync_server.demo.placing import demo_id

FIRST_PHONE = 142
LAST_WEEK, ANSWERED, OVER = timedelta(days=6), timedelta(minutes=7), timedelta(hours=5)
MINUTES = 5


def dispatch_rows(*, now: datetime) -> Iterator[Base]:
    for number, person in enumerate(PEOPLE, start=FIRST_PHONE):
        yield Contact(
            id=demo_id("contact", person.key),
            employee_id=person.id,
            phone=f"819\u00a0555-0{number}",
        )
    yield from _alert(now - LAST_WEEK)


def _alert(at: datetime) -> Iterator[Base]:
    """The first on the list did not answer; the second had it two minutes after being called."""
    called = [BY_KEY[key] for key in ("stephane", "emily")]
    id = demo_id("alert", "main-break")
    yield Alert(
        id=id,
        title="Bris d’aqueduc, eau sur la chaussée",
        place="Rue de l’Hôtel-de-Ville, devant le 40",
        callees=[{"person_id": person.id, "minutes": MINUTES} for person in called],
        created_at=at,
        created_by=BY_KEY["isabelle"].id,
        closed_at=at + OVER,
        closed_by=BY_KEY["marie_eve"].id,
        closing_word="Conduite réparée, rue rouverte",
    )
    for rank, person in enumerate(called):
        turn = at + timedelta(minutes=rank * MINUTES)
        yield AlertCall(
            id=demo_id("alert call", person.key), alert_id=id, person_id=person.id, rank=rank,
            called_at=turn, noted_at=turn,
        )  # fmt: skip
    yield Acknowledgement(
        id=demo_id("acknowledgement", "main-break"), alert_id=id, person_id=called[1].id,
        answer="mine", acknowledged_at=at + ANSWERED,
    )  # fmt: skip
