"""311: what citizens report, and the incidents that many reports may be of.

Crews see an incident: what is wrong, and where. A report, its photos and what is told on it stay
at the office; who reported is on no tablet at all (`sync_server/intake/tables.py`).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from asset_model.base import Base, Synced
from asset_model.incident_vocabulary import IncidentStatus

SERVER_WINS = {"merge": "server_wins"}
EARLIEST = {"merge": "earliest"}
SERVERS = {"server": True}


class Incident(Synced, Base):
    """One problem at one place, however many reported it; at most one open order works on it.

    `order_id` is its latest order. `answer_fr` and `answer_en` are what citizens are told of the
    status, beside the sentence that every status has.
    """

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_status_opened_at", "status", "opened_at"),
        Index("ix_incident_longitude_latitude", "longitude", "latitude"),
    )

    number: Mapped[str | None] = mapped_column(index=True, info=SERVERS)
    service_id: Mapped[str] = mapped_column(String(36), index=True, info=SERVER_WINS)
    description: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    """The problem in a reporter's words, without any way to reach somebody."""
    status: Mapped[str] = mapped_column(default=IncidentStatus.RECEIVED, info=SERVER_WINS)
    answer_fr: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    answer_en: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    priority: Mapped[int] = mapped_column(default=3, info=SERVER_WINS)
    district_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    crew_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    asset_id: Mapped[str | None] = mapped_column(String(36), index=True, info=SERVER_WINS)
    segment_id: Mapped[str | None] = mapped_column(String(36), index=True, info=SERVER_WINS)
    segment_m: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    side: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    place: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    longitude: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    latitude: Mapped[float | None] = mapped_column(info=SERVER_WINS)
    acknowledge_by: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    fix_by: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    promise_reason: Mapped[str | None] = mapped_column(info=SERVER_WINS)
    route: Mapped[dict[str, Any]] = mapped_column(default=dict, info=SERVERS)
    """What the rules gave, each with the rule's name (`sync_server/routing/applying.py`)."""
    acknowledged_at: Mapped[datetime | None] = mapped_column(info=EARLIEST)
    acknowledged_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    recurrence_of_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    merged_into_id: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    order_id: Mapped[str | None] = mapped_column(String(36), index=True, info=SERVERS)
    reports_count: Mapped[int] = mapped_column(default=0, info=SERVERS)
    opened_at: Mapped[datetime]
    moved_at: Mapped[datetime | None] = mapped_column(info=SERVERS)
    """When its status last changed."""
    resolved_at: Mapped[datetime | None] = mapped_column(info=SERVERS)
    reopened_at: Mapped[datetime | None] = mapped_column(info=SERVERS)
    suspended_at: Mapped[datetime | None] = mapped_column(info=SERVER_WINS)
    """Since when its promise stands still; the server puts it off by as long when it goes on."""
    suspended_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    suspend_reason: Mapped[str | None] = mapped_column(info=SERVER_WINS)

    @property
    def promised_by(self) -> datetime | None:
        """Until when it is fixed, as citizens are told: none while the promise stands still."""
        return self.fix_by if self.suspended_at is None else None


class Report(Synced, Base):
    """What one citizen told of a problem; with `follows`, that they wish to hear of it as well.

    The server gives it its incident. A person may attach it to another one, and is named then;
    `attach_reasons` says what the machine went by.
    """

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_longitude_latitude", "longitude", "latitude"),)

    number: Mapped[str | None] = mapped_column(index=True, info=SERVERS)
    incident_id: Mapped[str | None] = mapped_column(String(36), index=True, info=SERVER_WINS)
    service_id: Mapped[str] = mapped_column(String(36), info=SERVER_WINS)
    source: Mapped[str]
    source_name: Mapped[str | None]
    """Whose key or file it came by."""
    external_id: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="fr")
    description: Mapped[str | None]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """To the service's questions, by their codes."""
    place: Mapped[str | None]
    address_id: Mapped[str | None]
    zipcode: Mapped[str | None]
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    media_urls: Mapped[list[Any]] = mapped_column(default=list)
    """Pictures that lie elsewhere; those that are here are rows of `report_photo`."""
    follows: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[str | None] = mapped_column(String(36))
    """The agent who wrote it down."""
    reported_at: Mapped[datetime]
    received_at: Mapped[datetime | None] = mapped_column(index=True, info=SERVERS)
    attached_by: Mapped[str | None] = mapped_column(String(36), info=SERVER_WINS)
    attach_score: Mapped[float | None] = mapped_column(info=SERVERS)
    attach_reasons: Mapped[list[Any]] = mapped_column(default=list, info=SERVERS)
    rating: Mapped[int | None] = mapped_column(info=SERVERS)


class ReportPhoto(Synced, Base):
    """A citizen's picture, made anew without what the camera noted, and its thumbnail."""

    __tablename__ = "report_photo"

    report_id: Mapped[str] = mapped_column(String(36), index=True)
    rank: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    byte_size: Mapped[int]
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    thumbnail_sha256: Mapped[str] = mapped_column(String(64), index=True)
    thumbnail_size: Mapped[int]
    taken_at: Mapped[datetime]


class IncidentUpdate(Synced, Base):
    """Something told of an incident: by the town to every reporter, or by one of them.

    The server writes one of kind ``status`` whenever an incident moves on, and others of what
    people decided of its reports and its promise (`UpdateKind`).
    """

    __tablename__ = "incident_update"

    incident_id: Mapped[str] = mapped_column(String(36), index=True)
    report_id: Mapped[str | None] = mapped_column(String(36), index=True)
    kind: Mapped[str]
    status: Mapped[str | None]
    words_fr: Mapped[str | None]
    words_en: Mapped[str | None]
    source: Mapped[str]
    source_name: Mapped[str | None]
    external_id: Mapped[str | None]
    person_id: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime]
    received_at: Mapped[datetime | None] = mapped_column(index=True, info=SERVERS)
    other_id: Mapped[str | None] = mapped_column(String(36))
    """The incident that a report came from, or went to."""


class GroupingDecision(Synced, Base):
    """A person's word on whether a report is of an incident. The latest of a person stands.

    No machine undoes it, or asks the same again; weights are learned from it.
    """

    __tablename__ = "grouping_decision"

    report_id: Mapped[str] = mapped_column(String(36), index=True)
    incident_id: Mapped[str] = mapped_column(String(36), index=True)
    verdict: Mapped[str]
    score: Mapped[float | None]
    """What the machine thought of it then, if it had thought of it."""
    person_id: Mapped[str] = mapped_column(String(36))
    decided_at: Mapped[datetime]


class GroupingWeights(Synced, Base):
    """How much each reason counts in this town (`asset_model/grouping/weights.py`), as published.

    The newest holds; those before it stay, to tell by what was grouped then.
    """

    __tablename__ = "grouping_weights"

    edition: Mapped[str]
    content: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(String(36))
    published_at: Mapped[datetime] = mapped_column(index=True)
