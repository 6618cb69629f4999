"""Who is without water once the valves are closed, and how the water is put back, line by line."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import flet as ft

from asset_model.findings import Finding, sentence
from asset_model.network import told
from asset_model.network.printed import runs
from asset_model.network.report import Report
from asset_model.network.words import WORDS
from field_app.actions import breaks
from field_app.reads.breaks import BreakPage
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.break_valves import said_of
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, GOOD, GROUND, SOFT, WARN
from field_app.ui.words import noted

OPENING = ("open", "open_to_fill")
LISTED_MAX = 40
DONE_BY = noted("{person}, {at}")


@component
def WithoutWater(report: Report) -> Any:
    sitting = use_sitting()
    listed, set_listed = ft.use_state(False)
    say, customers = sitting.say, report["customers_without_water"]
    parts: list[ft.Control] = [_counts(sitting, report)]
    if not report["supply_known"]:
        unknown = sentence(Finding("supply_unknown"), WORDS, sitting.language)
        parts.append(cards.banner(unknown, icon=ft.Icons.HELP, colour=WARN, name="supply-unknown"))
    to_tell = [card for card in customers if card.get("told_in_person")]
    if to_tell:
        heading = say("To be told in person")
        parts += [text.strong(heading, colour=BAD), *(text.body(_name(card)) for card in to_tell)]
    more = say("Hide the list") if listed else say("Show the list")
    press = partial(set_listed, not listed)
    parts.append(ft.Row([buttons.plain_button(more, press=press, key="dry-list")]))
    if listed:
        parts += _lists(sitting, report)
    heading = say("Without water once the valves are closed")
    return cards.section(heading, parts)


def _counts(sitting: Sitting, report: Report) -> ft.Control:
    several = sitting.words.several
    customers, addresses = len(report["customers_without_water"]), report["addresses"]
    hydrants, pipes = len(report["hydrants_without_water"]), len(report["pipes_without_water"])
    nodes = len(report["nodes_without_water"])
    counted = (
        ("customers", several("customer", "customers", customers), customers),
        ("addresses", several("address", "addresses", addresses), addresses),
        ("hydrants", several("hydrant", "hydrants", hydrants), hydrants),
        ("pipes", several("pipe", "pipes", pipes), pipes),
        ("nodes", several("node", "nodes", nodes), nodes),
    )
    tiles = [_tile(sitting, key, name, count) for key, name, count in counted]
    return ft.Row(tiles, wrap=True, spacing=10, run_spacing=10)


def _tile(sitting: Sitting, key: str, name: str, count: int) -> ft.Control:
    number = text.strong(sitting.words.number(count), size_px=tokens.TITLE_PX)
    tile = ft.Container(
        ft.Column([number, text.small(name)], spacing=0),
        bgcolor=GROUND,
        border_radius=tokens.RADIUS_PX,
        padding=ft.Padding.symmetric(horizontal=14, vertical=8),
    )
    return ft.Semantics(content=tile, identifier=f"dry-{key}", container=True)


def _lists(sitting: Sitting, report: Report) -> list[ft.Control]:
    say = sitting.say
    streets = [
        say("{street}: {numbers}", street=one["street"], numbers=runs(one["numbers"]))
        for one in report["addresses_without_water"]
    ]
    named = (
        (say("Addresses"), streets),
        (say("Customers"), [_name(card) for card in report["customers_without_water"]]),
        (say("Hydrants"), [_name(card) for card in report["hydrants_without_water"]]),
        (say("Pipes"), [", ".join(report["pipes_without_water"])]),
        (say("Nodes"), [", ".join(report["nodes_without_water"])]),
    )
    lines: list[ft.Control] = []
    for heading, rows in named:
        if any(rows):
            lines += [text.strong(heading), *_some(sitting, rows)]
    return lines


def _some(sitting: Sitting, rows: Sequence[str]) -> list[ft.Control]:
    shown: list[ft.Control] = [text.body(row) for row in rows[:LISTED_MAX]]
    if len(rows) > LISTED_MAX:
        more = sitting.say("and {count} more, on the printed list", count=len(rows) - LISTED_MAX)
        shown.append(text.small(more))
    return shown


def _name(card: Report) -> str:
    told_of = (card["tag"], card.get("name"), card.get("address"))
    return " · ".join(dict.fromkeys(part for part in told_of if part))


def reopening(sitting: Sitting, page: BreakPage, report: Report) -> ft.Control:
    """The checklist in its order; a valve is opened once it has been closed."""
    steps = report["reopening"]
    done = sum(1 for step in steps if _is_done(page, step))
    heading = sitting.say("Putting the water back · {done} of {total}", done=done, total=len(steps))
    rows = [_line(sitting, page, step) for step in steps]
    return cards.section(heading, rows)


def _is_done(page: BreakPage, step: Report) -> bool:
    word = page.words.get((step["doing"], step["tag"] or ""))
    return word is not None and word.answer == told.DONE


def _line(sitting: Sitting, page: BreakPage, step: Report) -> ft.Control:
    doing, tag = step["doing"], step["tag"] or ""
    finding = Finding(doing, {"tag": tag})
    label = f"{step['order']}. {sentence(finding, WORDS, sitting.language)}"
    inside: list[ft.Control] = [text.body(label)]
    if _is_done(page, step):
        word = page.words[doing, tag]
        inside.append(text.small(said_of(sitting, page.people, DONE_BY, word), colour=GOOD))
    row: list[ft.Control] = [ft.Column(inside, spacing=0, expand=True)]
    if doing in OPENING and not _was_closed(page, tag):
        row.append(text.small(sitting.say("not closed yet"), colour=SOFT))
    elif page.order.status not in breaks.OVER:
        row.append(_check(sitting, page, doing, tag, _is_done(page, step)))
    return ft.Row(row, spacing=12)


def _was_closed(page: BreakPage, tag: str) -> bool:
    word = page.words.get((told.CLOSE, tag))
    return word is not None and word.answer == told.CLOSED


def _check(sitting: Sitting, page: BreakPage, doing: str, tag: str, done: bool) -> ft.Control:
    def press() -> None:
        sitting.act(breaks.say_line, page.order.id, doing, tag, done=not done)

    key = f"line-{doing}-{tag}" if tag else f"line-{doing}"
    word = sitting.say("Done")
    return buttons.choice_button(word, chosen=done, press=press, key=key, colour=GOOD)
