"""Who takes an incident on and how urgent it is: by which rule, or by whose hand; and otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.incident_vocabulary import OPEN_INCIDENTS
from asset_model.roles import may_edit
from field_app.actions import incidents
from field_app.reads.incident_page import IncidentPage
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards, status, text
from field_app.ui.parts.dispatch import crew_choice
from field_app.ui.parts.incident_words import COLUMN_OF, OUTPUTS
from field_app.ui.sitting import Sitting, use_sitting


@ft.observable
@dataclass
class Draft:
    asking: bool = False
    crew_id: str | None = None
    priority: int = 3

    def open(self, page: IncidentPage) -> None:
        self.crew_id, self.priority = page.incident.crew_id, page.incident.priority
        self.asking = True


@component
def IncidentRoute(page: IncidentPage) -> Any:
    sitting = use_sitting()
    draft = use_passing(Draft)
    say = sitting.say
    lines: list[ft.Control] = [text.body(line) for line in _lines(sitting, page)]
    parts = lines or [text.body(say("No rule has routed it."))]
    if edition := page.incident.route.get("edition"):
        parts.append(text.small(say("Rules of the edition {edition}.", edition=edition)))
    if page.incident.status in OPEN_INCIDENTS and may_edit(
        sitting.signed.role, "incident", "crew_id"
    ):
        parts += _form(sitting, page, draft) if draft.asking else [_button(sitting, page, draft)]
    return cards.section(say("Who takes it on, and why"), parts)


def _lines(sitting: Sitting, page: IncidentPage) -> Iterator[str]:
    """Each output with its rule; what a person set since, with the person."""
    say, route = sitting.say, page.incident.route
    because, by_hand = route.get("because", {}), route.get("by_hand", {})
    for output, word in OUTPUTS.items():
        column = COLUMN_OF.get(output, "")
        if column in by_hand:
            person = page.names.get(by_hand[column], "–")
            value = _value(page, output)
            yield say(
                "{what}: {value}, set by {person}; no rule changes it.",
                what=say(word), value=value, person=person,
            )  # fmt: skip
        elif output in because:
            told = because[output]
            value = _value(page, output) or str(told["value"])
            yield say(
                "{what}: {value}, by the rule “{rule}”",
                what=say(word), value=value, rule=told["rule"],
            )  # fmt: skip


def _value(page: IncidentPage, output: str) -> str:
    match output:
        case "crew":
            return page.crew or "–"
        case "priority":
            return str(page.incident.priority)
        case _:
            return ""


def _button(sitting: Sitting, page: IncidentPage, draft: Draft) -> ft.Control:
    button = buttons.plain_button(
        sitting.say("Route it otherwise…"),
        icon=ft.Icons.ALT_ROUTE,
        press=partial(draft.open, page),
        key="reroute",
    )
    return ft.Row([button])


def _form(sitting: Sitting, page: IncidentPage, draft: Draft) -> list[ft.Control]:
    say = sitting.say
    urgencies: list[ft.Control] = [
        buttons.choice_button(
            say(word),
            chosen=draft.priority == priority,
            press=partial(setattr, draft, "priority", priority),
            key=f"urgency-{priority}",
            compact=True,
        )
        for priority, word in status.PRIORITIES.items()
    ]
    row: list[ft.Control] = [
        buttons.plain_button(
            say("Back"), press=partial(setattr, draft, "asking", False), key="reroute-back"
        ),
        buttons.main_button(
            say("Route it so"),
            icon=ft.Icons.CHECK,
            press=partial(_save, sitting, page, draft),
            key="reroute-save",
        ),
    ]
    return [
        crew_choice(sitting, draft.crew_id, partial(setattr, draft, "crew_id")),
        ft.Row(urgencies, wrap=True, spacing=8, run_spacing=8),
        ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12),
    ]


def _save(sitting: Sitting, page: IncidentPage, draft: Draft) -> None:
    before = page.incident

    def set_to(crew_id: str | None, priority: int) -> bool:
        return sitting.act(incidents.route, before.id, crew_id=crew_id, priority=priority)

    if set_to(draft.crew_id, draft.priority):
        draft.asking = False
        sitting.tell(
            sitting.say("Routed by hand; no rule changes it now."),
            undo=lambda: set_to(before.crew_id, before.priority),
        )
