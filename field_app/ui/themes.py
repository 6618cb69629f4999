"""Palettes as Flet themes: Material's colour roles carry our tokens to every control."""

import flet as ft

from field_app.ui import tokens
from field_app.ui.tokens import Palette

INK = ft.Colors.ON_SURFACE
SOFT = ft.Colors.ON_SURFACE_VARIANT
LINE = ft.Colors.OUTLINE_VARIANT
GROUND = ft.Colors.SURFACE_CONTAINER
SURFACE = ft.Colors.SURFACE
ACTION = ft.Colors.PRIMARY
ON_ACTION = ft.Colors.ON_PRIMARY
GOOD = ft.Colors.TERTIARY
WARN = ft.Colors.SECONDARY
BAD = ft.Colors.ERROR
ACTION_FILL = ft.Colors.PRIMARY_CONTAINER
GOOD_FILL = ft.Colors.TERTIARY_CONTAINER
WARN_FILL = ft.Colors.SECONDARY_CONTAINER
BAD_FILL = ft.Colors.ERROR_CONTAINER
OFF_FILL = ft.Colors.SURFACE_DIM

FILLS: dict[str, str] = {
    ACTION: ACTION_FILL,
    GOOD: GOOD_FILL,
    WARN: WARN_FILL,
    BAD: BAD_FILL,
    SOFT: GROUND,
}


def edge_px(usual_px: int = 1) -> int:
    """How thick an edge is in the look of the page that is being drawn."""
    sitting = ft.context.page.data
    return usual_px - 1 + tokens.LOOKS[sitting.look].edge_px if sitting else usual_px


def dress(page: ft.Page, look: str) -> None:
    """Puts a look on the page; every control follows by itself."""
    palette = tokens.LOOKS[look]
    page.fonts = {
        tokens.FONT: "fonts/AtkinsonHyperlegibleNext-Regular.ttf",
        tokens.FONT_BOLD: "fonts/AtkinsonHyperlegibleNext-Bold.ttf",
    }
    theme = themed(palette)
    page.theme = page.dark_theme = theme
    page.theme_mode = ft.ThemeMode.DARK if palette.dark else ft.ThemeMode.LIGHT
    page.bgcolor = palette.ground


def themed(palette: Palette) -> ft.Theme:
    return ft.Theme(
        color_scheme=_scheme(palette),
        font_family=tokens.FONT,
        text_theme=_text_theme(palette),
        scaffold_bgcolor=palette.ground,
        visual_density=ft.VisualDensity.STANDARD,
        scrollbar_theme=ft.ScrollbarTheme(thumb_visibility=True, thickness=6, radius=3),
    )


def _scheme(palette: Palette) -> ft.ColorScheme:
    return ft.ColorScheme(
        primary=palette.action,
        on_primary=palette.on_action,
        primary_container=palette.action_fill,
        on_primary_container=palette.ink,
        secondary=palette.warn,
        on_secondary=palette.on_action,
        secondary_container=palette.warn_fill,
        on_secondary_container=palette.ink,
        tertiary=palette.good,
        on_tertiary=palette.on_action,
        tertiary_container=palette.good_fill,
        on_tertiary_container=palette.ink,
        error=palette.bad,
        on_error=palette.on_action,
        error_container=palette.bad_fill,
        on_error_container=palette.ink,
        surface=palette.surface,
        on_surface=palette.ink,
        on_surface_variant=palette.soft,
        surface_container=palette.ground,
        surface_container_high=palette.surface,
        surface_container_highest=palette.ground,
        surface_container_low=palette.surface,
        surface_container_lowest=palette.surface,
        surface_dim=palette.off_fill,
        surface_tint=palette.surface,
        outline=palette.soft,
        outline_variant=palette.line,
        inverse_surface=palette.ink,
        on_inverse_surface=palette.ground,
        inverse_primary=palette.action_fill,
    )


def _text_theme(palette: Palette) -> ft.TextTheme:
    """Sizes always come with their colour: without one, text is black on the dark ground."""

    def style(size_px: int, family: str = tokens.FONT) -> ft.TextStyle:
        return ft.TextStyle(size=size_px, color=palette.ink, font_family=family)

    return ft.TextTheme(
        body_large=style(tokens.BODY_PX),
        body_medium=style(tokens.BODY_PX),
        body_small=style(tokens.SMALL_PX),
        label_large=style(tokens.BODY_PX, tokens.FONT_BOLD),
        label_medium=style(tokens.SMALL_PX),
        label_small=style(tokens.SMALL_PX),
        title_large=style(tokens.TITLE_PX, tokens.FONT_BOLD),
        title_medium=style(tokens.LEAD_PX, tokens.FONT_BOLD),
        title_small=style(tokens.BODY_PX, tokens.FONT_BOLD),
    )
