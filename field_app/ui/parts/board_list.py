"""The list that makes a figure of the director's page: as long as the figure says."""

from datetime import datetime
from functools import partial
from typing import Any

import flet as ft

from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import (
    board_week,
    board_words,
    bulletins,
    buttons,
    cards,
    pages,
    papers,
    standing,
    status,
    text,
)
from field_app.ui.parts.board_head import Narrowed, month_name
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.incident_words import SOURCES
from field_app.ui.parts.pass_load import UNITS
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, GOOD, SOFT, WARN


@component
def BoardList(figure: str, part: str, beside: str = "") -> Any:
    """`beside`: the list of a figure of the week, in one of the weeks beside it."""
    sitting = use_sitting()
    narrowed = use_view(sitting, Narrowed, name="board")
    page, set_page = ft.use_state(0)
    asked = {**narrowed.question, "figure": figure, "part": part, "beside": beside}
    question = {**asked, "page": str(page or "")}
    told = bulletins.use_bulletin("dashboard-list", question)
    back = buttons.plain_button(
        sitting.say("Dashboard"),
        icon=ft.Icons.ARROW_BACK,
        press=lambda: sitting.go("/board"),
        key="back",
    )
    if told.body is None:
        return ft.Column([ft.Row([back]), bulletins.nothing_yet(sitting, told)])
    body = told.body
    head = ft.Row([back, ft.Container(_title(sitting, body), expand=True)], spacing=16)
    rows = [_row(sitting, row) for row in body["rows"]]
    if not rows:
        rows = [cards.empty(sitting.say("Nothing here counts."), icon=ft.Icons.DONE_ALL)]
    parts = [
        head,
        *bulletins.trouble(sitting, told),
        _sum(sitting, body),
        *rows,
        *pages.turning(sitting, body["page"], body["pages"], set_page),
        text.small(board_words.rule(sitting.words, body["rule"])),
        papers.to_take_away(sitting, "dashboard-list", asked, paper=False),
    ]
    return scrolled(parts, key=f"board-list-{figure}-{part}-{beside}-{page}")


def _title(sitting: Sitting, body: dict[str, Any]) -> ft.Control:
    words = sitting.words
    name = board_words.title(words, body["figure"])
    if body["part"]:
        name = (
            f"{name} · {body['part_name'] or board_words.part_name(words, {'code': body['part']})}"
        )
    return text.title(name)


def _sum(sitting: Sitting, body: dict[str, Any]) -> ft.Control:
    """How many, what they come to, and of which month."""
    words = sitting.words
    told = [words.several("{count} line", "{count} lines", body["count"])]
    if body["amount"] is not None:
        told.append(board_words.money(words, body["amount"]))
    if body["figure"] in ("cost", "compliance", "requests_on_time"):
        told.append(month_name(sitting, body["month"]))
    if body.get("week"):
        told.append(board_week.week_name(sitting, body["week"]))
    return text.strong(" · ".join([*told, *body["narrowed"]]))


def _row(sitting: Sitting, row: dict[str, Any]) -> ft.Control:
    words = sitting.words
    title = words.either(row["title"]["fr"] or "", row["title"]["en"] or "")
    number = [text.small(row["number"], lines=1)] if row["number"] else []
    first = ft.Row([ft.Container(text.strong(title, lines=1), expand=True), *number], spacing=12)
    inside = ft.Column([first, *_more(sitting, row)], spacing=4)
    strip = cards.with_strip(inside, colour=_colour(row), chosen=False)
    return buttons.tap(strip, press=partial(sitting.go, row["route"]), key=f"row-{row['id']}")


def _more(sitting: Sitting, row: dict[str, Any]) -> list[ft.Control]:
    words = sitting.words
    second = [
        *([_state(sitting, row)] if row["table"] != "occurrence" else []),
        *(text.small(each, lines=1) for each in filter(None, [row.get("place"), row.get("crew")])),
        *_when(sitting, row),
        *_amount(sitting, row),
        *_passed(sitting, row),
    ]
    found: list[ft.Control] = [ft.Row(second, spacing=16, run_spacing=2, wrap=True)]
    why = row.get("why")
    if why:
        what = words.either(row["what"]["fr"], row["what"]["en"]) if row.get("what") else ""
        told = words.either(why["fr"] or "", why["en"] or "")
        found.append(text.small(" · ".join(filter(None, [what, told])), lines=2))
    return found


def _state(sitting: Sitting, row: dict[str, Any]) -> ft.Control:
    """A unit's standing, an order's status, or the kind of order that a cost is of."""
    if row["table"] == "asset":
        return standing.chip(standing.STANDINGS[row["status"]], sitting)
    if row["table"] == "work_order":
        return status.chip(status.sign_of(row["status"]), sitting.words)
    if row["table"] == "report":
        source = SOURCES.get(row["status"], row["status"])
        return text.small(sitting.say(source), lines=1)
    return text.small(board_words.part_name(sitting.words, {"code": row["status"]}), lines=1)


def _when(sitting: Sitting, row: dict[str, Any]) -> list[ft.Control]:
    place, words = sitting.workplace, sitting.words
    law: list[ft.Control] = [text.small(words.say("by law"), colour=BAD, lines=1)]
    law = law if row.get("law") else []
    if row["table"] == "occurrence":
        kept = row["status"] == "kept"
        told = words.say("limit {day}", day=row["day"])
        done = words.say("done {day}", day=row["done_on"]) if row["done_on"] else ""
        colour = GOOD if kept else BAD
        said = words.say("in time") if kept else words.say("not in time")
        return [
            text.small(said, colour=colour, lines=1),
            text.small(" · ".join(filter(None, [told, done])), lines=1),
            *law,
        ]
    if not row.get("at"):
        return law
    at = datetime.fromisoformat(row["at"])
    if row["table"] != "work_order":
        told = sitting.when(at)
        return [text.small(told, lines=1)]
    if row.get("done_at"):
        done_at = sitting.when(datetime.fromisoformat(row["done_at"]))
        return [text.small(words.say("done {day}", day=done_at), lines=1), *law]
    late = at < place.clock()
    due = times.due(at, now=place.clock(), zone=place.zone, words=words)
    return [text.small(due, colour=WARN if late else SOFT, lines=1), *law]


def _amount(sitting: Sitting, row: dict[str, Any]) -> list[ft.Control]:
    if "amount" not in row:
        return []
    if row["amount"] is None:
        return [text.small(sitting.say("no rate"), colour=WARN, lines=1)]
    amount = sitting.words.dollars(row["amount"])
    return [text.strong(amount, size_px=tokens.SMALL_PX, lines=1)]


def _passed(sitting: Sitting, row: dict[str, Any]) -> list[ft.Control]:
    """How far a pass went, and what it spread: `0,25 km · sel 120 kg/km`."""
    if row["table"] != "pass":
        return []
    words = sitting.words
    told = [f"{words.number(round(row['metres'] / 1000, 2))}\u00a0km"]
    if row["material"]:
        load = board_words.part_name(words, {"code": row["material"]}).lower()
        unit = dict(UNITS).get(row["rate_unit"], "")
        rate = f"{words.number(row['rate'])}\u00a0{unit}" if row["rate"] else sitting.say("no rate")
        told.append(f"{load} {rate}")
    return [text.strong(" · ".join(told), size_px=tokens.SMALL_PX, lines=1)]


def _colour(row: dict[str, Any]) -> str:
    if row["table"] == "asset":
        return standing.STANDINGS[row["status"]].colour
    if row["table"] == "work_order":
        return status.sign_of(row["status"]).colour
    if row["table"] == "occurrence":
        return GOOD if row["status"] == "kept" else BAD
    return SOFT
