"""The valves of a break: each with one touch, in the order in which they are walked to."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import flet as ft

from asset_model.network import told
from asset_model.network.report import Report
from field_app.actions import breaks
from field_app.reads.breaks import BreakPage, break_of
from field_app.ui import times, tokens
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.valve_finding import ValveFinding, turning
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD, SOFT, SURFACE, WARN
from field_app.ui.words import noted

TOUCHES = (
    (told.CLOSED, noted("Closed"), GOOD),
    (told.CANNOT_TURN, noted("Cannot turn"), WARN),
    (told.NOT_FOUND, noted("Not found"), BAD),
)
SAID = {
    told.CLOSED: noted("Closed by {person}, {at}"),
    told.CANNOT_TURN: noted("Cannot turn, says {person}, {at}"),
    told.NOT_FOUND: noted("Not found by {person}, {at}"),
    told.UNCERTAIN: noted("Uncertain: told of in two ways, last by {person}, {at}. Look again."),
}
MOVING = (told.CANNOT_TURN, told.NOT_FOUND)
REOPENED = noted("Open again, by {person}, {at}")


def valve_lists(sitting: Sitting, page: BreakPage, report: Report) -> list[ft.Control]:
    """Those to close, those to look at, those that do not hold, those closed for nothing."""
    say, open_now = sitting.say, page.order.status not in breaks.OVER
    asked = report["valves_to_close"]
    shut = sum(1 for card in asked if _is_shut(page, card["tag"]))
    heading = say("Valves to close · {shut} of {total}", shut=shut, total=len(asked))
    empty = [text.body(say("No valve is to be closed."))]
    lists = [_list(heading, sitting, _rows(sitting, page, asked, open_now) or empty)]
    others = (
        (say("Normally closed: look that they are"), report["valves_to_keep_closed"], True),
        (say("Do not hold"), report["valves_lost"], False),
        (say("Closed, and not asked for any more"), report["valves_closed_besides"], False),
    )
    for title, valves, normally in others:
        if valves:
            rows = _rows(sitting, page, valves, open_now, normally=normally)
            lists.append(_list(title, sitting, rows))
    return lists


def _is_shut(page: BreakPage, tag: str) -> bool:
    word = page.words.get((told.CLOSE, tag))
    return word is not None and word.answer == told.CLOSED and not told.reopened(page.words, tag)


def _list(heading: str, sitting: Sitting, rows: Sequence[ft.Control]) -> ft.Control:
    return cards.section(heading, rows)


def _rows(
    sitting: Sitting,
    page: BreakPage,
    valves: Sequence[Report],
    open_now: bool,
    *,
    normally: bool = False,
) -> list[ft.Control]:
    return [_row(sitting, page, card, open_now, normally=normally) for card in valves]


def _row(
    sitting: Sitting, page: BreakPage, card: Report, open_now: bool, *, normally: bool
) -> ft.Control:
    tag = card["tag"]
    name = text.strong(_name(card), size_px=tokens.LEAD_PX)
    # One line either way: what is pressed stays where it was.
    lines = [name, _said(sitting, page, tag) or text.small(_about(sitting, card))]
    head = ft.Row(
        [*_number(card), ft.Column(lines, spacing=0, expand=True)],
        spacing=12,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    inside: list[Any] = [head]
    if open_now:
        inside.append(_touches(sitting, page, tag, normally=normally))
        inside.append(ValveFinding(tag, with_condition=False, key=f"finding-{tag}"))
    return ft.Semantics(
        content=ft.Column(inside, spacing=8), identifier=f"valve-{tag}", container=True
    )


def _number(card: Report) -> list[ft.Control]:
    """Its place in the walk, as it is called on the radio."""
    if "order" not in card:
        return []
    number = ft.Text(
        str(card["order"]), size=tokens.LEAD_PX, color=SURFACE, font_family=tokens.FONT_BOLD
    )
    circle = ft.Container(
        number,
        width=40,
        height=40,
        bgcolor=ACTION,
        border_radius=20,
        alignment=ft.Alignment.CENTER,
    )
    return [circle]


def _name(card: Report) -> str:
    return " · ".join(part for part in (card["tag"], card.get("name")) if part)


def _about(sitting: Sitting, card: Report) -> str:
    say, told_of = sitting.say, [card.get("address")]
    told_of += turning(sitting, card)
    if card.get("instead_of"):
        told_of.append(say("instead of {tag}", tag=card["instead_of"]))
    if card.get("fed") is False:
        told_of.append(say("no pressure behind it"))
    return " · ".join(part for part in told_of if part)


def _said(sitting: Sitting, page: BreakPage, tag: str) -> ft.Control | None:
    word = page.words.get((told.CLOSE, tag))
    if word is None or word.answer is None:
        return None
    sentence, colour = SAID[word.answer], {told.CLOSED: GOOD}.get(word.answer, WARN)
    if word.answer == told.CLOSED and told.reopened(page.words, tag):
        sentence, word, colour = REOPENED, page.words[told.OPEN, tag], SOFT
    return text.small(said_of(sitting, page.people, sentence, word), colour=colour)


def said_of(sitting: Sitting, people: Mapping[str, str], sentence: str, word: told.Word) -> str:
    """A sentence with who said it and when."""
    person = people.get(word.person_id or "", "")
    return sitting.say(sentence, person=person, at=sitting.when(word.at))


def _touches(sitting: Sitting, page: BreakPage, tag: str, *, normally: bool) -> ft.Control:
    word = page.words.get((told.CLOSE, tag))
    before = word.answer if word else None
    back = told.reopened(page.words, tag)
    row = [
        buttons.choice_button(
            sitting.say(name),
            chosen=before == answer and not back,
            press=partial(_touch, sitting, page, tag, answer, normally),
            key=f"valve-{tag}-{answer}",
            colour=colour,
        )
        for answer, name, colour in TOUCHES
    ]
    return ft.Row(row, spacing=10, run_spacing=10, wrap=True)


def _touch(sitting: Sitting, page: BreakPage, tag: str, answer: str, normally: bool) -> None:
    """Writes it down, says what follows from it, and for ten seconds offers the way back."""
    word = page.words.get((told.CLOSE, tag))
    before = word.answer if word and word.answer != told.UNCERTAIN else None
    if word and before == answer and not told.reopened(page.words, tag):
        return
    order_id = page.order.id
    if _just_moved(sitting, page.words):
        return
    if not sitting.act(breaks.say_valve, order_id, tag, answer, normally_closed=normally):
        return

    def undo() -> Any:
        sitting.act(breaks.say_valve, order_id, tag, before, normally_closed=normally)

    sitting.tell(_follows(sitting, order_id, tag, answer), undo=undo)


def _just_moved(sitting: Sitting, words: told.Words) -> bool:
    """Whether the rows have just moved: the second half of a double press lands on another one."""
    moved = [word.at for word in words.values() if word.at and word.answer in MOVING]
    return bool(moved) and sitting.workplace.clock() - max(moved) < times.DOUBLE_PRESS


def _follows(sitting: Sitting, order_id: str, tag: str, answer: str) -> str:
    """What is to be done now: the next ring is told at once where a valve does not hold."""
    say = sitting.say
    if answer == told.CLOSED:
        return say("{tag} is closed. Saved on this tablet.", tag=tag)
    page = sitting.read(break_of, order_id, sitting.workplace.grounds)
    asked = page.report["valves_to_close"] if page and page.report else []
    instead = [card["tag"] for card in asked if card["instead_of"] == tag]
    if not instead:
        return say("{tag} does not hold: no other valve is needed for it.", tag=tag)
    return say("{tag} does not hold. Close instead: {tags}.", tag=tag, tags=", ".join(instead))
