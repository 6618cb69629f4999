"""Tables that never leave the tablet."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, MetaData, String, false, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from asset_model.base import NAMING, UtcDateTime
from asset_model.tables import SCHEMA


class LocalBase(DeclarativeBase):
    """Apart from the shared tables: the server must not grow these."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it as a class attribute
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
    }


class State(StrEnum):
    """Where a local change is. People see: saved here, sent, accepted, refused, to settle."""

    PENDING = "pending"
    """Not answered yet."""
    ACCEPTED = "accepted"
    """The server has it; its row has not come back yet, so it still lies over the old image."""
    SETTLED = "settled"
    """Accepted, and seen in the server's row. Kept for a month."""
    REFUSED = "refused"
    PARKED = "parked"
    RETURNED = "returned"
    """Not taken, and sent back by whoever settled it: its author has still to see that."""
    CLOSED = "closed"
    """Not taken, and somebody has decided that it is not to be. Kept for a month."""


UNSETTLED = (State.REFUSED, State.PARKED)
"""What a person has still to decide on."""

LAID_OVER = (State.PENDING, State.ACCEPTED)
"""States in which a change lies over the server's image of its row."""


class LocalChange(LocalBase):
    """One change made here: the outbox while it waits, the journal once it is answered."""

    __tablename__ = "local_change"
    __table_args__ = (
        Index("ix_local_change_state_place", "state", "place"),
        Index("ix_local_change_table_name_row_id", "table_name", "row_id"),
    )

    place: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    group_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[str]
    table: Mapped[str] = mapped_column("table_name")
    row: Mapped[str] = mapped_column("row_id", String(36))
    op: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=State.PENDING)
    position: Mapped[int] = mapped_column(default=0)
    result: Mapped[str | None]
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What stands on the server in place of what was asked, where that differs."""
    set_aside: Mapped[dict[str, Any]] = mapped_column(default=dict)
    code: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answered_at: Mapped[datetime | None]
    schema: Mapped[int] = mapped_column("schema_version", default=SCHEMA, server_default="2")
    """The revision of the shared tables in whose words it was made. An update rewrites none."""


class ServerImage(LocalBase):
    """A row as the server last told it, kept while local changes lie over it.

    `columns` is None where the server does not have the row; `gone` where it left our scope.
    """

    __tablename__ = "server_image"

    table: Mapped[str] = mapped_column("table_name", primary_key=True)
    row: Mapped[str] = mapped_column("row_id", String(36), primary_key=True)
    columns: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=0)
    buckets: Mapped[str] = mapped_column(default="")
    gone: Mapped[bool] = mapped_column(default=False)


class BucketPosition(LocalBase):
    """How far a bucket of our scope has been read."""

    __tablename__ = "bucket_position"

    bucket: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    verified: Mapped[int] = mapped_column(default=-1, server_default="-1")
    """The position at which the server found it equal; -1: it has changed since."""
    differed: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many times in a row it was found different."""
    since: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far the server's history had come when reading it from its beginning began."""


class Replica(LocalBase):
    """One row: which database this is, of which installation, and what it knows of the server."""

    __tablename__ = "replica"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    install: Mapped[str]
    incarnation: Mapped[str]
    epoch: Mapped[str | None]
    scope: Mapped[str | None]
    sweeping: Mapped[bool] = mapped_column(default=False)
    """A new history is being read: rows it does not tell of are to go when it has been."""
    last_alias: Mapped[int] = mapped_column(default=0)
    head: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far the server said that its history had come, and its seal on that."""
    seal: Mapped[str] = mapped_column(default="", server_default="")
    clock_error_ms: Mapped[int | None]
    heard_at: Mapped[datetime | None]
    pulled_at: Mapped[datetime | None]


_REPLICA = select(Replica)


def replica_of(session: Session) -> Replica:
    return session.scalars(_REPLICA).one()


class SignInAttempts(LocalBase):
    """Wrong PINs of one person, kept so that a restart forgets none."""

    __tablename__ = "sign_in_attempts"

    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class LocalSetting(LocalBase):
    """A choice made on this tablet: language, theme, who was here last."""

    __tablename__ = "local_setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Draft(LocalBase):
    """What one person is filling in, by the name of its form. It goes nowhere from here."""

    __tablename__ = "draft"

    name: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    entered: Mapped[dict[str, Any]]
    until: Mapped[datetime | None]
    """It is forgotten then; None: not before it is sent or emptied."""


class FileState(StrEnum):
    """Where a photo's file is between this tablet and the server."""

    WAITING = "waiting"
    """On this disk; the server has not said that it has it whole."""
    CONFIRMED = "confirmed"
    """The server has it whole, and has said so by its hash. It is on this disk too."""
    FREED = "freed"
    """Confirmed long ago; this disk has its room back."""
    REFUSED = "refused"
    """The server will never take it. It stays on this disk."""
    LOST = "lost"
    """It is not on this disk any more, or is damaged, and the server had not confirmed it."""
    WANTED = "wanted"
    """Someone wishes to see it, and it is to be fetched."""
    FETCHED = "fetched"


class PhotoFile(LocalBase):
    """A file of a photo that this tablet sends, or fetches. The disk holds it under its hash."""

    __tablename__ = "photo_file"

    place: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    photo_id: Mapped[str] = mapped_column(String(36))
    thumbnail: Mapped[bool]
    size: Mapped[int]
    state: Mapped[str] = mapped_column(default=FileState.WAITING, index=True)
    moved: Mapped[int] = mapped_column(default=0)
    """How many bytes have gone, or come, as far as is known."""
    upload: Mapped[str | None]
    epoch: Mapped[str | None]
    """The history of the server that confirmed it: another one is asked again."""
    confirmed_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    code: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It was asked for, to be at hand: it is not given up for newer ones."""


class Bulletin(LocalBase):
    """What the server last told of a page that only it can work out, and as of when."""

    __tablename__ = "bulletin"

    question: Mapped[str] = mapped_column(primary_key=True)
    """Its name and what was asked, as `store/bulletins.py` spells them."""
    made_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    body: Mapped[dict[str, Any]]
