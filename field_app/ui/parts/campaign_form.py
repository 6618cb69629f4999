"""A campaign as it is thought out: which units, until when; looked at, then made once."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import flet as ft

from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, IN_ORDER, emptied, use_draft
from field_app.ui.parts import bulletins, buttons, cards, choosing, fields, text
from field_app.ui.parts.campaign_preview import preview
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD

ALSO_MAX = 366


@ft.observable
@dataclass
class Draft:
    """`kinds`: none is every kind. Days as one types them: 2026-11-15."""

    name: str = ""
    begins: str = ""
    ends: str = ""
    ready_on: str = ""
    also_days: str = "30"
    plan: str = ""
    kinds: tuple[str, ...] = field(default=(), metadata=IN_ORDER)
    seen: dict[str, Any] | None = field(default=None, metadata=FLEETING)
    """What it would make, once the server was asked."""
    error: str = field(default="", metadata=FLEETING)
    asking: bool = field(default=False, metadata=FLEETING)
    id: str = ""
    """Of what it makes: sent again, it is made once."""

    def change(self, field: str, value: Any) -> None:
        """What was seen is of other words than these."""
        setattr(self, field, value)
        self.seen, self.error, self.id = None, "", ""

    def toggle(self, kind: str) -> None:
        chosen = set(self.kinds) ^ {kind}
        self.change("kinds", tuple(sorted(chosen)))

    def told(self, today: date) -> dict[str, Any]:
        """As the server is sent it."""
        found: dict[str, Any] = {
            "name": self.name.strip(),
            "begins": self.begins or today.isoformat(),
            "ends": self.ends,
            "ready_on": self.ready_on or self.ends,
            "also_days": int(self.also_days),
            "class": "vehicle",
            "filter": {"kind": list(self.kinds)} if self.kinds else {},
        }
        return {**found, **({"plan": self.plan} if self.plan else {})}


@component
def CampaignForm(body: dict[str, Any]) -> Any:
    """`body`: the kinds of units and the plans that there are to choose from."""
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name="campaign", shared=True)
    parts: list[ft.Control] = [
        _fields(sitting, draft),
        text.small(sitting.say("Which units")),
        _kinds(sitting, draft, body["kinds"]),
        _plan(sitting, draft, body["plans"]),
    ]
    if draft.error:
        parts.append(cards.banner(draft.error, icon=ft.Icons.ERROR, colour=BAD, name="wrong"))
    if draft.seen is not None:
        parts += preview(sitting, draft.seen)
    parts.append(_buttons(sitting, draft))
    return cards.section(sitting.say("A new campaign"), parts)


def _fields(sitting: Sitting, draft: Draft) -> ft.Control:
    say = sitting.say
    known = (
        ("name", say("Name"), say("Winter 2026"), 12),
        ("begins", say("From"), say("Today, where nothing is said"), 3),
        ("ends", say("Until"), say("As in {day}", day="2026-11-15"), 3),
        ("ready_on", say("Ready on"), say("The last day, where nothing is said"), 3),
        ("also_days", say("Days after"), say("What is due in them comes along"), 3),
    )
    return ft.ResponsiveRow(
        [
            ft.Container(
                fields.text_field(
                    label,
                    getattr(draft, name),
                    partial(draft.change, name),
                    key=f"campaign-{name}",
                    helper=helper,
                ),
                col={"xs": 12 if wide == 12 else 6, "lg": wide},
            )
            for name, label, helper, wide in known
        ],
        spacing=12,
        run_spacing=12,
    )


def _kinds(sitting: Sitting, draft: Draft, kinds: list[dict[str, Any]]) -> ft.Control:
    chips = [
        buttons.choice_button(
            f"{sitting.words.either(kind['fr'], kind['en'])} · {kind['count']}",
            chosen=kind["code"] in draft.kinds,
            press=partial(draft.toggle, kind["code"]),
            key=f"kind-{kind['code']}",
            compact=True,
        )
        for kind in kinds
    ]
    return ft.Row(chips, spacing=8, run_spacing=8, wrap=True)


def _plan(sitting: Sitting, draft: Draft, plans: list[dict[str, Any]]) -> ft.Control:
    words = sitting.words
    options = [("", words.say("the one that takes the most along"))]
    options += [
        (plan["code"], f"{plan['code']} {words.either(plan['title']['fr'], plan['title']['en'])}")
        for plan in plans
    ]
    chosen = choosing.chooser(
        sitting.say("In whose order"), draft.plan, options, partial(draft.change, "plan"),
        key="campaign-plan",
    )  # fmt: skip
    return ft.Row([chosen])


def _buttons(sitting: Sitting, draft: Draft) -> ft.Control:
    asking = sitting.say("Asking the server")
    row: list[ft.Control] = [
        buttons.plain_button(
            asking if draft.asking else sitting.say("See what it would make"),
            icon=ft.Icons.PREVIEW,
            press=lambda: _ask(sitting, draft, "campaign-look"),
            key="campaign-look",
        )
    ]
    if draft.seen is not None and draft.seen["orders"]:
        told = sitting.words.several(
            "Make {count} order", "Make {count} orders", draft.seen["orders"]
        )
        row.append(
            buttons.main_button(
                told,
                icon=ft.Icons.PLAYLIST_ADD_CHECK,
                press=lambda: _ask(sitting, draft, "campaign-make"),
                disabled=draft.asking,
                key="campaign-make",
            )
        )
    return ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True, run_spacing=10)


def _wrong(sitting: Sitting, draft: Draft) -> str:
    """What is to be mended before the server is asked; nothing, where it may be."""
    if not draft.name.strip():
        return sitting.say("Give the campaign a name.")
    for day in (draft.begins, draft.ends, draft.ready_on):
        if day and not _is_day(day):
            return sitting.say("“{text}” is no day. Write it as {day}.", text=day, day="2026-11-15")
    if not draft.ends:
        return sitting.say("Say until when.")
    if not draft.also_days.isdecimal() or int(draft.also_days) > ALSO_MAX:
        return sitting.say("The days after the last one go from 0 to {most}.", most=ALSO_MAX)
    return ""


def _is_day(told: str) -> bool:
    try:
        return date.fromisoformat(told).isoformat() == told
    except ValueError:
        return False


def _ask(sitting: Sitting, draft: Draft, decision: str) -> None:
    if draft.asking:
        return
    draft.error = _wrong(sitting, draft)
    if draft.error:
        return
    place = sitting.workplace
    draft.id = draft.id or place.new_id()
    today = place.clock().astimezone(place.zone).date()
    said = {"id": draft.id, "campaign": draft.told(today)}

    async def ask() -> None:
        draft.asking = True
        body, why_not = await bulletins.decided(sitting, decision, said)
        draft.asking, draft.error = False, why_not
        if body is None:
            return
        draft.seen = body
        if decision == "campaign-make":
            made = body["orders"]
            emptied(draft)
            sitting.tell(sitting.words.several("{count} order made.", "{count} orders made.", made))
            sitting.go(f"/campaigns/{body['id']}")

    ft.context.page.run_task(ask)
