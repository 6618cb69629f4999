"""Which incident a report is of."""

from dataclasses import dataclass

from sync_server.feed import Image
from sync_server.workspace import Draft


@dataclass(frozen=True)
class Attachment:
    """The incident that is meant, how sure that is, and what was gone by."""

    incident_id: str
    score: float
    reasons: tuple[str, ...]


def incident_for(draft: Draft, report: Image) -> Attachment | None:
    """The open incident that a new report is of; None: it founds its own."""
    return None
