"""Why work is due, in words: the plan, its rhythm and the day, French and English."""

from datetime import date

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


def reason(plan: MaintenancePlan, day: date) -> tuple[str, str]:
    """``Plan d’entretien EP-03 (tous les 3 mois) : 1er décembre 2026``, and in English."""
    french, english = rhythm(plan.rule)
    month_fr, month_en = MONTHS_FR[day.month - 1], MONTHS_EN[day.month - 1]
    number = "1er" if day.day == 1 else str(day.day)
    return (
        f"Plan d’entretien {plan.code} ({french}) : {number} {month_fr} {day.year}",
        f"Maintenance plan {plan.code} ({english}): {month_en} {day.day}, {day.year}",
    )


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
