"""Today's work: the list, and beside it or after it, the order."""

from functools import partial
from typing import Any

import flet as ft

from field_app.reads.orders import Wanted, orders
from field_app.reads.waiting import marks
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, fields, panes, text
from field_app.ui.parts.order_row import order_row
from field_app.ui.screens.order import OrderScreen
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

WHOSE = (("mine", noted("Mine")), ("crew", noted("My crew")), ("all", noted("All")))


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
    whose, set_whose = ft.use_state("all" if person.in_office or not person.crew_id else "crew")
    finished, set_finished = ft.use_state(False)
    search, set_search = ft.use_state("")
    wanted = Wanted(person.id, person.crew_id, whose, finished, search)
    found = sitting.read(orders, wanted, now=sitting.workplace.clock())
    not_accepted = sitting.read(marks, [line.id for line in found.lines])
    rows = [
        order_row(sitting, line, mark=not_accepted.get(line.id), chosen=line.id == chosen_id)
        for line in found.lines
    ]
    if not rows:
        rows = [_empty(sitting, search=search, finished=finished)]
    elif found.total > len(rows):
        rows.append(
            text.small(
                sitting.say(
                    "{shown} of {total} shown. Search to find the others.",
                    shown=len(rows),
                    total=found.total,
                )
            )
        )
    return ft.Column(
        [
            _filters(sitting, search, set_search, (whose, set_whose), (finished, set_finished)),
            ft.ListView(rows, expand=True, spacing=10, padding=ft.Padding.all(12)),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _filters(sitting: Sitting, search: str, set_search: Any, whose: Any, finished: Any) -> Any:
    say = sitting.say
    value, set_whose = whose
    done, set_finished = finished
    kinds = WHOSE if sitting.signed.crew_id else WHOSE[::2]
    choices = [
        buttons.choice_button(
            say(word),
            chosen=value == code,
            press=partial(set_whose, code),
            key=f"whose-{code}",
            compact=True,
        )
        for code, word in kinds
    ]
    choices.append(
        buttons.choice_button(
            say("Finished"),
            chosen=done,
            press=lambda: set_finished(not done),
            key="finished",
            compact=True,
        )
    )
    field = fields.text_field(
        say("Search a street, a number, a word"),
        search,
        set_search,
        key="search",
        icon=ft.Icons.SEARCH,
    )
    return panes.list_head(field, choices)


def _empty(sitting: Sitting, *, search: str, finished: bool) -> ft.Control:
    say = sitting.say
    if search:
        sentence = say("Nothing here says “{text}”. Look among all orders.", text=search)
        return cards.empty(sentence, icon=ft.Icons.SEARCH_OFF)
    if finished:
        return cards.empty(say("No finished order yet."), icon=ft.Icons.DONE_ALL)
    sentence = say("No work to do here. New orders arrive by themselves.")
    return cards.empty(sentence, icon=ft.Icons.COFFEE)


def _nothing_chosen(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("Choose an order in the list.")
    return panes.nothing_chosen(sentence, icon=ft.Icons.ASSIGNMENT)
