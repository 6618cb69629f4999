"""What can be done to the orders chosen on the board, for hands without a mouse; what was refused.

Everything here is a button: a finger, a glove and the Tab key reach it alike.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import flet as ft

from asset_model.people import Crew
from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.actions import bulk
from field_app.reads.board import Lane
from field_app.reads.people import skills_of, untrained
from field_app.ui import tokens
from field_app.ui.keyboard import DIGITS
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.action_bar import HOLD_REASONS
from field_app.ui.parts.board_lane import give
from field_app.ui.parts.board_state import BoardState, act
from field_app.ui.parts.dispatch import unskilled
from field_app.ui.parts.reasons import why
from field_app.ui.sitting import Sitting
from field_app.ui.themes import BAD, LINE, SURFACE
from field_app.ui.words import noted

REFUSED_MAX = 4
DAYS = ((0, noted("Today")), (1, noted("Tomorrow")), (7, noted("In a week")))
CANCEL_REASONS = (noted("Duplicate"), noted("Already done"), noted("Not ours to do"))
ASKED = (
    ("give", noted("Give to…"), ft.Icons.GROUPS),
    ("day", noted("Day…"), ft.Icons.EVENT),
    ("hold", noted("Put on hold…"), ft.Icons.PAUSE),
    ("cancel", noted("Cancel…"), ft.Icons.CANCEL),
)


def selection_bar(sitting: Sitting, state: BoardState, crews: Sequence[Crew]) -> list[ft.Control]:
    rows = _refused(sitting, state)
    if state.chosen:
        rows.append(_asked(sitting, state, crews) if state.asking else _acts(sitting, state))
    if not rows:
        return []
    return [
        ft.Container(
            ft.Column(
                rows, spacing=10, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
            ),
            bgcolor=SURFACE,
            border=ft.Border.only(top=ft.BorderSide(1, LINE)),
            padding=ft.Padding.symmetric(horizontal=16, vertical=10),
        )
    ]


def _acts(sitting: Sitting, state: BoardState) -> ft.Control:
    count = sitting.words.several("{count} chosen", "{count} chosen", len(state.chosen))
    row: list[ft.Control] = [text.strong(count, size_px=tokens.LEAD_PX)]
    row += [
        buttons.plain_button(
            sitting.say(word), icon=icon, press=partial(setattr, state, "asking", code),
            key=f"bulk-{code}",
        )
        for code, word, icon in ASKED
    ]  # fmt: skip
    row += [
        buttons.plain_button(
            sitting.say("Raise priority"), icon=ft.Icons.KEYBOARD_DOUBLE_ARROW_UP,
            press=partial(bump, sitting, state), key="bulk-bump",
        ),
        buttons.plain_button(sitting.say("Choose none"), press=state.clear, key="bulk-none"),
    ]  # fmt: skip
    return ft.Row(row, wrap=True, spacing=10, run_spacing=10)


def _asked(sitting: Sitting, state: BoardState, crews: Sequence[Crew]) -> ft.Control:
    match state.asking:
        case "give":
            row = _crews(sitting, state, crews)
        case "day":
            row = _days(sitting, state)
        case "hold":
            return _reasons(sitting, state, Status.ON_HOLD, HOLD_REASONS)
        case _:
            return _reasons(sitting, state, Status.CANCELLED, CANCEL_REASONS)
    return ft.Row([*row, _back(sitting, state)], wrap=True, spacing=10, run_spacing=10)


def _back(sitting: Sitting, state: BoardState) -> ft.Control:
    return buttons.plain_button(
        sitting.say("Back"), press=partial(setattr, state, "asking", ""), key="bulk-back"
    )


def _crews(sitting: Sitting, state: BoardState, crews: Sequence[Crew]) -> list[ft.Control]:
    lanes = [Lane(crew, (), 0, 0.0, None) for crew in crews]
    skills = sitting.read(skills_of, list(state.chosen))
    lacking = sitting.read(untrained, skills, crews)
    row: list[ft.Control] = [
        buttons.plain_button(
            numbered(place, crew.name),
            icon=ft.Icons.SCHOOL if crew in lacking else ft.Icons.GROUPS,
            press=partial(give, sitting, state, lane), key=f"give-{crew.code}",
        )
        for place, (crew, lane) in enumerate(zip(crews, lanes, strict=True))
    ]  # fmt: skip
    row += unskilled(sitting, [crew.name for crew in lacking], skills)
    nobody = Lane(None, (), 0, 0.0, None)
    row.append(
        buttons.plain_button(
            sitting.say("Nobody: take back"), press=partial(give, sitting, state, nobody),
            key="give-nobody",
        )
    )  # fmt: skip
    return row


def _days(sitting: Sitting, state: BoardState) -> list[ft.Control]:
    return [
        buttons.plain_button(
            numbered(place, sitting.say(word)),
            press=partial(plan, sitting, state, ahead, word),
            key=f"day-{ahead}",
        )
        for place, (ahead, word) in enumerate(DAYS)
    ]


def plan(sitting: Sitting, state: BoardState, ahead: int, word: str) -> None:
    """For a day that is so many ahead, and is called so."""
    workplace, words = sitting.workplace, sitting.words
    today = workplace.clock().astimezone(workplace.zone).date()
    sentence = words.several(
        "{count} order planned: {day}.", "{count} orders planned: {day}.",
        len(state.chosen), day=words.say(word),
    )  # fmt: skip
    act(sitting, state, sentence, bulk.set_day, today + timedelta(days=ahead))


def numbered(place: int, name: str) -> str:
    """With the digit of the key that does the same; there are nine."""
    return f"{DIGITS[place]} · {name}" if place < len(DIGITS) else name


def bump(sitting: Sitting, state: BoardState) -> None:
    sentence = sitting.words.several(
        "{count} order is more urgent.", "{count} orders are more urgent.", len(state.chosen)
    )
    act(sitting, state, sentence, bulk.bump)


def _reasons(
    sitting: Sitting, state: BoardState, wanted: Status, common: Sequence[str]
) -> ft.Control:
    say, words, count = sitting.say, sitting.words, len(state.chosen)
    held = wanted == Status.ON_HOLD

    def stop(reason: str) -> None:
        if not reason.strip():
            return
        sentence = (
            words.several("{count} order on hold.", "{count} orders on hold.", count)
            if held
            else words.several("{count} order cancelled.", "{count} orders cancelled.", count)
        )
        act(sitting, state, sentence, bulk.stop, wanted, reason.strip())

    choices: list[ft.Control] = [
        buttons.plain_button(say(word), press=partial(stop, say(word)), key=f"why-{place}")
        for place, word in enumerate(common)
    ]
    field = fields.text_field(
        say("Why"), state.reason, partial(setattr, state, "reason"), key="bulk-reason", submit=stop
    )
    save = buttons.main_button(
        say("Put on hold") if held else say("Cancel the orders"),
        icon=ft.Icons.PAUSE if held else ft.Icons.CANCEL,
        press=lambda: stop(state.reason),
        disabled=not state.reason.strip(),
        key="bulk-save",
    )
    return ft.Column(
        [
            text.strong(say("Say why, for those who come after"), size_px=tokens.LEAD_PX),
            ft.Row([*choices, _back(sitting, state)], wrap=True, spacing=10, run_spacing=10),
            ft.Row([ft.Container(field, expand=True), save], spacing=12),
        ],
        spacing=10,
        tight=True,
    )


def _refused(sitting: Sitting, state: BoardState) -> list[ft.Control]:
    """By name and why; they stay until the foreman has read them."""
    if not state.refused:
        return []
    say = sitting.say
    shown = [
        say("{name}: {why}", name=one.name, why=why(sitting, one.why.code, one.why.details))
        for one in state.refused[:REFUSED_MAX]
    ]
    rest = len(state.refused) - len(shown)
    if rest:
        shown.append(sitting.words.several("and {count} other", "and {count} others", rest))
    close = buttons.plain_button(
        say("Seen"), press=partial(setattr, state, "refused", ()), key="refused-seen"
    )
    sentence = say("Left as they were:") + "\n" + "\n".join(shown)
    icon = ft.Icons.REPORT_PROBLEM
    return [cards.banner(sentence, icon=icon, colour=BAD, name="refused", action=close)]
