"""A matter on a screen: what it says, where it stands, and, for the office, the choices."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.matters import TO_SEE, Choice, MatterKind, MatterState
from field_app.actions import settling
from field_app.reads.matter_page import MatterPage
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.parts import buttons, cards, matter_panels, text
from field_app.ui.parts.matter_forms import CorrectionForm, WordForm
from field_app.ui.parts.matter_values import Field, field_of
from field_app.ui.parts.reasons import why
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, GOOD, WARN
from field_app.ui.words import noted

KINDS: dict[str, tuple[ft.IconData, str]] = {
    MatterKind.CONTESTED: (ft.Icons.CALL_SPLIT, noted("Two people, two values")),
    MatterKind.REFUSED: (ft.Icons.BLOCK, noted("A change refused by the server")),
    MatterKind.PARKED: (ft.Icons.PAUSE_CIRCLE, noted("A change put aside by the server")),
    MatterKind.DEVICE: (ft.Icons.TABLET_ANDROID, noted("A tablet differed from the server")),
    MatterKind.TURN: (ft.Icons.LOW_PRIORITY, noted("Work begun before its turn")),
    MatterKind.NOTICE: (ft.Icons.UNSUBSCRIBE, noted("A notice did not leave")),
}

DONE: dict[str, str] = {
    Choice.KEEP: noted("Settled: what stands stays."),
    Choice.TAKE: noted("Settled: the other value is taken."),
    Choice.EDIT: noted("Settled: corrected."),
    Choice.SEND_BACK: noted("Sent back to its author."),
    Choice.SEEN: noted("Noted as seen."),
}
TURNS_DONE: dict[str, str] = {
    Choice.BY_ITSELF: noted("In turn after all: what comes before was done first, or not begun."),
}
ACTS_DONE: dict[str, str] = {
    Choice.KEEP: noted("Settled: left as it is, the change is kept on file."),
    Choice.TAKE: noted("Settled: the change is applied."),
    Choice.BY_ITSELF: noted("It came in by itself: what it waited for has arrived."),
}
OWN_DONE: dict[str, dict[str, str]] = {MatterKind.CONTESTED: {}, MatterKind.TURN: TURNS_DONE}


@ft.observable
@dataclass
class Opened:
    """Which form is open in a card."""

    form: str = ""


@component
def MatterCard(page: MatterPage) -> Any:
    sitting = use_sitting()
    opened = use_draft(sitting, Opened, name=f"matter-{page.matter.id}")
    deciding = _may_decide(sitting, page)
    parts = [_head(sitting, page), *_said(sitting, page, deciding), *_standing(sitting, page)]
    if deciding:
        parts += _deciding(sitting, page, opened)
    return ft.Semantics(
        content=cards.card(parts),
        identifier=f"matter-{page.matter.id}",
        container=True,
    )


def _may_decide(sitting: Sitting, page: MatterPage) -> bool:
    """The office, on what is open; once somebody here has chosen, the server has the word."""
    waiting = page.waiting
    chosen = waiting is not None and waiting.settlement.choice != Choice.REOPEN
    return (
        sitting.signed.in_office
        and page.raised
        and page.matter.state == MatterState.OPEN
        and not chosen
    )


def _head(sitting: Sitting, page: MatterPage) -> ft.Control:
    icon, word = KINDS.get(page.matter.kind, (ft.Icons.HELP, page.matter.kind))
    done = page.matter.state == MatterState.SETTLED
    title = text.strong(sitting.say(word), size_px=tokens.LEAD_PX, expand=True)
    return ft.Row([ft.Icon(icon, color=GOOD if done else BAD, size=26), title], spacing=12)


def _said(sitting: Sitting, page: MatterPage, deciding: bool) -> list[ft.Control]:
    if page.matter.kind == MatterKind.CONTESTED:
        keep_or_take = (
            _choose_button(sitting, page, Choice.KEEP, sitting.say("Keep it"), ft.Icons.CHECK),
            _choose_button(sitting, page, Choice.TAKE, sitting.say("Take it"), ft.Icons.SWAP_HORIZ),
        )
        said = matter_panels.contested(sitting, page, keep_or_take if deciding else None)
        return matter_panels.crossing(sitting, page) + said
    if page.matter.kind == MatterKind.DEVICE:
        return matter_panels.device(sitting, page)
    if page.matter.kind == MatterKind.TURN:
        return matter_panels.turn(sitting, page)
    if page.matter.kind == MatterKind.NOTICE:
        return matter_panels.notice(sitting, page)
    return matter_panels.asked(sitting, page)


def _standing(sitting: Sitting, page: MatterPage) -> list[ft.Control]:
    """Where the matter stands, in a sentence: sent back, chosen here, not done, or by whom."""
    say, matter = sitting.say, page.matter
    if matter.state == MatterState.RETURNED:
        return _returned(sitting, page)
    if matter.state == MatterState.SETTLED:
        return [_settled(sitting, page)]
    if (waiting := page.waiting) is not None and waiting.settlement.choice != Choice.REOPEN:
        word = say("Chosen here. The server does it as soon as it hears of it.")
        return [cards.banner(word, icon=ft.Icons.SCHEDULE_SEND, colour=ACTION, name="on-its-way")]
    if matter.state == MatterState.OPEN and (failed := page.failed) is not None:
        made = failed.settlement
        reason = why(sitting, made.code, made.details)
        word = say(
            "{person} chose, and it could not be done: {why}", person=failed.person, why=reason
        )
        return [cards.banner(word, icon=ft.Icons.ERROR, colour=BAD, name="not-done")]
    if matter.state == MatterState.OPEN and not sitting.signed.in_office:
        return [text.small(say("The foreman decides. Until then, what is kept stands."))]
    return []


def _settled(sitting: Sitting, page: MatterPage) -> ft.Control:
    word = sitting.say(_word_for(page, page.matter.choice or Choice.SEEN))
    if page.settled_by:
        word = sitting.say("{word} By {person}.", word=word, person=page.settled_by)
    return cards.banner(word, icon=ft.Icons.CHECK_CIRCLE, colour=GOOD, name="settled")


def _word_for(page: MatterPage, choice: str) -> str:
    own = OWN_DONE.get(page.matter.kind, ACTS_DONE)
    return own.get(choice) or DONE.get(choice, choice)


def _returned(sitting: Sitting, page: MatterPage) -> list[ft.Control]:
    """To its author the word of whoever sent it back, and a button: they have seen it."""
    say, matter = sitting.say, page.matter
    by = page.settled_by or str(matter.details.get("by", ""))
    own = matter.person_id == sitting.signed.id
    told = (
        say("{person} sends it back to you: “{text}”", person=by, text=matter.word or "")
        if own
        else say(
            "{person} sent it back to {author}: “{text}”",
            person=by,
            author=page.person,
            text=matter.word or "",
        )
    )
    seen = buttons.plain_button(
        say("Understood"),
        icon=ft.Icons.CHECK,
        press=partial(sitting.act, settling.acknowledge, matter.act_id),
        key=f"understood-{matter.id}",
    )
    said: list[ft.Control] = [
        cards.banner(told, icon=ft.Icons.REPLY, colour=WARN, name="sent-back")
    ]
    return said + ([ft.Row([seen], alignment=ft.MainAxisAlignment.END)] if own else [])


def _deciding(sitting: Sitting, page: MatterPage, opened: Opened) -> list[ft.Control]:
    if page.matter.kind in TO_SEE:
        seen = _choose_button(sitting, page, Choice.SEEN, sitting.say("Seen"), ft.Icons.CHECK)
        return [ft.Row([seen], alignment=ft.MainAxisAlignment.END)]
    field = field_of(page)
    close = partial(setattr, opened, "form", "")

    def done(was_done: bool) -> bool:
        if was_done:
            close()
        return was_done

    if opened.form == "word":
        send = partial(_choose, sitting, page, Choice.SEND_BACK)
        return [
            WordForm(page.matter.id, lambda word: done(send(word=word)), close, key="form-word")
        ]
    if opened.form == "correct" and field is not None:
        correct = partial(_correct, sitting, page, field)
        return [
            CorrectionForm(
                page, field, lambda value: done(correct(value)), close, key="form-correct"
            )
        ]
    return [_quieter(sitting, page, opened, field)]


def _quieter(sitting: Sitting, page: MatterPage, opened: Opened, field: Field | None) -> ft.Control:
    say = sitting.say
    row: list[ft.Control] = []
    if page.matter.kind != MatterKind.CONTESTED:
        row += [
            _choose_button(sitting, page, Choice.TAKE, say("Apply it anyway"), ft.Icons.CHECK),
            _choose_button(sitting, page, Choice.KEEP, say("Leave it"), ft.Icons.INVENTORY_2),
        ]
    if field is not None:
        row.append(
            buttons.plain_button(
                say("Correct"),
                icon=ft.Icons.EDIT,
                press=partial(setattr, opened, "form", "correct"),
                key=f"correct-{page.matter.id}",
            )
        )
    row.append(
        buttons.plain_button(
            say("Send back"),
            icon=ft.Icons.REPLY,
            press=partial(setattr, opened, "form", "word"),
            key=f"send-back-{page.matter.id}",
        )
    )
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _choose_button(
    sitting: Sitting, page: MatterPage, choice: Choice, word: str, icon: ft.IconData
) -> ft.Control:
    return buttons.plain_button(
        word,
        icon=icon,
        press=partial(_choose, sitting, page, choice),
        key=f"{choice}-{page.matter.id}",
    )


def _correct(sitting: Sitting, page: MatterPage, field: Field, value: Any) -> bool:
    own = {field.column: value}
    return _choose(sitting, page, Choice.EDIT, value={field.change: own} if field.change else own)


def _choose(sitting: Sitting, page: MatterPage, choice: Choice, **more: Any) -> bool:
    """Does it, and for ten seconds offers the way back, where there is one; whether it was done."""
    matter = page.matter
    if not sitting.act(settling.settle, matter.id, choice, **more):
        return False
    back = matter.kind in (MatterKind.CONTESTED, *TO_SEE)

    def undo() -> None:
        sitting.act(settling.settle, matter.id, Choice.REOPEN)

    sitting.tell(sitting.say(_word_for(page, choice)), undo=undo if back else None)
    return True
