"""A hole is measured in the street: what the measures mean, and what is promised or told for it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.incident_moves import BY_HAND
from asset_model.incident_vocabulary import OPEN_INCIDENTS, IncidentStatus
from asset_model.potholes import CLASSES, Ground, Hole, Limit, limit_in, told_below
from asset_model.roles import may_edit
from asset_model.spatial import SEGMENT
from field_app.actions import incidents
from field_app.reads.fleet import figures
from field_app.reads.incident_page import IncidentPage
from field_app.reads.measuring import street_of
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.fact_forms import number_in
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

GROUNDS = {
    Ground.PAVED: noted("Paved"),
    Ground.UNPAVED: noted("Gravel"),
    Ground.SHOULDER: noted("Shoulder"),
}


@ft.observable
@dataclass
class Measures:
    """`ground` and `road_class`: what somebody chose; else those of the street."""

    asking: bool = False
    area: str = ""
    depth: str = ""
    ground: str = ""
    road_class: int = 0

    def close(self) -> None:
        self.asking = False


def may_be_measured(sitting: Sitting, page: IncidentPage) -> bool:
    """A hole in a street, whose repair nobody has in hand yet."""
    return (
        any(code in SEGMENT for code in page.service.asset_classes or ())
        and page.incident.status in OPEN_INCIDENTS
        and not page.has_open_order
        and may_edit(sitting.signed.role, "incident", "fix_by")
    )


@component
def IncidentMeasure(page: IncidentPage) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Measures, name=f"measure-{page.incident.id}")
    say = sitting.say
    if not draft.asking:
        button = buttons.plain_button(
            say("Measure the hole…"),
            icon=ft.Icons.STRAIGHTEN,
            press=partial(setattr, draft, "asking", True),
            key="measure",
        )
        return ft.Row([button])
    known_class, known_ground = sitting.read(street_of, page.incident.segment_id)
    ground = Ground(draft.ground) if draft.ground else known_ground
    chosen = draft.road_class or known_class
    parts: list[ft.Control] = [
        _sizes(sitting, draft),
        _choice(say("Where it is"), [(g, say(word)) for g, word in GROUNDS.items()], ground,
                partial(setattr, draft, "ground"), "ground"),
        _choice(say("Class of the road"), [(c, str(c)) for c in CLASSES], chosen,
                partial(setattr, draft, "road_class"), "class"),
        *_meaning(sitting, page, draft, _hole(sitting, draft, ground, chosen)),
    ]  # fmt: skip
    return cards.section(say("The hole, measured"), parts)


def _sizes(sitting: Sitting, draft: Measures) -> ft.Control:
    row: list[ft.Control] = [
        ft.Container(
            fields.text_field(
                label,
                getattr(draft, name),
                partial(setattr, draft, name),
                key=f"measure-{name}",
                numeric=True,
                suffix=unit,
                error=_wrong(sitting, getattr(draft, name)),
            ),
            expand=True,
        )
        for name, label, unit in (
            ("area", sitting.say("Area"), "cm²"),
            ("depth", sitting.say("Depth"), "cm"),
        )
    ]
    return ft.Row(row, spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)


def _wrong(sitting: Sitting, typed: str) -> str | None:
    if not typed.strip() or number_in(typed) is not None:
        return None
    return sitting.say("A number above zero")


def _choice(
    heading: str, options: list[tuple[Any, str]], chosen: Any, choose: Any, key: str
) -> ft.Control:
    row: list[ft.Control] = [
        buttons.choice_button(
            word, chosen=chosen == code, press=partial(choose, code), key=f"{key}-{code}"
        )
        for code, word in options
    ]
    return ft.Column([text.strong(heading), ft.Row(row, wrap=True, spacing=10, run_spacing=10)])


def _hole(sitting: Sitting, draft: Measures, ground: Ground, road_class: int | None) -> Hole | None:
    """None while something is not told yet."""
    area, depth = number_in(draft.area), number_in(draft.depth)
    if area is None or depth is None or road_class is None:
        return None
    known = sitting.read(figures, sitting.workplace.clock())
    return Hole(area, depth, road_class, limit_in(known, ground, road_class))


def _meaning(
    sitting: Sitting, page: IncidentPage, draft: Measures, hole: Hole | None
) -> list[ft.Control]:
    """What the measures come to, and the one thing that is done for it."""
    say = sitting.say
    back = buttons.plain_button(say("Back"), press=draft.close, key="measure-back")
    act: list[ft.Control] = []
    sentence = say("Area, depth and class say whether it is to be repaired, and by when.")
    if hole is not None and hole.limit is None:
        sentence = say("No figure for gravel on roads of classes 1 and 2: decide yourself.")
    elif hole is not None and hole.limit is not None:
        sentence = _told(sitting, hole, hole.limit)
        act = [_act(sitting, page, draft, hole, hole.limit)]
    row = ft.Row([back, *act], alignment=ft.MainAxisAlignment.END, spacing=12, wrap=True)
    return [text.body(sentence), row]


def _told(sitting: Sitting, hole: Hole, limit: Limit) -> str:
    gaps = {"area": limit.area_cm2, "depth": limit.depth_cm}
    if not hole.over:
        return sitting.say(
            "Not over {area} cm² and {depth} cm: citizens are told the measures.",
            **gaps,
        )
    return sitting.words.several(
        "Over {area} cm² and {depth} cm: to be repaired within {count} day of the first report.",
        "Over {area} cm² and {depth} cm: to be repaired within {count} days of the first report.",
        limit.days,
        **gaps,
    )


def _act(
    sitting: Sitting, page: IncidentPage, draft: Measures, hole: Hole, limit: Limit
) -> ft.Control:
    if hole.over:
        return buttons.main_button(
            sitting.say("Promise it"),
            icon=ft.Icons.EVENT_AVAILABLE,
            press=partial(_promise, sitting, page, draft, hole, limit),
            key="measure-promise",
        )
    return buttons.main_button(
        sitting.say("Tell citizens"),
        icon=ft.Icons.CAMPAIGN,
        press=partial(_tell, sitting, page, draft, hole, limit),
        disabled=IncidentStatus.NOT_RETAINED not in BY_HAND[IncidentStatus(page.incident.status)],
        key="measure-tell",
    )


def _promise(
    sitting: Sitting, page: IncidentPage, draft: Measures, hole: Hole, limit: Limit
) -> None:
    incident = page.incident
    reason = sitting.words.several(
        "{area} cm² by {depth} cm, class {road_class}: {count} day",
        "{area} cm² by {depth} cm, class {road_class}: {count} days",
        limit.days,
        area=hole.area_cm2,
        depth=hole.depth_cm,
        road_class=hole.road_class,
    )
    before = {"fix_by": incident.fix_by, "reason": incident.promise_reason}
    fix_by = incident.opened_at + timedelta(days=limit.days)
    if sitting.act(incidents.promise, incident.id, fix_by=fix_by, reason=reason):
        emptied(draft)
        undo = partial(sitting.act, incidents.promise, incident.id, **before)
        sitting.tell(sitting.say("Promised for {at}.", at=sitting.when(fix_by)), undo=undo)


def _tell(sitting: Sitting, page: IncidentPage, draft: Measures, hole: Hole, limit: Limit) -> None:
    incident = page.incident
    french, english = told_below(hole, limit)
    refused, again = IncidentStatus.NOT_RETAINED, IncidentStatus.REOPENED
    if sitting.act(incidents.answer, incident.id, refused, words_fr=french, words_en=english):
        emptied(draft)
        undo = partial(sitting.act, incidents.answer, incident.id, again)
        sitting.tell(sitting.say("Saved: whoever reported is told."), undo=undo)
