"""Campaigns: those that were made and who is ready on their day, and making a new one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import flet as ft

from asset_model.bulletins import may_decide
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import bulletins, buttons, cards, charts, office_page, text
from field_app.ui.parts.campaign_form import CampaignForm
from field_app.ui.parts.campaign_preview import held
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, GOOD


@component
def Campaigns(rest: str) -> Any:
    """`rest`: nothing, or the id of one that was made."""
    sitting = use_sitting()
    if not bulletins.allowed(sitting, "campaigns"):
        return bulletins.not_allowed(sitting)
    if rest:
        return Ready(rest, key=f"ready-{rest}")
    return CampaignList(key="campaign-list")


@component
def CampaignList() -> Any:
    sitting = use_sitting()
    told = bulletins.use_bulletin("campaigns", {})
    back = _back(sitting, sitting.say("Plans"), "/plans")
    top = office_page.head(sitting, sitting.say("Campaigns"), told, [back])
    return office_page.page(
        sitting, told, top, lambda body: _body(sitting, body), key="campaigns-page"
    )


def _back(sitting: Sitting, word: str, route: str) -> ft.Control:
    return buttons.plain_button(
        word, icon=ft.Icons.ARROW_BACK, press=partial(sitting.go, route), key="back"
    )


def _body(sitting: Sitting, body: dict[str, Any]) -> Sequence[ft.Control]:
    rows = [_made(sitting, each) for each in body["campaigns"]]
    if not rows:
        rows = [text.body(sitting.say("No campaign yet: one order for each unit before a day."))]
    form: list[ft.Control] = []
    if may_decide(sitting.signed.role, "campaign-make"):
        form = [CampaignForm(body, key="campaign-form")]
    return [*rows, *form]


def _made(sitting: Sitting, each: dict[str, Any]) -> ft.Control:
    told = sitting.say(
        "From {begins} to {ends} · made by {who}",
        begins=each["begins"],
        ends=each["ends"],
        who=each["by"] or "–",
    )
    inside = ft.Column(
        [
            text.strong(each["name"], size_px=tokens.LEAD_PX, lines=1),
            text.small(told, lines=2),
        ],
        spacing=4,
    )
    strip = cards.with_strip(inside, colour=ACTION, chosen=False)
    press = partial(sitting.go, f"/campaigns/{each['id']}")
    return buttons.tap(strip, press=press, key=f"campaign-{each['id']}")


@component
def Ready(campaign_id: str) -> Any:
    """The list that is read on the day."""
    sitting = use_sitting()
    told = bulletins.use_bulletin("campaign-ready", {"id": campaign_id})
    back = _back(sitting, sitting.say("Campaigns"), "/campaigns")
    title = told.body["name"] if told.body else sitting.say("Campaign")
    top = office_page.head(sitting, title, told, [back])
    return office_page.page(
        sitting, told, top, lambda body: _ready(sitting, body), key=f"ready-page-{campaign_id}"
    )


def _ready(sitting: Sitting, body: dict[str, Any]) -> Sequence[ft.Control]:
    ready, every = body["ready"], len(body["units"])
    said = sitting.say(
        "{ready} ready, {held} held back on {day}",
        ready=ready,
        held=every - ready,
        day=body["on"],
    )
    share = ready / every if every else 0.0
    bar = charts.share_bar([(share, GOOD), (1 - share, BAD)], said=said)
    return [
        cards.card([text.strong(said, size_px=tokens.LEAD_PX), bar]),
        *(held(sitting, unit) for unit in body["units"]),
    ]
