"""Jobs on streets: a pothole, a sign, the snow."""

from typing import Any

from asset_model.builtin_jobs.lines import AFTER, BEFORE, CLEAN, REMARKS, SIGNALLED, SIGNALS_OFF
from asset_model.checklist_lines import check, choice, number
from asset_model.vocabulary import Skill, WorkOrderKind

POTHOLE: dict[str, Any] = {
    "code": "nid-de-poule",
    "title_fr": "Réparer un nid-de-poule",
    "title_en": "Repair a pothole",
    "description_fr": "Enlever ce qui est lâche, remplir par couches, compacter, à niveau.",
    "description_en": "Take out what is loose, fill in layers, compact, level.",
    "priority": 2,
    "skill": Skill.ROADS,
    "class_codes": ["road_segment", "bike_path"],
    "estimated_hours": 0.75,
    "due_hours": 14 * 24,
    "due_reason_fr": "Nid-de-poule\u00a0: réparé dans les 14\u00a0jours",
    "due_reason_en": "Pothole: repaired within 14\u00a0days",
    "safety_fr": "Travail dans la voie\u00a0: camion protecteur ou signaleur.",
    "safety_en": "Work in the lane: a shadow truck or a flagger.",
    "steps": [
        SIGNALLED,
        BEFORE,
        number("Profondeur", "Depth", "cm", 1, 40),
        number("Surface", "Area", "m²", 0.05, 50),
        check("Trou nettoyé et asséché", "Hole cleaned and dried"),
        choice("Enrobé posé", "Mix laid", hot=("À chaud", "Hot"), cold=("À froid", "Cold")),
        check("Compacté, à niveau de la chaussée", "Compacted, level with the pavement"),
        AFTER,
        SIGNALS_OFF,
    ],
}

SIGN: dict[str, Any] = {
    "code": "panneau",
    "title_fr": "Remplacer un panneau",
    "title_en": "Replace a sign",
    "priority": 2,
    "skill": Skill.SIGNS,
    "class_codes": ["sign", "road_segment"],
    "estimated_hours": 0.75,
    "due_hours": 7 * 24,
    "due_reason_fr": "Panneau\u00a0: remplacé dans les 7 jours\u00a0; un arrêt, le jour même",
    "due_reason_en": "Sign: replaced within 7 days; a stop sign, the same day",
    "safety_fr": "Arrêt manquant\u00a0: panneau temporaire ou signaleur jusqu’au remplacement.",
    "safety_en": "Stop sign missing: a temporary sign or a flagger until it is replaced.",
    "steps": [
        BEFORE,
        choice(
            "Constat",
            "Found",
            missing=("Manquant", "Missing"),
            damaged=("Endommagé", "Damaged"),
            faded=("Rétroréflexion insuffisante", "Not reflective enough"),
            hidden=("Caché par la végétation", "Hidden by growth"),
        ),
        check(
            "Localisation demandée si le poteau est déplacé", "Locates asked if the post is moved"
        ),
        check("Poteau d’aplomb et solide", "Post plumb and firm"),
        number("Hauteur sous le panneau", "Clear height under the sign", "m", 1.5, 5.5),
        check("Visible à la distance voulue", "Seen from the distance it should be"),
        AFTER,
        CLEAN,
    ],
}

SNOW: dict[str, Any] = {
    "code": "soufflage",
    "title_fr": "Souffler et charger la neige d’une rue",
    "title_en": "Blow and load the snow of a street",
    "description_fr": "Interdiction de stationner affichée la veille. La souffleuse ne part pas "
    "sans guide à pied.",
    "description_en": "Parking ban posted the day before. The blower does not start without a "
    "guide on foot.",
    "kind": WorkOrderKind.WINTER,
    "priority": 2,
    "skill": Skill.WINTER,
    "class_codes": ["road_segment"],
    "estimated_hours": 2.5,
    "due_hours": 72,
    "due_reason_fr": "Chargement terminé dans les 72\u00a0h de la fin des précipitations",
    "due_reason_en": "Loaded within 72\u00a0h of the end of the snowfall",
    "safety_fr": "Guide à pied devant la souffleuse, personne dans le rayon d’éjection.",
    "safety_en": "A guide on foot ahead of the blower, nobody within reach of the chute.",
    "steps": [
        check("Panneaux orange posés la veille", "Orange signs posted the day before"),
        check("Autos déplacées ou remorquées", "Cars moved or towed"),
        check("Bornes d’incendie et obstacles repérés", "Hydrants and obstacles marked"),
        choice(
            "Neige menée",
            "Snow taken",
            dump=("Au dépôt à neige", "To the snow dump"),
            lawns=("Soufflée sur les terrains", "Blown onto lawns"),
            chute=("À la chute à l’égout", "To the sewer chute"),
        ),
        number("Voyages de camion", "Truck loads", "", 0, 400),
        check("Bornes d’incendie dégagées", "Hydrants cleared"),
        check("Puisards dégagés", "Catch basins cleared"),
        check("Panneaux enlevés", "Signs taken down"),
        REMARKS,
    ],
}

STREETS = (POTHOLE, SIGN, SNOW)
