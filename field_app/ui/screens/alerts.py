"""Emergencies: from the alert to the crew that is sent, with who has seen it and who has not."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.alerts import Alert, Turns
from asset_model.roles import may_edit
from field_app.actions import alerts
from field_app.reads.alerts import AlertPage, alert_page, lately_closed, open_alerts
from field_app.reads.people import crews
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.keyboard import use_keys
from field_app.ui.parts import buttons, cards, fields, panes, text
from field_app.ui.parts.alert_people import called_people, phone_lines, standing_of
from field_app.ui.parts.form import form
from field_app.ui.parts.list_keys import list_keys
from field_app.ui.parts.new_alert import NewAlert
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, GOOD
from field_app.ui.words import noted

ENDINGS = (noted("The emergency is over"), noted("False alarm"))
NEW = "new"


@component
def Alerts(alert_id: str) -> Any:
    sitting = use_sitting()
    listed = AlertList(alert_id, key="alert-list")
    if not alert_id:
        nothing = panes.nothing_chosen(
            sitting.say("Choose an alert, or raise one."), icon=ft.Icons.CAMPAIGN
        )
        return panes.side_by_side(listed, nothing) if sitting.wide else listed
    detail = NewAlert(key="new-alert") if alert_id == NEW else AlertDetail(alert_id, key=alert_id)
    return panes.side_by_side(listed, detail) if sitting.wide else detail


@component
def AlertList(chosen: str) -> Any:
    sitting = use_sitting()
    say = sitting.say
    found = sitting.read(open_alerts, now=sitting.workplace.clock())
    rows = [_row(sitting, alert, turns, chosen) for alert, turns in found]
    closed = sitting.read(lately_closed)
    ids = [alert.id for alert, _ in found] + [alert.id for alert in closed]
    use_keys(list_keys(sitting, ids, chosen, lambda id: sitting.go(f"/alerts/{id}")))
    if not rows:
        rows = [cards.empty(say("No alert is open."), icon=ft.Icons.VERIFIED)]
    if closed:
        rows.append(text.title(say("Lately closed"), size_px=tokens.LEAD_PX))
        rows += [_row(sitting, alert, None, chosen) for alert in closed]
    new = buttons.main_button(
        say("New alert"),
        icon=ft.Icons.CAMPAIGN,
        press=lambda: sitting.go(f"/alerts/{NEW}"),
        key="alert-new",
    )
    return ft.Column(
        [
            ft.Container(ft.Row([new]), padding=12),
            ft.ListView(rows, expand=True, spacing=10, padding=12),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _row(sitting: Sitting, alert: Alert, turns: Turns | None, chosen: str) -> ft.Control:
    taken = turns is None or turns.taken is not None
    at = sitting.when(alert.created_at)
    lines: list[ft.Control] = [
        text.strong(alert.place or sitting.say("No place given"), size_px=tokens.LEAD_PX, lines=1),
        text.body(alert.title, lines=2),
        text.small(at),
    ]
    strip = cards.with_strip(
        ft.Column(lines, spacing=4), colour=GOOD if taken else BAD, chosen=alert.id == chosen
    )
    return buttons.tap(
        strip, press=lambda: sitting.go(f"/alerts/{alert.id}"), key=f"alert-{alert.id}"
    )


@ft.observable
@dataclass
class Closing:
    """How it ended, in words that are not sent yet."""

    word: str = ""


@component
def AlertDetail(alert_id: str) -> Any:
    sitting = use_sitting()
    closing = use_draft(sitting, Closing, name=f"alert-{alert_id}")
    page = sitting.read(alert_page, alert_id, now=sitting.workplace.clock())
    if page is None:
        sentence = sitting.say("This alert is not on this tablet.")
        return cards.empty(sentence, icon=ft.Icons.FOLDER_OFF)
    sentence, icon, colour = standing_of(sitting, page)
    parts = [
        cards.banner(sentence, icon=icon, colour=colour, name="alert-standing"),
        *_told(page),
        *_sending(sitting, page),
        called_people(sitting, page),
        *_paper(sitting, page),
        *_closing(sitting, page, closing),
    ]
    heading = f"{page.alert.place or ''} · {page.alert.title}".strip(" ·")
    return form(sitting, heading, parts)


def _told(page: AlertPage) -> list[ft.Control]:
    return [text.body(page.alert.details)] if page.alert.details else []


def _sending(sitting: Sitting, page: AlertPage) -> list[ft.Control]:
    """The crew that goes: one press each, and then its order."""
    say = sitting.say
    if page.order is not None:
        order = page.order
        button = buttons.plain_button(
            say("The order"),
            icon=ft.Icons.ASSIGNMENT,
            press=lambda: sitting.go(f"/orders/{order.id}"),
            key="alert-order",
        )
        said = text.strong(say("{crew} is sent.", crew=page.crew or ""))
        return [cards.section(say("Which crew goes"), [said, ft.Row([button])])]
    if page.alert.closed_at is not None or not _may(sitting):
        return []
    row: list[ft.Control] = [
        buttons.plain_button(
            crew.name,
            icon=ft.Icons.GROUPS,
            press=partial(_send, sitting, page, crew.id, crew.name),
            key=f"send-{crew.code}",
        )
        for crew in sitting.read(crews)
    ]
    choices = ft.Row(row, wrap=True, spacing=10, run_spacing=10)
    return [cards.section(say("Which crew goes"), [choices])]


def _may(sitting: Sitting) -> bool:
    return may_edit(sitting.signed.role, "alert", "order_id")


def _send(sitting: Sitting, page: AlertPage, crew_id: str, name: str) -> None:
    code = sitting.workplace.link.device_code
    if sitting.make(alerts.assign, page.alert.id, crew_id, device_code=code) is not None:
        sitting.tell(sitting.say("{crew} is sent.", crew=name))


def _paper(sitting: Sitting, page: AlertPage) -> list[ft.Control]:
    workplace, say = sitting.workplace, sitting.say
    address = workplace.printouts.keep(
        f"{page.alert.id} {sitting.language}",
        phone_lines(sitting, page),
        language=sitting.language,
        press=say("Print"),
        new_id=workplace.new_id,
    )
    button = buttons.plain_button(
        say("Print the telephone list"),
        icon=ft.Icons.PRINT,
        action=ft.OpenUrl(address),
        press=lambda: None,
        key="alert-print",
    )
    return [ft.Row([button])]


def _closing(sitting: Sitting, page: AlertPage, closing: Closing) -> list[ft.Control]:
    say = sitting.say
    if page.alert.closed_at is not None:
        return [text.body(say("How it ended: {word}", word=page.alert.closing_word or ""))]
    if not _may(sitting):
        return []

    def close(how: str) -> None:
        if sitting.act(alerts.close, page.alert.id, how):
            closing.word = ""
            sitting.tell(say("Alert closed."))

    row: list[ft.Control] = [
        buttons.plain_button(
            say(how), icon=ft.Icons.LOCK, press=partial(close, say(how)), key=f"alert-end-{place}"
        )
        for place, how in enumerate(ENDINGS)
    ]
    field = fields.text_field(
        say("Or in your words"),
        closing.word,
        partial(setattr, closing, "word"),
        key="alert-word",
        submit=close,
    )
    parts = [ft.Row(row, wrap=True, spacing=10, run_spacing=10), field]
    return [cards.section(say("Close the alert"), parts)]
