"""The work of one week of a shop: what is ordered, what is coming, and moving it on trial."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.bulletins import may_decide
from field_app.ui.parts import buttons, cards, status, text
from field_app.ui.parts.trial import Trial, moved
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, SOFT, WARN
from field_app.ui.words import noted

Work = dict[str, Any]
STEPS = (
    (-7, ft.Icons.KEYBOARD_DOUBLE_ARROW_LEFT, noted("A week earlier")),
    (-1, ft.Icons.CHEVRON_LEFT, noted("A day earlier")),
    (1, ft.Icons.CHEVRON_RIGHT, noted("A day later")),
    (7, ft.Icons.KEYBOARD_DOUBLE_ARROW_RIGHT, noted("A week later")),
)


def work_row(sitting: Sitting, work: Work, trial: Trial) -> ft.Control:
    words, key = sitting.words, (work["plan"], work["unit"] or "", work["due"])
    wished = key in trial.wishes
    first = ft.Row(
        [
            ft.Container(
                text.strong(work["asset"] or words.say("The whole town"), lines=1), expand=True
            ),
            text.strong(_hours(sitting, work), lines=1),
        ],
        spacing=12,
    )
    title = words.either(work["title"]["fr"], work["title"]["en"])
    inside = ft.Column(
        [
            first,
            text.body(f"{work['plan']} · {title}", lines=1),
            ft.Row(_facts(sitting, work), spacing=16, run_spacing=2, wrap=True),
            text.small(words.either(work["why"]["fr"], work["why"]["en"]), lines=2),
            *_moving(sitting, work, trial, key),
        ],
        spacing=4,
    )
    strip = cards.with_strip(inside, colour=WARN if wished else _colour(work), chosen=wished)
    if work["route"] and not wished:
        press = partial(sitting.go, work["route"])
        return buttons.tap(strip, press=press, key=_key("work", work))
    return strip


def _hours(sitting: Sitting, work: Work) -> str:
    hours = work["hours"]
    return "–" if hours is None else f"{sitting.words.number(round(hours, 1))}\u00a0h"


def _facts(sitting: Sitting, work: Work) -> list[ft.Control]:
    words = sitting.words
    state = (
        status.chip(status.sign_of(work["status"] or "planned"), words)
        if work["state"] == "ordered"
        else _chip(ft.Icons.EVENT_REPEAT, words.say("to come, no order yet"))
    )
    found: list[ft.Control] = [state, text.small(work["day"], lines=1)]
    if work.get("number"):
        found.append(text.small(work["number"], lines=1))
    if work["legal"]:
        found.append(text.small(words.say("by law"), colour=BAD, lines=1))
    return found


def _chip(icon: ft.IconData, word: str) -> ft.Control:
    inside: list[ft.Control] = [ft.Icon(icon, color=SOFT, size=20), text.small(word, lines=1)]
    return ft.Row(inside, spacing=6, tight=True)


def _colour(work: Work) -> str:
    return ACTION if work["state"] == "ordered" else SOFT


def _key(name: str, work: Work) -> str:
    return f"{name}-{work['plan']}-{work['unit'] or 'town'}-{work['due']}"


def _moving(sitting: Sitting, work: Work, trial: Trial, key: Any) -> list[ft.Control]:
    """Whoever may publish moves or skips; of a chain the first alone, since the rest follow it."""
    if not may_decide(sitting.signed.role, "plans-publish"):
        return []
    if not work["movable"]:
        said = sitting.say("Follows the one before it: move that one.")
        return [text.small(said)]
    if key not in trial.wishes:
        return [_begin(sitting, work, trial, key)]
    to = trial.wishes[key]
    if to is None:
        return [text.strong(sitting.say("Skipped, on trial"), colour=WARN)]
    steps = [
        buttons.icon_button(
            icon,
            name=sitting.say(word),
            press=partial(trial.wish, key, moved(to, by)),
            key=_key(f"by{by}", work),
        )
        for by, icon, word in STEPS
    ]
    shown = text.strong(sitting.say("to {day}, on trial", day=to), colour=WARN, lines=1)
    row = [*steps[:2], shown, *steps[2:]]
    return [ft.Row(row, spacing=6, wrap=True, run_spacing=4)]


def _begin(sitting: Sitting, work: Work, trial: Trial, key: Any) -> ft.Control:
    row: list[ft.Control] = [
        buttons.plain_button(
            sitting.say("Move"),
            icon=ft.Icons.EDIT_CALENDAR,
            press=partial(trial.wish, key, moved(work["day"], 7)),
            key=_key("move", work),
        )
    ]
    if not work["legal"]:
        row.append(
            buttons.plain_button(
                sitting.say("Skip"),
                icon=ft.Icons.EVENT_BUSY,
                press=partial(trial.wish, key, None),
                key=_key("skip", work),
            )
        )
    return ft.Row(row, spacing=10, alignment=ft.MainAxisAlignment.END)
