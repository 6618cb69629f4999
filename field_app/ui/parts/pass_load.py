"""How a truck goes along, chosen once: what it does, its blade, what it spreads and how thick."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.base import instant
from asset_model.passes import PassKind, RateUnit, Spread
from field_app.actions.passes import Load
from field_app.ui.keeping import use_view
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.check_signing import kilometres as number
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted

PREFERENCE = "passes"
SHIFT = timedelta(hours=16)
"""So long after one told of passes, the wheel offers to tell of more."""
KINDS = (
    (PassKind.CLEARING, noted("Snow clearing")),
    (PassKind.SPREADING, noted("Spreading")),
    (PassKind.SWEEPING, noted("Sweeping")),
    (PassKind.PATROL, noted("Patrol")),
)
MATERIALS = (
    (None, noted("Nothing spread")),
    (Spread.SALT, noted("Salt")),
    (Spread.TREATED_SALT, noted("Treated salt")),
    (Spread.SAND, noted("Abrasive")),
    (Spread.MIX, noted("Salt and abrasive")),
)
BLADES = ((True, noted("Blade down")), (False, noted("Blade up")), (None, noted("No blade")))
UNITS = ((RateUnit.KG_PER_KM, "kg/km"), (RateUnit.G_PER_M2, "g/m²"))
USUAL = {
    PassKind.CLEARING: Load(PassKind.CLEARING, blade_down=True),
    PassKind.SPREADING: Load(PassKind.SPREADING, False, Spread.SALT, 120.0),
    PassKind.SWEEPING: Load(PassKind.SWEEPING, None),
    PassKind.PATROL: Load(PassKind.PATROL, None),
}
"""What each kind begins with; what was chosen stays."""


@ft.observable
@dataclass
class LoadDraft:
    """The load as one has it now, `rate` as it is typed; `open` while it is being changed."""

    load: Load
    rate: str = ""
    open: bool = False
    spread: str = ""
    """What was spread last, for a lever that was put off to be put on again."""
    told_at: str = ""
    """When one last told of a pass; empty before the first."""

    def now(self) -> Load:
        return replace(self.load, rate=number(self.rate) or None)

    def recent(self, now: datetime) -> bool:
        return self.told_at >= instant(now - SHIFT)


def use_load(sitting: Sitting) -> LoadDraft:
    """One for each person, on every screen, and over a restart of the tablet."""
    return use_view(sitting, lambda: _kept(sitting), name=PREFERENCE)


def _kept(sitting: Sitting) -> LoadDraft:
    told = sitting.own(PREFERENCE)
    if not told:
        return _draft(USUAL[PassKind.CLEARING])
    known: dict[str, Any] = json.loads(told)
    beside = {name: known.pop(name, "") for name in ("told_at", "spread", "typed")}
    rate = beside.pop("typed")
    return LoadDraft(Load(**known), rate, **beside)


def _draft(load: Load) -> LoadDraft:
    return LoadDraft(load, f"{load.rate:g}" if load.rate else "", spread=load.material or "")


def keep(sitting: Sitting, draft: LoadDraft) -> None:
    draft.spread = draft.load.material or draft.spread
    told = {**asdict(draft.load), "told_at": draft.told_at, "spread": draft.spread}
    told["typed"] = draft.rate
    sitting.keep_own(PREFERENCE, json.dumps(told))


def change(sitting: Sitting, draft: LoadDraft, **more: Any) -> None:
    """One thing of it; another kind begins with what is usual for it."""
    if "kind" in more:
        usual = _draft(USUAL[more["kind"]])
        draft.load, draft.rate, draft.spread = usual.load, usual.rate, usual.spread
    else:
        draft.load = replace(draft.load, **more)
    keep(sitting, draft)


def load_words(sitting: Sitting, load: Load) -> str:
    """*Épandage · sel 120 kg/km · lame levée*."""
    say = sitting.say
    told = [say(dict(KINDS)[PassKind(load.kind)])]
    if load.material is not None:
        word = say(dict(MATERIALS)[Spread(load.material)]).lower()
        unit = dict(UNITS)[RateUnit(load.rate_unit)]
        rate = f" {sitting.words.number(load.rate)}\u00a0{unit}" if load.rate else ""
        told.append(f"{word}{rate}")
    if load.blade_down is not None:
        told.append(say(dict(BLADES)[load.blade_down]).lower())
    return " · ".join(told)


def load_form(sitting: Sitting, draft: LoadDraft) -> list[ft.Control]:
    load, asks = draft.load, partial(change, sitting, draft)

    def rated(value: str) -> None:
        draft.rate = value
        keep(sitting, draft)

    rows = [
        _choices(sitting, "kind", KINDS, load.kind, asks),
        _choices(sitting, "blade_down", BLADES, load.blade_down, asks),
        _choices(sitting, "material", MATERIALS, load.material, asks),
    ]
    if load.material is not None:
        unit = dict(UNITS)[RateUnit(load.rate_unit)]
        field = fields.text_field(
            sitting.say("Rate"), draft.rate, rated, key="pass-rate", numeric=True, suffix=unit
        )
        units = [(code, noted(word)) for code, word in UNITS]
        rows += [field, _choices(sitting, "rate_unit", units, load.rate_unit, asks)]
    closing = buttons.plain_button(
        sitting.say("That is right"), icon=ft.Icons.CHECK, key="pass-load-done",
        press=partial(setattr, draft, "open", False),
    )  # fmt: skip
    return [*rows, ft.Row([closing])]


def load_row(sitting: Sitting, draft: LoadDraft) -> ft.Control:
    """What each pass will say, and the way to change it."""
    opening = buttons.plain_button(
        sitting.say("Change"), icon=ft.Icons.TUNE, key="pass-load",
        press=partial(setattr, draft, "open", True),
    )  # fmt: skip
    return ft.Row(
        [text.strong(load_words(sitting, draft.now()), expand=True, lines=2), opening], spacing=12
    )


def _choices(sitting: Sitting, name: str, words: Any, chosen: Any, asks: Any) -> ft.Control:
    made: list[ft.Control] = [
        buttons.choice_button(
            sitting.say(word), chosen=code == chosen, press=partial(asks, **{name: code}),
            key=f"pass-{name}-{code}",
        )
        for code, word in words
    ]  # fmt: skip
    return ft.Row(made, wrap=True, spacing=10, run_spacing=10)
