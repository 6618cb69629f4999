"""The asset classes a town starts with; it may change them and add its own without code.

Each is a dict with the columns of `AssetClass`. Attribute and choice codes are English, once and
for all: they are what rows hold. Labels are French and English. Icons are Material names.
"""

from collections.abc import Mapping
from typing import Any

from asset_model.builtin_choices import (
    ATTACHMENT_KINDS,
    CONNECTION_USES,
    FLOW_CLASSES,
    FUELS,
    HYDRANT_KINDS,
    LAMPS,
    NETWORKS,
    OWNERS,
    PIPE_MATERIALS,
    ROAD_CLASSES,
    SEGMENT_KINDS,
    SIGN_FAMILIES,
    SOURCE_KINDS,
    SURFACES,
    VALVE_CONDITIONS,
    VALVE_KINDS,
    VALVE_POSITIONS,
    VEHICLE_KINDS,
)
from asset_model.vocabulary import GeometryKind

Attribute = dict[str, Any]
Labels = tuple[str, str]


def _attribute(name: str, kind: str, labels: Labels, **limits: Any) -> Attribute:
    french, english = labels
    return {"name": name, "type": kind, "label_fr": french, "label_en": english, **limits}


def _text(name: str, fr: str, en: str) -> Attribute:
    return _attribute(name, "text", (fr, en))


def _flag(name: str, fr: str, en: str) -> Attribute:
    return _attribute(name, "boolean", (fr, en))


def _whole(name: str, fr: str, en: str, low: int, high: int, unit: str | None = None) -> Attribute:
    return _attribute(name, "integer", (fr, en), minimum=low, maximum=high, unit=unit)


def _number(name: str, fr: str, en: str, low: float, high: float, unit: str) -> Attribute:
    return _attribute(name, "number", (fr, en), minimum=low, maximum=high, unit=unit)


def _choice(name: str, fr: str, en: str, choices: Mapping[str, Labels]) -> Attribute:
    listed = [
        {"code": code, "label_fr": french, "label_en": english}
        for code, (french, english) in choices.items()
    ]
    return _attribute(name, "choice", (fr, en), choices=listed)


INSTALLED = _whole("year_built", "Année de construction", "Year built", 1800, 2200)
DIAMETER = _number("diameter_mm", "Diamètre", "Diameter", 5, 5000, "mm")
WIDTH = _number("width_m", "Largeur", "Width", 0.1, 100, "m")
PIPE_MATERIAL = _choice("material", "Matériau", "Material", PIPE_MATERIALS)
MAKE_AND_MODEL = [
    _text("manufacturer", "Fabricant", "Manufacturer"),
    _text("model", "Modèle", "Model"),
    _whole("model_year", "Année", "Model year", 1950, 2200),
]


def _class(
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


def _civic(name: str, fr: str, en: str) -> Attribute:
    return _whole(name, fr, en, 1, 99_999)


BUILTIN_CLASSES: tuple[dict[str, Any], ...] = (
    _class(
        "road_segment",
        ("Tronçon de rue", "Road segment"),
        "edit_road",
        GeometryKind.LINE,
        _text("name_generic", "Générique (rue, chemin)", "Generic (rue, chemin)"),
        _text("name_link", "Particule de liaison", "Linking particle"),
        _text("name_specific", "Spécifique", "Specific"),
        _text("name_direction", "Point cardinal", "Cardinal direction"),
        _choice("road_class", "Classe", "Class", ROAD_CLASSES),
        _choice("segment_kind", "Sorte de tronçon", "Kind of segment", SEGMENT_KINDS),
        _whole("speed_limit_kmh", "Limite de vitesse", "Speed limit", 5, 130, "km/h"),
        _flag("one_way", "Sens unique", "One way"),
        _civic("civic_left_from", "Numéro civique, gauche, de", "Civic number, left, from"),
        _civic("civic_left_to", "Numéro civique, gauche, à", "Civic number, left, to"),
        _civic("civic_right_from", "Numéro civique, droite, de", "Civic number, right, from"),
        _civic("civic_right_to", "Numéro civique, droite, à", "Civic number, right, to"),
        _text("side", "Côté", "Side"),
        _whole("lanes", "Voies", "Lanes", 1, 12),
        _choice("surface", "Revêtement", "Surface", SURFACES),
        WIDTH,
        _whole("winter_level", "Niveau de déneigement", "Winter service level", 1, 6),
    ),
    _class(
        "sidewalk",
        ("Trottoir", "Sidewalk"),
        "directions_walk",
        GeometryKind.LINE,
        _choice("surface", "Revêtement", "Surface", SURFACES),
        WIDTH,
        _flag("winter_cleared", "Déneigé l’hiver", "Cleared in winter"),
    ),
    _class(
        "pipe",
        ("Conduite", "Pipe"),
        "plumbing",
        GeometryKind.LINE,
        _choice("network", "Réseau", "Network", NETWORKS),
        PIPE_MATERIAL,
        DIAMETER,
        INSTALLED,
        _text("from_node", "Nœud de départ", "From node"),
        _text("to_node", "Nœud d’arrivée", "To node"),
        _text("pressure_zone", "Zone de pression", "Pressure zone"),
    ),
    _class(
        "valve",
        ("Vanne", "Valve"),
        "adjust",
        GeometryKind.POINT,
        _choice("kind", "Sorte", "Kind", VALVE_KINDS),
        _choice("normal_position", "Position normale", "Normal position", VALVE_POSITIONS),
        DIAMETER,
        _whole("turns_to_close", "Tours pour fermer", "Turns to close", 1, 500),
        _choice("condition", "État", "Condition", VALVE_CONDITIONS),
    ),
    _class(
        "hydrant",
        ("Borne-fontaine", "Hydrant"),
        "fire_hydrant_alt",
        GeometryKind.POINT,
        _text("label", "Étiquette", "Label"),
        _choice("owner", "Propriétaire", "Owner", OWNERS),
        _choice("kind", "Sorte", "Kind", HYDRANT_KINDS),
        _text("street", "Rue", "Street"),
        _choice("flow_class", "Classe de débit (NFPA 291)", "Flow class (NFPA 291)", FLOW_CLASSES),
        INSTALLED,
    ),
    _class(
        "service_connection",
        ("Branchement d’eau", "Service connection"),
        "water_damage",
        GeometryKind.POINT,
        _choice("use", "Usage", "Use", CONNECTION_USES),
        _whole("dwellings", "Logements", "Dwellings", 1, 5_000),
        _flag("told_in_person", "À aviser en personne", "To be told in person"),
    ),
    _class(
        "water_source",
        ("Source d’eau", "Water source"),
        "water_drop",
        GeometryKind.POINT,
        _choice("kind", "Sorte", "Kind", SOURCE_KINDS),
        _text("node", "Nœud", "Node"),
    ),
    _class(
        "manhole",
        ("Regard", "Manhole"),
        "album",
        GeometryKind.POINT,
        _choice("network", "Réseau", "Network", NETWORKS),
        _text("node", "Nœud", "Node"),
        _number("depth_m", "Profondeur", "Depth", 0.1, 60, "m"),
    ),
    _class(
        "catch_basin",
        ("Puisard", "Catch basin"),
        "grid_on",
        GeometryKind.POINT,
        _choice("network", "Réseau", "Network", NETWORKS),
        _number("depth_m", "Profondeur", "Depth", 0.1, 20, "m"),
    ),
    _class(
        "culvert",
        ("Ponceau", "Culvert"),
        "water",
        GeometryKind.LINE,
        PIPE_MATERIAL,
        DIAMETER,
        INSTALLED,
    ),
    _class(
        "street_light",
        ("Lampadaire", "Street light"),
        "light",
        GeometryKind.POINT,
        _choice("lamp", "Lampe", "Lamp", LAMPS),
        _number("power_w", "Puissance", "Power", 1, 2000, "W"),
        _text("circuit", "Circuit", "Circuit"),
    ),
    _class(
        "sign",
        ("Panneau", "Sign"),
        "signpost",
        GeometryKind.POINT,
        _choice("family", "Famille", "Family", SIGN_FAMILIES),
        _text("sign_code", "Code (Tome V)", "Code (Tome V)"),
        _text("message", "Message", "Message"),
    ),
    _class(
        "vehicle",
        ("Véhicule", "Vehicle"),
        "local_shipping",
        GeometryKind.NONE,
        _choice("kind", "Sorte", "Kind", VEHICLE_KINDS),
        *MAKE_AND_MODEL,
        _text("vin", "Numéro d’identification (NIV)", "VIN"),
        _text("plate", "Plaque", "Plate"),
        _choice("fuel", "Carburant", "Fuel", FUELS),
        _number(
            "gross_weight_kg",
            "Poids nominal brut (PNBV)",
            "Gross vehicle weight rating",
            100,
            70_000,
            "kg",
        ),
    ),
    _class(
        "attachment",
        ("Accessoire", "Attachment"),
        "hardware",
        GeometryKind.NONE,
        _choice("kind", "Sorte", "Kind", ATTACHMENT_KINDS),
        *MAKE_AND_MODEL,
        WIDTH,
    ),
    _class(
        "building",
        ("Bâtiment", "Building"),
        "apartment",
        GeometryKind.POLYGON,
        _text("use", "Usage", "Use"),
        INSTALLED,
        _whole("floors", "Étages", "Floors", 1, 200),
        _number("area_m2", "Superficie", "Floor area", 1, 1_000_000, "m²"),
    ),
)
