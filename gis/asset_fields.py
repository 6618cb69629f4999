"""The fields of every asset, and those that its class adds: the columns of a file of ours."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from asset_model.conditions import Trend
from asset_model.vocabulary import AssetStatus
from gis.features import Choice, Field
from gis.status_words import choices_of

ASSET_ID = "asset_id"

ASSET_FIELDS = (
    Field(ASSET_ID, "text", "Identifiant", "Identifier"),
    Field("tag", "text", "Repère", "Tag"),
    Field("name", "text", "Nom", "Name"),
    Field("status", "choice", "État", "Status", choices_of(AssetStatus)),
    Field("criticality", "integer", "Criticité", "Criticality"),
    Field("district", "text", "Secteur", "District"),
    Field("district_name", "text", "Nom du secteur", "Name of the district"),
    Field("address", "text", "Adresse", "Address"),
    Field("length_m", "number", "Longueur (m)", "Length (m)"),
    Field("installed_on", "date", "Installé le", "Installed on"),
    Field("parent_id", "text", "Fait partie de", "Part of"),
    Field("source", "text", "Source", "Source"),
    Field("source_key", "text", "Clé dans la source", "Key in the source"),
)
CONDITION_FIELDS = (
    Field("condition_grade", "number", "Cote d’état (1 à 5)", "Condition grade (1 to 5)"),
    Field("condition_at", "instant", "Cote donnée le", "Graded at"),
    Field("condition_trend", "choice", "Tendance de l’état", "Trend", choices_of(Trend)),
)
"""The latest grade of an asset, and where it goes. They come last, and are only told: a grade is a
reading, which a file of assets does not bring.
"""
NOTE = Field("note", "text", "Note", "Note")
"""What people wrote in the field, in their own words."""


def attribute_fields(attributes: Sequence[Mapping[str, Any]]) -> dict[str, Field]:
    """By the name of the attribute, the field it is in: its own, unless every asset has one so
    named.
    """
    taken = {field.name for field in (*ASSET_FIELDS, NOTE, *CONDITION_FIELDS)}
    return {attribute["name"]: _field(attribute, taken) for attribute in attributes}


def _field(attribute: Mapping[str, Any], taken: Iterable[str]) -> Field:
    name = attribute["name"]
    choices = attribute.get("choices") or ()
    return Field(
        name=f"attr_{name}" if name in taken else name,
        kind=attribute["type"],
        label_fr=attribute.get("label_fr") or name,
        label_en=attribute.get("label_en") or name,
        choices=tuple(Choice(c["code"], c["label_fr"], c["label_en"]) for c in choices),
    )
