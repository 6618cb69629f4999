"""Why a row of reports is refused, in the words of the other imports' reasons."""

from dataclasses import dataclass
from typing import Any, ClassVar

from gis.problems import REASONS, ImportRefused, Problem, Words

REPORT_REASONS: Words = {
    # code: (English, French, how to mend it, comment le corriger)
    "report_id_missing": (
        "The report has no number (“{column}”).",
        "La requête n’a pas de numéro (« {column} »).",
        "Fill the cell.",
        "Remplissez la cellule.",
    ),
    "report_id_again": (
        "“{value}” in “{column}” is the number of row {first} already.",
        "« {value} » dans « {column} » est déjà le numéro de la ligne {first}.",
        "Keep one of the two, or give the other its own number.",
        "Gardez-en une, ou donnez son propre numéro à l’autre.",
    ),
    "report_place_unreadable": (
        "“{value}” in “{column}” is not a coordinate in degrees.",
        "« {value} » dans « {column} » n’est pas une coordonnée en degrés.",
        "Mend it, like 45.5017 and -73.5673.",
        "Corrigez-la, comme 45,5017 et -73,5673.",
    ),
    "report_moment_unreadable": (
        "“{value}” in “{column}” is not a moment like {wanted}.",
        "« {value} » dans « {column} » n’est pas un moment comme {wanted}.",
        "Mend it, or give “format” in the mapping.",
        "Corrigez-le, ou donnez « format » dans la correspondance.",
    ),
    "report_service_unknown": (
        "“{value}” in “{column}” is no service of 311 here.",
        "« {value} » dans « {column} » n’est pas un service du 311 d’ici.",
        "Say in [services] of the mapping which one it is.",
        "Dites lequel dans [services] de la correspondance.",
    ),
    "report_weights_unreadable": (
        "The weights “{value}” cannot be used: {why}.",
        "Les poids « {value} » ne peuvent pas servir : {why}.",
        "Name a file that voirie reports learn wrote, or leave “weights” out.",
        "Nommez un fichier écrit par voirie reports learn, ou retirez « weights ».",
    ),
    "town_undecided": (
        "Nobody here has joined two reports or told them apart yet.",
        "Personne ici n’a encore joint deux requêtes, ni ne les a distinguées.",
        "Decide on suggestions at the office first.",
        "Décidez d’abord des suggestions au bureau.",
    ),
    "reports_undecided": (
        "No two reports of the file were called one thing.",
        "Aucune paire de requêtes du fichier n’a été dite la même chose.",
        "Name the column of the clerks’ decisions as “duplicate_of” in the mapping.",
        "Nommez la colonne des décisions des agents, « duplicate_of », dans la correspondance.",
    ),
}


@dataclass(frozen=True)
class ReportProblem(Problem):
    words: ClassVar[Words] = REASONS | REPORT_REASONS


def refuse_reports(code: str, **details: Any) -> ImportRefused:
    return ImportRefused([ReportProblem(code, details=details)])
