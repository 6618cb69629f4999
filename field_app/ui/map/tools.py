"""What stands on the map: its buttons, and the sentences of what is not drawn."""

import flet as ft

from field_app.ui import tokens
from field_app.ui.map.state import MapState
from field_app.ui.parts import buttons, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, INK, LINE, SURFACE, edge_px


def map_tools(sitting: Sitting, state: MapState) -> ft.Control:
    say = sitting.say
    column: list[ft.Control] = [
        _tool(
            ft.Icons.LAYERS,
            say("Layers and legend"),
            lambda: state.turns("layers"),
            "map-layers",
            chosen=state.panel == "layers",
        ),
        _tool(ft.Icons.ADD, say("Closer"), lambda: state.zooms(1), "map-closer"),
        _tool(ft.Icons.REMOVE, say("Farther"), lambda: state.zooms(-1), "map-farther"),
    ]
    if not sitting.signed.in_office:  # A desk is where it is.
        column.append(
            _tool(
                ft.Icons.MY_LOCATION,
                say("Centre on me"),
                lambda: _centre_on_me(sitting, state),
                "map-me",
            )
        )
    if not sitting.wide:
        column.append(
            _tool(
                ft.Icons.LIST,
                say("The list"),
                lambda: state.turns("list"),
                "map-to-list",
                chosen=state.panel == "list",
            )
        )
    return ft.Column(column, spacing=10, tight=True)


def _centre_on_me(sitting: Sitting, state: MapState) -> None:
    """At once, or a sentence: one may work very well without being found."""
    here, say = sitting.here, sitting.say
    if here is None:
        sitting.tell(
            say("The tablet does not know where it is: allow it its position, or go outside.")
        )
        return
    if sitting.position is None:
        at = sitting.when(here.at)
        sitting.tell(say("This is where the tablet last was, {at}.", at=at))
    state.comes_close(here.position)


def _tool(
    icon: ft.IconData, name: str, press: buttons.Press, key: str, *, chosen: bool = False
) -> ft.Control:
    return ft.Container(
        buttons.tap(
            ft.Icon(icon, size=28, color=ACTION if chosen else INK),
            press=press,
            key=key,
            name=name,
            chosen=chosen,
            fill=SURFACE,
            edge=LINE,
            padding=(tokens.ROW_PX - 30) / 2,
            height=tokens.ROW_PX,
        ),
        width=tokens.ROW_PX,
    )


def note(sentence: str, *, key: str, icon: ft.IconData = ft.Icons.INFO_OUTLINE) -> ft.Control:
    """A sentence that lies on the map and is in nobody's way."""
    said = ft.Container(text.small(sentence, colour=INK), expand=True, expand_loose=True)
    box = ft.Container(
        ft.Row([ft.Icon(icon, size=20, color=INK), said], tight=True),
        bgcolor=ft.Colors.with_opacity(0.92, SURFACE),
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        padding=ft.Padding.symmetric(horizontal=12, vertical=6),
    )
    return ft.Semantics(content=box, identifier=key, container=True)
