"""The server's own bookkeeping: what tablets never see as rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from asset_model.base import NAMING, Day, UtcDateTime
from asset_model.tables import SCHEMA


class ServerBase(DeclarativeBase):
    """Apart from the shared tables: the tablets must not grow these."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it as a class attribute
        datetime: UtcDateTime,
        date: Day,
        dict[str, Any]: JSON,
    }


class ServerState(ServerBase):
    """One row: the identity of this history, and how far it has come.

    `position` is taken by updating the row, which locks it until the transaction ends: positions
    become visible in the order of the commits (docs/decisions/0004).
    """

    __tablename__ = "server_state"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    epoch: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    floor: Mapped[int] = mapped_column(default=0, server_default="0")
    """The furthest position of a removal that is not remembered any more."""


_THAT_LEFT = text("gone_at IS NOT NULL")


class RowImage(ServerBase):
    """The latest state of a row as the wire spells it: the feed ships it as it is."""

    __tablename__ = "row_image"

    table: Mapped[str] = mapped_column("table_name", primary_key=True)
    row: Mapped[str] = mapped_column("row_id", String(36), primary_key=True)
    position: Mapped[int]
    buckets: Mapped[str]
    wire: Mapped[str]
    hash: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class FeedEntry(ServerBase):
    """A row's latest place in a bucket, or that it left.

    One per bucket and row: the feed never grows with history.
    """

    __tablename__ = "feed_entry"
    __table_args__ = (
        Index("ix_feed_entry_position_bucket", "position", "bucket"),
        Index(
            "ix_feed_entry_gone_at", "gone_at", sqlite_where=_THAT_LEFT, postgresql_where=_THAT_LEFT
        ),
    )

    bucket: Mapped[str] = mapped_column(primary_key=True)
    table: Mapped[str] = mapped_column("table_name", primary_key=True)
    row: Mapped[str] = mapped_column("row_id", String(36), primary_key=True)
    position: Mapped[int]
    gone: Mapped[str | None]
    gone_at: Mapped[datetime | None]


class BucketDigest(ServerBase):
    """How many rows a bucket has, and the sum of their hashes, as of its last commit."""

    __tablename__ = "bucket_digest"

    bucket: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    rows: Mapped[int]
    sum: Mapped[int] = mapped_column(BigInteger)


class JournalEntry(ServerBase):
    """Every change ever received: what it wanted, whose it is, and what became of it.

    Its key is the change's own id: this is also the ledger by which a repeat is known.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_row_id_result", "row_id", "result"),
        Index("ix_journal_result_received_at", "result", "received_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    group_id: Mapped[str] = mapped_column(String(36), index=True)
    place: Mapped[int] = mapped_column(default=0, server_default="0")
    table: Mapped[str] = mapped_column("table_name")
    row: Mapped[str] = mapped_column("row_id", String(36))
    op: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    person_id: Mapped[str | None] = mapped_column(String(36))
    device_id: Mapped[str | None] = mapped_column(String(36))
    install: Mapped[str | None]
    incarnation: Mapped[str | None]
    made_at: Mapped[str]
    clock_error_s: Mapped[float | None]
    received_at: Mapped[datetime]
    schema: Mapped[int] = mapped_column("schema_version", default=SCHEMA, server_default="2")
    """The revision of the shared tables in whose words it came."""
    result: Mapped[str]
    position: Mapped[int]
    columns: Mapped[dict[str, Any]]
    set_aside: Mapped[dict[str, Any]]
    code: Mapped[str | None]
    details: Mapped[dict[str, Any]]
    waits_for: Mapped[str | None] = mapped_column(String(36), index=True)
    """The row whose arrival may lift what parked the change."""


class Device(ServerBase):
    """A tablet, or the office's own replica. Its token is kept as a hash only."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    crew_id: Mapped[str | None] = mapped_column(String(36))
    district_id: Mapped[str | None] = mapped_column(String(36))
    token_hash: Mapped[str] = mapped_column(unique=True)
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    sent_to: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far rows were sent that were news to it."""
    read_to: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far it has said that it holds everything, since what was sent; `read_at`: when."""
    read_at: Mapped[datetime | None]


class DeviceScope(ServerBase):
    """A bucket that a device holds, or held until `left_at`."""

    __tablename__ = "device_scope"

    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    bucket: Mapped[str] = mapped_column(primary_key=True)
    left_at: Mapped[datetime | None]


class DeviceReport(ServerBase):
    """Something about a device that an administrator should know: it differed, it was cloned."""

    __tablename__ = "device_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str]
    details: Mapped[dict[str, Any]]
    reported_at: Mapped[datetime]


class EnrolmentCode(ServerBase):
    """A code that makes one device, once. Its first block finds it, the rest is kept hashed."""

    __tablename__ = "enrolment_code"

    block: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str]
    device_code: Mapped[str]
    kind: Mapped[str]
    crew_id: Mapped[str | None] = mapped_column(String(36))
    district_id: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)


class NumberSeries(ServerBase):
    """The last number given out in a series such as ``BT-2026``."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class StoredPhoto(ServerBase):
    """A file of a photo that is here whole: its hash was checked before this row was written."""

    __tablename__ = "stored_photo"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str]
    device_id: Mapped[str | None] = mapped_column(String(36))
    stored_at: Mapped[datetime]


class PhotoUpload(ServerBase):
    """An upload that a device has begun. How far it is, its unfinished file says."""

    __tablename__ = "photo_upload"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    thumbnail: Mapped[bool]
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class JobLease(ServerBase):
    """Which server process runs a job until when, and when the job is next due.

    Whoever updates the row while it is free, or its lease is over, holds the job.
    """

    __tablename__ = "job_lease"

    job: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str | None] = mapped_column(String(36))
    expires_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PlanRun(ServerBase):
    """How far a plan's calendar has been worked out: no day is looked at twice, none left out."""

    __tablename__ = "plan_run"

    plan_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    until: Mapped[date]


class ShopFeed(ServerBase):
    """The secret address of a shop's calendar, kept as a hash."""

    __tablename__ = "shop_feed"

    shop: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class OgcKey(ServerBase):
    """A key to read layers at `/ogc` with. `layers`: their codes, else all of them."""

    __tablename__ = "ogc_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    layers: Mapped[str | None]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class GatePassage(ServerBase):
    """How often somebody passed a gate of late; who it was, nobody can read out of `mark`."""

    __tablename__ = "gate_passage"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    minute: Mapped[int] = mapped_column(index=True)
    """Since 1970."""
    passed: Mapped[int]
    before: Mapped[int]
    """In the minute before."""
