"""What an agent does of a call: registers it, takes it back, asks what would become of it."""

from functools import partial

import flet as ft

from field_app.ui.parts.bulletins import decided
from field_app.ui.parts.call_draft import Call
from field_app.ui.sitting import Sitting

TAKE, LOOK, WITHDRAW, HISTORY = (
    "report-take",
    "report-look",
    "report-withdraw",
    "caller-history",
)


def take(sitting: Sitting, call: Call) -> None:
    """Once, whatever is pressed twice: the id of the call is the report's."""
    if not call.ready:
        return
    call.busy, call.trouble = True, ""
    call.id = call.id or sitting.workplace.new_id()

    async def send() -> None:
        told, why = await decided(sitting, TAKE, call.body(call.id))
        call.busy, call.trouble = False, why
        if told is not None:
            call.register(told)
            sitting.tell(
                sitting.say("Registered: {number}.", number=told["number"]),
                undo=partial(take_back, sitting, call),
            )

    ft.context.page.run_task(send)


def take_back(sitting: Sitting, call: Call) -> None:
    """The report is withdrawn; what was typed is there again, to be mended."""
    if call.done is None:
        return
    taken = call.taken

    async def send() -> None:
        told, why = await decided(sitting, WITHDRAW, {"id": taken["id"]})
        if told is None:
            sitting.tell(why, bad=True)
            return
        call.mend(taken)
        sitting.tell(sitting.say("{number} is withdrawn.", number=told["withdrawn"] or ""))

    ft.context.page.run_task(send)


def look(sitting: Sitting, call: Call) -> None:
    """What would become of it, by the rules of now: done by the server, and undone at once."""
    if not call.placed:
        return
    body = call.body(sitting.workplace.new_id())

    async def ask() -> None:
        told, _ = await decided(sitting, LOOK, body)
        if told is not None and call.placed and call.done is None:
            call.look = told

    ft.context.page.run_task(ask)


def ask_history(sitting: Sitting, call: Call, asked: str) -> None:
    """Of whoever calls, once for each number or address; the look is written down."""
    asked = asked.strip()
    enough = "@" in asked or sum(each.isdigit() for each in asked) >= 10
    known = (call.history or {}).get("contact", {})
    if not enough or asked == call.history_of or asked in (known.get("phone"), known.get("email")):
        return  # An address that the number brought would find less than the number did.
    call.history_of = asked

    async def ask() -> None:
        told, _ = await decided(sitting, HISTORY, {"asked": asked})
        if told is None or call.history_of != asked:
            return
        call.history = told
        known = told["contact"]
        names = [known.get("first_name"), known.get("last_name")]
        call.name = call.name or " ".join(each for each in names if each)
        call.email = call.email or known.get("email") or ""
        call.phone = call.phone or known.get("phone") or ""

    ft.context.page.run_task(ask)
