"""The workshop: each week's hours against what the shop has, its work, and moving it on trial."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import bulletins, buttons, cards, charts, choosing, office_page, pages, text
from field_app.ui.parts.trial import Trial, TrialCard, use_trial
from field_app.ui.parts.workshop_work import work_row
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, SOFT, WARN
from field_app.ui.words import noted

AHEAD = (("", noted("3 months")), ("26", noted("6 months")), ("52", noted("12 months")))
LABELS_MAX = 13
Week = dict[str, Any]


@ft.observable
@dataclass
class Shown:
    """Which shop, how far ahead, and whose week's work; an empty word is the server's choice."""

    shop: str = ""
    weeks: str = ""
    week: str = ""
    page: int = 0

    @property
    def question(self) -> dict[str, str]:
        page = str(self.page or "")
        return {"shop": self.shop, "weeks": self.weeks, "week": self.week, "page": page}

    def turn(self, page: int) -> None:
        self.page = page

    def open(self, week: str) -> None:
        self.week, self.page = week, 0


@component
def Workshop(rest: str) -> Any:
    """`rest`: nothing; the page has one place."""
    sitting = use_sitting()
    if not bulletins.allowed(sitting, "workshop"):
        return bulletins.not_allowed(sitting)
    return Weeks(key="weeks")


@component
def Weeks() -> Any:
    sitting = use_sitting()
    shown, trial = use_view(sitting, Shown, name="workshop"), use_trial(sitting)
    told = bulletins.use_bulletin("workshop", shown.question)
    top = office_page.head(
        sitting, sitting.say("Workshop"), told, _tools(sitting, shown, told.body or {})
    )
    return office_page.page(
        sitting,
        told,
        top,
        lambda body: _body(sitting, shown, trial, body),
        key="workshop-page",
    )


def _tools(sitting: Sitting, shown: Shown, body: dict[str, Any]) -> list[ft.Control]:
    shops = [(shop["code"], shop["name"]) for shop in body.get("shops", ())]
    row: list[ft.Control] = []
    if shops:
        row.append(
            choosing.chooser(
                sitting.say("Shop"),
                body["shop"],
                shops,
                partial(_choose, shown),
                key="shop",
                narrows=False,
            )
        )
    horizon = [(code, sitting.say(word)) for code, word in AHEAD]
    row.append(
        choosing.chooser(
            sitting.say("Ahead"), shown.weeks, horizon, partial(_look, shown), key="ahead"
        )
    )
    if sitting.signed.in_office:
        row.append(
            buttons.plain_button(
                sitting.say("All orders"),
                icon=ft.Icons.LIST,
                press=lambda: sitting.go("/orders"),
                key="all-orders",
            )
        )
        row.append(
            buttons.plain_button(
                sitting.say("New order"),
                icon=ft.Icons.ADD,
                press=lambda: sitting.go("/new"),
                key="new-order",
            )
        )
    return row


def _choose(shown: Shown, shop: str) -> None:
    shown.shop, shown.week, shown.page = shop, "", 0


def _look(shown: Shown, weeks: str) -> None:
    shown.weeks, shown.week, shown.page = weeks, "", 0


def _body(
    sitting: Sitting, shown: Shown, trial: Trial, body: dict[str, Any]
) -> Sequence[ft.Control]:
    if not body["shops"]:
        sentence = sitting.say("No shop is set up: plans say which shop does their work.")
        return [cards.empty(sentence, icon=ft.Icons.HOME_REPAIR_SERVICE)]
    return [
        _chart(sitting, body),
        TrialCard(key="trial"),
        _weeks(sitting, shown, body),
        *_work(sitting, shown, trial, body),
    ]


def _chart(sitting: Sitting, body: dict[str, Any]) -> ft.Control:
    weeks = body["weeks"]
    most = LABELS_MAX if sitting.wide else LABELS_MAX // 2 + 1
    every = max(1, -(-len(weeks) // most))
    groups = [
        charts.Group(
            week_name(week) if place % every == 0 else "",
            [
                charts.Bar(
                    week["ordered"] + week["coming"],
                    BAD if week["over"] else ACTION,
                    _said(sitting, week),
                    limit=week["capacity"],
                )
            ],
        )
        for place, week in enumerate(weeks)
    ]
    width = 32 if len(weeks) <= LABELS_MAX else 14 if len(weeks) <= 2 * LABELS_MAX else 8
    title = sitting.say("Hours asked of the shop, week by week")
    chart = charts.bar_chart(groups, sitting.words, said=title, width_px=width, height_px=230)
    over = sum(week["over"] for week in weeks)
    sentence = sitting.words.several(
        "{count} week asks more than the shop has",
        "{count} weeks ask more than the shop has",
        over,
    )
    told = (
        text.small(sentence, colour=BAD)
        if over
        else text.small(sitting.say("No week asks more than the shop has."))
    )
    heading = ft.Row(
        [
            ft.Container(text.title(title, size_px=tokens.LEAD_PX), expand=True),
            text.small(sitting.say("Pale: the hours the shop has"), lines=1),
        ],
        spacing=16,
    )
    return cards.card([heading, told, chart], gap_px=8)


def week_name(week: Week) -> str:
    day = date.fromisoformat(week["monday"])
    return f"{day:%m-%d}"


def _said(sitting: Sitting, week: Week) -> str:
    hours = week["ordered"] + week["coming"]
    of = week["capacity"]
    if of is None:
        return sitting.say("Week of {day}: {hours} h", day=week["monday"], hours=round(hours, 1))
    return sitting.say(
        "Week of {day}: {hours} h of {capacity}",
        day=week["monday"],
        hours=round(hours, 1),
        capacity=of,
    )


def _weeks(sitting: Sitting, shown: Shown, body: dict[str, Any]) -> ft.Control:
    """The weeks side by side: the one that is chosen tells its work below."""
    tiles = [
        _week(sitting, shown, week, chosen=week["week"] == body["week"]) for week in body["weeks"]
    ]
    row = ft.Row(tiles, spacing=8, scroll=ft.ScrollMode.AUTO)
    return ft.Container(row, padding=ft.Padding.only(bottom=4))


def _week(sitting: Sitting, shown: Shown, week: Week, *, chosen: bool) -> ft.Control:
    hours = week["ordered"] + week["coming"]
    full = week["over"]
    number = sitting.words.number(round(hours, 1))
    lines: list[ft.Control] = [
        text.small(week_name(week), lines=1),
        text.strong(
            f"{number}\u00a0h", lines=1, colour=BAD if full else ACTION if chosen else SOFT
        ),
    ]
    if full:
        lines.append(text.small(sitting.say("too full"), colour=BAD, lines=1))
    elif week["late"]:
        lines.append(text.small(sitting.say("some late"), colour=WARN, lines=1))
    return buttons.tap(
        ft.Column(lines, spacing=2, horizontal_alignment=ft.CrossAxisAlignment.CENTER),
        press=partial(shown.open, week["week"]),
        key=f"week-{week['week']}",
        chosen=chosen,
        padding=ft.Padding.symmetric(horizontal=14, vertical=8),
        height=tokens.MAIN_PX + 16,
    )


def _work(sitting: Sitting, shown: Shown, trial: Trial, body: dict[str, Any]) -> list[ft.Control]:
    chosen = next(week for week in body["weeks"] if week["week"] == body["week"])
    heading = ft.Row(
        [
            ft.Container(text.title(_said(sitting, chosen), size_px=tokens.LEAD_PX), expand=True),
            text.small(
                sitting.words.several("{count} job", "{count} jobs", body["count"]), lines=1
            ),
        ],
        spacing=16,
    )
    rows = [work_row(sitting, work, trial) for work in body["work"]]
    if not rows:
        sentence = sitting.say("Nothing is asked of the shop in that week.")
        rows = [cards.empty(sentence, icon=ft.Icons.EVENT_AVAILABLE)]
    return [heading, *rows, *pages.turning(sitting, body["page"], body["pages"], shown.turn)]
