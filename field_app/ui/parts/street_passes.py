"""The passes along a street: when it was last done and by whom, and telling of one more."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.base import instant
from asset_model.passes import Direction, Pass
from asset_model.passes_along import END_M, Made
from asset_model.roles import may_insert
from field_app.actions.passes import Load, NewPass, take_back, tell_pass
from field_app.reads.closures import Street
from field_app.reads.passes import StreetPasses, street_passes
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.pass_load import (
    LoadDraft,
    keep,
    load_form,
    load_row,
    load_words,
    use_load,
)
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

SEEN = timedelta(days=365)
WAYS = (
    noted("northbound"), noted("north-eastbound"), noted("eastbound"), noted("south-eastbound"),
    noted("southbound"), noted("south-westbound"), noted("westbound"), noted("north-westbound"),
)  # fmt: skip


@component
def StreetPassesCard(asset_id: str, order_id: str | None = None, open_work: bool = True) -> Any:
    """Nothing where the asset is no street."""
    sitting = use_sitting()
    draft = use_load(sitting)
    since = sitting.workplace.clock() - SEEN
    page = sitting.read(street_passes, asset_id, since=since)
    if page is None:
        return ft.Container(height=0)
    rows: list[ft.Control] = [_row(sitting, page, made) for made in page.made]
    if page.total > len(page.made):
        shown = sitting.say("{shown} of {total} shown.", shown=len(page.made), total=page.total)
        rows.append(text.small(shown))
    if not rows:
        rows = [text.body(sitting.say("No pass told for a year."))]
    if open_work and may_insert(sitting.signed.role, "pass"):
        rows += load_form(sitting, draft) if draft.open else [load_row(sitting, draft)]
        rows.append(_ways(sitting, page, draft, order_id))
    return cards.section(sitting.say("Passes"), rows)


def told_pass(
    sitting: Sitting, street: Street, draft: LoadDraft, direction: str | None, order_id: str | None
) -> None:
    """One press: the whole street; the notice takes it back."""
    new = NewPass(street, draft.now(), direction, order_id=order_id)
    made: Pass | None = sitting.make(tell_pass, new)
    if made is None:
        return
    draft.told_at = instant(sitting.workplace.clock())
    keep(sitting, draft)
    at = times.clock(made.done_at, sitting.workplace.zone)
    sentence = sitting.say("Pass told: {street}, {at}.", street=street.name, at=at)
    sitting.tell(sentence, undo=partial(back, sitting, made.id))


def back(sitting: Sitting, pass_id: str) -> None:
    if sitting.act(take_back, pass_id):
        sitting.tell(sitting.say("Pass taken back: it counts no more."))


def way_word(sitting: Sitting, bearing: float, direction: str | None) -> str:
    """As the compass says it: nobody knows which way a line was drawn."""
    if direction is None:
        return sitting.say("way not noted")
    if direction == Direction.BOTH:
        return sitting.say("there and back")
    turned = bearing if direction == Direction.FORWARD else bearing + 180
    return sitting.say(WAYS[round(turned / 45) % 8])


def since_words(sitting: Sitting, moment: datetime) -> str:
    """*il y a 2 h*: how long a street has waited since."""
    length = sitting.workplace.clock() - moment
    return sitting.say("done {span} ago", span=times.span(length, sitting.words))


def _ways(
    sitting: Sitting, page: StreetPasses, draft: LoadDraft, order_id: str | None
) -> ft.Control:
    """A button for each way: one press says all."""
    ways: tuple[str, ...] = (Direction.FORWARD,)
    if not page.one_way:
        ways = (Direction.FORWARD, Direction.BACKWARD, Direction.BOTH)
    made: list[ft.Control] = [
        buttons.plain_button(
            sitting.say("Pass done, {way}", way=way_word(sitting, page.bearing, way)),
            icon=ft.Icons.ADD_ROAD,
            press=partial(told_pass, sitting, page.street, draft, way, order_id),
            key=f"pass-{way}",
        )
        for way in ways
    ]
    return ft.Row(made, wrap=True, spacing=10, run_spacing=10)


def _row(sitting: Sitting, page: StreetPasses, made: Made) -> ft.Control:
    told, words = made.told, sitting.words
    load = Load(told.kind, told.blade_down, told.material, told.rate, told.rate_unit or "kg_per_km")
    at = sitting.when(told.done_at)
    foot = [at, way_word(sitting, page.bearing, made.direction)]
    if made.from_m > END_M or made.to_m < page.street.length_m - END_M:
        start, end = words.number(round(made.from_m)), words.number(round(made.to_m))
        foot.append(sitting.say("from {start} m to {end} m", start=start, end=end))
    foot.append(page.people.get(told.person_id or "", ""))
    lines: list[ft.Control] = [
        text.body(f"{since_words(sitting, told.done_at)} · {load_words(sitting, load)}", lines=2),
        text.small(" · ".join(filter(None, foot)), lines=2),
    ]
    return ft.Row([ft.Column(lines, spacing=2, expand=True), *_taking_back(sitting, told)])


def _taking_back(sitting: Sitting, told: Pass) -> list[ft.Control]:
    own = told.person_id == sitting.signed.id or sitting.signed.in_office
    if not own or not may_insert(sitting.signed.role, "pass"):
        return []
    return [
        buttons.plain_button(
            sitting.say("Take back"), icon=ft.Icons.UNDO, key=f"pass-back-{told.id}",
            press=partial(back, sitting, told.id),
        )
    ]  # fmt: skip
