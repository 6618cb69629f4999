"""Why a row of readings is refused, in the words of the other imports' reasons."""

from dataclasses import dataclass
from typing import Any, ClassVar

from gis.problems import REASONS, ImportRefused, Problem, Words

SUBSTITUTE = "Mend the cell, or let the mapping say what it means."
SUBSTITUTE_FR = "Corrigez la cellule, ou dites dans la correspondance ce qu’elle signifie."

READING_REASONS: Words = {
    # code: (English, French, how to mend it, comment le corriger)
    "unit_missing": (
        "Nothing names the unit (“{column}”).",
        "Rien ne nomme l’unité (« {column} »).",
        "Fill one of these cells.",
        "Remplissez une de ces cellules.",
    ),
    "unit_unknown": (
        "There is no unit “{value}” (“{column}”).",
        "Il n’y a pas d’unité « {value} » (« {column} »).",
        "Mend it, or name the unit it stands for under [units] in the mapping.",
        "Corrigez-la, ou nommez sous [units], dans la correspondance, l’unité qu’elle désigne.",
    ),
    "unit_contradicts": (
        "“{column}” names the unit {tag}, and “{other}” the unit {other_tag}.",
        "« {column} » nomme l’unité {tag}, et « {other} » l’unité {other_tag}.",
        "Correct the cell that is wrong, or empty it.",
        "Corrigez la cellule fautive, ou videz-la.",
    ),
    "unit_several": (
        "“{value}” (“{column}”) is what several units have: {tags}.",
        "« {value} » (« {column} ») appartient à plusieurs unités : {tags}.",
        "Name the unit by its tag.",
        "Nommez l’unité par son repère.",
    ),
    "moment_unreadable": (
        "“{value}” in “{column}” is not a moment like {wanted}.",
        "« {value} » dans « {column} » n’est pas un moment comme {wanted}.",
        "Mend it, or give “format” in the mapping.",
        "Corrigez-le, ou donnez « format » dans la correspondance.",
    ),
    "reading_unreadable": (
        "“{value}” in “{column}” is not a number of zero or more.",
        "« {value} » dans « {column} » n’est pas un nombre de zéro ou plus.",
        SUBSTITUTE,
        SUBSTITUTE_FR,
    ),
    "unit_of_measure": (
        "“{value}” is not a unit known for {measure} ({known}).",
        "« {value} » n’est pas une mesure connue pour {measure} ({known}).",
        SUBSTITUTE,
        SUBSTITUTE_FR,
    ),
    "meter_none": (
        "The unit {tag} has no meter “{measure}” that was read.",
        "L’unité {tag} n’a pas de compteur « {measure} » à relever.",
        "Import with --add-meters, which gives it one, or leave the cell empty.",
        "Importez avec --add-meters, qui lui en donne un, ou laissez la cellule vide.",
    ),
    "reading_differs": (
        "At that moment {stands} was read on this meter, and the file says {value}.",
        "À ce moment, ce compteur montrait {stands}, et le fichier dit {value}.",
        "See “voirie readings review” to correct what stands, or take the row out.",
        "Voyez « voirie readings review » pour corriger ce qui tient, ou retirez la ligne.",
    ),
    "fill_differs": (
        "The fill {reference} is here with other figures ({stands}).",
        "Le plein {reference} est déjà là avec d’autres chiffres ({stands}).",
        "Take the row out, or give it the reference that is its own.",
        "Retirez la ligne, ou donnez-lui sa propre référence.",
    ),
    "aemp_none": (
        "The file {path} has no list of equipment: it is no fleet snapshot of ISO 15143-3.",
        "Le fichier {path} n’a pas d’équipements : ce n’est pas un état de parc ISO 15143-3.",
        "Export the fleet's snapshot as JSON.",
        "Exportez l’état du parc en JSON.",
    ),
    "aemp_goes_on": (
        "The snapshot goes on at {href}, which is not beside the file: its units are not here.",
        "L’état du parc continue à {href}, absent du dossier : ses unités ne sont pas ici.",
        "Save that page beside this one and import it as well.",
        "Enregistrez cette page à côté de celle-ci et importez-la aussi.",
    ),
    "mapping_measureless": (
        "The mapping “{mapping}” reads nothing: no [readings.…] and no [fuel].",
        "La correspondance « {mapping} » ne lit rien : ni [readings.…] ni [fuel].",
        "Say which column holds what, such as [readings.odometer].",
        "Dites quelle colonne contient quoi, par exemple [readings.odometer].",
    ),
    "mapping_stands": (
        "The mapping {mapping} is kept already, and is another one.",
        "La correspondance {mapping} est déjà gardée, et diffère de celle-ci.",
        "Give yours the next “version”.",
        "Donnez à la vôtre la « version » suivante.",
    ),
    "readings_unfit": (
        "No mapping of readings is made for this file; its columns are: {columns}.",
        "Aucune correspondance de relevés ne convient à ce fichier ; ses colonnes : {columns}.",
        "Write one and give it with --mapping; there are: {known}.",
        "Écrivez-en une et donnez-la avec --mapping ; il y a : {known}.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class ReadingProblem(Problem):
    words: ClassVar[Words] = REASONS | READING_REASONS


def refuse_reading(code: str, **details: Any) -> ImportRefused:
    return ImportRefused([ReadingProblem(code, details=details)])
