"""The photos of an order, and where each is between this tablet and the server."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.people import Person
from asset_model.photos import Photo
from field_app.store.local import FileState, PhotoFile

PHOTOS_MAX = 60


@dataclass(frozen=True)
class PhotoLine:
    """`state` is None for one that another device took: its file is not ours to send."""

    photo: Photo
    person: str
    state: FileState | None
    percent: int


def photo(session: Session, photo_id: str) -> Photo | None:
    return session.get(Photo, photo_id)


def photos_of(session: Session, order_id: str) -> tuple[PhotoLine, ...]:
    """The newest first."""
    query = (
        select(Photo, Person.name, PhotoFile.state, PhotoFile.moved)
        .outerjoin(Person, Person.id == Photo.person_id)
        .outerjoin(PhotoFile, PhotoFile.sha256 == Photo.sha256)
        .where(Photo.work_order_id == order_id)
        .order_by(Photo.taken_at.desc(), Photo.id.desc())
        .limit(PHOTOS_MAX)
    )
    return tuple(
        PhotoLine(photo, name or "", _ours(state), 100 * (moved or 0) // photo.byte_size)
        for photo, name, state, moved in session.execute(query)
    )


def _ours(state: str | None) -> FileState | None:
    fetching = (None, FileState.WANTED, FileState.FETCHED)
    return None if state in fetching else FileState(state or "")
