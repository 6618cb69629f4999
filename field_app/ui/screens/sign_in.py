"""Sign-in without a signal: your name, then your PIN on large keys."""

from dataclasses import dataclass
from functools import partial
from string import ascii_uppercase
from typing import Any

import flet as ft
from sqlalchemy.exc import OperationalError

from asset_model.people import Person
from field_app.actions import sign_in
from field_app.store.folding import folded
from field_app.store.unwritten import not_saved
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.keyboard import DIGITS, PASS_ON, Key, use_keys
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.alert_at_the_door import AlertAtTheDoor
from field_app.ui.sitting import Signed, Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, INK, LINE, SOFT, SURFACE
from field_app.ui.words import noted

PIN_MAX = 8
NAMES_PX, PAD_PX = 440, 380
LETTERS = tuple(ascii_uppercase)
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "back", "0", "ok")


@component
def SignIn() -> Any:
    sitting = use_sitting()
    people = sitting.read(sign_in.people_here)
    last = sitting.workplace.preference("last_person", "")
    chosen, choose = ft.use_state(last)
    person = next((one for one in people if one.id == chosen), None)
    use_keys(_keys(sitting, people, chosen, choose))
    names = NameList(people, chosen, choose, key="names")
    pad = PinPad(person, key=f"pad-{person.id}") if person else None
    if sitting.wide:
        right = pad or cards.empty(sitting.say("Choose your name."), icon=ft.Icons.TOUCH_APP)
        return _framed(sitting, _side_by_side(names, right), ft.Alignment.TOP_CENTER)
    if pad is None:
        return _framed(sitting, names, ft.Alignment.TOP_CENTER)
    return _framed(
        sitting, _pad_alone(sitting, pad, partial(choose, "")), ft.Alignment.BOTTOM_CENTER
    )


def _keys(sitting: Sitting, people: list[Person], chosen: str, choose: Any) -> list[Key]:
    """Arrows, or the first letter of a name; then the digits."""
    ids = [person.id for person in people]

    def step(key: str) -> None:
        sitting.keyboard.rest()
        at = ids.index(chosen) if chosen in ids else -1
        choose(ids[(max(at, 0) - 1 if key == "up" else at + 1) % len(ids)])

    def lettered(key: str) -> Any:
        named = [one.id for one in people if folded(one.name).startswith(key.lower())]
        if not named:
            return PASS_ON
        sitting.keyboard.rest()
        choose(named[(named.index(chosen) + 1) % len(named) if chosen in named else 0])
        return None

    arrows = Key(("up", "down"), noted("The name before, the next one"), step)
    letters = Key(LETTERS, noted("The name that begins with this letter"), lettered, "A – Z")
    return [arrows, letters] if people else []


def _framed(sitting: Sitting, inside: Any, alignment: ft.Alignment) -> ft.Control:
    body = ft.Container(inside, expand=True, padding=24, alignment=alignment)
    return ft.Column(
        [AlertAtTheDoor(key="alert-at-the-door"), body],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _side_by_side(names: Any, right: Any) -> ft.Control:
    return ft.Row(
        [ft.Container(names, width=NAMES_PX), ft.Container(right, width=PAD_PX)],
        alignment=ft.MainAxisAlignment.CENTER,
        vertical_alignment=ft.CrossAxisAlignment.START,
        spacing=32,
    )


def _pad_alone(sitting: Sitting, pad: Any, back: Any) -> ft.Control:
    """In the hand, the keys lie low, where the thumbs are."""
    other = buttons.plain_button(
        sitting.say("Someone else"), icon=ft.Icons.ARROW_BACK, press=back, key="other"
    )
    return ft.Column(
        [ft.Row([other]), pad],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )


@component
def NameList(people: list[Person], chosen: str, choose: Any) -> Any:
    sitting = use_sitting()
    rows: list[ft.Control] = [
        buttons.tap(
            ft.Row(
                [
                    ft.Icon(ft.Icons.ACCOUNT_CIRCLE, color=ACTION, size=36),
                    text.strong(person.name, size_px=tokens.LEAD_PX),
                ],
                spacing=16,
            ),
            press=partial(choose, person.id),
            key=f"person-{person.id}",
            chosen=person.id == chosen,
            padding=ft.Padding.symmetric(horizontal=16),
            height=tokens.MAIN_PX,
        )
        for person in people
    ]
    if not rows:
        sentence = sitting.say("Waiting for the names. They come with the first exchange.")
        rows = [cards.empty(sentence, icon=ft.Icons.CLOUD_SYNC)]
    heading = text.title(sitting.say("Who are you?"))
    return ft.Column(
        [heading, ft.ListView(rows, spacing=6, expand=True)],
        expand=True,
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


@ft.observable
@dataclass
class Typed:
    pin: str = ""
    error: str = ""


@component
def PinPad(person: Person) -> Any:
    sitting = use_sitting()
    typed = use_passing(Typed)

    def press(key: str) -> None:
        if key == "ok":
            pin, typed.pin = typed.pin, ""
            typed.error = _signed_in(sitting, person, pin) if pin else typed.error
        elif key == "back":
            typed.pin = typed.pin[:-1]
        elif len(typed.pin) < PIN_MAX:
            typed.error = ""
            typed.pin += key

    use_keys(_pad_keys(sitting, press))
    rows = [
        ft.Row(
            [_key(sitting, key, press) for key in KEYS[start : start + 3]],
            spacing=12,
            alignment=ft.MainAxisAlignment.CENTER,
        )
        for start in range(0, len(KEYS), 3)
    ]
    hint = sitting.say("Your PIN")
    shown: list[ft.Control] = [
        text.title(person.name),
        ft.Semantics(content=_dots(typed.pin), label=f"{hint}: {len(typed.pin)}", container=True),
    ]
    if typed.error:
        shown.append(cards.banner(typed.error, icon=ft.Icons.ERROR, colour=BAD, name="error"))
    return ft.Column([*shown, *rows], spacing=12, horizontal_alignment=ft.CrossAxisAlignment.CENTER)


def _pad_keys(sitting: Sitting, press: Any) -> list[Key]:
    def digit(key: str) -> None:
        """Whoever came to their name by Tab types their PIN now: Enter is for that, and not for
        the name that still has the focus.
        """
        sitting.keyboard.rest()
        press(key)

    return [
        Key(("0", *DIGITS), noted("Your PIN"), digit, "0 – 9"),
        Key(("backspace",), noted("Erase"), lambda _: press("back")),
        Key(("enter",), noted("Sign in"), lambda _: press("ok")),
    ]


def _dots(pin: str) -> ft.Control:
    """As many dots as digits, and room for four."""
    dots: list[ft.Control] = [
        ft.Container(
            width=18,
            height=18,
            border_radius=9,
            bgcolor=INK if n < len(pin) else None,
            border=ft.Border.all(2, INK if n < len(pin) else SOFT),
        )
        for n in range(max(4, len(pin)))
    ]
    return ft.Container(ft.Row(dots, spacing=14, alignment=ft.MainAxisAlignment.CENTER), height=40)


def _key(sitting: Sitting, key: str, press: Any) -> ft.Control:
    names = {"back": sitting.say("Erase"), "ok": sitting.say("Sign in")}
    icons = {"back": ft.Icons.BACKSPACE, "ok": ft.Icons.LOGIN}
    content: ft.Control = text.strong(key, size_px=tokens.TITLE_PX)
    if key in icons:
        colour = ft.Colors.ON_PRIMARY if key == "ok" else INK
        content = ft.Icon(icons[key], size=30, color=colour)
    return buttons.tap(
        ft.Container(content, width=112, alignment=ft.Alignment.CENTER),
        press=lambda: press(key),
        key=f"key-{key}",
        name=names.get(key),
        height=tokens.MAIN_PX + 8,
        fill=ACTION if key == "ok" else SURFACE,
        edge=ACTION if key == "ok" else LINE,
    )


def _signed_in(sitting: Sitting, person: Person, pin: str) -> str:
    """Signs the person in; what was wrong, in words, or nothing."""
    now = sitting.workplace.clock()
    try:
        with sitting.workplace.database.writing() as session:
            problem = sign_in.check_pin(session, person.id, pin, now=now)
    except OperationalError as error:
        # A try that cannot be counted is not a try: else a full disk would open the lock.
        problem = not_saved(error)
    if problem is not None:
        return problem.sentence(sitting.language)
    sitting.workplace.keep("last_person", person.id)
    sitting.language = person.language
    sitting.person = Signed.of(person)
    return ""
