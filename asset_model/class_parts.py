"""What asset classes are made of: attributes of each type, and those that several classes share."""

from collections.abc import Mapping
from typing import Any

from asset_model.builtin_choices import PIPE_MATERIALS

Attribute = dict[str, Any]
Labels = tuple[str, str]


def attribute(name: str, kind: str, labels: Labels, **limits: Any) -> Attribute:
    french, english = labels
    return {"name": name, "type": kind, "label_fr": french, "label_en": english, **limits}


def text(name: str, fr: str, en: str) -> Attribute:
    return attribute(name, "text", (fr, en))


def flag(name: str, fr: str, en: str) -> Attribute:
    return attribute(name, "boolean", (fr, en))


def whole(name: str, fr: str, en: str, low: int, high: int, unit: str | None = None) -> Attribute:
    return attribute(name, "integer", (fr, en), minimum=low, maximum=high, unit=unit)


def number(name: str, fr: str, en: str, low: float, high: float, unit: str) -> Attribute:
    return attribute(name, "number", (fr, en), minimum=low, maximum=high, unit=unit)


def choice(name: str, fr: str, en: str, choices: Mapping[str, Labels]) -> Attribute:
    listed = [
        {"code": code, "label_fr": french, "label_en": english}
        for code, (french, english) in choices.items()
    ]
    return attribute(name, "choice", (fr, en), choices=listed)


INSTALLED = whole("year_built", "Année de construction", "Year built", 1800, 2200)
DIAMETER = number("diameter_mm", "Diamètre", "Diameter", 5, 5000, "mm")
WIDTH = number("width_m", "Largeur", "Width", 0.1, 100, "m")
PIPE_MATERIAL = choice("material", "Matériau", "Material", PIPE_MATERIALS)
MAKE_AND_MODEL = [
    text("manufacturer", "Fabricant", "Manufacturer"),
    text("model", "Modèle", "Model"),
    whole("model_year", "Année", "Model year", 1950, 2200),
]


def asset_class(
    code: str, labels: Labels, icon: str, geometry: str, *attributes: Attribute
) -> dict[str, Any]:
    french, english = labels
    return {
        "code": code,
        "parent_code": None,
        "label_fr": french,
        "label_en": english,
        "icon": icon,
        "geometry_kind": geometry,
        "attributes": list(attributes),
    }


def civic(name: str, fr: str, en: str) -> Attribute:
    return whole(name, fr, en, 1, 99_999)
