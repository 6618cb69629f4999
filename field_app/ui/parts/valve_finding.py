"""What is known of how a valve turns, and a form for whoever has just turned it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.builtin_choices import VALVE_CONDITIONS
from asset_model.roles import may_edit
from field_app.actions.valves import TURNS_MAX, Found, write_down
from field_app.reads.assets import valve_of
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.fact_forms import number_in
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

DIRECTIONS = {
    "clockwise": noted("clockwise"),
    "counterclockwise": noted("counterclockwise"),
}
CHOICES = (
    ("clockwise", noted("Closes clockwise")),
    ("counterclockwise", noted("Closes counterclockwise")),
)


def turning(sitting: Sitting, known: Mapping[str, Any]) -> list[str]:
    """How many turns, and which way, as far as it is known: as it is called down a manhole."""
    told = []
    if turns := known.get("turns_to_close"):
        told.append(sitting.words.several("{count} turn", "{count} turns", turns))
    if way := DIRECTIONS.get(known.get("closing_direction") or ""):
        told.append(sitting.say(way))
    return told


@ft.observable
@dataclass
class Turned:
    """What was found out and is not saved yet; empty where nobody has said anything."""

    open: bool = False
    turns: str = ""
    direction: str = ""
    condition: str = ""

    @property
    def wrong(self) -> bool:
        value = number_in(self.turns)
        whole = value is not None and value == int(value) and value <= TURNS_MAX
        return bool(self.turns.strip()) and not whole

    @property
    def ready(self) -> bool:
        return bool(self.turns.strip() or self.direction or self.condition) and not self.wrong

    def found(self) -> Found:
        turns = number_in(self.turns)
        return Found(int(turns) if turns else None, self.direction or None, self.condition or None)


@component
def ValveFinding(tag: str, with_condition: bool) -> Any:
    """On the page of a break, the touches beside it tell the condition already."""
    sitting = use_sitting()
    draft = use_draft(sitting, Turned, name=f"valve-{tag}")
    if not may_edit(sitting.signed.role, "asset", "attributes"):
        return ft.Container(height=0)
    if not draft.open:
        button = buttons.plain_button(
            sitting.say("Write down turns and direction"),
            icon=ft.Icons.ROTATE_RIGHT,
            press=partial(setattr, draft, "open", True),
            key=f"turned-{tag}",
        )
        return ft.Row([button])
    parts = [_turns(sitting, tag, draft), _directions(sitting, tag, draft)]
    if with_condition:
        parts.append(_conditions(sitting, tag, draft))
    return ft.Column(
        [*parts, _foot(sitting, tag, draft)],
        spacing=10,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _turns(sitting: Sitting, tag: str, draft: Turned) -> ft.Control:
    wrong = sitting.say("A whole number of turns, at most {most}", most=TURNS_MAX)
    return fields.text_field(
        sitting.say("Turns to close it"),
        draft.turns,
        partial(setattr, draft, "turns"),
        key=f"turned-{tag}-turns",
        numeric=True,
        error=wrong if draft.wrong else None,
    )


def _directions(sitting: Sitting, tag: str, draft: Turned) -> ft.Control:
    row: list[ft.Control] = [
        buttons.choice_button(
            sitting.say(word),
            chosen=draft.direction == code,
            press=partial(setattr, draft, "direction", code),
            key=f"turned-{tag}-{code}",
        )
        for code, word in CHOICES
    ]
    return ft.Row(row, spacing=10, run_spacing=10, wrap=True)


def _conditions(sitting: Sitting, tag: str, draft: Turned) -> ft.Control:
    row: list[ft.Control] = [
        buttons.choice_button(
            sitting.words.either(*labels),
            chosen=draft.condition == code,
            press=partial(setattr, draft, "condition", code),
            key=f"turned-{tag}-{code}",
        )
        for code, labels in VALVE_CONDITIONS.items()
    ]
    heading = text.small(sitting.say("How it was found"))
    return ft.Column([heading, ft.Row(row, spacing=10, run_spacing=10, wrap=True)], spacing=4)


def _foot(sitting: Sitting, tag: str, draft: Turned) -> ft.Control:
    def save() -> None:
        valve = sitting.read(valve_of, tag)
        if valve and draft.ready and sitting.act(write_down, valve.id, draft.found()):
            emptied(draft)
            sitting.tell(sitting.say("Written down for the next time. Saved on this tablet."))

    back = buttons.plain_button(
        sitting.say("Back"), press=partial(setattr, draft, "open", False), key=f"turned-{tag}-back"
    )
    button = buttons.main_button(
        sitting.say("Save"),
        icon=ft.Icons.SAVE,
        press=save,
        disabled=not draft.ready,
        key=f"turned-{tag}-save",
    )
    return ft.Row([back, button], alignment=ft.MainAxisAlignment.END, spacing=12)
