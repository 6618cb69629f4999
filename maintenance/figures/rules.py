"""The rule of each figure, as people read it: it goes with the number wherever the number goes.

A rule that is changed takes a new version, so that nobody compares figures of two rules unawares.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    version: int
    english: str
    french: str

    def words(self, language: str) -> str:
        return self.french if language == "fr" else self.english


BREAKDOWN_KINDS = ("emergency",)
BREAKDOWN_PRIORITY_MAX = 1
"""A corrective order as urgent as this is a breakdown."""

_COST = "counted on the day of the work, of the part, of the fill or of the invoice"
_COST_FR = "compté le jour du travail, de la pièce, du plein ou de la facture"

RULES: dict[str, Rule] = {
    "cost": Rule(
        3,
        f"Labour + material + machines + outside invoices of the unit's orders, and of what is"
        f" mounted on it, + fuel; {_COST}. What has no rate is not in it, and is told.",
        f"Main-d’œuvre + matériel + machinerie + factures externes des bons de l’unité et de ce qui"
        f" y est monté, + carburant\u00a0; {_COST_FR}. Sans prix\u00a0: n’y est pas, et c’est dit.",
    ),
    "labour": Rule(
        1,
        "Hours worked × the hourly rate of the role on that day; overtime at its own rate.",
        "Heures travaillées × taux horaire du rôle ce jour-là\u00a0; heures supplémentaires à leur"
        " propre taux.",
    ),
    "material": Rule(
        1,
        "Quantity used × the price of the part on that day.",
        "Quantité utilisée × prix de la pièce ce jour-là.",
    ),
    "equipment": Rule(
        1,
        "Hours of a machine on an order × its hourly rate on that day: its own, else that of its"
        " kind. Kilometres alone have no rate.",
        "Heures d’une machine sur un bon × son taux horaire ce jour-là\u00a0: le sien, sinon celui"
        " de sa sorte. Des kilomètres seuls n’ont pas de taux.",
    ),
    "fuel": Rule(
        1,
        "What was paid for each fill, taxes included, as the statement of the card says it; without"
        " it, litres × the price of the fuel on that day.",
        "Montant payé de chaque plein, taxes comprises, selon le relevé de la carte\u00a0; sans"
        " montant, litres × prix du carburant ce jour-là.",
    ),
    "outside": Rule(
        1,
        "Invoices of suppliers as entered on the orders; a credit is a negative amount.",
        "Factures des fournisseurs portées aux bons\u00a0; un crédit est un montant négatif.",
    ),
    "distance": Rule(
        1,
        "Odometer at the end of the period less at its start, on the line between the trusted"
        " readings around; where there is none before or after, from the first or to the last one.",
        "Odomètre à la fin de la période moins au début, sur la ligne entre les relevés fiables"
        " voisins\u00a0; sans relevé avant ou après, à partir du premier ou jusqu’au dernier.",
    ),
    "engine_hours": Rule(
        1,
        "Engine hours at the end of the period less at its start, read as the distance is.",
        "Heures de moteur à la fin de la période moins au début, lues comme la distance.",
    ),
    "cost_per_km": Rule(
        2,
        "Cost of the time between the readings ÷ distance; for the fleet, of the units whose"
        " distance is known.",
        "Coût du temps couvert par les relevés ÷ distance\u00a0; pour le parc, des unités dont la"
        " distance est connue.",
    ),
    "cost_per_hour": Rule(
        2,
        "Cost of the time between the readings ÷ engine hours; for the fleet, of the units whose"
        " engine hours are known.",
        "Coût du temps couvert par les relevés ÷ heures de moteur\u00a0; pour le parc, des unités"
        " dont les heures sont connues.",
    ),
    "availability": Rule(
        1,
        "Hours up ÷ hours in service, day and night. Down: out of service, broken down (from the"
        " report to the end of the repair), or in the shop (from start to end of the work); time"
        " told twice counts once. Storage, and time before or after service, is in neither.",
        "Heures disponibles ÷ heures en service, jour et nuit. Indisponible\u00a0: hors service, en"
        " panne (du signalement à la fin de la réparation) ou à l’atelier (du début à la fin du"
        " travail)\u00a0; ce qui se recoupe compte une fois. Le remisage et le temps hors du parc"
        " ne comptent ni d’un côté ni de l’autre.",
    ),
    "breakdowns": Rule(
        1,
        "Orders born in the period that are emergencies, repairs of a major defect, or corrective"
        " of priority 1; cancelled ones are none.",
        "Bons créés dans la période qui sont des urgences, des réparations de défectuosité majeure"
        " ou des correctifs de priorité 1\u00a0; les bons annulés n’en sont pas.",
    ),
    "mtbf": Rule(
        1,
        "Hours up ÷ breakdowns. Planned maintenance is no failure.",
        "Heures disponibles ÷ pannes. L’entretien prévu n’est pas une panne.",
    ),
    "mttr": Rule(
        1,
        "Mean time from the start to the end of the repair, of breakdowns repaired in the period.",
        "Temps moyen du début à la fin de la réparation, des pannes réparées dans la période.",
    ),
    "compliance": Rule(
        1,
        "Occurrences done by their deadline ÷ those due in the period that are done or past it."
        " Deadline: the date itself where it is the law's, else the date + the grace of the plan."
        " Skipped and missed ones count as not done.",
        "Échéances faites à temps ÷ échéances de la période qui sont faites ou dont la limite est"
        " passée. Limite\u00a0: la date même si elle est légale, sinon la date + la tolérance du"
        " plan. Sautée ou manquée compte comme non faite.",
    ),
}  # fmt: skip
