"""A circle check that is being made: kept on the tablet's disk after each answer.

Whoever's tablet dies between two items finds the check where it was.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

import flet as ft

from asset_model.base import instant
from asset_model.fleet_vocabulary import Answer, MadeAs
from field_app.actions.circle_checks import Found, NewCheck
from field_app.ui.workplace import Workplace

KEPT_FOR = timedelta(hours=12)
"""A check left for longer is begun anew."""


@ft.observable
@dataclass
class CheckDraft:
    """`place` is the item that is asked; past the last one, the report is signed.

    `severity` is what was pressed for an item while it is being said what is wrong.
    """

    started_at: datetime
    answers: dict[str, str] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
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
    pin: str = ""
    pressed_at: datetime | None = None
    signed_id: str = ""
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


TYPED = (
    "severity", "chosen", "words", "note", "odometer", "odometer_why", "where", "made_as",
)  # fmt: skip
"""What is chosen and typed between two answers, and before the signature. The PIN is not kept."""


class Keeper:
    """Writes a check down whenever it goes on. Held by the screen: Flet holds it weakly."""

    def __init__(
        self, workplace: Workplace, unit_id: str, person_id: str, draft: CheckDraft
    ) -> None:
        self._kept = (workplace, unit_id, person_id)
        self._listener = self._write
        draft.subscribe(self._listener)  # type: ignore[attr-defined]  # Flet adds it

    def _write(self, draft: Any, field: str | None) -> None:
        if field in ("place", *TYPED) and not draft.signed_id:
            keep(*self._kept, draft)


def _name(unit_id: str) -> str:
    return f"circle_check:{unit_id}"


def begun(workplace: Workplace, unit_id: str, person_id: str) -> CheckDraft:
    """The check that this person had begun here, or a new one."""
    now = workplace.clock()
    kept = workplace.preference(_name(unit_id), "")
    told: dict[str, Any] = json.loads(kept) if kept else {}
    if told.get("person") != person_id:
        return CheckDraft(started_at=now)
    started_at = datetime.fromisoformat(told["started_at"])
    if not timedelta(0) <= now - started_at < KEPT_FOR:
        return CheckDraft(started_at=now)
    found = {code: Found(**each) for code, each in told["found"].items()}
    typed = {name: told[name] for name in TYPED if name in told}
    return CheckDraft(started_at, told["answers"], found, place=told["place"], **typed)


def keep(workplace: Workplace, unit_id: str, person_id: str, draft: CheckDraft) -> None:
    told = {
        "person": person_id,
        "started_at": instant(draft.started_at),
        "answers": draft.answers,
        "found": {code: asdict(each) for code, each in draft.found.items()},
        "place": draft.place,
        **{name: getattr(draft, name) for name in TYPED},
    }
    workplace.keep(_name(unit_id), json.dumps(told, ensure_ascii=False))


def forget(workplace: Workplace, unit_id: str) -> None:
    workplace.keep(_name(unit_id), "")
