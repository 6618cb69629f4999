"""Which incident a report is of, by the reasons of `asset_model/grouping`."""

from collections.abc import Iterator
from dataclasses import dataclass

from asset_model.grouping.assigning import Candidate, Outcome
from asset_model.grouping.assigning import Incident as Thing
from asset_model.grouping.sightings import Sighting
from asset_model.grouping.told import reasons_told
from asset_model.grouping.town import Known, assigned, town_weights
from asset_model.incident_vocabulary import OPEN_INCIDENTS
from sync_server.feed import Image
from sync_server.intake.ahead import around, sighting
from sync_server.workspace import Draft

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Attachment:
    """The incident that is meant, how sure that is, and what was gone by, in both languages.

    `recurs`: that incident was closed when the report came; it has come back as a new one.
    """

    incident_id: str
    score: float
    reasons: tuple[dict[str, str], ...]
    recurs: bool = False


def incident_for(draft: Draft, report: Image) -> Attachment | None:
    """The incident that a new report is of; None: it founds its own."""
    if report.columns["longitude"] is None:
        return None
    workspace, newer = draft.workspace, sighting(report.row, report.columns)
    weights = workspace.known("weights", lambda: town_weights(workspace.session))
    stored = around(workspace, newer, weights)
    told = assigned(newer, stored, weights, _of_this_write(draft, newer))
    best = told.chosen
    if best is None or told.outcome is Outcome.SUGGEST:
        return None
    return Attachment(
        best.incident.id,
        round(best.score.probability, 4),
        _reasons(best),
        recurs=told.outcome is Outcome.RECURRENCE,
    )


def _reasons(candidate: Candidate) -> tuple[dict[str, str], ...]:
    told = [reasons_told(candidate.score, language) for language in LANGUAGES]
    return tuple(dict(zip(LANGUAGES, each, strict=True)) for each in zip(*told, strict=True))


def _of_this_write(draft: Draft, newer: Sighting) -> Iterator[Known]:
    """Those that came with the same write, and are not in the tables yet."""
    for report in draft.touched("report"):
        same = report.columns["service_id"] == newer.category and report.row != newer.id
        incident = draft.get("incident", report.columns["incident_id"] or "") if same else None
        placed = report.columns["longitude"] is not None
        if incident is not None and placed and incident.columns["status"] in OPEN_INCIDENTS:
            said = incident.columns
            thing = Thing(incident.row, said["longitude"], said["latitude"], None)
            yield Known(sighting(report.row, report.columns), thing)
