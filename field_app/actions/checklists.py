"""The checklists that a new order of a kind starts with, as data; a plan brings its own."""

from typing import Any

from asset_model.vocabulary import StepKind, WorkOrderKind

Line = dict[str, Any]

SIGNALS: Line = {
    "kind": StepKind.CHECK,
    "label_fr": "Signalisation et sécurité du chantier en place",
    "label_en": "Signs and site safety in place",
    "required": True,
}
STATE: Line = {
    "kind": StepKind.PASS_FAIL,
    "label_fr": "État de la chaussée et des abords",
    "label_en": "State of the roadway and its edges",
    "required": True,
}
SURFACE_M2: Line = {
    "kind": StepKind.NUMBER,
    "label_fr": "Surface réparée",
    "label_en": "Area repaired",
    "unit": "m²",
    "minimum": 0.0,
    "maximum": 500.0,
}
CLEAN: Line = {
    "kind": StepKind.CHECK,
    "label_fr": "Chantier nettoyé, voie rouverte",
    "label_en": "Site cleaned, lane reopened",
    "required": True,
}
REMARK: Line = {
    "kind": StepKind.TEXT,
    "label_fr": "Remarque",
    "label_en": "Remark",
}
FOLLOW_UP: Line = {
    "kind": StepKind.CHOICE,
    "label_fr": "Suite à donner",
    "label_en": "What should follow",
    "choices": [
        {"code": "none", "label_fr": "Aucune", "label_en": "Nothing"},
        {"code": "watch", "label_fr": "À surveiller", "label_en": "Watch it"},
        {"code": "repair", "label_fr": "À réparer", "label_en": "Repair it"},
    ],
}

CHECKLISTS: dict[str, tuple[Line, ...]] = {
    WorkOrderKind.CORRECTIVE: (SIGNALS, STATE, SURFACE_M2, CLEAN),
    WorkOrderKind.EMERGENCY: (SIGNALS, CLEAN),
    WorkOrderKind.INSPECTION: (STATE, FOLLOW_UP, REMARK),
    WorkOrderKind.PREVENTIVE: (SIGNALS, STATE, CLEAN),
}
