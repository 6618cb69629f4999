"""The card of what was chosen on the map: the street first, what, where it stands, what next."""

import flet as ft

from asset_model.geometry import distance_m
from asset_model.roles import may_insert
from field_app.reads.corners import Position
from field_app.reads.map_breaks import ChosenBreak
from field_app.reads.map_chosen import Chosen, ChosenAsset, ChosenOrder, ChosenPlace
from field_app.ui import times, tokens
from field_app.ui.map.break_drawing import break_legend
from field_app.ui.map.placing import place_route
from field_app.ui.map.state import MapState
from field_app.ui.parts import buttons, status, text
from field_app.ui.parts.order_row import due_words
from field_app.ui.sitting import Sitting
from field_app.ui.themes import LINE, SURFACE, edge_px


def chosen_card(sitting: Sitting, state: MapState, chosen: Chosen) -> ft.Control:
    say = sitting.say
    match chosen:
        case ChosenOrder():
            heading, lines, acts = _order(sitting, chosen)
        case ChosenAsset():
            heading, lines, acts = _asset(sitting, chosen)
        case ChosenBreak():
            heading, lines, acts = _break(sitting, chosen)
        case ChosenPlace():
            heading, lines, acts = _place(sitting, chosen)
    close = buttons.icon_button(
        ft.Icons.CLOSE, name=say("Close"), press=lambda: sitting.go("/map"), key="card-close"
    )
    there = buttons.plain_button(
        say("Centre"),
        icon=ft.Icons.CENTER_FOCUS_STRONG,
        press=lambda: state.comes_close(chosen.position),
        key="card-centre",
    )
    head = ft.Container(
        text.title(heading, size_px=22), padding=ft.Padding.only(right=tokens.ROW_PX)
    )
    body = ft.Column(
        [head, *lines, ft.Row([*acts, there], spacing=10, run_spacing=10, wrap=True)],
        spacing=6,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return _floating(sitting, ft.Stack([body, ft.Container(close, right=-8, top=-10)]))


def _floating(sitting: Sitting, body: ft.Control) -> ft.Control:
    box = ft.Container(
        body,
        bgcolor=SURFACE,
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        padding=ft.Padding.only(left=18, right=16, top=16, bottom=16),
        shadow=ft.BoxShadow(blur_radius=16, color=ft.Colors.with_opacity(0.28, ft.Colors.BLACK)),
    )
    return ft.Semantics(content=box, identifier="map-card", container=True)


_Told = tuple[str, list[ft.Control], list[ft.Control]]


def _order(sitting: Sitting, chosen: ChosenOrder) -> _Told:
    line, say = chosen.line, sitting.say
    chips = ft.Row(
        [status.chip(status.sign_of(line.status), sitting.words), due_words(sitting, line)],
        spacing=18,
        wrap=True,
    )
    urgency = say(status.PRIORITIES[min(4, max(1, line.priority))])
    about = [_apart(sitting, chosen.position), line.number, urgency, line.crew]
    opens = buttons.main_button(
        say("Open"),
        icon=ft.Icons.ASSIGNMENT,
        press=lambda: sitting.go(f"/orders/{line.id}"),
        key="card-open",
    )
    lines: list[ft.Control] = [
        text.body(line.title, lines=2),
        chips,
        text.small(" · ".join(each for each in about if each)),
    ]
    there = place_route("", chosen.position)
    return line.street or say("No street"), lines, [opens, *_making(sitting, there)]


def _asset(sitting: Sitting, chosen: ChosenAsset) -> _Told:
    found, words = chosen.found, sitting.words
    kind = words.either(found.class_fr, found.class_en)
    about = [kind, found.tag, found.address or "", found.district or ""]
    still = [
        words.several("{count} open order", "{count} open orders", chosen.open_orders),
        _apart(sitting, chosen.position),
    ]
    lines: list[ft.Control] = [
        text.body(" · ".join(each for each in about if each)),
        text.small(" · ".join(each for each in still if each)),
    ]
    there = f"/asset/{found.id}" if sitting.signed.in_office else f"/{found.id}"
    opens = buttons.main_button(
        sitting.say("Open"),
        icon=ft.Icons.QR_CODE_SCANNER,
        press=lambda: sitting.go(f"/assets/{found.id}"),
        key="card-open",
    )
    return found.name, lines, [opens, *_making(sitting, there)]


def _break(sitting: Sitting, chosen: ChosenBreak) -> _Told:
    say, words = sitting.say, sitting.words
    told = [
        words.several("{count} valve to close", "{count} valves to close", chosen.to_close),
        words.several(
            "{count} address without water", "{count} addresses without water", chosen.addresses
        ),
    ]
    valves = buttons.main_button(
        say("The valves"),
        icon=ft.Icons.WATER_DROP,
        press=lambda: sitting.go(f"/break/{chosen.order_id}"),
        key="card-valves",
    )
    lines: list[ft.Control] = [text.body(" · ".join(told)), break_legend(sitting, chosen)]
    return say("Water main break, {place}", place=chosen.place), lines, [valves]


def _place(sitting: Sitting, chosen: ChosenPlace) -> _Told:
    say, place = sitting.say, chosen.place
    where = text.small(_degrees(sitting, chosen.position))
    if place is None:
        return say("A place on the map"), [text.body(say("No street near here.")), where], []
    lines: list[ft.Control] = [where]
    if place.civic:
        lines.insert(0, text.body(say("The civic number is a guess, by the street’s numbers.")))
    return place.address, lines, _making(sitting, place_route("", chosen.position), first=True)


def _making(sitting: Sitting, there: str, *, first: bool = False) -> list[ft.Control]:
    """Those who may make an order make it there: the office plans, the others report."""
    if not may_insert(sitting.signed.role, "work_order"):
        return []
    route, word, icon = "/report", sitting.say("Report here"), ft.Icons.ADD_ALERT
    if sitting.signed.in_office:
        route, word, icon = "/new", sitting.say("Create an order here"), ft.Icons.ADD_BOX
    make = buttons.main_button if first else buttons.plain_button
    return [make(word, icon=icon, press=lambda: sitting.go(route + there), key="card-make")]


def _apart(sitting: Sitting, position: Position) -> str:
    """How far it is from the tablet, where that is known."""
    here = sitting.position
    return times.apart(distance_m(here, position), sitting.words) if here else ""


def _degrees(sitting: Sitting, position: Position) -> str:
    """As one reads it on the radio."""
    longitude, latitude = (sitting.words.decimal(f"{each:.5f}") for each in position)
    return f"{latitude}, {longitude}"
