"""What happened to an order, in sentences, newest first."""

from collections.abc import Sequence
from operator import itemgetter

import flet as ft

from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.reads.matter_page import MatterPage
from field_app.reads.order_page import OrderPage, Said
from field_app.ui.parts import cards, status, text
from field_app.ui.parts.order_matters import settled_rows
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, GOOD
from field_app.ui.words import noted

SENTENCES: dict[str, str] = {
    Status.DRAFT: noted("{at} {person} reported it"),
    Status.PLANNED: noted("{at} {person} planned it"),
    Status.DISPATCHED: noted("{at} {person} dispatched it"),
    Status.ACCEPTED: noted("{at} {person} accepted it"),
    Status.IN_PROGRESS: noted("{at} {person} started"),
    Status.ON_HOLD: noted("{at} {person} put it on hold"),
    Status.DONE: noted("{at} {person} finished"),
    Status.CLOSED: noted("{at} {person} closed it"),
    Status.CANCELLED: noted("{at} {person} cancelled it"),
}


def history(sitting: Sitting, page: OrderPage, settling: Sequence[MatterPage]) -> ft.Control:
    dated = [(line.at, _row(sitting, line)) for line in page.history]
    dated += settled_rows(sitting, settling)
    rows = [row for _, row in sorted(dated, key=itemgetter(0), reverse=True)]
    if not rows:
        rows = [text.small(sitting.say("Nothing has happened yet."))]
    return cards.section(sitting.say("History"), rows)


def _row(sitting: Sitting, line: Said) -> ft.Control:
    sentence, received = _sentence(sitting, line)
    spoken = status.Sign(ft.Icons.CHAT_BUBBLE_OUTLINE, ACTION, "")
    sign = status.sign_of(line.status) if line.status else spoken
    lines: list[ft.Control] = [text.body(sentence)]
    if received:
        lines.append(text.small(received, colour=GOOD))
    return ft.Row(
        [ft.Icon(sign.icon, size=22, color=sign.colour), ft.Column(lines, spacing=2, expand=True)],
        vertical_alignment=ft.CrossAxisAlignment.START,
        spacing=12,
    )


def _sentence(sitting: Sitting, line: Said) -> tuple[str, str]:
    """The sentence, and when the server learned of it, where it says."""
    words = sitting.words
    at = sitting.when(line.at)
    if line.to is not None:
        sentence = words.say(
            "{at} {person} handed it over to {to}", at=at, person=line.person, to=line.to
        )
        return _with_words(sitting, sentence, line.text), ""
    if line.status is None:
        said = words.say("{at} {person}: “{text}”", at=at, person=line.person, text=line.text or "")
        return said, ""
    template = SENTENCES.get(line.status, "{at} {person}: " + line.status)
    sentence = words.say(template, at=at, person=line.person)
    sentence = _with_words(sitting, sentence, line.text)
    if line.received_at is None:
        return sentence, ""
    heard = sitting.when(line.received_at)
    return sentence, words.say("received by the server at {at}", at=heard)


def _with_words(sitting: Sitting, sentence: str, said: str | None) -> str:
    if not said:
        return sentence
    return sitting.say("{sentence}: “{text}”", sentence=sentence, text=said)
