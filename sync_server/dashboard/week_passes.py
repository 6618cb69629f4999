"""How far streets were passed in a week, and how much was spread: by kind, by material."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, false, func, select
from sqlalchemy.orm import InstrumentedAttribute

from asset_model.assets import Asset
from asset_model.base import instant
from asset_model.passes import Pass, RateUnit, counts
from asset_model.people import Person
from sync_server.dashboard.came import Came, Question, Weekly
from sync_server.dashboard.figure import Listing, Row, page_of
from sync_server.dashboard.narrowing import Narrowing
from sync_server.dashboard.weeks import Week
from sync_server.segments.passed import M_PER_KM

KG_PER_T = 1_000.0
_METRES = Pass.to_m - Pass.from_m
_WEIGHED = (Pass.rate_unit == RateUnit.KG_PER_KM) & Pass.rate.is_not(None)
_KM = _METRES / M_PER_KM
_TONNES = case((_WEIGHED, Pass.rate * _METRES / M_PER_KM / KG_PER_T), else_=0.0)


class _Kind(NamedTuple):
    """What is added up, of which passes, and by which column."""

    value: ColumnElement[Any]
    part: InstrumentedAttribute[Any]
    which: ColumnElement[bool]
    weightless: ColumnElement[bool]
    """Which of them are not in the sum."""


_STREETS = _Kind(_KM, Pass.kind, Pass.kind.is_not(None), weightless=false())
_SPREAD = _Kind(
    _TONNES, Pass.material, Pass.material.is_not(None),
    weightless=~_WEIGHED | Pass.rate.is_(None),
)  # fmt: skip


def _came(kind: _Kind, asked: Question, weeks: Sequence[Week]) -> list[Came]:
    return [_week_came(kind, asked, week) for week in weeks]


def _week_came(kind: _Kind, asked: Question, week: Week) -> Came:
    columns = (kind.part, func.count(), func.sum(kind.value), func.count().filter(kind.weightless))
    query = _passes(asked.narrowed, *columns).where(*_wanted(kind, week)).group_by(kind.part)
    parts: dict[str, Came] = {}
    weightless = 0
    for code, count, value, lacking in asked.session.execute(query.order_by(kind.part)):
        parts[code] = Came(value, count, notes=_notes(lacking))
        weightless += lacking
    value = sum(part.value or 0.0 for part in parts.values())
    count = sum(part.count for part in parts.values())
    return Came(value, count, parts, _notes(weightless))


def _notes(weightless: int) -> list[str]:
    return [f"unweighed:{weightless}"] * bool(weightless)


def _listed(
    kind: _Kind, asked: Question, week: Week, part: str | None, page: int | None
) -> Listing:
    """The latest first."""
    wanted = [*_wanted(kind, week), *([kind.part == part] if part else [])]
    count = asked.session.scalar(_passes(asked.narrowed, func.count()).where(*wanted)) or 0
    columns = (
        Pass.id, Pass.asset_id, Pass.kind, Pass.material, Pass.rate, Pass.rate_unit, Pass.done_at,
        _METRES, Asset.name, Asset.tag,
    )  # fmt: skip
    query = _passes(asked.narrowed, *columns).where(*wanted)
    query = query.order_by(Pass.done_at.desc(), Pass.id)
    return Listing(count, [_row(*row) for row in asked.session.execute(page_of(query, page))])


def _wanted(kind: _Kind, week: Week) -> list[ColumnElement[bool]]:
    begin, end = week.span
    return [Pass.done_at >= begin, Pass.done_at < end, kind.which, counts()]


def _passes(narrowed: Narrowing, *columns: Any) -> Select[Any]:
    """Passes beside their street, which has a district, and whoever made them, who has a crew."""
    query = select(*columns).select_from(Pass)
    query = query.join(Asset, Asset.id == Pass.asset_id, isouter=True)
    query = query.join(Person, Person.id == Pass.person_id, isouter=True)
    return query.where(*narrowed.of(Asset.district_id, Person.crew_id))


def _row(
    id: str,
    asset_id: str,
    kind: str,
    material: str | None,
    rate: float | None,
    rate_unit: str | None,
    at: datetime,
    metres: float,
    street: str | None,
    tag: str | None,
) -> Row:
    return {
        "id": id,
        "table": "pass",
        "number": tag,
        "title": {"fr": street or "–", "en": street or "–"},
        "place": None,
        "status": kind,
        "at": instant(at),
        "material": material,
        "rate": rate,
        "rate_unit": rate_unit,
        "metres": round(metres, 1),
        "route": f"/assets/{asset_id}",
    }


def _weekly(measure: str, kind: _Kind) -> Weekly:
    return Weekly(measure, partial(_came, kind), partial(_listed, kind), (Pass.done_at,))


OF_PASSES = {"streets": _weekly("km", _STREETS), "spread": _weekly("t", _SPREAD)}
