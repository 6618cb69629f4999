"""Who has an alert and who has not seen it; never more than what is known."""

import flet as ft

from asset_model.alerts import Answer
from field_app.reads.alerts import AlertPage, Called
from field_app.ui.parts import cards, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD, SOFT, WARN


def called_people(sitting: Sitting, page: AlertPage) -> ft.Control:
    rows = [_row(sitting, one, page) for one in page.called]
    return cards.section(sitting.say("Who has seen it, who has not"), rows)


def standing_of(sitting: Sitting, page: AlertPage) -> tuple[str, ft.IconData, str]:
    """The alert in one sentence: taken by whom, or still by nobody, with what comes next."""
    say, turns = sitting.say, page.turns
    if page.alert.closed_at is not None:
        return say("Closed at {at}.", at=sitting.when(page.alert.closed_at)), ft.Icons.LOCK, GOOD
    if turns.taken is not None:
        at = sitting.when(turns.taken.acknowledged_at)
        sentence = say("{person} has it since {at}.", person=page.taken_by or "", at=at)
        return sentence, ft.Icons.PAN_TOOL, GOOD
    if turns.nobody_left:
        sentence = say("Nobody has answered and nobody is left on the list: telephone.")
        return sentence, ft.Icons.PHONE, BAD
    if turns.next_at is None:
        return say("Nobody has it yet."), ft.Icons.CAMPAIGN, BAD
    at = sitting.when(turns.next_at)
    return say("Nobody has it yet. The next one is called at {at}.", at=at), ft.Icons.CAMPAIGN, BAD


def _row(sitting: Sitting, one: Called, page: AlertPage) -> ft.Control:
    word, icon, colour = _state(sitting, one, page)
    foot = " · ".join(part for part in (one.crew, one.phone, _reach(sitting, one)) if part)
    lines: list[ft.Control] = [
        text.strong(one.person.name),
        text.body(word, colour=colour),
        *([text.small(foot)] if foot else []),
    ]
    return ft.Row(
        [ft.Icon(icon, color=colour, size=28), ft.Column(lines, spacing=0, expand=True)],
        spacing=12,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _state(sitting: Sitting, one: Called, page: AlertPage) -> tuple[str, ft.IconData, str]:
    say = sitting.say
    if one.answer == Answer.MINE:
        at = sitting.when(one.answered_at)
        return say("Has it, said at {at}", at=at), ft.Icons.PAN_TOOL, GOOD
    if one.answer == Answer.CANNOT:
        at = sitting.when(one.answered_at)
        return say("Cannot, said at {at}", at=at), ft.Icons.DO_NOT_DISTURB_ON, WARN
    if one.at is not None:
        at = sitting.when(one.at)
        return say("Called at {at}: has NOT seen it", at=at), ft.Icons.VISIBILITY_OFF, BAD
    if page.turns.taken is not None or page.alert.closed_at is not None:
        return say("Not called"), ft.Icons.REMOVE, SOFT
    return say("Not called yet"), ft.Icons.HOURGLASS_EMPTY, ACTION


def _reach(sitting: Sitting, one: Called) -> str:
    """Of the tablet, in words that nobody takes for the person's."""
    if one.on_tablet is None or one.answer is not None:
        return ""
    if one.on_tablet:
        return sitting.say("their crew’s tablet holds it; that is no answer")
    return sitting.say("their crew’s tablet does not hold it yet")


def phone_lines(sitting: Sitting, page: AlertPage) -> list[str]:
    """The printed list: what, where, and whom to ring in which order."""
    say = sitting.say
    lines = [page.alert.title, page.alert.place or say("No place given"), ""]
    for rank, one in enumerate(page.called, start=1):
        phone = one.phone or say("no number on file")
        word = _state(sitting, one, page)[0]
        lines.append(f"{rank}. {one.person.name} — {phone} — {word}")
    return lines
