"""A selection of the town's layers on its way into a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.people import District
from asset_model.vocabulary import GeometryKind
from gis.features import Feature, OutLayer
from sync_server.layers.every import layers_of
from sync_server.layers.filters import having
from sync_server.layers.layer import Layer
from sync_server.layers.of_closures import CLOSURES
from sync_server.layers.of_passes import PASSES
from sync_server.layers.sight import Sight

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Wish:
    """`codes`: asset classes, and those of other layers; none for all. `where`: (field, value)."""

    codes: tuple[str, ...] = ()
    district: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    people: bool = False


def selected(session: Session, wish: Wish) -> list[OutLayer]:
    """The layers that have rows of the selection, to be written while the session is open.

    A layer without a field of `where` is left out, unless no layer has it.

    :raises Refused: ``layer_unknown``, ``district_unknown``, ``filter_unknown``, ``filter_value``
    """
    sight = Sight(people=wish.people)
    layers = _asked(layers_of(session, sight), wish.codes)
    if wish.district is not None:
        _check_district(session, wish.district)
    chosen = [(layer, _conditions(layer, wish)) for layer in _fit(layers, wish)]
    found = [_outgoing(session, layer, conditions) for layer, conditions in chosen]
    return [layer for layer in found if layer.count]


def _asked(layers: Sequence[Layer], codes: Sequence[str]) -> list[Layer]:
    by_code = {layer.code: layer for layer in layers}
    for code in codes:
        if code not in by_code:
            raise Refused("layer_unknown", layer=code, known=", ".join(by_code) or "–")
    return [by_code[code] for code in dict.fromkeys(codes)] if codes else list(layers)


def _fit(layers: Sequence[Layer], wish: Wish) -> list[Layer]:
    fit = [layer for layer in layers if all(layer.column(name) for name, _ in wish.where)]
    if layers and not fit:
        missing = [name for name, _ in wish.where if not any(x.column(name) for x in layers)]
        name = next(iter(missing), wish.where[0][0])
        codes = ", ".join(layer.code for layer in layers)
        known = {column.field.name: None for x in layers for column in x.columns}
        raise Refused("filter_unknown", parameter=name, layer=codes, known=", ".join(known))
    return fit


def _conditions(layer: Layer, wish: Wish) -> list[Any]:
    conditions = [having(layer, name, text) for name, text in wish.where]
    if wish.district is not None:
        conditions.append(District.code == wish.district)
    return conditions


def _check_district(session: Session, code: str) -> None:
    known = sorted(session.scalars(select(District.code)))
    if code not in known:
        raise Refused("district_unknown", district=code, known=", ".join(known) or "–")


def _outgoing(session: Session, layer: Layer, conditions: Sequence[Any]) -> OutLayer:
    count = session.scalar(layer.only(func.count()).where(*conditions)) or 0
    query = layer.rows(*conditions).execution_options(yield_per=ROWS_AT_ONCE)
    return OutLayer(
        code=layer.code,
        label_fr=layer.label_fr,
        label_en=layer.label_en,
        geometry_kind=layer.geometry_kind,
        several_parts=_several_parts(session, layer, conditions),
        fields=tuple(column.field for column in layer.columns),
        count=count,
        features=lambda: _read(session, layer, query),
    )


def _several_parts(session: Session, layer: Layer, conditions: Sequence[Any]) -> bool:
    if layer.geometry_kind is not GeometryKind.LINE or layer.code in (CLOSURES, PASSES):
        return False
    kind = Asset.geometry["type"].as_string()
    query = layer.only(layer.id).where(*conditions, kind.like("Multi%")).limit(1)
    return session.scalar(query) is not None


def _read(session: Session, layer: Layer, query: Select[Any]) -> Iterator[Feature]:
    for row in session.execute(query):
        yield layer.feature(row)
