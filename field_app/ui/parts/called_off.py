"""What is said to whoever has an order open, or is at work on it, when another cancels it."""

from typing import Any

import flet as ft

from field_app.reads.called_off import called_off
from field_app.ui.sitting import Sitting


def use_word_of_cancelling(sitting: Sitting, order_id: str) -> None:
    """A notice as it happens; without an order, nothing."""
    found = sitting.read(called_off, order_id) if order_id else None
    seen: Any = ft.use_ref(None)

    def look() -> None:
        before, seen.current = seen.current, (order_id, found is not None)
        if before != (order_id, False) or found is None or found.person_id == sitting.signed.id:
            return
        sentence = sitting.say("This order was cancelled.")
        if found.person:
            sentence = sitting.say("{person} cancelled this order.", person=found.person)
        sitting.tell(sentence, bad=True)

    ft.use_effect(look, [order_id, found is not None])
