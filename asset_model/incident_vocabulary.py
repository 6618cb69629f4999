"""The words of 311: where an incident stands, and by which way a report came."""

from enum import StrEnum


class IncidentStatus(StrEnum):
    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    """Somebody has looked at it, or its order is not planned yet."""
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    """A citizen says that it is not fixed: a foreman looks again."""
    NOT_RETAINED = "not_retained"
    MERGED = "merged"
    """It was the same as another one, which has its reports now."""


OPEN_INCIDENTS = (
    IncidentStatus.RECEIVED,
    IncidentStatus.REOPENED,
    IncidentStatus.UNDER_REVIEW,
    IncidentStatus.PLANNED,
    IncidentStatus.IN_PROGRESS,
)
ANSWERED_INCIDENTS = (IncidentStatus.RESOLVED, IncidentStatus.NOT_RETAINED)
"""Of these the town's own words are told; of an open one they are only prepared."""


class ReportSource(StrEnum):
    WEB = "web"
    PHONE = "phone"
    OPEN311 = "open311"
    IMPORT = "import"


class UpdateKind(StrEnum):
    STATUS = "status"
    """The town's word on where the incident stands: every reporter may be told."""
    COMMENT = "comment"
    """Somebody's words on a report; the town's own people alone read them."""
    NOT_FIXED = "not_fixed"
    JOINED = "joined"
    """A person put a report into this incident."""
    LEFT = "left"
    """A person took a report out of it."""
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    ROUTED = "routed"
    """A person said who takes it on, how urgent it is or until when."""


class Verdict(StrEnum):
    """A person's word on whether a report is of an incident."""

    SAME = "same"
    OTHER = "other"
    UNDECIDED = "undecided"
    """They took their word back."""
