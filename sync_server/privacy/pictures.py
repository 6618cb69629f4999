"""A citizen's pictures, destroyed wherever they were carried to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from asset_model.incidents import ReportPhoto
from asset_model.photos import Photo
from sync_server.intake.carrying import carried_id
from sync_server.retention.destroying import withdraw_rows
from sync_server.tables import StoredPhoto


def destroy_pictures(
    session: Session, reports: Sequence[str], *, now: datetime
) -> tuple[int, list[str]]:
    """How many there were, and the files that no row names any more."""
    query = select(ReportPhoto).where(ReportPhoto.report_id.in_(reports))
    theirs = session.scalars(query).all()
    if not theirs:
        return 0, []
    files = {name for each in theirs for name in (each.sha256, each.thumbnail_sha256)}
    copies = session.scalars(select(Photo).where(Photo.sha256.in_(files))).all()
    carried = [
        photo.id
        for photo in copies
        if photo.id in {carried_id(each.id, photo.work_order_id or "") for each in theirs}
    ]
    keys = [("report_photo", each.id) for each in theirs] + [("photo", id) for id in carried]
    withdraw_rows(session, keys, now=now)
    return len(theirs), sorted(_unnamed(session, files))


def _unnamed(session: Session, files: set[str]) -> set[str]:
    """Of these files those that nothing shows any more; the note that they are here goes."""
    left = set(files)
    for model in (ReportPhoto, Photo):
        query = select(model.sha256, model.thumbnail_sha256).where(
            or_(model.sha256.in_(files), model.thumbnail_sha256.in_(files))
        )
        for pair in session.execute(query):
            left -= set(pair)
    session.execute(delete(StoredPhoto).where(StoredPhoto.sha256.in_(left)))
    return left
