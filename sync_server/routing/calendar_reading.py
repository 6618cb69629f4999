"""A calendar of a book, as it is told: every mistake in it is noted."""

import re
from datetime import date, time

from asset_model.grouping.concepts import folded
from gis.mapping_document import Section
from gis.problems import nearest
from sync_server.routing.calendars import AROUND_EASTER, DAYS, PROVINCES, Calendar

_MONTH_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_LEAP_YEAR = 2028
_IN_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_IN_FRENCH = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY_CALLED = {
    called: short
    for names in (_IN_ENGLISH, _IN_FRENCH)
    for name, short in zip(names, DAYS, strict=True)
    for called in (name, name[:3])
}


def calendar_of(section: Section, name: str) -> Calendar:
    told = section.texts("days")
    days = {_DAY_CALLED[folded(text)] for text in told if folded(text) in _DAY_CALLED}
    if unknown := sorted(text for text in told if folded(text) not in _DAY_CALLED):
        wanted = (f"among {', '.join(DAYS)}", f"parmi {', '.join(_IN_FRENCH)}")
        meant = nearest(unknown[0], among=_DAY_CALLED)
        section.mistyped("days", *wanted, nearest=meant)
    opens, closes = _clock(section, "from", "08:00"), _clock(section, "to", "16:30")
    if opens == closes != time(0):
        section.mistyped("to", "another time than “from”", "une autre heure que « from »")
    calendar = Calendar(
        name,
        tuple(day for day in DAYS if day in days) or DAYS[:5],
        opens,
        closes,
        _province(section),
        _days_told(section, "closed"),
        _days_told(section, "open"),
    )
    section.finish()
    return calendar


def month_day(text: str) -> str | None:
    """``3-1`` as ``03-01``; None where no year has that day."""
    found = _MONTH_DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return f"{date(_LEAP_YEAR, int(found[1]), int(found[2])):%m-%d}"
    except ValueError:
        return None


def _province(section: Section) -> str | None:
    told = section.text("holidays")
    if told is None or told in PROVINCES:
        return told
    listed = ", ".join(sorted(PROVINCES))
    section.mistyped("holidays", f"a province: {listed}", f"une province : {listed}")
    return None


def _clock(section: Section, key: str, otherwise: str) -> time:
    """24:00 is the midnight at which the day ends."""
    told = section.text(key) or otherwise
    try:
        return time.fromisoformat("00:00" if told == "24:00" else told).replace(tzinfo=None)
    except ValueError:
        section.mistyped(key, "a time like 08:00", "une heure comme 08:00")
        return time.fromisoformat(otherwise)


def _days_told(section: Section, key: str) -> frozenset[str]:
    told = {text: _day_told(text) for text in section.texts(key)}
    if None in told.values():
        section.mistyped(
            key,
            "days like “12-24”, “2026-12-28”, “easter monday”",
            "des jours comme « 12-24 », « 2026-12-28 », « lundi de Pâques »",
        )
    return frozenset(filter(None, told.values()))


def _day_told(text: str) -> str | None:
    if folded(text) in AROUND_EASTER:
        return folded(text)
    try:
        return month_day(text) or date.fromisoformat(text).isoformat()
    except ValueError:
        return None
