"""The foreman's choice of a crew, one press each."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.actions import work_orders
from field_app.reads.people import crews
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards
from field_app.ui.sitting import Sitting, use_sitting


def crew_choice(sitting: Sitting, chosen: str | None, choose: Any) -> ft.Control:
    row = [
        buttons.choice_button(
            crew.name,
            chosen=crew.id == chosen,
            press=partial(choose, crew.id),
            key=f"crew-{crew.code}",
        )
        for crew in sitting.read(crews)
    ]
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


@ft.observable
@dataclass
class Choice:
    crew_id: str | None = None


@component
def Dispatch(order_id: str, crew_id: str | None) -> Any:
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
        crew_choice(sitting, choice.crew_id, partial(setattr, choice, "crew_id")),
        ft.Row([button], alignment=ft.MainAxisAlignment.END),
    ]
    return cards.section(sitting.say("To which crew"), parts, edge_px=sitting.edge_px)
