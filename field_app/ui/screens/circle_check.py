"""A circle check, one item after the other in the order of the list; then the signature."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import flet as ft

from asset_model.fleet_vocabulary import Standing
from asset_model.inspection_forms import Asked, Item
from asset_model.readiness import Unit
from field_app.actions.circle_checks import finish_check
from field_app.reads.fleet import UnitLine, asked
from field_app.reads.unit_page import UnitPage, free_units, unit_page
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, standing, text
from field_app.ui.parts.check_draft import KEPT_FOR, CheckDraft, name_of
from field_app.ui.parts.check_item import Settle, check_item
from field_app.ui.parts.check_signing import check_signing, kilometres, typed
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.unit_row import unit_row
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, GOOD, LINE, SURFACE


@component
def CircleCheck(unit_id: str) -> Any:
    sitting = use_sitting()
    draft = use_draft(
        sitting,
        lambda: CheckDraft(sitting.workplace.clock()),
        name=name_of(unit_id),
        lasting=KEPT_FOR,
    )
    page = sitting.read(unit_page, unit_id, sitting.driver_id, sitting.workplace.clock())
    if page is None:
        sentence = sitting.say("This unit is not among those of this tablet.")
        return cards.empty(sentence, icon=ft.Icons.FOLDER_OFF)
    if draft.signed_id:
        return _signed(sitting, page)
    what = sitting.read(asked, page.line, sitting.workplace.clock())
    items = what.to_ask()
    if draft.place < len(items):
        parts = [_item(sitting, page, items, draft)]
    else:
        parts = check_signing(sitting, page, what, draft, lambda: _sign(sitting, page, what, draft))
    return ft.Column(
        [
            _head(sitting, page, what, draft),
            scrolled(_readable(sitting, parts), key=f"check-{draft.place}-{draft.severity}"),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _readable(sitting: Sitting, parts: list[ft.Control]) -> list[ft.Control]:
    if not sitting.wide:
        return parts
    return [ft.Row([ft.Container(part, width=tokens.READING_PX)]) for part in parts]


def _head(sitting: Sitting, page: UnitPage, what: Asked, draft: CheckDraft) -> ft.Control:
    """Which unit, by which list, how far; and the way back."""
    total = len(what.to_ask())
    done = min(draft.place, total)
    form = what.legal or what.own
    told = sitting.words.either(form.title_fr, form.title_en) if form else ""
    progress = sitting.say("{done} of {total}", done=done, total=total)
    back = buttons.plain_button(
        sitting.say("Back"),
        icon=ft.Icons.ARROW_BACK,
        press=lambda: _back(sitting, page, draft),
        key="check-back",
    )
    heading = sitting.say("Circle check · {unit}", unit=page.line.asset.name)
    return ft.Container(
        ft.Column(
            [
                ft.Row(
                    [
                        back,
                        ft.Column(
                            [
                                text.title(heading, size_px=tokens.LEAD_PX),
                                text.small(f"{told} · {progress}"),
                            ],
                            spacing=2,
                            expand=True,
                        ),
                    ],
                    spacing=16,
                ),
                ft.ProgressBar(value=done / total if total else 1, bar_height=8, bgcolor=LINE),
            ],
            spacing=10,
        ),
        padding=12,
        bgcolor=SURFACE,
        border=ft.Border.only(bottom=ft.BorderSide(1, LINE)),
    )


def _back(sitting: Sitting, page: UnitPage, draft: CheckDraft) -> None:
    if draft.place == 0 and not draft.severity:
        sitting.go(f"/units/{page.line.unit.id}")
    else:
        draft.back()


def _item(sitting: Sitting, page: UnitPage, items: Sequence[Item], draft: CheckDraft) -> ft.Control:
    item = items[draft.place]
    known = [line for line in page.defects if line.defect.item_code == item["code"]]
    return check_item(sitting, item, draft, known, _settling(sitting, item["code"], draft))


def _settling(sitting: Sitting, code: str, draft: CheckDraft) -> Settle:
    """Takes an answer and goes on; the second press of a gloved finger answers nothing."""

    def settle(answer: str, found: Any) -> None:
        now = sitting.workplace.clock()
        if draft.pressed_at is not None and now - draft.pressed_at < times.DOUBLE_PRESS:
            return
        draft.pressed_at = now
        draft.answer(code, answer, found)

    return settle


def _sign(sitting: Sitting, page: UnitPage, what: Asked, draft: CheckDraft) -> None:
    unit_id = page.line.unit.id
    report = draft.report(unit_id, kilometres(typed(sitting, page, draft)))
    done = sitting.make(
        finish_check, replace(report, answers={**what.at_first(), **report.answers})
    )
    if done is not None:
        emptied(draft, CheckDraft(draft.started_at, signed_id=done.inspection.id))


def _signed(sitting: Sitting, page: UnitPage) -> ft.Control:
    """What the check came to; where the unit may not go, what can be taken instead."""
    line, say = page.line, sitting.say
    parts: list[ft.Control] = [
        text.title(say("Report signed")),
        text.body(say("Saved on this tablet; it is sent by itself.")),
    ]
    if line.readiness.blocking:
        parts += standing.banners(sitting, line.readiness)
        parts += _instead(sitting, page)
    else:
        sentence = standing.in_short(sitting, line.readiness, by_law=page.line.by_law)
        ready = say("Unit {unit} is ready. {why}", unit=line.unit.tag, why=sentence)
        parts.append(
            cards.banner(ready, icon=ft.Icons.CHECK_CIRCLE, colour=GOOD, name="check-ready")
        )
    parts.append(_onward(sitting, page))
    return scrolled(_readable(sitting, parts), key="check-signed")


def _onward(sitting: Sitting, page: UnitPage) -> ft.Control:
    """To the trailer behind it that is still to be checked; else to what one drives."""
    unit = page.line.behind or page.line.asset
    to_check = [each.unit for each in page.trailers if _is_to_check(each)]
    button = buttons.plain_button if to_check else buttons.main_button
    row: list[ft.Control] = [
        button(
            sitting.say("To the unit"),
            icon=ft.Icons.LOCAL_SHIPPING,
            press=lambda: sitting.go(f"/units/{unit.id}"),
            key="to-unit",
        )
    ]
    row += [_to_trailer(sitting, trailer) for trailer in to_check]
    return ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True)


def _is_to_check(line: UnitLine) -> bool:
    return line.readiness.standing == Standing.CHECK_NEEDED


def _to_trailer(sitting: Sitting, trailer: Unit) -> ft.Control:
    return buttons.main_button(
        sitting.say("Check trailer {unit}", unit=trailer.tag),
        icon=ft.Icons.FACT_CHECK,
        press=lambda: sitting.go(f"/units/{trailer.id}/check"),
        key=f"to-check-{trailer.tag}",
    )


def _instead(sitting: Sitting, page: UnitPage) -> list[ft.Control]:
    if page.line.readiness.may_be_planned:
        return []
    now, driver = sitting.workplace.clock(), sitting.driver_id
    lines = sitting.read(free_units, now, like=page.line, driver_id=driver)
    if not lines:
        sentence = sitting.say("No other unit is free. Call the foreman.")
        return [cards.banner(sentence, icon=ft.Icons.BLOCK, colour=BAD, name="none-free")]
    rows: list[ft.Control] = [unit_row(sitting, line) for line in lines]
    return [text.title(sitting.say("Take another unit"), size_px=tokens.LEAD_PX), *rows]
