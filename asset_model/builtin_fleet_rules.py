"""The figures of law and policy that the product brings, until the town gives its own.

`confirmed` is true where the figure was read on the page of the body that sets it. The others are
common knowledge of the trade, or the product's own proposal: screens say "to be confirmed".
"""

from datetime import date
from typing import Any

SINCE = date(2016, 11, 20)
"""The day from which circle checks replaced the check before departure."""

SAAQ = "SAAQ, « Ronde de sécurité »"
FILE = "SAAQ, « Dossier du véhicule »"
TRADE = "Pratique du métier ; texte officiel à lire"
POLICY = "Proposition du logiciel ; politique de la ville à fixer"
ONTARIO = "Ontario, Règl. de l’Ont. 239/02\u00a0; au Québec, politique de la ville à fixer"


def _rule(
    code: str, value: dict[str, Any], labels: tuple[str, str], source: str, *, read: bool = False
) -> dict[str, Any]:
    french, english = labels
    return {
        "code": code,
        "effective_on": SINCE,
        "value": value,
        "label_fr": french,
        "label_en": english,
        "source": source,
        "confirmed": read,
    }


def _limits(rows: dict[int, tuple[int, int, int]]) -> dict[str, dict[str, int]]:
    """By class of road: cm², cm, and days to repair what is over both."""
    names = ("area_cm2", "depth_cm", "days")
    return {str(road): dict(zip(names, row, strict=True)) for road, row in rows.items()}


POTHOLES = {
    "paved": _limits({1: (600, 8, 4), 2: (800, 8, 4), 3: (1000, 8, 7), 4: (1000, 8, 14),
                      5: (1000, 8, 30)}),
    "unpaved": _limits({3: (1500, 8, 7), 4: (1500, 10, 14), 5: (1500, 12, 30)}),
    "shoulder": _limits({1: (1500, 8, 7), 2: (1500, 8, 7), 3: (1500, 8, 14), 4: (1500, 10, 30),
                         5: (1500, 12, 60)}),
}  # fmt: skip

BUILTIN_RULES: tuple[dict[str, Any], ...] = (
    _rule(
        "circle_check_weight",
        {"kg": 4_500},
        ("Poids nominal brut à partir duquel une ronde est exigée", "Weight that asks for a check"),
        SAAQ,
        read=True,
    ),
    _rule(
        "circle_check_always",
        {"kinds": ["bus", "minibus", "tow_truck"]},
        ("Sortes visées quel que soit le poids", "Kinds covered whatever their weight"),
        SAAQ,
        read=True,
    ),
    _rule(
        "circle_check_exempt",
        {"kinds": ["grader", "loader", "backhoe", "sidewalk_tractor"], "tags": []},
        ("Véhicules-outils et unités exemptés", "Tool vehicles and units that are exempt"),
        TRADE,
    ),
    _rule(
        "circle_check_combination",
        {"every_member": True},
        (
            "Ensemble de véhicules\u00a0: la ronde vise chacun, dès que l’un est visé",
            "Coupled vehicles: each needs a check as soon as one does",
        ),
        SAAQ,
        read=True,
    ),
    _rule(
        "circle_check_validity",
        {"hours": 24},
        ("Validité d’une ronde", "How long a check is valid"),
        SAAQ,
        read=True,
    ),
    _rule(
        "minor_defect_delay",
        {"hours": 48},
        ("Délai de réparation d’une défectuosité mineure", "Time to repair a minor defect"),
        TRADE,
    ),
    _rule(
        "circle_check_retention",
        {"months": 6},
        ("Conservation des rapports de ronde", "How long reports are kept"),
        FILE,
        read=True,
    ),
    _rule(
        "maintenance_sheet_retention",
        {"months": 24},
        ("Conservation des fiches d’entretien", "How long maintenance sheets are kept"),
        FILE,
        read=True,
    ),
    _rule(
        "repair_proof_retention",
        {"months": 12},
        ("Conservation des preuves de réparation", "How long proofs of repair are kept"),
        "focusoptimization.com\u00a0; texte officiel à lire",
    ),
    _rule(
        "disposal_retention",
        {"months": 12},
        ("Conservation après le départ de l’unité", "How long after the unit has left"),
        FILE,
        read=True,
    ),
    _rule(
        "brake_register_retention",
        {"months": None},
        ("Conservation du registre des freins", "How long the brake register is kept"),
        TRADE,
    ),
    _rule(
        "storage_retention",
        {"months": None},
        ("Conservation des périodes de remisage", "How long storage periods are kept"),
        TRADE,
    ),
    _rule(
        "exception_retention",
        {"months": None},
        ("Conservation des exceptions signées", "How long signed exceptions are kept"),
        POLICY,
    ),
    _rule(
        "contact_retention",
        {"months": 12},
        (
            "Conservation des coordonnées des citoyens après la fermeture",
            "How long it is kept who sent a report, once it is closed",
        ),
        POLICY,
    ),
    _rule(
        "notice_retention",
        {"months": 24},
        (
            "Conservation des avis envoyés aux citoyens et aux autres systèmes",
            "How long it is kept what citizens and other systems were told",
        ),
        POLICY,
    ),
    _rule(
        "retention_hold",
        {"tags": []},
        (
            "Unités dont rien n’est détruit (réclamation, enquête)",
            "Units of which nothing is destroyed (claim, inquiry)",
        ),
        POLICY,
    ),
    _rule(
        "exception_length",
        {"hours": 12},
        ("Durée maximale d’une exception signée", "Longest signed exception"),
        POLICY,
    ),
    _rule(
        "pothole_limits",
        POTHOLES,
        (
            "Trous à réparer, par classe de route\u00a0: superficie, profondeur, délai",
            "Holes to be repaired, by class of road: area, depth, delay",
        ),
        ONTARIO,
    ),
    _rule(
        "operator",
        {"name": "Municipalité", "place": "Garage municipal"},
        ("Exploitant, et lieu habituel des rondes", "Operator, and usual place of checks"),
        POLICY,
    ),
    _rule(
        "repair_shop",
        {"shop": "garage"},
        ("Atelier qui reçoit les réparations", "Shop that gets the repairs"),
        POLICY,
    ),
)
