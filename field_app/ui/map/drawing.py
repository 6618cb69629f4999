"""What is read, as layers of the map: the network below, marks over it, the chosen one on top."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import flet as ft
import flet_map as fm

from asset_model.geometry import parts
from field_app.reads.corners import Position
from field_app.reads.map_assets import Shape, is_point
from field_app.reads.map_orders import Spot
from field_app.ui import tokens
from field_app.ui.map.drawn import Drawn
from field_app.ui.map.marks import MAIN_STREET, STREET, Mark, mark_of
from field_app.ui.parts import status
from field_app.ui.themes import ACTION, BAD, INK, ON_ACTION, SOFT, SURFACE

ORDER_PX, MANY_PX, ASSET_PX, CHOSEN_PX = 38, 44, 30, 52
DOTS_BELOW = 15.8


def place(position: Position) -> fm.MapLatitudeLongitude:
    return fm.MapLatitudeLongitude(latitude=position[1], longitude=position[0])


def tile_layer(template: str) -> fm.TileLayer:
    """The base map, from whoever serves the screens."""
    return fm.TileLayer(
        template,
        key=template,  # Another look, or another edition of it: all is asked for anew.
        max_native_zoom=17,
        display_mode=fm.InstantaneousTileDisplay(),
    )


def street_layer(
    drawn: Drawn, streets: Sequence[Shape], *, dark: bool, zoom: float, strong: bool
) -> fm.PolylineLayer:
    """A sketch of the town, where there is no base map to find one's way by; `strong`: as dark, or
    as light, as words are.
    """
    width_px = max(2.0, min(9.0, (round(zoom) - 11) * 1.4))
    colour = SOFT if strong else (MAIN_STREET if zoom < 14 else STREET).on(dark=dark)
    things = [
        (f"{shape.id} {number}", (run, colour, width_px))
        for shape in streets
        for number, run in enumerate(parts(dict(shape.geometry)))
    ]
    return fm.PolylineLayer(
        drawn.each("streets", things, lambda told: line(_on_map(told[0]), told[1], told[2]))
    )


def asset_layers(
    drawn: Drawn, shapes: Sequence[Shape], icons: Mapping[str, str], *, dark: bool, zoom: float
) -> list[fm.MapLayer]:
    """Icons from close by; from afar dots, which lie less on each other."""
    lines = [shape for shape in shapes if not is_point(shape.geometry)]
    points = [shape for shape in shapes if is_point(shape.geometry)]
    ways = [each for shape in lines for each in _shape_lines(shape, icons, dark)]
    size_px = _asset_px(zoom)
    marked = [
        (shape.id, (shape, mark_of(shape.class_code, icons.get(shape.class_code, "")), dark))
        for shape in points
    ]
    over: fm.MapLayer
    if zoom < DOTS_BELOW:
        over = fm.CircleLayer(drawn.each("dots", marked, lambda told: _dot(*told)))
    else:
        sized = [(id, (*told, size_px)) for id, told in marked]
        over = fm.MarkerLayer(drawn.each("assets", sized, lambda told: _asset_mark(*told)))
    return [fm.PolylineLayer(ways), over]


def order_layer(drawn: Drawn, spots: Sequence[Spot]) -> fm.MarkerLayer:
    """The most urgent last, so that they lie over the others."""
    ranked = sorted(spots, key=lambda spot: (spot.late, -spot.priority, spot.order_id))
    return fm.MarkerLayer(
        drawn.each("orders", [(spot.order_id, spot) for spot in ranked], _order_mark)
    )


def chosen_layers(
    position: Position, geometry: Mapping[str, Any] | None, mark: ft.Control
) -> list[fm.MapLayer]:
    """What was chosen: its line drawn out, and a large mark where it is."""
    lines = [] if geometry is None or is_point(geometry) else list(runs(geometry))
    outline = [line(run, ACTION, 9.0, edge=SURFACE) for run in lines]
    marker = fm.Marker(mark, place(position), width=CHOSEN_PX, height=CHOSEN_PX)
    return [fm.PolylineLayer(outline), fm.MarkerLayer([marker])]


def chosen_mark(icon: ft.IconData) -> ft.Control:
    return ft.Container(
        ft.Icon(icon, color=ON_ACTION, size=28),
        bgcolor=ACTION,
        border=ft.Border.all(3, SURFACE),
        border_radius=CHOSEN_PX / 2,
        shadow=_shadow(),
        alignment=ft.Alignment.CENTER,
    )


def me_layer(position: Position, accuracy_m: float, *, fresh: bool) -> fm.CircleLayer:
    """Where the person is, and how sure that is; grey, where it is only where they last were."""
    at, colour = place(position), ACTION if fresh else SOFT
    reach = fm.CircleMarker(
        accuracy_m,
        at,
        color=ft.Colors.with_opacity(0.15, colour),
        border_color=colour,
        border_stroke_width=1,
        use_radius_in_meter=True,
    )
    dot = fm.CircleMarker(10, at, color=colour, border_color=SURFACE, border_stroke_width=4)
    return fm.CircleLayer([reach, dot])


def _shape_lines(shape: Shape, icons: Mapping[str, str], dark: bool) -> Iterator[fm.PolylineMarker]:
    mark = mark_of(shape.class_code, icons.get(shape.class_code, ""))
    for run in runs(shape.geometry):
        yield line(run, mark.hue.on(dark=dark), mark.width_px, dashes=mark.dashes)


def runs(geometry: Mapping[str, Any]) -> Iterator[list[fm.MapLatitudeLongitude]]:
    for run in parts(dict(geometry)):
        yield _on_map(run)


def _on_map(run: Sequence[Sequence[float]]) -> list[fm.MapLatitudeLongitude]:
    return [place((spot[0], spot[1])) for spot in run]


def line(
    run: list[fm.MapLatitudeLongitude],
    colour: str,
    width_px: float,
    *,
    dashes: Sequence[int] = (),
    edge: str | None = None,
) -> fm.PolylineMarker:
    pattern: Any = fm.DashedStrokePattern(list(dashes)) if dashes else fm.SolidStrokePattern()
    return fm.PolylineMarker(
        run,
        color=colour,
        stroke_width=width_px,
        stroke_pattern=pattern,
        border_color=edge or colour,
        border_stroke_width=3 if edge else 0,
    )


def _asset_px(zoom: float) -> float:
    return min(ASSET_PX, max(20.0, 20 + (round(zoom) - 16) * 5))


def _asset_mark(shape: Shape, mark: Mark, dark: bool, size_px: float) -> fm.Marker:
    colour = mark.hue.on(dark=dark)
    disc = ft.Container(
        ft.Icon(mark.icon, color=colour, size=size_px * 0.64),
        bgcolor=SURFACE,
        border=ft.Border.all(2, colour),
        border_radius=size_px / 2,
        alignment=ft.Alignment.CENTER,
    )
    return fm.Marker(disc, place(shape.position), width=size_px, height=size_px)


def _dot(shape: Shape, mark: Mark, dark: bool) -> fm.CircleMarker:
    return fm.CircleMarker(
        5,
        place(shape.position),
        color=mark.hue.on(dark=dark),
        border_color=SURFACE,
        border_stroke_width=1.5,
    )


def _order_mark(spot: Spot) -> fm.Marker:
    size_px = ORDER_PX if spot.count == 1 else MANY_PX
    pressing = spot.late or spot.priority == 1
    sign = status.sign_of(spot.status)
    inside: ft.Control = ft.Icon(sign.icon, color=SURFACE, size=22)
    if spot.count > 1:
        inside = ft.Text(
            str(spot.count), size=tokens.BODY_PX, color=SURFACE, font_family=tokens.FONT_BOLD
        )
    box = ft.Container(
        inside,
        bgcolor=sign.colour if spot.count == 1 else INK,
        border=ft.Border.all(4 if pressing else 2, BAD if pressing else SURFACE),
        border_radius=10 if spot.count == 1 else size_px / 2,
        shadow=_shadow(),
        alignment=ft.Alignment.CENTER,
    )
    return fm.Marker(box, place(spot.position), width=size_px, height=size_px)


def _shadow() -> ft.BoxShadow:
    return ft.BoxShadow(
        blur_radius=4, color=ft.Colors.with_opacity(0.35, ft.Colors.BLACK), offset=ft.Offset(0, 1)
    )
