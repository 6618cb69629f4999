"""A circle check that is being made: whoever's tablet dies between two items finds it there."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

import flet as ft

from asset_model.base import instant
from asset_model.fleet_vocabulary import Answer, MadeAs
from field_app.actions.circle_checks import Found, NewCheck
from field_app.ui.keeping import FLEETING, written_as

KEPT_FOR = timedelta(hours=12)
"""A check left for longer is begun anew."""
WHEN = written_as(instant, lambda _, told: datetime.fromisoformat(told), always=True)
FOUND = written_as(
    lambda found: {code: asdict(each) for code, each in found.items()},
    lambda _, told: {code: Found(**each) for code, each in told.items()},
)


@ft.observable
@dataclass
class CheckDraft:
    """`place` is the item that is asked; past the last one, the report is signed.

    `severity` is what was pressed for an item while it is being said what is wrong.
    """

    started_at: datetime = field(metadata=WHEN)
    answers: dict[str, str] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict, metadata=FOUND)
    place: int = 0
    severity: str = ""
    chosen: str = ""
    words: str = ""
    note: str = ""
    odometer: str | None = None
    """What was typed; None: as it was read last."""
    odometer_why: str = ""
    where: str = ""
    made_as: str = MadeAs.DRIVER
    pin: str = field(default="", metadata=FLEETING)
    pressed_at: datetime | None = field(default=None, metadata=FLEETING)
    signed_id: str = field(default="", metadata=FLEETING)
    """The report, once it is signed."""

    def answer(self, code: str, answer: str, found: Found | None = None) -> None:
        """Answer an item, and go on to the next."""
        self.answers = {**self.answers, code: answer}
        others = {key: each for key, each in self.found.items() if key != code}
        self.found = {**others, code: found} if found is not None else others
        self.severity = self.chosen = self.words = self.note = ""
        self.place += 1

    def back(self) -> None:
        if self.severity:
            self.severity = self.chosen = self.words = self.note = ""
        elif self.place:
            self.place -= 1

    def report(self, unit_id: str, odometer_km: float | None) -> NewCheck:
        return NewCheck(
            unit_id=unit_id,
            started_at=self.started_at,
            answers=dict(self.answers),
            found=tuple(self.found.values()),
            place=self.where,
            made_as=self.made_as,
            odometer_km=odometer_km,
            note=self.odometer_why.strip() or None,
        )

    @property
    def worst(self) -> str:
        answers = set(self.answers.values())
        return next((each for each in (Answer.MAJOR, Answer.MINOR) if each in answers), Answer.OK)


def name_of(unit_id: str) -> str:
    """Of the draft of this unit's check; each person has their own."""
    return f"check-{unit_id}"
