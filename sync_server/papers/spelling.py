"""How papers spell days, moments and numbers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from asset_model.numbers import dollars, shown
from maintenance.due import TORONTO
from maintenance.reasons import in_english, in_french

NONE = "–"
HOUR_WITHIN = timedelta(days=2)


@dataclass(frozen=True)
class Spelling:
    language: str

    def say(self, english: str, french: str) -> str:
        return french if self.language == "fr" else english

    def label(self, row: Any, name: str = "label") -> str:
        """The text of a row or a mapping that has it in both languages."""
        key = f"{name}_{self.language}"
        return str(row[key] if isinstance(row, dict) else getattr(row, key))

    def day(self, day: date | None) -> str:
        if day is None:
            return NONE
        return in_french(day) if self.language == "fr" else in_english(day)

    def moment(self, moment: datetime | None) -> str:
        """``26 novembre 2026, 8 h 03``."""
        if moment is None:
            return NONE
        return f"{self.day_of(moment)}, {self._hour(moment)}"

    def day_of(self, moment: datetime) -> str:
        """The town's day of a moment."""
        return self.day(moment.astimezone(TORONTO).date())

    def until(self, promised: datetime, told: datetime) -> str:
        """A promise told at a moment: of one within two days the hour is worth knowing."""
        soon = promised - told <= HOUR_WITHIN
        return self.moment(promised) if soon else self.day_of(promised)

    def _hour(self, moment: datetime) -> str:
        local = moment.astimezone(TORONTO)
        return self.say(f"{local:%H:%M}", f"{local.hour}\u00a0h\u00a0{local:%M}")

    def from_to(self, begin: datetime, end: datetime) -> str:
        """``26 novembre 2026, de 8 h 03 à 8 h 15``."""
        first, last = (moment.astimezone(TORONTO).date() for moment in (begin, end))
        if first != last:
            return f"{self.moment(begin)} – {self.moment(end)}"
        hours = self._hour(begin), self._hour(end)
        return f"{self.day(first)}, {self.say('{} to {}', 'de {} à {}').format(*hours)}"

    def number(self, value: float | None, unit: str = "") -> str:
        if value is None:
            return NONE
        if unit == "$":
            return dollars(value, self.language)
        whole = int(value) if float(value).is_integer() else round(value, 2)
        told = shown(whole, self.language)
        if unit == "%" and self.language == "en":
            return f"{told}%"
        return f"{told}\u00a0{unit}" if unit else told

    def text(self, value: Any) -> str:
        return NONE if value in (None, "") else str(value)

    @property
    def to_confirm(self) -> str:
        return self.say("to be confirmed", "à confirmer")
