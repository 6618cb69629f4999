"""What the columns of an unknown file seem to mean: by their names, then by their cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pandas import DataFrame

from gis.mapping import OWN_SHAPE, AttributeRule, Pattern
from gis.problems import folded
from gis.values import FALSEHOODS, TRUTHS, Unfit, attribute_value

KEY_NAMES = (
    "entiteid",
    "globalid",
    "asset_id",
    "id",
    "objectid",
    "codeid",
    "code",
    "numero",
    "fid",
)
NUMBER_NAMES = ("no", "num", "numero", "number", "code", "codeid", "tag", "objectid")
NAME_NAMES = (
    "nom_topo", "nom_topogr", "nom complet", "nom", "name", "nom francais", "nom_projet",
    "toponyme", "odonyme", "nom_voie", "street", "street_name", "roadname", "rue", "location",
    "label",
)  # fmt: skip
LONGITUDES = ("longitude", "lon", "long", "lng", "x", "coord_x", "pos_x")
LATITUDES = ("latitude", "lat", "y", "coord_y", "pos_y")

# Other words for attributes, as files of towns have them.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "diameter_mm": ("diametre", "diam", "diameter", "dn", "diam_mm", "size"),
    "material": ("materiau", "mat", "type_mat"),
    "year_built": ("annee", "an_const", "annee_inst", "year", "install_year", "annee_cons"),
    "from_node": ("node_1", "start_node_name", "noeud_debut", "noeud_de", "us_node", "fromnode"),
    "to_node": ("node_2", "end_node_name", "noeud_fin", "noeud_a", "ds_node", "tonode"),
    "pressure_zone": ("presszone_id", "zone_pression", "zone"),
    "network": ("systemtype", "system type", "reseau", "type_res"),
    "road_class": ("hierarchi", "hierarchie", "classe", "clsrte", "highway", "class_rte"),
    "speed_limit_kmh": ("limite_vit", "vitesse", "maxspeed", "vit_max"),
    "one_way": ("direc_uniq", "sens_unique", "oneway", "sens_uniq"),
    "civic_left_from": ("civ_gau_de", "l_from", "from_left"),
    "civic_left_to": ("civ_gau_a", "l_to", "to_left"),
    "civic_right_from": ("civ_drt_de", "r_from", "from_right"),
    "civic_right_to": ("civ_drt_a", "r_to", "to_right"),
    "name_generic": ("generique", "type_axe", "street_type"),
    "name_link": ("liaison",),
    "name_specific": ("specifique", "street_name"),
    "name_direction": ("direction", "dir"),
    "surface": ("revetement", "pavage", "surf"),
    "manufacturer": ("fabricant", "hydrant_manf", "marque"),
    "owner": ("proprio", "proprietaire", "hydrant_owner", "contractauthority"),
    "label": ("etiquette", "hydrant_id", "tag", "no_borne"),
    "street": ("rue", "nom_rue"),
    "kind": ("type", "man_type", "sorte"),
}
UNKNOWN_WORDS = ("", "n/d", "nd", "n/a", "null", "none", "inconnu", "unknown", "a completer", "?")
FITTING_SHARE = 0.6
"""A column is taken for an attribute when this share of its different cells can be."""
DIFFERENT_MAX = 60
KEY_CHARACTERS_MAX = 80


@dataclass(frozen=True)
class Guess:
    """A column taken for an attribute. `doubtful` are cells whose meaning nobody could guess."""

    rule: AttributeRule
    doubtful: tuple[str, ...] = ()


def key_column(frame: DataFrame, columns: Sequence[str]) -> str:
    """The column that is never empty and never the same twice; the shape itself where none is."""
    own = [c for c in columns if frame[c].str.strip().all() and frame[c].is_unique]
    short = [c for c in own if frame[c].str.len().max() <= KEY_CHARACTERS_MAX]
    named = _by_name(short, KEY_NAMES) or next(filter(_names_an_id, short), None)
    numbered = next(filter(_is_numbered, short), None)
    return named or numbered or _by_name(short, NAME_NAMES) or OWN_SHAPE


def _names_an_id(column: str) -> bool:
    return folded(column).endswith("id") or folded(column).startswith("id")


def _is_numbered(column: str) -> bool:
    return any(part in NUMBER_NAMES for part in re.split(r"[^a-z]", folded(column)))


def tag_column(frame: DataFrame, columns: Sequence[str], *, key: str) -> str:
    """What one would print on the thing: the shortest of the columns that could be the key."""
    own = [c for c in columns if frame[c].str.strip().all() and frame[c].is_unique]
    numbered = [c for c in own if _names_an_id(c) or _is_numbered(c)]
    return min([key, *numbered], key=lambda c: frame[c].str.len().max()) if key in own else key


def name_column(columns: Sequence[str]) -> str | None:
    return _by_name(columns, NAME_NAMES)


def place_columns(frame: DataFrame, columns: Sequence[str]) -> tuple[str, str] | None:
    """The columns of longitude and of latitude, by their names."""
    longitude, latitude = _by_name(columns, LONGITUDES), _by_name(columns, LATITUDES)
    return (longitude, latitude) if longitude and latitude else None


def attribute_guesses(
    frame: DataFrame, columns: Sequence[str], *, attributes: Sequence[Mapping[str, Any]]
) -> Iterator[Guess]:
    """For each attribute of the class, the column whose name and cells fit, if there is one."""
    free = list(columns)
    for attribute in attributes:
        words = [attribute["name"], attribute["label_fr"], attribute["label_en"]]
        named = _by_name(free, (*words, *SYNONYMS.get(attribute["name"], ())))
        guess = named and _guess(frame[named], named, attribute)
        if guess:
            free.remove(guess.rule.column)
            yield guess


def _by_name(columns: Sequence[str], words: Sequence[str]) -> str | None:
    plain = {folded(column): column for column in reversed(columns)}
    return next((plain[folded(word)] for word in words if folded(word) in plain), None)


def _guess(cells: Any, column: str, attribute: Mapping[str, Any]) -> Guess | None:
    different = [text for text in dict.fromkeys(cells.str.strip()) if text]
    if not different:
        return None
    none = [text for text in different if folded(text) in UNKNOWN_WORDS]
    rest = [text for text in different if text not in none]
    values: dict[str, Any] = {}
    if attribute["type"] in ("choice", "boolean"):
        values = dict(_translated(rest, attribute)) if len(rest) <= DIFFERENT_MAX else {}
        doubtful = [text for text in rest if text not in values]
    else:
        doubtful = [text for text in rest if not _fits(column, text, attribute)]
    if not rest or len(doubtful) > (1 - FITTING_SHARE) * len(rest):
        return None
    pattern = Pattern(f"{{{column}}}")
    rule = AttributeRule(attribute["name"], pattern, values, frozenset([*none, *doubtful]))
    return Guess(rule, tuple(doubtful))


def _fits(column: str, text: str, attribute: Mapping[str, Any]) -> bool:
    rule = AttributeRule(attribute["name"], Pattern(f"{{{column}}}"))
    try:
        attribute_value(rule, text, attribute=attribute)
    except Unfit:
        return False
    return True


def _translated(texts: Sequence[str], attribute: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The cells that are a choice's code or label, or nearly; and yes and no."""
    known: dict[str, Any] = dict(TRUTHS | FALSEHOODS)
    if attribute["type"] == "choice":
        known = {}
        for choice in attribute["choices"]:
            for word in (choice["code"], choice["label_en"], choice["label_fr"]):
                known[folded(word)] = choice["code"]
    for text in texts:
        close = get_close_matches(folded(text), known, n=1, cutoff=0.75)
        if close:
            yield text, known[close[0]]
