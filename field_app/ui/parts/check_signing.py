"""The end of a circle check: what was found, where, at how many kilometres; the signature."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from asset_model.combinations import TRAILER
from asset_model.fleet_vocabulary import Answer, MadeAs
from asset_model.inspection_forms import Asked
from field_app.actions.circle_checks import is_designated
from field_app.reads.unit_page import UnitPage
from field_app.ui.parts import buttons, cards, fields, standing, text
from field_app.ui.parts.check_draft import CheckDraft
from field_app.ui.parts.signing import signing
from field_app.ui.sitting import Sitting
from field_app.ui.themes import BAD
from field_app.ui.words import noted

MADE_AS = (
    (MadeAs.DRIVER, noted("I drive this unit")),
    (MadeAs.DESIGNATED, noted("I check it for the driver")),
)


def kilometres(told: str) -> float | None:
    """What was typed, as a number; None where nothing or no number was."""
    try:
        value = float(told.strip().replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value < 10_000_000 else None


def check_signing(
    sitting: Sitting, page: UnitPage, what: Asked, draft: CheckDraft, sign: Callable[[], Any]
) -> list[ft.Control]:
    say = sitting.say
    ready = _odometer_ready(sitting, page, draft)
    return [
        cards.section(
            say("What was found"),
            [*_summary(sitting, page, draft), *_not_there(sitting, what)],
        ),
        cards.section(
            say("Where and how far"),
            [
                fields.text_field(
                    say("Municipality or place"),
                    draft.where or page.figures.operator_place,
                    partial(setattr, draft, "where"),
                    key="where",
                ),
                *(_odometer(sitting, page, draft) if page.line.unit.kind != TRAILER else []),
            ],
        ),
        cards.section(
            say("Signature"),
            [
                *_made_as(sitting, draft),
                signing(
                    sitting,
                    say("I, {name}, have checked this unit as the list says.",
                        name=sitting.signed.name),
                    draft,
                    word=say("Sign the report"),
                    icon=ft.Icons.DRAW,
                    sign=sign,
                    key="sign-check",
                    ready=ready,
                ),
            ],
        ),
    ]  # fmt: skip


def _summary(sitting: Sitting, page: UnitPage, draft: CheckDraft) -> list[ft.Control]:
    rows: list[ft.Control] = [
        ft.Row(
            [
                standing.chip(standing.SEVERITIES[found.severity], sitting),
                text.body(
                    f"{found.item_code} · {sitting.words.either(found.label_fr, found.label_en)}",
                    expand=True,
                ),
            ],
            spacing=12,
        )
        for found in draft.found.values()
    ]
    if not rows:
        return [text.strong(sitting.say("No defect was found."))]
    if draft.worst == Answer.MAJOR:
        sentence = sitting.say(
            "Once signed, unit {unit} is out of service until a mechanic certifies the repair.",
            unit=page.line.unit.tag,
        )
        rows.append(cards.banner(sentence, icon=ft.Icons.BLOCK, colour=BAD, name="will-stop"))
    return rows


def _not_there(sitting: Sitting, what: Asked) -> list[ft.Control]:
    """What of the list such a unit has not: it is in the report all the same."""
    given = what.at_first()
    if not given:
        return []
    told = sitting.words.several(
        "{count} item of the list is not on such a unit: {items}.",
        "{count} items of the list are not on such a unit: {items}.",
        len(given),
        items=", ".join(
            f"{item['code']} {sitting.words.either(item['label_fr'], item['label_en'])}"
            for item in what.items
            if item["code"] in given
        ),
    )
    return [text.small(told)]


def typed(sitting: Sitting, page: UnitPage, draft: CheckDraft) -> str:
    """What the field of the odometer says: what was read last, until somebody types another."""
    if draft.odometer is not None or page.odometer_km is None:
        return draft.odometer or ""
    plain = f"{page.odometer_km:.10g}"
    return plain.replace(".", ",") if sitting.language == "fr" else plain


def _odometer_ready(sitting: Sitting, page: UnitPage, draft: CheckDraft) -> bool:
    """Nothing, or a number; a lower one than the last with its reason."""
    said = typed(sitting, page, draft)
    if not said.strip():
        return True
    value = kilometres(said)
    if value is None:
        return False
    falls = page.odometer_km is not None and value < page.odometer_km
    return not falls or bool(draft.odometer_why.strip())


def _odometer(sitting: Sitting, page: UnitPage, draft: CheckDraft) -> list[ft.Control]:
    said = typed(sitting, page, draft)
    last, value = page.odometer_km, kilometres(said)
    helper = sitting.say("Last read: {km} km", km=last) if last is not None else None
    falls = last is not None and value is not None and value < last
    error = None
    if said.strip() and value is None:
        error = sitting.say("Not a number")
    elif falls:
        error = sitting.say("Lower than the last one: say why")
    field = fields.text_field(
        sitting.say("Odometer, in km"),
        said,
        partial(setattr, draft, "odometer"),
        key="odometer",
        numeric=True,
        helper=helper,
        error=error,
    )
    why = fields.text_field(
        sitting.say("Why it is lower"),
        draft.odometer_why,
        partial(setattr, draft, "odometer_why"),
        key="odometer-why",
    )
    return [field, *([why] if falls else [])]


def _made_as(sitting: Sitting, draft: CheckDraft) -> list[ft.Control]:
    """Asked of those whom the operator has designated; everybody else drives."""
    if not sitting.read(is_designated, sitting.signed.id, sitting.workplace.clock()):
        return []
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=draft.made_as == code,
            press=partial(setattr, draft, "made_as", code),
            key=f"made-as-{code}",
        )
        for code, word in MADE_AS
    ]
    return [ft.Row(row, wrap=True, spacing=10, run_spacing=10)]
