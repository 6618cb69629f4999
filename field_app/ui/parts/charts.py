"""Charts, with every number of theirs in words for whoever cannot see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

import flet as ft
import flet_charts as fch

from field_app.ui import tokens
from field_app.ui.parts import text
from field_app.ui.themes import INK, LINE, SOFT, SURFACE
from field_app.ui.words import Words

LABEL_PX, ONE_LINE = 108, 10
STEPS = 4
"""Lines across a chart: as many as one reads at a glance."""


@dataclass(frozen=True)
class Bar:
    """One bar, and what is said of it."""

    value: float
    colour: str
    said: str
    limit: float | None = None
    """What it should not go over: it stands pale behind the bar."""


@dataclass(frozen=True)
class Group:
    """Bars that stand together over one label."""

    label: str
    bars: Sequence[Bar]


def bar_chart(
    groups: Sequence[Group],
    words: Words,
    *,
    said: str,
    height_px: int = 220,
    width_px: int = 26,
) -> ft.Control:
    """`said`: what the chart is of."""
    tops = [max(bar.value, bar.limit or 0.0) for group in groups for bar in group.bars]
    step = _step(max([*tops, 0.0]))
    most = step * STEPS
    chart = fch.BarChart(
        groups=[_group(place, group, width_px) for place, group in enumerate(groups)],
        left_axis=_left(step, words),
        bottom_axis=_bottom(groups),
        horizontal_grid_lines=fch.ChartGridLines(interval=step, color=LINE, width=1),
        border=ft.Border.only(bottom=ft.BorderSide(1, SOFT)),
        tooltip=fch.BarChartTooltip(
            bgcolor=SURFACE,
            border_side=ft.BorderSide(1, LINE),
            fit_inside_horizontally=True,
            fit_inside_vertically=True,
        ),
        min_y=0,
        max_y=most,
        height=height_px,
        expand=True,
    )
    told = ". ".join([said, *(bar.said for group in groups for bar in group.bars)])
    return ft.Semantics(content=chart, label=told, exclude_semantics=True, container=True)


def _group(place: int, group: Group, width_px: int) -> fch.BarChartGroup:
    rods = [
        fch.BarChartRod(
            to_y=bar.value,
            color=bar.colour,
            width=width_px,
            bg_to_y=bar.limit,
            bgcolor=LINE if bar.limit else None,
            border_radius=ft.BorderRadius.only(top_left=4, top_right=4),
            tooltip=fch.BarChartRodTooltip(
                text=bar.said, text_style=ft.TextStyle(size=tokens.SMALL_PX, color=INK)
            ),
        )
        for bar in group.bars
    ]
    return fch.BarChartGroup(x=place, rods=rods, spacing=4)


def _left(step: float, words: Words) -> fch.ChartAxis:
    labels = [
        fch.ChartAxisLabel(value=step * place, label=_small(words.number(_round(step * place))))
        for place in range(STEPS + 1)
    ]
    return fch.ChartAxis(labels=labels, label_size=64, label_spacing=step)


def _bottom(groups: Sequence[Group]) -> fch.ChartAxis:
    """Labels of two words stand on two lines, so that none lies over its neighbour."""
    labels = [
        fch.ChartAxisLabel(value=place, label=_under(group.label))
        for place, group in enumerate(groups)
        if group.label
    ]
    two_lines = any(len(group.label) > ONE_LINE for group in groups)
    return fch.ChartAxis(labels=labels, label_size=54 if two_lines else 32)


def _under(label: str) -> ft.Control:
    said = ft.Text(
        label,
        size=tokens.SMALL_PX,
        color=SOFT,
        max_lines=2,
        text_align=ft.TextAlign.CENTER,
        overflow=ft.TextOverflow.ELLIPSIS,
    )
    return ft.Container(said, width=LABEL_PX, padding=ft.Padding.only(top=6))


def _small(words: str) -> ft.Control:
    return text.small(words, lines=1)


def _step(most: float) -> float:
    """A quarter of the height, in a number that one can say: 1, 2, 2.5 or 5 and zeros."""
    if most <= 0:
        return 1.0
    wanted = most / STEPS
    unit = 10.0 ** ceil(log10(wanted) - 1)
    return next(unit * each for each in (1.0, 2.0, 2.5, 5.0, 10.0) if unit * each >= wanted)


def _round(value: float) -> float:
    return int(value) if value == int(value) else round(value, 2)


def share_bar(shares: Sequence[tuple[float, str]], *, said: str) -> ft.Control:
    """One bar of several colours side by side, each as long as its share."""
    parts: list[ft.Control] = [
        ft.Container(bgcolor=colour, expand=max(1, round(1000 * share)), height=14)
        for share, colour in shares
        if share > 0
    ]
    bar = ft.Container(
        ft.Row(parts, spacing=2),
        border_radius=7,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        bgcolor=LINE,
        height=14,
    )
    return ft.Semantics(content=bar, label=said, exclude_semantics=True, container=True)
