"""The ready copies that this server keeps: one for each set of buckets, for all who hold that set.

They lie in a folder of the server's data, each with a manifest that is written last. A copy that
is a little old is as good as a new one, since a pull from its position follows.
"""

import json
import logging
import os
import sqlite3
import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.shape import shape
from asset_model.sync.offer import Asked, Offer, is_plain_name
from asset_model.sync.packing import encodings
from sync_server import feed
from sync_server.file_lock import locked
from sync_server.scope import Scope
from sync_server.snapshot_file import Packed, hash_of, pack, write_file
from sync_server.tables import BucketDigest, FeedEntry

log = logging.getLogger(__name__)

VERSIONS_KEPT = 2
"""Of one set: a tablet may be fetching the one before the newest."""

UNUSED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Rules:
    """When a copy is worth offering, and worth making anew."""

    rows_min: int = 2_000
    """Fewer rows come faster as one page."""
    rebuilt_after: timedelta = timedelta(minutes=5)
    changed_min: int = 2_000
    """Fewer changes since it was made come as one page after it."""
    kept_for: timedelta = timedelta(days=7)
    """Far below the time for which removals are remembered."""
    waiting_max: int = 8
    """Requests that wait for a builder; the others take pages and leave the threads to pushes."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A manifest: a copy, and the files that hold it packed, by encoding."""

    epoch: str
    shape: str
    scope: str
    position: int
    made_at: str
    rows: int
    plain: Packed
    files: dict[str, Packed]

    def name(self, encoding: str) -> str:
        epoch = sha256(self.epoch.encode()).hexdigest()[:12]
        return f"{self.scope}-{epoch}-{self.position}-{self.files[encoding].sha256[:16]}.{encoding}"


class Snapshots:
    def __init__(self, folder: Path, database: Database, rules: Rules | None = None) -> None:
        self._folder = folder
        self._database = database
        self._rules = rules or Rules()
        self._waiting = threading.BoundedSemaphore(self._rules.waiting_max)

    def offer(self, scope: Scope, asked: Asked, accepted: set[str], now: datetime) -> Offer | None:
        """The copy for this set of buckets, built if need be; None where pages serve better."""
        with self._database.reading() as session:
            if not self._is_worth_it(session, scope, asked):
                return None
            ready = self._ready(session, scope, now)
        ready = ready or self._build_in_turn(scope, now)
        made = [name for name in encodings() if ready and name in accepted & set(ready.files)]
        return _offer(ready, scope, made[0]) if ready and made else None

    def prepare(self, scope: Scope, now: datetime) -> None:
        """Make the copy that a tablet of this scope would be offered, unless it is at hand."""
        with self._database.reading() as session:
            if _rows_in(session, scope) < self._rules.rows_min:
                return
            ready = self._ready(session, scope, now)
        if ready is None:
            self._build_in_turn(scope, now)

    def file(self, name: str, scope: Scope) -> Path:
        """:raises Refused: ``snapshot_out_of_scope``, ``snapshot_gone``"""
        if name.partition("-")[0] != scope.id:
            raise Refused("snapshot_out_of_scope")
        file = self._folder / name
        if is_plain_name(name) and file.suffix.lstrip(".") in encodings() and file.is_file():
            return file
        raise Refused("snapshot_gone")

    def _is_worth_it(self, session: Session, scope: Scope, asked: Asked) -> bool:
        epoch, _ = feed.state(session)
        if (asked.epoch, asked.scope, asked.shape) != (epoch, scope.id, shape()):
            return False  # Its terms come first, by a pull; or it is not of our version.
        rows = _rows_in(session, scope)
        if rows < self._rules.rows_min:
            return False
        return not asked.position or _changed(session, scope, asked.position) > rows // 2

    def _ready(self, session: Session, scope: Scope, now: datetime) -> Snapshot | None:
        """The copy at hand, if it may still be given out."""
        epoch, head = feed.state(session)
        ready = self._read(scope)
        if ready is None or (ready.epoch, ready.shape) != (epoch, shape()) or ready.position > head:
            return None
        if not all((self._folder / ready.name(encoding)).is_file() for encoding in ready.files):
            return None
        age = abs(now - datetime.fromisoformat(ready.made_at))
        if age < self._rules.rebuilt_after or ready.position == head:
            return ready
        enough = max(self._rules.changed_min, ready.rows // 10)
        is_near = _changed(session, scope, ready.position) <= enough
        return ready if is_near and age < self._rules.kept_for else None

    def _build_in_turn(self, scope: Scope, now: datetime) -> Snapshot | None:
        """One builder at a time on this machine; whoever waited finds the copy made."""
        if not self._waiting.acquire(blocking=False):
            return None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with locked(self._folder / "building.lock"), self._database.reading() as session:
                return self._ready(session, scope, now) or self._build(session, scope, now)
        except (OSError, sqlite3.Error):
            log.exception("a snapshot could not be made; tablets take pages")
            return None
        finally:
            self._waiting.release()

    def _build(self, session: Session, scope: Scope, now: datetime) -> Snapshot:
        draft = self._folder / "draft.sqlite"
        packed = {encoding: self._folder / f"draft.{encoding}" for encoding in encodings()}
        try:
            draft.unlink(missing_ok=True)  # A builder that was killed left it.
            epoch, head = feed.state(session)
            rows = write_file(session, draft, scope.buckets, head)
            made = Snapshot(
                epoch=epoch,
                shape=shape(),
                scope=scope.id,
                position=head,
                made_at=instant(now),
                rows=rows,
                plain=hash_of(draft),
                files={encoding: pack(draft, file, encoding) for encoding, file in packed.items()},
            )
            for encoding, file in packed.items():
                self._keep(file, made.name(encoding), now)
            draft.write_text(json.dumps(asdict(made)))
            self._keep(draft, _manifest(scope), now)
        finally:
            for file in (draft, *packed.values()):
                file.unlink(missing_ok=True)
        self._clear_old(made, now)
        return made

    def _keep(self, draft: Path, name: str, now: datetime) -> None:
        os.utime(draft, (now.timestamp(), now.timestamp()))
        draft.replace(self._folder / name)

    def _read(self, scope: Scope) -> Snapshot | None:
        try:
            told: dict[str, Any] = json.loads((self._folder / _manifest(scope)).read_text())
            files = {encoding: Packed(**file) for encoding, file in told["files"].items()}
            return Snapshot(**told | {"plain": Packed(**told["plain"]), "files": files})
        except (OSError, ValueError, TypeError, KeyError):
            return None  # None yet, or of another version of this program.

    def _clear_old(self, made: Snapshot, now: datetime) -> None:
        """Keep what a tablet may still be fetching, and what was made this month."""
        for encoding in made.files:
            newest = self._folder / made.name(encoding)
            own = sorted(self._folder.glob(f"{made.scope}-*.{encoding}"), key=_made_at)
            former = [file for file in own if file != newest]
            _remove(former[: len(former) + 1 - VERSIONS_KEPT])
        unused = (now - UNUSED_FOR).timestamp()
        kept = (file for file in self._folder.iterdir() if file.suffix != ".lock")
        _remove([file for file in kept if _made_at(file) < unused])


def _manifest(scope: Scope) -> str:
    return f"{scope.id}.json"


def _offer(ready: Snapshot, scope: Scope, encoding: str) -> Offer:
    return Offer(
        epoch=ready.epoch,
        scope=ready.scope,
        buckets=scope.buckets,
        position=ready.position,
        name=ready.name(encoding),
        encoding=encoding,
        bytes=ready.files[encoding].bytes,
        sha256=ready.files[encoding].sha256,
        plain_bytes=ready.plain.bytes,
        plain_sha256=ready.plain.sha256,
    )


def _rows_in(session: Session, scope: Scope) -> int:
    held = select(func.sum(BucketDigest.rows)).where(BucketDigest.bucket.in_(scope.buckets))
    return int(session.scalar(held) or 0)


def _changed(session: Session, scope: Scope, position: int) -> int:
    """How many entries of these buckets moved after the position."""
    moved = select(func.count()).where(
        FeedEntry.position > position, FeedEntry.bucket.in_(scope.buckets)
    )
    return session.scalar(moved) or 0


def _made_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _remove(files: list[Path]) -> None:
    for file in files:
        try:
            file.unlink()
        except OSError:
            log.info("%s is being read; it goes next time", file.name)
