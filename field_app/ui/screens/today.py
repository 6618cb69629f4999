"""Today's work: the list, and beside it or after it, the order."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.actions.reporting import marks_to_complete
from field_app.reads.assets import middle_of
from field_app.reads.corners import Position
from field_app.reads.orders import ORDERS_MAX, OrderList, Wanted, orders
from field_app.reads.waiting import marks
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.keyboard import use_keys
from field_app.ui.parts import buttons, cards, fields, panes, text
from field_app.ui.parts.asset_picker import AssetPicker
from field_app.ui.parts.list_keys import list_keys
from field_app.ui.parts.order_row import order_row
from field_app.ui.screens.order import OrderScreen
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, ACTION_FILL
from field_app.ui.words import noted

WHOSE = (
    ("mine", noted("Mine")),
    ("crew", noted("My crew")),
    ("near", noted("Near me")),
    ("all", noted("All")),
)
OF_A_CREW, OF_THE_FIELD = ("crew",), ("near",)


@ft.observable
@dataclass
class Chosen:
    """What a person wants to see; it stays theirs, also tomorrow. The search is of this visit."""

    whose: str = ""
    finished: bool = False
    street_id: str = ""
    """Near which street, where the tablet does not know where it is."""


@component
def Today(order_id: str) -> Any:
    sitting = use_sitting()
    if not sitting.wide:
        return OrderScreen(order_id, key=order_id) if order_id else OrderListPane("", key="list")
    detail = OrderScreen(order_id, key=order_id) if order_id else _nothing_chosen(sitting)
    return panes.side_by_side(OrderListPane(order_id, key="list"), detail)


@component
def OrderListPane(chosen_id: str) -> Any:
    sitting = use_sitting()
    person = sitting.signed
    chosen = use_draft(sitting, Chosen, name="orders")
    search, set_search = ft.use_state("")
    limit, set_limit = ft.use_state(ORDERS_MAX)
    whose = chosen.whose or ("all" if person.in_office or not person.crew_id else "crew")
    near = _near(sitting, chosen)
    shown: list[str] = []
    head = _filters(sitting, (search, set_search), chosen, whose)
    if whose == "near" and near is None:
        body: Any = _where(sitting, chosen)
    else:
        wanted = Wanted(person.id, person.crew_id, whose, chosen.finished, search, near=near)
        found = sitting.read(orders, wanted, now=sitting.workplace.clock(), limit=limit)
        shown = [line.id for line in found.lines]
        rows = _rows(sitting, found, near, chosen_id) or [_empty(sitting, search, chosen, whose)]
        if found.total > len(found.lines):
            rows.append(_more(sitting, found, lambda: set_limit(limit + ORDERS_MAX)))
        if whose == "near" and sitting.position is None:
            rows.insert(0, _far_from_street(sitting, chosen))
        body = ft.ListView(rows, expand=True, spacing=10, padding=ft.Padding.all(12))
    use_keys(list_keys(sitting, shown, chosen_id, lambda id: sitting.go(f"/orders/{id}")))
    return ft.Column(
        [head, *_marks(sitting), body],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _marks(sitting: Sitting) -> list[ft.Control]:
    """What was marked from behind the wheel and says no more yet: to be completed once parked."""
    if sitting.signed.in_office:
        return []
    marks = sitting.read(marks_to_complete, sitting.signed.id)
    if not marks:
        return []
    sentence = sitting.words.several(
        "{count} report to complete: {what}",
        "{count} reports to complete: {what}",
        len(marks),
        what=marks[0].title,
    )
    button = buttons.tap(
        ft.Row(
            [ft.Icon(ft.Icons.EDIT_NOTE, color=ACTION), text.body(sentence, expand=True)],
            spacing=10,
        ),
        press=lambda: sitting.go(f"/orders/{marks[0].id}"),
        key="to-complete",
        padding=ft.Padding.symmetric(horizontal=12, vertical=14),
        fill=ACTION_FILL,
    )
    return [ft.Container(button, padding=ft.Padding.only(left=12, right=12, top=10))]


def _near(sitting: Sitting, chosen: Chosen) -> Position | None:
    if sitting.position or not chosen.street_id:
        return sitting.position
    return sitting.read(middle_of, chosen.street_id)


def _rows(
    sitting: Sitting, found: OrderList, near: Position | None, chosen_id: str
) -> list[ft.Control]:
    not_accepted = sitting.read(marks, [line.id for line in found.lines])
    return [
        order_row(
            sitting,
            line,
            mark=not_accepted.get(line.id),
            chosen=line.id == chosen_id,
            near=sitting.position or near,
        )
        for line in found.lines
    ]


def _more(sitting: Sitting, found: OrderList, press: Any) -> ft.Control:
    shown, total = len(found.lines), found.total
    sentence = sitting.say("{shown} of {total} shown.", shown=shown, total=total)
    more = buttons.plain_button(
        sitting.say("Show more"), icon=ft.Icons.EXPAND_MORE, press=press, key="more"
    )
    return ft.Column([text.small(sentence), ft.Row([more])], spacing=6)


def _where(sitting: Sitting, chosen: Chosen) -> ft.Control:
    """The receiver has told nothing lately: a street stands in for it."""
    sentence = sitting.say("The tablet does not know where it is. Near which street?")
    picker = AssetPicker(
        None, lambda found: setattr(chosen, "street_id", found.id if found else ""), key="near"
    )
    return ft.Container(
        ft.Column([text.body(sentence), picker], scroll=ft.ScrollMode.AUTO),
        padding=12,
        expand=True,
    )


def _far_from_street(sitting: Sitting, chosen: Chosen) -> ft.Control:
    change = buttons.plain_button(
        sitting.say("Another street"), press=partial(setattr, chosen, "street_id", ""), key="street"
    )
    sentence = sitting.say("By distance from the street you chose.")
    return ft.Row([ft.Container(text.small(sentence), expand=True), change], spacing=8)


def _filters(sitting: Sitting, searching: Any, chosen: Chosen, whose: str) -> Any:
    say, person = sitting.say, sitting.signed
    hidden = (() if person.crew_id else OF_A_CREW) + (OF_THE_FIELD if person.in_office else ())
    choices = [
        buttons.choice_button(
            say(word),
            chosen=whose == code,
            press=partial(setattr, chosen, "whose", code),
            key=f"whose-{code}",
            compact=True,
        )
        for code, word in WHOSE
        if code not in hidden
    ]
    choices.append(
        buttons.choice_button(
            say("Finished"),
            chosen=chosen.finished,
            press=lambda: setattr(chosen, "finished", not chosen.finished),
            key="finished",
            compact=True,
        )
    )
    search, set_search = searching
    field = fields.text_field(
        say("Search a street, a number, a word"),
        search,
        set_search,
        key="search",
        icon=ft.Icons.SEARCH,
        sought="/",
    )
    return panes.list_head(field, choices)


def _empty(sitting: Sitting, search: str, chosen: Chosen, whose: str) -> ft.Control:
    say = sitting.say
    if search:
        sentence = say("Nothing here says “{text}”. Look among all orders.", text=search)
        return cards.empty(sentence, icon=ft.Icons.SEARCH_OFF)
    if chosen.finished:
        return cards.empty(say("No finished order yet."), icon=ft.Icons.DONE_ALL)
    if whose == "near":
        sentence = say("No work within four kilometres. Look at your crew’s.")
        return cards.empty(sentence, icon=ft.Icons.NEAR_ME_DISABLED)
    sentence = say("No work to do here. New orders arrive by themselves.")
    return cards.empty(sentence, icon=ft.Icons.COFFEE)


def _nothing_chosen(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("Choose an order in the list.")
    return panes.nothing_chosen(sentence, icon=ft.Icons.ASSIGNMENT)
