"""What happened to an incident, in sentences, newest first."""

import flet as ft

from asset_model.incident_vocabulary import UpdateKind
from field_app.reads.incident_page import IncidentPage, Told
from field_app.ui.parts import cards, text
from field_app.ui.parts.incident_words import sign_of
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, SOFT, WARN
from field_app.ui.words import noted

SIGNS: dict[str, tuple[ft.IconData, str]] = {
    UpdateKind.COMMENT: (ft.Icons.CHAT_BUBBLE_OUTLINE, ACTION),
    UpdateKind.NOT_FIXED: (ft.Icons.REPLAY, BAD),
    UpdateKind.JOINED: (ft.Icons.MERGE, ACTION),
    UpdateKind.LEFT: (ft.Icons.CALL_SPLIT, ACTION),
    UpdateKind.SUSPENDED: (ft.Icons.PAUSE, WARN),
    UpdateKind.RESUMED: (ft.Icons.PLAY_ARROW, ACTION),
    UpdateKind.ROUTED: (ft.Icons.ALT_ROUTE, ACTION),
}
BY_SOMEBODY: dict[str, str] = {
    UpdateKind.COMMENT: noted("{at} {person} wrote"),
    UpdateKind.NOT_FIXED: noted("{at} {person} was told that it is not fixed"),
    UpdateKind.JOINED: noted("{at} {person} put {report} into it, from {other}"),
    UpdateKind.LEFT: noted("{at} {person} took {report} out of it, to {other}"),
    UpdateKind.SUSPENDED: noted("{at} {person} suspended the promise"),
    UpdateKind.RESUMED: noted("{at} {person} let the promise go on"),
    UpdateKind.ROUTED: noted("{at} {person} routed it by hand"),
}
BY_NOBODY: dict[str, str] = {
    UpdateKind.NOT_FIXED: noted("{at} a citizen says that it is not fixed"),
    UpdateKind.COMMENT: noted("{at} a citizen wrote"),
}


def incident_history(sitting: Sitting, page: IncidentPage) -> ft.Control:
    say = sitting.say
    rows = [_row(sitting, line) for line in page.history]
    if not rows:
        rows = [text.small(say("The history of an incident is read at the office."))]
    return cards.section(say("History"), rows)


def _row(sitting: Sitting, line: Told) -> ft.Control:
    icon, colour = SIGNS.get(line.kind, (ft.Icons.CIRCLE, SOFT))
    if line.status:
        sign = sign_of(line.status)
        icon, colour = sign.icon, sign.colour
    return ft.Row(
        [ft.Icon(icon, size=22, color=colour), text.body(_sentence(sitting, line), expand=True)],
        vertical_alignment=ft.CrossAxisAlignment.START,
        spacing=12,
    )


def _sentence(sitting: Sitting, line: Told) -> str:
    say = sitting.say
    known = {
        "at": sitting.when(line.at),
        "person": line.person or "",
        "report": line.report or say("a report"),
        "other": line.other or "–",
    }
    if line.status:
        known["status"] = say(sign_of(line.status).word)
        sentence = say("{at} {status}, by {person}", **known)
        if not line.person:
            sentence = say("{at} {status}", **known)
    else:
        template = (BY_SOMEBODY if line.person else BY_NOBODY).get(line.kind, "{at} " + line.kind)
        sentence = say(template, **known)
    words = sitting.words.either(line.words_fr or "", line.words_en or "")
    return say("{sentence}: “{text}”", sentence=sentence, text=words) if words else sentence
