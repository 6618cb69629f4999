"""Why work is due, in words: codes with what belongs to them, and a sentence of each, twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from asset_model.numbers import shown
from asset_model.plans import MaintenancePlan

RHYTHMS = {
    # frequency: (every, every n) in French, the same in English
    "DAILY": ("chaque jour", "tous les {} jours", "every day", "every {} days"),
    "WEEKLY": ("chaque semaine", "toutes les {} semaines", "every week", "every {} weeks"),
    "MONTHLY": ("chaque mois", "tous les {} mois", "every month", "every {} months"),
    "YEARLY": ("chaque année", "tous les {} ans", "every year", "every {} years"),
}
MONTHS_FR = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SENTENCES = {
    # code: English, French
    "calendar": ("by the calendar ({rhythm_en})", "selon le calendrier ({rhythm_fr})"),
    "since": (
        "{rhythm_en} since {since_en}",
        "{rhythm_fr} depuis le {since_fr}",
    ),
    "first_time": ("for the first time", "pour la première fois"),
    "meter": (
        "{measure}: {total} read, due at {target}",
        "{measure}\u00a0: {total} au compteur, à faire à {target}",
    ),
    "meter_expected": (
        "{measure}: {total} read, {target} expected on that day",
        "{measure}\u00a0: {total} au compteur, {target} attendu ce jour-là",
    ),
    "meter_never_read": (
        "{measure} was never read: nobody can tell when it is due",
        "{measure} n’a jamais été relevé\u00a0: nul ne sait quand c’est à faire",
    ),
    "condition": (
        "{measure} stands at {value}, the limit is {limit}",
        "{measure} est à {value}, la limite est {limit}",
    ),
    "event": ("after {count} × {event}", "après {count} × {event}"),
    "season": (
        "put off to the season's first day, from {day_en}",
        "reporté au premier jour de la saison, du {day_fr}",
    ),
    "holiday": ("moved off {day_en}, a day off", "déplacé du {day_fr}, jour de congé"),
    "capacity": (
        "moved from {day_en}: the shop's week was full",
        "déplacé du {day_fr}\u00a0: la semaine de l’atelier était pleine",
    ),
    "over_capacity": (
        "the shop's week is full, and it cannot wait",
        "la semaine de l’atelier est pleine, et cela ne peut attendre",
    ),
    "brings_forward": (
        "brought forward from {day_en} with {codes}",
        "devancé du {day_fr} avec {codes}",
    ),
    "absorbs": ("with it: {codes}", "avec\u00a0: {codes}"),
    "absorbed": ("done within plan {code}", "fait avec le plan {code}"),
    "released": (
        "asked for again: the work that it was part of was cancelled",
        "redemandé\u00a0: le travail dont il faisait partie a été annulé",
    ),
    "still_open": (
        "not asked for: the one of {day_en} was still open",
        "pas demandé\u00a0: celui du {day_fr} était encore ouvert",
    ),
    "too_late": (
        "not asked for in time: plans were not worked out by then",
        "pas demandé à temps\u00a0: les plans n’ont pas été calculés",
    ),
    "stored": (
        "the unit is stored from {since_en}: to be done before it runs again, not on {day_en}",
        "unité remisée depuis le {since_fr}\u00a0: à faire avant son retour, et non le {day_fr}",
    ),
    "carried": ("when it was part of {tag}", "quand il faisait partie de {tag}"),
    "by_sheet": ("by a signed sheet", "selon une fiche signée"),
    "campaign": ("in the campaign {name}", "dans la campagne {name}"),
    "moved_by": (
        "moved from {day_en} by {who}: {why}",
        "déplacé du {day_fr} par {who}\u00a0: {why}",
    ),
    "skipped_by": (
        "skipped by {who}: {why}",
        "sauté par {who}\u00a0: {why}",
    ),
    "late": ("late, and still to be done", "en retard, et toujours à faire"),
}


HELD = "moved_by"
"""Last of its reasons, it says that somebody has set the day."""


@dataclass(frozen=True)
class Reason:
    """One cause: a stable code, and the details of its sentence."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        return {"code": self.code, **self.details}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Reason":
        """The reason that was stored so."""
        return cls(str(stored["code"]), {k: v for k, v in stored.items() if k != "code"})


def sentence(plan: MaintenancePlan, day: date, reasons: Iterable[Reason], language: str) -> str:
    """``Plan d’entretien EP-03, 1er décembre 2026 : selon le calendrier (tous les 3 mois)``."""
    why = clause(reasons, language)
    if language == "fr":
        return f"Plan d’entretien {plan.code}, {in_french(day)}\u00a0: {why}"
    return f"Maintenance plan {plan.code}, {in_english(day)}: {why}"


def clause(reasons: Iterable[Reason], language: str) -> str:
    """The causes alone, one after the other."""
    french = language == "fr"
    return ("\u00a0; " if french else "; ").join(_words(reason, french) for reason in reasons)


def _words(reason: Reason, french: bool) -> str:
    english_words, french_words = SENTENCES[reason.code]
    given = {**reason.details}
    for name, value in reason.details.items():
        if name in ("day", "since"):
            day = date.fromisoformat(value)
            given |= {f"{name}_fr": in_french(day), f"{name}_en": in_english(day)}
        elif name == "rule":
            given["rhythm_fr"], given["rhythm_en"] = rhythm(value)
        elif name == "measure":
            given["measure"] = MEASURES.get(value, (value, value))[french]
        elif isinstance(value, int | float):
            given[name] = shown(value, "fr" if french else "en")
    return (french_words if french else english_words).format(**given)


MEASURES = {
    "odometer": ("odometer (km)", "odomètre (km)"),
    "engine_hours": ("engine hours", "heures de moteur"),
    "plow_hours": ("plowing hours", "heures de déneigement"),
    "cycles": ("cycles", "cycles"),
    "fuel_used": ("fuel used (L)", "carburant consommé (L)"),
}


def in_french(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS_FR[day.month - 1]} {day.year}"


def in_english(day: date) -> str:
    return f"{MONTHS_EN[day.month - 1]} {day.day}, {day.year}"


def rhythm(rule: str) -> tuple[str, str]:
    """How often a rule comes back; a rule of several months is said without its list of months."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    words = RHYTHMS.get(parts.get("FREQ", ""))
    if words is None:
        return "calendrier", "calendar"
    interval = int(parts.get("INTERVAL", "1"))
    several = "BYMONTH" in parts and "," in parts["BYMONTH"]
    if several and parts["FREQ"] == "YEARLY":
        times = parts["BYMONTH"].count(",") + 1
        return f"{times} fois l’an", f"{times} times a year"
    one_fr, many_fr, one_en, many_en = words
    if interval == 1:
        return one_fr, one_en
    return many_fr.format(interval), many_en.format(interval)
