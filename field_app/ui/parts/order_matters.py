"""On an order: what is still to be settled on it, and in its history what was, by whom and how."""

from collections.abc import Sequence
from datetime import datetime

import flet as ft

from asset_model.matters import Choice, MatterKind, MatterState, SettlementResult
from field_app.reads.matter_page import Attempt, MatterPage
from field_app.ui.parts import matter_words, text
from field_app.ui.parts.matter_card import MatterCard
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD
from field_app.ui.words import noted

CONTESTED: dict[str, str] = {
    Choice.KEEP: noted("{at} {person} kept “{kept}” ({what})"),
    Choice.TAKE: noted("{at} {person} took “{other}” in place of “{kept}” ({what})"),
    Choice.EDIT: noted("{at} {person} corrected: {what}"),
    Choice.SEND_BACK: noted("{at} {person} kept “{kept}” and sent “{other}” back ({what})"),
    Choice.SEEN: noted("{at} {person} has seen what was sent back ({what})"),
    Choice.REOPEN: noted("{at} {person} opened it again: {what}"),
}
NOT_TAKEN: dict[str, str] = {
    Choice.KEEP: noted("{at} {person} left a change of {author} on file ({what})"),
    Choice.TAKE: noted("{at} {person} applied a change of {author} ({what})"),
    Choice.EDIT: noted("{at} {person} corrected and applied a change of {author} ({what})"),
    Choice.SEND_BACK: noted("{at} {person} sent a change back to {author} ({what})"),
    Choice.SEEN: noted("{at} {person} has seen what was sent back ({what})"),
}
TURNS: dict[str, str] = {
    Choice.SEEN: noted("{at} {person} has seen that work began before its turn"),
    Choice.REOPEN: noted("{at} {person} opened it again: {what}"),
}
BY_ITSELF = noted("{at} a change of {author} came in by itself ({what})")


def to_settle(sitting: Sitting, pages: Sequence[MatterPage]) -> list[ft.Control]:
    """What is open on the order, and what was sent back until its author has seen it."""
    shown = [page for page in pages if _is_shown(page)]
    return [MatterCard(page, key=f"card-{page.matter.id}") for page in shown]


def _is_shown(page: MatterPage) -> bool:
    if page.waiting is not None and page.waiting.settlement.choice == Choice.SEEN:
        return False
    return page.matter.state != MatterState.SETTLED


def settled_rows(
    sitting: Sitting, pages: Sequence[MatterPage]
) -> list[tuple[datetime, ft.Control]]:
    rows = [
        (attempt.settlement.settled_at, _row(sitting, page, attempt))
        for page in pages
        for attempt in page.attempts
    ]
    for page in pages:
        if page.matter.kind == MatterKind.TURN:
            continue  # That it was in turn after all is nothing to tell.
        if page.matter.choice == Choice.BY_ITSELF and page.matter.settled_at is not None:
            at = page.matter.settled_at
            rows.append((at, _line(_sentence(sitting, page, BY_ITSELF, at, ""), [], GOOD)))
    return rows


def _row(sitting: Sitting, page: MatterPage, attempt: Attempt) -> ft.Control:
    made, say = attempt.settlement, sitting.say
    templates = CONTESTED if page.contests else NOT_TAKEN
    if page.matter.kind == MatterKind.TURN:
        templates = TURNS
    template = templates.get(made.choice, "{at} {person}: " + made.choice)
    said = _sentence(sitting, page, template, made.settled_at, attempt.person)
    if made.word:
        said = say("{sentence}: “{text}”", sentence=said, text=made.word)
    if made.result == SettlementResult.LATE:
        return _line(said, [text.small(say("Too late: it had been settled."), colour=BAD)], BAD)
    if made.result == SettlementResult.NOT_TAKEN:
        return _line(said, [text.small(say("It could not be done."), colour=BAD)], BAD)
    if made.received_at is None:
        return _line(said, [], ACTION)
    at = sitting.when(made.received_at)
    received = say("received by the server at {at}", at=at)
    return _line(said, [text.small(received, colour=GOOD)], ACTION)


def _sentence(
    sitting: Sitting, page: MatterPage, template: str, moment: datetime, person: str
) -> str:
    what, kept, other = _first(sitting, page)
    return sitting.say(
        template,
        at=sitting.when(moment),
        person=person,
        author=page.person,
        what=what,
        kept=kept,
        other=other,
    )


def _first(sitting: Sitting, page: MatterPage) -> tuple[str, str, str]:
    """What the matter is about, and of a contest its two values."""
    for contest in page.contests:
        if contest.column in matter_words.BESIDE and len(page.contests) > 1:
            continue
        kept, other = (
            matter_words.shown(sitting, page, contest.column, side.value, contest.step)
            for side in (contest.kept, contest.set_aside)
        )
        return matter_words.label(sitting, contest.column, contest.step), kept, other
    if page.matter.kind == MatterKind.TURN:
        return sitting.say("Work begun before its turn"), "", ""
    return matter_words.asked_lines(sitting, page)[0][0], "", ""


def _line(sentence: str, below: list[ft.Text], colour: str) -> ft.Control:
    said = ft.Column([text.body(sentence), *below], spacing=2, expand=True)
    icon = ft.Icon(ft.Icons.BALANCE, size=22, color=colour)
    return ft.Row([icon, said], vertical_alignment=ft.CrossAxisAlignment.START, spacing=12)
