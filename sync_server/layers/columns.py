"""The columns of layers: each field, and where its value is in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased

from asset_model.assets import Asset, AssetClass
from asset_model.closures import Closure, ClosureCause, ClosureKind, ClosureStatus
from asset_model.people import Crew, District, Person
from asset_model.vocabulary import WorkOrderKind, WorkOrderSource, WorkOrderStatus
from asset_model.work_orders import WorkOrder
from gis.asset_fields import ASSET_FIELDS, ASSET_ID, CONDITION_FIELDS, NOTE, attribute_fields
from gis.features import Field, Kind
from gis.status_words import choices_of
from sync_server.layers.graded import GRADED
from sync_server.layers.sight import PERSONAL_ATTRIBUTES

Assignee, Finisher, Author = aliased(Person), aliased(Person), aliased(Person)


@dataclass(frozen=True)
class Column:
    """A field, and the SQL expression of its value; `attribute`: its name among the attributes."""

    field: Field
    value: Any
    attribute: str | None = None


def column(name: str, kind: Kind, labels: tuple[str, str], value: Any) -> Column:
    return Column(Field(name, kind, *labels), value)


def choice(name: str, labels: tuple[str, str], value: Any, words: Iterable[str]) -> Column:
    return Column(Field(name, "choice", *labels, choices=choices_of(words)), value)


ELSEWHERE = {
    ASSET_ID: Asset.id,
    "district": District.code,
    "district_name": District.name,
}
"""The fields of an asset that are not its columns of the same name."""

OF_AN_ORDER = (
    column("order_id", "text", ("Identifiant", "Identifier"), WorkOrder.id),
    column("number", "text", ("Numéro", "Number"), WorkOrder.number),
    column("title", "text", ("Titre", "Title"), WorkOrder.title),
    choice("kind", ("Sorte", "Kind"), WorkOrder.kind, WorkOrderKind),
    column("priority", "integer", ("Priorité", "Priority"), WorkOrder.priority),
    choice("status", ("État", "Status"), WorkOrder.status, WorkOrderStatus),
    choice("source", ("Origine", "Source"), WorkOrder.source, WorkOrderSource),
    column("asset_tag", "text", ("Repère de l’actif", "Tag of the asset"), Asset.tag),
    column("district", "text", ("Secteur", "District"), District.code),
    column("crew", "text", ("Équipe", "Crew"), Crew.code),
    column("place", "text", ("Lieu", "Place"), WorkOrder.place),
    column("from_m", "number", ("De (m)", "From (m)"), WorkOrder.from_m),
    column("to_m", "number", ("À (m)", "To (m)"), WorkOrder.to_m),
    column("side", "text", ("Côté", "Side"), WorkOrder.side),
    column("estimated_hours", "number", ("Heures prévues", "Hours"), WorkOrder.estimated_hours),
    column("created_at", "instant", ("Créé le", "Created at"), WorkOrder.created_at),
    column("due_at", "instant", ("Échéance", "Due at"), WorkOrder.due_at),
    column("started_at", "instant", ("Commencé le", "Started at"), WorkOrder.started_at),
    column("completed_at", "instant", ("Terminé le", "Completed at"), WorkOrder.completed_at),
)
WRITTEN_OF_AN_ORDER = (
    column("description", "text", ("Description", "Description"), WorkOrder.description),
    column("reason", "text", ("Raison", "Reason"), WorkOrder.reason),
    column("safety_note", "text", ("Consigne de sécurité", "Safety"), WorkOrder.safety_note),
    column("assignee", "text", ("Assigné à", "Assigned to"), Assignee.name),
    column("completed_by", "text", ("Terminé par", "Completed by"), Finisher.name),
    column("created_by", "text", ("Créé par", "Created by"), Author.name),
)


OF_A_CLOSURE = (
    column("closure_id", "text", ("Identifiant", "Identifier"), Closure.id),
    choice("kind", ("Sorte", "Kind"), Closure.kind, ClosureKind),
    choice("status", ("État", "Status"), Closure.status, ClosureStatus),
    choice("cause", ("Cause", "Cause"), Closure.cause, ClosureCause),
    column("place", "text", ("Rue", "Street"), func.coalesce(Closure.place, Asset.name)),
    column("asset_tag", "text", ("Repère du tronçon", "Tag of the segment"), Asset.tag),
    column("from_m", "number", ("De (m)", "From (m)"), Closure.from_m),
    column("to_m", "number", ("À (m)", "To (m)"), Closure.to_m),
    column("side", "text", ("Côté", "Side"), Closure.side),
    column("begins_at", "instant", ("Début", "Begins at"), Closure.begins_at),
    column("ends_at", "instant", ("Fin prévue", "Expected end"), Closure.ends_at),
    column("lifted_at", "instant", ("Levée le", "Lifted at"), Closure.lifted_at),
    column("detour", "text", ("Détour", "Detour"), Closure.detour),
    column("order_number", "text", ("Bon de travail", "Work order"), WorkOrder.number),
    column("district", "text", ("Secteur", "District"), District.code),
)
WRITTEN_OF_A_CLOSURE = (
    column("note", "text", ("Note", "Note"), Closure.note),
    column("closed_by", "text", ("Fermée par", "Closed by"), Author.name),
    column("lifted_by", "text", ("Levée par", "Lifted by"), Finisher.name),
)


def asset_columns(asset_class: AssetClass, *, people: bool) -> tuple[Column, ...]:
    """The columns of every asset, then the attributes of its class, then its condition."""
    fields = (*ASSET_FIELDS, *((NOTE,) if people else ()))
    own = [
        Column(field, ELSEWHERE.get(field.name) or getattr(Asset, field.name)) for field in fields
    ]
    attributes = [
        Column(field, Asset.attributes[name], name)
        for name, field in attribute_fields(asset_class.attributes).items()
        if people or (asset_class.code, name) not in PERSONAL_ATTRIBUTES
    ]
    condition = (Column(field, GRADED[field.name]) for field in CONDITION_FIELDS)
    return (*own, *attributes, *condition)


def order_columns(*, people: bool) -> tuple[Column, ...]:
    return (*OF_AN_ORDER, *(WRITTEN_OF_AN_ORDER if people else ()))


def closure_columns(*, people: bool) -> tuple[Column, ...]:
    return (*OF_A_CLOSURE, *(WRITTEN_OF_A_CLOSURE if people else ()))
