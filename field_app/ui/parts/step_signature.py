"""A signature: as the answer to a step, or of somebody on the order as it is."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.work_orders import Step
from field_app.actions.step_answers import answer_with_signature, sign
from field_app.reads.photos import photo
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.parts import buttons, text
from field_app.ui.parts.signature_pad import SignaturePad
from field_app.ui.parts.step_photo import shown
from field_app.ui.sitting import Sitting, use_sitting


@ft.observable
@dataclass
class Opened:
    """Whether the pad of a step is shown."""

    pad: bool = False


@component
def StepSignature(step: Step, open_to_answers: bool) -> Any:
    sitting = use_sitting()
    opened = use_draft(sitting, Opened, name=f"pad-{step.id}")

    def signed(picture: Any, name: str) -> None:
        if sitting.act(answer_with_signature, step.id, picture, name):
            opened.pad = False

    rows = _who(sitting, step)
    if opened.pad and open_to_answers:
        rows.append(SignaturePad(signed, step.id, key=f"pad-{step.id}"))
    elif open_to_answers:
        word = sitting.say("Sign again") if rows else sitting.say("Sign here")
        button = buttons.plain_button(
            word,
            icon=ft.Icons.DRAW,
            press=partial(setattr, opened, "pad", True),
            key=f"answer-{step.rank}-sign",
        )
        rows.append(ft.Row([button]))
    if not rows:
        return text.small(sitting.say("no answer"))
    return ft.Column(rows, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _who(sitting: Sitting, step: Step) -> list[ft.Control]:
    found = sitting.read(photo, step.answer) if step.answer else None
    if found is None:
        return []
    sentence = sitting.say("Signed by {person}", person=found.caption or "")
    return [text.body(sentence), ft.Row(shown(sitting, step))]


@component
def OrderSignature(order_id: str, close: Callable[[], Any]) -> Any:
    sitting = use_sitting()

    def signed(picture: Any, name: str) -> None:
        if sitting.act(sign, order_id, picture, name):
            close()
            sitting.tell(sitting.say("Signed by {person}. Saved on this tablet.", person=name))

    return SignaturePad(signed, order_id, key=f"pad-{order_id}")
