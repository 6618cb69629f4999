"""Everything that may happen in a schedule. Each is played on one tablet.

What people do is in `deeds`, what the link does in `mishaps`, what befalls whole machines in
`disasters`; what goes wrong while any of it happens is in `troubles`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.people import Person
from asset_model.sync.wire import PROTOCOL, Columns
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.tables import Device
from tests.simulation import deeds, disasters, mishaps
from tests.simulation.deeds import Deed
from tests.simulation.tablet import PEOPLE, Tablet
from tests.sync import town

if TYPE_CHECKING:
    from tests.simulation.world import World

Happening = Callable[["World", Tablet], None]


def _by_people(deed: Deed) -> Happening:
    def happen(world: World, tablet: Tablet) -> None:
        with tablet.database.writing() as session:
            deeds.attempt(deed, session, tablet.author(), world.random)

    return happen


def clock_jumps(world: World, tablet: Tablet) -> None:
    tablet.wrong_by = timedelta(days=world.random.choice([-3650, -40, -1, 0, 1, 40, 3650]))


def weeks_pass(world: World, tablet: Tablet) -> None:
    """Nobody touches anything: winter, a strike, a tablet left in a truck."""
    world.clock.forward(days=world.random.choice([1, 8, 29, 31, 200]))


def token_expires_or_is_renewed(world: World, tablet: Tablet) -> None:
    world.server.refusing ^= {tablet.code}


def app_updates(world: World, tablet: Tablet) -> None:
    """Today's app is installed, with whatever waits in the outbox.

    It knows tables that the one before passed over; a digest tells it that it lacks them.
    """
    if tablet.protocol != PROTOCOL:
        tablet.update(PROTOCOL)
        world.watch.may_differ = True


def server_updates(world: World, tablet: Tablet) -> None:
    world.server.protocol = PROTOCOL


def person_leaves_or_returns(world: World, tablet: Tablet) -> None:
    """Someone is disabled at the office while their tablet is away; or comes back."""
    person = world.random.choice(PEOPLE[tablet.code])
    with world.server.database.writing() as session:
        active = session.get_one(Person, person).active
        _write(world, session, "person", person, {"active": active}, {"active": not active})


def device_moves(world: World, tablet: Tablet) -> None:
    """A tablet is given to another crew: its scope is another one."""
    if tablet.code.startswith("B"):
        return
    crew = world.random.choice([town.NORTH, town.SOUTH])
    district = {town.NORTH: town.NORD, town.SOUTH: town.SUD}[crew]
    with world.server.database.writing() as session:
        same = update(Device).where(Device.code == tablet.code)
        session.execute(same.values(crew_id=crew, district_id=district))


def office_adds(world: World, tablet: Tablet) -> None:
    """An import, or a plan that is due: only the server's own record has it."""
    street = town.named("street", str(world.random.randint(1, 4)))
    with world.server.database.writing() as session:
        asset = session.get_one(Asset, street)
        north = asset.district_id == town.NORD
        order = WorkOrder(
            id=world.new_id(),
            title="Inspection",
            kind="preventive",
            priority=3,
            status="dispatched",
            asset_id=street,
            district_id=asset.district_id,
            crew_id=town.NORTH if north else town.SOUTH,
            source="plan",
            created_at=world.clock(),
        )
        change = desk.inserted(order, new_id=world.new_id)
        desk.write(session, [change], now=world.clock(), new_id=world.new_id)


def office_corrects(world: World, tablet: Tablet) -> None:
    """An import brings another district for a street, or another name: it may leave tablets."""
    street = town.named("street", str(world.random.randint(1, 4)))
    with world.server.database.writing() as session:
        asset = session.get_one(Asset, street)
        before = {"name": asset.name, "district_id": asset.district_id}
        after = {
            "name": f"Rue {world.random.randrange(100)}",
            "district_id": world.random.choice([town.NORD, town.SUD]),
        }
        _write(world, session, "asset", street, before, after)


def _write(
    world: World, session: Session, table: str, row: str, before: Columns, after: Columns
) -> None:
    change = desk.edited(table, row, before, after, new_id=world.new_id)
    if change.after:
        desk.write(session, [change], now=world.clock(), new_id=world.new_id)


HAPPENINGS: dict[str, Happening] = {
    **{deed.__name__: _by_people(deed) for deed in deeds.DEEDS},
    **{
        happening.__name__: happening
        for happening in (
            *mishaps.HAPPENINGS,
            *disasters.HAPPENINGS,
            clock_jumps,
            weeks_pass,
            token_expires_or_is_renewed,
            app_updates,
            server_updates,
            person_leaves_or_returns,
            device_moves,
            office_adds,
            office_corrects,
        )
    },
}
