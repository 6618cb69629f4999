"""For the road inspector: the last report, until when it is valid, and what is open. One screen."""

from typing import Any

import flet as ft

from asset_model.fleet import ServiceException
from asset_model.fleet_vocabulary import Cognizance
from field_app.reads.fleet import asked
from field_app.reads.unit_page import CheckLine, DefectLine, UnitPage, unit_page
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, standing, text
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.list_text import ListText
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, GOOD, SOFT, WARN

DAY_AND_TIME = "%Y-%m-%d %H:%M"


@component
def Inspector(unit_id: str) -> Any:
    sitting = use_sitting()
    page = sitting.read(unit_page, unit_id, sitting.driver_id, sitting.workplace.clock())
    if page is None:
        sentence = sitting.say("This unit is not among those of this tablet.")
        return cards.empty(sentence, icon=ft.Icons.FOLDER_OFF)
    back = buttons.plain_button(
        sitting.say("Back"),
        icon=ft.Icons.ARROW_BACK,
        press=lambda: sitting.go(f"/units/{unit_id}"),
        key="inspector-back",
    )
    now = sitting.workplace.clock()
    behind = [
        sitting.read(unit_page, each.unit.id, sitting.driver_id, now) for each in page.trailers
    ]
    parts = [
        ft.Row([back, text.title(sitting.say("Circle check report"))], spacing=16),
        *_of_unit(sitting, page),
        *(part for each in behind if each is not None for part in _of_trailer(sitting, each)),
        text.small(_sources(sitting, page), colour=SOFT),
    ]
    return scrolled(parts, key="inspector")


def _of_unit(sitting: Sitting, page: UnitPage) -> list[ft.Control]:
    """Whether it may go, its last report, what is open, and the list that must be on board."""
    what = sitting.read(asked, page.line, sitting.workplace.clock())
    return [
        *_stopped(sitting, page),
        _verdict(sitting, page),
        *([_report(sitting, page.last)] if page.last else []),
        _defects(sitting, page),
        ListText(what, key=f"list-{page.line.unit.tag}"),
    ]


def _of_trailer(sitting: Sitting, page: UnitPage) -> list[ft.Control]:
    named = sitting.say("Trailer {unit}", unit=page.line.unit.tag)
    return [text.title(named), *_of_unit(sitting, page)]


def _stopped(sitting: Sitting, page: UnitPage) -> list[ft.Control]:
    """Out of service comes before any date; an exception is told with who signed it."""
    if page.exceptions:
        return [_excepted(sitting, each) for each in page.exceptions]
    if page.line.readiness.may_be_planned:
        return []
    sentence = standing.because(sitting, page.line.readiness.blocking[0])
    return [cards.banner(sentence, icon=ft.Icons.BLOCK, colour=BAD, name="stopped")]


def _excepted(sitting: Sitting, each: ServiceException) -> ft.Control:
    sentence = sitting.say(
        "Exception until {until}, signed by {person}: “{word}”",
        until=_exact(sitting, each.until),
        person=each.signed_name,
        word=each.word,
    )
    return cards.banner(sentence, icon=ft.Icons.GAVEL, colour=WARN, name="excepted")


def _verdict(sitting: Sitting, page: UnitPage) -> ft.Control:
    """Valid until when, or why not; told as a road inspector reads it, with whole dates."""
    say, report = sitting.say, page.last
    until = page.line.readiness.valid_until
    now = sitting.workplace.clock()
    if not page.line.by_law:
        sentence, good = say("No circle check is required by law."), True
    elif report is None or until is None:
        sentence, good = say("No circle check is on this tablet."), False
    elif until <= now:
        sentence, good = say("The last check ended on {at}.", at=_exact(sitting, until)), False
    else:
        sentence, good = say("Valid until {at}", at=_exact(sitting, until)), True
    colour = GOOD if good else BAD
    icon = ft.Icons.CHECK_CIRCLE if good else ft.Icons.CANCEL
    return cards.banner(sentence, icon=icon, colour=colour, name="verdict")


def _report(sitting: Sitting, line: CheckLine) -> ft.Control:
    """The nine fields, in the order of section 197.0.3."""
    say, report = sitting.say, line.inspection
    km = sitting.words.number(report.odometer_km) if report.odometer_km is not None else ""
    lines = [
        (say("1. Unit, plate"), " · ".join(x for x in (report.unit_name, report.plate) if x)),
        (say("2. Operator"), report.operator),
        (say("3. Date and time"), _exact(sitting, report.ended_at)),
        (say("4. Place"), report.place),
        (say("5. Defects"), _found(sitting, line)),
        (say("6. Signed"), f"{report.signed_name}, {_exact(sitting, report.signed_at)}"),
        (say("7. Cognizance"), _taken(sitting, line)),
        (say("8. Name"), report.signed_name),
        (say("9. Odometer"), f"{km}\u00a0km" if km else "–"),
    ]
    rows: list[ft.Control] = [_row(label, value) for label, value in lines]
    return cards.card(rows, gap_px=6)


def _found(sitting: Sitting, line: CheckLine) -> str:
    if not line.defects:
        return sitting.say("None was found")
    return "\n".join(_defect(sitting, each) for each in line.defects)


def _defect(sitting: Sitting, line: DefectLine) -> str:
    defect, words = line.defect, sitting.words
    told = [
        sitting.say(standing.SEVERITIES[defect.severity].word),
        " ".join(
            x for x in (defect.defect_code, words.either(defect.label_fr, defect.label_en)) if x
        ),
    ]
    if line.certificate is not None:
        told.append(
            sitting.say(
                "certified by {person}, {at}",
                person=line.certificate.signed_name,
                at=_exact(sitting, line.certificate.signed_at),
            )
        )
    elif defect.due_at is not None:
        told.append(sitting.say("to repair before {at}", at=_exact(sitting, defect.due_at)))
    return " · ".join(told)


def _taken(sitting: Sitting, line: CheckLine) -> str:
    told = [
        f"{each.signed_name}, {_exact(sitting, each.signed_at)}"
        if each.result == Cognizance.ACKNOWLEDGED
        else sitting.say("{person} refused", person=each.signed_name)
        for each in line.taken
    ]
    return "\n".join(told) or "–"


def _defects(sitting: Sitting, page: UnitPage) -> ft.Control:
    """All that is open, from whichever report: nothing is hidden by a newer check."""
    rows: list[ft.Control] = [
        text.body(
            sitting.say(
                "{defect} · found {at}",
                defect=_defect(sitting, line),
                at=_exact(sitting, line.defect.found_at),
            )
        )
        for line in page.defects
    ]
    if not rows:
        rows = [text.body(sitting.say("No open defect."))]
    return cards.section(sitting.say("Open defects: {count}", count=len(page.defects)), rows)


def _sources(sitting: Sitting, page: UnitPage) -> str:
    """By which figures it was judged, and which of them nobody has read officially."""
    used = ("circle_check_validity", "minor_defect_delay")
    told = [
        f"{sitting.words.either(figure.label_fr, figure.label_en)}\u00a0: "
        f"{figure.value['hours']}\u00a0h ({_confirmed(sitting, figure.confirmed)})"
        for figure in (page.figures[code] for code in used)
    ]
    return " · ".join(told)


def _confirmed(sitting: Sitting, confirmed: bool) -> str:
    return sitting.say("confirmed") if confirmed else sitting.say(standing.TO_CONFIRM)


def _row(label: str, value: str) -> ft.Control:
    return ft.Row(
        [ft.Container(text.small(label), width=170), text.body(value, expand=True)],
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _exact(sitting: Sitting, when: Any) -> str:
    told: str = when.astimezone(sitting.workplace.zone).strftime(DAY_AND_TIME)
    return told
