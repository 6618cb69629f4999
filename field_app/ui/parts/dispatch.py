"""The foreman's choice of a crew, one press each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.actions import work_orders
from field_app.reads.people import crews, trained
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards
from field_app.ui.parts.template_preview import SKILLS
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import WARN


def crew_choice(
    sitting: Sitting, chosen: str | None, choose: Any, skill: str | None = None
) -> ft.Control:
    """Crews in which somebody can do what asks for `skill` come first, with who; a crew in which
    nobody can may be chosen all the same.
    """
    able = sitting.read(trained, skill) if skill in SKILLS else {}
    every = sorted(sitting.read(crews), key=lambda crew: crew.id not in able)
    row = [
        buttons.choice_button(
            " · ".join([crew.name, *able.get(crew.id, ())]),
            chosen=crew.id == chosen,
            press=partial(choose, crew.id),
            key=f"crew-{crew.code}",
        )
        for crew in every
    ]
    lacking = [crew.name for crew in every if crew.id == chosen and crew.id not in able]
    return ft.Column(
        [
            ft.Row(row, wrap=True, spacing=10, run_spacing=10),
            *unskilled(sitting, lacking, [skill] if skill else []),
        ],
        spacing=10,
        tight=True,
    )


def unskilled(sitting: Sitting, who: Sequence[str], skills: Sequence[str]) -> list[ft.Control]:
    """Said and not forbidden: the foreman knows who has learned what since."""
    asked = [sitting.say(SKILLS[skill]) for skill in skills if skill in SKILLS]
    if not (who and asked):
        return []
    sentence = sitting.say(
        "{who}: nobody known to be trained for “{skill}”. It can be given all the same.",
        who=", ".join(who),
        skill=", ".join(asked),
    )
    return [cards.banner(sentence, icon=ft.Icons.SCHOOL, colour=WARN, name="unskilled")]


@ft.observable
@dataclass
class Choice:
    crew_id: str | None = None


@component
def Dispatch(order_id: str, crew_id: str | None, skill: str | None) -> Any:
    """Sends an order that nobody has yet to a crew."""
    sitting = use_sitting()
    choice = use_passing(lambda: Choice(crew_id))

    def send() -> None:
        if sitting.act(work_orders.dispatch, order_id, crew_id=choice.crew_id):
            sitting.tell(sitting.say("Dispatched."))

    button = buttons.main_button(
        sitting.say("Dispatch"),
        icon=ft.Icons.SEND,
        press=send,
        disabled=choice.crew_id is None,
        key="dispatch",
    )
    parts = [
        crew_choice(sitting, choice.crew_id, partial(setattr, choice, "crew_id"), skill),
        ft.Row([button], alignment=ft.MainAxisAlignment.END),
    ]
    return cards.section(sitting.say("To which crew"), parts)
