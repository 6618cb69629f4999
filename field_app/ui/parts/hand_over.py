"""Handing an order over: to whom, and a word for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

import flet as ft

from asset_model.people import Crew, Person
from field_app.actions.handing import hand_over
from field_app.reads.people import crews, others, skills_of, untrained
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.dispatch import unskilled
from field_app.ui.sitting import Sitting, use_sitting


@ft.observable
@dataclass
class Handing:
    crew_id: str = ""
    person_id: str = ""
    note: str = ""

    def to_crew(self, crew_id: str) -> None:
        self.crew_id, self.person_id = crew_id, ""

    def to_person(self, person_id: str) -> None:
        self.crew_id, self.person_id = "", person_id


@component
def HandOver(order_id: str, crew_id: str | None, close: Callable[[], Any]) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Handing, name=f"handing-{order_id}")
    people = sitting.read(others, sitting.signed.id)
    by_crew = {key: list(each) for key, each in groupby(people, lambda one: one.crew_id)}
    every = sorted(sitting.read(crews), key=lambda crew: crew.id != sitting.signed.crew_id)
    field = fields.text_field(
        sitting.say("A word for them (optional)"),
        draft.note,
        partial(setattr, draft, "note"),
        key="handing-note",
        lines=2,
    )
    ready = bool(draft.crew_id or draft.person_id)
    save = buttons.main_button(
        sitting.say("Hand over"),
        icon=ft.Icons.MOVE_UP,
        press=lambda: _save(sitting, order_id, draft, close),
        disabled=not ready,
        key="handing-save",
    )
    back = buttons.plain_button(sitting.say("Back"), press=close, key="handing-back")
    rows = [_crew(sitting, crew, by_crew.get(crew.id, []), draft, crew_id) for crew in every]
    return ft.Column(
        [
            ft.Column(
                rows, spacing=14, scroll=ft.ScrollMode.AUTO, height=300 if sitting.wide else 420
            ),
            *_lacking(sitting, order_id, draft, people, every),
            field,
            ft.Row([back, save], alignment=ft.MainAxisAlignment.END, spacing=12),
        ],
        spacing=12,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _lacking(
    sitting: Sitting,
    order_id: str,
    draft: Handing,
    people: Sequence[Person],
    every: Sequence[Crew],
) -> list[ft.Control]:
    """Said of whoever is chosen, where they are not known to be trained for it."""
    skills = sitting.read(skills_of, [order_id])
    person = [one for one in people if one.id == draft.person_id]
    crew = [one for one in every if one.id == draft.crew_id]
    who = [one.name for one in person if not set(skills) <= {*one.skills}]
    who += [one.name for one in sitting.read(untrained, skills, crew)]
    return unskilled(sitting, who, skills)


def _crew(
    sitting: Sitting, crew: Crew, people: list[Person], draft: Handing, holder_id: str | None
) -> ft.Control:
    """The whole crew, where it has not the order already; then its people."""
    row: list[ft.Control] = []
    if crew.id != holder_id:
        row.append(
            buttons.choice_button(
                sitting.say("The whole crew"),
                chosen=draft.crew_id == crew.id,
                press=partial(draft.to_crew, crew.id),
                key=f"to-crew-{crew.code}",
            )
        )
    row += [
        buttons.choice_button(
            person.name,
            chosen=draft.person_id == person.id,
            press=partial(draft.to_person, person.id),
            key=f"to-person-{person.id}",
        )
        for person in people
    ]
    return ft.Column(
        [text.strong(crew.name), ft.Row(row, wrap=True, spacing=10, run_spacing=10)], spacing=6
    )


def _save(sitting: Sitting, order_id: str, draft: Handing, close: Callable[[], Any]) -> None:
    done = sitting.act(
        hand_over,
        order_id,
        crew_id=draft.crew_id or None,
        to_person_id=draft.person_id or None,
        note=draft.note,
    )
    if done:
        emptied(draft)
        close()
        sitting.tell(sitting.say("Handed over. Saved on this tablet."))
