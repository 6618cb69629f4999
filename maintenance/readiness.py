"""Whether a unit is ready on the day, and everything that holds it back. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from maintenance.reasons import in_english, in_french

SENTENCES = {
    # code: English, French
    "out_of_service": ("out of service", "hors service"),
    "defect_major": (
        "{what} is a major defect, not repaired ({number})",
        "{what} est une défectuosité majeure, pas réparée ({number})",
    ),
    "defect_minor": (
        "{what} was to be repaired by {day_en} ({number})",
        "{what} était à réparer avant le {day_fr} ({number})",
    ),
    "stored": ("stored since {day_en}", "remisée depuis le {day_fr}"),
    "attachment_out": ("{what} is out of service", "{what} est hors service"),
    "order_open": (
        "{number} ({plans}) is not done, wanted {day_en}",
        "{number} ({plans}) n’est pas terminé, prévu le {day_fr}",
    ),
    "not_ordered": (
        "{plans} is due {day_en} and not ordered",
        "{plans} est à faire le {day_fr} et n’est pas commandé",
    ),
    "legal_past": (
        "{plans}, which the law asks for, was due {day_en}",
        "{plans}, exigé par la loi, était à faire le {day_fr}",
    ),
    "skipped": ("{plans} of {day_en} was skipped", "{plans} du {day_fr} a été annulé"),
    "missed": (
        "{plans} of {day_en} was never ordered",
        "{plans} du {day_fr} n’a jamais été commandé",
    ),
    "repair_open": (
        "{number} is open: {what}",
        "{number} est ouvert\u00a0: {what}",
    ),
    "meter_unread": (
        "its meter was never read: nobody can tell when {plans} is due",
        "son compteur n’a jamais été relevé\u00a0: nul ne sait quand faire {plans}",
    ),
    "no_plan": ("no plan of the campaign concerns it", "aucun plan de la campagne ne la concerne"),
}


@dataclass(frozen=True)
class Hold:
    """One thing that holds a unit back: a code of `SENTENCES`, and what belongs to it."""

    code: str
    day: date | None = None
    plans: str = ""
    number: str = ""
    what: str = ""
    what_en: str | None = None

    def sentence(self, language: str) -> str:
        english, french = SENTENCES[self.code]
        day = self.day
        return (french if language == "fr" else english).format(
            plans=self.plans,
            number=self.number or "–",
            what=self.what if language == "fr" else self.what_en or self.what,
            day_fr=in_french(day) if day else "–",
            day_en=in_english(day) if day else "–",
        )


@dataclass(frozen=True)
class Readiness:
    """One unit on the day."""

    asset_id: str
    tag: str
    name: str
    holds: Sequence[Hold] = field(default_factory=tuple)

    @property
    def ready(self) -> bool:
        return not self.holds


def in_order(units: Iterable[Readiness]) -> list[Readiness]:
    """Those that are held back first: the list is read for them."""
    return sorted(units, key=lambda unit: (unit.ready, unit.tag))
