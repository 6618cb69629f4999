"""The fixed words of the model as people read them on a map: codes with French, then English."""

from collections.abc import Iterable

from gis.features import Choice

WORDS: dict[str, tuple[str, str]] = {
    "planned": ("Planifié", "Planned"),
    "in_service": ("En service", "In service"),
    "out_of_service": ("Hors service", "Out of service"),
    "retired": ("Retiré", "Retired"),
    "draft": ("Brouillon", "Draft"),
    "dispatched": ("Réparti", "Dispatched"),
    "accepted": ("Accepté", "Accepted"),
    "in_progress": ("En cours", "In progress"),
    "on_hold": ("En attente", "On hold"),
    "done": ("Terminé", "Done"),
    "closed": ("Fermé", "Closed"),
    "cancelled": ("Annulé", "Cancelled"),
    "corrective": ("Correctif", "Corrective"),
    "preventive": ("Préventif", "Preventive"),
    "inspection": ("Inspection", "Inspection"),
    "emergency": ("Urgence", "Emergency"),
    "winter": ("Hiver", "Winter"),
    "project": ("Projet", "Project"),
    "person": ("Personne", "Person"),
    "plan": ("Plan d’entretien", "Maintenance plan"),
    "defect": ("Défectuosité", "Defect"),
    "incident": ("Incident", "Incident"),
    "in_force": ("En vigueur", "In force"),
    "lifted": ("Levée", "Lifted"),
    "restricted": ("Entravée", "Restricted"),
    "works": ("Travaux", "Works"),
    "break": ("Bris d’aqueduc", "Water-main break"),
    "snow": ("Déneigement", "Snow removal"),
    "flood": ("Inondation", "Flood"),
    "event": ("Événement", "Event"),
    "other": ("Autre", "Other"),
    "clearing": ("Déneigement", "Snow clearing"),
    "spreading": ("Épandage", "Spreading"),
    "sweeping": ("Balayage", "Sweeping"),
    "patrol": ("Patrouille", "Patrol"),
    "forward": ("Dans le sens du tronçon", "Along the segment"),
    "backward": ("À contresens du tronçon", "Against the segment"),
    "both": ("Aller et retour", "There and back"),
    "salt": ("Sel", "Salt"),
    "treated_salt": ("Sel traité", "Treated salt"),
    "sand": ("Abrasif", "Sand"),
    "mix": ("Sel et abrasif", "Salt and sand"),
    "kg_per_km": ("kg/km", "kg/km"),
    "g_per_m2": ("g/m²", "g/m²"),
    "file": ("Fichier", "File"),
    "better": ("S’améliore", "Getting better"),
    "steady": ("Stable", "Steady"),
    "worse": ("Se dégrade", "Getting worse"),
}


def choices_of(codes: Iterable[str]) -> tuple[Choice, ...]:
    """A code that has no words here yet stands for itself."""
    return tuple(Choice(str(code), *WORDS.get(code, (code, code))) for code in codes)
