"""Jobs on the water and sewer networks that come back each year."""

from typing import Any

from asset_model.builtin_jobs.lines import AFTER, BEFORE, CLEAN, REMARKS, SIGNALLED
from asset_model.checklist_lines import check, choice, number, pass_fail
from asset_model.vocabulary import Skill, WorkOrderKind

CATCH_BASIN: dict[str, Any] = {
    "code": "puisard",
    "title_fr": "Nettoyer un puisard",
    "title_en": "Clean a catch basin",
    "priority": 3,
    "skill": Skill.SEWER,
    "class_codes": ["catch_basin"],
    "estimated_hours": 0.5,
    "due_hours": 10 * 24,
    "due_reason_fr": "Puisard\u00a0: dans les 10 jours\u00a0; si la rue est noyée, le jour même",
    "due_reason_en": "Catch basin: within 10 days; the same day where the street is flooded",
    "safety_fr": "Espace clos\u00a0: ne pas entrer. Grille levée à deux ou au treuil.",
    "safety_en": "Confined space: do not enter. Two people or a hoist for the grate.",
    "steps": [
        SIGNALLED,
        BEFORE,
        number("Sédiments avant", "Sediment before", "cm", 0, 200),
        check("Boue aspirée, menée à un site permis", "Sludge vacuumed, taken to a permitted site"),
        pass_fail("Grille et cadre", "Grate and frame"),
        pass_fail("Parois et raccordement", "Walls and connection"),
        check("L’eau s’écoule", "Water runs off"),
        choice("Larvicide (virus du Nil)", "Larvicide (West Nile)",
               none=("Non prévu", "Not planned"), put=("Posé", "Put in")),
        AFTER,
        CLEAN,
    ],
}  # fmt: skip

HYDRANT: dict[str, Any] = {
    "code": "borne-automne",
    "title_fr": "Rincer une borne d’incendie, tournée d’automne",
    "title_en": "Flush a hydrant, fall round",
    "description_fr": "Ouvrir et fermer lentement. À l’automne la borne doit rester vide\u00a0: "
    "une borne qui ne se vide pas gèle.",
    "description_en": "Open and close slowly. In fall the hydrant must be left empty: one that "
    "does not drain freezes.",
    "kind": WorkOrderKind.PREVENTIVE,
    "priority": 3,
    "skill": Skill.WATER,
    "class_codes": ["hydrant"],
    "estimated_hours": 0.5,
    "due_hours": 30 * 24,
    "due_reason_fr": "Tournée d’automne, avant le gel",
    "due_reason_en": "Fall round, before the frost",
    "safety_fr": "Jet loin des autos et des piétons\u00a0; pas d’eau sur une rue qui peut geler.",
    "safety_en": "Jet away from cars and people; no water on a street that may freeze.",
    "steps": [
        pass_fail("Accès, numéro et couleur visibles", "Access, number and colour seen"),
        pass_fail("Bouchons, chaînes et joints", "Caps, chains and gaskets"),
        number("Pression statique", "Static pressure", "kPa", 140, 1000),
        check("Rincée jusqu’à l’eau claire", "Flushed until clear"),
        number("Chlore résiduel libre", "Free chlorine residual", "mg/L", 0.1, 4),
        pass_fail("Vanne d’isolement manœuvrée", "Isolation valve turned"),
        choice("Après fermeture", "Once closed",
               drains=("Se vide seule", "Drains by itself"),
               pumped=("Pompée", "Pumped out"),
               wet=("Reste de l’eau\u00a0: à réparer", "Water stays: to be repaired")),
        check("Filets graissés à la graisse alimentaire", "Threads greased with food-grade grease"),
        check("Repère d’hiver posé", "Winter marker fitted"),
        REMARKS,
    ],
}  # fmt: skip

WATER = (CATCH_BASIN, HYDRANT)
