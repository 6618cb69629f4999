"""The job templates that what was reported asks for: of the same words, for the same assets."""

from sqlalchemy.orm import Session

from asset_model.job_templates import JobTemplate
from field_app.reads.incident_page import IncidentPage
from field_app.reads.templates import class_code_of, templates
from field_app.store.folding import folded

LETTERS_MIN = 4
"""Of a word that says something: neither “de” nor “rue” does."""


def likely_templates(session: Session, page: IncidentPage, *, most: int) -> list[JobTemplate]:
    """Those that share a word with what was asked for, most words first; none where none does."""
    wanted = _words(f"{page.service.name_fr} {page.service.name_en}")
    asset = page.incident.asset_id or page.incident.segment_id
    fitting = templates(session, class_code=class_code_of(session, asset))
    shared = [(len(wanted & _words(f"{each.title_fr} {each.title_en}")), each) for each in fitting]
    alike = [pair for pair in shared if pair[0]]
    return [each for _, each in sorted(alike, key=lambda pair: -pair[0])[:most]]


def _words(text: str) -> set[str]:
    plain = "".join(letter if letter.isalnum() else " " for letter in folded(text))
    return {word for word in plain.split() if len(word) >= LETTERS_MIN}
