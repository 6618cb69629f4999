"""What a caller tells of, and where: typed, with the first of what is found taken by Enter."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.catalogue import Service
from field_app.reads.offered import find_services
from field_app.reads.place_search import Spot, spots
from field_app.ui.keyboard import DIGITS, Key
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.call_acts import look
from field_app.ui.parts.call_draft import Call
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION
from field_app.ui.words import noted


def service_parts(sitting: Sitting, call: Call) -> list[ft.Control]:
    say, words = sitting.say, sitting.words
    if call.service is not None:
        name = words.either(call.service.name_fr, call.service.name_en)
        group = words.either(call.service.group_fr, call.service.group_en)
        change = partial(call.choose_service, None)
        return [_chosen(sitting, name, group, change, "service", ft.Icons.CATEGORY)]
    found = sitting.read(find_services, call.asked)

    def first(said: str) -> None:
        meant = sitting.read(find_services, said)
        if meant:
            _take_service(sitting, call, meant[0])

    field = fields.text_field(
        say("What is it about?"),
        call.asked,
        partial(setattr, call, "asked"),
        key="call-service",
        icon=ft.Icons.SEARCH,
        submit=first,
        autofocus=True,
    )
    rows = [
        _row(
            words.either(each.name_fr, each.name_en),
            words.either(each.group_fr, each.group_en),
            partial(_take_service, sitting, call, each),
            f"service-{each.code}",
        )
        for each in found
    ]
    if not rows:
        rows = [text.small(_none(sitting, call))]
    return [field, *rows]


def _none(sitting: Sitting, call: Call) -> str:
    if not call.asked.strip():
        return sitting.say("The services of 311 have not come from the server yet.")
    return sitting.say("Nothing here is called “{text}”.", text=call.asked)


def _take_service(sitting: Sitting, call: Call, service: Service) -> None:
    call.choose_service(service)
    look(sitting, call)


def place_parts(sitting: Sitting, call: Call) -> list[ft.Control]:
    say = sitting.say
    if call.spot is not None:
        return [
            _chosen(sitting, call.spot.label, call.spot.detail, partial(call.place, None),
                    "place", ft.Icons.PLACE)
        ]  # fmt: skip
    found = sitting.read(spots, call.sought) if call.sought.strip() else ()

    def first(said: str) -> None:
        meant = sitting.read(spots, said)
        if meant:
            _take_place(sitting, call, meant[0])

    field = fields.text_field(
        say("Where? An address, a corner (rue A / rue B), a street"),
        call.sought,
        partial(setattr, call, "sought"),
        key="call-place",
        icon=ft.Icons.PLACE,
        submit=first,
        autofocus=True,
    )
    rows = [
        _row(spot.label, spot.detail, partial(_take_place, sitting, call, spot), f"spot-{place}")
        for place, spot in enumerate(found)
    ]
    if call.sought.strip() and not rows:
        rows = [text.small(say("No street of ours is called so. Write less of its name."))]
    return [field, *rows]


def _take_place(sitting: Sitting, call: Call, spot: Spot) -> None:
    call.place(spot)
    look(sitting, call)


def words_parts(sitting: Sitting, call: Call) -> list[ft.Control]:
    """The caller's words, and what the service asks beside."""
    field = fields.text_field(
        sitting.say("In the caller’s words"),
        call.words,
        partial(setattr, call, "words"),
        key="call-words",
        lines=3,
        leave=lambda _said: look(sitting, call),
        autofocus=True,
    )
    questions = call.service.questions if call.service else []
    return [field, *(_question(sitting, call, each) for each in questions)]


def _question(sitting: Sitting, call: Call, asked: dict[str, Any]) -> ft.Control:
    say, words, name = sitting.say, sitting.words, asked["name"]
    label = words.either(asked.get("label_fr", name), asked.get("label_en", name))
    if asked.get("required"):
        label = say("{label} (required)", label=label)
    given = call.answers.get(name)
    match asked["type"]:
        case "choice":
            options = [
                (
                    code := each["code"],
                    words.either(each.get("label_fr", code), each.get("label_en", code)),
                )
                for each in asked["choices"]
            ]
        case "boolean":
            options = [(True, say("Yes")), (False, say("No"))]
        case _:
            return fields.text_field(
                label,
                str(given or ""),
                partial(_typed, call, asked),
                key=f"answer-{name}",
                numeric=asked["type"] in ("integer", "number"),
            )
    row: list[ft.Control] = [
        buttons.choice_button(
            word,
            chosen=given == code and given is not None,
            press=partial(call.answer, name, code),
            key=f"answer-{name}-{code}",
            compact=True,
        )
        for code, word in options
    ]
    return ft.Column([text.strong(label), ft.Row(row, wrap=True, spacing=8)], spacing=6)


def first_choice(call: Call) -> Key | None:
    """The digits answer the first question that must be answered and offers a choice."""
    waiting = call.unanswered
    for asked in call.service.questions if call.service and call.placed else ():
        codes = _codes(asked)
        if asked["name"] not in waiting or not codes:
            continue
        digits = DIGITS[: len(codes)]
        choose = partial(_choose, call, asked["name"], codes)
        word = noted("Answer what must be answered")
        return Key(digits, word, choose, f"1 – {len(digits)}")
    return None


def _choose(call: Call, name: str, codes: list[Any], digit: str) -> None:
    call.answer(name, codes[DIGITS.index(digit)])


def _codes(asked: dict[str, Any]) -> list[Any]:
    if asked["type"] == "boolean":
        return [True, False]
    return [each["code"] for each in asked["choices"]] if asked["type"] == "choice" else []


def _typed(call: Call, asked: dict[str, Any], said: str) -> None:
    """Numbers as numbers; what is none is left as it was typed, and the server says so."""
    value: Any = said.strip()
    if asked["type"] in ("integer", "number") and value:
        try:
            number = float(value.replace(",", "."))
            value = int(number) if number.is_integer() else number
        except ValueError:
            pass
    call.answer(asked["name"], value)


def _chosen(
    sitting: Sitting, name: str, foot: str, change: Any, key: str, icon: ft.IconData
) -> ft.Control:
    lines: list[ft.Control] = [text.strong(name), *([text.small(foot)] if foot else [])]
    button = buttons.plain_button(sitting.say("Change"), press=change, key=f"{key}-change")
    row: list[ft.Control] = [
        ft.Icon(icon, color=ACTION, size=26),
        ft.Column(lines, spacing=0, expand=True),
        button,
    ]
    return cards.card([ft.Row(row, spacing=12)])


def _row(name: str, foot: str, press: Any, key: str) -> ft.Control:
    lines: list[ft.Control] = [text.strong(name), *([text.small(foot, lines=1)] if foot else [])]
    return buttons.tap(
        ft.Column(lines, spacing=0),
        press=press,
        key=key,
        padding=ft.Padding.symmetric(horizontal=12, vertical=10),
    )
