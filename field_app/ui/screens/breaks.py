"""A water main break on one screen: the valves to close, who is dry, and the way back to water."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import flet as ft

from asset_model.findings import Finding, sentence
from asset_model.network.printed import isolation_lines
from asset_model.network.report import Report
from asset_model.network.words import WORDS
from field_app.reads.breaks import BreakPage, Twin, break_of
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.break_place import BreakPlace
from field_app.ui.parts.break_valves import valve_lists
from field_app.ui.parts.break_water import WithoutWater, reopening
from field_app.ui.parts.form import scrolled
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, LINE, SURFACE, WARN


@component
def BreakScreen(order_id: str) -> Any:
    """Without an order it asks where the break is, and opens one there."""
    sitting = use_sitting()
    reading, set_reading = ft.use_state(False)
    page = sitting.read(break_of, order_id, sitting.workplace.grounds) if order_id else None
    if page is None or page.report is None:
        return BreakPlace(page.order.id if page else "", key="break-place")
    report = page.report
    lines = list(isolation_lines(report, sitting.language))
    part = _part(sitting)
    valves = [_head(sitting, page, report, part), *valve_lists(sitting, page, report)]
    water: list[ft.Control] = [
        WithoutWater(report, key="without-water"),
        *(_twin(sitting, twin) for twin in page.twins),
        reopening(sitting, page, report),
    ]  # Twins below the valves: one may arrive at any moment, and must not move what is pressed.
    if reading:
        body = scrolled([_read_aloud(sitting, [*lines, *part])], key="break-read")
    else:
        body = _panes(sitting, valves, water)
    bar = _bar(sitting, page, [*lines, *part], reading, partial(set_reading, not reading))
    return ft.Column(
        [body, bar],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _panes(
    sitting: Sitting, valves: Sequence[ft.Control], water: Sequence[ft.Control]
) -> ft.Control:
    """Side by side where there is room; else the valves first, which are what is urgent."""
    if not sitting.wide:
        return scrolled([*valves, *water], key="break-page")
    left = ft.Container(
        scrolled(valves, key="break-valves"),
        expand=True,
        border=ft.Border.only(right=ft.BorderSide(1, LINE)),
    )
    right = ft.Container(scrolled(water, key="break-water"), expand=True)
    return ft.Row(
        [left, right],
        expand=True,
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _part(sitting: Sitting) -> list[str]:
    """That a tablet holds its districts only; the office holds the town."""
    on_tablet = sitting.workplace.shared_screen
    return [sentence(Finding("part"), WORDS, sitting.language)] if on_tablet else []


def _head(sitting: Sitting, page: BreakPage, report: Report, part: list[str]) -> ft.Control:
    order, say = page.order, sitting.say
    number = order.number or order.alias or ""
    where = say("Break at {tag}", tag=report["asset"])
    if report["at_m"] is not None:
        where = say("{place}, {metres} m from its start", place=where, metres=round(report["at_m"]))
    about = " · ".join(each for each in (number, order.place) if each)
    parts: list[ft.Control] = [text.title(where), text.body(about), *map(text.small, part)]
    if report["sources_to_stop"]:
        stop = sentence(
            Finding("sources", {"tags": ", ".join(report["sources_to_stop"])}),
            WORDS,
            sitting.language,
        )
        parts.append(cards.banner(stop, icon=ft.Icons.WARNING, colour=BAD, name="sources"))
    return cards.card(parts, gap_px=6)


def _twin(sitting: Sitting, twin: Twin) -> ft.Control:
    """Two crews are not to close the same valves without knowing of each other."""
    said = sitting.say(
        "{number} is an emergency too, {metres} m from here: the same break?",
        number=twin.number,
        metres=twin.metres,
    )
    look = buttons.plain_button(
        sitting.say("Look at it"),
        press=lambda: sitting.go(f"/orders/{twin.id}"),
        key=f"twin-{twin.id}",
    )
    return cards.banner(said, icon=ft.Icons.CALL_MERGE, colour=WARN, name="twin", action=look)


def _read_aloud(sitting: Sitting, lines: Sequence[str]) -> ft.Control:
    """The printed page as text: to be read on the radio, or from the cab."""
    said = ft.Text("\n".join(lines), size=tokens.LEAD_PX, selectable=True)
    page = ft.Semantics(content=said, identifier="read-aloud", container=True)
    return cards.card([page])


def _bar(
    sitting: Sitting, page: BreakPage, lines: Sequence[str], reading: bool, turn: Any
) -> ft.Control:
    say, workplace = sitting.say, sitting.workplace
    address = workplace.printouts.keep(
        f"{page.order.id} {sitting.language}",
        lines,
        language=sitting.language,
        press=say("Print"),
        new_id=workplace.new_id,
    )
    row = [
        buttons.plain_button(
            say("Back to the valves") if reading else say("Read aloud"),
            icon=ft.Icons.FORMAT_LIST_NUMBERED,
            press=turn,
            key="to-read",
        ),
        buttons.plain_button(
            say("On the map"),
            icon=ft.Icons.MAP,
            press=lambda: sitting.go(f"/map/break/{page.order.id}"),
            key="to-break-map",
        ),
        buttons.plain_button(
            say("Print"),
            icon=ft.Icons.PRINT,
            action=ft.OpenUrl(address),
            press=lambda: None,
            key="to-print",
        ),
        buttons.main_button(
            say("The order"),
            icon=ft.Icons.ASSIGNMENT,
            press=lambda: sitting.go(f"/orders/{page.order.id}"),
            key="to-order",
        ),
    ]
    return ft.Container(
        ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True, run_spacing=8),
        bgcolor=SURFACE,
        border=ft.Border.only(top=ft.BorderSide(1, LINE)),
        padding=ft.Padding.symmetric(horizontal=16, vertical=10),
    )
