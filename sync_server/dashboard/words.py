"""The page's figures in words for papers and files, English and French."""

from typing import Any

from sync_server.papers.spelling import Spelling

Row = dict[str, Any]

TITLES = {
    "emergencies": ("Open emergency orders", "Bons d’urgence ouverts"),
    "overdue": ("Overdue orders", "Bons en retard"),
    "backlog": ("Backlog, in crew-weeks", "Travail en attente, en semaines-équipe"),
    "compliance": ("Plan compliance", "Respect des plans"),
    "fleet": ("Fleet ready", "Parc prêt à partir"),
    "cost": ("Cost by activity", "Coût par activité"),
    "requests": ("Open 311 requests", "Requêtes 311 ouvertes"),
    "requests_on_time": ("311 requests done on time", "Requêtes 311 faites à temps"),
    "opened": ("Orders created", "Bons créés"),
    "finished": ("Orders finished", "Bons terminés"),
    "closed": ("Orders closed", "Bons fermés"),
    "calls": ("311 calls and reports", "Appels et signalements 311"),
    "week_compliance": ("Plan compliance", "Respect des plans"),
    "week_cost": ("Cost of the work", "Coût du travail"),
    "streets": ("Streets passed", "Rues parcourues"),
    "spread": ("Material spread", "Matériau épandu"),
}
PARTS = {
    "law": ("by law", "selon la loi"),
    "policy": ("by policy", "selon la politique"),
    "kept": ("in time", "à temps"),
    "late": ("not in time", "hors délai"),
    "none": ("no crew", "sans équipe"),
    "ready": ("ready", "prêtes"),
    "check_needed": ("circle check to do", "ronde à faire"),
    "out_of_service": ("out of service", "hors service"),
    "excepted": ("under exception", "sous exception"),
    "corrective": ("repair", "réparation"),
    "preventive": ("preventive", "entretien préventif"),
    "inspection": ("inspection", "inspection"),
    "emergency": ("emergency", "urgence"),
    "winter": ("winter", "déneigement"),
    "project": ("project", "projet"),
    "clearing": ("snow clearing", "déneigement"),
    "spreading": ("spreading", "épandage"),
    "sweeping": ("sweeping", "balayage"),
    "patrol": ("patrol", "patrouille"),
    "salt": ("salt", "sel"),
    "treated_salt": ("treated salt", "sel traité"),
    "sand": ("abrasive", "abrasif"),
    "mix": ("salt and abrasive", "sel et abrasif"),
}
NOTES = {
    "unestimated": ("{count} without an estimate", "{count} sans estimation"),
    "unweighed": ("{count} pass(es) without a weight", "{count} passage(s) sans poids connu"),
    "undecided": (
        "{count} may still be done in time",
        "{count} peuvent encore être faites à temps",
    ),
    "unpriced": ("{count} line(s) without a rate", "{count} ligne(s) sans taux"),
}


def part_name(part: Row, language: str) -> str:
    code = part["code"]
    named: str | None = part.get("name")
    return named or (PARTS[code][language == "fr"] if code in PARTS else code)


def notes_of(told: Row, spell: Spelling) -> str:
    """What a number does not hold, or holds only so far."""
    said = []
    for note in told["notes"]:
        code, _, count = note.partition(":")
        said.append(spell.say(*NOTES[code]).format(count=count))
    return ", ".join(said)
