"""The page's figures in words for papers and files, English and French."""

TITLES = {
    "emergencies": ("Open emergencies", "Urgences ouvertes"),
    "overdue": ("Overdue orders", "Bons en retard"),
    "backlog": ("Backlog, in crew-weeks", "Travail en attente, en semaines-équipe"),
    "compliance": ("Plan compliance", "Respect des plans"),
    "fleet": ("Fleet ready", "Parc prêt à partir"),
    "cost": ("Cost by activity", "Coût par activité"),
    "requests": ("Open 311 requests", "Requêtes 311 ouvertes"),
    "requests_on_time": ("311 requests done on time", "Requêtes 311 faites à temps"),
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
}
NOTES = {
    "unestimated": ("{count} without an estimate", "{count} sans estimation"),
    "unpriced": ("{count} line(s) without a rate", "{count} ligne(s) sans taux"),
}
