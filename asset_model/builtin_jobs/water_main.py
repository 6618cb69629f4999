"""A water main break, as a family of orders: each crew has its own, in its turn.

What a Québec town does: residents and the fire service told, locates asked for before the digging
(Info-Excavation; the law asks for it), the trench shored beyond 1.2 m, the main disinfected as
BNQ 1809-300 has it, and the pavement made good when the asphalt plant is open.
"""

from typing import Any

from asset_model.builtin_jobs.lines import AFTER, BEFORE, CLEAN, REMARKS, SIGNALLED, SIGNALS_OFF
from asset_model.checklist_lines import check, choice, number, pass_fail, words
from asset_model.vocabulary import Skill, WorkOrderKind

TRENCH_FR = "Tranchée de plus de 1,2 m\u00a0: étançonnement ou pente, échelle à moins de 3\u00a0m."
TRENCH_EN = "Trench deeper than 1.2\u00a0m: shoring or slope, a ladder within 3\u00a0m."

ISOLATE: dict[str, Any] = {
    "code": "isoler",
    "title_fr": "Localiser le bris et isoler la conduite",
    "title_en": "Find the break and isolate the main",
    "skill": Skill.WATER,
    "priority": 1,
    "estimated_hours": 1.5,
    "due_hours": 2,
    "steps": [
        SIGNALLED,
        BEFORE,
        check("Fuite localisée et marquée au sol", "Leak found and marked on the ground"),
        check("Vannes fermées, notées dans le bon", "Valves closed and told in the order"),
        check("Service incendie avisé des bornes sans eau", "Fire service told of dry hydrants"),
        check("Résidents avisés de la coupure", "Residents told of the shut-off"),
        check("Usagers sensibles joints (hôpital, dialyse, école)",
              "Sensitive users reached (hospital, dialysis, school)"),
    ],
}  # fmt: skip

LOCATES: dict[str, Any] = {
    "code": "info-excavation",
    "title_fr": "Demande Info-Excavation d’urgence",
    "title_en": "Emergency locate request (Info-Excavation)",
    "skill": Skill.WATER,
    "priority": 1,
    "estimated_hours": 0.5,
    "due_hours": 2,
    "steps": [
        {**words("Numéro de la demande", "Number of the request"), "required": True},
        pass_fail("Gaz localisé", "Gas located"),
        pass_fail("Électricité et télécommunications localisées", "Power and telecom located"),
        check("Marques visibles au sol, plans en main", "Marks seen on the ground, plans in hand"),
    ],
}  # fmt: skip

EXCAVATE: dict[str, Any] = {
    "code": "excaver",
    "title_fr": "Excaver jusqu’à la conduite",
    "title_en": "Excavate down to the main",
    "skill": Skill.WATER,
    "priority": 1,
    "estimated_hours": 2.5,
    "due_hours": 5,
    "safety_fr": TRENCH_FR,
    "safety_en": TRENCH_EN,
    "after": ["isoler", "info-excavation"],
    "steps": [
        check(
            "Marques de localisation revues avant de creuser", "Locate marks seen before digging"
        ),
        check("Chaussée sciée", "Pavement saw-cut"),
        number("Profondeur de la tranchée", "Depth of the trench", "m", 0.5, 6),
        check("Étançonnement ou pente vérifiés", "Shoring or slope checked"),
        check("Conduite dégagée, pompage en marche", "Main uncovered, pump running"),
    ],
}

REPAIR: dict[str, Any] = {
    "code": "reparer",
    "title_fr": "Réparer la conduite",
    "title_en": "Repair the main",
    "skill": Skill.WATER,
    "priority": 1,
    "estimated_hours": 2,
    "due_hours": 8,
    "safety_fr": TRENCH_FR,
    "safety_en": TRENCH_EN,
    "after": ["excaver"],
    "steps": [
        choice("Type de bris", "Kind of break",
               circular=("Circulaire", "Circumferential"),
               longitudinal=("Longitudinal", "Longitudinal"),
               hole=("Perforation", "Corrosion hole"), joint=("Joint", "Joint"),
               service=("Entrée de service", "Service connection")),
        number("Diamètre de la conduite", "Diameter of the main", "mm", 50, 1200),
        check("Pièces et outils désinfectés au chlore", "Parts and tools disinfected"),
        check("Manchon ou tuyau posé", "Clamp or pipe fitted"),
        AFTER,
    ],
}  # fmt: skip

RETURN: dict[str, Any] = {
    "code": "remettre-en-eau",
    "title_fr": "Rincer, désinfecter, remettre en eau",
    "title_en": "Flush, disinfect, put the water back",
    "skill": Skill.WATER,
    "priority": 1,
    "estimated_hours": 1.5,
    "due_hours": 10,
    "after": ["reparer"],
    "steps": [
        check("Conduite remplie lentement, air purgé", "Main filled slowly, air let out"),
        check("Rinçage jusqu’à l’eau claire", "Flushed until clear"),
        number("Chlore résiduel libre", "Free chlorine residual", "mg/L", 0.3, 4),
        number("Pression rétablie", "Pressure restored", "kPa", 140, 900),
        check("Toutes les vannes fermées sont rouvertes", "Every closed valve is open again"),
        choice("Avis d’ébullition", "Boil-water advisory",
               none=("Non requis (pression maintenue)", "Not needed (pressure kept)"),
               issued=("Émis", "Issued"), lifted=("Levé après analyses", "Lifted after samples")),
        check("Service incendie avisé\u00a0: bornes en service",
              "Fire service told: hydrants in service"),
    ],
}  # fmt: skip

BACKFILL: dict[str, Any] = {
    "code": "remblayer",
    "title_fr": "Remblayer et refermer en temporaire",
    "title_en": "Backfill and close for now",
    "skill": Skill.ROADS,
    "priority": 2,
    "estimated_hours": 2,
    "due_hours": 14,
    "after": ["reparer"],
    "steps": [
        check("Assise et enrobage compactés", "Bedding and surround compacted"),
        check(
            "Remblai par couches de 300\u00a0mm, compacté",
            "Backfilled in 300\u00a0mm lifts, compacted",
        ),
        check("Surface provisoire à niveau", "Temporary surface level"),
        number("Surface à paver", "Area to be paved", "m²", 0.5, 400),
        AFTER,
        SIGNALS_OFF,
        CLEAN,
    ],
}

PAVE: dict[str, Any] = {
    "code": "paver",
    "title_fr": "Refaire le pavage",
    "title_en": "Make the pavement good",
    "skill": Skill.PAVING,
    "priority": 3,
    "estimated_hours": 3,
    "due_hours": 30 * 24,
    "due_reason_fr": "Réfection permanente dans les 30\u00a0jours, ou à l’ouverture des usines",
    "due_reason_en": "Permanent repair within 30\u00a0days, or once the plants open",
    "after": ["remblayer"],
    "steps": [
        SIGNALLED,
        check("Fond repris et compacté", "Base reworked and compacted"),
        check("Joints sciés et enduits", "Joints saw-cut and tack-coated"),
        number("Épaisseur posée", "Thickness laid", "mm", 40, 200),
        AFTER,
        SIGNALS_OFF,
    ],
}

WATER_MAIN_BREAK: dict[str, Any] = {
    "code": "bris-aqueduc",
    "title_fr": "Bris d’aqueduc",
    "title_en": "Water main break",
    "description_fr": "Un bon pour chaque étape, chacun à son équipe. Les vannes se notent "
    "dans ce bon.",
    "description_en": "An order for each stage, each for its own crew. Valves are told in this "
    "order.",
    "kind": WorkOrderKind.EMERGENCY,
    "priority": 1,
    "skill": Skill.WATER,
    "class_codes": ["pipe", "valve", "hydrant", "service_connection"],
    "due_hours": 10,
    "due_reason_fr": "Bris d’aqueduc\u00a0: eau rétablie dans les 10\u00a0h",
    "due_reason_en": "Water main break: water back within 10\u00a0h",
    "safety_fr": TRENCH_FR,
    "safety_en": TRENCH_EN,
    "steps": [
        choice("Cause probable", "Likely cause",
               frost=("Gel", "Frost"), corrosion=("Corrosion", "Corrosion"),
               joint=("Joint", "Joint"), works=("Travaux de tiers", "Others’ works"),
               unknown=("Inconnue", "Unknown")),
        REMARKS,
    ],
    "children": [ISOLATE, LOCATES, EXCAVATE, REPAIR, RETURN, BACKFILL, PAVE],
}  # fmt: skip
