"""What follows from a reading or a meter that comes in: its total, its rate, or its review."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from asset_model.base import instant
from asset_model.codec import columns_of
from asset_model.conditions import check_grade, gauge_columns, gauge_of
from asset_model.errors import Refused
from asset_model.meter_rules import SLACK
from asset_model.meters import Meter, reading_told_by
from asset_model.sync.wire import Columns
from asset_model.vocabulary import TRUSTED, Measure, ReadingSource, Review
from sync_server.feed import Image
from sync_server.fleet_facts import every
from sync_server.meter_books import bring_up, recount, take_in
from sync_server.reading_books import Held, moment
from sync_server.scope import buckets_of
from sync_server.workspace import Draft


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """A new meter, or a new reading, with the server's word on it.

    :raises Refused: ``row_unknown`` until a reading's meter is here, ``meter_unknown``
    """
    if table == "meter":
        return _of_new_meter(draft, columns)
    meter = _gauge(draft, columns) or _meter(draft, columns)
    if meter.columns["measure"] == Measure.CONDITION:
        check_grade(columns["value"])
    return take_in(draft, meter, Held(row, {**columns, "received_at": _now(draft)}))


def of_edit(draft: Draft, image: Image, columns: Columns) -> Columns:
    """A meter set right, or a reading that was reviewed: what the totals come to.

    :raises Refused: ``bad_value`` where a review is none of the words for it
    """
    if image.table == "meter":
        return _of_meter(draft, image.row, columns)
    return _of_review(draft, image.row, image.columns, columns)


def read_with(
    draft: Draft, record: Image, *, asset: Image, km: float | None, taken_at: datetime
) -> None:
    """The odometer that a report or a sheet tells is a reading of the unit: once, by its id.

    It is judged as any other. A tablet of before sends it as a reading of its own: that one counts.
    """
    meter = _odometer(every(draft, Meter, asset_id=asset.row, measure=Measure.ODOMETER), taken_at)
    id = reading_told_by(record.table, record.row)
    if km is None or meter is None or draft.get("meter_reading", id) is not None:
        return
    said = {"meter_id": meter.row, "asset_id": asset.row, "value": km,
            "taken_at": instant(taken_at)}  # fmt: skip
    if record.table == "inspection" and _is_sent(draft, said):
        return
    blank = dict.fromkeys(("total", "why", "reviewed_by", "reviewed_at", "note"))
    whose = {"person_id": record.columns["person_id"], "source": ReadingSource.PERSON}
    new = {**said, **whose, **blank, "estimated": False, "review": Review.SOUND}
    columns = take_in(draft, meter, Held(id, {**new, "received_at": _now(draft)}))
    buckets = buckets_of("meter_reading", columns, {asset.row: asset.buckets})
    draft.put(Image("meter_reading", id, columns, buckets))


def _is_sent(draft: Draft, said: Columns) -> bool:
    """Whether this group brings that reading by itself."""
    sent = [image.columns for (table, _), image in draft.images.items() if table == "meter_reading"]
    return any(said.items() <= columns.items() for columns in sent)


def _odometer(meters: Iterable[Image], at: datetime) -> Image | None:
    """The meter that was on the unit then; else the one that is on it now."""
    newest = sorted(meters, key=lambda meter: str(meter.columns["installed_at"]), reverse=True)
    for meter in newest:
        removed = meter.columns["removed_at"]
        ended = removed is not None and at > moment(removed)
        if moment(meter.columns["installed_at"]) - SLACK <= at and not ended:
            return meter
    return next((meter for meter in newest if meter.columns["removed_at"] is None), None)


def _of_review(draft: Draft, row: str, before: Columns, columns: Columns) -> Columns:
    """A person accepted or rejected a reading: what the meter comes to without it, or with it."""
    if columns["review"] not in list(Review):
        why = ", ".join(Review)
        raise Refused("bad_value", field="review", value=str(columns["review"])[:80], why=why)
    if (before["review"] in TRUSTED) == (columns["review"] in TRUSTED):
        return columns
    meter = _meter(draft, columns)
    if columns["review"] in TRUSTED:
        return recount(draft, meter, new=Held(row, columns))
    recount(draft, meter, but=row)
    return {**columns, "total": None}


def _of_new_meter(draft: Draft, columns: Columns) -> Columns:
    """A meter that takes another's place goes on from its total, and the other is taken off.

    Without an `offset` of its own it is taken to begin at zero.
    """
    if columns["replaces_id"]:
        bring_up(draft, columns["replaces_id"])
    old = draft.get("meter", columns["replaces_id"]) if columns["replaces_id"] else None
    if old is None:
        return columns
    if old.columns["removed_at"] is None:
        removed = {**old.columns, "removed_at": columns["installed_at"]}
        draft.put(replace(old, columns=removed))
    offset = columns["offset"] or old.columns["total"] or 0.0
    kept = {name: old.columns[name] for name in ("per_day", "per_day_error")}
    total = old.columns["total"] if old.columns["total"] is not None else offset
    return {**columns, **kept, "offset": offset, "total": total, "read_at": columns["installed_at"]}


def _of_meter(draft: Draft, row: str, columns: Columns) -> Columns:
    """Its rollover, its offset or its limit was set right: every total of it follows."""
    image = draft.get("meter", row)
    assert image is not None
    recount(draft, replace(image, columns=columns))
    counted = draft.get("meter", row)
    assert counted is not None
    return counted.columns


def _gauge(draft: Draft, columns: Columns) -> Image | None:
    """The gauge of an asset's condition, which begins with the first grade that anybody reads."""
    id, asset_id = columns["meter_id"], columns["asset_id"]
    if id != gauge_of(asset_id) or draft.get("meter", id) is not None:
        return None
    asset = draft.get("asset", asset_id)
    if asset is None:
        raise Refused("row_unknown", row=asset_id)
    blank = columns_of(Meter(id=id, **gauge_columns(asset_id), offset=0.0))
    gauge = Image("meter", id, blank, buckets_of("meter", blank, {asset.row: asset.buckets}))
    draft.put(gauge)
    return gauge


def _meter(draft: Draft, columns: Columns) -> Image:
    meter = draft.get("meter", columns["meter_id"])
    if meter is None:
        raise Refused("row_unknown", row=columns["meter_id"])
    if meter.columns["asset_id"] != columns["asset_id"]:
        raise Refused("meter_unknown")
    return meter


def _now(draft: Draft) -> str:
    return instant(draft.workspace.now)
