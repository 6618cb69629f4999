"""What a server's database holds, in words that two engines share."""

import json
from typing import Any

from sqlalchemy import select

from asset_model.codec import to_wire
from asset_model.database import Database
from asset_model.facts import Comment, TimeWorked
from asset_model.work_orders import WorkOrder
from sync_server.archive import Archive
from sync_server.table_history import our_tables
from sync_server.tables import Device

Contents = dict[str, list[str]]
"""By table, each row as JSON."""


def contents(database: Database, *, without: tuple[str, ...] = ()) -> Contents:
    """Every row of every table, in an order that does not depend on the engine."""
    with database.reading() as session:
        return {
            table.name: sorted(
                _text(dict(zip(table.columns.keys(), row, strict=True)))
                for row in session.execute(select(table))
            )
            for table in our_tables()
            if table.name not in without
        }


def archived(archive: Archive) -> Contents:
    return {
        name: sorted(
            _text(dict(zip(archive.columns(name), row, strict=True))) for row in archive.rows(name)
        )
        for name in archive.manifest.rows
    }


def _text(row: dict[str, Any]) -> str:
    return json.dumps({name: to_wire(value) for name, value in row.items()}, sort_keys=True)


def known(database: Database, code: str) -> Device:
    """The device as the database knows it now."""
    with database.reading() as session:
        return session.scalars(select(Device).where(Device.code == code)).one()


def words(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(Comment.text)))


def work_done(database: Database) -> dict[str, list[Any]]:
    """What crews did: the part of the record that a restore may cost."""
    with database.reading() as session:
        orders = session.scalars(select(WorkOrder)).all()
        hours = session.scalars(select(TimeWorked)).all()
        return {
            "orders": sorted((o.id, o.title, o.status, o.description or "") for o in orders),
            "hours": sorted((h.id, h.work_order_id, h.person_id) for h in hours),
            "words": words(database),
        }
