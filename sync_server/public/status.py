"""A report's own page: where it stands, what was told of it, and what its sender may answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.codec import columns_of
from asset_model.incident_vocabulary import IncidentStatus, ReportSource, UpdateKind
from asset_model.incident_words import answer_told, status_sentence
from asset_model.incidents import Incident, IncidentUpdate, Report, ReportPhoto
from sync_server import desk
from sync_server.feed import images
from sync_server.intake.reopening import check_reopens, may_reopen
from sync_server.intake.sendings import REMEMBERED_FOR, mark_of, take
from sync_server.intake.words import without_contacts
from sync_server.workspace import Workspace

WORDS_MAX = 2_000


@dataclass(frozen=True)
class Step:
    """One thing that was told, and when."""

    at: datetime
    sentence: str
    answer: str | None


@dataclass(frozen=True)
class Standing:
    report: Report
    incident: Incident
    service: Service
    sentence: str
    answer: str | None
    steps: tuple[Step, ...]
    photos: tuple[ReportPhoto, ...]
    may_reopen: bool
    said_not_fixed: bool


def standing_of(session: Session, report: Report, language: str, *, now: datetime) -> Standing:
    incident = session.get_one(Incident, report.incident_id)
    service = session.get_one(Service, incident.service_id)
    photos = select(ReportPhoto).where(ReportPhoto.report_id == report.id)
    updates = select(IncidentUpdate).where(IncidentUpdate.incident_id == incident.id)
    told = session.scalars(updates.order_by(IncidentUpdate.made_at, IncidentUpdate.version)).all()
    return Standing(
        report=report,
        incident=incident,
        service=service,
        sentence=status_sentence(incident.status, language, follows=report.follows),
        answer=answer_told(incident.status, incident.answer_fr, incident.answer_en, language),
        steps=tuple(sorted(_steps(told, report, language), key=lambda step: step.at)),
        photos=tuple(session.scalars(photos.order_by(ReportPhoto.rank))),
        may_reopen=may_reopen(columns_of(incident), columns_of(service), now=now),
        said_not_fixed=any(
            each.kind == UpdateKind.NOT_FIXED and each.report_id == report.id for each in told
        ),
    )


def _steps(told: Iterable[IncidentUpdate], report: Report, language: str) -> Iterator[Step]:
    """Their own, what the town has done since, and where it was when they told of it.

    What was received of others before is not theirs.
    """
    received = status_sentence(IncidentStatus.RECEIVED, language, follows=report.follows)
    yield Step(report.reported_at, received, None)
    moves = [
        each
        for each in told
        if each.kind == UpdateKind.STATUS and each.status != IncidentStatus.RECEIVED
    ]
    before = [each for each in moves if each.made_at < report.reported_at]
    for update in moves[max(0, len(before) - 1) :]:
        yield _step(update, language)


def _step(update: IncidentUpdate, language: str) -> Step:
    own, other = update.words_fr, update.words_en
    answer = (own or other) if language == "fr" else (other or own)
    return Step(update.made_at, status_sentence(update.status or "received", language), answer)


def say_not_fixed(
    session: Session, report: Report, words: str, language: str, *, now: datetime, new_id: Any
) -> None:
    """Once for each answer of the town; pressing again says nothing more.

    :raises Refused: ``not_resolved_yet``, ``not_fixed_too_late``
    """
    incident = session.get_one(Incident, report.incident_id)
    service = session.get_one(Service, incident.service_id)
    row = new_id()
    mark = mark_of("not fixed", report.id, str(incident.resolved_at))
    if take(session, mark, row, within=REMEMBERED_FOR, now=now) is not None:
        return
    check_reopens(columns_of(incident), columns_of(service), now=now)
    update = IncidentUpdate(
        id=row,
        incident_id=incident.id,
        report_id=report.id,
        kind=UpdateKind.NOT_FIXED,
        source=ReportSource.WEB,
        made_at=now,
    )
    setattr(update, f"words_{language}", without_contacts(words[:WORDS_MAX]))
    desk.write(session, [desk.inserted(update, new_id=new_id)], now=now, new_id=new_id)


def rate(session: Session, report: Report, rating: int, *, now: datetime) -> None:
    """The sender's opinion, from 1 to 5; a later one replaces it."""
    workspace = Workspace(session, now=now)
    (image,) = images(session, [("report", report.id)], lock=True)
    workspace.load([("report", report.id)])
    workspace.put(replace(image, columns={**image.columns, "rating": rating}))
    workspace.write()
