"""Raising an alert: what, where, and who is called in which order."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flet as ft

from asset_model.people import Person
from field_app.actions import alerts
from field_app.reads.alerts import may_be_called
from field_app.reads.assets import Found, found_asset
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.asset_picker import AssetPicker
from field_app.ui.parts.form import form
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD
from field_app.ui.words import noted

COMMON = (
    noted("Water main break"),
    noted("Sewer backing up"),
    noted("Tree or wires on the road"),
    noted("Road caved in"),
)
MINUTES = (2, 5, 10)


@ft.observable
@dataclass
class Draft:
    what: str = ""
    asset_id: str = ""
    place: str = ""
    details: str = ""
    people: list[str] = field(default_factory=list)
    minutes: int = 5
    sent: bool = field(default=False, metadata=FLEETING)
    """A second press on the button must not raise a second alert."""

    @property
    def ready(self) -> bool:
        where = bool(self.asset_id or self.place.strip())
        return bool(self.what.strip()) and where and bool(self.people) and not self.sent

    def choose(self, found: Found | None) -> None:
        self.asset_id = found.id if found else ""

    def call(self, person_id: str) -> None:
        """The next on the list; pressed again, not on it."""
        rest = [one for one in self.people if one != person_id]
        self.people = rest if len(rest) < len(self.people) else [*rest, person_id]


@component
def NewAlert() -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name="alert")
    say = sitting.say
    asset = sitting.read(found_asset, draft.asset_id) if draft.asset_id else None
    place = fields.text_field(
        say("Or in your words"), draft.place, partial(setattr, draft, "place"), key="alert-place"
    )
    parts = [
        cards.section(say("What"), _what(sitting, draft)),
        cards.section(
            say("Where"),
            [AssetPicker(asset, draft.choose, key="where"), place],
        ),
        cards.section(say("Who is called, in this order"), _people(sitting, draft)),
        fields.text_field(
            say("Details (optional)"),
            draft.details,
            partial(setattr, draft, "details"),
            key="alert-details",
            lines=2,
        ),
    ]
    button = buttons.main_button(
        say("Raise the alert"),
        icon=ft.Icons.CAMPAIGN,
        press=partial(_save, sitting, draft),
        disabled=not draft.ready,
        key="alert-raise",
    )
    return form(sitting, say("New alert"), parts, button)


def _save(sitting: Sitting, draft: Draft) -> None:
    if not draft.ready:
        return
    draft.sent = True
    new = alerts.NewAlert(
        title=draft.what,
        people=tuple(draft.people),
        minutes=draft.minutes,
        asset_id=draft.asset_id or None,
        place=draft.place.strip() or None,
        details=draft.details.strip() or None,
    )
    alert = sitting.make(alerts.raise_alert, new)
    if alert is None:
        draft.sent = False
        return
    emptied(draft)
    sitting.tell(sitting.say("Alert raised."))
    sitting.go(f"/alerts/{alert.id}")


def _what(sitting: Sitting, draft: Draft) -> list[ft.Control]:
    common = [sitting.say(word) for word in COMMON]
    row: list[ft.Control] = [
        buttons.choice_button(
            word,
            chosen=draft.what == word,
            press=partial(setattr, draft, "what", word),
            key=f"alert-what-{place}",
            colour=BAD,
        )
        for place, word in enumerate(common)
    ]
    words = fields.text_field(
        sitting.say("What is to be known"),
        draft.what,
        partial(setattr, draft, "what"),
        key="alert-what",
    )
    return [ft.Row(row, wrap=True, spacing=10, run_spacing=10), words]


def _people(sitting: Sitting, draft: Draft) -> list[ft.Control]:
    people = sitting.read(may_be_called)
    row = [_person(draft, person) for person in people]
    delays: list[ft.Control] = [
        buttons.choice_button(
            sitting.say("{count} min", count=minutes),
            chosen=draft.minutes == minutes,
            press=partial(setattr, draft, "minutes", minutes),
            key=f"alert-minutes-{minutes}",
        )
        for minutes in MINUTES
    ]
    return [
        ft.Row(row, wrap=True, spacing=10, run_spacing=10),
        text.strong(sitting.say("Without an answer, the next one is called after")),
        ft.Row(delays, spacing=10),
    ]


def _person(draft: Draft, person: Person) -> ft.Control:
    called = person.id in draft.people
    rank = f"{draft.people.index(person.id) + 1}. " if called else ""
    return buttons.choice_button(
        f"{rank}{person.name}",
        chosen=called,
        press=partial(draft.call, person.id),
        key=f"call-{person.id}",
        compact=True,
    )
