"""How the standing of a unit looks and reads: icon, colour, word, and the reason in a sentence."""

from datetime import datetime
from zoneinfo import ZoneInfo

import flet as ft

from asset_model.errors import sentence
from asset_model.fleet_vocabulary import Severity, Standing
from asset_model.readiness import Readiness, Reason
from field_app.ui import times
from field_app.ui.parts import cards, text
from field_app.ui.parts.status import Sign
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD, WARN
from field_app.ui.words import noted

STANDINGS: dict[str, Sign] = {
    Standing.READY: Sign(ft.Icons.CHECK_CIRCLE, GOOD, noted("ready")),
    Standing.CHECK_NEEDED: Sign(ft.Icons.FACT_CHECK, WARN, noted("circle check to do")),
    Standing.OUT_OF_SERVICE: Sign(ft.Icons.BLOCK, BAD, noted("out of service")),
    Standing.EXCEPTED: Sign(ft.Icons.GAVEL, WARN, noted("under exception")),
}
SEVERITIES: dict[str, Sign] = {
    Severity.MINOR: Sign(ft.Icons.WARNING_AMBER, WARN, noted("minor defect")),
    Severity.MAJOR: Sign(ft.Icons.DANGEROUS, BAD, noted("major defect")),
}
TO_CONFIRM = noted("to be confirmed")


TO_COUNTERSIGN = Sign(ft.Icons.DRAW, WARN, noted("to countersign"))
LASTING = ("unit_major_defect", "unit_minor_overdue", "unit_check_expired")
"""Reasons that have stood since their moment."""


def sign_of(found: Readiness) -> Sign:
    if found.blocking and found.blocking[0].code == "unit_to_countersign":
        return TO_COUNTERSIGN
    return STANDINGS[found.standing]


def chip(sign: Sign, sitting: Sitting, *, large: bool = False) -> ft.Control:
    """Icon and word in the sign's colour."""
    word = sitting.say(sign.word)
    told = text.strong(word, colour=sign.colour) if large else text.small(word, colour=sign.colour)
    icon = ft.Icon(sign.icon, color=sign.colour, size=26 if large else 20)
    return ft.Row([icon, told], spacing=6, tight=True)


def because(sitting: Sitting, reason: Reason) -> str:
    """The reason as a sentence, with its moment where it has one."""
    told = sentence(reason.code, sitting.language, reason.details)
    if reason.at is None:
        return told
    if reason.code == "unit_minor_open":
        due = times.due(reason.at, now=_now(sitting), zone=_zone(sitting), words=sitting.words)
        return sitting.say("{reason} Repair it {due}.", reason=told, due=due)
    if reason.code not in LASTING:
        return told
    return sitting.say("{reason} Since {at}.", reason=told, at=sitting.when(reason.at))


def in_short(sitting: Sitting, found: Readiness, *, by_law: bool = True) -> str:
    """One line under the unit's name: why not, else until when."""
    if found.blocking:
        return because(sitting, found.blocking[0])
    if found.excepted_until is not None:
        return sitting.say("Exception until {at}.", at=sitting.when(found.excepted_until))
    if found.reasons:
        return because(sitting, found.reasons[0])
    if found.valid_until is not None and found.valid_until > _now(sitting):
        return sitting.say("Circle check valid until {at}.", at=sitting.when(found.valid_until))
    return "" if by_law else sitting.say("No circle check is required by law.")


def banners(sitting: Sitting, found: Readiness) -> list[ft.Control]:
    """What stands in the way, then what to know."""
    blocking = [
        cards.banner(
            because(sitting, reason),
            icon=STANDINGS[reason.stands].icon,
            colour=STANDINGS[reason.stands].colour,
            name=f"why-{reason.code}",
        )
        for reason in found.blocking
    ]
    others = [
        cards.banner(
            because(sitting, reason), icon=ft.Icons.INFO, colour=ACTION, name=f"know-{reason.code}"
        )
        for reason in found.reasons
        if reason not in found.blocking
    ]
    return [*blocking, *others]


def _now(sitting: Sitting) -> datetime:
    return sitting.workplace.clock()


def _zone(sitting: Sitting) -> ZoneInfo:
    return sitting.workplace.zone
