"""Everything that may happen in a schedule, with how often. Each is played on one tablet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select, text, update

from asset_model.ids import derived_id
from asset_model.people import Person
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.feed import begin_history
from sync_server.tables import Device
from tests.simulation import deeds
from tests.simulation.fleet import PEOPLE, Tablet, raw
from tests.simulation.letters import Letter
from tests.sync import town

if TYPE_CHECKING:
    from tests.simulation.world import World

Happening = Callable[["World", Tablet], None]


def deed(world: World, tablet: Tablet) -> None:
    tablet.clock.now = world.clock.now
    choices = deeds.OFFICE if tablet.code.startswith("B") else deeds.CREW
    chosen = world.random.choice(choices)
    world.log.append(f"  {chosen.__name__}")
    tablet.act(lambda session, by: deeds.attempt(chosen, session, by, world.random))


def deed_and_crash(world: World, tablet: Tablet) -> None:
    """The process dies, or the disk is full, just before or just after the commit."""
    tablet.database.die = world.random.choice(["before", "after"])
    deed(world, tablet)


def ask(world: World, tablet: Tablet) -> None:
    kind = world.random.choice(["push", "push", "pull"])
    body = tablet.request(kind)
    if body is not None:
        world.post.append(Letter(tablet.name, kind, body, to_server=True))


def deliver_first(world: World, tablet: Tablet) -> None:
    if world.post:
        world.arrive(world.post.pop(0))


def deliver_any(world: World, tablet: Tablet) -> None:
    """Out of order."""
    if world.post:
        world.arrive(world.post.pop(world.random.randrange(len(world.post))))


def deliver_twice(world: World, tablet: Tablet) -> None:
    """It arrives, and stays on its way: it will arrive again, perhaps much later."""
    if world.post:
        world.arrive(world.random.choice(world.post))


def deliver_torn(world: World, tablet: Tablet) -> None:
    if world.post:
        letter = world.post.pop(world.random.randrange(len(world.post)))
        torn = letter.body[: world.random.randrange(len(letter.body))]
        world.arrive(Letter(letter.tablet, letter.kind, torn, letter.to_server))


def deliver_foreign(world: World, tablet: Tablet) -> None:
    """A proxy answers with a page of its own."""
    if world.post:
        letter = world.post.pop(world.random.randrange(len(world.post)))
        page = b"<html>Portail captif</html>"
        world.arrive(Letter(letter.tablet, letter.kind, page, to_server=False))


def deliver_and_crash(world: World, tablet: Tablet) -> None:
    if not world.post:
        return
    letter = world.post.pop(world.random.randrange(len(world.post)))
    dying = world.server if letter.to_server else world.tablets[letter.tablet]
    dying.database.die = world.random.choice(["before", "after"])
    try:
        world.arrive(letter)
    finally:
        dying.database.die = None


def lose(world: World, tablet: Tablet) -> None:
    if world.post:
        world.post.pop(world.random.randrange(len(world.post)))


def talk(world: World, tablet: Tablet) -> None:
    """A link that holds for a whole round."""
    world.converse(tablet, "push")
    world.converse(tablet, "pull")


def clock_jumps(world: World, tablet: Tablet) -> None:
    tablet.clock.forward(days=world.random.choice([-3650, -1, 1, 3650]))


def token_expires(world: World, tablet: Tablet) -> None:
    world.server.refusing ^= {tablet.code}


def app_updates(world: World, tablet: Tablet) -> None:
    """Today's app is installed, with whatever waits in the outbox."""
    tablet.protocol = 2


def person_leaves_or_returns(world: World, tablet: Tablet) -> None:
    """Someone is disabled at the office while their tablet is away; or comes back."""
    person = world.random.choice(PEOPLE[tablet.code])
    with world.server.database.writing() as session:
        row = session.get_one(Person, person)
        moved = {"active": not row.active}
        change = desk.edited("person", person, {"active": row.active}, moved, new_id=world.new_id)
        desk.write(session, [change], now=world.clock(), new_id=world.new_id)


def device_moves(world: World, tablet: Tablet) -> None:
    """A tablet is given to another crew: its scope is another one."""
    if tablet.code.startswith("B"):
        return
    crew = world.random.choice([town.NORTH, town.SOUTH])
    district = {town.NORTH: town.NORD, town.SOUTH: town.SUD}[crew]
    with world.server.database.writing() as session:
        same = update(Device).where(Device.code == tablet.code)
        session.execute(same.values(crew_id=crew, district_id=district))


def back_up(world: World, tablet: Tablet) -> None:
    """Copies are taken: of the server, and of this tablet's folder."""
    world.backup = _copied(raw(world.server.database))
    world.copies[tablet.code] = (_copied(raw(tablet.database)), list(tablet.made))


def restore_server(world: World, tablet: Tablet) -> None:
    """Yesterday's backup is put back; the restore command begins a new history."""
    if world.backup is None:
        return
    world.backup.backup(raw(world.server.database))
    world.restores += 1
    with world.server.database.writing() as session:
        begin_history(session, derived_id("epoch", str(world.restores)))


def restore_tablet(world: World, tablet: Tablet) -> None:
    """An old copy of the folder is put back: what was made since is only where it was sent."""
    if tablet.code in world.copies:
        tablet.become_copy_of(*world.copies[tablet.code])


def clone_tablet(world: World, tablet: Tablet) -> None:
    """The folder is copied to a second machine, and both go on."""
    name = f"{tablet.code}'"
    if name in world.tablets or len(world.tablets) > TABLETS_MAX:
        return
    clone = Tablet(name, tablet.code, world.new_clock(), world.chance(), tablet.protocol)
    clone.become_copy_of(raw(tablet.database), tablet.made)
    world.tablets[name] = clone


def wipe_tablet(world: World, tablet: Tablet) -> None:
    tablet.wipe()


def bit_rots(world: World, tablet: Tablet) -> None:
    """A row changes under the app's feet; only a digest can tell, which the old app has not."""
    if tablet.protocol == 1:
        return
    with tablet.database.writing() as session:
        free = "id NOT IN (SELECT row_id FROM server_image) AND version > 0"
        rows = session.scalars(text(f"SELECT id FROM asset WHERE {free} ORDER BY id")).all()
        if rows:
            rotten = {"id": world.random.choice(rows)}
            session.execute(text("UPDATE asset SET name = 'Rue rongée' WHERE id = :id"), rotten)
            session.execute(text("UPDATE bucket_position SET verified = -1"))


def poison(world: World, tablet: Tablet) -> None:
    """A change that no rule foresees: a field of another app's version."""
    tablet.clock.now = world.clock.now
    with tablet.database.writing() as session:
        order = session.scalars(select(WorkOrder.id).order_by(WorkOrder.id)).first()
        if order is not None:
            deeds.leave_poison(session, order, tablet.author())


def _copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    connection.backup(copy)
    return copy


TABLETS_MAX = 5

HAPPENINGS: dict[Happening, int] = {
    deed: 300,
    deed_and_crash: 20,
    ask: 180,
    deliver_first: 140,
    deliver_any: 80,
    deliver_twice: 40,
    deliver_torn: 15,
    deliver_foreign: 5,
    deliver_and_crash: 40,
    lose: 40,
    talk: 100,
    clock_jumps: 20,
    token_expires: 10,
    app_updates: 5,
    person_leaves_or_returns: 8,
    device_moves: 8,
    back_up: 25,
    restore_server: 12,
    restore_tablet: 6,
    clone_tablet: 5,
    wipe_tablet: 4,
    bit_rots: 5,
    poison: 8,
}
