"""The lines of checklists that come often in the town."""

from asset_model.checklist_lines import (
    Line,
    check,
    choice,
    number,
    pass_fail,
    photo,
    reading,
    signature,
    words,
)

__all__ = [
    "CLEAN",
    "LOCATED",
    "LOCKED_OUT",
    "REMARKS",
    "SIGNALLED",
    "SIGNALS_OFF",
    "Line",
    "check",
    "choice",
    "number",
    "pass_fail",
    "photo",
    "reading",
    "signature",
    "words",
]

SIGNALLED = check("Signalisation de chantier installée", "Work zone signs set up")
SIGNALS_OFF = check("Signalisation enlevée, rue rouverte", "Signs removed, street reopened")
CLEAN = check("Lieux nettoyés", "Site cleaned")
REMARKS = words("Remarques", "Remarks")
LOCKED_OUT = check("Cadenassage posé et vérifié", "Lockout applied and verified")
LOCATED = check("Localisation Info-Excavation en main", "Utility locates in hand")
