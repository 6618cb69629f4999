"""Loading a list: every row in a transaction of its own, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from asset_model.base import Base, instant
from asset_model.codec import columns_of
from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.ids import NewId
from asset_model.sync.wire import Change, Group
from sync_server import desk, feed
from sync_server.fleet_load.lists import LISTS, List, town_of
from sync_server.fleet_load.rows import Row, read_rows
from sync_server.push import apply_groups
from sync_server.senders import Sender


@dataclass
class Loaded:
    """What became of a file's rows. `refused` names the line of each."""

    new: int = 0
    changed: int = 0
    there: int = 0
    refused: list[tuple[int, Refused]] = field(default_factory=list)


def load(
    database: Database,
    kind: str,
    content: bytes,
    *,
    author: str,
    now: datetime,
    new_id: NewId,
    dry_run: bool = False,
) -> Loaded:
    """Keep what a file says.

    :raises Refused: ``bad_value`` for a file that has not the columns of its kind
    :raises LookupError: nobody named `author` works here
    """
    wanted, told = LISTS[kind], Loaded()
    for rows in wanted.grouped(read_rows(content, wanted.needs)):
        try:
            with database.writing() as session:
                _keep(session, wanted, rows, told, author, now, new_id)
                if dry_run:
                    session.rollback()
        except Refused as why:
            told.refused.append((rows[0].line, why))
    return told


def _keep(
    session: Session,
    wanted: List,
    rows: list[Row],
    told: Loaded,
    author: str,
    now: datetime,
    new_id: NewId,
) -> None:
    record = wanted.record(town_of(session, author), rows)
    change = _change(session, wanted, record, new_id)
    if change is None:
        told.there += 1
        return
    _apply(session, change, now, new_id)
    if change.op == "insert":
        told.new += 1
    else:
        told.changed += 1


def _change(session: Session, wanted: List, record: Base, new_id: NewId) -> Change | None:
    """The record, if it is new; what it sets right of the one that is there; None for nothing."""
    table, id = record.__tablename__, str(record.id)  # type: ignore[attr-defined]
    stored = feed.images(session, [(table, id)], lock=True)
    if not stored:
        return desk.inserted(record, new_id=new_id)
    said, known = columns_of(record), stored[0].columns
    moved = {name: said[name] for name in wanted.edits if said[name] is not None}
    change = desk.edited(table, id, known, moved, new_id=new_id)
    return change if change.after else None


def _apply(session: Session, change: Change, now: datetime, new_id: NewId) -> None:
    """:raises Refused: with the reason why the record cannot be kept"""
    group = Group(id=new_id(), person="", made_at=instant(now), changes=(change,))
    for outcome in apply_groups(session, [group], Sender(), now=now):
        if outcome.code is not None:
            raise Refused(outcome.code, **outcome.details)
