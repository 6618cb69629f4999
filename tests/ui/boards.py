"""What the server would tell of a small town's director's page."""

from typing import Any

RULE = {"version": 1, "fr": "La règle du chiffre.", "en": "The rule of the figure."}


def part(code: str, value: float | None, count: int, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"code": code, "name": None, "value": value, "count": count}
    return {**told, "before": None, "notes": [], **more}


def figure(code: str, value: float | None, count: int, *parts: Any, **more: Any) -> dict[str, Any]:
    told = {"code": code, "value": value, "count": count, "measure": "", "before": None}
    return {**told, "notes": [], "rule": RULE, "parts": list(parts), **more}


def then(value: float | None, count: int, why: str | None = None) -> dict[str, Any]:
    return {"value": value, "count": count, "why": why, "notes": []}


def weekly(code: str, value: float | None, before: Any, last_year: Any, **more: Any) -> Any:
    told = figure(code, value, 7, **more)
    return {**told, "beside": {"week_before": before, "year_before": last_year}}


def a_week(**more: Any) -> dict[str, Any]:
    """One that is not over: more calls than before, fewer orders, and a record of ten months."""
    no_record = then(None, 0, "no_record:2026-01-12")
    winter = weekly("winter", 900.0, then(600.0, 4), then(0.0, 0, "none"))
    spreading = weekly("spreading", 12.4, then(12.4, 40), no_record)
    figures = [
        weekly("opened", 7, then(11, 11), then(7, 7)),
        weekly("calls", 9, then(5, 5), no_record),
        weekly("week_compliance", 80, then(90, 10, "undecided"), then(75, 8, "undecided"),
               measure="%", notes=["undecided:2"]),
        weekly("week_cost", 1240.0, then(1000.0, 6), then(2480.0, 9), measure="$"),
        weekly("streets", 14.9, then(14.9, 50), no_record, measure="km"),
        weekly("spread", 1.24, then(0.5, 12), no_record, measure="t", notes=["unweighed:2"]),
    ]  # fmt: skip
    figures[3]["parts"] = [winter]
    figures[4]["parts"] = [spreading, weekly("patrol", 2.5, then(2.5, 10), no_record)]
    week = {"first": "2026-11-23", "last": "2026-11-24", "until": "2026-11-24T08:12:00.000Z"}
    return {**week, "beside": {}, "figures": figures, "rule": RULE, **more}


def a_board(**more: Any) -> dict[str, Any]:
    figures = [
        figure("emergencies", 2, 2),
        figure("overdue", 20, 20, part("law", 4, 4), part("policy", 16, 16)),
        figure("backlog", 3.25, 40, part("roads", 3.25, 30, name="Voirie"), part("none", None, 10),
               measure="week"),
        figure("compliance", 87.5, 8, part("kept", 7, 7), part("late", 1, 1), measure="%"),
        figure("fleet", 80, 10, part("ready", 7, 7), part("excepted", 1, 1),
               part("check_needed", 1, 1), part("out_of_service", 1, 1), measure="%"),
        figure("cost", 12_340.4, 65, part("winter", 12_340.4, 65, before=11_000.0), measure="$",
               before=11_000.0, notes=["unpriced:2"]),
        figure("requests", 5, 5),
        figure("requests_on_time", None, 0, part("kept", 0, 0), measure="%"),
    ]  # fmt: skip
    return {
        "district": None,
        "crew": None,
        "month": "2026-11",
        "figures": figures,
        "week": a_week(),
        "choices": {
            "districts": [{"id": "d1", "name": "Secteur Nord"}],
            "crews": [{"id": "c1", "name": "Voirie nord"}],
        },
        "freshness": {"tablets": [], "to_settle": 0},
        **more,
    }


def tablet(code: str, seen_at: str | None, *, quiet: bool) -> dict[str, Any]:
    return {"code": code, "crew": "Voirie nord", "seen_at": seen_at, "quiet": quiet}


def a_list(figure: str = "overdue", rows: Any = (), **more: Any) -> dict[str, Any]:
    return {
        "figure": figure, "part": None, "part_name": None, "page": 0, "pages": 1,
        "count": len(rows), "amount": None, "rows": list(rows), "rule": RULE, "month": "2026-11",
        "district": None, "crew": None, "narrowed": [], "week": None, **more,
    }  # fmt: skip


def an_order(id: str = "o1", **more: Any) -> dict[str, Any]:
    return {
        "id": id, "table": "work_order", "number": "BT-2026-000007", "status": "dispatched",
        "title": {"fr": "Réparer un nid-de-poule", "en": "Réparer un nid-de-poule"},
        "place": "12, rue de la Gare", "at": "2026-11-21T08:12:00.000Z", "done_at": None,
        "why": {"fr": "Classe 4, 14 jours", "en": "Class 4, 14 days"}, "crew": "Voirie nord",
        "hours": 2.0, "law": True, "route": f"/orders/{id}", **more,
    }  # fmt: skip
