"""The query of a request, understood or refused with the parameter's name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

from sqlalchemy import or_

from asset_model.errors import Refused
from sync_server.layers.columns import ELSEWHERE
from sync_server.layers.filters import having
from sync_server.layers.layer import Layer
from sync_server.ogc.boxes import Area, area_of
from sync_server.ogc.systems import CRS_84, checked

LIMIT_DEFAULT, LIMIT_MAX = 100, 5_000
OF_ITEMS = ("bbox", "bbox-crs", "crs", "datetime", "limit", "after", "f")
OF_AN_ITEM = ("crs", "f")

A_BOX = "minx,miny,maxx,maxy"
A_TIME = "2026-11-23T08:00:00Z, 2026-11-23T08:00:00Z/2026-11-24T08:00:00Z, 2026-11-23T08:00:00Z/.."
"""What is expected, in signs that need no language."""

OPEN = ("", "..")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})\Z", re.ASCII
)

Query = list[tuple[str, str]]


@dataclass(frozen=True)
class Ask:
    """What is asked of a layer's items."""

    limit: int
    uri: str
    after: str | None
    area: Area | None
    conditions: tuple[Any, ...]
    joined: bool
    """Whether a condition is on a district, which is another table's."""


def check_known(query: Query, known: Iterable[str]) -> dict[str, str]:
    """:raises Refused: ``parameter_unknown``, and ``parameter_invalid`` for one given twice"""
    told: dict[str, str] = {}
    names = tuple(known)
    for name, value in query:
        if name not in names:
            raise Refused("parameter_unknown", parameter=name, known=", ".join(names) or "–")
        if name in told:
            raise _invalid(name, value, f"{name}=… ×1")
        if "\x00" in value:
            raise _invalid(name, value.replace("\x00", "␀"), "…")
        told[name] = value
    if told.get("f", "json") not in ("json", "html"):
        raise _invalid("f", told["f"], "json")
    return told


def asked_of(layer: Layer, query: Query) -> Ask:
    """:raises Refused: with the parameter that cannot be granted"""
    fields = [c.field.name for c in layer.columns if c.field.name not in OF_ITEMS]
    told = check_known(query, (*OF_ITEMS, *fields))
    conditions = [having(layer, name, value) for name, value in told.items() if name in fields]
    conditions += _times(layer, told.get("datetime"))
    return Ask(
        limit=_limit(told.get("limit")),
        uri=checked(told.get("crs", CRS_84), parameter="crs"),
        after=told.get("after"),
        area=_area(told),
        conditions=tuple(conditions),
        joined=bool(ELSEWHERE.keys() & told.keys()),
    )


def _limit(text: str | None) -> int:
    if text is None:
        return LIMIT_DEFAULT
    if not re.fullmatch(r"\+?[0-9]{1,12}", text) or int(text) < 1:
        raise _invalid("limit", text, f"1–{LIMIT_MAX}")
    return min(int(text), LIMIT_MAX)


def _area(told: Mapping[str, str]) -> Area | None:
    uri = checked(told.get("bbox-crs", CRS_84), parameter="bbox-crs")
    if "bbox" not in told:
        return None
    text = told["bbox"]
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise _invalid("bbox", text, A_BOX) from None
    if len(numbers) == 6:  # With heights, of which nothing here has any.
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(isfinite, numbers)):
        raise _invalid("bbox", text, A_BOX)
    wraps = uri == CRS_84
    if numbers[1] > numbers[3] or (numbers[0] > numbers[2] and not wraps):
        raise _invalid("bbox", text, A_BOX)
    return area_of(numbers, uri)


def _times(layer: Layer, text: str | None) -> list[Any]:
    """What does not live in time is there at all times."""
    if text is None:
        return []
    start, slash, end = text.partition("/")
    since, _ = _moments(start, text, open_too=bool(slash))
    _, until = _moments(end if slash else start, text, open_too=bool(slash))
    if since is None and until is None:
        raise _invalid("datetime", text, A_TIME)
    if since and until and since > until:
        raise _invalid("datetime", text, A_TIME)
    if layer.lifetime is None:
        return []
    begun, ended = layer.lifetime
    conditions = [begun <= until] if until else []
    return [*conditions, or_(ended.is_(None), ended >= since)] if since else conditions


def _moments(part: str, text: str, *, open_too: bool) -> tuple[datetime | None, datetime | None]:
    """The first and the last moment that a text stands for: a day is long."""
    if open_too and part in OPEN:
        return None, None
    try:
        if DAY.match(part):
            start = datetime.fromisoformat(part).replace(tzinfo=UTC)
            return start, start + timedelta(days=1, milliseconds=-1)
        if MOMENT.match(part):
            moment = datetime.fromisoformat(part.upper())
            return moment, moment
    except ValueError:
        pass
    raise _invalid("datetime", text, A_TIME)


def _invalid(parameter: str, value: str, why: str) -> Refused:
    return Refused("parameter_invalid", parameter=parameter, value=value, why=why)
