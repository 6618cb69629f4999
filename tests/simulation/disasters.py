"""What befalls whole machines: copies put back, folders cloned, tablets wiped, disks that rot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.ids import derived_id
from asset_model.sync.wire import PROTOCOL
from asset_model.work_orders import WorkOrder
from sync_server import feed, high_water
from sync_server.feed import begin_history
from tests.simulation import deeds
from tests.simulation.databases import copied
from tests.simulation.tablet import Tablet
from tests.simulation.watch import Seen

if TYPE_CHECKING:
    from tests.simulation.world import World

TABLETS_MAX = 5


def back_up(world: World, tablet: Tablet) -> None:
    """Copies are taken: of the server, and of this tablet's folder."""
    world.backups.append(copied(world.server.database.raw))
    seen = world.watch.seen.get(tablet.name, Seen()).copy()
    world.copies[tablet.code] = (copied(tablet.database.raw), seen)


def restore_server(world: World, tablet: Tablet) -> None:
    """An older backup is put back; the restore command begins a new history."""
    if not world.backups:
        return
    _mark(world)
    world.server.database.become(world.random.choice(world.backups))
    with world.server.database.writing() as session:
        _begin_history(world, session)


def _begin_history(world: World, session: Session) -> None:
    """Together with the copy, or not at all: a restore is one transaction."""
    world.server.database.recover()
    world.epoch = derived_id("epoch", str(len(world.marked)))
    begin_history(session, world.epoch)


def _mark(world: World) -> high_water.Mark:
    """What lies beside the server's database: how far each of its histories had come."""
    with world.server.database.reading() as session:
        epoch, position = feed.state(session)
    world.marked[epoch] = max(position, world.marked.get(epoch, 0))
    return high_water.Mark(epoch, world.marked)


def put_back_by_hand(world: World, tablet: Tablet) -> None:
    """Somebody copies yesterday's file over today's: the mark beside it tells, when it starts."""
    if not world.backups:
        return
    mark = _mark(world)
    world.put_back = True
    world.server.database.become(world.random.choice(world.backups))
    with world.server.database.writing() as session:
        if high_water.compare(mark, *feed.state(session)) is not None:
            _begin_history(world, session)


def restore_tablet(world: World, tablet: Tablet) -> None:
    """An old copy of the folder is put back: what was made since is only where it was sent."""
    if tablet.code in world.copies:
        copy, seen = world.copies[tablet.code]
        tablet.database.become(copy)
        tablet.begin_life()
        world.watch.becomes(tablet, seen)


def clone_tablet(world: World, tablet: Tablet) -> None:
    """The folder is copied to a second machine, and both go on."""
    name = f"{tablet.code}'"
    if name in world.tablets or len(world.tablets) >= TABLETS_MAX:
        return
    clone = world.new_tablet(tablet.code, tablet.protocol, name)
    clone.database.become(tablet.database.raw)
    clone.begin_life()
    world.tablets[name] = clone
    world.watch.becomes(clone, world.watch.seen.get(tablet.name, Seen()))


def wipe_tablet(world: World, tablet: Tablet) -> None:
    """Everything on it is gone; it is installed anew."""
    tablet.install()
    world.watch.becomes(tablet, Seen())


def bit_rots(world: World, tablet: Tablet) -> None:
    """A row changes under the app's feet; only a digest can tell, which the old app has not."""
    if tablet.protocol != PROTOCOL:
        return
    free = "id NOT IN (SELECT row_id FROM server_image) AND version > 0"
    raw = tablet.database.raw
    rows = [id for (id,) in raw.execute(f"SELECT id FROM asset WHERE {free} ORDER BY id")]
    if rows:
        rotten = world.random.choice(rows)
        raw.execute("UPDATE asset SET name = 'Rue rongée' WHERE id = ?", (rotten,))
        raw.execute("UPDATE bucket_position SET verified = -1")
        world.watch.may_differ = True


def poison(world: World, tablet: Tablet) -> None:
    """A change that no rule foresees: a field of another app's version."""
    with tablet.database.writing() as session:
        order = session.scalars(select(WorkOrder.id).order_by(WorkOrder.id)).first()
        if order is not None:
            deeds.leave_poison(session, order, tablet.author())


HAPPENINGS = (
    back_up,
    restore_server,
    put_back_by_hand,
    restore_tablet,
    clone_tablet,
    wipe_tablet,
    bit_rots,
    poison,
)
