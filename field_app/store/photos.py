"""The queue of files of photos and documents: what is to be sent and fetched, and what became of
each.

It stands beside the outbox and never holds it back. A file is sent once the server has the row
that names it; it leaves this disk only when the server has confirmed it, long ago.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from asset_model.documents import AssetDocument
from asset_model.incidents import ReportPhoto
from asset_model.photos import Photo
from field_app.store.local import FileState, LocalChange, PhotoFile, Replica, State
from field_app.store.outbox import JOURNAL_DAYS

KEPT = timedelta(days=JOURNAL_DAYS)
"""How long an original stays after its confirmation: as long as a change stays in the journal."""

FETCHED_BYTES_MAX = 500 * 1024 * 1024
RETRY_FIRST_S, RETRY_MAX_S = 2, 3600

_HERE = (FileState.WAITING, FileState.CONFIRMED)

Named = Photo | AssetDocument | ReportPhoto
"""What names a file by its hash."""
NAMING = (Photo, AssetDocument)


def enqueue(session: Session, photo: Named) -> None:
    """The files of what was made here wait to be sent. They are on the disk already."""
    for sha256, size, thumbnail in (
        (photo.thumbnail_sha256, photo.thumbnail_size, True),
        (photo.sha256, photo.byte_size, False),
    ):
        if sha256 is None or size is None:
            continue
        file = _file(session, sha256)
        if file is None:
            file = PhotoFile(sha256=sha256, size=size, thumbnail=thumbnail, photo_id=photo.id)
            session.add(file)
        elif file.state not in _HERE:
            _wait(file)
        if file.state != FileState.CONFIRMED:
            file.photo_id = photo.id


def want(session: Session, photo: Named, *, thumbnail: bool = True) -> None:
    """A file that is not on this disk is to be fetched. Asking again is harmless."""
    sha256 = photo.thumbnail_sha256 if thumbnail else photo.sha256
    size = photo.thumbnail_size if thumbnail else photo.byte_size
    if sha256 is None or size is None:
        return
    file = _file(session, sha256)
    if file is None:
        file = PhotoFile(sha256=sha256, size=size, thumbnail=thumbnail, photo_id=photo.id)
        session.add(file)
    elif file.state in (FileState.WAITING, FileState.WANTED, FileState.LOST):
        return
    _wait(file)
    file.state = FileState.WANTED


def pin(session: Session, document: AssetDocument, *, pinned: bool) -> None:
    """It stays on this disk from now on, or leaves it with the others when room is needed."""
    file = _file(session, document.sha256)
    if file is not None:
        file.pinned = pinned


def _wait(file: PhotoFile) -> None:
    file.state = FileState.WAITING
    file.upload = file.code = file.retry_at = None
    file.moved = file.failures = 0


def next_file(session: Session, *, now: datetime) -> PhotoFile | None:
    """The next file to move: thumbnails out, then what is wished for, then originals out."""
    query = (
        select(PhotoFile)
        .where(or_(and_(_to_send(session), _row_on_server()), _is(FileState.WANTED)))
        .where(_may_be_tried(now))
        .order_by(
            case((_is(FileState.WANTED), 1), (PhotoFile.thumbnail, 0), else_=2), PhotoFile.place
        )
        .limit(1)
    )
    return session.scalars(query).first()


def _to_send(session: Session) -> ColumnElement[bool]:
    """What no server has confirmed, or only one whose history is not today's."""
    epoch = session.scalar(select(Replica.epoch)) or ""
    elsewhere = and_(_is(FileState.CONFIRMED), PhotoFile.epoch != epoch)
    return or_(_is(FileState.WAITING), elsewhere)


def _row_on_server() -> ColumnElement[bool]:
    """The server takes a file only for a row that it has."""
    accepted = (
        select(LocalChange.row)
        .where(LocalChange.table.in_([row.__tablename__ for row in NAMING]))
        .where(LocalChange.op == "insert")
        .where(LocalChange.state.in_((State.ACCEPTED, State.SETTLED)))
    )
    told = [
        select(row.id)
        .where(or_(row.sha256 == PhotoFile.sha256, row.thumbnail_sha256 == PhotoFile.sha256))
        .where(or_(row.version > 0, row.id.in_(accepted)))
        .exists()
        for row in NAMING
    ]
    return or_(PhotoFile.photo_id.in_(accepted), *told)


def _may_be_tried(now: datetime) -> ColumnElement[bool]:
    # A time further ahead than any wait of ours comes from a clock that was wrong.
    absurd = now + timedelta(seconds=RETRY_MAX_S)
    at = PhotoFile.retry_at
    return or_(at.is_(None), at <= now, at > absurd)


def _is(state: FileState) -> ColumnElement[bool]:
    return PhotoFile.state == state


def note(session: Session, sha256: str, **values: Any) -> None:
    """Write down where a file stands."""
    file = _file(session, sha256)
    if file is not None:
        for name, value in values.items():
            setattr(file, name, value)


def note_confirmed(session: Session, sha256: str, *, now: datetime) -> None:
    """The server has the file whole, by its hash: at its own time, since our clock may jump."""
    replica = session.get_one(Replica, 1)
    file = _file(session, sha256)
    if file is not None:
        file.state, file.moved = FileState.CONFIRMED, file.size
        file.epoch, file.confirmed_at = replica.epoch, server_time(session, now)
        file.code = file.retry_at = None
        file.failures = 0


def note_failure(session: Session, sha256: str, code: str, *, now: datetime) -> None:
    """Not now: the file is tried again later and lets the others pass."""
    file = _file(session, sha256)
    if file is not None:
        wait_s = min(RETRY_FIRST_S * 2 ** min(file.failures, 20), RETRY_MAX_S)
        file.failures += 1
        file.retry_at = now + timedelta(seconds=wait_s)
        file.code = code


def unsent(session: Session) -> list[PhotoFile]:
    """Files that are on this disk and, as far as is known, nowhere else."""
    states = (FileState.WAITING, FileState.REFUSED)
    query = select(PhotoFile).where(PhotoFile.state.in_(states)).order_by(PhotoFile.place)
    return list(session.scalars(query))


def free(session: Session, *, now: datetime) -> list[str]:
    """Give up the room of originals confirmed long ago, and of the oldest that were fetched.

    The names of the files to remove, once this has been committed. Thumbnails made here stay.
    """
    old = server_time(session, now) - KEPT
    epoch = session.scalar(select(Replica.epoch))
    confirmed = select(PhotoFile).where(
        _is(FileState.CONFIRMED),
        PhotoFile.thumbnail.is_(False),
        PhotoFile.pinned.is_(False),
        PhotoFile.epoch == epoch,
        PhotoFile.confirmed_at < old,
    )
    for file in session.scalars(confirmed):
        file.state = FileState.FREED
    too_many = _beyond_the_room(session)
    for file in too_many:
        session.delete(file)
    session.flush()
    freed = session.scalars(select(PhotoFile.sha256).where(_is(FileState.FREED))).all()
    return [*freed, *(file.sha256 for file in too_many)]


def _beyond_the_room(session: Session) -> Iterable[PhotoFile]:
    """Fetched files, but for the newest that fit and those that are to stay."""
    fetched = select(PhotoFile).where(_is(FileState.FETCHED), PhotoFile.pinned.is_(False))
    query = fetched.order_by(PhotoFile.place.desc())
    room, beyond = FETCHED_BYTES_MAX, []
    for file in session.scalars(query):
        room -= file.size
        if room < 0:
            beyond.append(file)
    return beyond


def server_time(session: Session, now: datetime) -> datetime:
    replica = session.get_one(Replica, 1)
    return now - timedelta(milliseconds=replica.clock_error_ms or 0)


def _file(session: Session, sha256: str) -> PhotoFile | None:
    return session.scalars(select(PhotoFile).where(PhotoFile.sha256 == sha256)).one_or_none()
