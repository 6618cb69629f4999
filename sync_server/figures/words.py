"""Figures and their records in words, French and English."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from asset_model.numbers import fixed, shown
from maintenance.figures.figure import Figure, Record
from maintenance.figures.spans import Period

TITLES = {
    # code: English, French
    "cost": ("Cost", "Coût"),
    "labour": ("Labour", "Main-d’œuvre"),
    "material": ("Material", "Matériel"),
    "equipment": ("Equipment", "Machinerie"),
    "fuel": ("Fuel", "Carburant"),
    "outside": ("Outside invoices", "Factures externes"),
    "distance": ("Distance", "Distance"),
    "engine_hours": ("Engine hours", "Heures de moteur"),
    "cost_per_km": ("Cost per km", "Coût au km"),
    "cost_per_hour": ("Cost per hour", "Coût à l’heure"),
    "availability": ("Availability", "Disponibilité"),
    "breakdowns": ("Breakdowns", "Pannes"),
    "mtbf": ("Mean time between failures (MTBF)", "Temps moyen entre pannes (MTBF)"),
    "mttr": ("Mean time to repair (MTTR)", "Temps moyen de réparation (MTTR)"),
    "compliance": ("Plan compliance", "Respect des plans"),
}
NOTES = {
    "unpriced": ("some lines have no price", "des lignes n’ont pas de prix"),
    "unread": ("no two readings", "pas deux relevés"),
    "partly_read": ("read for part of the period", "relevé pour une partie de la période"),
}
FUELS = {
    "diesel": ("diesel", "diesel"),
    "gasoline": ("gasoline", "essence"),
    "electric": ("electric", "électrique"),
    "hybrid": ("hybrid", "hybride"),
}
FLEET = ("whole fleet", "tout le parc")
ROLES = {
    "mechanic": ("mechanic", "mécanique"),
    "crew_member": ("crew member", "équipe"),
    "foreman": ("foreman", "contremaître"),
    "fleet_manager": ("fleet manager", "gestion du parc"),
}
WHAT = {
    "labour": ("labour", "main-d’œuvre"),
    "material": ("material", "matériel"),
    "equipment": ("equipment", "machinerie"),
    "fuel": ("fuel", "plein"),
    "outside": ("outside invoice", "facture externe"),
    "reading": ("meter reading", "relevé"),
    "breakdown": ("breakdown", "panne"),
    "occurrence": ("plan", "plan"),
    "work_order": ("in the shop or broken down", "à l’atelier ou en panne"),
    "storage_period": ("stored away", "remisage"),
    "asset": ("status of the unit", "état de l’unité"),
    "defect": ("defect that keeps it off the road", "défectuosité qui l’immobilise"),
}
STATUSES = {
    "done": ("done", "faite"),
    "skipped": ("skipped", "sautée"),
    "missed": ("missed", "manquée"),
    "generated": ("not done", "pas faite"),
    "absorbed": ("not done", "pas faite"),
    "forecast": ("not done", "pas faite"),
}
DECIMALS = {"$": 2, "$/km": 3, "$/h": 2, "%": 1, "h": 1, "km": 1, "": 0}


def pick(pair: Sequence[str], language: str) -> str:
    return pair[language == "fr"]


def colon(language: str) -> str:
    return "\u00a0:" if language == "fr" else ":"


def value_of(figure: Figure, language: str) -> str:
    """The number with its unit; a dash where there is none."""
    if figure.value is None:
        return "–"
    places = DECIMALS[figure.unit]
    text = fixed(figure.value, places, language)
    return f"{text}\u00a0{figure.unit}" if figure.unit else text


def notes_of(figure: Figure, language: str) -> str:
    return ", ".join(pick(NOTES[note], language) for note in dict.fromkeys(figure.notes))


def when(moment: datetime, period: Period) -> str:
    return f"{moment.astimezone(period.zone):%Y-%m-%d %H:%M}"


def details_of(record: Record, language: str, period: Period) -> str:
    """What the record adds, and how: ``2,5 h × 40 $, mécanique, depuis 2026-01-01``."""
    told = record.details
    match record.what:
        case "labour" | "material" | "equipment":
            return _spent(record, language)
        case "fuel":
            return _fill(record, language)
        case "outside":
            return str(told["supplier"])
        case "reading":
            return shown(round(told["total"], 1), language)
        case "occurrence":
            status = pick(STATUSES.get(told["status"], ("–", "–")), language)
            limit = pick(("by", "avant le"), language)
            done = f" ({told['done']})" if told["done"] else ""
            return f"{told['plan']}, {limit} {told['deadline']}, {status}{done}"
    return _until(told, language, period)


def _spent(record: Record, language: str) -> str:
    told = record.details
    code = told["part" if record.what == "material" else record.what]
    code = pick(ROLES[code], language) if code in ROLES else code
    unit = "" if record.what == "material" else "\u00a0h"
    parts = [f"{shown(round(told['quantity'], 2), language)}{unit}", str(code)]
    if "rate" in told:
        since = pick(("since", "depuis le"), language)
        parts[0] += f" × {fixed(told['rate'], 2, language)}\u00a0$"
        parts.append(f"{since} {told['since']}")
    else:
        parts.append(pick(("no rate on that day", "aucun taux ce jour-là"), language))
    if told.get("overtime"):
        parts.append(pick(("overtime", "heures supplémentaires"), language))
    return ", ".join(parts)


def _fill(record: Record, language: str) -> str:
    """``62,4 L, diesel, reçu 4471``, with the price where the statement says no amount."""
    told = record.details
    litres = f"{shown(round(told['quantity'], 2), language)}\u00a0L"
    fuel = pick(FUELS[told["fuel"]], language) if told["fuel"] in FUELS else ""
    parts = [litres, fuel]
    if "rate" in told:
        parts[0] += f" × {fixed(told['rate'], 3, language)}\u00a0$"
        parts.append(f"{pick(('since', 'depuis le'), language)} {told['since']}")
    elif record.amount is None:
        parts.append(pick(("no price on that day", "aucun prix ce jour-là"), language))
    if told.get("reference"):
        parts.append(f"{pick(('receipt', 'reçu'), language)} {told['reference']}")
    return ", ".join(filter(None, parts))


def _until(told: Mapping[str, Any], language: str, period: Period) -> str:
    until = told.get("until")
    if until is None:
        return pick(("not over", "pas terminé"), language)
    word = pick(("until", "jusqu’au"), language)
    return f"{word} {when(datetime.fromisoformat(until), period)}"
