"""What the map shows and how, read from the data beside this file."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from asset_model.base_map import LOOKS

HAND = 3
"""Raised by whoever changes how the same style is drawn: all is then drawn anew."""

Colours = Mapping[str, str]


@dataclass(frozen=True)
class LabelRule:
    """From which zoom a name shows, and how large its letters are there, in pixels."""

    starts: int
    sizes: tuple[float, ...]
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """How the features of one kind look. `sizes`: widths of lines, or sizes of marks."""

    of: str
    form: Literal["area", "line", "point"]
    starts: int
    fill: str
    sizes: tuple[float, ...] = ()
    edge: str | None = None
    edge_from: int = 0
    far: str | None = None
    """Of a line that has an edge: its colour at the zooms at which it has none yet."""
    dash: tuple[float, ...] = ()
    shape: str = ""
    label: LabelRule | None = None


@dataclass(frozen=True)
class Style:
    rules: tuple[Rule, ...]
    zoom_min: int
    zoom_max: int
    names: Mapping[str, Any]
    arrows: Mapping[str, Any]
    short: Mapping[str, str]
    area_label: LabelRule
    colours: Mapping[str, Colours]
    """By look."""
    digest: str
    """Of everything that decides how a feature is drawn, this data and the fonts."""

    def rule_of(self, *kinds: str) -> int | None:
        """The place of the rule for the first of these kinds that has one."""
        places = _places(self.rules)
        return next((places[kind] for kind in kinds if kind in places), None)


def at_zoom(values: tuple[float, ...], starts: int, zoom: int) -> float:
    """The value for a zoom; the last one holds further."""
    return values[min(zoom - starts, len(values) - 1)]


@cache
def read_style() -> Style:
    data = _toml("style")
    zoom_min, zoom_max = data["zooms"]
    forms: tuple[Literal["area", "line", "point"], ...] = ("area", "line", "point")
    return Style(
        rules=tuple(_rule(form, told) for form in forms for told in data[form]),
        zoom_min=zoom_min,
        zoom_max=zoom_max,
        names=data["names"],
        arrows=data["arrows"],
        short=data["short"],
        area_label=_label(data["names"]["area"]),
        colours={look: _toml(look) for look in LOOKS},
        digest=_digest(),
    )


def font_file(*, bold: bool) -> str:
    return str(_HERE / "fonts" / f"AtkinsonHyperlegibleNext-{'Bold' if bold else 'Regular'}.ttf")


_HERE = files("gis.basemap")


@cache
def _places(rules: tuple[Rule, ...]) -> dict[str, int]:
    return {rule.of: place for place, rule in enumerate(rules)}


def _rule(form: Literal["area", "line", "point"], told: dict[str, Any]) -> Rule:
    return Rule(
        of=told["of"],
        form=form,
        starts=told["from"],
        fill=told["fill"],
        sizes=tuple(map(float, told.get("widths") or told.get("sizes") or ())),
        edge=told.get("edge"),
        edge_from=told.get("edge_from", 0),
        far=told.get("far"),
        dash=tuple(map(float, told.get("dash", ()))),
        shape=told.get("shape", ""),
        label=_label(told["label"]) if "label" in told else None,
    )


def _label(told: dict[str, Any]) -> LabelRule:
    return LabelRule(told["from"], tuple(map(float, told["sizes"])), told.get("bold", False))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text("utf-8"))


def _digest() -> str:
    told = hashlib.sha256(str(HAND).encode())
    for name in ("style.toml", *(f"{look}.toml" for look in LOOKS)):
        told.update((_HERE / name).read_bytes())
    for bold in (False, True):
        told.update(Path(font_file(bold=bold)).read_bytes())
    return told.hexdigest()[:16]
