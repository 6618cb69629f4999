"""Judging how good an asset is: a grade, what was seen, and pictures of it, as one group."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.conditions import NOTE_LENGTH_MAX, check_grade, gauge_of
from asset_model.documents import DocumentKind
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.meters import MeterReading
from asset_model.roles import check_insert
from asset_model.vocabulary import ReadingSource
from field_app.actions import documents
from field_app.actions.acting import role_of
from field_app.store.edits import recorded
from field_app.store.pictures import Picture


def judge(
    session: Session,
    asset_id: str,
    grade: int,
    *,
    by: Author,
    note: str = "",
    pictures: Sequence[Picture] = (),
) -> MeterReading:
    """:raises Refused: ``role_not_allowed``, ``grade_unknown``, ``bad_value``"""
    check_insert(role_of(session, by), MeterReading.__tablename__)
    check_grade(grade)
    words = note.strip()
    if len(words) > NOTE_LENGTH_MAX:
        raise Refused("bad_value", field="note", value=words[:20], why=f"≤ {NOTE_LENGTH_MAX}")
    asset = session.get_one(Asset, asset_id)
    reading = MeterReading(
        id=by.new_id(),
        meter_id=gauge_of(asset.id),
        asset_id=asset.id,
        value=float(grade),
        taken_at=by.now,
        person_id=by.person_id,
        source=ReadingSource.PERSON,
        note=words or None,
    )
    with recorded(session, by=by):
        session.add(reading)
    for place, picture in enumerate(pictures, start=1):
        documents.attach(
            session,
            asset.id,
            documents.Kept.of(picture),
            by=by,
            kind=DocumentKind.CONDITION,
            title=f"{by.now:%Y-%m-%d} · {place}",
            reading_id=reading.id,
        )
    return reading
