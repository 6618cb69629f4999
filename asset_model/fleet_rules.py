"""The figures of law and policy on a day: the town's where it has given some, else the built-in."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from asset_model.attributes import plain_number
from asset_model.builtin_fleet_rules import BUILTIN_RULES
from asset_model.errors import Refused
from asset_model.fleet import LegalRule
from asset_model.ids import derived_id


@dataclass(frozen=True)
class Figure:
    """One rule in force: its value, and where it is from."""

    code: str
    effective_on: date
    value: dict[str, Any]
    label_fr: str
    label_en: str
    source: str | None
    confirmed: bool

    @property
    def named(self) -> str:
        """How a record names the figure that it was made by: its code and first day."""
        return f"{self.code}@{self.effective_on.isoformat()}"


@dataclass(frozen=True)
class Figures:
    """All rules in force on a day, by code."""

    by_code: dict[str, Figure]

    def __getitem__(self, code: str) -> Figure:
        return self.by_code[code]

    @property
    def check_valid(self) -> timedelta:
        return timedelta(hours=self["circle_check_validity"].value["hours"])

    @property
    def minor_delay(self) -> timedelta:
        return timedelta(hours=self["minor_defect_delay"].value["hours"])

    @property
    def exception_max(self) -> timedelta:
        return timedelta(hours=self["exception_length"].value["hours"])

    @property
    def operator(self) -> str:
        return str(self["operator"].value["name"])

    @property
    def operator_place(self) -> str:
        return str(self["operator"].value["place"])

    @property
    def repair_shop(self) -> str:
        return str(self["repair_shop"].value["shop"])

    def report_kept_until(self, signed_at: datetime) -> date | None:
        """The last day of its keeping, by the town's calendar; None: for ever."""
        months = self["circle_check_retention"].value["months"]
        day = signed_at.astimezone(TOWN_ZONE).date()
        return None if months is None else months_after(day, months)


BUILTIN = tuple(Figure(**rule) for rule in BUILTIN_RULES)
_CODES = frozenset(figure.code for figure in BUILTIN)


TOWN_ZONE = ZoneInfo("America/Toronto")
"""Where days begin and end; towns of Québec live here."""


def figures_at(rows: Iterable[LegalRule], moment: datetime) -> Figures:
    """The rules in force at a moment, by the town's calendar."""
    return figures_on(rows, moment.astimezone(TOWN_ZONE).date())


def figures_on(rows: Iterable[LegalRule], day: date) -> Figures:
    """The rules in force: of each code the one that took effect last, the town's before ours."""
    theirs = (
        Figure(r.code, r.effective_on, r.value, r.label_fr, r.label_en, r.source, r.confirmed)
        for r in rows
    )
    every = sorted([*BUILTIN, *theirs], key=lambda figure: figure.effective_on)
    return Figures({figure.code: figure for figure in every if figure.effective_on <= day})


def check_rule(code: str, value: Any) -> None:
    """A figure says what ours of that code says: the same names, each of the same type.

    :raises Refused: ``form_unreadable``
    """
    ours = next((figure.value for figure in BUILTIN if figure.code == code), None)
    if ours is None:
        raise Refused("form_unreadable", field="code", expected=", ".join(sorted(_CODES)))
    if not isinstance(value, dict) or not _alike(ours, value):
        raise Refused("form_unreadable", field="value", expected=str(ours))


def _alike(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    return ours.keys() == theirs.keys() and all(
        _fits(name, value, theirs[name]) for name, value in ours.items()
    )


def _fits(name: str, ours: Any, theirs: Any) -> bool:
    """A number is more than nothing; months that are not given are for ever."""
    if name == "months" and theirs is None:
        return True
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and _alike(ours, theirs)
    if name == "months" or plain_number(ours):
        return plain_number(theirs) and theirs > 0
    return type(ours) is type(theirs)


def repair_order_id(defect_id: str) -> str:
    """The one order that repairs a defect, whoever hears of it and however often."""
    return derived_id("repair order", defect_id)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
