"""The list of incidents, and what it is narrowed to."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.reads.incidents import (
    PAGE,
    IncidentLine,
    IncidentList,
    View,
    Wanted,
    counts,
    districts,
    incidents,
    services_used,
)
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import buttons, cards, choosing, fields, panes, status, text
from field_app.ui.parts.incident_words import promise_chip, promise_words, sign_of
from field_app.ui.parts.pages import turning
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, WARN
from field_app.ui.words import noted

VIEWS = (
    (View.OPEN, noted("Open · {count}")),
    (View.PRESSING, noted("Late or soon · {count}")),
    (View.REOPENED, noted("Not fixed · {count}")),
    (View.SUSPENDED, noted("Suspended · {count}")),
    (View.CLOSED, noted("Closed incidents")),
)


@ft.observable
@dataclass
class Narrowed:
    """It outlives the screen: who comes back from an order finds the list as they left it."""

    view: View = View.OPEN
    service_id: str = ""
    district_id: str = ""
    text: str = ""
    page: int = 0

    def set(self, name: str, value: Any) -> None:
        setattr(self, name, value)
        self.page = 0


@component
def IncidentListPane(chosen_id: str) -> Any:
    sitting = use_sitting()
    narrowed = use_view(sitting, Narrowed, name="incidents")
    now = sitting.workplace.clock()
    wanted = Wanted(narrowed.view, narrowed.service_id, narrowed.district_id, narrowed.text)
    found = sitting.read(incidents, wanted, now=now, page=narrowed.page)
    rows: list[ft.Control] = [incident_row(sitting, line, chosen_id) for line in found.lines]
    if not rows:
        rows = [_empty(sitting, narrowed)]
    rows += _pages(sitting, narrowed, found)
    return ft.Column(
        [
            _head(sitting, narrowed),
            ft.ListView(rows, expand=True, spacing=10, padding=ft.Padding.all(12)),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _pages(sitting: Sitting, narrowed: Narrowed, found: IncidentList) -> list[ft.Control]:
    return turning(
        sitting, narrowed.page, -(-found.total // PAGE), partial(setattr, narrowed, "page")
    )


def _head(sitting: Sitting, narrowed: Narrowed) -> ft.Control:
    say = sitting.say
    search = fields.text_field(
        say("Search a street, a number, a word"),
        narrowed.text,
        partial(narrowed.set, "text"),
        key="search",
        icon=ft.Icons.SEARCH,
    )
    many = sitting.read(counts, now=sitting.workplace.clock())
    views: list[ft.Control] = [
        buttons.choice_button(
            say(word, count=many.get(view, 0)),
            chosen=narrowed.view == view,
            press=partial(narrowed.set, "view", view),
            key=f"view-{view}",
            colour=BAD if view == View.REOPENED else WARN if view == View.PRESSING else ACTION,
            compact=True,
        )
        for view, word in VIEWS
    ]
    return panes.list_head(search, [*views, *_choosers(sitting, narrowed)])


def _choosers(sitting: Sitting, narrowed: Narrowed) -> list[ft.Control]:
    say, words = sitting.say, sitting.words
    services = [
        (service.id, words.either(service.name_fr, service.name_en))
        for service in sitting.read(services_used)
    ]
    places = [(district.id, district.name) for district in sitting.read(districts)]
    return [
        choosing.chooser(
            say("Service"), narrowed.service_id, [("", say("All")), *services],
            partial(narrowed.set, "service_id"), key="incident-service",
        ),
        choosing.chooser(
            say("District"), narrowed.district_id, [("", say("All the town")), *places],
            partial(narrowed.set, "district_id"), key="incident-district",
        ),
    ]  # fmt: skip


def incident_row(sitting: Sitting, line: IncidentLine, chosen_id: str) -> ft.Control:
    """The street first, then what; how long is left of what was promised."""
    incident, say = line.incident, sitting.say
    sign = sign_of(incident.status)
    colour = promise_words(sitting, line.promise)[2] if _presses(line) else sign.colour
    inside = ft.Column(
        [
            text.strong(incident.place or say("No place given"), size_px=tokens.LEAD_PX, lines=1),
            text.body(sitting.words.either(line.service_fr, line.service_en), lines=1),
            ft.Row(
                [status.chip(sign, sitting.words), promise_chip(sitting, line.promise)],
                alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
                wrap=True,
                run_spacing=4,
            ),
            text.small(_foot(sitting, line), lines=1),
        ],
        spacing=6,
    )
    strip = cards.with_strip(inside, colour=colour, chosen=incident.id == chosen_id)
    return buttons.tap(
        strip, press=lambda: sitting.go(f"/incidents/{incident.id}"), key=f"incident-{incident.id}"
    )


def _presses(line: IncidentLine) -> bool:
    return line.promise.standing in ("late", "soon")


def _foot(sitting: Sitting, line: IncidentLine) -> str:
    incident, say = line.incident, sitting.say
    many = sitting.words.several("{count} report", "{count} reports", incident.reports_count)
    parts = [
        incident.number or say("number to come"),
        many if incident.reports_count > 1 else "",
        line.crew or line.district or "",
        say(status.PRIORITIES[max(1, incident.priority)]) if incident.priority <= 2 else "",
        say("has come back") if incident.recurrence_of_id else "",
    ]
    return " · ".join(part for part in parts if part)


def _empty(sitting: Sitting, narrowed: Narrowed) -> ft.Control:
    say = sitting.say
    if narrowed.text or narrowed.service_id or narrowed.district_id:
        return cards.empty(say("No incident is so. Search otherwise."), icon=ft.Icons.SEARCH_OFF)
    sentences = {
        View.PRESSING: say("Nothing is late, or soon to be."),
        View.REOPENED: say("Nobody says that something is not fixed."),
        View.SUSPENDED: say("No promise is suspended."),
    }
    sentence = sentences.get(narrowed.view, say("No incident here."))
    return cards.empty(sentence, icon=ft.Icons.VERIFIED)
