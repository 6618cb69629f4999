"""The lines that come in most checklists of the field."""

from asset_model.checklist_lines import check, photo, words

SIGNALLED = check("Signalisation de chantier installée (Tome V)", "Work zone signs set up (Tome V)")
SIGNALS_OFF = check("Signalisation enlevée, voie rouverte", "Signs removed, lane reopened")
CLEAN = check("Lieux nettoyés", "Site cleaned")
BEFORE = photo("Photo avant les travaux", "Photo before the work", "before")
AFTER = photo("Photo après les travaux", "Photo after the work", "after")
REMARKS = words("Remarques", "Remarks")
