"""What the server would tell of a garage: its weeks, plans, figures and campaigns."""

from typing import Any

from tests.ui.boards import RULE


def work(plan: str = "EP-1", unit: str = "214", **more: Any) -> dict[str, Any]:
    return {
        "plan": plan, "title": {"fr": "Vidange", "en": "Oil"}, "unit": unit,
        "asset": f"Unité {unit}", "day": "2026-12-04", "due": "2026-12-04", "hours": 2.5,
        "legal": False, "movable": True, "state": "coming", "route": None,
        "why": {"fr": "selon le calendrier", "en": "by the calendar"}, **more,
    }  # fmt: skip


def week(name: str, monday: str, hours: float, *, over: bool = False) -> dict[str, Any]:
    return {"week": name, "monday": monday, "ordered": 1.0, "coming": hours - 1.0, "late": 0.0,
            "capacity": 40.0, "over": over}  # fmt: skip


def a_workshop(*lines: Any, **more: Any) -> dict[str, Any]:
    return {
        "shops": [{"code": "garage", "name": "Garage", "hours": 40.0}],
        "shop": "garage",
        "weeks": [week("2026-W48", "2026-11-23", 12.5),
                  week("2026-W49", "2026-11-30", 52.0, over=True)],
        "week": "2026-W48", "work": list(lines), "count": len(lines), "page": 0, "pages": 1, **more,
    }  # fmt: skip


def a_plan(id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id, "code": "EP-1", "title": {"fr": "Vidange", "en": "Oil change"}, "active": True,
        "legal": False, "basis": None, "shop": "Garage", "hours": 2.0, "lead_days": 7,
        "grace_days": 0, "nests": [], "trouble": None, "units": 3, "open": 1,
        "words": [{"fr": "tous les 6 mois", "en": "every 6 months"},
                  {"fr": "tous les 10\u00a0000 au compteur, odomètre (km)", "en": "every 10,000"}],
        "seasons": [{"fr": "du 01/09 au 15/11", "en": "from 09-01 to 11-15"}],
        "next": [{"day": "2027-01-08", "asset": "Unité 214", "earliest": "2027-01-02",
                  "latest": None, "why": {"fr": "au rythme du compteur", "en": "as it runs"}}],
        **more,
    }  # fmt: skip


FIGURES = ("cost", "cost_per_km", "cost_per_hour", "availability", "breakdowns", "mtbf", "mttr",
           "compliance")  # fmt: skip


def some_figures() -> dict[str, Any]:
    told = {code: {"value": 12.4, "measure": "", "records": 3, "notes": []} for code in FIGURES}
    note = {"fr": "pas deux relevés", "en": "no two readings"}
    told["cost_per_km"] = {"value": None, "measure": "$/km", "records": 0, "notes": [note]}
    return told


def a_figure_page(*units: str) -> dict[str, Any]:
    return {
        "first": "2025-11-23", "last": "2026-11-22", "fleet": some_figures(),
        "units": [{"id": tag, "tag": tag, "name": f"Unité {tag}", "figures": some_figures()}
                  for tag in units],
        "rules": {code: {**RULE, "title": {"fr": f"Titre {code}", "en": code}} for code in FIGURES},
    }  # fmt: skip


def a_figure_list(**more: Any) -> dict[str, Any]:
    row = {"id": "r1", "unit": "214", "at": "2026-11-05 10:00", "number": "BT-7", "amount": 80.0,
           "what": {"fr": "main-d’œuvre", "en": "labour"},
           "why": {"fr": "2\u00a0h × 40\u00a0$", "en": "2 h × 40 $"}}  # fmt: skip
    return {"first": "2025-11-23", "last": "2026-11-22", "figure": "cost", "unit": "214",
            "value": 80.0, "measure": "$", "count": 1, "page": 0, "pages": 1, "rows": [row],
            "rule": {**RULE, "title": {"fr": "Coût", "en": "Cost"}}, **more}  # fmt: skip


def some_campaigns(*made: dict[str, Any]) -> dict[str, Any]:
    return {
        "kinds": [{"code": "plow_truck", "fr": "Déneigeuse", "en": "Plow", "count": 3}],
        "plans": [{"code": "EP-12", "title": {"fr": "Hivernal", "en": "Winter"}}],
        "campaigns": list(made),
    }


def a_campaign(id: str = "c1") -> dict[str, Any]:
    return {"id": id, "name": "Hiver 2026", "by": "Sophie Bergeron", "begins": "2026-11-23",
            "ends": "2026-12-23", "at": "2026-11-23T08:00:00Z"}  # fmt: skip


def a_preview() -> dict[str, Any]:
    unit = {"unit": "214", "name": "Unité 214", "state": "order", "day": "2026-11-30",
            "plans": ["EP-10", "EP-1"], "hours": 4.5, "legal_by": "2027-01-21", "open": [],
            "next_on": None, "over_capacity": False}  # fmt: skip
    return {
        "units": [unit, {**unit, "name": "Unité 216", "state": "open", "open": ["BT-19"]},
                  {**unit, "name": "Unité 205", "state": "nothing", "next_on": None}],
        "weeks": [{"week": "2026-W49", "hours": 4.5}],
        "orders": 1,
    }  # fmt: skip
