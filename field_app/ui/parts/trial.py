"""What somebody would move or skip in the plans: gathered, compared, then published."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import flet as ft

from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, use_draft, written_as
from field_app.ui.parts import bulletins, buttons, cards, fields, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, GOOD, WARN

Key = tuple[str, str, str]
"""A plan's code, a unit's tag, and the day it was due."""


WISHES = written_as(
    lambda wishes: [[*key, to] for key, to in wishes.items()],
    lambda _, told: {(plan, unit, due): to for plan, unit, due, to in told},
)


@ft.observable
@dataclass
class Trial:
    """`wishes`: to which day each is moved; None: it is skipped."""

    wishes: dict[Key, str | None] = field(default_factory=dict, metadata=WISHES)
    why: str = ""
    lines: list[dict[str, Any]] | None = field(default=None, metadata=FLEETING)
    """What it would change, once the server was asked."""
    error: str = field(default="", metadata=FLEETING)
    asking: bool = field(default=False, metadata=FLEETING)
    id: str = ""
    """Of the publication: sent again, it is published once."""

    def wish(self, key: Key, to: str | None) -> None:
        self.wishes = {**self.wishes, key: to}
        self.lines, self.error, self.id = None, "", ""

    def forget(self, key: Key) -> None:
        self.wishes = {known: to for known, to in self.wishes.items() if known != key}
        self.lines, self.error, self.id = None, "", ""

    def clear(self) -> None:
        self.wishes, self.why, self.lines, self.error, self.id = {}, "", None, "", ""

    def told(self) -> dict[str, Any]:
        """As the server is sent it."""
        found: dict[str, Any] = {"why": self.why.strip(), "move": [], "skip": []}
        for (plan, unit, due), to in self.wishes.items():
            told = {"plan": plan, "unit": unit or None, "due": due}
            found["skip" if to is None else "move"].append({**told, **({"to": to} if to else {})})
        return found


def use_trial(sitting: Sitting) -> Trial:
    return use_draft(sitting, Trial, name="trial", shared=True)


@component
def TrialCard() -> Any:
    """Nothing until something is moved; then what, why, what it changes, and the way to keep it."""
    sitting = use_sitting()
    trial = use_trial(sitting)
    if not trial.wishes:
        return ft.Container(height=0)
    parts: list[ft.Control] = [
        text.small(
            sitting.say("Nothing is changed until you publish. See first what it comes to.")
        ),
        *(_wish(sitting, trial, key, to) for key, to in trial.wishes.items()),
        fields.text_field(
            sitting.say("Why"),
            trial.why,
            lambda why: setattr(trial, "why", why),
            key="trial-why",
        ),
    ]
    if trial.error:
        parts.append(cards.banner(trial.error, icon=ft.Icons.ERROR, colour=BAD, name="trial-error"))
    if trial.lines is not None:
        parts += _difference(sitting, trial.lines)
    parts.append(_buttons(sitting, trial))
    return cards.section(sitting.say("To try out"), parts)


def _wish(sitting: Sitting, trial: Trial, key: Key, to: str | None) -> ft.Control:
    plan, unit, due = key
    on = sitting.say("{plan} on {unit}", plan=plan, unit=unit) if unit else plan
    told = (
        sitting.say("{what}: skipped on {due}", what=on, due=due)
        if to is None
        else sitting.say("{what}: from {due} to {to}", what=on, due=due, to=to)
    )
    drop = buttons.icon_button(
        ft.Icons.CLOSE,
        name=sitting.say("Leave it as it was"),
        press=lambda: trial.forget(key),
        key=f"forget-{plan}-{unit}",
    )
    return ft.Row([ft.Container(text.body(told), expand=True), drop], spacing=8)


def _difference(sitting: Sitting, lines: list[dict[str, Any]]) -> list[ft.Control]:
    if not lines:
        return [text.body(sitting.say("Nothing would come out otherwise."))]
    return [
        text.strong(sitting.say("What it changes")),
        *(_week(sitting, line) if "shop" in line else _days(sitting, line) for line in lines),
    ]


def _days(sitting: Sitting, line: dict[str, Any]) -> ft.Control:
    unit = line["unit"] or sitting.say("the whole town")
    gone = ", ".join(line["gone"]) or "–"
    come = ", ".join(line["come"]) or "–"
    return ft.Row(
        [
            ft.Container(text.body(f"{line['plan']} · {unit}", lines=1), width=220),
            ft.Icon(ft.Icons.REMOVE_CIRCLE_OUTLINE, color=WARN, size=20),
            text.small(gone, lines=2),
            ft.Icon(ft.Icons.ADD_CIRCLE_OUTLINE, color=GOOD, size=20),
            text.small(come, lines=2),
        ],
        spacing=8,
        wrap=True,
        run_spacing=2,
    )


def _week(sitting: Sitting, line: dict[str, Any]) -> ft.Control:
    told = sitting.say(
        "{shop}, week {week}: {before} → {after} h",
        shop=line["shop"],
        week=line["week"],
        before=round(line["hours_before"], 1),
        after=round(line["hours_after"], 1),
    )
    full = line["too_full"]
    mark = [text.small(sitting.say("too full"), colour=BAD)] if full else []
    icon = ft.Icon(
        ft.Icons.WARNING if full else ft.Icons.CALENDAR_VIEW_WEEK,
        color=BAD if full else ACTION,
        size=20,
    )
    return ft.Row([icon, text.small(told), *mark], spacing=8)


def _buttons(sitting: Sitting, trial: Trial) -> ft.Control:
    row: list[ft.Control] = [
        buttons.plain_button(
            sitting.say("Leave all as it was"),
            icon=ft.Icons.UNDO,
            press=trial.clear,
            key="trial-clear",
        ),
        buttons.plain_button(
            sitting.say("Asking the server")
            if trial.asking
            else sitting.say("See what it changes"),
            icon=ft.Icons.COMPARE_ARROWS,
            press=lambda: _ask(sitting, trial, "plans-look"),
            key="trial-look",
        ),
    ]
    if trial.lines is not None:
        row.append(
            buttons.main_button(
                sitting.say("Publish"),
                icon=ft.Icons.PUBLISH,
                press=lambda: _ask(sitting, trial, "plans-publish"),
                disabled=trial.asking,
                key="trial-publish",
            )
        )
    return ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True, run_spacing=10)


def _ask(sitting: Sitting, trial: Trial, decision: str) -> None:
    if trial.asking:
        return
    if not trial.why.strip():
        trial.error = sitting.say("Say why: it stays in the history of the plans.")
        return
    trial.id = trial.id or sitting.workplace.new_id()

    async def ask() -> None:
        trial.asking, trial.error = True, ""
        body, why_not = await bulletins.decided(sitting, decision, {"id": trial.id, **trial.told()})
        trial.asking, trial.error = False, why_not
        if body is None:
            return
        trial.lines = body["lines"]
        if decision == "plans-publish":
            trial.clear()
            sitting.tell(sitting.say("Published."))
            sitting.workplace.changed()

    ft.context.page.run_task(ask)


def moved(day: str, by: int) -> str:
    """A day so many days later."""
    return date.fromordinal(date.fromisoformat(day).toordinal() + by).isoformat()
