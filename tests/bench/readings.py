"""Measures many readings of one meter: `python -m tests.bench.readings`.

Hourly readings of one counter, brought in as an import does, then single ones as tablets send
them; at a tenth of the size and at the whole. `each_ms` is processor time: it may not grow
with how many the meter has, but for those of the last year, of which the rate is made.
`looked_at`: how many stored readings were opened for it; until lately all, for each.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

from asset_model.base import instant
from asset_model.database import Database, open_database
from asset_model.sync.wire import Change
from sync_server import desk, feed
from sync_server.schema import migrate
from tests.sync.rig import an_id, insert

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SIZES = (2_000, 20_000)
ALONE = 20
"""So many single ones are timed together."""


def lines(sizes: Sequence[int]) -> Iterator[dict[str, Any]]:
    for count in sizes:
        database = open_database("sqlite://")
        migrate(database)
        _write(database, [*_unit()])
        for what, rows in (
            ("import", [_reading(n) for n in range(count)]),
            ("alone", [_reading(n) for n in range(count, count + ALONE)]),
        ):
            yield {"what": what, "of": count, **_measured(database, what, rows)}
        database.close()


def _unit() -> Iterator[Change]:
    yield insert("asset_class", "class", code="vehicle", label_fr="V", label_en="V", icon="x",
                 geometry_kind="none", attributes=[])  # fmt: skip
    yield insert("asset", "unit", tag="1", name="1", class_code="vehicle", status="in_service",
                 attributes={})  # fmt: skip
    yield insert("meter", "km", asset_id="unit", measure="odometer", unit="km", daily_max=1_500.0,
                 installed_at=instant(SINCE))  # fmt: skip


def _reading(n: int) -> Change:
    return insert("meter_reading", meter_id="km", asset_id="unit", value=float(n), source="import",
                  taken_at=instant(SINCE + timedelta(hours=n)))  # fmt: skip


def _measured(database: Database, what: str, rows: Sequence[Change]) -> dict[str, Any]:
    looked_at, images = [0], feed.images

    def counting(*given: Any, **more: Any) -> Any:
        found = images(*given, **more)
        looked_at[0] += sum(image.table == "meter_reading" for image in found)
        return found

    feed.images = counting
    begun = process_time()
    for part in [rows] if what == "import" else [[row] for row in rows]:
        _write(database, part)
    took = process_time() - begun
    feed.images = images
    each_ms = round(1_000 * took / len(rows), 3)
    return {"s": round(took, 3), "each_ms": each_ms, "looked_at": looked_at[0]}


def _write(database: Database, changes: Sequence[Change]) -> None:
    with database.writing() as session:
        desk.write(session, changes, now=datetime.now(UTC), new_id=an_id)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--readings", type=int, nargs="+", default=list(SIZES))
    for line in lines(options.parse_args().readings):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
